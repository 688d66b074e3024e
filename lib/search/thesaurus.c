/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A table of concepts and their terms to the other words for what was typed. */
#include "thesaurus.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "text/fold.h"

/* organizations.tsv, whose first three columns are those of a table of concepts */
enum { COLUMN_FORM = 3, COLUMN_WHEN = 8, COLUMNS = 11 };

typedef struct entry {
    uint32_t other;      /* the next entry of its concept; the last one's is the first */
    const char *concept; /* into bl_thesaurus.text, as are the next four */
    const char *text;
    const char *context;
    const char *folded; /* of terms in characters; else NULL */
    const char *key;
    const char *not_after, *not_before;
    bl_relation relation;
    bl_quality quality;
    bool typed;    /* brings the others when typed */
    bool found;    /* is brought by the others */
    uint32_t next; /* entry with the same hash, + 1 */
    uint32_t next_folded;
} entry;

struct bl_thesaurus {
    char *text[3]; /* the tables; tabs and line ends are NULs */
    entry *entries;
    size_t count, capacity;
    size_t own;                   /* the first entry of the archive's own table */
    uint32_t *by_key, *by_folded; /* hash chains, entry + 1 */
    size_t slots;
    size_t longest; /* bytes of the longest folded term */
    bl_buffer key;  /* of what is looked for */
    bl_synonym *synonyms;
    size_t synonym_capacity;
};

/* ---- keys ---- */

/* FNV-1a, 32 bits (Fowler, Noll, Vo). */
static uint32_t hash(const char *s, size_t size)
{
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < size; i++)
        value = (value ^ (unsigned char)s[i]) * 16777619u;
    return value;
}

/* Each position's stem, or its token where it has none, so that inflections share a key. Symbols between
 * words (self-employed, 五·一) count as nothing. */
static void make_key(const bl_tokens *tokens, size_t first, size_t end, bl_buffer *out)
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

/* ---- reading the table ---- */

static const char *read_term(char *fields[COLUMNS], entry *out)
{
    bl_concept read;
    const char *reason = bl_concept_read((const char *const *)fields, &read);
    if (reason)
        return reason;
    bool typed = read.direction != BL_DIRECTION_TO && read.relation != BL_RELATION_NARROWER;
    *out = (entry){ .text = fields[BL_CONCEPT_TERM],
                    .context = fields[BL_CONCEPT_CONTEXT],
                    .not_after = fields[BL_CONCEPT_NOT_AFTER],
                    .not_before = fields[BL_CONCEPT_NOT_BEFORE],
                    .relation = read.relation,
                    .quality = read.quality,
                    .typed = typed && read.quality != BL_QUALITY_AMBIGUOUS,
                    .found = read.direction != BL_DIRECTION_FROM && read.relation != BL_RELATION_BROADER };
    return NULL;
}

/* A body's names. One that needs something else to decide what it means (省总) is nobody's, a former one may
 * have been another body, a pattern is no name. */
static const char *read_name(char *fields[COLUMNS], entry *out)
{
    const char *form = fields[COLUMN_FORM];
    bool machine = strcmp(form, "machine") == 0;
    bool name =
        machine || strcmp(form, "full") == 0 || strcmp(form, "short") == 0 || strcmp(form, "variant") == 0;
    bool use = name && *fields[COLUMN_WHEN] == '\0' && strlen(fields[BL_CONCEPT_TERM]) <= BL_CONCEPT_MOST;
    *out = (entry){ .text = fields[BL_CONCEPT_TERM],
                    .context = "",
                    .not_after = fields[COLUMN_WHEN + 1],
                    .not_before = fields[COLUMN_WHEN + 2],
                    .quality = machine ? BL_QUALITY_MACHINE : BL_QUALITY_EXACT,
                    .typed = use,
                    .found = use };
    return NULL;
}

/* The first entry of a concept that another table holds; the entry's own number when none does. */
static size_t find_concept(const bl_thesaurus *t, const entry *one)
{
    const char *last = NULL;
    for (size_t i = 0; i < t->own; i++) {
        if (t->entries[i].concept != last && strcmp(t->entries[i].concept, one->concept) == 0)
            return i;
        last = t->entries[i].concept;
    }
    return t->count;
}

/* Rows of one concept stand together; only the archive's own table adds to concepts of others. */
static void add_entry(bl_error *e, bl_thesaurus *t, entry *one)
{
    if (!bl_grow(&t->entries, &t->capacity, t->count + 1, sizeof *t->entries)) {
        bl_fail_nomem(e);
        return;
    }
    entry *last = t->count > 0 ? &t->entries[t->count - 1] : NULL;
    size_t before = t->count;
    if (last && strcmp(last->concept, one->concept) == 0) {
        one->concept = last->concept;
        before = t->count - 1;
    } else if (t->own <= t->count) {
        before = find_concept(t, one);
    }
    one->other = (uint32_t)t->count;
    if (before < t->count) {
        one->other = t->entries[before].other;
        t->entries[before].other = (uint32_t)t->count;
    }
    t->entries[t->count++] = *one;
}

typedef const char *(*reader)(char *fields[COLUMNS], entry *out);

static void read_table(bl_error *e, bl_thesaurus *t, char *table, reader read, bl_thesaurus_problem problem,
                       void *context)
{
    size_t number = 0;
    for (char *line = table; line && !bl_failed(e);) {
        char *end = strchr(line, '\n'), *fields[COLUMNS];
        if (end)
            *end = '\0';
        size_t size = strlen(line);
        if (size > 0 && line[size - 1] == '\r')
            line[size - 1] = '\0';
        if (++number > 1 && *line != '\0' && *line != '#') {
            entry one;
            size_t count = bl_concept_split(line, fields, COLUMNS);
            const char *reason = count <= COLUMN_FORM ? "the line has too few columns" : read(fields, &one);
            if (!reason) {
                one.concept = fields[BL_CONCEPT_NAME];
                add_entry(e, t, &one);
            }
            if (reason && problem)
                problem(context, number, reason);
        }
        line = end ? end + 1 : NULL;
    }
}

/* ---- indexes ---- */

static bool is_characters(const bl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kind != BULLETIN_TOKEN_CJK && tokens->items[i].kind != BULLETIN_TOKEN_LAST)
            return false;
    return tokens->count > 0;
}

static char *copy(bl_error *e, const char *text, size_t size)
{
    char *own = malloc(size + 1);
    if (!own) {
        bl_fail_nomem(e);
        return NULL;
    }
    memcpy(own, text, size);
    own[size] = '\0';
    return own;
}

static void chain(uint32_t *heads, size_t slots, const char *key, size_t number, uint32_t *next)
{
    uint32_t *head = &heads[hash(key, strlen(key)) & (slots - 1)];
    *next = *head;
    *head = (uint32_t)number + 1;
}

static void index_entry(bl_error *e, bl_thesaurus *t, size_t number, bl_cutter *cutter, bl_tokens *tokens)
{
    entry *one = &t->entries[number];
    if (!one->typed && !one->found)
        return;
    bl_cut(e, cutter, one->text, strlen(one->text), tokens);
    make_key(tokens, 0, tokens->count, &t->key);
    one->key = bl_failed(e) || t->key.failed ? NULL : copy(e, t->key.data ? t->key.data : "", t->key.size);
    if (!one->key)
        return;
    chain(t->by_key, t->slots, one->key, number, &one->next);
    if (!is_characters(tokens))
        return;
    const bl_folded *folded = bl_cutter_folded(cutter); /* the cut began with it */
    one->folded = bl_failed(e) ? NULL : copy(e, folded->text, folded->size);
    if (!one->folded)
        return;
    chain(t->by_folded, t->slots, one->folded, number, &one->next_folded);
    if (folded->size > t->longest)
        t->longest = folded->size;
}

static void index_table(bl_error *e, bl_thesaurus *t, bl_cutter *cutter)
{
    bl_tokens tokens = { 0 };
    for (t->slots = 1024; t->slots < 2 * t->count;)
        t->slots *= 2;
    t->by_key = calloc(t->slots, sizeof *t->by_key);
    t->by_folded = calloc(t->slots, sizeof *t->by_folded);
    if (!t->by_key || !t->by_folded)
        bl_fail_nomem(e);
    for (size_t i = 0; i < t->count && !bl_failed(e); i++)
        index_entry(e, t, i, cutter, &tokens);
    bl_tokens_free(&tokens);
}

bl_thesaurus *bl_thesaurus_open(bl_error *e, bl_cutter *cutter, const bl_thesaurus_tables *tables,
                                bl_thesaurus_problem problem, void *context)
{
    bl_thesaurus *t = bl_failed(e) ? NULL : calloc(1, sizeof *t);
    if (!t) {
        bl_fail_nomem(e);
        return NULL;
    }
    const bl_table all[] = { tables->concepts, tables->names, tables->own };
    for (size_t i = 0; i < 3; i++)
        t->text[i] = copy(e, all[i].text ? all[i].text : "", all[i].size);
    t->own = SIZE_MAX;
    if (!bl_failed(e)) {
        read_table(e, t, t->text[0], read_term, problem, context);
        read_table(e, t, t->text[1], read_name, NULL, NULL);
        t->own = t->count;
        read_table(e, t, t->text[2], read_term, problem, context);
        index_table(e, t, cutter);
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
    for (size_t i = 0; i < t->count; i++) {
        free((char *)t->entries[i].key);
        free((char *)t->entries[i].folded);
    }
    bl_buffer_free(&t->key);
    free(t->synonyms);
    free(t->by_key);
    free(t->by_folded);
    free(t->entries);
    for (size_t i = 0; i < 3; i++)
        free(t->text[i]);
    free(t);
}

/* ---- looking up ---- */

/* A term that another concept has brought already is not added again; terms of one differ, unless the
 * archive's own repeat them. */
static bool add_synonym(bl_thesaurus *t, size_t *count, size_t others, size_t number)
{
    const entry *one = &t->entries[number];
    size_t most = t->own == t->count ? others : *count;
    for (size_t i = 0; i < most; i++)
        if (strcmp(t->synonyms[i].text, one->text) == 0)
            return true;
    if (!bl_grow(&t->synonyms, &t->synonym_capacity, *count + 1, sizeof *t->synonyms))
        return false;
    t->synonyms[(*count)++] = (bl_synonym){ .text = one->text,
                                            .context = one->context,
                                            .quality = one->quality,
                                            .narrower = one->relation == BL_RELATION_NARROWER,
                                            .own = number >= t->own };
    return true;
}

/* The other terms of a typed term's concept, in their order. */
static bool add_concept(bl_thesaurus *t, size_t *count, size_t typed, bl_quality worst)
{
    const char *key = t->entries[typed].key;
    const size_t others = *count;
    size_t first = typed;
    for (size_t i = t->entries[typed].other; i != typed; i = t->entries[i].other)
        if (i < first)
            first = i;
    size_t i = first;
    do {
        const entry *one = &t->entries[i];
        if (one->found && one->quality <= worst && one->key && strcmp(one->key, key) != 0 &&
            !add_synonym(t, count, others, i))
            return false;
        i = one->other;
    } while (i != first);
    return true;
}

size_t bl_thesaurus_find(bl_error *e, bl_thesaurus *t, const bl_tokens *tokens, size_t first, size_t end,
                         bl_quality worst, const bl_synonym **list)
{
    size_t count = 0;
    *list = NULL;
    make_key(tokens, first, end, &t->key);
    if (bl_failed(e) || t->key.failed || t->key.size == 0)
        return 0;
    uint32_t number = t->by_key[hash(t->key.data, t->key.size) & (t->slots - 1)];
    for (; number; number = t->entries[number - 1].next) {
        const entry *one = &t->entries[number - 1];
        if (one->typed && strcmp(one->key, t->key.data) == 0 && !add_concept(t, &count, number - 1, worst))
            bl_fail_nomem(e);
    }
    *list = t->synonyms;
    return bl_failed(e) ? 0 : count;
}

void bl_thesaurus_guard(bl_thesaurus *t, const bl_tokens *tokens, size_t first, size_t end,
                        const char **not_after, const char **not_before)
{
    *not_after = *not_before = "";
    make_key(tokens, first, end, &t->key);
    if (t->key.failed || t->key.size == 0)
        return;
    uint32_t number = t->by_key[hash(t->key.data, t->key.size) & (t->slots - 1)];
    for (; number; number = t->entries[number - 1].next) {
        const entry *one = &t->entries[number - 1];
        if (strcmp(one->key, t->key.data) == 0 && (*one->not_after || *one->not_before)) {
            *not_after = one->not_after;
            *not_before = one->not_before;
        }
    }
}

static size_t longest(void *context, const char *folded, size_t size)
{
    const bl_thesaurus *t = context;
    size_t limit = size < t->longest ? size : t->longest;
    uint32_t value = 2166136261u;
    size_t best = 0;
    /* One hash grows along the text; each prefix that ends a character is looked up with it. */
    for (size_t i = 0; i < limit; i++) {
        value = (value ^ (unsigned char)folded[i]) * 16777619u;
        if (i + 1 < size && ((unsigned char)folded[i + 1] & 0xC0) == 0x80)
            continue;
        uint32_t number = t->by_folded[value & (t->slots - 1)];
        for (; number; number = t->entries[number - 1].next_folded) {
            const char *term = t->entries[number - 1].folded;
            if (strlen(term) == i + 1 && memcmp(term, folded, i + 1) == 0)
                best = i + 1;
        }
    }
    return best;
}

const char *bl_thesaurus_run(const bl_thesaurus *t, size_t *i)
{
    while (*i < t->count)
        if (t->entries[(*i)++].folded)
            return t->entries[*i - 1].folded;
    return NULL;
}

bl_word_list bl_thesaurus_words(bl_thesaurus *t)
{
    return (bl_word_list){ longest, t };
}
