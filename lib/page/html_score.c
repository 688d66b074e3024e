/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Runs of text to the element that holds the article: paragraphs speak for those around them, links against.
 */
#include <math.h>
#include <string.h>

#include "html_article.h"
#include "html_hint.h"

/* A paragraph speaks for so many elements around it; shorter ones do not speak. */
enum { LEVELS = 5, SHORTEST = 25 };

typedef struct search {
    const bl_flow *flow;
    bl_tree *tree;
    const bl_stat *stats;
    float *score; /* NaN = not touched by any paragraph */
} search;

static float tag_weight(bl_tag tag)
{
    switch (tag) {
    case BL_TAG_DIV:
    case BL_TAG_ARTICLE:
        return 5;
    case BL_TAG_PRE:
    case BL_TAG_TD:
    case BL_TAG_BLOCKQUOTE:
        return 3;
    case BL_TAG_ADDRESS:
    case BL_TAG_OL:
    case BL_TAG_UL:
    case BL_TAG_DL:
    case BL_TAG_DD:
    case BL_TAG_DT:
    case BL_TAG_LI:
    case BL_TAG_FORM:
        return -3;
    case BL_TAG_H1:
    case BL_TAG_H2:
    case BL_TAG_H3:
    case BL_TAG_H4:
    case BL_TAG_H5:
    case BL_TAG_H6:
    case BL_TAG_TH:
        return -5;
    default:
        return 0;
    }
}

static float hint_weight(uint32_t hints)
{
    return (hints & (BL_HINT_GOOD | BL_HINT_ARTICLE) ? 25.0f : 0) - (hints & BL_HINT_BAD ? 25.0f : 0);
}

static float link_density(const bl_stat *s)
{
    return s->weight > 0 ? (float)s->linked / (float)s->weight : 0;
}

static bool is_out(const bl_node *node)
{
    return (node->state & (BL_NODE_HIDDEN | BL_NODE_OUT)) != 0;
}

static void add_score(search *q, uint32_t i, float points)
{
    const bl_node *node = &q->tree->nodes[i];
    if (isnan(q->score[i]))
        q->score[i] = tag_weight((bl_tag)node->tag) + hint_weight(node->hints);
    q->score[i] += points;
}

/* Running text alone in its element speaks for what is around that; text between other blocks speaks for the
 * element itself. */
static bool is_paragraph(const search *q, const bl_run *run)
{
    const bl_node *block = &q->tree->nodes[run->block];
    switch (block->tag) {
    case BL_TAG_P:
    case BL_TAG_PRE:
    case BL_TAG_TD:
    case BL_TAG_H2:
    case BL_TAG_H3:
    case BL_TAG_H4:
    case BL_TAG_H5:
    case BL_TAG_H6:
        return true;
    default:
        return q->stats[run->block].weight == run->weight;
    }
}

static bool speaks(const search *q, const bl_run *run)
{
    bl_tag tag = (bl_tag)q->tree->nodes[run->block].tag;
    return run->weight >= SHORTEST && !is_out(&q->tree->nodes[run->first]) && tag != BL_TAG_LI &&
           tag != BL_TAG_H1;
}

static void score_runs(search *q)
{
    for (size_t i = 0; i < q->flow->count; i++) {
        const bl_run *run = &q->flow->runs[i];
        if (!speaks(q, run))
            continue;
        float length = floorf((float)run->weight / 100), points = 2 + (float)run->commas + fminf(length, 3);
        uint32_t at = is_paragraph(q, run) ? q->tree->nodes[run->block].parent : run->block;
        for (int level = 0; level < LEVELS && at > 0; level++, at = q->tree->nodes[at].parent)
            add_score(q, at, points / (level == 0 ? 1 : level == 1 ? 2 : (float)level * 3));
    }
}

static uint32_t best_of(search *q)
{
    uint32_t best = 0;
    for (size_t i = 1; i < q->tree->count; i++) {
        if (isnan(q->score[i]))
            continue;
        q->score[i] *= 1 - link_density(&q->stats[i]);
        if (!is_out(&q->tree->nodes[i]) && (best == 0 || q->score[i] > q->score[best]))
            best = (uint32_t)i;
    }
    return best;
}

static bool is_above(const bl_tree *tree, uint32_t above, uint32_t below)
{
    return above <= below && below < tree->nodes[above].end;
}

/* Candidates that are nearly as good, in different corners of one element: that holds the article. */
enum { MOST = 5, ENOUGH = 3 };

static size_t find_rivals(const search *q, uint32_t best, uint32_t *rivals)
{
    size_t count = 0;
    for (size_t i = 1; i < q->tree->count; i++) {
        if (isnan(q->score[i]) || i == best || is_out(&q->tree->nodes[i]) ||
            q->score[i] < 0.75f * q->score[best])
            continue;
        size_t at = count < MOST ? count++ : MOST;
        for (size_t k = 0; k < at; k++)
            if (at == MOST && q->score[rivals[k]] < q->score[i])
                at = k;
        if (at < MOST)
            rivals[at] = (uint32_t)i;
    }
    return count;
}

static uint32_t join_rivals(const search *q, uint32_t best)
{
    uint32_t rivals[MOST];
    size_t count = find_rivals(q, best, rivals);
    if (count < ENOUGH)
        return best;
    for (uint32_t at = q->tree->nodes[best].parent; at > 0; at = q->tree->nodes[at].parent) {
        size_t inside = 0;
        for (size_t i = 0; i < count; i++)
            inside += rivals[i] != at && is_above(q->tree, at, rivals[i]);
        if (q->tree->nodes[at].tag == BL_TAG_BODY)
            return best;
        if (inside >= ENOUGH)
            return at;
    }
    return best;
}

/* An element around the best one whose score does not fall off has more of the article. */
static uint32_t climb(search *q, uint32_t best)
{
    float last = q->score[best], least = last / 3;
    if (isnan(last))
        return best;
    for (uint32_t at = q->tree->nodes[best].parent; at > 0 && q->tree->nodes[at].tag != BL_TAG_BODY;
         at = q->tree->nodes[at].parent) {
        if (isnan(q->score[at]))
            continue;
        if (q->score[at] < least)
            break;
        if (q->score[at] > last)
            return at;
        last = q->score[at];
    }
    return best;
}

static uint32_t behind(const bl_tree *tree, uint32_t i)
{
    return tree->nodes[i].end;
}

/* Out of elements that hold nothing else. */
static uint32_t leave_shells(const search *q, uint32_t best)
{
    for (;;) {
        uint32_t parent = q->tree->nodes[best].parent;
        if (parent == 0 || q->tree->nodes[parent].tag == BL_TAG_BODY ||
            q->stats[parent].weight != q->stats[best].weight)
            return best;
        best = parent;
    }
}

/* Little text in the best element, and more of it, hardly linked, around: the page is cut into small pieces.
 */
static uint32_t widen(const search *q, uint32_t best)
{
    enum { LITTLE = 500 };
    while (q->stats[best].weight < LITTLE && !(q->tree->nodes[best].hints & BL_HINT_ARTICLE)) {
        uint32_t parent = q->tree->nodes[best].parent;
        const bl_stat *around = &q->stats[parent], *inside = &q->stats[best];
        if (parent == 0 || q->tree->nodes[parent].tag == BL_TAG_BODY || link_density(around) > 0.25f)
            break;
        if (around->weight != inside->weight &&
            (around->weight < 2 * inside->weight || around->commas <= inside->commas))
            break;
        best = parent;
    }
    return best;
}

/* An element that its author named as the text of the article is believed: inwards when nearly all of the
 * running text is in it, outwards when it has the best inside. */
static uint32_t trust_names(const search *q, uint32_t best)
{
    uint32_t outer = 0;
    for (uint32_t at = best; at > 0; at = q->tree->nodes[at].parent)
        if ((q->tree->nodes[at].hints & BL_HINT_ARTICLE) && q->tree->nodes[at].tag != BL_TAG_BODY &&
            link_density(&q->stats[at]) < 0.4f)
            outer = at;
    if (outer > 0)
        return outer;
    uint32_t most = q->stats[best].weight - q->stats[best].linked;
    for (uint32_t i = best + 1; i < q->tree->nodes[best].end; i++) {
        const bl_node *node = &q->tree->nodes[i];
        if (node->tag == BL_TAG_TEXT || is_out(node) || !(node->hints & BL_HINT_ARTICLE))
            continue;
        uint32_t here = q->stats[i].weight - q->stats[i].linked;
        if (here > most / 10 * 7)
            return i;
    }
    return best;
}

static bool is_sentence(const bl_tree *tree, const bl_node *node)
{
    if (node->tag != BL_TAG_TEXT)
        return false;
    for (uint32_t i = node->at; i + 1 < node->at + node->size; i++)
        if (tree->text.data[i] == '.' && tree->text.data[i + 1] == ' ')
            return true;
    return false;
}

/* Beside the best element: others of a good score, or of the same template, and paragraphs. */
static bool goes_with(const search *q, uint32_t best, uint32_t i)
{
    const bl_node *node = &q->tree->nodes[i];
    const bl_stat *stat = &q->stats[i];
    float least = fmaxf(10, q->score[best] * 0.2f);
    bool alike = node->at == q->tree->nodes[best].at && node->at != 0;
    if (!isnan(q->score[i]) && q->score[i] + (alike ? q->score[best] * 0.2f : 0) >= least)
        return true;
    if (node->tag != BL_TAG_P)
        return false;
    return stat->weight > 80
               ? link_density(stat) < 0.25f
               : stat->weight > 0 && stat->linked == 0 && node->end > i + 1 && is_sentence(q->tree, node + 1);
}

/* A template that cuts an article up, around pictures and advertisements, names all its parts alike. */
static void mark_parts(search *q, uint32_t best)
{
    enum { UP = 4 };
    bl_node *nodes = q->tree->nodes;
    uint32_t top = best;
    for (int level = 0; level < UP && nodes[top].parent > 0 && nodes[nodes[top].parent].tag != BL_TAG_BODY;
         level++)
        top = nodes[top].parent;
    for (uint32_t i = top + 1; i < nodes[top].end; i++) {
        bl_node *node = &nodes[i];
        if (node->tag == BL_TAG_TEXT || i == best)
            continue;
        if (!is_out(node) && (node->hints & BL_HINT_ARTICLE) && !is_above(q->tree, i, best) &&
            q->stats[i].commas > 0 && link_density(&q->stats[i]) < 0.25f)
            node->state |= BL_NODE_IN;
    }
}

static void mark_in(search *q, uint32_t best)
{
    bl_node *nodes = q->tree->nodes;
    uint32_t parent = nodes[best].parent;
    nodes[best].state |= BL_NODE_IN;
    if (nodes[best].hints & BL_HINT_ARTICLE)
        mark_parts(q, best);
    if (parent == 0 || isnan(q->score[best]))
        return;
    for (uint32_t i = parent + 1; i < nodes[parent].end; i = behind(q->tree, i))
        if (nodes[i].tag != BL_TAG_TEXT && !is_out(&nodes[i]) && goes_with(q, best, i))
            nodes[i].state |= BL_NODE_IN;
}

static void keep_scores(search *q)
{
    for (size_t i = 0; i < q->tree->count; i++)
        if (q->tree->nodes[i].tag != BL_TAG_TEXT)
            q->tree->nodes[i].size = q->score[i] > 0 ? (uint32_t)(q->score[i] * 10) : 0;
}

void bl_score_choose(const bl_flow *flow, bl_tree *tree, bl_stat *stats, float *score)
{
    search q = { flow, tree, stats, score };
    for (size_t i = 0; i < tree->count; i++)
        score[i] = NAN;
    score_runs(&q);
    uint32_t best = best_of(&q);
    if (best == 0)
        return;
    best = join_rivals(&q, best);
    best = climb(&q, best);
    best = leave_shells(&q, best);
    best = widen(&q, best);
    best = trust_names(&q, best);
    mark_in(&q, best);
    keep_scores(&q);
}
