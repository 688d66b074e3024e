/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LAYOUT_H
#define BL_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/token.h"

/* How good a place to cut the start of a cell is; higher is better. */
typedef enum bl_cut_place {
    BL_CUT_INSIDE, /* inside a word */
    BL_CUT_WORD,   /* between words, or beside a wide character */
    BL_CUT_CLAUSE, /* behind punctuation */
    BL_CUT_SENTENCE
} bl_cut_place;

/* A grapheme cluster as it is shown. */
typedef struct bl_cell {
    uint32_t start; /* its first byte in the text */
    uint8_t columns;
    uint8_t cut; /* bl_cut_place: of its start */
    bool blank;
} bl_cell;

/* Part of a text as it is shown; the last cell is the place behind it, without columns. Start from {0};
 * reused by the next layout. */
typedef struct bl_layout {
    bl_cell *cells;
    size_t count; /* without the last */
    size_t capacity;
} bl_layout;

/* Terminal columns of a code point by East Asian width: 0 for marks and what is invisible, 1 for a line
 * break, which is shown as a blank. */
unsigned bl_columns(uint32_t code);

/* Lay out bytes [from, to) of a text. Clusters and sentences are those of UAX #29; ； and … end a sentence
 * too. A `from` inside a cluster goes back to its beginning, a `to` inside one on to its end. */
void bl_layout_text(bl_error *e, bl_cutter *cutter, const char *text, size_t size, size_t from, size_t to,
                    bl_layout *out);
void bl_layout_free(bl_layout *layout);

#endif
