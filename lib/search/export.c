/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A query to the records of all bulletins that it finds, lowest id first. */
#include "export.h"

#include <stdlib.h>
#include <string.h>

#include "index/record.h"
#include "index/sql.h"
#include "index/store.h"
#include "search.h"

/* Searches before a writer that never rests is complained of. */
enum { MOST_TRIES = 8 };

typedef struct exporting {
    bl_database *db;
    bulletin_record_callback record;
    void *context;
} exporting;

static void hand_over(bl_error *e, const exporting *x, int64_t id)
{
    bl_record record = { 0 };
    bl_store_read(e, x->db, id, &record);
    char *json = bl_record_print(e, &record);
    if (json && !x->record(x->context, json, strlen(json)))
        bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
    bl_database_poll(e, x->db);
    free(json);
    bl_record_free(&record);
}

static bool asks_for_all(const char *query, size_t size, const bulletin_search_options *o)
{
    size_t blanks = 0;
    while (blanks < size && strchr(" \t\n", query[blanks]))
        blanks++;
    return blanks == size && !o->from && !o->until && !o->source && !o->lang && o->organization_count == 0 &&
           o->min_sources < 2;
}

/* All needs no index, so that a stale one keeps nobody from what he has. */
static void export_all(bl_error *e, const exporting *x)
{
    sqlite3_stmt *s = bl_sql_prepare(e, x->db->sql, "SELECT id FROM bulletin ORDER BY id");
    while (bl_sql_row(e, s))
        hand_over(e, x, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
}

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The ids of the documents found, in their order; new. Those removed since the search are left out. */
static int64_t *sorted_ids(bl_error *e, bl_database *db, const bl_top *top, size_t *count)
{
    int64_t *ids = bl_failed(e) ? NULL : malloc((top->count + 1) * sizeof *ids);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT id FROM bulletin WHERE doc = ?1");
    *count = 0;
    if (!ids)
        bl_fail_nomem(e);
    for (size_t i = 0; i < top->count && !bl_failed(e); i++) {
        bl_sql_int(e, s, 1, top->list[i].doc);
        if (bl_sql_row(e, s)) {
            ids[(*count)++] = sqlite3_column_int64(s, 0);
            sqlite3_reset(s);
        }
    }
    sqlite3_finalize(s);
    if (*count > 1)
        qsort(ids, *count, sizeof *ids, compare_ids);
    return ids;
}

static void export_found(bl_error *e, const exporting *x, const bl_top *top)
{
    size_t count;
    int64_t *ids = sorted_ids(e, x->db, top, &count);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        hand_over(e, x, ids[i]);
    free(ids);
}

/* Search, and begin a view of the archive as it was then: where somebody wrote in between, again. */
static void begin_found(bl_error *e, bl_database *db, const char *query, size_t size,
                        const bulletin_search_options *options, bl_result *found)
{
    bl_totals now;
    for (int i = 0; i < MOST_TRIES && !bl_failed(e); i++) {
        bl_search(e, db, query, size, options, found);
        bl_database_begin_read(e, db);
        bl_database_totals(e, db, &now);
        if (bl_failed(e) || now.revision == found->totals[BULLETIN_TOTAL_REVISION])
            return;
        bl_database_end(e, db);
        bl_result_free(found);
    }
    bl_fail(e, BULLETIN_BUSY, "another program keeps changing the archive; try again");
}

void bl_export(bl_error *e, bl_database *db, const char *query, size_t size,
               const bulletin_search_options *options, bulletin_record_callback record, void *context)
{
    const exporting x = { db, record, context };
    bulletin_search_options whole = *options;
    bl_result found = { 0 };
    whole.flags |= BULLETIN_NO_PARTIAL | BULLETIN_NO_COLLAPSE | BULLETIN_NO_SNIPPET;
    whole.limit = whole.offset = 0;
    if (asks_for_all(query, size, options)) {
        bl_database_begin_read(e, db);
        export_all(e, &x);
    } else {
        begin_found(e, db, query, size, &whole, &found);
        export_found(e, &x, &found.top);
    }
    bl_database_end(e, db);
    bl_result_free(&found);
}
