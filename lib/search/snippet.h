/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SNIPPET_H
#define BL_SNIPPET_H

#include "base/buffer.h"
#include "bulletin.h"
#include "search/expand.h"
#include "text/token.h"

/* Ranges of a text that match terms, ascending and apart. Start from {0}. */
typedef struct bl_highlights {
    bulletin_range *list;
    uint32_t *terms; /* which term each is of */
    size_t count, capacity, term_capacity;
} bl_highlights;

/* Add a range that starts no earlier than those before; ranges that overlap or touch become one: 产业 and
 * 业工 are shown as 产业工. */
void bl_highlights_put(bl_error *e, bl_highlights *highlights, bulletin_range range, uint32_t term);

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

/* Find the plan's terms in a text. */
void bl_highlight(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, const bl_plan *plan, const char *text,
                  size_t size, bl_highlights *out);

/* Cut the passage that shows most terms out of a text: `text` is replaced by it and `marks` by its
 * highlights. `columns` are terminal columns, a wide character takes two. */
void bl_snippet(bl_error *e, const char *text, size_t size, unsigned columns, bl_highlights *marks,
                bl_buffer *out);

void bl_highlights_free(bl_highlights *highlights);

#endif
