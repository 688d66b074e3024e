/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tables of concepts and of names to the terms that searches look up. */
#include <stdlib.h>
#include <string.h>

#include "search/thesaurus_table.h"
#include "text/fold.h"

/* organizations.tsv, whose first three columns are those of a table of concepts */
enum { COLUMN_FORM = 3, COLUMN_SUCCESSOR = 7, COLUMN_WHEN = 8, COLUMNS = 11 };

/* A line as it was read: the term without its texts, which stand in the fields. */
typedef struct line {
    bl_term term;
    const char *concept, *text, *context, *not_after, *not_before;
    const char *into; /* the concept that this one is a part of from now on; NULL = it is a term */
} line;

typedef const char *(*reader)(char *fields[COLUMNS], line *out);

typedef struct reading {
    bl_error *e;
    bl_thesaurus *t;
    bl_cutter *cutter;
    bl_tokens tokens;
    bl_thesaurus_problem problem;
    void *context;
    uint32_t *concepts; /* open addressing by concept: its first term + 1 */
    size_t slots, concept_count;
} reading;

static uint32_t put_text(reading *r, const char *text, size_t size)
{
    bl_buffer *texts = &r->t->texts;
    if (size == 0)
        return 0;
    size_t at = texts->size;
    bl_buffer_append(texts, text, size);
    bl_buffer_putc(texts, '\0');
    if (texts->failed || texts->size > UINT32_MAX)
        bl_fail_nomem(r->e);
    return (uint32_t)at;
}

static const char *text_of(const reading *r, uint32_t at)
{
    return r->t->texts.data + at;
}

/* ---- concepts ---- */

static uint32_t *slot_of(const reading *r, const char *concept)
{
    size_t i = bl_term_slot(&(bl_terms){ .slots = r->slots }, concept, strlen(concept));
    while (r->concepts[i] && strcmp(text_of(r, r->t->list[r->concepts[i] - 1].concept), concept) != 0)
        i = (i + 1) & (r->slots - 1);
    return &r->concepts[i];
}

static void grow_slots(reading *r)
{
    uint32_t *before = r->concepts;
    size_t count = r->slots;
    r->slots = count ? 2 * count : 4096;
    r->concepts = calloc(r->slots, sizeof *r->concepts);
    if (!r->concepts) {
        r->concepts = before;
        r->slots = count;
        bl_fail_nomem(r->e);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (before[i])
            *slot_of(r, text_of(r, r->t->list[before[i] - 1].concept)) = before[i];
    free(before);
}

/* The slot of a concept, which is 0 when it is new. */
static uint32_t *concept_slot(reading *r, const char *concept)
{
    if (2 * (r->concept_count + 1) > r->slots)
        grow_slots(r);
    return bl_failed(r->e) ? NULL : slot_of(r, concept);
}

/* Into the ring of its concept: behind the last one read when that is of the same, else behind the first. */
static void link_term(reading *r, const char *concept, uint32_t number)
{
    bl_term *list = r->t->list, *one = &list[number];
    uint32_t before = number;
    one->other = number;
    if (number > 0 && strcmp(text_of(r, list[number - 1].concept), concept) == 0) {
        before = number - 1;
        one->concept = list[before].concept;
    } else {
        uint32_t *slot = concept_slot(r, concept);
        if (slot && *slot) {
            before = *slot - 1;
            one->concept = list[before].concept;
        } else if (slot) {
            one->concept = put_text(r, concept, strlen(concept));
            *slot = number + 1;
            r->concept_count++;
        }
    }
    one->other = list[before].other;
    list[before].other = number;
}

static bool are_joined(const bl_term *list, uint32_t one, uint32_t other)
{
    uint32_t i = one;
    do
        if (i == other)
            return true;
    while ((i = list[i].other) != one);
    return false;
}

/* Two rings become one where two of their links are swapped; the name leads to it from now on. */
static void join_concepts(reading *r, const char *gone, const char *into)
{
    uint32_t *from = concept_slot(r, gone);
    const uint32_t *to = bl_failed(r->e) ? NULL : slot_of(r, into);
    if (!to || !*from || !*to)
        return;
    bl_term *one = &r->t->list[*from - 1], *other = &r->t->list[*to - 1];
    if (are_joined(r->t->list, *from - 1, *to - 1))
        return;
    const uint32_t next = one->other;
    one->other = other->other;
    other->other = next;
}

/* ---- lines ---- */

static const char *read_term(char *fields[COLUMNS], line *out)
{
    bl_concept read;
    const char *reason = bl_concept_read((const char *const *)fields, &read);
    if (reason)
        return reason;
    bool typed = read.direction != BL_DIRECTION_TO && read.relation != BL_RELATION_NARROWER;
    *out = (line){ .term = { .relation = (uint8_t)read.relation,
                             .quality = (uint8_t)read.quality,
                             .typed = typed && read.quality != BL_QUALITY_AMBIGUOUS,
                             .found = read.direction != BL_DIRECTION_FROM &&
                                      read.relation != BL_RELATION_BROADER },
                   .context = fields[BL_CONCEPT_CONTEXT],
                   .not_after = fields[BL_CONCEPT_NOT_AFTER],
                   .not_before = fields[BL_CONCEPT_NOT_BEFORE] };
    return NULL;
}

/* A body's names. One that needs something else to decide what it means (省总) is nobody's, a former one may
 * have been another body, a pattern is no name. */
static const char *read_name(char *fields[COLUMNS], line *out)
{
    const char *form = fields[COLUMN_FORM];
    bool machine = strcmp(form, "machine") == 0;
    bool name =
        machine || strcmp(form, "full") == 0 || strcmp(form, "short") == 0 || strcmp(form, "variant") == 0;
    bool use = name && *fields[COLUMN_WHEN] == '\0' && strlen(fields[BL_CONCEPT_TERM]) <= BL_CONCEPT_MOST;
    *out = (line){
        .term = { .quality = machine ? BL_QUALITY_MACHINE : BL_QUALITY_EXACT, .typed = use, .found = use },
        .context = "",
        .not_after = fields[COLUMN_WHEN + 1],
        .not_before = fields[COLUMN_WHEN + 2],
        .into = strcmp(form, "merged") == 0 ? fields[COLUMN_SUCCESSOR] : NULL
    };
    return NULL;
}

static void add_line(reading *r, const line *l)
{
    bl_thesaurus *t = r->t;
    if (l->into) {
        join_concepts(r, l->concept, l->into);
        return;
    }
    if (t->count >= UINT32_MAX - 1 || !bl_grow(&t->list, &t->capacity, t->count + 1, sizeof *t->list)) {
        bl_fail_nomem(r->e);
        return;
    }
    bl_term *one = &t->list[t->count];
    *one = l->term;
    one->text = put_text(r, l->text, strlen(l->text));
    one->context = put_text(r, l->context, strlen(l->context));
    one->not_after = put_text(r, l->not_after, strlen(l->not_after));
    one->not_before = put_text(r, l->not_before, strlen(l->not_before));
    if (!bl_failed(r->e))
        link_term(r, l->concept, (uint32_t)t->count++);
}

static void read_line(reading *r, char *text, size_t number, reader read)
{
    char *fields[COLUMNS];
    line one;
    size_t size = strlen(text);
    if (size > 0 && text[size - 1] == '\r')
        text[size - 1] = '\0';
    if (*text == '\0' || *text == '#')
        return;
    size_t count = bl_concept_split(text, fields, COLUMNS);
    const char *reason = count <= COLUMN_FORM ? "the line has too few columns" : read(fields, &one);
    if (reason && r->problem && read == read_term)
        r->problem(r->context, number, reason);
    if (reason)
        return;
    one.concept = fields[BL_CONCEPT_NAME];
    one.text = fields[BL_CONCEPT_TERM];
    add_line(r, &one);
}

static void read_table(reading *r, bl_table table, reader read)
{
    if (bl_failed(r->e) || table.size == 0)
        return;
    char *copy = malloc(table.size + 1); /* fields end with NUL */
    if (!copy) {
        bl_fail_nomem(r->e);
        return;
    }
    memcpy(copy, table.text, table.size);
    copy[table.size] = '\0';
    size_t number = 0;
    for (char *text = copy; text && !bl_failed(r->e);) {
        char *end = strchr(text, '\n');
        if (end)
            *end++ = '\0';
        if (++number > 1)
            read_line(r, text, number, read);
        text = end;
    }
    free(copy);
}

/* ---- terms that were read when the library was built ---- */

static void take_texts(reading *r, const bl_terms *compiled)
{
    bl_buffer_append(&r->t->texts, compiled ? compiled->texts : "", compiled ? compiled->size : 1);
    if (r->t->texts.failed)
        bl_fail_nomem(r->e);
}

/* Rings do not reach from concepts to names. */
static void take_terms(reading *r, const bl_terms *compiled, size_t from, size_t to)
{
    bl_thesaurus *t = r->t;
    const uint32_t shift = (uint32_t)(t->count - from);
    if (!bl_failed(r->e) && !bl_grow(&t->list, &t->capacity, t->count + (to - from), sizeof *t->list))
        bl_fail_nomem(r->e);
    for (size_t i = from; i < to && !bl_failed(r->e); i++) {
        const bl_term *one = &compiled->list[i];
        t->list[t->count] = *one;
        t->list[t->count].other = one->other + shift;
        t->count++;
        if (i > from && one->concept == compiled->list[i - 1].concept)
            continue;
        uint32_t *slot = concept_slot(r, text_of(r, one->concept));
        if (slot && !*slot) {
            *slot = (uint32_t)t->count;
            r->concept_count++;
        }
    }
}

/* ---- keys ---- */

static bool is_characters(const bl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kind != BULLETIN_TOKEN_CJK && tokens->items[i].kind != BULLETIN_TOKEN_LAST)
            return false;
    return tokens->count > 0;
}

/* Terms that were taken over have theirs. */
static void make_keys(reading *r)
{
    bl_thesaurus *t = r->t;
    for (size_t i = 0; i < t->count && !bl_failed(r->e); i++) {
        bl_term *one = &t->list[i];
        if (one->key || (!one->typed && !one->found))
            continue;
        const char *text = text_of(r, one->text);
        bl_cut(r->e, r->cutter, text, strlen(text), &r->tokens);
        bl_term_key(&r->tokens, 0, r->tokens.count, &t->key);
        if (t->key.failed)
            bl_fail_nomem(r->e);
        if (bl_failed(r->e))
            return;
        one->key = put_text(r, t->key.data, t->key.size);
        const bl_folded *folded = bl_cutter_folded(r->cutter); /* the cut began with it */
        if (is_characters(&r->tokens))
            one->folded = put_text(r, folded->text, folded->size);
    }
}

static void chain(const bl_terms *terms, uint32_t *heads, const char *text, size_t size, size_t number,
                  uint32_t *next)
{
    uint32_t *head = &heads[bl_term_slot(terms, text, size)];
    *next = *head;
    *head = (uint32_t)number + 1;
}

static void chain_terms(reading *r)
{
    bl_thesaurus *t = r->t;
    bl_terms *now = &t->now;
    for (now->slots = 1024; now->slots < 2 * t->count;)
        now->slots *= 2;
    t->by_key = calloc(now->slots, sizeof *t->by_key);
    t->by_folded = calloc(now->slots, sizeof *t->by_folded);
    if (!t->by_key || !t->by_folded)
        bl_fail_nomem(r->e);
    for (size_t i = 0; i < t->count && !bl_failed(r->e); i++) {
        bl_term *one = &t->list[i];
        const char *key = text_of(r, one->key), *folded = text_of(r, one->folded);
        size_t size = strlen(folded);
        if (one->key)
            chain(now, t->by_key, key, strlen(key), i, &one->next);
        if (one->folded)
            chain(now, t->by_folded, folded, size, i, &one->next_folded);
        if (size > now->longest)
            now->longest = size;
    }
}

/* ---- the whole ---- */

static void read_all(reading *r, const bl_thesaurus_tables *tables)
{
    const bl_terms *compiled = tables->compiled;
    bl_thesaurus *t = r->t;
    take_texts(r, compiled);
    if (compiled && !tables->concepts.text)
        take_terms(r, compiled, 0, compiled->names);
    read_table(r, tables->concepts, read_term);
    t->now.names = t->count;
    if (compiled && !tables->names.text)
        take_terms(r, compiled, compiled->names, compiled->count);
    read_table(r, tables->names, read_name);
    read_table(r, tables->own_names, read_name);
    t->own = t->count;
    read_table(r, tables->own, read_term);
    make_keys(r);
    chain_terms(r);
}

void bl_thesaurus_read(bl_error *e, bl_thesaurus *t, bl_cutter *cutter, const bl_thesaurus_tables *tables,
                       bl_thesaurus_problem problem, void *context)
{
    reading r = { .e = e, .t = t, .cutter = cutter, .problem = problem, .context = context };
    read_all(&r, tables);
    t->joined = tables->own.size > 0 || tables->own_names.size > 0;
    t->now.list = t->list;
    t->now.count = t->count;
    t->now.by_key = t->by_key;
    t->now.by_folded = t->by_folded;
    t->now.texts = t->texts.data;
    t->now.size = t->texts.size;
    bl_tokens_free(&r.tokens);
    free(r.concepts);
}
