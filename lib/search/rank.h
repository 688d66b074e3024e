/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_RANK_H
#define BL_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "search/match.h"

/* What is known of the archive and of the query's terms: with the same figures any engine ranks the same. */
typedef struct bl_statistics {
    double average[2]; /* tokens of a title, of a body */
    const double *idf; /* of each term */
} bl_statistics;

/* log(1 + (N - n + .5) / (n + .5)): Lucene's form, which never vanishes, however common a word is. */
double bl_rank_idf(double documents, double frequency);

/* Groups of typed and other words that are told apart; words of more are summed. */
enum { BL_RANK_GROUPS = 64 };

/* What a term scores without its idf and weight is rounded down to a step of this part of 1, so that two
 * bytes hold it wherever it is kept: it is less than 8. */
enum { BL_RANK_STEPS = 8192 };

/* Score of a document: for each term idf * (tf * (k1 + 1) / (tf + k1) + lead). tf sums the columns, each
 * weighted and divided by 1 - b + b * length / average (BM25F: Zaragoza et al., TREC 2004); lead is greater
 * the nearer the term stands to the beginning of the body. Typed words and the other words for them count
 * once, by whichever says more. */
double bl_rank(const bl_statistics *statistics, const bl_plan *plan, const bl_occurrence *occurrences,
               size_t count, const uint32_t length[2]);

/* The most that a document can score for the only term of a plan, by how often and where in the body it
 * stands first. */
enum { BL_CEILING_TITLE = 4, BL_CEILING_BODY = 32, BL_CEILING_STEP = 8, BL_CEILING_STEPS = 64 };
typedef struct bl_ceiling {
    double of[BL_CEILING_TITLE][BL_CEILING_BODY]; /* times in title and body */
    double lead[BL_CEILING_STEPS];                /* by BL_CEILING_STEP places */
} bl_ceiling;

void bl_rank_ceiling(const bl_statistics *statistics, const bl_plan *plan, bl_ceiling *out);
static inline bool bl_ceiling_knows(const bl_occurrence *o)
{
    return o->count[0] < BL_CEILING_TITLE && o->count[1] < BL_CEILING_BODY;
}
static inline double bl_ceiling_of(const bl_ceiling *c, const bl_occurrence *o)
{
    uint32_t step = o->first / BL_CEILING_STEP;
    return c->of[o->count[0]][o->count[1]] + c->lead[step < BL_CEILING_STEPS ? step : BL_CEILING_STEPS - 1];
}

/* The shortest that title and body of a document can be in which words stand so: with these lengths its score
 * is at least what it really is. */
void bl_rank_shortest(const bl_occurrence *occurrences, size_t count, uint32_t length[2]);

#endif
