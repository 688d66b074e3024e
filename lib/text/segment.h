/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SEGMENT_H
#define BL_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* The Stream-Safe Text Format of UAX #15 allows as many combining marks in a row; beyond that no language
 * writes, and they fall, so that time stays linear. */
#define BL_SEGMENT_MARKS 30

/* A starter that combines with what stands before it stands at most third (Hangul L V T): the fifth begins
 * a segment of its own without loss. */
#define BL_SEGMENT_STARTERS 4

#define BL_SEGMENT_CODES (BL_SEGMENT_STARTERS * (BL_SEGMENT_MARKS + 1))
#define BL_SEGMENT_FOLDED 512

/* A base and what combines with it, to be folded together. Start from {0}. */
typedef struct bl_segment {
    uint32_t code[BL_SEGMENT_CODES];
    size_t count;
    size_t starters;
    size_t marks; /* since the last starter */
    uint32_t folded[BL_SEGMENT_FOLDED];
    size_t folded_count;
} bl_segment;

/* Take in a code point; false when it must begin the next segment. */
bool bl_segment_add(bl_segment *segment, uint32_t code);

/* Fill folded[]. */
void bl_segment_fold(bl_error *e, bl_segment *segment);

#endif
