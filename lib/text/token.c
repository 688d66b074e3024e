/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns folded text into tokens: overlapping pairs of CJK characters, words, symbols, line breaks. */
#include "token.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "cutter.h"

#define SHORT 8
_Static_assert(SHORT <= BL_FOLD_SLACK, "a short copy must stay in the folded text");

bl_cutter *bl_cutter_open(bl_error *e)
{
    if (bl_failed(e))
        return NULL;
    bl_cutter *cutter = calloc(1, sizeof *cutter);
    if (!cutter) {
        bl_fail_nomem(e);
        return NULL;
    }
    cutter->english = bl_english_open(e);
    if (bl_failed(e)) {
        bl_cutter_close(cutter);
        return NULL;
    }
    return cutter;
}

void bl_cutter_close(bl_cutter *cutter)
{
    if (!cutter)
        return;
    bl_folded_free(&cutter->folded);
    bl_english_close(cutter->english);
    ubrk_close(cutter->words);
    ubrk_close(cutter->clusters);
    ubrk_close(cutter->sentences);
    free(cutter);
}

bl_folded *bl_cutter_folded(bl_cutter *cutter)
{
    return &cutter->folded;
}

/* --------------------------------------------------------------------------------------------- writing */

static bool colocated(bulletin_token_kind kind)
{
    return kind == BULLETIN_TOKEN_STEM || kind == BULLETIN_TOKEN_JOINED;
}

static bool make_room(bl_cut_state *s, size_t bytes, size_t count)
{
    bl_tokens *out = s->out;
    if (out->size + bytes > UINT32_MAX) {
        bl_fail(s->e, BULLETIN_BAD_INPUT, "a text is too long for its tokens; divide it");
        return false;
    }
    if (bl_grow(&out->text, &out->text_capacity, out->size + bytes, 1) &&
        bl_grow(&out->items, &out->item_capacity, out->count + count, sizeof *out->items))
        return true;
    bl_fail_nomem(s->e);
    return false;
}

static inline bool reserve(bl_cut_state *s, size_t bytes, size_t count)
{
    const bl_tokens *out = s->out;
    return (out->size + bytes <= out->text_capacity && out->size + bytes <= UINT32_MAX &&
            out->count + count <= out->item_capacity) ||
           make_room(s, bytes, count);
}

static void append(bl_tokens *out, const char *text, size_t size)
{
    memcpy(out->text + out->size, text, size);
    out->size += size;
}

/* Where the glyphs up to `end` stop in the original: a character that folds to several (㍑) has one range for
 * all of them, which takes in a mark that follows the last; a sign before a space has the mark on the space
 * in its range too. */
static uint32_t original_end(const bl_folded *f, size_t end)
{
    uint32_t limit = f->glyphs[end - 1].end;
    for (size_t i = end; i < f->count && (f->glyphs[i].start < limit || f->glyphs[i].joined); i++)
        limit = f->glyphs[i].end;
    return limit;
}

void bl_token_put(bl_cut_state *s, bulletin_token_kind kind, size_t first, size_t end, const char *text,
                  size_t size)
{
    const bl_folded *f = s->folded;
    bl_tokens *out = s->out;
    if (!text) {
        text = f->text + f->glyphs[first].at;
        size = bl_glyph_limit(f, end - first <= BL_TOKEN_GLYPHS ? end : first + BL_TOKEN_GLYPHS) -
               f->glyphs[first].at;
    }
    if (bl_failed(s->e) || !reserve(s, size + 1, 1))
        return;
    bl_token *token = &out->items[out->count++];
    token->at = (uint32_t)out->size;
    token->start = f->glyphs[first].start;
    token->end = original_end(f, end);
    token->kind = (uint8_t)kind;
    token->colocated = colocated(kind);
    if (kind == BULLETIN_TOKEN_STEM)
        out->text[out->size++] = BL_MARK_STEM;
    else if (kind == BULLETIN_TOKEN_JOINED)
        out->text[out->size++] = BL_MARK_JOINED;
    append(out, text, size);
    token->size = (uint32_t)(out->size - token->at);
    out->positions += !token->colocated;
}

/* ------------------------------------------------------------------------------------------------ runs */

/* A pair of characters is seldom longer than a word of memory: copying always as much is faster than asking.
 */
static inline void append_short(bl_tokens *out, const char *text, size_t size)
{
    memcpy(out->text + out->size, text, SHORT);
    if (size > SHORT)
        memcpy(out->text + out->size, text, size);
    out->size += size;
}

static inline void put_pair(bl_tokens *out, const bl_folded *f, bulletin_token_kind kind, size_t first,
                            size_t end)
{
    const bl_glyph *from = &f->glyphs[first];
    size_t size = bl_glyph_limit(f, end) - from->at;
    bl_token *token = &out->items[out->count++];
    token->at = (uint32_t)out->size;
    token->size = (uint32_t)size;
    token->start = from->start;
    token->end = f->glyphs[end - 1].end;
    token->kind = (uint8_t)kind;
    token->colocated = false;
    append_short(out, f->text + from->at, size);
}

/* Whether every cluster of the run is one glyph with a range of its own, as nearly always; the run's pairs
 * then need no looking. */
static bool plain(const bl_folded *f, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (f->glyphs[i].joined)
            return false;
    return end == f->count || f->glyphs[end].start >= f->glyphs[end - 1].end;
}

static void cut_plain_cjk(bl_cut_state *s, size_t first, size_t end)
{
    bl_tokens *out = s->out;
    size_t bytes = bl_glyph_limit(s->folded, end) - s->folded->glyphs[first].at;
    if (!reserve(s, 2 * bytes + SHORT, end - first))
        return;
    out->positions += (uint32_t)(end - first);
    for (size_t i = first; i + 1 < end; i++)
        put_pair(out, s->folded, BULLETIN_TOKEN_CJK, i, i + 2);
    put_pair(out, s->folded, BULLETIN_TOKEN_LAST, end - 1, end);
}

/* Every character with the one after it, then the last alone. */
static void cut_cjk(bl_cut_state *s, size_t first, size_t end)
{
    const bl_folded *f = s->folded;
    if (plain(f, first, end)) {
        cut_plain_cjk(s, first, end);
        return;
    }
    size_t next = bl_cluster_end(f, first);
    while (next < end) {
        size_t limit = bl_cluster_end(f, next);
        bl_token_put(s, BULLETIN_TOKEN_CJK, first, limit, NULL, 0);
        first = next;
        next = limit;
    }
    bl_token_put(s, BULLETIN_TOKEN_LAST, first, end, NULL, 0);
}

static bool ascii_letters(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < 'a' || text[i] > 'z')
            return false;
    return true;
}

static void put_stem(bl_cut_state *s, size_t first, size_t end)
{
    const bl_folded *f = s->folded;
    const char *word = f->text + f->glyphs[first].at;
    size_t size = bl_glyph_limit(f, end) - f->glyphs[first].at, stem_size;
    if (size < 3 || !ascii_letters(word, size))
        return;
    const char *stem = bl_english_stem(s->cutter->english, word, size, &stem_size);
    if (stem && (stem_size != size || memcmp(stem, word, size) != 0))
        bl_token_put(s, BULLETIN_TOKEN_STEM, first, end, stem, stem_size);
}

/* As much of a long word as one token takes, cut between clusters. */
static size_t piece_end(const bl_folded *f, size_t first, size_t end)
{
    if (end - first <= BL_TOKEN_GLYPHS)
        return end;
    size_t limit = first + BL_TOKEN_GLYPHS;
    while (limit > first && f->glyphs[limit].joined)
        limit--;
    return limit > first ? limit : bl_cluster_end(f, first);
}

static void cut_word(bl_cut_state *s, size_t first, size_t end)
{
    bool whole = end - first <= BL_TOKEN_GLYPHS;
    while (first < end && !bl_failed(s->e)) {
        size_t limit = piece_end(s->folded, first, end);
        bl_token_put(s, BULLETIN_TOKEN_WORD, first, limit, NULL, 0);
        if (whole) {
            put_stem(s, first, limit);
            bl_cut_joined(s, first, limit);
        }
        first = limit;
    }
}

static bool same_run(uint8_t a, uint8_t b)
{
    bool word = a == BL_CLASS_LETTER || a == BL_CLASS_DIGIT;
    return a == b || (word && (b == BL_CLASS_LETTER || b == BL_CLASS_DIGIT));
}

/* The glyph behind the run (of symbols and breaks: the cluster) that begins at `first`. */
static size_t run_end(const bl_folded *f, size_t first)
{
    uint8_t kind = f->glyphs[first].kind;
    if (kind == BL_CLASS_SYMBOL || kind == BL_CLASS_BREAK || kind == BL_CLASS_SPACE)
        return bl_cluster_end(f, first);
    size_t end = first + 1;
    while (end < f->count && same_run(kind, f->glyphs[end].kind))
        end++;
    return end;
}

static void cut_run(bl_cut_state *s, size_t first, size_t end)
{
    switch ((bl_class)s->folded->glyphs[first].kind) {
    case BL_CLASS_SPACE:
        return;
    case BL_CLASS_BREAK:
        bl_token_put(s, BULLETIN_TOKEN_BREAK, first, end, NULL, 0);
        return;
    case BL_CLASS_LETTER:
    case BL_CLASS_DIGIT:
        cut_word(s, first, end);
        return;
    case BL_CLASS_CJK:
        cut_cjk(s, first, end);
        return;
    case BL_CLASS_COMPLEX:
        bl_cut_complex(s, first, end);
        return;
    case BL_CLASS_SYMBOL:
        bl_token_put(s, BULLETIN_TOKEN_SYMBOL, first, end, NULL, 0);
        return;
    }
}

void bl_cut(bl_error *e, bl_cutter *cutter, const char *text, size_t size, bl_tokens *out)
{
    out->size = out->count = out->replaced = 0;
    out->positions = 0;
    if (bl_failed(e))
        return;
    bl_fold(e, text, size, &cutter->folded);
    out->replaced = cutter->folded.replaced;
    bl_cut_state s = { e, cutter, &cutter->folded, out };
    for (size_t first = 0, end; first < cutter->folded.count && !bl_failed(e); first = end) {
        end = run_end(&cutter->folded, first);
        cut_run(&s, first, end);
    }
}

void bl_tokens_free(bl_tokens *tokens)
{
    free(tokens->text);
    free(tokens->items);
    *tokens = (bl_tokens){ 0 };
}
