/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What a statement selects to a set of documents that can be asked and walked. */
#include "docs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/sql.h"

/* What a pointer handed through SQLite is. */
#define DOCS "bl_docs"

/* ---- filling ---- */

/* bl_collect(docs, doc …): an aggregate of SQL, so that a step is taken once a set and not once a document.
 */
static void collect(sqlite3_context *context, int count, sqlite3_value **values)
{
    bl_docs *docs = count > 0 ? sqlite3_value_pointer(values[0], DOCS) : NULL;
    for (int i = 1; docs && i < count; i++) /* else another's statement */
        if (docs->count == docs->capacity &&
            !bl_grow(&docs->list, &docs->capacity, docs->count + 1, sizeof *docs->list))
            sqlite3_result_error_nomem(context);
        else
            docs->list[docs->count++] = sqlite3_value_int64(values[i]);
}

static bool holds(const char *text, size_t size, const char *part, size_t part_size)
{
    while (size >= part_size && part_size > 0) {
        const char *at = memchr(text, *part, size - part_size + 1);
        if (!at)
            return false;
        if (memcmp(at, part, part_size) == 0)
            return true;
        size -= (size_t)(at + 1 - text);
        text = at + 1;
    }
    return false;
}

/* bl_collect_with(docs, part, id, key): the same of ids whose key holds a part behind its mark. SQL would
 * take three times as long to ask it of a hundred thousand keys, and to copy each for a NUL twice as long. */
static void collect_with(sqlite3_context *context, int count, sqlite3_value **values)
{
    enum { MARK = 2, ITEM = 2 };
    (void)count;
    sqlite3_value *item[ITEM] = { values[0], values[2] };
    const char *part = sqlite3_value_blob(values[1]), *key = sqlite3_value_blob(values[3]);
    const size_t part_size = (size_t)sqlite3_value_bytes(values[1]);
    const size_t size = (size_t)sqlite3_value_bytes(values[3]);
    if (part && key && size > MARK && holds(key + MARK, size - MARK, part, part_size))
        collect(context, ITEM, item);
}

static void finish(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

/* Once: doing it again would have SQLite prepare all statements anew. */
static void need_functions(bl_error *e, bl_database *db)
{
    enum { FLAGS = SQLITE_UTF8 | SQLITE_DIRECTONLY };
    if (bl_failed(e) || db->collects)
        return;
    int code =
        sqlite3_create_function_v2(db->sql, "bl_collect", -1, FLAGS, NULL, NULL, collect, finish, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function_v2(db->sql, "bl_collect_with", 4, FLAGS, NULL, NULL, collect_with,
                                          finish, NULL);
    if (code != SQLITE_OK)
        bl_sql_fail(e, db->sql, code);
    db->collects = code == SQLITE_OK;
}

sqlite3_stmt *bl_docs_prepare(bl_error *e, bl_database *db, bl_docs *docs, const char *select)
{
    need_functions(e, db);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, select);
    if (s)
        sqlite3_bind_pointer(s, 1, docs, DOCS, NULL);
    return s;
}

void bl_docs_run(bl_error *e, sqlite3_stmt *s)
{
    if (bl_sql_row(e, s))
        sqlite3_reset(s);
}

void bl_docs_add(bl_error *e, bl_database *db, bl_docs *docs, const char *select)
{
    sqlite3_stmt *s = bl_docs_prepare(e, db, docs, select);
    bl_docs_run(e, s);
    sqlite3_finalize(s);
}

void bl_docs_append(bl_error *e, bl_docs *docs, int64_t doc)
{
    if (bl_grow(&docs->list, &docs->capacity, docs->count + 1, sizeof *docs->list))
        docs->list[docs->count++] = doc;
    else
        bl_fail_nomem(e);
}

void bl_docs_read(bl_error *e, bl_docs *docs, sqlite3_stmt *statement)
{
    while (bl_sql_row(e, statement))
        bl_docs_append(e, docs, sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
}

/* ---- asking ---- */

size_t bl_docs_find(const bl_docs *docs, size_t at, int64_t doc)
{
    size_t step = 1, low = at;
    while (at < docs->count && docs->list[at] < doc) {
        low = at + 1;
        at += step;
        step *= 2;
    }
    size_t high = at < docs->count ? at : docs->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (docs->list[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t bl_docs_place(const bl_docs *docs, size_t *at, int64_t doc)
{
    if (*at > 0 && docs->list[*at - 1] >= doc)
        *at = 0;
    *at = bl_docs_find(docs, *at, doc);
    return *at < docs->count && docs->list[*at] == doc ? *at : docs->count;
}

bool bl_docs_hold(bl_docs *docs, int64_t doc)
{
    return bl_docs_place(docs, &docs->at, doc) < docs->count;
}

/* ---- walking ---- */

typedef struct docs_match {
    bl_match base; /* first, so that a bl_match is one of these */
    const bl_docs *docs;
    size_t at;
    int64_t last;
} docs_match;

static bool next(bl_error *e, bl_match *match)
{
    docs_match *m = (docs_match *)match;
    if (bl_failed(e) || m->at >= m->docs->count || m->docs->list[m->at] > m->last)
        return false;
    m->base.doc = m->docs->list[m->at++];
    return true;
}

static void close_match(bl_match *match)
{
    free(match);
}

bl_match *bl_docs_match(bl_error *e, const bl_docs *docs, int64_t first, int64_t last)
{
    docs_match *m = bl_failed(e) ? NULL : calloc(1, sizeof *m);
    if (!m) {
        bl_fail_nomem(e);
        return NULL;
    }
    *m = (docs_match){ .base = { .next = next, .close = close_match },
                       .docs = docs,
                       .at = bl_docs_find(docs, 0, first),
                       .last = last };
    return &m->base;
}

void bl_docs_free(bl_docs *docs)
{
    free(docs->list);
    *docs = (bl_docs){ 0 };
}
