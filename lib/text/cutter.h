/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CUTTER_H
#define BL_CUTTER_H

/* What the files that cut share: token.c (runs), english.c (stems), joined.c, complex.c. */

#include <stdbool.h>
#include <stddef.h>

#include "bulletin.h"
#include "english.h"
#include "fold.h"
#include "token.h"

#include <unicode/ubrk.h>

/* A longer word is cut into pieces, a longer cluster loses its tail (keeping its range). FTS5 takes tokens up
 * to 32,768 bytes, but nobody looks for one. */
#define BL_TOKEN_GLYPHS 128

struct bl_cutter {
    bl_folded folded;
    bl_english *english;
    UBreakIterator *words, *clusters, *sentences; /* each opened when a text first needs it */
};

/* Where a cut stands. */
typedef struct bl_cut_state {
    bl_error *e;
    bl_cutter *cutter;
    const bl_folded *folded;
    bl_tokens *out;
} bl_cut_state;

/* The glyph behind the cluster that begins at glyph `i`. */
static inline size_t bl_cluster_end(const bl_folded *f, size_t i)
{
    do
        i++;
    while (i < f->count && f->glyphs[i].joined);
    return i;
}

/* Byte offset in the folded text behind glyph `end` - 1. */
static inline size_t bl_glyph_limit(const bl_folded *f, size_t end)
{
    return end < f->count ? f->glyphs[end].at : f->size;
}

/* Append a token that stands for glyphs [first, end); `text` may be NULL for their own bytes. */
void bl_token_put(bl_cut_state *s, bulletin_token_kind kind, size_t first, size_t end, const char *text,
                  size_t size);

/* Cut a run of a script without spaces into words. */
void bl_cut_complex(bl_cut_state *s, size_t first, size_t end);

/* Put the joined form (U.S., e-commerce, 1,200) that begins with the word [first, end), if one does. */
void bl_cut_joined(bl_cut_state *s, size_t first, size_t end);

#endif
