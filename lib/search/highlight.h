/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HIGHLIGHT_H
#define BL_HIGHLIGHT_H

#include "bulletin.h"
#include "search/expand.h"
#include "text/token.h"

/* Ranges of a text that match, ascending by their start; merged, they are apart. Start from {0}. */
typedef struct bl_highlights {
    bulletin_range *list;
    uint32_t *units; /* what each is a match of: words that stand for each other are one unit */
    size_t count, capacity, unit_capacity;
} bl_highlights;

/* Add a range that starts no earlier than those before. */
void bl_highlights_put(bl_error *e, bl_highlights *highlights, bulletin_range range, uint32_t unit);

/* Ranges that overlap or touch become one: 产业 and 业工 are shown as 产业工. */
void bl_highlights_merge(bl_highlights *highlights);

/* The first two bytes of all phrases' first tokens, one bit each: nearly every place of a text is passed over
 * by them without a look at the phrases. */
typedef struct bl_heads {
    unsigned char bits[1 << 13];
} bl_heads;

void bl_heads_make(const bl_plan *plan, bl_heads *out);
/* Whether a phrase may begin at the position of token i. */
bool bl_heads_has(const bl_heads *heads, const bl_tokens *tokens, size_t i);

/* Whether the phrase begins at token i; its range in the text then. */
bool bl_highlight_phrase(const bl_tokens *tokens, size_t i, const bl_phrase *phrase, bulletin_range *range);

/* How far a text is read. */
typedef enum bl_highlight_extent {
    BL_HIGHLIGHT_ALL,
    BL_HIGHLIGHT_BEST /* a long text until every unit was seen, or one and the first 64 KiB */
} bl_highlight_extent;

/* Find the plan's terms in a text, unmerged. There are none before `from`. */
void bl_highlight(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, const bl_plan *plan, const char *text,
                  size_t size, size_t from, bl_highlight_extent extent, bl_highlights *out);

void bl_highlights_free(bl_highlights *highlights);

#endif
