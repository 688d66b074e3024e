/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A page's tree to the article in it: strictly first, and less so when that leaves too little. */
#include "html_article.h"

#include <stdlib.h>

#include "html_hint.h"

/* Less text than this is no article: try again, less strictly. */
enum { LEAST = 500 };

static void forget(bl_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++)
        tree->nodes[i].state &= (uint8_t) ~(BL_NODE_IN | BL_NODE_OUT | BL_NODE_UNLIKELY | BL_NODE_TABLE);
}

static size_t weight_in(const bl_tree *tree, const bl_flow *flow)
{
    size_t sum = 0;
    for (size_t i = 0; i < flow->count; i++) {
        uint8_t state = tree->nodes[flow->runs[i].first].state;
        if ((state & BL_NODE_IN) && !(state & BL_NODE_OUT))
            sum += flow->runs[i].weight;
    }
    return sum;
}

static size_t attempt(bl_strictness s, bl_tree *tree, const bl_flow *flow, bl_stat *stats, float *score)
{
    forget(tree);
    bl_flow_count(tree, flow, stats);
    if (s.unlikely)
        bl_clean_unlikely(flow, tree, stats);
    bl_score_choose(flow, tree, stats, score);
    if (s.clean)
        bl_clean_article(flow, tree, stats);
    else
        bl_flow_inherit(tree, BL_NODE_OUT | BL_NODE_IN);
    return weight_in(tree, flow);
}

/* The whole page but its links and controls, when nothing else was found. */
static void take_all(bl_tree *tree, const bl_flow *flow, bl_stat *stats)
{
    forget(tree);
    bl_flow_count(tree, flow, stats);
    bl_clean_unlikely(flow, tree, stats);
    tree->nodes[0].state |= BL_NODE_IN;
    bl_clean_article(flow, tree, stats);
    if (weight_in(tree, flow) > 0)
        return;
    forget(tree);
    tree->nodes[0].state |= BL_NODE_IN;
    bl_flow_inherit(tree, BL_NODE_IN);
}

void bl_article_find(bl_error *e, bl_tree *tree, const bl_flow *flow)
{
    static const bl_strictness ways[] = { { true, true }, { false, true }, { false, false } };
    enum { WAYS = sizeof ways / sizeof ways[0] };
    size_t best = 0, most = 0, found = 0;
    if (bl_failed(e))
        return;
    bl_stat *stats = calloc(tree->count, sizeof *stats);
    float *score = calloc(tree->count, sizeof *score);
    if (!stats || !score)
        bl_fail_nomem(e);
    for (size_t i = 0; i < WAYS && found < LEAST && !bl_failed(e); i++) {
        found = attempt(ways[i], tree, flow, stats, score);
        if (found > most * 2) {
            best = i;
            most = found;
        }
    }
    if (!bl_failed(e) && most == 0)
        take_all(tree, flow, stats);
    else if (!bl_failed(e) && found < LEAST)
        attempt(ways[best], tree, flow, stats, score);
    free(score);
    free(stats);
}
