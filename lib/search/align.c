/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to whether their words are words, or pieces of other words that happen to stand side by side. */
#include "align.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "index/sql.h"
#include "index/statement.h"
#include "memo.h"
#include "text/fold.h"
#include "text/words.h"

/* Longer terms are words by themselves: the dictionary would cut them, not find them inside one. */
enum { MOST_CHARACTERS = 4 };

/* A term that may stand inside other words. */
typedef struct short_word {
    const bl_term *term;
    bl_buffer typed;  /* its characters, folded */
    size_t places;    /* in the bulletin, as far as it was read */
    bool seen, whole; /* in the bulletin: it occurs, and somewhere as a word */
} short_word;

typedef struct aligner {
    bl_database *db;
    sqlite3_stmt *row;
    bl_folded folded;
    short_word *words;
    size_t count;
    bool alone; /* there is one word, and nothing else was looked for */
    bl_memo *memo;
    uint32_t question; /* whether one of the words stands nowhere as a word */
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

/* One place of a word. */
static void look_at(bl_error *e, const aligner *a, short_word *word, const char *text, size_t size,
                    bulletin_range range)
{
    word->seen = true;
    word->whole = !bl_align_is_guarded(word->term, text, size, range) &&
                  (is_free(text, size, range) ||
                   bl_words_edges(e, a->db->words, text, size, range.start, range.end) != 0);
}

/* Most texts write a word as it is folded, and show it as a word soon. */
static void look_through(bl_error *e, const aligner *a, short_word *word, const char *text, size_t size)
{
    const size_t length = word->typed.size;
    for (const char *at = text; !word->whole && (at = strstr(at, word->typed.data)); at += length) {
        size_t start = (size_t)(at - text);
        look_at(e, a, word, text, size, (bulletin_range){ start, start + length });
        word->places++;
    }
}

/* The glyph that begins at a byte of the folded text, or the one behind. */
static size_t glyph_at(const bl_folded *folded, size_t at)
{
    size_t low = 0, high = folded->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (folded->glyphs[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The places that are written otherwise. */
static void look_through_folded(bl_error *e, const aligner *a, short_word *word, const char *text,
                                size_t size)
{
    const size_t length = word->typed.size;
    for (const char *at = a->folded.text; !word->whole && (at = strstr(at, word->typed.data)); at += length) {
        size_t first = (size_t)(at - a->folded.text);
        bulletin_range range = { a->folded.glyphs[glyph_at(&a->folded, first)].start,
                                 a->folded.glyphs[glyph_at(&a->folded, first + length) - 1].end };
        if (range.end - range.start != length || memcmp(text + range.start, word->typed.data, length) != 0)
            look_at(e, a, word, text, size, range);
    }
}

/* Whether nothing is left to find that is written otherwise. */
static bool are_known(const aligner *a, const bl_hit *hit)
{
    if (a->alone && a->words[0].places == hit->places)
        return true;
    for (size_t n = 0; n < a->count; n++)
        if (!a->words[n].whole)
            return false;
    return true;
}

static void read_text(bl_error *e, aligner *a, const char *text)
{
    size_t size = text ? strlen(text) : 0;
    for (size_t n = 0; n < a->count && size > 0; n++)
        look_through(e, a, &a->words[n], text, size);
}

static void read_folded(bl_error *e, aligner *a, const bl_hit *hit, const char *text)
{
    size_t size = text ? strlen(text) : 0;
    if (size == 0 || are_known(a, hit))
        return;
    bl_fold(e, text, size, &a->folded);
    for (size_t n = 0; n < a->count && !bl_failed(e); n++)
        look_through_folded(e, a, &a->words[n], text, size);
}

/* A bulletin that holds one of the words nowhere as a word. */
static bool is_inside(bl_error *e, aligner *a, const bl_hit *hit)
{
    for (size_t n = 0; n < a->count; n++) {
        a->words[n].places = 0;
        a->words[n].seen = a->words[n].whole = false;
    }
    bl_sql_int(e, a->row, 1, hit->doc);
    if (!bl_sql_row(e, a->row))
        return false;
    const char *title = (const char *)sqlite3_column_text(a->row, 0);
    const char *body = (const char *)sqlite3_column_text(a->row, 1);
    read_text(e, a, title);
    read_text(e, a, body);
    read_folded(e, a, hit, title);
    read_folded(e, a, hit, body);
    sqlite3_reset(a->row);
    bool inside = false;
    for (size_t n = 0; n < a->count; n++)
        inside = inside || (a->words[n].seen && !a->words[n].whole);
    return inside;
}

static void take_words(bl_error *e, aligner *a, const bl_plan *plan)
{
    a->words = calloc(plan->count + 1, sizeof *a->words);
    for (size_t n = 0; a->words && n < plan->count; n++)
        if (is_short_word(&plan->terms[n])) {
            short_word *word = &a->words[a->count++];
            word->term = &plan->terms[n];
            join_pairs(&word->term->phrases[0], &word->typed);
            if (word->typed.failed)
                bl_fail_nomem(e);
        }
    if (!a->words)
        bl_fail_nomem(e);
    a->alone = plan->count == 1 && a->count == 1 && plan->terms[0].columns == 0;
}

/* What makes an aligner's answers others. */
static void take_question(aligner *a)
{
    bl_buffer text = { 0 };
    bl_buffer_puts(&text, "inside");
    for (size_t n = 0; n < a->count; n++) {
        const bl_term *term = a->words[n].term;
        bl_buffer_printf(&text, "\n%s\t%s\t%s", a->words[n].typed.data ? a->words[n].typed.data : "",
                         term->not_after ? term->not_after : "", term->not_before ? term->not_before : "");
    }
    a->question = bl_memo_question(a->memo, &text);
}

static bool is_known_inside(bl_error *e, aligner *a, const bl_hit *hit)
{
    uint64_t inside;
    if (bl_memo_answer(a->memo, a->question, hit->doc, &inside))
        return inside != 0;
    inside = is_inside(e, a, hit);
    if (!bl_failed(e))
        bl_memo_keep(a->memo, a->question, hit->doc, inside);
    return inside != 0;
}

static void close_aligner(aligner *a)
{
    for (size_t n = 0; n < a->count; n++)
        bl_buffer_free(&a->words[n].typed);
    free(a->words);
    bl_folded_free(&a->folded);
}

size_t bl_align_hits(bl_error *e, bl_database *db, bl_memo *memo, const bl_plan *plan, bl_hit *hits,
                     size_t count, size_t wanted)
{
    aligner a = { .db = db, .row = bl_statement_get(e, db, BL_SQL_ARTICLE), .memo = memo };
    size_t inside = 0;
    take_words(e, &a, plan);
    if (!bl_failed(e))
        take_question(&a);
    for (size_t i = 0; i < count && i - inside < wanted && !bl_failed(e); i++)
        inside += hits[i].inside = !hits[i].other && is_known_inside(e, &a, &hits[i]);
    close_aligner(&a);
    return inside;
}
