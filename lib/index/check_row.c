/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* One stored bulletin to what in its row contradicts the rest of it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "mention.h"
#include "row.h"
#include "slot.h"
#include "sql.h"
#include "store.h"

typedef enum fault { FAULT_PLACE = 1, FAULT_SPAN = 2, FAULT_HASH = 4, FAULT_NAMES = 8 } fault;

/* A row to be mended once all have been read: SQLite must not walk a table that changes. */
typedef struct wrong {
    int64_t doc, id;
    unsigned faults;
} wrong;

typedef struct wrongs {
    wrong *list;
    size_t count, capacity;
} wrongs;

/* What a row says beside the fields of its record. */
enum { COLUMN_DOC, COLUMN_ID, COLUMN_EARLIEST, COLUMN_LATEST, COLUMN_TITLE, COLUMN_BODY };
static const char rows[] = "SELECT b.doc, b.id, b.published_earliest, b.published_latest, l.title, l.body"
                           " FROM bulletin b LEFT JOIN length l ON l.doc = b.doc";

static bool in_place(int64_t doc, bl_day day)
{
    int64_t first = bl_slot_of(day), end = day.year ? first + BL_SLOT_SIZE : BL_SLOT_SPILL;
    return (doc >= BL_SLOT_SPILL && doc < BL_SLOT_END) || (doc > 0 && doc >= first && doc < end);
}

static bool says(sqlite3_stmt *s, int column, const char *text)
{
    const char *stored = (const char *)sqlite3_column_text(s, column);
    return text ? stored && strcmp(stored, text) == 0 : !stored;
}

static void print_span(bl_day day, char earliest[BL_DAY_TEXT], char latest[BL_DAY_TEXT])
{
    if (!day.year)
        return;
    bl_day_print(bl_day_earliest(day), earliest);
    bl_day_print(bl_day_latest(day), latest);
}

static bool right_span(sqlite3_stmt *s, bl_day day)
{
    char earliest[BL_DAY_TEXT], latest[BL_DAY_TEXT];
    print_span(day, earliest, latest);
    return says(s, COLUMN_EARLIEST, day.year ? earliest : NULL) &&
           says(s, COLUMN_LATEST, day.year ? latest : NULL);
}

static bool right_length(bl_error *e, bl_database *db, sqlite3_stmt *s, const bl_record *r)
{
    const char *texts[BL_FTS_RANKED] = { r->article.title, r->article.body };
    bool right = true;
    if (sqlite3_column_type(s, COLUMN_TITLE) == SQLITE_NULL)
        return true; /* found missing already */
    for (int i = 0; i < BL_FTS_RANKED; i++) {
        const char *text = texts[i] ? texts[i] : "";
        bl_cut(e, db->fts.cutter, text, strlen(text), &db->fts.tokens);
        right &= bl_failed(e) || db->fts.tokens.positions == sqlite3_column_int64(s, COLUMN_TITLE + i);
    }
    return right;
}

static bool right_names(bl_error *e, check *c, bl_record *r, int64_t doc)
{
    bl_names names = { 0 };
    if (!c->finder.authority)
        return true;
    bl_mention_find(e, &c->finder, r, &names);
    bool right = bl_mention_equal(e, c->db, &names, doc);
    bl_names_free(&names);
    return right || bl_failed(e);
}

static unsigned check_row(bl_error *e, check *c, sqlite3_stmt *s, bl_record *r)
{
    unsigned faults = 0;
    int64_t id = sqlite3_column_int64(s, COLUMN_ID);
    if (r->article.published && !r->day.year)
        bl_check_find(c, BL_REMEDY_NONE, "bulletin %" PRId64 ": \"%.40s\" is no date", id,
                      r->article.published);
    if (!in_place(sqlite3_column_int64(s, COLUMN_DOC), r->day)) {
        bl_check_find(c, BL_REMEDY_REINDEX, "bulletin %" PRId64 " does not stand where its date says", id);
        faults |= FAULT_PLACE;
    }
    if (!right_span(s, r->day)) {
        bl_check_find(c, BL_REMEDY_REPAIR, "bulletin %" PRId64 ": its span of days is not that of its date",
                      id);
        faults |= FAULT_SPAN;
    }
    unsigned char content[BL_SHA256];
    bl_record_hash(r, content);
    if (memcmp(content, r->content, BL_SHA256) != 0) {
        bl_check_find(c, BL_REMEDY_REPAIR, "bulletin %" PRId64 " was changed by another program", id);
        faults |= FAULT_HASH;
    }
    if (!right_names(e, c, r, sqlite3_column_int64(s, COLUMN_DOC))) {
        bl_check_find(c, BL_REMEDY_REPAIR, "bulletin %" PRId64 " names other organizations", id);
        faults |= FAULT_NAMES;
    }
    if (!c->db->stale && !right_length(e, c->db, s, r))
        bl_check_find(c, BL_REMEDY_REINDEX, "bulletin %" PRId64 ": the length of its text is another", id);
    return faults;
}

static void note(bl_error *e, wrongs *all, wrong one)
{
    if (!bl_failed(e) && !bl_grow(&all->list, &all->capacity, all->count + 1, sizeof *all->list))
        bl_fail_nomem(e);
    if (!bl_failed(e))
        all->list[all->count++] = one;
}

static void read_row(bl_error *e, check *c, sqlite3_stmt *s, wrongs *all)
{
    bl_record record;
    wrong one = { sqlite3_column_int64(s, COLUMN_DOC), sqlite3_column_int64(s, COLUMN_ID), 0 };
    bl_store_read(e, c->db, one.id, &record);
    if (!bl_failed(e))
        one.faults = check_row(e, c, s, &record);
    if (one.faults)
        note(e, all, one);
    bl_record_free(&record);
}

/* ---- mending ---- */

static void mend_span(bl_error *e, bl_database *db, const wrong *one, bl_day day)
{
    char earliest[BL_DAY_TEXT], latest[BL_DAY_TEXT];
    print_span(day, earliest, latest);
    sqlite3_stmt *s = bl_sql_prepare(
        e, db->sql, "UPDATE bulletin SET published_earliest = ?1, published_latest = ?2 WHERE id = ?3");
    bl_sql_text(e, s, 1, day.year ? earliest : NULL);
    bl_sql_text(e, s, 2, day.year ? latest : NULL);
    bl_sql_int(e, s, 3, one->id);
    if (s)
        bl_sql_done(e, s);
    sqlite3_finalize(s);
}

/* The text as it stands is taken for the bulletin's; importing its source again restores it. */
static void mend_hash(bl_error *e, bl_database *db, const wrong *one, const bl_record *r)
{
    unsigned char content[BL_SHA256];
    bl_record_hash(r, content);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "UPDATE bulletin SET content = ?1 WHERE id = ?2");
    bl_sql_blob(e, s, 1, content, sizeof content);
    bl_sql_int(e, s, 2, one->id);
    if (s)
        bl_sql_done(e, s);
    sqlite3_finalize(s);
}

/* The index still names the old place: it is made anew afterwards. */
static void mend_place(bl_error *e, bl_database *db, const wrong *one, bl_day day)
{
    int64_t doc = bl_row_place(e, db, day);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "UPDATE bulletin SET doc = ?1 WHERE id = ?2");
    bl_sql_int(e, s, 1, doc);
    bl_sql_int(e, s, 2, one->id);
    if (s)
        bl_sql_done(e, s);
    sqlite3_finalize(s);
    bl_mention_move(e, db, one->doc, doc);
}

static void mend_names(bl_error *e, check *c, const wrong *one, bl_record *r)
{
    bl_names names = { 0 };
    bl_mention_find(e, &c->finder, r, &names);
    bl_mention_remove(e, c->db, one->doc);
    bl_mention_insert(e, c->db, &names, one->doc);
    bl_names_free(&names);
}

static void mend(bl_error *e, check *c, const wrong *one)
{
    bl_record record;
    bl_store_read(e, c->db, one->id, &record);
    if (one->faults & FAULT_SPAN)
        mend_span(e, c->db, one, record.day);
    if (one->faults & FAULT_HASH)
        mend_hash(e, c->db, one, &record);
    if (one->faults & FAULT_NAMES)
        mend_names(e, c, one, &record);
    if (one->faults & FAULT_PLACE)
        mend_place(e, c->db, one, record.day);
    bl_record_free(&record);
}

void bl_check_rows(bl_error *e, check *c)
{
    wrongs all = { 0 };
    sqlite3_stmt *s = bl_sql_prepare(e, c->db->sql, rows);
    while (s && bl_sql_row(e, s)) {
        read_row(e, c, s, &all);
        bl_database_poll(e, c->db);
    }
    sqlite3_finalize(s);
    for (size_t i = 0; i < all.count && c->repair && !bl_failed(e); i++)
        mend(e, c, &all.list[i]);
    free(all.list);
}
