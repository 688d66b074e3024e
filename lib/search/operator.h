/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_OPERATOR_H
#define BL_OPERATOR_H

#include "search/docs.h"
#include "search/found.h"
#include "search/near.h"

typedef enum bl_operator_kind {
    BL_OP_PHRASE,
    BL_OP_FOUND,
    BL_OP_DOCS,
    BL_OP_NEAR,
    BL_OP_ANY,
    BL_OP_ALL,
    BL_OP_EXCEPT
} bl_operator_kind;

/* A tree whose leaves are postings: each operator gives ascending documents. */
typedef struct bl_operator {
    bl_operator_kind kind;
    int64_t doc;                   /* INT64_MIN before the first, BL_LIST_END after the last */
    int64_t last;                  /* none behind it is wanted: it may stop at one that does not satisfy */
    uint32_t columns;              /* those that count, a bit each */
    struct bl_operator **children; /* EXCEPT: what is wanted, then what is not */
    size_t count, capacity;

    /* PHRASE: its different tokens, and in which order they stand. */
    uint32_t term, phrase;
    bl_posting *tokens;
    size_t token_count;
    size_t *order;    /* of its tokens, the rarest first */
    size_t *which;    /* token stands at each of its positions */
    size_t length;    /* positions */
    bool bare;        /* one token that may stand anywhere: its documents are the phrase\'s */
    uint64_t *places; /* where the phrase starts in the document: column, then position */
    size_t place_count, place_capacity;
    bool stepped; /* it is still at the last document of a run */

    /* FOUND: the next of them; borrowed. */
    const bl_found *found;
    size_t found_at;

    bl_near *near; /* NEAR: of its child's documents those where it stands */

    /* DOCS: the same of documents alone. */
    const bl_docs *docs;
} bl_operator;

/* New; NULL on failure. */
bl_operator *bl_operator_new(bl_error *e, bl_operator_kind kind, uint32_t columns);
/* Take over a child; NULL is none. */
void bl_operator_add(bl_error *e, bl_operator *parent, bl_operator *child);
/* A set of documents, borrowed. */
bl_operator *bl_operator_docs(bl_error *e, const bl_docs *docs);
/* A phrase of a term; NULL, without a failure, when it is of a kind that is left to FTS5. */
bl_operator *bl_operator_phrase(bl_error *e, bl_reader *reader, const bl_plan *plan, size_t term,
                                size_t phrase, uint32_t columns);

/* The same, of no prefix, read from the lists anew: it knows its places. */
bl_operator *bl_operator_placed(bl_error *e, bl_reader *reader, const bl_plan *plan, size_t term,
                                size_t phrase, uint32_t columns);

/* No document behind this one is wanted any more: what is found there may be anything. */
void bl_operator_until(bl_operator *op, int64_t last);
/* About how many bytes of lists have to be walked for all its documents. */
int64_t bl_operator_cost(const bl_operator *op);
/* To the first document >= doc that is not behind already. */
void bl_operator_seek(bl_error *e, bl_operator *op, int64_t doc);
/* Whether documents can be taken in runs: one token, and nothing else. */
bool bl_operator_runs(const bl_operator *op);
/* The next documents, no more than there is room for, none beyond `last`; 0 when there are no more. Until the
 * next run. */
size_t bl_operator_run(bl_error *e, bl_operator *op, int64_t last, bl_sighting *list, size_t room);
/* How the token stands in one of them. */
void bl_operator_look(const bl_operator *op, const bl_sighting *at, bl_occurrence *out);
/* How a phrase stands in its document. */
void bl_operator_collect(bl_error *e, bl_operator *op, bl_occurrence *out);
/* Where in its document such a phrase starts, ascending, each its column << 32 | position; until the next
 * step. NULL when that is not known. */
const uint64_t *bl_operator_places(bl_error *e, bl_operator *op, size_t *count);
void bl_operator_free(bl_operator *op);

#endif
