/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FRAME_H
#define BL_FRAME_H

#include "lines.h"

/* Tell the kind of the lines that only their neighbours give away: items of menus become navigation, items of
 * a list of dated headlines dated ones, and items below the heading of such a list are flagged
 * BL_LINE_LISTED. */
void bl_frame_find(bl_lines *lines);

#endif
