/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Stored text to a new index, in one transaction: until it commits the old one stays. */
#include <stdlib.h>
#include <string.h>

#include "maintain.h"
#include "sql.h"
#include "store.h"

enum { PROGRESS_EVERY = 256 };

typedef struct rebuild {
    bl_database *db;
    sqlite3_stmt *read, *index, *length;
    bl_totals totals;
    bulletin_progress progress;
} rebuild;

static void index_row(bl_error *e, rebuild *r)
{
    bl_fts *fts = &r->db->fts;
    bl_prepared columns[BL_FTS_COLUMNS] = { { 0 } };
    const char *text[BL_FTS_COLUMNS];
    bl_sql_int(e, r->index, 1, sqlite3_column_int64(r->read, 0));
    fts->pending_count = fts->pending_next = 0;
    for (int i = 0; i < BL_FTS_COLUMNS; i++) {
        const char *column = (const char *)sqlite3_column_text(r->read, 1 + i);
        text[i] = column ? column : "";
        bl_prepare(e, fts->cutter, &fts->tokens, text[i], &columns[i]);
        if (*text[i])
            fts->pending[fts->pending_count++] = &columns[i];
        bl_sql_text(e, r->index, 2 + i, text[i]);
        r->progress.bytes += strlen(text[i]);
    }
    bl_sql_done(e, r->index);
    fts->pending_count = fts->pending_next = 0;
    bl_sql_int(e, r->length, 1, sqlite3_column_int64(r->read, 0));
    for (int i = 0; i < BL_FTS_COLUMNS; i++) {
        bl_sql_int(e, r->length, 2 + i, columns[i].positions);
        free(columns[i].bytes);
    }
    bl_sql_done(e, r->length);
    r->totals.title_positions += columns[0].positions;
    r->totals.body_positions += columns[1].positions;
    r->totals.bulletins++;
}

static void index_rows(bl_error *e, rebuild *r, bulletin_progress_callback progress, void *context)
{
    r->read = bl_sql_prepare(e, r->db->sql, "SELECT doc, title, body FROM bulletin ORDER BY doc");
    r->index =
        bl_sql_prepare(e, r->db->sql, "INSERT INTO bulletin_fts(rowid, title, body) VALUES(?1, ?2, ?3)");
    r->length = bl_sql_prepare(e, r->db->sql, "INSERT INTO length(doc, title, body) VALUES(?1, ?2, ?3)");
    r->totals.bulletins = r->totals.title_positions = r->totals.body_positions = 0;
    r->progress.path = "";
    while (bl_sql_row(e, r->read)) {
        index_row(e, r);
        r->progress.done++;
        if (progress && r->progress.done % PROGRESS_EVERY == 0 && !progress(context, &r->progress))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped; the index is as it was");
        bl_database_poll(e, r->db);
    }
    sqlite3_finalize(r->length);
    sqlite3_finalize(r->index);
    sqlite3_finalize(r->read);
}

void bl_reindex(bl_error *e, bl_database *db, bulletin_progress_callback progress, void *context)
{
    rebuild r = { .db = db };
    bl_database_begin(e, db);
    bl_database_totals(e, db, &r.totals);
    bl_sql_exec(e, db->sql,
                "INSERT INTO bulletin_fts(bulletin_fts) VALUES('delete-all'); DELETE FROM length;");
    if (!bl_failed(e))
        index_rows(e, &r, progress, context);
    r.totals.revision++;
    bl_database_set_totals(e, db, &r.totals);
    bl_database_set_meta(e, db, "tokenizer", bl_token_identity());
    bl_database_set_meta(e, db, "icu", bl_token_icu());
    bl_database_end(e, db);
    if (!bl_failed(e))
        db->stale = false;
}
