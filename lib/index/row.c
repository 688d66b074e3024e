/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* One bulletin to its rows in every table but the index, and back out of them. */
#include "row.h"

#include "slot.h"
#include "statement.h"

/* ---- removing ---- */

/* Take a row out of every table but the index, whose change is noted. */
void bl_row_remove(bl_error *e, bl_database *db, int64_t doc, bl_totals *totals, bl_changes *all)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_LENGTH);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        totals->title_positions -= sqlite3_column_int64(s, 0);
        totals->body_positions -= sqlite3_column_int64(s, 1);
        sqlite3_reset(s);
    }
    bl_change *old = bl_change_add(e, all, doc);
    s = bl_statement_get(e, db, BL_SQL_TEXT);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        for (int i = 0; i < BL_FTS_COLUMNS; i++)
            old->text[i] = bl_sql_copy(e, s, i);
        totals->furniture -= old->text[BL_FTS_RANKED] && *old->text[BL_FTS_RANKED];
        sqlite3_reset(s);
    }
    bl_statement_run(e, db, BL_SQL_DELETE, doc);
    bl_statement_run(e, db, BL_SQL_DELETE_LENGTH, doc);
    bl_mention_remove(e, db, doc);
    totals->bulletins--;
}

/* ---- adding ---- */

static int64_t last_in(bl_error *e, bl_database *db, int64_t first, int64_t last)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_LAST);
    bl_sql_int(e, s, 1, first);
    bl_sql_int(e, s, 2, last);
    int64_t doc = first - 1;
    if (bl_sql_row(e, s)) {
        if (sqlite3_column_type(s, 0) != SQLITE_NULL)
            doc = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    }
    return doc;
}

/* In the day's slot; a full slot spills. */
int64_t bl_row_place(bl_error *e, bl_database *db, bl_day day)
{
    int64_t first = bl_slot_of(day);
    int64_t last = day.year ? first + BL_SLOT_SIZE - 1 : BL_SLOT_SPILL - 1;
    int64_t doc = last_in(e, db, first, last) + 1;
    return doc <= last ? doc : last_in(e, db, BL_SLOT_SPILL, BL_SLOT_END - 1) + 1;
}

/* A record keeps the id it states when nobody has it; else the next that was never given out. */
void bl_row_number(bl_error *e, bl_database *db, bl_item *item, bl_totals *totals)
{
    bl_record *r = &item->record;
    if (item->old_doc)
        return;
    if (r->id > 0) {
        sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_DOC);
        bl_sql_int(e, s, 1, r->id);
        if (bl_sql_row(e, s)) {
            sqlite3_reset(s);
            r->id = 0;
        }
    }
    if (r->id <= 0)
        r->id = totals->next_id;
    if (r->id >= totals->next_id)
        totals->next_id = r->id + 1;
}

static void bind_row(bl_error *e, sqlite3_stmt *s, const bl_item *item, const char *imported)
{
    const bl_record *r = &item->record;
    const bl_article *a = &r->article;
    const char *fields[] = { [4] = r->collection ? r->collection : "",
                             [3] = r->key,
                             [5] = a->published,
                             [8] = a->published_from,
                             [9] = a->source,
                             [10] = a->site,
                             [11] = a->author,
                             [12] = a->url,
                             [13] = a->lang,
                             [14] = a->title,
                             [15] = r->path,
                             [16] = r->captured,
                             [17] = imported };
    bl_sql_int(e, s, 1, item->doc);
    bl_sql_int(e, s, 2, r->id);
    for (int i = 3; i <= 17; i++)
        if (i != 6 && i != 7)
            bl_sql_text(e, s, i, fields[i]);
    bl_sql_blob(e, s, 18, r->sha256, BL_SHA256);
    bl_sql_int(e, s, 19, r->extractor);
    bl_sql_int(e, s, 20, (int64_t)a->replaced);
    bl_sql_blob(e, s, 21, r->content, BL_SHA256);
    bl_sql_text(e, s, 22, r->organizations);
    bl_sql_text(e, s, 23, a->body);
    bl_sql_text(e, s, 24, a->furniture);
}

void bl_row_enter(bl_error *e, bl_database *db, bl_item *item, bl_totals *totals)
{
    item->doc = bl_row_place(e, db, item->record.day);
    bl_change_length(e, db, BL_SQL_INSERT_LENGTH, item);
    bl_mention_insert(e, db, &item->names, item->doc);
    totals->title_positions += item->title.positions;
    totals->body_positions += item->body.positions;
    totals->furniture += item->record.article.furniture && *item->record.article.furniture;
    totals->bulletins++;
}

void bl_row_insert(bl_error *e, bl_database *db, const bl_item *item, const char *time)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_INSERT);
    char earliest[BL_DAY_TEXT], latest[BL_DAY_TEXT];
    bool dated = item->record.day.year != 0;
    if (dated) {
        bl_day_print(bl_day_earliest(item->record.day), earliest);
        bl_day_print(bl_day_latest(item->record.day), latest);
    }
    bind_row(e, s, item, item->record.imported ? item->record.imported : time);
    bl_sql_text(e, s, 6, dated ? earliest : NULL);
    bl_sql_text(e, s, 7, dated ? latest : NULL);
    bl_sql_done(e, s);
}
