/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MATCH_H
#define BL_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/list.h"
#include "search/expand.h"

/* How a phrase of the plan stands in a document. */
typedef struct bl_occurrence {
    uint32_t term;
    uint32_t phrase;      /* of the term */
    uint32_t count[2];    /* times in title and body; furniture does not rank */
    uint32_t first, last; /* places in the body */
} bl_occurrence;

/* Not in the body. */
#define BL_OCCURRENCE_NOWHERE UINT32_MAX

static inline bl_occurrence bl_occurrence_none(uint32_t term, uint32_t phrase)
{
    return (bl_occurrence){ term, phrase, { 0, 0 }, BL_OCCURRENCE_NOWHERE, 0 };
}

static inline void bl_occurrence_note(bl_occurrence *o, uint32_t column, uint32_t position)
{
    if (column >= 2)
        return;
    o->count[column]++;
    if (column == 1 && position < o->first)
        o->first = position;
    if (column == 1 && position > o->last)
        o->last = position;
}

/* A walk over matching documents, in ascending order of number. Any engine can stand behind it: ranking and
 * showing see nothing else. */
typedef struct bl_match bl_match;
struct bl_match {
    int64_t doc;
    const bl_occurrence *occurrences; /* valid until the next step; the phrases of a term follow each other */
    size_t count;
    size_t bounds; /* behind them: how terms that were not looked for yet can stand there at most */
    bool (*next)(bl_error *e, bl_match *match); /* false after the last, and on failure */
    /* The next documents at a glance, how many; 0 after the last, and on failure. NULL = one by one. */
    size_t (*run)(bl_error *e, bl_match *match, const bl_sighting **list);
    /* To one of these. */
    void (*look)(bl_error *e, bl_match *match, const bl_sighting *at);
    /* Look for these: then what was found of them is among the occurrences. NULL = there are never any. */
    void (*complete)(bl_error *e, bl_match *match);
    /* No document behind this one is wanted. NULL = it cannot be told. */
    void (*until)(bl_match *match, int64_t last);
    int64_t cost; /* about how many bytes of lists have to be walked; 0 = not known */
    void (*close)(bl_match *match);
};

/* What an archive offers to a search. */
struct bl_database;

/* What of a plan's documents is wanted. */
typedef struct bl_extent {
    int64_t first, last;
    const struct bl_docs *among; /* no others need be found; borrowed; NULL = any */
    bool occurrences;            /* they are spared when nothing ranks */
} bl_extent;

/* Documents that satisfy the plan; new, release through close. */
bl_match *bl_match_open(bl_error *e, struct bl_database *db, const bl_plan *plan, bl_extent extent);

/* How many documents hold a term of the plan. */
int64_t bl_match_frequency(bl_error *e, struct bl_database *db, const bl_plan *plan, size_t term);

#endif
