/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SQL_H
#define BL_SQL_H

#include "index/sqlite.h"
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* SQLite with the sticky failure: each step does nothing once `e` holds one. */

void bl_sql_fail(bl_error *e, sqlite3 *sql, int code);
void bl_sql_exec(bl_error *e, sqlite3 *sql, const char *text);
/* New, release with sqlite3_finalize(); NULL on failure. */
sqlite3_stmt *bl_sql_prepare(bl_error *e, sqlite3 *sql, const char *text);

/* Bound text and blobs are kept until the statement is reset or bound anew; NULL binds NULL. */
void bl_sql_int(bl_error *e, sqlite3_stmt *s, int index, int64_t value);
void bl_sql_null(bl_error *e, sqlite3_stmt *s, int index);
void bl_sql_text(bl_error *e, sqlite3_stmt *s, int index, const char *text);
void bl_sql_blob(bl_error *e, sqlite3_stmt *s, int index, const void *bytes, size_t size);

/* Step: true when there is a row. After the last row, and on failure, the statement is reset. */
bool bl_sql_row(bl_error *e, sqlite3_stmt *s);
/* Step a statement that gives no row, and reset it. */
void bl_sql_done(bl_error *e, sqlite3_stmt *s);

/* A column of the row as text, new, release with free(); NULL for NULL. */
char *bl_sql_copy(bl_error *e, sqlite3_stmt *s, int column);
/* One integer from a query without parameters; 0 on failure or no row. */
int64_t bl_sql_get_int(bl_error *e, sqlite3 *sql, const char *text);

#endif
