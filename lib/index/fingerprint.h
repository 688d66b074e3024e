/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FINGERPRINT_H
#define BL_FINGERPRINT_H

#include "index/fts.h"

/* Units of a shingle; a text with fewer units than the least says too little to tell a copy from another of
 * its kind, and what comes after the most is not looked at. */
enum { BL_SHINGLE = 8, BL_UNITS_LEAST = 24, BL_UNITS_MOST = 1 << 16 };

/* What texts are compared by: 15 bits of a hash for each character of Chinese, Japanese or Korean, each word
 * and number. Line breaks and punctuation are none, so that joined paragraphs stay the same text. Bit 0 says
 * that it is a figure. New; release with free(); NULL on failure. */
typedef uint16_t bl_text_unit;
bl_text_unit *bl_text_units(bl_error *e, const bl_prepared *text, size_t *count);

/* Labels of a text: the more two texts share, the more of their labels begin alike. */
enum { BL_LABELS = 8 };
#define BL_LABEL_PREFIX 0xFFFFFFFF00000000u /* the bits that must be equal */

/* A sample of a text's shingles, by which most texts that share little with it are told without being read.
 */
enum { BL_SKETCH = 64 };

typedef struct bl_sketch {
    bool full; /* false for a text with too few units to be sampled */
    unsigned char bytes[BL_SKETCH];
} bl_sketch;

/* Whether two texts may share enough for one to be a copy of the other. */
bool bl_sketches_meet(const bl_sketch *a, const bl_sketch *b);

typedef struct bl_fingerprint {
    int64_t text; /* hash of the whole; 0 = too short to be compared */
    int64_t labels[BL_LABELS];
    bl_sketch sketch;
} bl_fingerprint;

/* Of the units of a text whose tokens take so many bytes. */
void bl_fingerprint_of(const bl_text_unit *units, size_t count, size_t token_size, bl_fingerprint *out);
void bl_fingerprint_make(bl_error *e, const bl_prepared *text, bl_fingerprint *out);

#endif
