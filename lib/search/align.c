/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to whether their words are words, or pieces of other words that happen to stand side by side. */
#include "align.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "index/sql.h"
#include "phrase.h"
#include "snippet.h"

/* Longer terms are words by themselves: the dictionary would cut them, not find them inside one. */
enum { MOST_CHARACTERS = 4 };

typedef struct aligner {
    bl_database *db;
    const bl_plan *plan;
    sqlite3_stmt *row;
    bl_tokens tokens;
    bl_heads heads;
    bool *seen, *whole; /* of each term: it occurs, and somewhere as a word */
    bl_buffer *typed;   /* of each term: its characters, folded; empty when they are no short word */
    bool expanded;      /* another word stands for it */
} aligner;

static bool is_short_word(const bl_term *term)
{
    const bl_phrase *typed = &term->phrases[0];
    return !term->filter && !term->alphabetic && term->count > 0 && typed->expansion == 0 && !typed->prefix &&
           typed->count > 0 && typed->count < MOST_CHARACTERS && (unsigned char)typed->tokens[0] >= 0x80;
}

bool bl_align_applies(const bl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (is_short_word(&plan->terms[i]))
            return true;
    return false;
}

/* Whether one character of the text stands in a list of characters; NULL is an empty list. */
static bool is_listed(const char *list, const char *character, size_t size)
{
    char own[5] = "";
    if (!list || size == 0 || size >= sizeof own)
        return false;
    memcpy(own, character, size);
    return strstr(list, own) != NULL;
}

/* The thesaurus knows neighbours that make a short term part of another word, where the dictionary does not.
 */
bool bl_align_is_guarded(const bl_term *term, const char *text, size_t size, bulletin_range range)
{
    size_t before = range.start > 0 ? bl_utf8_before(text, range.start) : 0, after = range.end;
    if (after < size)
        bl_utf8_next(text, size, &after);
    return is_listed(term->not_after, text + before, range.start - before) ||
           is_listed(term->not_before, text + range.end, after - range.end);
}

static void look_at(bl_error *e, aligner *a, size_t number, const char *text, size_t size, size_t i)
{
    const bl_term *term = &a->plan->terms[number];
    for (size_t k = 0; k < term->count; k++) {
        bulletin_range range = { 0, 0 };
        if (!bl_highlight_phrase(&a->tokens, i, &term->phrases[k], &range))
            continue;
        if (term->phrases[k].expansion > 0)
            a->expanded = true;
        else if (!is_short_word(term))
            continue;
        else if (!a->whole[number]) {
            a->seen[number] = true;
            a->whole[number] = !bl_align_is_guarded(term, text, size, range) &&
                               bl_words_edges(e, a->db->words, text, size, range.start, range.end) != 0;
        }
    }
}

static void look_through(bl_error *e, aligner *a, const char *text)
{
    size_t size = text ? strlen(text) : 0;
    if (size == 0)
        return;
    bl_cut(e, a->db->fts.cutter, text, size, &a->tokens);
    for (size_t i = 0; i < a->tokens.count && !bl_failed(e); i = bl_phrase_next(&a->tokens, i))
        for (size_t n = 0; n < a->plan->count && bl_heads_has(&a->heads, &a->tokens, i); n++)
            look_at(e, a, n, text, size, i);
}

/* The characters of overlapping pairs. */
static void join_pairs(const bl_phrase *phrase, bl_buffer *out)
{
    size_t first = strcspn(phrase->tokens, (const char[]){ BL_FTS_TOKEN_END, 0 });
    bl_buffer_append(out, phrase->tokens, first);
    for (const char *token = phrase->tokens + first + 1; token < phrase->tokens + phrase->size;) {
        size_t size = strcspn(token, (const char[]){ BL_FTS_TOKEN_END, 0 });
        size_t last = bl_utf8_before(token, size);
        bl_buffer_append(out, token + last, size - last);
        token += size + 1;
    }
}

/* Beside punctuation, a space or nothing a word ends without a look into the dictionary. */
static bool is_free(const char *text, size_t size, bulletin_range range)
{
    size_t before = range.start, after = range.end;
    if (before > 0)
        before = bl_utf8_before(text, before);
    return before == range.start || after == size ||
           !u_isUAlphabetic((UChar32)bl_utf8_next(text, size, &before)) ||
           !u_isUAlphabetic((UChar32)bl_utf8_next(text, size, &after));
}

/* Whether a text that need not be folded shows the term as a word: most do, and need not be cut. */
static bool shows_word(bl_error *e, const aligner *a, size_t number, const char *text)
{
    const bl_buffer *typed = &a->typed[number];
    const char *found = text && typed->size > 0 ? strstr(text, typed->data) : NULL;
    size_t size = found ? strlen(text) : 0;
    while (found && !bl_failed(e)) {
        const bulletin_range range = { (size_t)(found - text), (size_t)(found - text) + typed->size };
        if (!bl_align_is_guarded(&a->plan->terms[number], text, size, range) &&
            (is_free(text, size, range) ||
             bl_words_edges(e, a->db->words, text, size, range.start, range.end) != 0))
            return true;
        found = strstr(found + typed->size, typed->data);
    }
    return false;
}

static bool shows_all(bl_error *e, const aligner *a, const char *title, const char *body)
{
    for (size_t n = 0; n < a->plan->count; n++)
        if (is_short_word(&a->plan->terms[n]) && !shows_word(e, a, n, title) && !shows_word(e, a, n, body))
            return false;
    return true;
}

/* A bulletin that holds one of the terms nowhere as a word, and nothing that stands for it. */
static bool is_inside(bl_error *e, aligner *a, int64_t doc)
{
    memset(a->seen, 0, a->plan->count * sizeof *a->seen);
    memset(a->whole, 0, a->plan->count * sizeof *a->whole);
    a->expanded = false;
    bl_sql_int(e, a->row, 1, doc);
    if (!bl_sql_row(e, a->row))
        return false;
    const char *title = (const char *)sqlite3_column_text(a->row, 0);
    const char *body = (const char *)sqlite3_column_text(a->row, 1);
    if (!shows_all(e, a, title, body)) {
        look_through(e, a, title);
        look_through(e, a, body);
    }
    sqlite3_reset(a->row);
    bool inside = false;
    for (size_t n = 0; n < a->plan->count; n++)
        inside = inside || (a->seen[n] && !a->whole[n]);
    return inside && !a->expanded;
}

size_t bl_align_hits(bl_error *e, bl_database *db, const bl_plan *plan, bl_hit *hits, size_t count,
                     size_t wanted)
{
    aligner a = { .db = db, .plan = plan };
    size_t inside = 0;
    bl_heads_make(plan, &a.heads);
    a.seen = calloc(plan->count + 1, sizeof *a.seen);
    a.whole = calloc(plan->count + 1, sizeof *a.whole);
    a.row = bl_sql_prepare(e, db->sql, "SELECT title, body FROM bulletin WHERE doc = ?1");
    a.typed = calloc(plan->count + 1, sizeof *a.typed);
    if (!a.seen || !a.whole || !a.typed)
        bl_fail_nomem(e);
    for (size_t n = 0; n < plan->count && !bl_failed(e); n++)
        if (is_short_word(&plan->terms[n]))
            join_pairs(&plan->terms[n].phrases[0], &a.typed[n]);
    for (size_t i = 0; i < count && i - inside < wanted && !bl_failed(e); i++)
        inside += hits[i].inside = !hits[i].other && is_inside(e, &a, hits[i].doc);
    sqlite3_finalize(a.row);
    bl_tokens_free(&a.tokens);
    for (size_t n = 0; a.typed && n < plan->count; n++)
        bl_buffer_free(&a.typed[n]);
    free(a.typed);
    free(a.seen);
    free(a.whole);
    return inside;
}
