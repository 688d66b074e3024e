/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Where terms stand in a document to its score. */
#include "rank.h"

#include <math.h>

/* Tuned on retrieval sets of Chinese questions, Chinese headlines and English abstracts; docs/ranking.md has
 * the figures. A title says what a bulletin is about, and so do its first sentences: a word's place in the
 * body adds lead_weight / (1 + position / lead_positions). Words of letters repeat more than characters do
 * before they say no more, and a sentence has fewer of them. */
static const double column_weight[2] = { 4.0, 1.0 };
static const double column_b[2] = { 0.3, 0.5 };
static const double lead_weight = 1.0;

typedef struct constants {
    double k1;
    double lead_positions;
} constants;

static const constants characters = { 1.2, 60 }, letters = { 2.2, 15 };

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
        uint32_t number = occurrences[i].term;
        const bl_term *term = &plan->terms[number];
        const constants *c = term->alphabetic ? &letters : &characters;
        double tf = 0, lead = 0;
        /* Occurrences come by phrase, and the phrases of a term follow each other. */
        for (; i < count && occurrences[i].term == number; i++) {
            const bl_occurrence *o = &occurrences[i];
            tf += share[o->column] * term->phrases[o->phrase].weight;
            if (o->column == 1)
                lead = fmax(lead, 1 / (1 + o->position / c->lead_positions));
        }
        if (!term->filter)
            score += term->weight * s->idf[number] * (tf * (c->k1 + 1) / (tf + c->k1) + lead_weight * lead);
    }
    return score;
}
