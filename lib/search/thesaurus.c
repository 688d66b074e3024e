/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What was typed to the other words of its concepts. */
#include "thesaurus.h"

#include <stdlib.h>
#include <string.h>

#include "search/thesaurus_table.h"

uint32_t bl_term_slot(const bl_terms *terms, const char *text, size_t size)
{
    uint32_t value = BL_TERM_HASH;
    for (size_t i = 0; i < size; i++)
        value = bl_term_hash(value, (unsigned char)text[i]);
    return value & (uint32_t)(terms->slots - 1);
}

/* Each position's stem, or its token where it has none, so that inflections share a key. Symbols between
 * words (self-employed, 五·一) count as nothing. */
void bl_term_key(const bl_tokens *tokens, size_t first, size_t end, bl_buffer *out)
{
    bl_buffer_cut(out, 0);
    for (size_t i = first; i < end;) {
        const bl_token *chosen = &tokens->items[i];
        for (i++; i < end && tokens->items[i].colocated; i++)
            if (tokens->items[i].kind == BULLETIN_TOKEN_STEM)
                chosen = &tokens->items[i];
        bool stem = chosen->kind == BULLETIN_TOKEN_STEM;
        if (chosen->kind == BULLETIN_TOKEN_SYMBOL || chosen->kind == BULLETIN_TOKEN_BREAK)
            continue;
        bl_buffer_append(out, tokens->text + chosen->at + stem, chosen->size - stem);
        bl_buffer_putc(out, ' ');
    }
}

/* ---- open, close ---- */

static bool is_compiled(const bl_thesaurus_tables *tables)
{
    return tables->compiled && !tables->concepts.text && !tables->names.text && tables->own.size == 0 &&
           tables->own_names.size == 0;
}

bl_thesaurus *bl_thesaurus_open(bl_error *e, bl_cutter *cutter, const bl_thesaurus_tables *tables,
                                bl_thesaurus_problem problem, void *context)
{
    bl_thesaurus *t = bl_failed(e) ? NULL : calloc(1, sizeof *t);
    if (!t) {
        bl_fail_nomem(e);
        return NULL;
    }
    if (is_compiled(tables)) {
        t->now = *tables->compiled;
        t->own = t->now.count;
    } else {
        bl_thesaurus_read(e, t, cutter, tables, problem, context);
    }
    if (bl_failed(e)) {
        bl_thesaurus_close(t);
        return NULL;
    }
    return t;
}

void bl_thesaurus_close(bl_thesaurus *t)
{
    if (!t)
        return;
    bl_buffer_free(&t->key);
    bl_buffer_free(&t->texts);
    free(t->synonyms);
    free(t->by_key);
    free(t->by_folded);
    free(t->list);
    free(t);
}

/* ---- looking up ---- */

static const char *text_of(const bl_thesaurus *t, uint32_t at)
{
    return t->now.texts + at;
}

/* A term that another concept has brought already is not added again; terms of one differ, unless the
 * archive's own repeat them. */
static bool add_synonym(bl_thesaurus *t, size_t *count, size_t others, size_t number)
{
    const bl_term *one = &t->now.list[number];
    size_t most = t->joined ? *count : others;
    for (size_t i = 0; i < most; i++)
        if (strcmp(t->synonyms[i].text, text_of(t, one->text)) == 0)
            return true;
    if (!bl_grow(&t->synonyms, &t->synonym_capacity, *count + 1, sizeof *t->synonyms))
        return false;
    t->synonyms[(*count)++] = (bl_synonym){ .text = text_of(t, one->text),
                                            .context = text_of(t, one->context),
                                            .quality = (bl_quality)one->quality,
                                            .narrower = one->relation == BL_RELATION_NARROWER,
                                            .own = number >= t->own };
    return true;
}

/* The other terms of a typed term's concept, in their order. */
static bool add_concept(bl_thesaurus *t, size_t *count, size_t typed, bl_quality worst)
{
    const bl_term *list = t->now.list;
    const char *key = text_of(t, list[typed].key);
    const size_t others = *count;
    size_t first = typed;
    for (size_t i = list[typed].other; i != typed; i = list[i].other)
        if (i < first)
            first = i;
    size_t i = first;
    do {
        const bl_term *one = &list[i];
        if (one->found && one->quality <= worst && one->key && strcmp(text_of(t, one->key), key) != 0 &&
            !add_synonym(t, count, others, i))
            return false;
        i = one->other;
    } while (i != first);
    return true;
}

/* The first term whose key is t->key, from a chain's place on; NULL when there is no more. */
static const bl_term *same_key(const bl_thesaurus *t, uint32_t number)
{
    for (; number; number = t->now.list[number - 1].next)
        if (strcmp(text_of(t, t->now.list[number - 1].key), t->key.data) == 0)
            return &t->now.list[number - 1];
    return NULL;
}

static const bl_term *first_of_key(bl_thesaurus *t, const bl_tokens *tokens, size_t first, size_t end)
{
    bl_term_key(tokens, first, end, &t->key);
    if (t->key.failed || t->key.size == 0)
        return NULL;
    return same_key(t, t->now.by_key[bl_term_slot(&t->now, t->key.data, t->key.size)]);
}

size_t bl_thesaurus_find(bl_error *e, bl_thesaurus *t, const bl_tokens *tokens, size_t first, size_t end,
                         bl_quality worst, const bl_synonym **list)
{
    size_t count = 0;
    *list = NULL;
    if (bl_failed(e))
        return 0;
    for (const bl_term *one = first_of_key(t, tokens, first, end); one; one = same_key(t, one->next))
        if (one->typed && !add_concept(t, &count, (size_t)(one - t->now.list), worst))
            bl_fail_nomem(e);
    *list = t->synonyms;
    return bl_failed(e) ? 0 : count;
}

void bl_thesaurus_guard(bl_thesaurus *t, const bl_tokens *tokens, size_t first, size_t end,
                        const char **not_after, const char **not_before)
{
    *not_after = *not_before = "";
    for (const bl_term *one = first_of_key(t, tokens, first, end); one; one = same_key(t, one->next))
        if (one->not_after || one->not_before) {
            *not_after = text_of(t, one->not_after);
            *not_before = text_of(t, one->not_before);
        }
}

static size_t longest(void *context, const char *folded, size_t size)
{
    const bl_thesaurus *t = context;
    size_t limit = size < t->now.longest ? size : t->now.longest;
    uint32_t value = BL_TERM_HASH;
    size_t best = 0;
    /* One hash grows along the text; each prefix that ends a character is looked up with it. */
    for (size_t i = 0; i < limit; i++) {
        value = bl_term_hash(value, (unsigned char)folded[i]);
        if (i + 1 < size && ((unsigned char)folded[i + 1] & 0xC0) == 0x80)
            continue;
        uint32_t number = t->now.by_folded[value & (t->now.slots - 1)];
        for (; number; number = t->now.list[number - 1].next_folded) {
            const char *term = text_of(t, t->now.list[number - 1].folded);
            if (strlen(term) == i + 1 && memcmp(term, folded, i + 1) == 0)
                best = i + 1;
        }
    }
    return best;
}

const char *bl_thesaurus_run(const bl_thesaurus *t, size_t *i)
{
    while (*i < t->now.count)
        if (t->now.list[(*i)++].folded)
            return text_of(t, t->now.list[*i - 1].folded);
    return NULL;
}

bl_word_list bl_thesaurus_words(bl_thesaurus *t)
{
    return (bl_word_list){ longest, t };
}
