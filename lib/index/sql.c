/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* SQLite's calls and codes to steps with one sticky failure and its sentence. */
#include "sql.h"

#include <limits.h>
#include <string.h>

static bulletin_status status_of(int code)
{
    if (code == SQLITE_IOERR_NOMEM)
        return BULLETIN_NOMEM;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return BULLETIN_NOMEM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return BULLETIN_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
        return BULLETIN_CORRUPT;
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
        return BULLETIN_INTERRUPTED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return BULLETIN_READ_ONLY;
    case SQLITE_MISUSE:
        return BULLETIN_MISUSE;
    default:
        return BULLETIN_IO;
    }
}

static const char *advice(bulletin_status status)
{
    switch (status) {
    case BULLETIN_BUSY:
        return "another program is writing to the archive; try again or wait longer";
    case BULLETIN_CORRUPT:
        return "the archive is damaged; run a check, or go back to a backup";
    case BULLETIN_INTERRUPTED:
        return "interrupted";
    case BULLETIN_READ_ONLY:
        return "the archive cannot be written; check permissions of file and folder";
    case BULLETIN_IO:
        return "the file system refused; check free space and permissions";
    default:
        return "the archive could not be used";
    }
}

void bl_sql_fail(bl_error *e, sqlite3 *sql, int code)
{
    bulletin_status status = status_of(code);
    if (status == BULLETIN_NOMEM)
        bl_fail_nomem(e);
    else if (status == BULLETIN_INTERRUPTED)
        bl_fail(e, status, "interrupted");
    else
        bl_fail(e, status, "%s (SQLite: %s)", advice(status),
                sql ? sqlite3_errmsg(sql) : sqlite3_errstr(code));
}

void bl_sql_exec(bl_error *e, sqlite3 *sql, const char *text)
{
    if (bl_failed(e))
        return;
    int code = sqlite3_exec(sql, text, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        bl_sql_fail(e, sql, code);
}

sqlite3_stmt *bl_sql_prepare(bl_error *e, sqlite3 *sql, const char *text)
{
    sqlite3_stmt *s = NULL;
    if (bl_failed(e))
        return NULL;
    int code = sqlite3_prepare_v3(sql, text, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
    if (code != SQLITE_OK)
        bl_sql_fail(e, sql, code);
    return s;
}

static void bound(bl_error *e, sqlite3_stmt *s, int code)
{
    if (code != SQLITE_OK)
        bl_sql_fail(e, sqlite3_db_handle(s), code);
}

void bl_sql_int(bl_error *e, sqlite3_stmt *s, int index, int64_t value)
{
    if (!bl_failed(e))
        bound(e, s, sqlite3_bind_int64(s, index, value));
}

void bl_sql_null(bl_error *e, sqlite3_stmt *s, int index)
{
    if (!bl_failed(e))
        bound(e, s, sqlite3_bind_null(s, index));
}

void bl_sql_text(bl_error *e, sqlite3_stmt *s, int index, const char *text)
{
    if (!bl_failed(e))
        bound(e, s,
              text ? sqlite3_bind_text64(s, index, text, strlen(text), SQLITE_STATIC, SQLITE_UTF8)
                   : sqlite3_bind_null(s, index));
}

void bl_sql_blob(bl_error *e, sqlite3_stmt *s, int index, const void *bytes, size_t size)
{
    if (!bl_failed(e))
        bound(e, s, sqlite3_bind_blob64(s, index, bytes, size, SQLITE_STATIC));
}

bool bl_sql_row(bl_error *e, sqlite3_stmt *s)
{
    if (bl_failed(e))
        return false;
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        bl_sql_fail(e, sqlite3_db_handle(s), code);
    sqlite3_reset(s);
    return false;
}

void bl_sql_done(bl_error *e, sqlite3_stmt *s)
{
    if (bl_sql_row(e, s))
        sqlite3_reset(s);
}

char *bl_sql_copy(bl_error *e, sqlite3_stmt *s, int column)
{
    if (bl_failed(e) || sqlite3_column_type(s, column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(s, column);
    char *copy = text ? strdup(text) : NULL;
    if (!copy)
        bl_fail_nomem(e);
    return copy;
}

int64_t bl_sql_get_int(bl_error *e, sqlite3 *sql, const char *text)
{
    sqlite3_stmt *s = bl_sql_prepare(e, sql, text);
    int64_t value = s && bl_sql_row(e, s) ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return value;
}
