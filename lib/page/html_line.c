/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Runs of text to the lines that a reader sees. */
#include "html_line.h"

#include <stdlib.h>
#include <string.h>

#include "html_hint.h"

typedef struct writer {
    bl_error *e;
    const bl_tree *tree;
    bl_html_lines *out;
    size_t start; /* of the line that is being written */
    bool blank;   /* a blank comes before the next letter */
    bool kept;    /* blanks and ends of lines are as they stand there */
    uint32_t row; /* table row of the line before, 0 = none */
} writer;

/* Looked for no further up than this: templates nest deep, what they say of a line stands near it. */
enum { NEAR = 6 };

static uint32_t flags_above(const bl_tree *tree, uint32_t block)
{
    uint32_t flags = tree->nodes[block].state & BL_NODE_TABLE ? (uint32_t)BL_HTML_DATA : 0u;
    for (int level = 0; level < NEAR && block > 0; level++, block = tree->nodes[block].parent) {
        const bl_node *node = &tree->nodes[block];
        if (bl_node_is(node, BL_TAG_IS_HEADING))
            flags |= BL_HTML_HEADING | (node->tag == BL_TAG_H1 ? (uint32_t)BL_HTML_H1 : 0u);
        if (node->hints & BL_HINT_TITLE && level < 2)
            flags |= BL_HTML_TITLE;
        if (node->tag == BL_TAG_FIGCAPTION || (node->hints & BL_HINT_CAPTION))
            flags |= BL_HTML_CAPTION;
        if (node->tag == BL_TAG_LI)
            flags |= BL_HTML_ITEM;
        if (node->tag == BL_TAG_TD || node->tag == BL_TAG_TH)
            flags |= BL_HTML_CELL;
    }
    return flags;
}

/* A date stands in an element of its own, often inside the line. */
static bool is_called_date(const bl_tree *tree, const bl_run *run)
{
    enum { LEVELS = 3 };
    uint32_t at = tree->nodes[run->first].parent;
    for (int level = 0; level < LEVELS && at > 0; level++, at = tree->nodes[at].parent)
        if ((tree->nodes[at].hints & BL_HINT_DATE) || tree->nodes[at].tag == BL_TAG_TIME)
            return true;
    return false;
}

static void end_line(writer *w, const bl_run *run, bool in)
{
    bl_html_lines *out = w->out;
    w->blank = false;
    if (out->text.failed) {
        bl_fail_nomem(w->e);
        return;
    }
    if (out->text.size == w->start)
        return;
    bl_piece line = bl_piece_trim((bl_piece){ out->text.data + w->start, out->text.size - w->start });
    if (line.size == 0) {
        bl_buffer_cut(&out->text, w->start);
        return;
    }
    if (!bl_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) {
        bl_fail_nomem(w->e);
        return;
    }
    uint32_t flags = flags_above(w->tree, run->block) | (in ? (uint32_t)BL_HTML_IN : 0u);
    if (is_called_date(w->tree, run))
        flags |= BL_HTML_DATE;
    if (run->linked * 10 > run->weight * 8)
        flags |= BL_HTML_LINK;
    out->items[out->count++] = (bl_html_line){ .at = (uint32_t)(line.text - out->text.data),
                                               .size = (uint32_t)line.size,
                                               .block = run->block,
                                               .flags = flags };
    bl_buffer_putc(&out->text, '\n');
    w->start = out->text.size;
}

/* Size of a character that would end a line of text but not of a page: U+0085, U+2028, U+2029, and BOMs. */
static size_t odd_break(const char *s, size_t left)
{
    if (left >= 2 && memcmp(s, "\xC2\x85", 2) == 0)
        return 2;
    if (left >= 3 && (memcmp(s, "\xE2\x80\xA8", 3) == 0 || memcmp(s, "\xE2\x80\xA9", 3) == 0 ||
                      memcmp(s, "\xEF\xBB\xBF", 3) == 0 || memcmp(s, "\xE2\x80\x8B", 3) == 0))
        return 3;
    return 0;
}

static void put_blank(writer *w)
{
    if (w->blank && w->out->text.size > w->start)
        bl_buffer_putc(&w->out->text, ' ');
    w->blank = false;
}

/* Bytes that stand for themselves. */
static size_t plain_size(const char *s, size_t size)
{
    size_t at = 0;
    while (at < size && (unsigned char)s[at] > ' ' && (unsigned char)s[at] != 0xC2 &&
           (unsigned char)s[at] != 0xE2 && (unsigned char)s[at] != 0xEF)
        at++;
    return at;
}

static void add_text(writer *w, const bl_run *run, const char *s, size_t size, bool in)
{
    for (size_t at = 0; at < size;) {
        size_t plain = plain_size(s + at, size - at), odd = 0;
        if (plain > 0) {
            put_blank(w);
            bl_buffer_append(&w->out->text, s + at, plain);
            at += plain;
        } else if ((unsigned char)s[at] <= ' ') {
            if (w->kept && s[at] == '\n')
                end_line(w, run, in);
            else
                w->blank = true;
            at++;
        } else if ((odd = odd_break(s + at, size - at)) > 0) {
            at += odd;
        } else {
            put_blank(w);
            bl_buffer_putc(&w->out->text, s[at++]);
        }
    }
}

static bool is_in(const bl_node *node)
{
    return (node->state & BL_NODE_IN) && !(node->state & BL_NODE_OUT);
}

static bool is_preformatted(const bl_tree *tree, uint32_t block)
{
    for (int level = 0; level < NEAR && block > 0; level++, block = tree->nodes[block].parent)
        if (tree->nodes[block].tag == BL_TAG_PRE || tree->nodes[block].tag == BL_TAG_TEXTAREA)
            return true;
    return false;
}

/* The row of a table of data that a run is a cell of. */
static uint32_t row_of(const bl_tree *tree, const bl_run *run)
{
    const bl_node *block = &tree->nodes[run->block];
    bool cell = block->tag == BL_TAG_TD || block->tag == BL_TAG_TH;
    return cell && (block->state & BL_NODE_TABLE) ? block->parent : 0;
}

/* Take the end of the last line back: its row goes on. */
static void join_row(writer *w, uint32_t row, bool in)
{
    bl_html_lines *out = w->out;
    if (row == 0 || row != w->row || out->count == 0 || out->text.size != w->start)
        return;
    const bl_html_line *last = &out->items[out->count - 1];
    if (((last->flags & BL_HTML_IN) != 0) != in)
        return;
    w->start = last->at;
    bl_buffer_cut(&out->text, last->at + last->size);
    bl_buffer_putc(&out->text, '\t');
    out->count--;
}

/* A day and its month, each in its box, that only their looks part. */
static bool parts_date(const writer *w, const bl_run *run, const bl_node *node)
{
    const bl_buffer *text = &w->out->text;
    const char *next = w->tree->text.data + node->at;
    return text->size > w->start && node->size > 0 && *next >= '0' && *next <= '9' &&
           text->data[text->size - 1] >= '0' && text->data[text->size - 1] <= '9' &&
           is_called_date(w->tree, run);
}

static void write_run(writer *w, const bl_run *run)
{
    const bl_tree *tree = w->tree;
    bool in = is_in(&tree->nodes[run->first]);
    uint32_t row = row_of(tree, run);
    w->kept = is_preformatted(tree, run->block);
    join_row(w, row, in);
    for (uint32_t i = run->first; i < run->end; i++) {
        const bl_node *node = &tree->nodes[i];
        if (node->state & BL_NODE_HIDDEN) {
            i = node->end - 1;
            continue;
        }
        if (node->tag != BL_TAG_TEXT)
            continue;
        if (is_in(node) != in) {
            end_line(w, run, in);
            in = !in;
        }
        w->blank = w->blank || parts_date(w, run, node);
        add_text(w, run, tree->text.data + node->at, node->size, in);
    }
    end_line(w, run, in);
    w->row = row;
}

void bl_html_lines_write(bl_error *e, const bl_tree *tree, const bl_flow *flow, bl_html_lines *out)
{
    writer w = { .e = e, .tree = tree, .out = out };
    for (size_t i = 0; i < flow->count && !bl_failed(e); i++)
        write_run(&w, &flow->runs[i]);
}

void bl_html_lines_free(bl_html_lines *lines)
{
    free(lines->items);
    bl_buffer_free(&lines->text);
    *lines = (bl_html_lines){ 0 };
}
