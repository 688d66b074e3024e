/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_OVERLAP_H
#define BL_OVERLAP_H

#include <stdint.h>

#include "piece.h"

enum { BL_OVERLAP_BITS = 8192 };

/* Which words and pairs of characters occur in a text, as a bit each: may say yes wrongly, now and then.
 * Start from {0}. */
typedef struct bl_overlap {
    uint64_t bits[BL_OVERLAP_BITS / 64];
} bl_overlap;

void bl_overlap_add(bl_overlap *set, bl_piece text);

/* Share of a piece's words and pairs that the text has, in percent; 0 for a piece without any. */
unsigned bl_overlap_percent(const bl_overlap *set, bl_piece piece);

#endif
