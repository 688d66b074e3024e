/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A tree to the runs of text that a reader sees, and to what each element holds of them. */
#include "html_flow.h"

#include <stdlib.h>
#include <string.h>

#include "html_hint.h"

typedef struct measure {
    uint32_t weight;
    uint32_t commas;
} measure;

static bool is_pause(const unsigned char *s, size_t left)
{
    static const char pauses[][4] = { "，", "。", "、", "；", "！", "？" };
    for (size_t i = 0; left >= 3 && i < sizeof pauses / sizeof pauses[0]; i++)
        if (memcmp(s, pauses[i], 3) == 0)
            return true;
    return false;
}

/* Runs of blanks count once, behind the text that they follow. */
static measure measure_text(const char *text, size_t size)
{
    measure m = { 0, 0 };
    bool blank = true;
    for (size_t at = 0; at < size; at++) {
        unsigned char c = (unsigned char)text[at];
        if (c <= ' ') {
            m.weight += !blank;
            blank = true;
            continue;
        }
        if ((c & 0xC0) == 0x80)
            continue;
        if (c == 0xC2 && at + 1 < size && (unsigned char)text[at + 1] == 0xA0)
            continue;
        bool pause = c >= 0xE3 && c <= 0xEF && is_pause((const unsigned char *)text + at, size - at);
        bool cjk = c >= 0xE3 && c <= 0xED && !(c == 0xE3 && at + 2 < size && memcmp(text + at, "　", 3) == 0);
        m.weight += cjk || pause ? 2 : c == 0xE3 ? 0 : 1;
        m.commas += pause || c == ',';
        blank = false;
    }
    m.weight -= blank && m.weight > 0;
    return m;
}

/* ---- what is hidden ---- */

void bl_flow_inherit(bl_tree *tree, uint8_t bits)
{
    bl_node *nodes = tree->nodes;
    for (size_t i = 1; i < tree->count; i++)
        nodes[i].state |= (uint8_t)(nodes[nodes[i].parent].state & bits);
}

/* A style hides the article itself on pages that a program uncovers: then nearly all text is hidden. */
enum { LONG = 200, TIMES = 2 }; /* letters; as much as what is shown */

static uint32_t weight_below(const bl_tree *tree, size_t i)
{
    uint32_t sum = 0;
    for (size_t k = i; k < tree->nodes[i].end; k++) {
        const bl_node *node = &tree->nodes[k];
        if (bl_node_is(node, BL_TAG_IS_HIDDEN))
            k = node->end - 1;
        else if (node->tag == BL_TAG_TEXT && !(node->state & BL_NODE_LINKED))
            sum += measure_text(tree->text.data + node->at, node->size).weight;
    }
    return sum;
}

/* Text outside links that no style hides. */
static uint32_t weight_shown(const bl_tree *tree)
{
    uint32_t sum = 0;
    for (size_t k = 0; k < tree->count; k++) {
        const bl_node *node = &tree->nodes[k];
        if (bl_node_is(node, BL_TAG_IS_HIDDEN) || (node->hints & BL_HINT_HIDDEN && node->tag != BL_TAG_TEXT))
            k = node->end - 1;
        else if (node->tag == BL_TAG_TEXT && !(node->state & BL_NODE_LINKED))
            sum += measure_text(tree->text.data + node->at, node->size).weight;
    }
    return sum;
}

/* Outermost elements that a style hides: each byte of the page is looked at once. */
static void uncover_article(bl_tree *tree)
{
    uint32_t shown = weight_shown(tree);
    for (size_t k = 0; k < tree->count; k++) {
        bl_node *node = &tree->nodes[k];
        if (bl_node_is(node, BL_TAG_IS_HIDDEN)) {
            k = node->end - 1;
        } else if (node->tag != BL_TAG_TEXT && (node->hints & BL_HINT_HIDDEN)) {
            uint32_t covered = weight_below(tree, k);
            if (covered > LONG && covered / TIMES > shown)
                node->hints &= ~(uint32_t)BL_HINT_HIDDEN;
            else
                k = node->end - 1;
        }
    }
}

static void hide(bl_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        bl_node *node = &tree->nodes[i];
        if (node->tag == BL_TAG_TEXT)
            continue;
        if (bl_node_is(node, BL_TAG_IS_HIDDEN) || (node->hints & BL_HINT_HIDDEN))
            node->state |= BL_NODE_HIDDEN;
    }
    bl_flow_inherit(tree, BL_NODE_HIDDEN);
}

static void mark_links(bl_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].tag == BL_TAG_A && (tree->nodes[i].hints & BL_HINT_LINK))
            tree->nodes[i].state |= BL_NODE_LINKED;
    bl_flow_inherit(tree, BL_NODE_LINKED);
}

/* ---- runs ---- */

typedef struct reader {
    bl_error *e;
    const bl_tree *tree;
    bl_flow *flow;
    bl_run run;
} reader;

static void flush(reader *r, uint32_t block)
{
    bl_flow *f = r->flow;
    if (r->run.weight > 0) {
        if (bl_grow(&f->runs, &f->capacity, f->count + 1, sizeof *f->runs))
            f->runs[f->count++] = r->run;
        else
            bl_fail_nomem(r->e);
    }
    r->run = (bl_run){ .block = block };
}

static void add_text(reader *r, size_t i)
{
    const bl_node *node = &r->tree->nodes[i];
    measure m = measure_text(r->tree->text.data + node->at, node->size);
    if (m.weight == 0)
        return;
    if (r->run.weight == 0)
        r->run.first = (uint32_t)i;
    r->run.end = (uint32_t)i + 1;
    r->run.weight += m.weight;
    r->run.commas += m.commas;
    r->run.linked += node->state & BL_NODE_LINKED ? m.weight : 0;
}

static void read_runs(bl_error *e, const bl_tree *tree, bl_flow *out)
{
    reader r = { .e = e, .tree = tree, .flow = out };
    uint32_t block = 0;
    for (size_t i = 1; i < tree->count && !bl_failed(e); i++) {
        const bl_node *node = &tree->nodes[i];
        while (block > 0 && i >= tree->nodes[block].end) {
            do
                block = tree->nodes[block].parent;
            while (block > 0 && !bl_node_is(&tree->nodes[block], BL_TAG_IS_BLOCK));
            flush(&r, block);
        }
        if (node->state & BL_NODE_HIDDEN) {
            if (bl_node_is(node, BL_TAG_IS_BLOCK))
                flush(&r, block);
            i = node->end - 1;
        } else if (node->tag == BL_TAG_TEXT) {
            add_text(&r, i);
        } else if (bl_node_is(node, BL_TAG_IS_BLOCK)) {
            block = node->end > i + 1 ? (uint32_t)i : block;
            flush(&r, block);
        }
    }
    flush(&r, 0);
}

void bl_flow_read(bl_error *e, bl_tree *tree, bl_flow *out)
{
    if (bl_failed(e))
        return;
    mark_links(tree);
    uncover_article(tree);
    hide(tree);
    read_runs(e, tree, out);
}

void bl_flow_free(bl_flow *flow)
{
    free(flow->runs);
    *flow = (bl_flow){ 0 };
}

/* ---- what elements hold ---- */

static bool is_mark(const bl_node *node)
{
    return node->tag == BL_TAG_H1 || node->tag == BL_TAG_ARTICLE || node->tag == BL_TAG_MAIN ||
           (node->tag != BL_TAG_TEXT && (node->hints & BL_HINT_ARTICLE));
}

void bl_stat_add(bl_stat *parent, const bl_stat *child, const bl_node *node)
{
    parent->weight += child->weight;
    parent->linked += child->linked;
    parent->commas += child->commas;
    parent->heading += bl_node_is(node, BL_TAG_IS_HEADING) ? child->weight : child->heading;
    parent->listed += bl_node_is(node, BL_TAG_IS_LIST) ? child->weight : child->listed;
    parent->paragraphs += child->paragraphs + (node->tag == BL_TAG_P);
    parent->pictures += child->pictures + (node->tag == BL_TAG_IMG);
    parent->items += child->items + (node->tag == BL_TAG_LI);
    parent->controls += child->controls + (node->tag == BL_TAG_INPUT);
    parent->embeds += child->embeds + bl_node_is(node, BL_TAG_IS_EMBED);
    parent->marks += child->marks + is_mark(node);
}

void bl_flow_count(const bl_tree *tree, const bl_flow *flow, bl_stat *out)
{
    memset(out, 0, tree->count * sizeof *out);
    for (size_t i = 0; i < flow->count; i++) {
        const bl_run *run = &flow->runs[i];
        bl_stat *stat = &out[run->block];
        if (tree->nodes[run->first].state & (BL_NODE_HIDDEN | BL_NODE_OUT))
            continue;
        stat->weight += run->weight;
        stat->linked += run->linked;
        stat->commas += run->commas;
    }
    for (size_t i = tree->count; i-- > 1;) {
        const bl_node *node = &tree->nodes[i];
        /* Every other node is a text, which its block has counted. */
        if (node->tag != BL_TAG_TEXT && !(node->state & (BL_NODE_HIDDEN | BL_NODE_OUT)))
            bl_stat_add(&out[node->parent], &out[i], node);
    }
}
