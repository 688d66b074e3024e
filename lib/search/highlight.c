/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text and a plan to the ranges of the text that match. */
#include "highlight.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/fts.h"
#include "phrase.h"
#include "text/openings.h"

static bool same_token(const bl_tokens *tokens, const bl_token *token, const char *text, size_t size,
                       bool prefix)
{
    if (prefix ? token->size < size : token->size != size)
        return false;
    return memcmp(tokens->text + token->at, text, size) == 0;
}

/* The token at this position, or beside it, that is the wanted one; NULL when none is. */
static const bl_token *token_at(const bl_tokens *tokens, size_t i, const char *text, size_t size, bool prefix)
{
    size_t end = bl_phrase_next(tokens, i);
    for (; i < end; i++)
        if (same_token(tokens, &tokens->items[i], text, size, prefix))
            return &tokens->items[i];
    return NULL;
}

/* Of a bigram that begins with the wanted character, only that character was looked for. */
static size_t matched_end(const bl_tokens *tokens, size_t i, const bl_token *token, bool prefix)
{
    bool first_only = prefix && token->kind == BULLETIN_TOKEN_CJK && i + 1 < tokens->count;
    return first_only ? tokens->items[bl_phrase_next(tokens, i)].start : token->end;
}

/* A token of one byte stands for all that begin with it, for it may be a prefix. */
static unsigned head(const char *token, size_t size)
{
    return (unsigned)(unsigned char)token[0] << 8 | (size > 1 ? (unsigned char)token[1] : 0u);
}

static void set(bl_heads *heads, unsigned key)
{
    heads->bits[key >> 3] |= (unsigned char)(1u << (key & 7));
}

void bl_heads_make(const bl_plan *plan, bl_heads *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < plan->count; i++)
        for (size_t k = 0; k < plan->terms[i].count && !plan->terms[i].filter; k++) {
            const bl_phrase *phrase = &plan->terms[i].phrases[k];
            bool short_prefix = phrase->tokens[1] == BL_FTS_TOKEN_END && phrase->prefix;
            unsigned first = head(phrase->tokens, phrase->tokens[1] == BL_FTS_TOKEN_END ? 1 : 2);
            set(out, first);
            for (unsigned second = 0; short_prefix && second < 256; second++)
                set(out, first | second);
        }
}

bool bl_heads_has(const bl_heads *heads, const bl_tokens *tokens, size_t i)
{
    size_t end = bl_phrase_next(tokens, i);
    for (; i < end; i++) {
        unsigned key = head(tokens->text + tokens->items[i].at, tokens->items[i].size);
        if (heads->bits[key >> 3] >> (key & 7) & 1)
            return true;
    }
    return false;
}

bool bl_highlight_phrase(const bl_tokens *tokens, size_t i, const bl_phrase *phrase, bulletin_range *range)
{
    const char *wanted = phrase->tokens;
    for (size_t n = 0; n < phrase->count; n++, i = bl_phrase_next(tokens, i)) {
        const char *end = strchr(wanted, BL_FTS_TOKEN_END);
        bool prefix = phrase->prefix && n + 1 == phrase->count;
        const bl_token *token =
            i < tokens->count ? token_at(tokens, i, wanted, (size_t)(end - wanted), prefix) : NULL;
        if (!token)
            return false;
        if (n == 0)
            range->start = token->start;
        range->end = matched_end(tokens, i, token, prefix && end - wanted <= 4);
        wanted = end + 1;
    }
    return true;
}

void bl_highlights_put(bl_error *e, bl_highlights *out, bulletin_range range, uint32_t unit)
{
    if (bl_failed(e))
        return;
    if (!bl_grow(&out->list, &out->capacity, out->count + 1, sizeof *out->list) ||
        !bl_grow(&out->units, &out->unit_capacity, out->count + 1, sizeof *out->units)) {
        bl_fail_nomem(e);
        return;
    }
    out->list[out->count] = range;
    out->units[out->count++] = unit;
}

void bl_highlights_merge(bl_highlights *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        bulletin_range range = out->list[i];
        if (kept > 0 && range.start <= out->list[kept - 1].end) {
            if (range.end > out->list[kept - 1].end)
                out->list[kept - 1].end = range.end;
        } else {
            out->list[kept] = range;
            out->units[kept++] = out->units[i];
        }
    }
    out->count = kept;
}

/* ---- a whole text ---- */

/* A long text is read piece by piece; what is shown of it nearly always stands in the first. What is more
 * than a token may stand across the end of one. */
enum { PIECE = 1 << 9, TOKEN_PIECE = 1 << 8, ENOUGH = 1 << 16 };

typedef struct reading {
    bl_cutter *cutter;
    bl_tokens *tokens;
    const bl_plan *plan;
    bl_heads heads;
    bl_openings openings; /* of all phrases */
    size_t unit_count;    /* that could be seen */
    uint64_t seen[BL_PLAN_TERMS / 64];
    bl_highlights *out;
} reading;

/* Typed words and the other words for them are one unit: the first term of their group. */
static uint32_t unit_of(const bl_plan *plan, uint32_t term)
{
    uint32_t first = 0;
    if (plan->terms[term].group == 0)
        return term;
    while (plan->terms[first].group != plan->terms[term].group)
        first++;
    return first;
}

static size_t count_units(const bl_plan *plan)
{
    size_t count = 0;
    for (uint32_t u = 0; u < plan->count; u++)
        count += !plan->terms[u].filter && unit_of(plan, u) == u;
    return count;
}

static size_t count_seen(const reading *r)
{
    size_t count = 0;
    for (uint32_t u = 0; u < BL_PLAN_TERMS; u++)
        count += r->seen[u / 64] >> (u % 64) & 1;
    return count;
}

/* Of the phrases of a term that begin here the longest is the match. */
static void look_for(bl_error *e, reading *r, size_t i, uint32_t number, size_t base)
{
    const bl_term *term = &r->plan->terms[number];
    bulletin_range best = { 0, 0 }, range = { 0, 0 };
    for (size_t k = 0; k < term->count && !term->filter; k++)
        if (bl_highlight_phrase(r->tokens, i, &term->phrases[k], &range) && range.end > best.end)
            best = range;
    if (best.end == 0)
        return;
    uint32_t unit = unit_of(r->plan, number);
    r->seen[unit / 64 % (BL_PLAN_TERMS / 64)] |= (uint64_t)1 << (unit % 64);
    bl_highlights_put(e, r->out, (bulletin_range){ best.start + base, best.end + base }, unit);
}

static void read_piece(bl_error *e, reading *r, const char *text, size_t start, size_t end)
{
    bl_cut(e, r->cutter, text + start, end - start, r->tokens);
    for (size_t i = 0; i < r->tokens->count && !bl_failed(e); i = bl_phrase_next(r->tokens, i))
        if (bl_heads_has(&r->heads, r->tokens, i))
            for (uint32_t u = 0; u < r->plan->count; u++)
                look_for(e, r, i, u, start);
}

/* Where a piece may end: behind a line, else behind a full stop or a blank. */
static size_t piece_end(const char *text, size_t size, size_t start, size_t least)
{
    static const char stop[] = "。";
    if (size - start <= least)
        return size;
    size_t from = start + least, limit = size - from < least ? size : from + least;
    const char *line = memchr(text + from, '\n', limit - from);
    if (line)
        return (size_t)(line - text) + 1;
    for (size_t at = from; at < size; at++) {
        if (text[at] == ' ' || text[at] == '\n')
            return at + 1;
        if (size - at > sizeof stop - 1 && memcmp(text + at, stop, sizeof stop - 1) == 0)
            return at + sizeof stop - 1;
    }
    return size;
}

static void make_openings(const bl_plan *plan, bl_openings *out)
{
    for (size_t i = 0; i < plan->count; i++)
        for (size_t k = 0; k < plan->terms[i].count && !plan->terms[i].filter; k++) {
            const char *token = plan->terms[i].phrases[k].tokens;
            bl_openings_add(out, token, strcspn(token, (const char[]){ BL_FTS_TOKEN_END, 0 }));
        }
}

static bool looks_for_tokens(const bl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        for (size_t k = 0; k < plan->terms[i].count; k++)
            if (plan->terms[i].phrases[k].count > 1)
                return false;
    return true;
}

void bl_highlight(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, const bl_plan *plan, const char *text,
                  size_t size, size_t from, bl_highlight_extent extent, bl_highlights *out)
{
    reading r = { .cutter = cutter, .tokens = scratch, .plan = plan, .out = out };
    r.unit_count = count_units(plan);
    out->count = 0;
    if (r.unit_count == 0)
        return;
    bl_heads_make(plan, &r.heads);
    make_openings(plan, &r.openings);
    const size_t piece = looks_for_tokens(plan) ? TOKEN_PIECE : PIECE;
    for (size_t at = 0, end; at < size && !bl_failed(e); at = end) {
        end = piece_end(text, size, at, piece);
        /* Pieces are the same wherever the text is read from, and so are passages. */
        if (end > from && bl_openings_may_stand(text + at, end - at, &r.openings))
            read_piece(e, &r, text, at, end);
        if (extent == BL_HIGHLIGHT_BEST && out->count > 0 && (end > ENOUGH || count_seen(&r) == r.unit_count))
            break;
    }
}

void bl_highlights_free(bl_highlights *highlights)
{
    free(highlights->list);
    free(highlights->units);
    *highlights = (bl_highlights){ 0 };
}
