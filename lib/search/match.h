/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MATCH_H
#define BL_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "search/expand.h"

/* Where a term of the plan stands in a document. */
typedef struct bl_occurrence {
    uint32_t term;
    uint32_t phrase; /* of the term */
    uint32_t column; /* 0 title, 1 body, 2 furniture, which does not rank */
    uint32_t position;
} bl_occurrence;

/* A walk over matching documents, in ascending order of number. Any engine can stand behind it: ranking and
 * showing see nothing else. */
typedef struct bl_match bl_match;
struct bl_match {
    int64_t doc;
    const bl_occurrence *occurrences; /* valid until the next step; by phrase, then column and position */
    size_t count;
    bool (*next)(bl_error *e, bl_match *match); /* false after the last, and on failure */
    void (*close)(bl_match *match);
};

/* What an archive offers to a search. */
struct bl_database;

/* Documents [first, last] that satisfy the plan; new, release through close. `occurrences` spares their
 * collection when nothing ranks. */
bl_match *bl_match_open(bl_error *e, struct bl_database *db, const bl_plan *plan, int64_t first, int64_t last,
                        bool occurrences);

/* How many documents hold a term of the plan. */
int64_t bl_match_frequency(bl_error *e, struct bl_database *db, const bl_plan *plan, size_t term);

#endif
