/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_FLOW_H
#define BL_HTML_FLOW_H

#include "html_tree.h"

/* Text that stands on one line, or in one paragraph: between two edges of blocks. */
typedef struct bl_run {
    uint32_t first; /* nodes [first, end); those that are texts make it up */
    uint32_t end;
    uint32_t block;  /* innermost block around it */
    uint32_t weight; /* letters as a reader feels them: a CJK character is worth two */
    uint32_t linked; /* of these, inside links */
    uint32_t commas; /* pauses and full stops */
} bl_run;

/* The visible text of a page in its order. Start from {0}. */
typedef struct bl_flow {
    bl_run *runs;
    size_t count;
    size_t capacity;
} bl_flow;

/* What an element holds, without what is hidden or out. */
typedef struct bl_stat {
    uint32_t weight;
    uint32_t linked;
    uint32_t commas;
    uint32_t heading; /* weight in headings */
    uint32_t listed;  /* weight in lists */
    uint32_t paragraphs;
    uint32_t pictures;
    uint32_t items;
    uint32_t controls;
    uint32_t embeds;
    uint32_t marks; /* what stands in or around an article: h1, article, main, and its names */
} bl_stat;

/* Tell what is hidden, and take the visible text to runs. */
void bl_flow_read(bl_error *e, bl_tree *tree, bl_flow *out);
void bl_flow_free(bl_flow *flow);

/* Let the state of every element pass to those below it. */
void bl_flow_inherit(bl_tree *tree, uint8_t bits);

/* Count what each element holds; `out` has room for tree->count. */
void bl_flow_count(const bl_tree *tree, const bl_flow *flow, bl_stat *out);

/* Add what node i holds to its parent's. */
void bl_stat_add(bl_stat *parent, const bl_stat *child, const bl_node *node);

#endif
