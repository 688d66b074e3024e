/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Glued lines to pieces that are each one thing. */
#include "cut.h"

void bl_cut_glued(bl_error *e, bl_lines *lines)
{
    (void)e;
    (void)lines;
}
