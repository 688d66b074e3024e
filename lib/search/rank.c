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

/* fmax() without a call, for numbers. */
static double greater(double a, double b)
{
    return a > b ? a : b;
}

static double norm(const bl_statistics *s, int column, const uint32_t length[2])
{
    double b = column_b[column];
    if (s->average[column] <= 0)
        return 1 - b;
    return 1 - b + b * length[column] / s->average[column];
}

static double saturate(const bl_term *term, double tf, double lead)
{
    const constants *c = term->alphabetic ? &letters : &characters;
    return tf * (c->k1 + 1) / (tf + c->k1) + lead_weight * lead;
}

static double frequency(const bl_occurrence *o, const double share[2])
{
    return share[0] * o->count[0] + share[1] * o->count[1];
}

static double lead(const bl_term *term, const bl_occurrence *o)
{
    const constants *c = term->alphabetic ? &letters : &characters;
    return o->first == BL_OCCURRENCE_NOWHERE ? 0 : 1 / (1 + o->first / c->lead_positions);
}

/* The forms of a word are one word, and add up. */
static double score_forms(const bl_term *term, const double share[2], const bl_occurrence *o, size_t count)
{
    double tf = 0, first = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = term->phrases[o[i].phrase].weight;
        tf += weight * frequency(&o[i], share);
        first = greater(first, weight * lead(term, &o[i]));
    }
    return saturate(term, tf, first);
}

/* Other words say the same thing again: the best of them counts, and however often it stands there, no more
 * than its weight. */
static double score_others(const bl_term *term, const double share[2], const bl_occurrence *o, size_t count)
{
    double best = 0;
    for (size_t i = 0; i < count; i++)
        best = greater(best, term->phrases[o[i].phrase].weight *
                                 saturate(term, frequency(&o[i], share), lead(term, &o[i])));
    return best;
}

static double round_down(double score)
{
    return (double)(uint32_t)(score * BL_RANK_STEPS) / BL_RANK_STEPS;
}

static double score_term(const bl_term *term, double idf, const double share[2], const bl_occurrence *o,
                         size_t count)
{
    const double score =
        term->expansion ? score_others(term, share, o, count) : score_forms(term, share, o, count);
    return term->weight * idf * round_down(score);
}

double bl_rank(const bl_statistics *s, const bl_plan *plan, const bl_occurrence *occurrences, size_t count,
               const uint32_t length[2])
{
    double score = 0, typed[BL_RANK_GROUPS], other[BL_RANK_GROUPS];
    for (size_t group = 0; group <= plan->groups && group < BL_RANK_GROUPS; group++)
        typed[group] = other[group] = 0;
    const double share[2] = { column_weight[0] / norm(s, 0, length), column_weight[1] / norm(s, 1, length) };
    for (size_t i = 0; i < count;) {
        uint32_t number = occurrences[i].term;
        const bl_term *term = &plan->terms[number];
        size_t first = i;
        while (i < count && occurrences[i].term == number)
            i++;
        double part =
            term->filter ? 0 : score_term(term, s->idf[number], share, occurrences + first, i - first);
        size_t group = term->group < BL_RANK_GROUPS ? term->group : 0;
        if (group == 0)
            score += part;
        else if (!term->expansion)
            typed[group] += part;
        else
            other[group] = greater(other[group], part);
    }
    for (size_t group = 1; group <= plan->groups && group < BL_RANK_GROUPS; group++)
        score += greater(typed[group], other[group]);
    return score;
}

void bl_rank_shortest(const bl_occurrence *occurrences, size_t count, uint32_t length[2])
{
    length[0] = length[1] = 0;
    for (size_t i = 0; i < count; i++) {
        const bl_occurrence *o = &occurrences[i];
        if (o->count[0] > length[0])
            length[0] = o->count[0];
        if (o->count[1] > 0 && o->last >= length[1])
            length[1] = o->last + 1;
    }
}

void bl_rank_ceiling(const bl_statistics *s, const bl_plan *plan, bl_ceiling *out)
{
    bl_occurrence best = bl_occurrence_none(0, 0);
    for (size_t i = 1; i < plan->terms[0].count; i++)
        if (plan->terms[0].phrases[i].weight > plan->terms[0].phrases[best.phrase].weight)
            best.phrase = (uint32_t)i;
    for (uint32_t title = 0; title < BL_CEILING_TITLE; title++)
        for (uint32_t body = 0; body < BL_CEILING_BODY; body++) {
            const uint32_t length[2] = { title, body };
            best.count[0] = title;
            best.count[1] = body;
            out->of[title][body] = bl_rank(s, plan, &best, 1, length);
        }
    const uint32_t length[2] = { 0, 1 };
    best.count[0] = 0;
    best.count[1] = 1;
    const double without = bl_rank(s, plan, &best, 1, length);
    /* What is added up here was rounded down twice. */
    const double rounded = 2 * plan->terms[0].weight * s->idf[0] / BL_RANK_STEPS;
    for (uint32_t step = 0; step < BL_CEILING_STEPS; step++) {
        best.first = step * BL_CEILING_STEP;
        out->lead[step] = bl_rank(s, plan, &best, 1, length) - without + rounded;
    }
}
