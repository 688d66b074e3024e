/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SIFT_H
#define BL_SIFT_H

#include "search/scan.h"

/* As bl_collect(). Where terms count only as words (collector->whole), telling takes the text of a bulletin:
 * a page of more than BL_SCAN_COUNTED that hold the terms is made of the best BL_SIFT_MOST of them, and
 * figures of the whole are not known. Who wants all hits has all texts read. */
enum { BL_SIFT_MOST = 1000 };
void bl_sift(bl_error *e, bl_collector *collector);

#endif
