/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An article with what templates put around and into it, to the article alone. */
#include <string.h>

#include "html_article.h"
#include "html_hint.h"

static float link_density(const bl_stat *s)
{
    return s->weight > 0 ? (float)s->linked / (float)s->weight : 0;
}

/* ---- by name ---- */

/* Inside code and tables names mean what they are about. */
static bool is_shelter(bl_tag tag)
{
    return tag == BL_TAG_TABLE || tag == BL_TAG_CODE || tag == BL_TAG_PRE;
}

static bool is_frame_tag(bl_tag tag)
{
    return tag == BL_TAG_NAV || tag == BL_TAG_ASIDE || tag == BL_TAG_FOOTER || tag == BL_TAG_DIALOG ||
           tag == BL_TAG_BUTTON || tag == BL_TAG_SELECT || tag == BL_TAG_TEXTAREA || tag == BL_TAG_OPTION ||
           tag == BL_TAG_OBJECT;
}

static bool is_unlikely(const bl_node *node)
{
    bl_tag tag = (bl_tag)node->tag;
    if (tag == BL_TAG_BODY || tag == BL_TAG_HTML || tag == BL_TAG_ARTICLE || tag == BL_TAG_MAIN)
        return false;
    if (is_frame_tag(tag) || (node->hints & (BL_HINT_WRAPPER | BL_HINT_SIGHTED | BL_HINT_SCREEN_READER)))
        return true;
    if (tag == BL_TAG_A)
        return false;
    if ((node->hints & BL_HINT_ASIDE) && !(node->hints & BL_HINT_ARTICLE))
        return true;
    return (node->hints & BL_HINT_UNLIKELY) && !(node->hints & BL_HINT_MAYBE);
}

/* What holds most of the page's text, its headline perhaps as well, is no frame whatever it is called: it is
 * the page beside a frame. */
static bool is_page(const bl_stat *whole, const bl_node *node, const bl_stat *part)
{
    bool most = part->weight - part->linked > (whole->weight - whole->linked) / 10 * 4;
    bool named = node->tag == BL_TAG_ASIDE || node->tag == BL_TAG_NAV || (node->hints & BL_HINT_COMMENTS);
    return most && !named && (part->marks > 0 || whole->marks == 0);
}

void bl_clean_unlikely(const bl_flow *flow, bl_tree *tree, bl_stat *stats)
{
    uint32_t shelter = 0;
    bool found = false;
    for (uint32_t i = 1; i < tree->count; i++) {
        bl_node *node = &tree->nodes[i];
        if (node->tag == BL_TAG_TEXT)
            continue;
        if (is_shelter((bl_tag)node->tag) && node->end > shelter)
            shelter = node->end;
        if (i < shelter || !is_unlikely(node))
            continue;
        if (!is_page(&stats[0], node, &stats[i])) {
            node->state |= BL_NODE_OUT | BL_NODE_UNLIKELY;
            found = true;
        }
    }
    if (!found)
        return;
    bl_flow_inherit(tree, BL_NODE_OUT);
    bl_flow_count(tree, flow, stats);
}

/* ---- by looks ---- */

/* Rows and columns enough, or a caption, a head: a table of data. */
static bool is_data_table(const bl_tree *tree, uint32_t i)
{
    const bl_node *table = &tree->nodes[i];
    size_t rows = 0, cells = 0, nested = 0, heads = 0;
    if (table->hints & BL_HINT_PRESENTATION)
        return false;
    for (uint32_t k = i + 1; k < table->end; k++) {
        bl_tag tag = (bl_tag)tree->nodes[k].tag;
        rows += tag == BL_TAG_TR;
        cells += tag == BL_TAG_TD || tag == BL_TAG_TH;
        nested += tag == BL_TAG_TABLE;
        heads += tag == BL_TAG_CAPTION || tag == BL_TAG_TH || tag == BL_TAG_THEAD || tag == BL_TAG_TFOOT;
    }
    if ((table->hints & BL_HINT_DATA) || heads > 0)
        return true;
    if (nested > 0 || rows == 0 || cells <= rows)
        return false;
    return rows >= 10 || cells > 4 * rows || cells > 10;
}

/* Nested tables are looked at once: the inner ones only when the outer one is for looks. */
static void mark_tables(bl_tree *tree)
{
    enum { MOST_NESTED = 16 };
    size_t nested = 0;
    uint32_t outer = 0;
    for (uint32_t i = 1; i < tree->count; i++) {
        if (tree->nodes[i].tag != BL_TAG_TABLE)
            continue;
        nested = i < outer ? nested + 1 : 0;
        if (i >= outer)
            outer = tree->nodes[i].end;
        if (nested < MOST_NESTED && is_data_table(tree, i))
            tree->nodes[i].state |= BL_NODE_TABLE;
    }
    bl_flow_inherit(tree, BL_NODE_TABLE);
}

static bool is_cleaned(bl_tag tag)
{
    return tag == BL_TAG_DIV || tag == BL_TAG_UL || tag == BL_TAG_OL || tag == BL_TAG_TABLE ||
           tag == BL_TAG_FORM || tag == BL_TAG_FIELDSET || tag == BL_TAG_SECTION || tag == BL_TAG_DL ||
           tag == BL_TAG_P;
}

static int hint_weight(uint32_t hints)
{
    return (hints & BL_HINT_GOOD ? 25 : 0) - (hints & BL_HINT_BAD ? 25 : 0);
}

/* Few sentences, and more links, pictures or controls than text. */
static bool looks_like_frame(const bl_node *node, const bl_stat *s)
{
    bool list = node->tag == BL_TAG_UL || node->tag == BL_TAG_OL || s->listed * 10 > s->weight * 9;
    float links = link_density(s);
    int weight = hint_weight(node->hints);
    if (node->tag == BL_TAG_P)
        return false;
    if (weight < 0 && node->tag != BL_TAG_TABLE && s->commas < 10)
        return true;
    if (s->commas >= 10)
        return false;
    if (s->pictures > 1 && s->paragraphs * 2 < s->pictures && s->weight < 100 && links > 0.2f)
        return true;
    if (!list && s->items > s->paragraphs + 100)
        return true;
    if (s->controls > s->paragraphs / 3)
        return true;
    if (!list && s->heading * 10 < s->weight * 9 && s->weight < 25 && s->linked > 0 && s->pictures != 1)
        return true;
    if (list)
        return links > 0.5f && s->weight - s->linked < 10 * s->items;
    return links > (weight >= 25 ? 0.5f : 0.2f);
}

static bool is_protected(const bl_node *node)
{
    return (node->state & BL_NODE_TABLE) != 0;
}

/* From the end of the page, so that what is inside an element is judged before it. */
static void clean_looks(bl_tree *tree, bl_stat *stats)
{
    for (size_t i = tree->count; i-- > 1;) {
        bl_node *node = &tree->nodes[i];
        if (node->tag == BL_TAG_TEXT || (node->state & (BL_NODE_HIDDEN | BL_NODE_OUT)))
            continue;
        if (is_cleaned((bl_tag)node->tag) && !(node->state & BL_NODE_IN) && !is_protected(node) &&
            stats[i].weight > 0 && looks_like_frame(node, &stats[i]))
            node->state |= BL_NODE_OUT;
        else
            bl_stat_add(&stats[node->parent], &stats[i], node);
    }
}

/* Share buttons and captions, which names tell, when they are short. */
enum { SHORT_SHARE = 500, SHORT_BYLINE = 100, SHORT_CAPTION = 500 };

static bool is_caption(const bl_node *node, const bl_stat *s)
{
    if (node->tag == BL_TAG_FIGCAPTION || (node->hints & BL_HINT_CAPTION))
        return s->weight < SHORT_CAPTION;
    return (node->hints & BL_HINT_PICTURE) && s->pictures > 0 && s->paragraphs <= 1 &&
           s->weight < SHORT_CAPTION / 2;
}

static void clean_names(bl_tree *tree, const bl_stat *stats)
{
    for (uint32_t i = 1; i < tree->count; i++) {
        bl_node *node = &tree->nodes[i];
        if (node->tag == BL_TAG_TEXT || (node->state & (BL_NODE_IN | BL_NODE_OUT)))
            continue;
        bool share = (node->hints & BL_HINT_SHARE) && stats[i].weight < SHORT_SHARE;
        bool byline = (node->hints & BL_HINT_BYLINE) && stats[i].weight < SHORT_BYLINE;
        if (share || byline || is_caption(node, &stats[i]))
            node->state |= BL_NODE_OUT;
    }
    bl_flow_inherit(tree, BL_NODE_OUT);
}

/* What each element holds by itself, without those below it. */
static void count_own(const bl_tree *tree, const bl_flow *flow, bl_stat *stats)
{
    memset(stats, 0, tree->count * sizeof *stats);
    for (size_t i = 0; i < flow->count; i++) {
        const bl_run *run = &flow->runs[i];
        bl_stat *stat = &stats[run->block];
        if (tree->nodes[run->first].state & (BL_NODE_HIDDEN | BL_NODE_OUT))
            continue;
        stat->weight += run->weight;
        stat->linked += run->linked;
        stat->commas += run->commas;
    }
}

void bl_clean_article(const bl_flow *flow, bl_tree *tree, bl_stat *stats)
{
    mark_tables(tree);
    clean_names(tree, stats);
    count_own(tree, flow, stats);
    clean_looks(tree, stats);
    bl_flow_inherit(tree, BL_NODE_OUT | BL_NODE_IN);
}
