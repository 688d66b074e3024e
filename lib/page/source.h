/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SOURCE_H
#define BL_SOURCE_H

#include "piece.h"
#include "role.h"

/* Pieces of the page; size 0 where it does not say. */
typedef struct bl_credits {
    bl_piece source;
    bl_piece author;
    bl_piece site;
} bl_credits;

/* Who published, who wrote, what host carried it. Borrows from the lines' text. */
void bl_source_find(const bl_lines *lines, const bl_layout *layout, bl_credits *out);

#endif
