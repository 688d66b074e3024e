/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents to whether they hold a plan's terms as words. */
#include "whole.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "align.h"
#include "base/utf8.h"
#include "field.h"
#include "highlight.h"
#include "index/sql.h"
#include "lexicon.h"
#include "phrase.h"

/* A phrase that is one run of characters, as texts mostly write it. */
typedef struct run {
    uint32_t term, phrase;
    bl_buffer text; /* its characters */
} run;

struct bl_whole {
    bl_database *db;
    struct bl_words *words;
    const bl_plan *plan;
    sqlite3_stmt *row;
    bl_tokens tokens;
    bl_heads heads;
    bool *open;  /* of each term: its end may stand inside a word (纺织*) */
    bool *found; /* of each term: in the document, as a word */
    run *runs;
    size_t run_count;
    bool plain; /* all phrases of characters are runs */
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

/* Words of letters are found whole anyway, and symbols are no words. */
static bool is_always_whole(const bl_phrase *phrase)
{
    bool symbols = true;
    for (size_t at = 0; symbols && at < phrase->size;)
        symbols = !u_isUAlphabetic((UChar32)bl_utf8_next(phrase->tokens, phrase->size, &at));
    return symbols || (unsigned char)phrase->tokens[0] < 0x80;
}

/* A pair of characters that begins with the last one before it, or the only character; false otherwise. */
static bool add_token(const bl_phrase *phrase, const char *token, size_t size, bl_buffer *out)
{
    size_t first = 0, second;
    if (!u_isUAlphabetic((UChar32)bl_utf8_next(token, size, &first)))
        return false;
    if (first == size) {
        bl_buffer_append(out, token, size);
        return phrase->count == 1;
    }
    second = first;
    if (!u_isUAlphabetic((UChar32)bl_utf8_next(token, size, &second)) || second != size)
        return false;
    if (out->size == 0)
        bl_buffer_append(out, token, first);
    const bool joins = out->size >= first && memcmp(out->data + out->size - first, token, first) == 0;
    bl_buffer_append(out, token + first, size - first);
    return joins;
}

static bool join_tokens(const bl_phrase *phrase, bl_buffer *out)
{
    bool joins = true;
    for (const char *at = phrase->tokens; joins && at < phrase->tokens + phrase->size;) {
        const size_t size = (size_t)(strchr(at, BL_FTS_TOKEN_END) - at);
        joins = add_token(phrase, at, size, out);
        at += size + 1;
    }
    return joins;
}

static void add_run(bl_error *e, bl_whole *w, size_t term, size_t number)
{
    const bl_phrase *phrase = &w->plan->terms[term].phrases[number];
    if (is_always_whole(phrase) || !w->plain)
        return;
    run *r = &w->runs[w->run_count++];
    *r = (run){ .term = (uint32_t)term, .phrase = (uint32_t)number };
    w->plain = join_tokens(phrase, &r->text);
    if (r->text.failed)
        bl_fail_nomem(e);
}

static void make_runs(bl_error *e, bl_whole *w)
{
    w->runs = calloc(bl_plan_phrases(w->plan) + 1, sizeof *w->runs);
    w->plain = w->runs != NULL;
    if (!w->runs)
        bl_fail_nomem(e);
    for (size_t i = 0; i < w->plan->count; i++)
        for (size_t k = 0; k < w->plan->terms[i].count && !w->plan->terms[i].filter; k++)
            add_run(e, w, i, k);
}

bool bl_whole_applies(const bl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        for (size_t k = 0; k < plan->terms[i].count && !plan->terms[i].filter; k++)
            if (!is_always_whole(&plan->terms[i].phrases[k]))
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
    w->words = bl_lexicon_words(e, db);
    w->plan = plan;
    bl_heads_make(plan, &w->heads);
    w->open = calloc(plan->count + 1, sizeof *w->open);
    w->found = calloc(plan->count + 1, sizeof *w->found);
    if (!w->open || !w->found)
        bl_fail_nomem(e);
    else
        note_open(w, plan->tree);
    make_runs(e, w);
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
    for (size_t i = 0; i < w->run_count; i++)
        bl_buffer_free(&w->runs[i].text);
    free(w->runs);
    free(w);
}

static bool is_word(bl_error *e, const bl_whole *w, size_t number, const bl_phrase *phrase, const char *text,
                    size_t size, bulletin_range range)
{
    const bl_term *term = &w->plan->terms[number];
    if (term->filter || is_always_whole(phrase))
        return true;
    unsigned wanted = w->open[number] ? BL_EDGE_START : BL_EDGE_START | BL_EDGE_END;
    if (phrase->expansion == 0 && bl_align_is_guarded(term, text, size, range))
        return false;
    return (bl_words_edges(e, w->words, text, size, range.start, range.end) & wanted) == wanted;
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

/* ---- where the index says how often ---- */

static const run *run_of(const bl_whole *w, const bl_occurrence *o)
{
    size_t i = 0;
    while (i < w->run_count && (w->runs[i].term != o->term || w->runs[i].phrase != o->phrase))
        i++;
    return i < w->run_count ? &w->runs[i] : NULL;
}

/* How often a run stands in a text as it is written. */
static size_t count_run(const run *r, const char *text)
{
    size_t count = 0;
    for (const char *at = text; at && (at = strstr(at, r->text.data)); at++)
        count++;
    return count;
}

static void look_for_run(bl_error *e, bl_whole *w, const run *r, const char *text)
{
    const bl_phrase *phrase = &w->plan->terms[r->term].phrases[r->phrase];
    const size_t size = text ? strlen(text) : 0;
    for (const char *at = text; at && !w->found[r->term] && (at = strstr(at, r->text.data)); at++) {
        const size_t start = (size_t)(at - text);
        const bulletin_range range = { start, start + r->text.size };
        w->found[r->term] = is_word(e, w, r->term, phrase, text, size, range);
    }
}

/* False where the text writes some of them otherwise: then it has to be cut. */
static bool look_for(bl_error *e, bl_whole *w, const bl_occurrence *o, const char *const text[2])
{
    const bl_term *term = &w->plan->terms[o->term];
    const run *r = w->found[o->term] ? NULL : run_of(w, o);
    w->found[o->term] = w->found[o->term] || !r; /* always whole, or beside what ranks */
    if (!r)
        return true;
    for (int column = 0; column < 2; column++)
        if (counts(term, column) && count_run(r, text[column]) != o->count[column])
            return false;
    for (int column = 0; column < 2; column++)
        if (counts(term, column))
            look_for_run(e, w, r, text[column]);
    return true;
}

static bool look_at_occurrences(bl_error *e, bl_whole *w, const bl_match *match)
{
    const char *furniture = (const char *)sqlite3_column_text(w->row, 2);
    const char *const text[2] = { (const char *)sqlite3_column_text(w->row, 0),
                                  (const char *)sqlite3_column_text(w->row, 1) };
    bool known = w->plain && match->occurrences && (w->plan->articles_only || !furniture || !*furniture);
    for (size_t i = 0; i < match->count && known && !bl_failed(e); i++)
        known = look_for(e, w, &match->occurrences[i], text);
    return known;
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
    bool all = node->kind != BL_NODE_OR;
    for (const bl_node *child = node->child; child; child = child->next)
        if (holds(w, child, doc) != all)
            return !all;
    return all;
}

/* What stands beside the query (an organization, the context of a rendering) is no word of it. */
static void note_filters(bl_whole *w, const bl_match *match)
{
    memset(w->found, 0, w->plan->count * sizeof *w->found);
    for (size_t i = 0; i < match->count; i++)
        if (w->plan->terms[match->occurrences[i].term].filter)
            w->found[match->occurrences[i].term] = true;
}

static void look_through_all(bl_error *e, bl_whole *w, const bl_match *match)
{
    note_filters(w, match);
    for (int column = 0; column < (w->plan->articles_only ? 2 : 3); column++)
        look_through(e, w, (const char *)sqlite3_column_text(w->row, column), column);
}

bool bl_whole_holds(bl_error *e, bl_whole *w, bl_match *match)
{
    bl_database_poll(e, w->db);
    if (bl_failed(e) || !w->plan->tree)
        return !bl_failed(e);
    if (match->bounds > 0)
        match->complete(e, match);
    memset(w->found, 0, w->plan->count * sizeof *w->found);
    bl_sql_int(e, w->row, 1, match->doc);
    if (!bl_sql_row(e, w->row))
        return false;
    if (!look_at_occurrences(e, w, match))
        look_through_all(e, w, match);
    sqlite3_reset(w->row);
    return !bl_failed(e) && holds(w, w->plan->tree, match->doc);
}
