/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A plan to an FTS5 expression: the only way by which a query's text reaches MATCH. */
#include "expression.h"

#include <stdlib.h>
#include <string.h>

#include "index/fts.h"

typedef struct writer {
    bl_error *e;
    const bl_plan *plan;
    bl_expression *out;
} writer;

/* A string whose first byte says that finished tokens follow; quotes in it are doubled. */
static void write_phrase(writer *w, size_t term, size_t number, bl_buffer *text)
{
    const bl_phrase *phrase = &w->plan->terms[term].phrases[number];
    bl_buffer_putc(text, '"');
    bl_buffer_putc(text, BL_FTS_TOKEN_END);
    for (size_t i = 0; i < phrase->size; i++) {
        if (phrase->tokens[i] == '"')
            bl_buffer_putc(text, '"');
        bl_buffer_putc(text, phrase->tokens[i]);
    }
    bl_buffer_puts(text, phrase->prefix ? "\"*" : "\"");
    bl_expression *out = w->out;
    if (!bl_grow(&out->leaves, &out->capacity, out->count + 1, sizeof *out->leaves)) {
        bl_fail_nomem(w->e);
        return;
    }
    out->leaves[out->count++] = (bl_leaf){ (uint32_t)term, (uint32_t)number };
}

/* Those that the term must stand in; what is around them holds as well. */
static void write_columns(unsigned columns, bl_buffer *text)
{
    static const char *const names[] = { "title ", "body ", "furniture " };
    if (columns == 0)
        return;
    bl_buffer_putc(text, '{');
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (columns >> i & 1)
            bl_buffer_puts(text, names[i]);
    bl_buffer_puts(text, "} : ");
}

static void write_term(writer *w, size_t term, bl_buffer *text)
{
    const bl_term *u = &w->plan->terms[term];
    write_columns(u->columns, text);
    bl_buffer_putc(text, '(');
    for (size_t i = 0; i < u->count; i++) {
        if (i > 0)
            bl_buffer_puts(text, " OR ");
        write_phrase(w, term, i, text);
    }
    bl_buffer_putc(text, ')');
}

bool bl_expression_excludes(const bl_node *node)
{
    if (node->kind == BL_NODE_LEAF || node->kind == BL_NODE_FIELD || node->kind == BL_NODE_NEAR)
        return false;
    if (node->kind == BL_NODE_NOT)
        return !bl_expression_excludes(node->child);
    bool all = node->kind == BL_NODE_AND;
    for (const bl_node *child = node->child; child; child = child->next)
        if (bl_expression_excludes(child) != all)
            return !all;
    return all;
}

static void write_node(writer *w, const bl_node *node, bl_buffer *text);

/* What stands around articles is in the index too. */
static void write_scope(const bl_plan *plan, bl_buffer *text)
{
    if (plan->articles_only)
        bl_buffer_puts(text, "{title body} : ");
}

/* The children of one sign, joined. Returns how many. */
static size_t write_children(writer *w, const bl_node *node, bool negative, const char *before,
                             const char *between, bl_buffer *text)
{
    size_t count = 0;
    for (const bl_node *child = node->child; child; child = child->next)
        if (bl_expression_excludes(child) == negative) {
            bl_buffer_puts(text, count++ > 0 ? between : before);
            write_node(w, child, text);
        }
    return count;
}

/* AND: what all the positive children hold, without any of the negative ones. OR is its mirror image (De
 * Morgan): with a negative child it excludes what all negative ones exclude and no positive one holds. */
static void write_list(writer *w, const bl_node *node, bl_buffer *text)
{
    bool negative = node->kind == BL_NODE_OR;
    size_t mains = write_children(w, node, negative, "(", " AND ", text);
    size_t others = write_children(w, node, !negative, mains > 0 ? ") NOT (" : "(", " OR ", text);
    if (mains + others > 0)
        bl_buffer_putc(text, ')');
}

static void write_node(writer *w, const bl_node *node, bl_buffer *text)
{
    if (node->kind == BL_NODE_LEAF)
        write_term(w, node->term, text);
    else if (node->kind == BL_NODE_NEAR)
        bl_fail(w->e, BULLETIN_BAD_QUERY, "this index cannot be asked for NEAR(…)");
    else if (node->kind == BL_NODE_FIELD)
        bl_fail(w->e, BULLETIN_BAD_QUERY,
                "this index can only be asked for fields beside all other words, not within OR or brackets");
    else if (node->kind == BL_NODE_NOT)
        write_node(w, node->child, text);
    else {
        /* FTS5 binds NOT tighter than AND and OR: each list stands in brackets of its own. */
        bl_buffer_putc(text, '(');
        write_list(w, node, text);
        bl_buffer_putc(text, ')');
    }
}

static void finish(bl_error *e, bl_buffer *text, bl_expression *out)
{
    if (text->failed)
        bl_fail_nomem(e);
    out->text = bl_failed(e) ? NULL : bl_buffer_steal(text);
    bl_buffer_free(text);
}

void bl_expression_make(bl_error *e, const bl_plan *plan, bl_expression *out)
{
    *out = (bl_expression){ 0 };
    bl_buffer text = { 0 };
    writer w = { e, plan, out };
    if (!bl_failed(e)) {
        out->negative = bl_expression_excludes(plan->tree);
        write_scope(plan, &text);
        bl_buffer_putc(&text, '(');
        write_node(&w, plan->tree, &text);
        bl_buffer_putc(&text, ')');
    }
    finish(e, &text, out);
}

void bl_expression_term(bl_error *e, const bl_plan *plan, size_t term, bl_expression *out)
{
    *out = (bl_expression){ 0 };
    bl_buffer text = { 0 };
    writer w = { e, plan, out };
    write_scope(plan, &text);
    if (!bl_failed(e))
        write_term(&w, term, &text);
    finish(e, &text, out);
}

void bl_expression_free(bl_expression *expression)
{
    free(expression->text);
    free(expression->leaves);
    *expression = (bl_expression){ 0 };
}
