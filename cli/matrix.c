/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Figures by two fields into a table with a row for each of the one and a column for each of the other. */
#include "matrix.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

typedef struct column {
    const char *key;
    int64_t sum;
    size_t width;
    bool by_date;
} column;

typedef struct columns {
    column list[MATRIX_COLUMNS];
    size_t count;
    size_t places[MATRIX_COLUMNS]; /* of those in the order in which they were met */
    bool too_many;
} columns;

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Rows mostly have the same columns in the same order: look from one on. */
static size_t find(const columns *all, const char *key, size_t from)
{
    for (size_t i = 0; i < all->count; i++) {
        size_t at = from + i < all->count ? from + i : from + i - all->count;
        if (same(all->list[at].key, key))
            return at;
    }
    return all->count;
}

/* Those that have none come last. */
static int compare(const void *a, const void *b)
{
    const column *x = a, *y = b;
    if (x->key == NULL || y->key == NULL)
        return (x->key == NULL) - (y->key == NULL);
    if (!x->by_date && x->sum != y->sum)
        return x->sum > y->sum ? -1 : 1;
    return strcmp(x->key, y->key);
}

static size_t digits(int64_t figure)
{
    return (size_t)snprintf(NULL, 0, "%" PRId64, figure);
}

static const char *name_of(const matrix *m, const column *one)
{
    return one->key != NULL ? one->key : m->column_none;
}

static void sort_columns(columns *all)
{
    columns met = *all;
    qsort(all->list, all->count, sizeof *all->list, compare);
    for (size_t i = 0; i < met.count; i++)
        all->places[i] = find(all, met.list[i].key, i);
}

static void find_columns(const matrix *m, columns *out)
{
    size_t at = 0;
    for (size_t i = 0; i < m->count && !out->too_many; i++) {
        at = find(out, m->cells[i].column, at + 1 < out->count ? at + 1 : 0);
        out->too_many = at == MATRIX_COLUMNS;
        if (out->too_many)
            break;
        if (at == out->count)
            out->list[out->count++] = (column){ .key = m->cells[i].column, .by_date = m->by_date };
        out->list[at].sum += m->cells[i].figure;
        m->cells[i].place = at;
    }
    sort_columns(out);
    for (size_t i = 0; i < out->count; i++) {
        size_t name = terminal_columns(name_of(m, &out->list[i])), sum = digits(out->list[i].sum);
        out->list[i].width = 2 + (name > sum ? name : sum);
    }
}

static size_t widest_row(const matrix *m)
{
    size_t width = terminal_columns(message_text("sum"));
    for (size_t i = 0; i < m->count; i++) {
        if (i > 0 && m->cells[i].row == m->cells[i - 1].row)
            continue;
        const char *name = m->cells[i].row != NULL ? m->cells[i].row : m->row_none;
        size_t used = terminal_columns(name);
        width = used > width ? used : width;
    }
    return width;
}

/* To the left of what follows, or with `before` to the right of what stands there. */
static void put_name(writer *out, const char *name, size_t width, bool before)
{
    size_t used = before ? terminal_columns(name) : 0;
    writer_blanks(out, before && used < width ? width - used : 0);
    used = terminal_put_line(out, name, 0);
    writer_blanks(out, !before && used < width ? width - used : 0);
}

static void put_figures(writer *out, const columns *all, const int64_t *figures, size_t sum_width)
{
    int64_t sum = 0;
    for (size_t i = 0; i < all->count; i++) {
        writer_number(out, figures[i], all->list[i].width);
        sum += figures[i];
    }
    writer_number(out, sum, sum_width);
    writer_text(out, "\n");
}

/* Returns where the next row begins. */
static size_t put_row(writer *out, const matrix *m, const columns *all, size_t at, size_t width,
                      size_t sum_width)
{
    int64_t figures[MATRIX_COLUMNS] = { 0 };
    const char *row = m->cells[at].row;
    for (; at < m->count && same(m->cells[at].row, row); at++)
        figures[all->places[m->cells[at].place]] += m->cells[at].figure;
    put_name(out, row != NULL ? row : m->row_none, width, false);
    put_figures(out, all, figures, sum_width);
    return at;
}

bool matrix_put(writer *out, const matrix *m)
{
    columns all = { .count = 0 };
    int64_t sums[MATRIX_COLUMNS] = { 0 }, sum = 0;
    find_columns(m, &all);
    if (all.too_many)
        return false;
    for (size_t i = 0; i < all.count; i++)
        sum += sums[i] = all.list[i].sum;
    size_t width = widest_row(m), sum_width = terminal_columns(message_text("sum"));
    sum_width = 2 + (digits(sum) > sum_width ? digits(sum) : sum_width);
    put_name(out, "", width, false);
    for (size_t i = 0; i < all.count; i++)
        put_name(out, name_of(m, &all.list[i]), all.list[i].width, true);
    put_name(out, message_text("sum"), sum_width, true);
    writer_text(out, "\n");
    for (size_t at = 0; at < m->count;)
        at = put_row(out, m, &all, at, width, sum_width);
    put_name(out, message_text("sum"), width, false);
    put_figures(out, &all, sums, sum_width);
    return true;
}
