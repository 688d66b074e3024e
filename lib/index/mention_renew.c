/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Stored bulletins to the organizations that they name by the names known now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "mention.h"
#include "mention_block.h"
#include "sql.h"
#include "statement.h"
#include "store.h"

/* Bulletins of one transaction. */
enum { BATCH = 2000 };

typedef struct ids {
    int64_t *list;
    size_t count, capacity;
} ids;

static void read_ids(bl_error *e, sqlite3_stmt *s, ids *out)
{
    while (s && bl_sql_row(e, s)) {
        if (!bl_grow(&out->list, &out->capacity, out->count + 1, sizeof *out->list))
            bl_fail_nomem(e);
        else
            out->list[out->count++] = sqlite3_column_int64(s, 0);
    }
}

static int64_t doc_of(bl_error *e, bl_database *db, int64_t id)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_DOC);
    int64_t doc = 0;
    bl_sql_int(e, s, 1, id);
    if (bl_sql_row(e, s)) {
        doc = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    }
    return doc;
}

/* Whether anything changed. */
static bool renew(bl_error *e, bl_database *db, bl_finder *finder, int64_t id)
{
    bl_record record = { 0 };
    bl_names names = { 0 };
    int64_t doc = doc_of(e, db, id);
    if (doc == 0 || bl_failed(e))
        return false; /* somebody removed it */
    bl_store_read(e, db, id, &record);
    bl_mention_find(e, finder, &record, &names);
    const bool changed = !bl_failed(e) && !bl_mention_equal(e, db, &names, doc);
    if (changed) {
        bl_mention_remove(e, db, doc);
        bl_mention_insert(e, db, &names, doc);
    }
    bl_names_free(&names);
    bl_record_free(&record);
    return changed;
}

void bl_mention_renew(bl_error *e, bl_database *db, sqlite3_stmt *select)
{
    bl_finder finder = { .authority = db->authority };
    ids all = { 0 };
    size_t changed = 0;
    read_ids(e, select, &all);
    for (size_t i = 0; i < all.count && !bl_failed(e); i++) {
        changed += renew(e, db, &finder, all.list[i]);
        bl_database_poll(e, db);
    }
    if (changed > 0 && !bl_failed(e)) {
        bl_totals totals;
        bl_mention_wrote(e, db, changed);
        bl_database_totals(e, db, &totals);
        bl_store_raise_revision(e, db, &totals); /* who keeps what he read of them reads it again */
    }
    bl_finder_free(&finder);
    free(all.list);
}

static void set_meta(bl_error *e, bl_database *db, const char *value)
{
    bl_database_begin(e, db);
    bl_database_set_meta(e, db, BL_MENTION_META, value);
    bl_database_end(e, db);
}

/* False behind the last id. */
static bool renew_batch(bl_error *e, bl_database *db, int64_t *last)
{
    bl_database_begin(e, db);
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql, "SELECT id FROM bulletin WHERE id > ?1 AND id <= ?2 ORDER BY id");
    bl_sql_int(e, s, 1, *last);
    bl_sql_int(e, s, 2, *last + BATCH);
    bl_mention_renew(e, db, s);
    sqlite3_finalize(s);
    *last += BATCH;
    bool more = *last < bl_sql_get_int(e, db->sql, "SELECT coalesce(max(id), 0) FROM bulletin");
    bl_database_end(e, db);
    return more && !bl_failed(e);
}

/* Somebody who knows other names and writes meanwhile changes the note, and it stays changed. */
void bl_mention_renew_all(bl_error *e, bl_database *db)
{
    char own[24], renewing[sizeof own + sizeof BL_MENTION_RENEWING];
    int64_t last = 0;
    bl_mention_identity(db, own);
    snprintf(renewing, sizeof renewing, BL_MENTION_RENEWING "%s", own);
    set_meta(e, db, renewing);
    while (renew_batch(e, db, &last)) {
    }
    bl_database_begin(e, db);
    char *noted = bl_database_meta(e, db, BL_MENTION_META);
    if (noted && strcmp(noted, renewing) == 0)
        bl_database_set_meta(e, db, BL_MENTION_META, own);
    bl_database_end(e, db);
    free(noted);
}
