/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents and their keys to figures of each key, or of each two, in order. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells ---- */

static bl_cell *find_cell(const bl_tally *t, const uint32_t keys[BL_FACETS_MOST])
{
    if (t->facet_count == 1)
        return &t->cells[keys[0]];
    uint64_t mixed = ((uint64_t)keys[0] << 32 | keys[1]) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(mixed >> 24) & (t->room - 1);
    while (t->cells[at].base && memcmp(t->cells[at].keys, keys, sizeof t->cells[at].keys) != 0)
        at = (at + 1) & (t->room - 1);
    return &t->cells[at];
}

static void enlarge(bl_error *e, bl_tally *t)
{
    bl_tally old = *t;
    t->room = old.room ? old.room * 4 : 1024;
    t->cells = calloc(t->room, sizeof *t->cells);
    if (!t->cells) {
        bl_fail_nomem(e);
        *t = old;
        return;
    }
    for (size_t i = 0; i < old.room; i++)
        if (old.cells[i].base)
            *find_cell(t, old.cells[i].keys) = old.cells[i];
    free(old.cells);
}

/* Of one field each key has a place of its own. */
static void make_cells(bl_error *e, bl_tally *t)
{
    if (t->facet_count > 1) {
        enlarge(e, t);
        return;
    }
    t->room = t->facets[0].name_count;
    t->cells = calloc(t->room, sizeof *t->cells);
    if (!t->cells)
        bl_fail_nomem(e);
}

static void count_cell(bl_error *e, bl_tally *t, size_t place, const uint32_t keys[BL_FACETS_MOST])
{
    if (t->facet_count > 1 && 2 * (t->count + 1) > t->room)
        enlarge(e, t);
    if (bl_failed(e))
        return;
    bl_cell *one = find_cell(t, keys);
    if (!one->base) {
        *one = (bl_cell){ .keys = { keys[0], keys[1] } };
        t->count++;
    }
    one->base++;
    one->bulletins += t->matches[place];
    one->stories += t->first[place];
    for (size_t f = 0; f < t->facet_count; f++)
        t->weights[f][keys[f]] += t->first[place];
}

static void count_cells(bl_error *e, bl_tally *t)
{
    const bl_facet *a = &t->facets[0], *b = &t->facets[1];
    bool two = t->facet_count > 1;
    for (size_t i = 0; i < t->docs->count && !bl_failed(e); i++)
        for (size_t x = a->first[i]; x < a->first[i + 1]; x++)
            for (size_t y = two ? b->first[i] : 0; y < (two ? b->first[i + 1] : 1); y++) {
                const uint32_t keys[BL_FACETS_MOST] = { a->keys[x], two ? b->keys[y] : 0 };
                count_cell(e, t, i, keys);
            }
}

void bl_tally_make(bl_error *e, bl_database *db, const bulletin_by *by, bl_tally *t)
{
    for (size_t f = 0; f < t->facet_count && !bl_failed(e); f++) {
        bl_facet_read(e, db, by[f], t->docs, &t->facets[f]);
        t->weights[f] = calloc(t->facets[f].name_count + 1, sizeof *t->weights[f]);
        if (!t->weights[f])
            bl_fail_nomem(e);
    }
    if (!bl_failed(e))
        make_cells(e, t);
    if (!bl_failed(e))
        count_cells(e, t);
}

/* ---- the order of keys ---- */

typedef struct ranked {
    uint32_t key, weight;
    uint64_t opening[2]; /* of the name, in order: most names differ in it */
    const char *name;
} ranked;

static uint64_t read_opening(const char **name)
{
    uint64_t bytes = 0;
    for (int i = 0; i < 8; i++)
        bytes = bytes << 8 | (unsigned char)(**name ? *(*name)++ : 0);
    return bytes;
}

static ranked rank_of(const bl_tally *t, size_t f, uint32_t key)
{
    const char *name = t->facets[f].names[key] ? t->facets[f].names[key] : "";
    ranked out = { key, t->facets[f].by_date ? 0 : t->weights[f][key], { 0, 0 }, name };
    out.opening[0] = read_opening(&name);
    out.opening[1] = read_opening(&name);
    return out;
}

static int compare_ranked(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    for (int i = 0; i < 2; i++)
        if (x->opening[i] != y->opening[i])
            return x->opening[i] < y->opening[i] ? -1 : 1;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : x->key < y->key ? -1 : x->key > y->key;
}

/* The place of each key that is wanted; those that have none come last. New. */
static uint32_t *rank_keys(bl_error *e, const bl_tally *t, size_t f, const bool *wanted)
{
    size_t all = t->facets[f].name_count, count = 0;
    ranked *list = malloc((all + 1) * sizeof *list);
    uint32_t *ranks = calloc(all + 1, sizeof *ranks);
    if (!list || !ranks)
        bl_fail_nomem(e);
    for (size_t i = 1; i < all && !bl_failed(e); i++)
        if (wanted[i])
            list[count++] = rank_of(t, f, (uint32_t)i);
    if (count > 1 && !bl_failed(e))
        qsort(list, count, sizeof *list, compare_ranked);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        ranks[list[i].key] = (uint32_t)i;
    if (ranks)
        ranks[0] = (uint32_t)count;
    free(list);
    return ranks;
}

/* ---- rows ---- */

static bool is_row(const bl_tally *t, const bl_cell *one)
{
    return one->base > 0 && (one->bulletins > 0 || (t->facet_count == 1 && t->facets[0].by_date));
}

/* By the ranks of one of their keys, and otherwise as they stand. */
static void sort_rows(bl_error *e, const bl_cell **rows, size_t count, size_t f, const uint32_t *ranks,
                      size_t most)
{
    const bl_cell **sorted = malloc((count + 1) * sizeof *sorted);
    size_t *next = calloc(most + 1, sizeof *next);
    if (!sorted || !next)
        bl_fail_nomem(e);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        next[ranks[rows[i]->keys[f]] + 1]++;
    for (size_t i = 1; i < most && !bl_failed(e); i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        sorted[next[ranks[rows[i]->keys[f]]]++] = rows[i];
    if (!bl_failed(e))
        memcpy(rows, sorted, count * sizeof *rows);
    free(sorted);
    free(next);
}

/* Names are read of what is shown alone. */
static void order_by(bl_error *e, bl_database *db, bl_tally *t, size_t f, const bl_cell **rows, size_t count)
{
    bl_facet *facet = &t->facets[f];
    uint32_t *ranks = NULL;
    bool *wanted = calloc(facet->name_count + 1, sizeof *wanted);
    if (!wanted)
        bl_fail_nomem(e);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        wanted[rows[i]->keys[f]] = true;
    if (!bl_failed(e))
        bl_facet_name(e, db, facet, wanted);
    if (!bl_failed(e))
        ranks = rank_keys(e, t, f, wanted);
    if (!bl_failed(e))
        sort_rows(e, rows, count, f, ranks, facet->name_count);
    free(ranks);
    free(wanted);
}

const bl_cell **bl_tally_rows(bl_error *e, bl_database *db, bl_tally *t, size_t *count)
{
    const bl_cell **rows = bl_failed(e) ? NULL : malloc((t->count + 1) * sizeof *rows);
    *count = 0;
    if (!rows) {
        bl_fail_nomem(e);
        return NULL;
    }
    for (size_t i = 0; i < t->room; i++)
        if (is_row(t, &t->cells[i]))
            rows[(*count)++] = &t->cells[i];
    for (size_t f = t->facet_count; f-- > 0 && !bl_failed(e);)
        order_by(e, db, t, f, rows, *count);
    return rows;
}

void bl_tally_free(bl_tally *t)
{
    for (size_t f = 0; f < BL_FACETS_MOST; f++) {
        bl_facet_free(&t->facets[f]);
        free(t->weights[f]);
    }
    free(t->cells);
    t->cells = NULL;
}
