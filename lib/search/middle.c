/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Ranges of documents to their middle, from a sample of them. */
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

static bool is_within(int64_t doc, const bl_slot_range *ranges, size_t count)
{
    size_t i = 0;
    while (i < count && (doc < ranges[i].first || doc > ranges[i].last))
        i++;
    return i < count;
}

int64_t bl_middle(bl_error *e, bl_database *db, const bl_totals *totals, const bl_slot_range *ranges,
                  size_t count)
{
    const bl_sample *sample = &db->sample;
    int64_t within[BL_SAMPLE];
    size_t found = 0;
    if (sample->count == 0 || sample->revision != totals->revision)
        take_sample(e, db, totals);
    for (size_t i = 0; i < sample->count; i++)
        if (is_within(sample->docs[i], ranges, count))
            within[found++] = sample->docs[i];
    return found < LEAST_SAMPLES || bl_failed(e) ? 0 : within[found / 2];
}
