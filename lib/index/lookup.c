/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A record to whether the archive holds it as it is, on any thread. */
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

#include "sql.h"

struct bl_lookup {
    sqlite3 *sql;
    sqlite3_stmt *find;
};

bl_lookup *bl_lookup_open(bl_error *e, bl_database *db)
{
    bl_lookup *lookup = bl_failed(e) ? NULL : calloc(1, sizeof *lookup);
    if (!lookup) {
        bl_fail_nomem(e);
        return NULL;
    }
    const char *path = sqlite3_db_filename(db->sql, "main");
    int code = sqlite3_open_v2(path, &lookup->sql, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        bl_sql_fail(e, lookup->sql, code);
    } else {
        bl_sql_exec(e, lookup->sql, "PRAGMA cache_size = -2048");
        lookup->find =
            bl_sql_prepare(e, lookup->sql, "SELECT content FROM bulletin WHERE key = ?1 AND collection = ?2");
    }
    if (bl_failed(e)) {
        bl_lookup_close(lookup);
        return NULL;
    }
    return lookup;
}

bool bl_lookup_unchanged(bl_lookup *lookup, const bl_item *item)
{
    bl_error e = BL_ERROR_INIT;
    const bl_record *r = &item->record;
    bl_sql_text(&e, lookup->find, 1, r->key);
    bl_sql_text(&e, lookup->find, 2, r->collection ? r->collection : "");
    if (!bl_sql_row(&e, lookup->find))
        return false;
    const void *content = sqlite3_column_blob(lookup->find, 0);
    bool same = content && sqlite3_column_bytes(lookup->find, 0) == BL_SHA256 &&
                memcmp(content, r->content, BL_SHA256) == 0;
    sqlite3_reset(lookup->find);
    return same || item->keep;
}

void bl_lookup_close(bl_lookup *lookup)
{
    if (!lookup)
        return;
    sqlite3_finalize(lookup->find);
    sqlite3_close_v2(lookup->sql);
    free(lookup);
}
