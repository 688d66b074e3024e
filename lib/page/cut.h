/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CUT_H
#define BL_CUT_H

#include "lines.h"

/* Cut lines that hold several parts of a page: date and text, title and dateline, text and counters. */
void bl_cut_glued(bl_error *e, bl_lines *lines);

#endif
