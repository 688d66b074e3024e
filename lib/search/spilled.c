/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents beyond the slot of their day to their dates. */
#include "spilled.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "docs.h"
#include "index/statement.h"

/* To read all of them costs what so many cost one by one, where there are not very many. */
enum { FEW = 64 };

typedef struct bl_spilled {
    int64_t revision;
    size_t asked;
    bool read;
    bl_docs docs;
    bl_spilled_day *days; /* of each */
    size_t capacity, at;
} bl_spilled;

static void close_spilled(bl_spilled *s)
{
    if (!s)
        return;
    bl_docs_free(&s->docs);
    free(s->days);
    free(s);
}

static bl_spilled *get(bl_error *e, bl_database *db, int64_t revision)
{
    if (db->spilled && db->spilled->revision != revision) {
        close_spilled(db->spilled);
        db->spilled = NULL;
    }
    if (!db->spilled && !bl_failed(e)) {
        db->close_spilled = close_spilled;
        db->spilled = calloc(1, sizeof *db->spilled);
        if (!db->spilled)
            bl_fail_nomem(e);
        else
            db->spilled->revision = revision;
    }
    return bl_failed(e) ? NULL : db->spilled;
}

static bl_day day_in(sqlite3_stmt *row, int column)
{
    bl_day day = { 0, 0, 0 };
    const char *text = (const char *)sqlite3_column_text(row, column);
    if (text && !bl_day_parse(text, &day))
        day.year = 0;
    return day;
}

static bl_spilled_day take(sqlite3_stmt *row)
{
    return (bl_spilled_day){ day_in(row, 1), day_in(row, 2) };
}

static void read_all(bl_error *e, bl_database *db, bl_spilled *s)
{
    sqlite3_stmt *row = bl_statement_get(e, db, BL_SQL_ALL_SPILLED);
    while (bl_sql_row(e, row)) {
        bl_docs_append(e, &s->docs, sqlite3_column_int64(row, 0));
        if (bl_grow(&s->days, &s->capacity, s->docs.count, sizeof *s->days))
            s->days[s->docs.count - 1] = take(row);
        else
            bl_fail_nomem(e);
    }
    s->read = !bl_failed(e);
    if (!s->read)
        s->docs.count = 0;
    if (row)
        sqlite3_reset(row);
}

static bool ask(bl_error *e, bl_database *db, int64_t doc, bl_spilled_day *out)
{
    sqlite3_stmt *row = bl_statement_get(e, db, BL_SQL_SPILLED);
    bl_sql_int(e, row, 1, doc);
    if (!bl_sql_row(e, row))
        return false;
    *out = take(row);
    sqlite3_reset(row);
    return true;
}

bool bl_spilled_find(bl_error *e, bl_database *db, int64_t revision, int64_t doc, bl_spilled_day *out)
{
    bl_spilled *s = get(e, db, revision);
    if (!s)
        return false;
    if (!s->read && s->asked++ < FEW)
        return ask(e, db, doc, out);
    if (!s->read)
        read_all(e, db, s);
    const size_t place = bl_docs_place(&s->docs, &s->at, doc);
    if (place < s->docs.count)
        *out = s->days[place];
    return place < s->docs.count;
}
