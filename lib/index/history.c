/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A bulletin's id to its former texts, and to the places where its text stands. */
#include "history.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "sql.h"

static sqlite3_stmt *prepare_with_id(bl_error *e, bl_database *db, const char *text, int64_t id)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, text);
    bl_sql_int(e, s, 1, id);
    return s;
}

static void need_bulletin(bl_error *e, bl_database *db, int64_t id)
{
    sqlite3_stmt *s = prepare_with_id(e, db, "SELECT 1 FROM bulletin WHERE id = ?1", id);
    if (!bl_sql_row(e, s))
        bl_fail(e, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
    sqlite3_finalize(s);
}

/* A stored record is an object: its number and the time of its end go before its first member. */
static void put_version(bl_error *e, sqlite3_stmt *row, bl_buffer *out)
{
    const char *replaced = (const char *)sqlite3_column_text(row, 1);
    const char *record = (const char *)sqlite3_column_text(row, 2);
    if (!replaced || !record || record[0] != '{') {
        bl_fail(e, BULLETIN_CORRUPT, "a former text cannot be read; run: bulletin check");
        return;
    }
    bl_buffer_cut(out, 0);
    bl_buffer_printf(out, "{\"version\":%" PRId64 ",\"replaced\":\"%s\",",
                     (int64_t)sqlite3_column_int64(row, 0), replaced);
    bl_buffer_puts(out, record + 1);
    if (out->failed)
        bl_fail_nomem(e);
}

void bl_history_versions(bl_error *e, bl_database *db, int64_t id, bulletin_record_callback record,
                         void *context)
{
    bl_buffer json = { 0 };
    need_bulletin(e, db, id);
    sqlite3_stmt *s = prepare_with_id(
        e, db, "SELECT number, replaced, record FROM version WHERE id = ?1 ORDER BY number", id);
    while (bl_sql_row(e, s)) {
        put_version(e, s, &json);
        if (!bl_failed(e) && !record(context, json.data, json.size))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
    }
    sqlite3_finalize(s);
    bl_buffer_free(&json);
}

/* The paths as a JSON array, new; NULL when the origin is the only one. */
static char *list_locations(bl_error *e, bl_database *db, int64_t id)
{
    sqlite3_stmt *s = prepare_with_id(
        e, db,
        "SELECT json_group_array(path) FROM (SELECT path FROM file WHERE id = ?1 UNION"
        " SELECT path FROM bulletin WHERE id = ?1 AND path IS NOT NULL ORDER BY path) HAVING count(*) > 1",
        id);
    char *list = bl_sql_row(e, s) ? bl_sql_copy(e, s, 0) : NULL;
    sqlite3_finalize(s);
    return list;
}

char *bl_history_locate(bl_error *e, bl_database *db, int64_t id, char *json)
{
    char *list = list_locations(e, db, id);
    bl_buffer out = { 0 };
    if (list && json) {
        bl_buffer_append(&out, json, strlen(json) - 1);
        bl_buffer_printf(&out, ",\"locations\":%s}", list);
        free(json);
        json = bl_buffer_steal(&out);
        if (!json)
            bl_fail_nomem(e);
    }
    free(list);
    if (bl_failed(e)) {
        free(json);
        json = NULL;
    }
    return json;
}
