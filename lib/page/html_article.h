/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_ARTICLE_H
#define BL_HTML_ARTICLE_H

#include "html_flow.h"

/* Mark the article of a page: BL_NODE_IN on the elements that hold it, BL_NODE_OUT on what is no part of it,
 * also inside them. */
void bl_article_find(bl_error *e, bl_tree *tree, const bl_flow *flow);

/* How strictly a page is read. */
typedef struct bl_strictness {
    bool unlikely; /* leave out what templates name as frames */
    bool clean;    /* leave out what looks like frames inside the article */
} bl_strictness;

/* `stats` comes to each of these as bl_flow_count() leaves it; only bl_clean_article() spoils it. */

/* The element that holds the article, by the running text in it; `score` has room for tree->count. Marks it,
 * and those beside it that go with it, BL_NODE_IN. */
void bl_score_choose(const bl_flow *flow, bl_tree *tree, bl_stat *stats, float *score);

/* Mark what looks like a frame inside the elements that are IN. */
void bl_clean_article(const bl_flow *flow, bl_tree *tree, bl_stat *stats);

/* Mark what templates name as frames, all over the page. */
void bl_clean_unlikely(const bl_flow *flow, bl_tree *tree, bl_stat *stats);

#endif
