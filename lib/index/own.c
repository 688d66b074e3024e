/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The user's own entries of the authority to rows of the archive, and rows to entries. */
#include "own.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "mention.h"
#include "sql.h"

#define COLUMNS "id, name, lang, form, kind, parent, place, successor, \"when\", not_after, not_before"
enum { COLUMN_COUNT = 11 };

int64_t bl_own_revision(bl_error *e, bl_database *db)
{
    char *text = bl_database_meta(e, db, "own_names");
    int64_t revision = text ? strtoll(text, NULL, 10) : 0;
    free(text);
    return revision;
}

char *bl_own_print(bl_error *e, bl_database *db)
{
    bl_buffer out = { 0 };
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT " COLUMNS " FROM authority ORDER BY number");
    bl_buffer_puts(&out,
                   "id\tname\tlang\tform\tkind\tparent\tplace\tsuccessor\twhen\tnot_after\tnot_before\n");
    while (s && bl_sql_row(e, s))
        for (int i = 0; i < COLUMN_COUNT; i++) {
            const char *text = (const char *)sqlite3_column_text(s, i);
            bl_buffer_puts(&out, text ? text : "");
            bl_buffer_putc(&out, i + 1 < COLUMN_COUNT ? '\t' : '\n');
        }
    sqlite3_finalize(s);
    char *text = bl_failed(e) ? NULL : bl_buffer_steal(&out);
    if (!text)
        bl_fail_nomem(e);
    bl_buffer_free(&out);
    return text;
}

void bl_own_read(bl_error *e, bl_database *db, bl_authority *authority)
{
    char *text = bl_own_print(e, db);
    if (text)
        bl_authority_read(e, authority, text, strlen(text), NULL, NULL);
    free(text);
}

/* A cell of a table is one line without tabs. */
static bool fits_cell(const char *text)
{
    for (const unsigned char *s = (const unsigned char *)text; *s; s++)
        if (*s < 0x20)
            return false;
    return true;
}

void bl_own_insert(bl_error *e, bl_database *db, const bl_own_row *row)
{
    const char *const cells[COLUMN_COUNT] = { row->id,   row->name,      row->lang,      row->form,
                                              row->kind, row->parent,    row->place,     row->successor,
                                              row->when, row->not_after, row->not_before };
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql,
                                     "INSERT OR REPLACE INTO authority(" COLUMNS ")"
                                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    for (int i = 0; i < COLUMN_COUNT && !bl_failed(e); i++) {
        if (cells[i] && !fits_cell(cells[i]))
            bl_fail(e, BULLETIN_BAD_INPUT, "a name is one line without tabs");
        bl_sql_text(e, s, i + 1, cells[i] ? cells[i] : "");
    }
    if (s)
        bl_sql_done(e, s);
    sqlite3_finalize(s);
    char number[24];
    snprintf(number, sizeof number, "%" PRId64, bl_own_revision(e, db) + 1);
    bl_database_set_meta(e, db, "own_names", number);
}

char *bl_own_id(bl_error *e, bl_database *db, const bl_authority *authority)
{
    int64_t last = bl_sql_get_int(e, db->sql, "SELECT coalesce(max(number), 0) FROM authority");
    char id[32];
    do
        snprintf(id, sizeof id, "own-%" PRId64, ++last);
    while (bl_authority_body(authority, id) >= 0);
    char *copy = strdup(id);
    if (!copy)
        bl_fail_nomem(e);
    return copy;
}

/* ---- bulletins that a change concerns ---- */

static void renew_where(bl_error *e, bl_database *db, const char *select, const char *text)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, select);
    bl_sql_text(e, s, 1, text);
    bl_mention_renew(e, db, s);
    sqlite3_finalize(s);
}

#define NAMING                                                                                               \
    "SELECT b.id FROM organization o JOIN mention m ON m.organization = o.id"                                \
    " JOIN bulletin b ON b.doc = m.doc WHERE o.key = ?1"

static void renew_holding(bl_error *e, bl_database *db, const char *name)
{
    bl_buffer phrase = { 0 };
    bl_folded folded = { 0 };
    bl_buffer_putc(&phrase, '"');
    for (const char *s = name; *s; s++) {
        if (*s == '"')
            bl_buffer_putc(&phrase, '"'); /* FTS5 wants it twice */
        bl_buffer_putc(&phrase, *s);
    }
    bl_buffer_putc(&phrase, '"');
    if (!phrase.failed)
        renew_where(e, db,
                    "SELECT id FROM bulletin WHERE doc IN (SELECT rowid FROM bulletin_fts WHERE"
                    " bulletin_fts MATCH ?1)",
                    phrase.data);
    bl_buffer_cut(&phrase, 0);
    bl_fold(e, name, strlen(name), &folded);
    bl_buffer_puts(&phrase, BL_KEY_NAME);
    bl_buffer_puts(&phrase, bl_failed(e) ? "" : folded.text);
    if (phrase.failed)
        bl_fail_nomem(e);
    renew_where(e, db, NAMING, phrase.data);
    bl_folded_free(&folded);
    bl_buffer_free(&phrase);
}

void bl_own_renew(bl_error *e, bl_database *db, const char *name, const char *id)
{
    if (name)
        renew_holding(e, db, name);
    if (id) {
        bl_buffer key = { 0 };
        bl_buffer_puts(&key, BL_KEY_BODY);
        bl_buffer_puts(&key, id);
        if (key.failed)
            bl_fail_nomem(e);
        renew_where(e, db, NAMING, key.data);
        bl_buffer_free(&key);
    }
}
