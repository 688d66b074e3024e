/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Folds and cuts any bytes, and checks what everything built on it takes for granted: ranges are ordered,
 * inside the text, between characters and between grapheme clusters; folding twice is folding once; cutting
 * twice gives the same; a piece between token edges has the tokens that the text has there; a look at the
 * text before it is folded sees that it may hold each of them. The first two bytes choose the piece. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>

#include "base/utf8.h"
#include "bulletin.h"
#include "text/fold.h"
#include "text/fold_entry.h"
#include "text/openings.h"
#include "text/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool true_always, const char *what)
{
    if (true_always)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

/* --------------------------------------------------------------------------------------------- folding */

static void check_glyphs(const bl_folded *f, size_t size)
{
    uint32_t start = 0, end = 0, at = 0;
    for (size_t i = 0; i < f->count; i++) {
        const bl_glyph *g = &f->glyphs[i];
        require(g->start <= g->end && g->end <= size, "a glyph's range is inside the text");
        require(g->start >= start && g->end >= end, "glyphs ascend");
        require(g->at >= at && g->at < f->size, "glyphs ascend in the folded text");
        require(i > 0 || !g->joined, "the first glyph begins a cluster");
        start = g->start;
        end = g->end;
        at = g->at;
    }
    require(bl_utf8_valid(f->text, f->size), "folded text is UTF-8");
}

static void check_folding(const char *text, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_folded once = { 0 }, twice = { 0 };
    bl_fold(&e, text, size, &once);
    bl_fold(&e, once.text, once.size, &twice);
    require(!bl_failed(&e), "folding succeeds");
    check_glyphs(&once, size);
    require(once.size == twice.size && memcmp(once.text, twice.text, once.size) == 0,
            "folding twice is folding once");
    bl_folded_free(&once);
    bl_folded_free(&twice);
}

/* ------------------------------------------------------------------------------------------------ edges */

/* For each byte, and the end: 1 where a character begins, 2 where a cluster does, 4 where
 * white space stands. */
enum { EDGE_CHARACTER = 1, EDGE_CLUSTER = 2, ON_SPACE = 4 };

/* Whether a character is white space, or folds to words with some between them. */
static bool white(const char *text, size_t size, size_t at)
{
    uint32_t folded[BL_FOLD_LONGEST];
    size_t count = bl_fold_code(bl_utf8_next(text, size, &at), folded);
    while (count > 0 && folded[count - 1] != ' ')
        count--;
    return count > 0;
}

static void mark_clusters(const char *text, size_t size, uint8_t *edges)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utext = utext_openUTF8(NULL, text, (int64_t)size, &status);
    UBreakIterator *clusters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    ubrk_setUText(clusters, utext, &status);
    require(U_SUCCESS(status), "ICU works");
    for (int32_t at = 0, next; at != UBRK_DONE && (size_t)at < size; at = next) {
        next = ubrk_next(clusters);
        edges[at] |= EDGE_CLUSTER;
        for (size_t i = (size_t)at; i < (size_t)next; bl_utf8_next(text, size, &i))
            edges[i] |= white(text, size, i) ? ON_SPACE : 0;
    }
    edges[size] |= EDGE_CLUSTER;
    ubrk_close(clusters);
    utext_close(utext);
}

static uint8_t *edges_of(const char *text, size_t size)
{
    uint8_t *edges = calloc(size + 1, 1);
    require(edges != NULL, "there is memory");
    for (size_t at = 0; at < size; bl_utf8_next(text, size, &at))
        edges[at] |= EDGE_CHARACTER;
    edges[size] |= EDGE_CHARACTER;
    if (bl_utf8_valid(text, size))
        mark_clusters(text, size, edges);
    else
        for (size_t i = 0; i <= size; i++)
            edges[i] |= EDGE_CLUSTER; /* ICU reads ill-formed bytes in its own way */
    return edges;
}

/* What is there is never said not to be. */
static void check_openings(const char *text, size_t size, const bl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        bl_openings openings = { 0 };
        bl_openings_add(&openings, tokens->text + tokens->items[i].at, tokens->items[i].size);
        require(bl_openings_may_stand(text, size, &openings), "a text may hold its tokens");
    }
}

/* White space has no token, so that a mark on it, or a word after it, may begin one there. */
static void check_tokens(const char *text, size_t size, const bl_tokens *tokens)
{
    uint8_t *edges = edges_of(text, size);
    uint32_t start = 0, end = 0, positions = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const bl_token *t = &tokens->items[i];
        require(t->start < t->end && t->end <= size, "a token's range is inside the text");
        require(edges[t->start] & edges[t->end] & EDGE_CHARACTER, "a token stands between characters");
        require(edges[t->end] & EDGE_CLUSTER, "no token ends inside a cluster");
        require(edges[t->start] & (EDGE_CLUSTER | ON_SPACE), "no token begins inside a cluster");
        require(t->size > 0 && t->at + t->size <= tokens->size, "a token has bytes");
        require(i > 0 || !t->colocated, "the first token has a position");
        positions += !t->colocated;
        if (t->colocated)
            continue;
        require(t->start >= start && t->end >= end, "tokens ascend");
        start = t->start;
        end = t->end;
    }
    require(positions == tokens->positions, "positions are counted");
    free(edges);
}

/* ----------------------------------------------------------------------------------------------- pieces */

static bool same(const bl_tokens *a, const bl_token *x, const bl_tokens *b, const bl_token *y)
{
    return x->size == y->size && memcmp(a->text + x->at, b->text + y->at, x->size) == 0;
}

/* Dictionaries look at the neighbourhood; what they cut may differ in a piece. */
static bool has_complex_script(const char *text, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_folded f = { 0 };
    bl_fold(&e, text, size, &f);
    bool found = false;
    for (size_t i = 0; i < f.count; i++)
        found = found || f.glyphs[i].kind == BL_CLASS_COMPLEX;
    bl_folded_free(&f);
    return found;
}

/* The tokens of a piece stand in the whole in order; the last character of a run may have a neighbour there.
 */
static void check_piece(const bl_tokens *whole, size_t first, const bl_tokens *piece)
{
    size_t at = first;
    for (size_t i = 0; i < piece->count; i++) {
        const bl_token *t = &piece->items[i];
        if (t->colocated || t->kind == BULLETIN_TOKEN_LAST)
            continue;
        while (at < whole->count && !same(whole, &whole->items[at], piece, t))
            at++;
        require(at < whole->count, "a piece has the tokens of the text");
        at++;
    }
}

/* Whether two tokens that follow one another share a character that folds to several (r㋂ gives r3 and 月).
 * Pairs of CJK characters always overlap. */
static bool share(const bl_token *a, const bl_token *b)
{
    return a->end > b->start && a->kind != BULLETIN_TOKEN_CJK;
}

/* Whether a token begins before a place and ends behind it. */
static bool straddles(const bl_token *t, size_t at)
{
    return t->start < at && t->end > at && !t->colocated && t->kind != BULLETIN_TOKEN_CJK;
}

static bool stands_alone(const bl_tokens *whole, size_t first, size_t last)
{
    for (size_t i = 0; i < whole->count; i++)
        if (straddles(&whole->items[i], whole->items[first].start) ||
            straddles(&whole->items[i], whole->items[last].end))
            return false;
    while (first > 0 && whole->items[first].colocated)
        first--;
    for (last++; last < whole->count && whole->items[last].colocated;)
        last++;
    return (first == 0 || !share(&whole->items[first - 1], &whole->items[first])) &&
           (last == whole->count || !share(&whole->items[last - 1], &whole->items[last]));
}

static void cut_piece(bl_cutter *cutter, const char *text, const bl_tokens *whole, size_t first, size_t last)
{
    bl_error e = BL_ERROR_INIT;
    bl_tokens piece = { 0 };
    size_t start = whole->items[first].start, end = whole->items[last].end;
    if (end > start && stands_alone(whole, first, last) && !has_complex_script(text + start, end - start)) {
        bl_cut(&e, cutter, text + start, end - start, &piece);
        require(!bl_failed(&e), "cutting a piece succeeds");
        check_piece(whole, 0, &piece);
    }
    bl_tokens_free(&piece);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bl_cutter *cutter;
    bl_error e = BL_ERROR_INIT;
    if (!cutter)
        cutter = bl_cutter_open(&e);
    if (size < 2)
        return 0;
    const char *text = (const char *)data + 2;
    size -= 2;
    check_folding(text, size);
    bl_tokens tokens = { 0 }, again = { 0 };
    bl_cut(&e, cutter, text, size, &tokens);
    bl_cut(&e, cutter, text, size, &again);
    require(!bl_failed(&e), "cutting succeeds");
    check_tokens(text, size, &tokens);
    check_openings(text, size, &tokens);
    require(tokens.count == again.count && tokens.size == again.size, "cutting twice gives as many tokens");
    if (tokens.count > 0) {
        require(memcmp(tokens.text, again.text, tokens.size) == 0, "cutting twice gives the same tokens");
        size_t first = data[0] % tokens.count, last = first + data[1] % (tokens.count - first);
        cut_piece(cutter, text, &tokens, first, last);
    }
    bl_tokens_free(&tokens);
    bl_tokens_free(&again);
    return 0;
}
