/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_REPEAT_H
#define BL_REPEAT_H

#include "lines.h"

/* Flag (BL_LINE_REPEATED) the lines of lists that the page prints more than once: three headings or more,
 * one after the other, that all stand elsewhere as well. */
void bl_repeat_find(bl_error *e, bl_lines *lines);

#endif
