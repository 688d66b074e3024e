/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Where terms stand in a document to its score. */
#include "rank.h"

#include <math.h>

/* k1 and b as most collections have them; a title says what a bulletin is about. */
static const double saturation = 1.2;
static const double column_b[2] = { 0.3, 0.75 };
static const double column_weight[2] = { 4.0, 1.0 };

double bl_rank_idf(double documents, double frequency)
{
    return log(1 + (documents - frequency + .5) / (frequency + .5));
}

static double norm(const bl_statistics *s, int column, const uint32_t length[2])
{
    double b = column_b[column];
    if (!length || s->average[column] <= 0)
        return 1 - b;
    return 1 - b + b * length[column] / s->average[column];
}

double bl_rank(const bl_statistics *s, const bl_plan *plan, const bl_occurrence *occurrences, size_t count,
               const uint32_t length[2])
{
    double score = 0;
    const double share[2] = { column_weight[0] / norm(s, 0, length), column_weight[1] / norm(s, 1, length) };
    for (size_t i = 0; i < count;) {
        uint32_t term = occurrences[i].term;
        double tf = 0;
        /* Occurrences come by phrase, and the phrases of a term follow each other. */
        for (; i < count && occurrences[i].term == term; i++)
            tf += share[occurrences[i].column] * plan->terms[term].phrases[occurrences[i].phrase].weight;
        if (!plan->terms[term].filter)
            score += plan->terms[term].weight * s->idf[term] * tf * (saturation + 1) / (tf + saturation);
    }
    return score;
}
