/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_EXPAND_H
#define BL_EXPAND_H

#include "search/query.h"
#include "text/token.h"
#include "text/words.h"

/* Tokens that must stand one after another. */
typedef struct bl_phrase {
    char *tokens; /* each ended by BL_FTS_TOKEN_END */
    size_t size;
    size_t count;
    bool prefix;   /* the last token may go on */
    double weight; /* 1 = as typed */
} bl_phrase;

/* One thing looked for: any of its phrases will do. */
typedef struct bl_term {
    bl_phrase *phrases;
    size_t count, capacity;
    double weight;   /* of the term beside others; 1 = as typed */
    bool alphabetic; /* a word of letters: ranks by constants of its own */
    bool filter;     /* neither ranks nor is highlighted */
} bl_term;

/* A query in terms of tokens: leaves of the tree name their terms. */
typedef struct bl_plan {
    bl_node *tree; /* NULL = everything */
    bl_term *terms;
    size_t count, capacity;
} bl_plan;

/* More phrases than this are refused: each is a walk through the index. */
enum { BL_PLAN_PHRASES = 256 };

/* What understanding a query needs; borrowed. */
typedef struct bl_expander {
    bl_cutter *cutter;
    bl_words *words;          /* NULL: long runs are looked for as they stand alone */
    const bl_word_list *list; /* NULL = none */
} bl_expander;

/* Turn the tree's leaves into terms; the plan owns the tree from now on, also on failure. A leaf without any
 * token (white space) is left out. `any` makes one of several words enough. */
void bl_plan_make(bl_error *e, const bl_expander *expander, bl_node *tree, bool any, bl_plan *out);
void bl_plan_free(bl_plan *plan);

#endif
