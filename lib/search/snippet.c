/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text to the ranges that match, and to the passage worth reading. */
#include "snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "index/fts.h"
#include "phrase.h"

/* ---- highlights ---- */

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

static void add(bl_error *e, bl_highlights *out, bulletin_range range, uint32_t term)
{
    if (!bl_grow(&out->list, &out->capacity, out->count + 1, sizeof *out->list) ||
        !bl_grow(&out->terms, &out->term_capacity, out->count + 1, sizeof *out->terms)) {
        bl_fail_nomem(e);
        return;
    }
    out->list[out->count] = range;
    out->terms[out->count++] = term;
}

void bl_highlights_put(bl_error *e, bl_highlights *out, bulletin_range range, uint32_t term)
{
    bulletin_range *last = out->count > 0 ? &out->list[out->count - 1] : NULL;
    if (!last || range.start > last->end)
        add(e, out, range, term);
    else if (range.end > last->end)
        last->end = range.end;
}

void bl_highlight(bl_error *e, bl_cutter *cutter, bl_tokens *tokens, const bl_plan *plan, const char *text,
                  size_t size, bl_highlights *out)
{
    bl_heads heads;
    out->count = 0;
    bl_cut(e, cutter, text, size, tokens);
    bl_heads_make(plan, &heads);
    for (size_t i = 0; i < tokens->count && !bl_failed(e); i = bl_phrase_next(tokens, i))
        for (uint32_t u = 0; u < plan->count && bl_heads_has(&heads, tokens, i); u++) {
            const bl_term *term = &plan->terms[u];
            bulletin_range range = { 0, 0 };
            for (size_t k = 0; k < term->count && !term->filter; k++)
                if (bl_highlight_phrase(tokens, i, &term->phrases[k], &range))
                    bl_highlights_put(e, out, range, u);
        }
}

void bl_highlights_free(bl_highlights *highlights)
{
    free(highlights->list);
    free(highlights->terms);
    *highlights = (bl_highlights){ 0 };
}

/* ---- passages ---- */

/* Columns of a character, near enough to choose how much to show: from Hangul Jamo on, scripts are wide. */
static unsigned columns_of(uint32_t code)
{
    return code >= 0x1100 ? 2 : 1;
}

/* How far forward from `at` the columns reach, in whole characters; ends behind a sentence where one ends in
 * the last third. */
static size_t forward(const char *text, size_t size, size_t at, unsigned columns)
{
    unsigned used = 0;
    size_t sentence = 0;
    while (at < size) {
        size_t before = at;
        uint32_t code = bl_utf8_next(text, size, &at);
        used += columns_of(code);
        if (used > columns)
            return sentence ? sentence : before;
        bool ends = code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0xFF1B || code == '\n' ||
                    ((code == '.' || code == '!' || code == '?') && at < size && text[at] == ' ');
        if (ends && used * 3 >= columns * 2)
            sentence = code == '\n' ? before : at;
    }
    return at;
}

/* How far back, stopping at the beginning of a sentence. */
static size_t backward(const char *text, size_t at, unsigned columns)
{
    unsigned used = 0;
    while (at > 0) {
        size_t before = bl_utf8_before(text, at), end = before;
        uint32_t code = bl_utf8_next(text, at, &end);
        used += columns_of(code);
        bool ends = code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == '\n' ||
                    (code == ' ' && before > 0 && strchr(".!?", text[before - 1]));
        if (used > columns || ends)
            return at;
        at = before;
    }
    return at;
}

static unsigned width(const char *text, size_t start, size_t end)
{
    unsigned columns = 0;
    while (start < end)
        columns += columns_of(bl_utf8_next(text, end, &start));
    return columns;
}

/* The first of the highlights whose window shows the most distinct terms, then the most highlights. */
static size_t best_start(const char *text, unsigned columns, const bl_highlights *marks)
{
    size_t best = 0, best_value = 0;
    for (size_t i = 0, end = 0; i < marks->count; i++) {
        uint64_t seen = 0;
        size_t value = 0;
        if (end < i)
            end = i;
        while (end + 1 < marks->count && marks->list[end + 1].end - marks->list[i].start < 4u * columns &&
               width(text, marks->list[i].start, marks->list[end + 1].end) <= columns)
            end++;
        for (size_t j = i; j <= end; j++) {
            uint64_t bit = (uint64_t)1 << (marks->terms[j] % 64);
            value += seen & bit ? 1 : 64;
            seen |= bit;
        }
        if (value > best_value) {
            best_value = value;
            best = i;
        }
    }
    return best;
}

/* Keep the highlights inside [start, end) and count them from what stands before the passage. */
static void shift(bl_highlights *marks, size_t start, size_t end, size_t before)
{
    size_t kept = 0;
    for (size_t i = 0; i < marks->count; i++)
        if (marks->list[i].start >= start && marks->list[i].end <= end) {
            marks->list[kept].start = marks->list[i].start - start + before;
            marks->list[kept].end = marks->list[i].end - start + before;
            marks->terms[kept++] = marks->terms[i];
        }
    marks->count = kept;
}

void bl_snippet(bl_error *e, const char *text, size_t size, unsigned columns, bl_highlights *marks,
                bl_buffer *out)
{
    static const char ellipsis[] = "…";
    size_t start = 0;
    if (marks->count > 0)
        start = backward(text, marks->list[best_start(text, columns, marks)].start, columns / 3);
    size_t end = forward(text, size, start, columns);
    bool inside = start > 0 && text[start - 1] != '\n';
    bl_buffer_cut(out, 0);
    if (inside)
        bl_buffer_puts(out, ellipsis);
    size_t before = out->size;
    bl_buffer_append(out, text + start, end - start);
    for (size_t i = before; i < out->size; i++)
        if (out->data[i] == '\n' || out->data[i] == '\r')
            out->data[i] = ' ';
    if (end < size)
        bl_buffer_puts(out, ellipsis);
    if (out->failed)
        bl_fail_nomem(e);
    shift(marks, start, end, before);
}
