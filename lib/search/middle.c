/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A range of documents to its middle, from a sample of them. */
#include "middle.h"

#include <stdlib.h>

#include "index/statement.h"

enum { LEAST_SAMPLES = 6 };

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Numbers grow with every import, whatever the dates: bulletins at even steps are a sample of all. Kept with
 * the connection while the archive stays the same. */
static void take_sample(bl_error *e, bl_database *db, const bl_totals *totals)
{
    bl_sample *sample = &db->sample;
    sqlite3_stmt *row = bl_statement_get(e, db, BL_SQL_SAMPLE);
    *sample = (bl_sample){ .revision = totals->revision };
    for (int64_t i = 0; i < BL_SAMPLE && !bl_failed(e); i++) {
        bl_sql_int(e, row, 1, i * totals->next_id / BL_SAMPLE);
        if (!bl_sql_row(e, row))
            continue;
        sample->docs[sample->count++] = sqlite3_column_int64(row, 0);
        sqlite3_reset(row);
    }
    qsort(sample->docs, sample->count, sizeof *sample->docs, compare);
}

int64_t bl_middle(bl_error *e, bl_database *db, const bl_totals *totals, bl_slot_range range)
{
    const bl_sample *sample = &db->sample;
    size_t first = 0, end = 0;
    if (sample->count == 0 || sample->revision != totals->revision)
        take_sample(e, db, totals);
    while (first < sample->count && sample->docs[first] < range.first)
        first++;
    for (end = first; end < sample->count && sample->docs[end] <= range.last;)
        end++;
    return end - first < LEAST_SAMPLES ? range.first : sample->docs[first + (end - first) / 2];
}
