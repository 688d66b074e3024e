/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SCORE_H
#define BL_SCORE_H

#include <math.h>

#include "index/database.h"
#include "index/posting.h"
#include "search/kept_state.h"
#include "search/rank.h"
#include "search/top.h"

/* Scores the matches of one plan. */
typedef struct bl_scorer {
    bl_database *db;
    struct bl_memo *memo; /* of earlier searches */
    uint32_t lengths;     /* the question for them there */
    const bl_plan *plan;
    const bl_kept_state *lists; /* of common terms; NULL = none */
    bl_statistics statistics;
    double *idf;
    size_t terms; /* that rank */
    bl_ceiling ceiling;
    bool has_ceiling;
    bool gathered;        /* what the plan's long lists find, before the first was counted */
    bool usual;           /* furniture is looked at as lists are made: never */
    size_t length_at;     /* in db->lengths */
    sqlite3_stmt *length; /* where only FTS5 can read the index */
} bl_scorer;

/* db, plan and lists borrowed; no lists: the averages are those of now. Counts in how many documents the
 * terms stand: reads their lists where no earlier search did. The weight of an only term is the same for
 * every document, and left out. Close in any case. */
void bl_scorer_open(bl_error *e, bl_database *db, const bl_plan *plan, const bl_totals *totals,
                    const bl_kept_state *lists, bl_scorer *out);
void bl_scorer_close(bl_scorer *scorer);
/* The same for another connection's thread while the first lasts; not to be closed. */
void bl_scorer_lend(bl_error *e, bl_database *db, const bl_scorer *scorer, int64_t revision, bl_scorer *out);

/* Whether a match could still be among the best, whatever the lengths of its document are; reads nothing. */
bool bl_score_may_enter(const bl_scorer *scorer, const bl_match *match, const bl_top *top, bl_hit *hit);
/* The most that a document can score that is seen at a glance. */
static inline double bl_score_most(const bl_scorer *s, const bl_sighting *at)
{
    const bl_glance seen = bl_sighting_glance(at);
    if (!s->has_ceiling || !seen.in_body || seen.most >= BL_CEILING_BODY)
        return INFINITY;
    return bl_ceiling_of(&s->ceiling, &(bl_occurrence){ .count = { 0, seen.most }, .first = seen.first });
}
/* Its score by the lengths of its document. */
double bl_score(bl_error *e, bl_scorer *scorer, const bl_match *match);

#endif
