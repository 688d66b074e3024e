/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents to whether they hold a plan's terms as words. */
#include "whole.h"

#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "field.h"
#include "highlight.h"
#include "index/sql.h"
#include "phrase.h"

struct bl_whole {
    bl_database *db;
    const bl_plan *plan;
    sqlite3_stmt *row;
    bl_tokens tokens;
    bl_heads heads;
    bool *open;  /* of each term: its end may stand inside a word (纺织*) */
    bool *found; /* of each term: in the document, as a word */
};

/* Leaves of what was typed with an asterisk go on. */
static void note_open(bl_whole *w, const bl_node *node)
{
    for (; node; node = node->next) {
        if (node->kind == BL_NODE_LEAF && node->prefix)
            w->open[node->term] = true;
        note_open(w, node->child);
    }
}

bool bl_whole_applies(const bl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        for (size_t k = 0; k < plan->terms[i].count && !plan->terms[i].filter; k++)
            if ((unsigned char)plan->terms[i].phrases[k].tokens[0] >= 0x80)
                return true;
    return false;
}

bl_whole *bl_whole_open(bl_error *e, bl_database *db, const bl_plan *plan)
{
    bl_whole *w = bl_failed(e) ? NULL : calloc(1, sizeof *w);
    if (!w) {
        bl_fail_nomem(e);
        return NULL;
    }
    w->db = db;
    w->plan = plan;
    bl_heads_make(plan, &w->heads);
    w->open = calloc(plan->count + 1, sizeof *w->open);
    w->found = calloc(plan->count + 1, sizeof *w->found);
    if (!w->open || !w->found)
        bl_fail_nomem(e);
    else
        note_open(w, plan->tree);
    w->row = bl_sql_prepare(e, db->sql, "SELECT title, body, furniture FROM bulletin WHERE doc = ?1");
    return w;
}

void bl_whole_close(bl_whole *w)
{
    if (!w)
        return;
    sqlite3_finalize(w->row);
    bl_tokens_free(&w->tokens);
    free(w->open);
    free(w->found);
    free(w);
}

/* Words of letters are found whole anyway. */
static bool is_word(bl_error *e, const bl_whole *w, size_t number, const bl_phrase *phrase, const char *text,
                    size_t size, bulletin_range range)
{
    const bl_term *term = &w->plan->terms[number];
    if (term->filter || (unsigned char)phrase->tokens[0] < 0x80)
        return true;
    unsigned wanted = w->open[number] ? BL_EDGE_START : BL_EDGE_START | BL_EDGE_END;
    if (phrase->expansion == 0 && bl_align_is_guarded(term, text, size, range))
        return false;
    return (bl_words_edges(e, w->db->words, text, size, range.start, range.end) & wanted) == wanted;
}

static void look_at(bl_error *e, bl_whole *w, size_t number, const char *text, size_t size, size_t i)
{
    const bl_term *term = &w->plan->terms[number];
    for (size_t k = 0; k < term->count && !w->found[number]; k++) {
        bulletin_range range = { 0, 0 };
        if (bl_highlight_phrase(&w->tokens, i, &term->phrases[k], &range))
            w->found[number] = is_word(e, w, number, &term->phrases[k], text, size, range);
    }
}

static bool counts(const bl_term *term, int column)
{
    return term->columns == 0 || term->columns >> column & 1;
}

static void look_through(bl_error *e, bl_whole *w, const char *text, int column)
{
    size_t size = text ? strlen(text) : 0;
    if (size == 0)
        return;
    bl_cut(e, w->db->fts.cutter, text, size, &w->tokens);
    for (size_t i = 0; i < w->tokens.count && !bl_failed(e); i = bl_phrase_next(&w->tokens, i))
        for (size_t n = 0; n < w->plan->count && bl_heads_has(&w->heads, &w->tokens, i); n++)
            if (counts(&w->plan->terms[n], column))
                look_at(e, w, n, text, size, i);
}

/* What excludes has been looked for wherever it stands: a document that matches holds nothing of it. */
static bool holds(const bl_whole *w, const bl_node *node, int64_t doc)
{
    if (node->kind == BL_NODE_LEAF)
        return w->found[node->term];
    if (node->kind == BL_NODE_FIELD)
        return bl_docs_hold(&w->plan->sets[node->term].docs, doc);
    if (node->kind == BL_NODE_NOT)
        return true;
    bool all = node->kind == BL_NODE_AND;
    for (const bl_node *child = node->child; child; child = child->next)
        if (holds(w, child, doc) != all)
            return !all;
    return all;
}

bool bl_whole_holds(bl_error *e, bl_whole *w, int64_t doc)
{
    bl_database_poll(e, w->db);
    if (bl_failed(e) || !w->plan->tree)
        return !bl_failed(e);
    memset(w->found, 0, w->plan->count * sizeof *w->found);
    bl_sql_int(e, w->row, 1, doc);
    if (!bl_sql_row(e, w->row))
        return false;
    for (int column = 0; column < (w->plan->articles_only ? 2 : 3); column++)
        look_through(e, w, (const char *)sqlite3_column_text(w->row, column), column);
    sqlite3_reset(w->row);
    return !bl_failed(e) && holds(w, w->plan->tree, doc);
}
