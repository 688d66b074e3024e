/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tokens to the phrases of a term. */
#include "phrase.h"

#include <stdlib.h>

#include "index/fts.h"

size_t bl_phrase_next(const bl_tokens *tokens, size_t i)
{
    do
        i++;
    while (i < tokens->count && tokens->items[i].colocated);
    return i;
}

/* Take over the tokens' bytes. */
static void add(bl_error *e, bl_term *term, bl_phrase phrase, bl_buffer *tokens)
{
    if (tokens->failed)
        bl_fail_nomem(e);
    if (!bl_failed(e) && !bl_grow(&term->phrases, &term->capacity, term->count + 1, sizeof *term->phrases))
        bl_fail_nomem(e);
    if (bl_failed(e)) {
        bl_buffer_free(tokens);
        return;
    }
    phrase.size = tokens->size;
    phrase.tokens = bl_buffer_steal(tokens);
    term->phrases[term->count++] = phrase;
}

static void put_token(bl_buffer *out, const char *text, size_t size)
{
    bl_buffer_append(out, text, size);
    bl_buffer_putc(out, BL_FTS_TOKEN_END);
}

/* The character that ends a run of two or more is left out at the phrase's end, for the run may go on in a
 * text; a run of one is the beginning of whatever stands there. */
void bl_phrase_add_run(bl_error *e, bl_term *term, const bl_tokens *tokens, size_t first, size_t end,
                       bool prefix, double weight)
{
    bl_phrase phrase = { .prefix = prefix, .weight = weight };
    const bl_token *head = &tokens->items[first];
    if (term->count == 0)
        term->alphabetic = head->kind == BULLETIN_TOKEN_WORD &&
                           !(tokens->text[head->at] >= '0' && tokens->text[head->at] <= '9');
    bl_buffer bytes = { 0 };
    size_t last = first;
    for (size_t i = first; i < end; i++)
        if (!tokens->items[i].colocated)
            last = i;
    if (tokens->items[last].kind == BULLETIN_TOKEN_LAST) {
        bool longer = last > first && tokens->items[last - 1].kind == BULLETIN_TOKEN_CJK;
        phrase.prefix = !longer;
        end = longer ? last : last + 1;
    }
    for (size_t i = first; i < end; i++) {
        const bl_token *token = &tokens->items[i];
        if (token->colocated)
            continue;
        put_token(&bytes, tokens->text + token->at, token->size);
        phrase.count++;
        phrase.overlaps = token->kind == BULLETIN_TOKEN_CJK;
    }
    add(e, term, phrase, &bytes);
}

static void add_token(bl_error *e, bl_term *term, char mark, const char *text, size_t size, double weight)
{
    bl_buffer bytes = { 0 };
    if (mark)
        bl_buffer_putc(&bytes, mark);
    put_token(&bytes, text, size);
    add(e, term, (bl_phrase){ .count = 1, .weight = weight }, &bytes);
}

/* A colocated token: its marked form, and the unmarked, for a text may hold the stem or the joined form
 * itself as a word. */
static void add_colocated(bl_error *e, bl_term *term, const bl_tokens *tokens, const bl_token *token,
                          double weight)
{
    const char *text = tokens->text + token->at;
    add_token(e, term, 0, text, token->size, weight);
    add_token(e, term, 0, text + 1, token->size - 1u, weight);
}

/* A word is found as it stands, as the joined form of others (US of U.S.), and by its stem, which the index
 * holds only beside words that differ from it: a word that is its own stem is looked for under the mark too.
 */
static void add_inflections(bl_error *e, bl_term *term, const bl_tokens *tokens, size_t word, size_t end,
                            double weight)
{
    const bl_token *token = &tokens->items[word];
    const char *text = tokens->text + token->at;
    bool stemmed = false;
    add_token(e, term, BL_MARK_JOINED, text, token->size, weight);
    for (size_t i = word + 1; i < end; i++)
        if (tokens->items[i].kind == BULLETIN_TOKEN_STEM) {
            add_colocated(e, term, tokens, &tokens->items[i], weight);
            stemmed = true;
        }
    if (!stemmed)
        add_token(e, term, BL_MARK_STEM, text, token->size, weight);
}

/* The joined form that stands for all the tokens (ecommerce for e-commerce), or NULL. */
static const bl_token *whole_form(const bl_tokens *tokens, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const bl_token *token = &tokens->items[i];
        if (token->kind == BULLETIN_TOKEN_JOINED && token->start == tokens->items[first].start &&
            token->end == tokens->items[end - 1].end)
            return token;
    }
    return NULL;
}

void bl_phrase_add_word(bl_error *e, bl_term *term, const bl_tokens *tokens, size_t first, size_t end,
                        bool prefix, double weight)
{
    const bl_token *whole = whole_form(tokens, first, end);
    bool one = bl_phrase_next(tokens, first) >= end;
    bl_phrase_add_run(e, term, tokens, first, end, prefix, weight);
    if (whole)
        add_colocated(e, term, tokens, whole, weight);
    else if (one && !prefix && tokens->items[first].kind == BULLETIN_TOKEN_WORD)
        add_inflections(e, term, tokens, first, end, weight);
}

/* The stem at a position, without its mark; the word itself where they are the same. */
static const bl_token *stem_at(const bl_tokens *tokens, size_t i, size_t end)
{
    for (size_t k = i + 1; k < end; k++)
        if (tokens->items[k].kind == BULLETIN_TOKEN_STEM)
            return &tokens->items[k];
    return &tokens->items[i];
}

/* Words that are inflected at a phrase's end: each doubles the phrases. */
enum { INFLECTED = 2 };

/* One phrase of 2^n: bit k of `marks` says whether the k-th word from the end is found by its mark. */
static void add_combination(bl_error *e, bl_term *term, const bl_tokens *tokens, size_t positions,
                            unsigned marks, bl_phrase phrase)
{
    bl_buffer bytes = { 0 };
    size_t position = 0;
    for (size_t i = 0; i < tokens->count; position++) {
        size_t end = bl_phrase_next(tokens, i);
        const bl_token *word = &tokens->items[i], *stem = stem_at(tokens, i, end);
        size_t from_end = positions - position - 1;
        bool inflects = from_end < INFLECTED && word->kind == BULLETIN_TOKEN_WORD;
        if (inflects) {
            bool marked = stem->kind == BULLETIN_TOKEN_STEM;
            if (marks >> from_end & 1)
                bl_buffer_putc(&bytes, BL_MARK_STEM);
            put_token(&bytes, tokens->text + stem->at + marked, stem->size - marked);
        } else {
            put_token(&bytes, tokens->text + word->at, word->size);
        }
        phrase.count++;
        i = end;
    }
    add(e, term, phrase, &bytes);
}

void bl_phrase_add_words(bl_error *e, bl_term *term, const bl_tokens *tokens, double weight, size_t expansion)
{
    size_t positions = 0, words = 0, before = term->count;
    for (size_t i = 0; i < tokens->count; i = bl_phrase_next(tokens, i)) {
        positions++;
        words = tokens->items[i].kind == BULLETIN_TOKEN_WORD ? words + 1 : 0;
    }
    if (words == 0)
        bl_phrase_add_run(e, term, tokens, 0, tokens->count, false, weight);
    unsigned bits = words < INFLECTED ? (unsigned)words : INFLECTED;
    for (unsigned marks = 0; words > 0 && marks < 1u << bits && !bl_failed(e); marks++)
        add_combination(e, term, tokens, positions, marks, (bl_phrase){ .weight = weight });
    for (size_t i = before; i < term->count; i++)
        term->phrases[i].expansion = expansion;
}
