/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_GLOSS_H
#define BL_GLOSS_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Text without pinyin glosses, and where they were: sums[i] bytes had been taken out before byte at[i] of it.
 * Start from {0}. */
typedef struct bl_gloss {
    bl_buffer text;
    uint32_t *at;
    uint32_t *sums;
    size_t count;
    size_t at_capacity;
    size_t sum_capacity;
} bl_gloss;

/* Take the glosses 產業(yè) out of a text of at most 4 GB. Leaves `out` empty (count 0, no text) when the
 * page has none: brackets here and there are real text. */
void bl_gloss_remove(bl_error *e, const char *text, size_t size, bl_gloss *out);

/* Where byte `at` of the text without glosses was in the original; `behind` counts a gloss standing right
 * there. */
size_t bl_gloss_original(const bl_gloss *gloss, size_t at, int behind);

void bl_gloss_free(bl_gloss *gloss);

#endif
