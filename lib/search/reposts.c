/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A bulletin to its copies, each with how much of the text it shares. */
#include "reposts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "index/sql.h"
#include "index/text_cache.h"

static void forget(bl_reposts *list)
{
    for (size_t i = 0; i < list->count; i++) {
        bulletin_repost *one = &list->list[i];
        free((void *)(uintptr_t)one->title);
        free((void *)(uintptr_t)one->source);
        free((void *)(uintptr_t)one->site);
        free((void *)(uintptr_t)one->published);
    }
    list->count = 0;
}

void bl_reposts_free(bl_reposts *list)
{
    forget(list);
    free(list->list);
    *list = (bl_reposts){ 0 };
}

void bl_reposts_read(bl_error *e, bl_database *db, int64_t doc, bl_reposts *out)
{
    forget(out);
    sqlite3_stmt *s = bl_sql_prepare(
        e, db->sql,
        "SELECT doc, id, title, source, site, published FROM story JOIN bulletin USING(doc) WHERE story ="
        " (SELECT story FROM story WHERE doc = ?1) AND doc <> ?1"
        " ORDER BY published_earliest IS NULL, published_earliest, id");
    bl_sql_int(e, s, 1, doc);
    while (bl_sql_row(e, s)) {
        if (!bl_grow(&out->list, &out->capacity, out->count + 1, sizeof *out->list)) {
            bl_fail_nomem(e);
            break;
        }
        bulletin_repost *one = &out->list[out->count++];
        *one = (bulletin_repost){ .id = sqlite3_column_int64(s, 1) };
        one->title = bl_sql_copy(e, s, 2);
        one->source = bl_sql_copy(e, s, 3);
        one->site = bl_sql_copy(e, s, 4);
        one->published = bl_sql_copy(e, s, 5);
        one->similarity = bl_text_similarity(e, db, doc, sqlite3_column_int64(s, 0));
    }
    sqlite3_finalize(s);
}

/* ---- as JSON ---- */

void bl_repost_tell(bl_error *e, bl_database *db, int64_t id, double similarity, const bl_telling *to)
{
    sqlite3_stmt *s = bl_sql_prepare(
        e, db->sql,
        "SELECT json_object('id', id, 'title', title, 'source', source, 'site', site, 'published', published,"
        " 'similarity', round(?2, 4)) FROM bulletin WHERE id = ?1");
    bl_sql_int(e, s, 1, id);
    if (!bl_failed(e))
        sqlite3_bind_double(s, 2, similarity);
    if (bl_sql_row(e, s) &&
        !to->record(to->context, (const char *)sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0)))
        bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
    sqlite3_finalize(s);
}

void bl_reposts_tell(bl_error *e, bl_database *db, int64_t id, bulletin_record_callback record, void *context)
{
    bl_reposts list = { 0 };
    const bl_telling to = { record, context };
    sqlite3_stmt *find = bl_sql_prepare(e, db->sql, "SELECT doc FROM bulletin WHERE id = ?1");
    bl_sql_int(e, find, 1, id);
    if (bl_sql_row(e, find))
        bl_reposts_read(e, db, sqlite3_column_int64(find, 0), &list);
    else
        bl_fail(e, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
    for (size_t i = 0; i < list.count && !bl_failed(e); i++)
        bl_repost_tell(e, db, list.list[i].id, list.list[i].similarity, &to);
    sqlite3_finalize(find);
    bl_reposts_free(&list);
}
