/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_EXPAND_H
#define BL_EXPAND_H

#include "search/query.h"
#include "search/thesaurus.h"
#include "text/token.h"
#include "text/words.h"

/* Tokens that must stand one after another. */
typedef struct bl_phrase {
    char *tokens; /* each ended by BL_FTS_TOKEN_END */
    size_t size;
    size_t count;
    bool prefix;      /* the last token may go on */
    bool overlaps;    /* it ends within the token behind it: the last one is a pair of characters */
    double weight;    /* 1 = as typed */
    size_t expansion; /* which of the plan's expansions it is of, + 1; 0 = as typed */
} bl_phrase;

/* One thing looked for: any of its phrases will do. */
typedef struct bl_term {
    bl_phrase *phrases;
    size_t count, capacity;
    double weight;    /* of the term beside others; 1 = as typed */
    bool alphabetic;  /* a word of letters: ranks by constants of its own */
    uint16_t group;   /* the typed words and the other words for them share a number; 0 = alone */
    bool expansion;   /* other words, of its group */
    bool conditional; /* and only beside words of their context */
    bool spare;       /* no word to have: a long run beside its words, a function word */
    const char *not_after,
        *not_before;  /* characters beside which it is part of another word; NULL = none known */
    bool filter;      /* neither ranks nor is highlighted */
    bool near;        /* its places are asked for */
    unsigned columns; /* of the index, a bit each; 0 = any that is searched */
} bl_term;

/* A word to have: what excludes is none, nor are other words for one, nor a run beside its words, nor the. */
static inline bool bl_term_is_wanted(const bl_term *term)
{
    return !term->filter && !term->spare && !term->expansion;
}

/* What the thesaurus added to a query. */
typedef struct bl_expansion {
    char *typed; /* the words it stands for */
    char *text;
    bl_quality quality;
    bool own;          /* by the archive's own thesaurus */
    int64_t bulletins; /* hits that hold it, set by the search */
} bl_expansion;

/* A query in terms of tokens: leaves of the tree name their terms. */
typedef struct bl_plan {
    bl_node *tree; /* NULL = everything */
    bl_term *terms;
    size_t count, capacity;
    bl_expansion *expansions;
    size_t expansion_count, expansion_capacity;
    struct bl_predicate *sets; /* of its fields, as their nodes number them; borrowed */
    uint16_t groups;           /* the highest number given */
    bool articles_only;        /* title and body count, what stands around them does not */
} bl_plan;

/* More different terms than this are refused: each is a walk through the index, or several. */
enum { BL_PLAN_TERMS = 256 };

/* What understanding a query needs; borrowed. */
typedef struct bl_expander {
    bl_cutter *cutter;
    bl_words *words;         /* NULL: long runs are looked for as they stand alone */
    bl_thesaurus *thesaurus; /* NULL: exactly what was typed */
    bl_quality worst;        /* of the other words that may be added */
    bl_thesaurus *guards;    /* tells where a term is none, also when exactly what was typed is asked for */
    /* Names of people in another script; NULL: none. */
    size_t (*names)(bl_error *e, void *context, const bl_tokens *tokens, size_t first, size_t end,
                    const bl_synonym **list);
    void *name_context;
    const bl_word_list *list; /* words by which long runs are cut; NULL = ICU's alone */
} bl_expander;

/* How many of several words must stand in a bulletin. */
typedef enum bl_plan_mode {
    BL_PLAN_ALL,
    BL_PLAN_ANY,    /* one will do, and pairs of characters count as words */
    BL_PLAN_PARTIAL /* one will do; the caller sees to it that there are enough */
} bl_plan_mode;

/* Turn the tree's leaves into terms; the plan owns the tree from now on, also on failure. A leaf without any
 * token (white space) is left out. */
void bl_plan_make(bl_error *e, const bl_expander *expander, bl_node *tree, bl_plan_mode mode, bl_plan *out);
/* A new term for a leaf; NULL on failure. */
bl_term *bl_plan_add_term(bl_error *e, bl_plan *plan, bl_node *leaf, double weight);
size_t bl_plan_phrases(const bl_plan *plan);
/* How many words there are to have. */
size_t bl_plan_wanted(const bl_plan *plan);
void bl_plan_free(bl_plan *plan);

#endif
