/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to what may be wrong with its bulletins: for each kind how many, and the query that lists them.
 */
#include "audit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "sql.h"

/* Characters under which an article is short, and under which a page is too small to be called mostly
 * anything: a headline alone is shorter, a notice of two sentences is not. */
#define SHORT "60"
/* Blanks, line breaks and U+3000. */
#define BLANKS "' ' || char(9, 10, 13, 12288)"
/* A key without the number of its collision; the key itself where it has none. */
#define UNNUMBERED "rtrim(key, '0123456789')"
#define LENGTH "length(trim(body, " BLANKS "))"

/* Each is, or begins with, the condition of an index of schema.sql, letter for letter: then that is read
 * instead of the bulletins. */
static const struct {
    const char *kind, *what, *condition;
    bool indexed;
} kinds[] = {
    { "empty", "without text", LENGTH " < " SHORT " AND " LENGTH " = 0", true },
    { "short", "with fewer than " SHORT " characters of text", LENGTH " < " SHORT " AND " LENGTH " > 0",
      true },
    { "untitled", "without a title", "coalesce(title, '') = ''", true },
    { "undated", "without a date", "published IS NULL", true },
    { "replaced", "with broken bytes that were replaced", "replaced > 0", true },
    { "collision", "whose key another text had already",
      "key GLOB '*#[1-9]*' AND " UNNUMBERED
      " GLOB '*#' AND EXISTS (SELECT 1 FROM bulletin AS other WHERE other.key = substr(rtrim(bulletin.key,"
      " '0123456789'), 1, length(rtrim(bulletin.key, '0123456789')) - 1)"
      " AND other.collection = bulletin.collection)",
      true },
    { "vanished", "whose file no longer exists", "path GLOB '/*' AND bulletin_vanished(path)", false },
    { "furniture", "whose page was mostly something else",
      "length(furniture) >= " SHORT " AND length(furniture) > 2 * length(body)", true },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *bl_audit_condition(const char *kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].condition;
    return NULL;
}

bool bl_audit_is_indexed(const char *kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].indexed;
    return false;
}

/* Gone is what the file system says is not there. What may not be looked at may be there. */
static bool is_gone(const char *path)
{
    struct stat st;
    return stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* A page of a web archive has FILE#PLACE for its path. */
static bool is_archive_gone(const char *path)
{
    const char *mark = strrchr(path, '#');
    if (!mark || mark[1] == '\0' || mark[1 + strspn(mark + 1, "0123456789")] != '\0')
        return true;
    char *file = strndup(path, (size_t)(mark - path));
    bool gone = file && is_gone(file);
    free(file);
    return gone;
}

/* The file that was looked at last: a hundred thousand records may be of one. */
typedef struct last_file {
    const bl_database *db;
    char *path;
    bool gone;
    uint64_t call; /* within which it was looked at: for the next one it may be there again */
} last_file;

static void free_last(void *last)
{
    free(((last_file *)last)->path);
    free(last);
}

static void vanished(sqlite3_context *context, int count, sqlite3_value **values)
{
    last_file *last = sqlite3_user_data(context);
    const char *path = (const char *)sqlite3_value_text(values[0]);
    (void)count;
    if (path && (!last->path || strcmp(last->path, path) != 0 || last->call != last->db->calls)) {
        free(last->path);
        last->path = strdup(path);
        last->gone = is_gone(path) && is_archive_gone(path);
        last->call = last->db->calls;
    }
    sqlite3_result_int(context, path && last->gone);
}

void bl_audit_register(bl_error *e, bl_database *db)
{
    last_file *last = bl_failed(e) ? NULL : calloc(1, sizeof *last);
    if (!last) {
        bl_fail_nomem(e);
        return;
    }
    last->db = db;
    int code = sqlite3_create_function_v2(db->sql, "bulletin_vanished", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                          last, vanished, NULL, NULL, free_last); /* also on failure */
    if (code != SQLITE_OK)
        bl_sql_fail(e, db->sql, code);
}

/* All kinds are counted in one walk over the table. */
static sqlite3_stmt *prepare_counts(bl_error *e, bl_database *db)
{
    bl_buffer text = { 0 };
    for (size_t i = 0; i < KINDS; i++)
        bl_buffer_printf(&text, "%s count(*) FILTER (WHERE %s)", i == 0 ? "SELECT" : ",", kinds[i].condition);
    bl_buffer_puts(&text, " FROM bulletin");
    if (text.failed)
        bl_fail_nomem(e);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, text.data);
    bl_buffer_free(&text);
    return s;
}

void bl_audit(bl_error *e, bl_database *db, bulletin_finding_callback finding, void *context)
{
    int64_t counts[KINDS] = { 0 };
    sqlite3_stmt *s = prepare_counts(e, db);
    if (bl_sql_row(e, s))
        for (int i = 0; i < KINDS; i++)
            counts[i] = sqlite3_column_int64(s, i);
    sqlite3_finalize(s);
    for (size_t i = 0; i < KINDS && !bl_failed(e); i++) {
        char query[32];
        snprintf(query, sizeof query, "is:%s", kinds[i].kind);
        const bulletin_finding found = { kinds[i].kind, counts[i], query, kinds[i].what };
        finding(context, &found);
    }
}
