/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names to the searches that are kept under them. */
#include "saved.h"

#include <stdlib.h>
#include <string.h>

#include "sql.h"
#include "store.h"

/* A longer name, or a longer query, is a mistake. */
enum { MOST_NAME = 200, MOST_QUERY = 64 << 10 };

/* What ends a word of the query language cannot stand in a name. */
static bool is_name(const char *name)
{
    for (const char *s = name; *s; s++)
        if ((unsigned char)*s <= ' ' || strchr("()\"*:", *s))
            return false;
    static const char *const apart[] = { "\u3000", "\u00A0", "“", "”", "「", "」", "『", "』" };
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        if (strstr(name, apart[i]))
            return false;
    return *name != '\0' && strlen(name) <= MOST_NAME;
}

static void raise(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    bl_store_raise_revision(e, db, &totals);
}

void bl_saved_keep(bl_error *e, bl_database *db, const char *name, const char *query, size_t size)
{
    if (!bl_failed(e) && !is_name(name))
        bl_fail(e, BULLETIN_BAD_QUERY,
                "a saved search cannot be called \"%.60s\": use letters, digits, - and _", name);
    if (!bl_failed(e) && size > MOST_QUERY)
        bl_fail(e, BULLETIN_BAD_QUERY, "the query is longer than 64 KiB; it cannot be saved");
    char *text = bl_failed(e) ? NULL : strndup(query, size);
    if (!text)
        bl_fail_nomem(e);
    bl_database_begin(e, db);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "INSERT OR REPLACE INTO saved(name, query) VALUES(?1, ?2)");
    bl_sql_text(e, s, 1, name);
    bl_sql_text(e, s, 2, text);
    bl_sql_done(e, s);
    sqlite3_finalize(s);
    raise(e, db);
    bl_database_end(e, db);
    free(text);
}

void bl_saved_forget(bl_error *e, bl_database *db, const char *name)
{
    bl_database_begin(e, db);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "DELETE FROM saved WHERE name = ?1");
    bl_sql_text(e, s, 1, name);
    bl_sql_done(e, s);
    sqlite3_finalize(s);
    if (!bl_failed(e) && sqlite3_changes(db->sql) == 0)
        bl_fail(e, BULLETIN_NOT_FOUND, "no saved search is called %s", name);
    raise(e, db);
    bl_database_end(e, db);
}

void bl_saved_list(bl_error *e, bl_database *db, bulletin_saved_callback callback, void *context)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT name, query FROM saved ORDER BY name");
    while (bl_sql_row(e, s)) {
        const char *name = (const char *)sqlite3_column_text(s, 0);
        const char *query = (const char *)sqlite3_column_text(s, 1);
        if (!callback(context, name ? name : "", query ? query : ""))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
    }
    sqlite3_finalize(s);
}

char *bl_saved_find(bl_error *e, bl_database *db, const char *name, size_t size)
{
    char *own = bl_failed(e) ? NULL : strndup(name, size);
    if (!own)
        bl_fail_nomem(e);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT query FROM saved WHERE name = ?1");
    bl_sql_text(e, s, 1, own);
    char *query = bl_sql_row(e, s) ? bl_sql_copy(e, s, 0) : NULL;
    sqlite3_finalize(s);
    free(own);
    return query;
}
