/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns unspaced text into words, and tells whether a hit stands on word boundaries. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "fold.h"

/* Words are shorter, and the dictionary's choice seldom depends on more. */
#define AROUND 12

struct bl_words {
    bl_folded folded;
    UBreakIterator *iterator;
    UChar *units; /* part of the folded text, for ICU */
    size_t unit_capacity;
    uint32_t *glyphs; /* which glyph each unit came from, and the one behind */
    size_t glyph_capacity;
    bool *boundary; /* whether ICU begins a word at each glyph of the folded text */
    size_t boundary_capacity;
};

bl_words *bl_words_open(bl_error *e)
{
    if (bl_failed(e))
        return NULL;
    bl_words *words = calloc(1, sizeof *words);
    if (!words) {
        bl_fail_nomem(e);
        return NULL;
    }
    UErrorCode status = U_ZERO_ERROR;
    words->iterator = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    if (U_SUCCESS(status))
        return words;
    if (status == U_MEMORY_ALLOCATION_ERROR)
        bl_fail_nomem(e);
    bl_fail(e, BULLETIN_IO, "cannot open ICU's word boundaries: %s; check that ICU's data is installed",
            u_errorName(status));
    bl_words_close(words);
    return NULL;
}

void bl_words_close(bl_words *words)
{
    if (!words)
        return;
    bl_folded_free(&words->folded);
    if (words->iterator)
        ubrk_close(words->iterator);
    free(words->units);
    free(words->glyphs);
    free(words->boundary);
    free(words);
}

/* Hand glyphs [first, end) to the iterator; returns how many UTF-16 units they are. */
static int32_t set_text(bl_error *e, bl_words *w, size_t first, size_t end)
{
    size_t most = (end - first) * 2 + 1;
    if (most > INT32_MAX || !bl_grow(&w->units, &w->unit_capacity, most, sizeof *w->units) ||
        !bl_grow(&w->glyphs, &w->glyph_capacity, most, sizeof *w->glyphs)) {
        bl_fail_nomem(e);
        return 0;
    }
    int32_t size = 0;
    for (size_t i = first; i < end; i++) {
        w->glyphs[size] = (uint32_t)i;
        if (w->folded.glyphs[i].code >= 0x10000)
            w->glyphs[size + 1] = (uint32_t)i;
        U16_APPEND_UNSAFE(w->units, size, w->folded.glyphs[i].code);
    }
    w->glyphs[size] = (uint32_t)end;
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(w->iterator, w->units, size, &status);
    if (U_FAILURE(status))
        bl_fail_nomem(e);
    return size;
}

/* ------------------------------------------------------------------------------------------------ units */

static void add(bl_error *e, const bl_words *w, bl_units *out, bl_unit_kind kind, size_t first, size_t end)
{
    if (!bl_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) {
        bl_fail_nomem(e);
        return;
    }
    const bl_glyph *glyphs = w->folded.glyphs;
    out->items[out->count++] = (bl_unit){ glyphs[first].start, glyphs[end - 1].end, kind };
}

static size_t cluster_end(const bl_folded *f, size_t i)
{
    do
        i++;
    while (i < f->count && f->glyphs[i].joined);
    return i;
}

static bool wordlike(const bl_glyph *glyph)
{
    return glyph->kind == BL_CLASS_LETTER || glyph->kind == BL_CLASS_DIGIT;
}

/* Whether text may be cut before glyph `i`: neither in a cluster nor in a word of letters and digits. */
static bool may_cut(const bl_folded *f, size_t i)
{
    if (i == 0 || i == f->count)
        return true;
    return !f->glyphs[i].joined && !(wordlike(&f->glyphs[i]) && wordlike(&f->glyphs[i - 1]));
}

static void find_boundaries(bl_error *e, bl_words *w)
{
    size_t count = w->folded.count;
    int32_t size = set_text(e, w, 0, count);
    if (!bl_failed(e) && !bl_grow(&w->boundary, &w->boundary_capacity, count + 1, sizeof *w->boundary))
        bl_fail_nomem(e);
    if (bl_failed(e))
        return;
    memset(w->boundary, 0, count + 1);
    for (int32_t at = 0; at != UBRK_DONE && at <= size; at = ubrk_next(w->iterator))
        w->boundary[w->glyphs[at]] = true;
}

/* A pair of characters that the dictionary cuts on neither side stands inside other words (产改 in 生产改造).
 * A single one always may (村 in 中关村): it cuts nothing. */
static bool inside_words(const bl_words *w, size_t first, size_t end)
{
    size_t second = cluster_end(&w->folded, first);
    if (second == end)
        return w->folded.glyphs[first].kind == BL_CLASS_CJK;
    bool pair = cluster_end(&w->folded, second) == end;
    return pair && !w->boundary[first] && !w->boundary[end];
}

/* The glyph behind the longest listed word that begins with glyph `i`; `i` for none. */
static size_t listed_end(const bl_words *w, const bl_word_list *list, size_t i)
{
    const bl_folded *f = &w->folded;
    if (!list || !may_cut(f, i))
        return i;
    size_t at = f->glyphs[i].at, size = list->longest(list->context, f->text + at, f->size - at), end = i;
    while (end < f->count && f->glyphs[end].at < at + size)
        end++;
    size_t limit = end < f->count ? f->glyphs[end].at : f->size;
    return limit == at + size && may_cut(f, end) && !inside_words(w, i, end) ? end : i;
}

/* ICU's words of glyphs [first, end), all of one kind; single characters that follow one another are one
 * unit. */
static void add_words(bl_error *e, bl_words *w, bl_units *out, size_t first, size_t end)
{
    int32_t size = set_text(e, w, first, end);
    size_t singles = first; /* single characters from here on wait for their unit */
    for (int32_t at = 0; at < size && !bl_failed(e);) {
        size_t start = w->glyphs[at];
        do
            at = ubrk_next(w->iterator);
        while (at != UBRK_DONE && at < size && !may_cut(&w->folded, w->glyphs[at]));
        size_t limit = at == UBRK_DONE ? end : w->glyphs[at];
        at = at == UBRK_DONE ? size : at;
        bool single = limit == cluster_end(&w->folded, start);
        if (singles < start && !single)
            add(e, w, out, BL_UNIT_SINGLES, singles, start);
        if (!single)
            add(e, w, out, BL_UNIT_WORD, start, limit);
        singles = single ? singles : limit;
    }
    if (singles < end)
        add(e, w, out, BL_UNIT_SINGLES, singles, end);
}

static bool separates(const bl_glyph *glyph)
{
    return glyph->kind == BL_CLASS_SPACE || glyph->kind == BL_CLASS_BREAK || glyph->kind == BL_CLASS_SYMBOL;
}

static bool same_run(const bl_glyph *a, const bl_glyph *b)
{
    return a->kind == b->kind || (wordlike(a) && wordlike(b));
}

/* What stands between listed words: words of letters and digits whole, other runs by ICU. */
static void add_run(bl_error *e, bl_words *w, bl_units *out, size_t first, size_t end)
{
    const bl_glyph *glyph = &w->folded.glyphs[first];
    if (wordlike(glyph))
        add(e, w, out, BL_UNIT_WORD, first, end);
    else if (!separates(glyph))
        add_words(e, w, out, first, end);
}

void bl_words_cut(bl_error *e, bl_words *words, const char *text, size_t size, const bl_word_list *list,
                  bl_units *out)
{
    out->count = 0;
    if (bl_failed(e))
        return;
    bl_folded *f = &words->folded;
    bl_fold(e, text, size, f);
    find_boundaries(e, words);
    for (size_t first = 0, end; first < f->count && !bl_failed(e); first = end) {
        end = listed_end(words, list, first);
        if (end > first) {
            add(e, words, out, BL_UNIT_LISTED, first, end);
            continue;
        }
        for (end = first + 1; end < f->count && same_run(&f->glyphs[first], &f->glyphs[end]); end++)
            if (listed_end(words, list, end) > end)
                break;
        add_run(e, words, out, first, end);
    }
}

void bl_units_free(bl_units *units)
{
    free(units->items);
    *units = (bl_units){ 0 };
}

/* ------------------------------------------------------------------------------------------------ edges */

/* No word goes on over a space or punctuation, so nothing behind them says where this one ends. */
static bool goes_on(const char *text, size_t size, size_t at)
{
    UChar32 c = (UChar32)bl_utf8_next(text, size, &at);
    return u_isUAlphabetic(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

static size_t characters_before(const char *text, size_t at)
{
    for (int i = 0; i < AROUND && at > 0; i++) {
        size_t before = bl_utf8_before(text, at);
        if (!goes_on(text, at, before))
            break;
        at = before;
    }
    return at;
}

static size_t characters_behind(const char *text, size_t size, size_t at)
{
    for (int i = 0; i < AROUND && at < size && goes_on(text, size, at); i++)
        bl_utf8_next(text, size, &at);
    return at;
}

/* Whether a word boundary stands before the first glyph that begins at or behind byte `at` of the window. */
static bool boundary(bl_words *w, int32_t size, size_t at)
{
    int32_t unit = 0;
    while (unit < size && w->folded.glyphs[w->glyphs[unit]].start < at)
        unit++;
    return unit == 0 || unit == size || ubrk_isBoundary(w->iterator, unit);
}

unsigned bl_words_edges(bl_error *e, bl_words *words, const char *text, size_t size, size_t start, size_t end)
{
    if (bl_failed(e) || start > end || end > size)
        return 0;
    size_t from = characters_before(text, start), to = characters_behind(text, size, end);
    bl_fold(e, text + from, to - from, &words->folded);
    if (bl_failed(e))
        return 0;
    int32_t units = set_text(e, words, 0, words->folded.count);
    if (bl_failed(e))
        return 0;
    return (boundary(words, units, start - from) ? BL_EDGE_START : 0u) |
           (boundary(words, units, end - from) ? BL_EDGE_END : 0u);
}
