/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Records and their tokens to rows of the archive, in transactions that leave every table exact. */
#include "store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "slot.h"
#include "sql.h"

enum {
    SQL_FIND,
    SQL_ROW,
    SQL_LAST,
    SQL_INSERT,
    SQL_DELETE,
    SQL_LENGTH,
    SQL_INSERT_LENGTH,
    SQL_DELETE_LENGTH,
    SQL_FTS_INSERT,
    SQL_FTS_DELETE,
    SQL_READ,
    SQL_DOC,
    SQL_USED
};

static const char *const texts[SQL_USED] = {
    [SQL_FIND] = "SELECT doc, id, content FROM bulletin WHERE key = ?1 AND collection = ?2",
    [SQL_ROW] = "SELECT title, body FROM bulletin WHERE doc = ?1",
    [SQL_LAST] = "SELECT max(doc) FROM bulletin WHERE doc BETWEEN ?1 AND ?2",
    [SQL_INSERT] =
        "INSERT INTO bulletin(doc, id, key, collection, published, published_earliest, published_latest,"
        " published_from, source, site, author, url, lang, title, path, captured, imported, sha256,"
        " extractor, content, organizations, body, furniture)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
        " ?20, ?21, ?22, ?23)",
    [SQL_DELETE] = "DELETE FROM bulletin WHERE doc = ?1",
    [SQL_LENGTH] = "SELECT title, body FROM length WHERE doc = ?1",
    [SQL_INSERT_LENGTH] = "INSERT INTO length(doc, title, body) VALUES(?1, ?2, ?3)",
    [SQL_DELETE_LENGTH] = "DELETE FROM length WHERE doc = ?1",
    [SQL_FTS_INSERT] = "INSERT INTO bulletin_fts(rowid, title, body) VALUES(?1, ?2, ?3)",
    [SQL_FTS_DELETE] =
        "INSERT INTO bulletin_fts(bulletin_fts, rowid, title, body) VALUES('delete', ?1, ?2, ?3)",
    [SQL_READ] =
        "SELECT key, collection, published, published_from, source, site, author, url, lang, title, path,"
        " captured, imported, organizations, body, furniture, sha256, content FROM bulletin WHERE id = ?1",
    [SQL_DOC] = "SELECT doc FROM bulletin WHERE id = ?1",
};

_Static_assert((int)SQL_USED <= (int)BL_SQL_COUNT, "database.h keeps too few statements");

static sqlite3_stmt *statement(bl_error *e, bl_database *db, int which)
{
    if (!db->statements[which])
        db->statements[which] = bl_sql_prepare(e, db->sql, texts[which]);
    return db->statements[which];
}

/* ---- items ---- */

void bl_item_prepare(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, bl_item *item)
{
    bl_prepare(e, cutter, scratch, item->record.article.title, &item->title);
    bl_prepare(e, cutter, scratch, item->record.article.body, &item->body);
}

void bl_item_free(bl_item *item)
{
    bl_record_free(&item->record);
    free(item->title.bytes);
    free(item->body.bytes);
    *item = (bl_item){ 0 };
}

/* ---- one change of the index ---- */

/* Writing the index in order of document lets FTS5 keep its pending data in memory (it flushes on every step
 * back), so a batch first changes the tables, then hands over these in order. */
typedef struct change {
    int64_t doc;
    const bl_item *item; /* what is inserted; NULL for a removal */
    char *title, *body;  /* what is removed */
} change;

typedef struct changes {
    change *list;
    size_t count, capacity;
} changes;

static change *add_change(bl_error *e, changes *all, int64_t doc)
{
    if (!bl_failed(e) && !bl_grow(&all->list, &all->capacity, all->count + 1, sizeof *all->list))
        bl_fail_nomem(e);
    if (bl_failed(e))
        return NULL;
    change *one = &all->list[all->count++];
    *one = (change){ .doc = doc };
    return one;
}

static void free_changes(changes *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->list[i].title);
        free(all->list[i].body);
    }
    free(all->list);
}

/* By document, removals first. */
static int compare_changes(const void *a, const void *b)
{
    const change *x = a, *y = b;
    if (x->doc != y->doc)
        return x->doc < y->doc ? -1 : 1;
    return (x->item != NULL) - (y->item != NULL);
}

static void index_insert(bl_error *e, bl_database *db, const bl_item *item)
{
    sqlite3_stmt *s = statement(e, db, SQL_FTS_INSERT);
    const bl_article *a = &item->record.article;
    bl_sql_int(e, s, 1, item->doc);
    bl_sql_text(e, s, 2, a->title ? a->title : "");
    bl_sql_text(e, s, 3, a->body);
    db->fts.pending_next = db->fts.pending_count = 0;
    /* FTS5 does not call the tokenizer for an empty column's text. */
    if (a->title && *a->title)
        db->fts.pending[db->fts.pending_count++] = &item->title;
    if (*a->body)
        db->fts.pending[db->fts.pending_count++] = &item->body;
    bl_sql_done(e, s);
    db->fts.pending_next = db->fts.pending_count = 0;
}

static void index_remove(bl_error *e, bl_database *db, const change *old)
{
    sqlite3_stmt *s = statement(e, db, SQL_FTS_DELETE);
    bl_sql_int(e, s, 1, old->doc);
    bl_sql_text(e, s, 2, old->title ? old->title : "");
    bl_sql_text(e, s, 3, old->body);
    bl_sql_done(e, s);
}

static void write_index(bl_error *e, bl_database *db, changes *all)
{
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, compare_changes);
    for (size_t i = 0; i < all->count && !bl_failed(e); i++) {
        if (all->list[i].item)
            index_insert(e, db, all->list[i].item);
        else
            index_remove(e, db, &all->list[i]);
    }
}

/* ---- removing ---- */

/* Take a row out of every table but the index, whose change is noted. */
static void remove_row(bl_error *e, bl_database *db, int64_t doc, bl_totals *totals, changes *all)
{
    sqlite3_stmt *s = statement(e, db, SQL_LENGTH);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        totals->title_positions -= sqlite3_column_int64(s, 0);
        totals->body_positions -= sqlite3_column_int64(s, 1);
        sqlite3_reset(s);
    }
    change *old = add_change(e, all, doc);
    s = statement(e, db, SQL_ROW);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        old->title = bl_sql_copy(e, s, 0);
        old->body = bl_sql_copy(e, s, 1);
        sqlite3_reset(s);
    }
    const int deletions[] = { SQL_DELETE, SQL_DELETE_LENGTH };
    for (size_t i = 0; i < 2; i++) {
        s = statement(e, db, deletions[i]);
        bl_sql_int(e, s, 1, doc);
        bl_sql_done(e, s);
    }
    totals->bulletins--;
}

/* ---- adding ---- */

static int64_t last_in(bl_error *e, bl_database *db, int64_t first, int64_t last)
{
    sqlite3_stmt *s = statement(e, db, SQL_LAST);
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

/* The next number of the day's slot; a full slot spills. */
static int64_t next_doc(bl_error *e, bl_database *db, bl_day day)
{
    int64_t first = bl_slot_of(day);
    int64_t last = day.year ? first + BL_SLOT_SIZE - 1 : BL_SLOT_SPILL - 1;
    int64_t doc = last_in(e, db, first, last) + 1;
    return doc <= last ? doc : last_in(e, db, BL_SLOT_SPILL, BL_SLOT_END - 1) + 1;
}

static void find(bl_error *e, bl_database *db, bl_item *item)
{
    bl_record *r = &item->record;
    sqlite3_stmt *s = statement(e, db, SQL_FIND);
    bl_sql_text(e, s, 1, r->key);
    bl_sql_text(e, s, 2, r->collection ? r->collection : "");
    item->outcome = BL_ADDED;
    item->old_doc = 0;
    if (!bl_sql_row(e, s))
        return;
    item->old_doc = sqlite3_column_int64(s, 0);
    r->id = sqlite3_column_int64(s, 1);
    const void *content = sqlite3_column_blob(s, 2);
    bool same =
        content && sqlite3_column_bytes(s, 2) == BL_SHA256 && memcmp(content, r->content, BL_SHA256) == 0;
    item->outcome = same ? BL_UNCHANGED : BL_UPDATED;
    sqlite3_reset(s);
}

/* A record keeps the id it states when nobody has it; else the next that was never given out. */
static void number(bl_error *e, bl_database *db, bl_item *item, bl_totals *totals)
{
    bl_record *r = &item->record;
    if (item->old_doc)
        return;
    if (r->id > 0) {
        sqlite3_stmt *s = statement(e, db, SQL_DOC);
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
    bl_sql_int(e, s, 19, BL_EXTRACTOR_VERSION);
    bl_sql_blob(e, s, 20, r->content, BL_SHA256);
    bl_sql_text(e, s, 21, r->organizations);
    bl_sql_text(e, s, 22, a->body);
    bl_sql_text(e, s, 23, a->furniture);
}

static void insert_row(bl_error *e, bl_database *db, bl_item *item, const char *imported, bl_totals *totals)
{
    item->doc = next_doc(e, db, item->record.day);
    sqlite3_stmt *s = statement(e, db, SQL_INSERT);
    char earliest[BL_DAY_TEXT], latest[BL_DAY_TEXT];
    bool dated = item->record.day.year != 0;
    if (dated) {
        bl_day_print(bl_day_earliest(item->record.day), earliest);
        bl_day_print(bl_day_latest(item->record.day), latest);
    }
    bind_row(e, s, item, imported);
    bl_sql_text(e, s, 6, dated ? earliest : NULL);
    bl_sql_text(e, s, 7, dated ? latest : NULL);
    bl_sql_done(e, s);
    s = statement(e, db, SQL_INSERT_LENGTH);
    bl_sql_int(e, s, 1, item->doc);
    bl_sql_int(e, s, 2, item->title.positions);
    bl_sql_int(e, s, 3, item->body.positions);
    bl_sql_done(e, s);
    totals->title_positions += item->title.positions;
    totals->body_positions += item->body.positions;
    totals->bulletins++;
}

/* ---- a batch ---- */

static int compare_items(const void *a, const void *b)
{
    const bl_item *x = *(bl_item *const *)a, *y = *(bl_item *const *)b;
    int64_t p = bl_slot_of(x->record.day), q = bl_slot_of(y->record.day);
    if (p != q)
        return p < q ? -1 : 1;
    return x < y ? -1 : x > y; /* both stand in one array, in order of input */
}

/* The items that are to be written, in order of their dates; new. */
static bl_item **select_changed(bl_error *e, bl_item *items, size_t count, size_t *changed)
{
    *changed = 0;
    bl_item **order = malloc((count + 1) * sizeof *order);
    if (!order) {
        bl_fail_nomem(e);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (items[i].outcome != BL_UNCHANGED)
            order[(*changed)++] = &items[i];
    return order;
}

static void write_rows(bl_error *e, bl_database *db, bl_item **order, size_t count, bl_totals *totals,
                       changes *all)
{
    char imported[32];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(imported, sizeof imported, "%Y-%m-%dT%H:%M:%SZ", &utc);
    /* Ids are given in order of input, rows written in order of date. */
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        number(e, db, order[i], totals);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        if (order[i]->old_doc)
            remove_row(e, db, order[i]->old_doc, totals, all);
    if (count > 1)
        qsort(order, count, sizeof *order, compare_items);
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        insert_row(e, db, order[i], imported, totals);
        change *one = add_change(e, all, order[i]->doc);
        if (one)
            one->item = order[i];
    }
}

void bl_store_write(bl_error *e, bl_database *db, bl_item *items, size_t count)
{
    bl_totals totals;
    changes all = { 0 };
    size_t changed;
    bl_database_need_index(e, db);
    bl_database_begin(e, db);
    bl_database_totals(e, db, &totals);
    for (size_t i = 0; i < count; i++)
        find(e, db, &items[i]);
    bl_item **order = select_changed(e, items, count, &changed);
    if (changed > 0) {
        write_rows(e, db, order, changed, &totals, &all);
        write_index(e, db, &all);
        totals.revision++;
        bl_database_set_totals(e, db, &totals);
    }
    bl_database_end(e, db);
    free_changes(&all);
    free(order);
}

void bl_store_look(bl_error *e, bl_database *db, bl_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        find(e, db, &items[i]);
}

void bl_store_remove(bl_error *e, bl_database *db, int64_t id)
{
    bl_totals totals;
    changes all = { 0 };
    bl_database_need_index(e, db);
    bl_database_begin(e, db);
    bl_database_totals(e, db, &totals);
    sqlite3_stmt *s = statement(e, db, SQL_DOC);
    bl_sql_int(e, s, 1, id);
    int64_t doc = 0;
    if (bl_sql_row(e, s)) {
        doc = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    } else {
        bl_fail(e, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
    }
    if (!bl_failed(e)) {
        remove_row(e, db, doc, &totals, &all);
        write_index(e, db, &all);
        totals.revision++;
        bl_database_set_totals(e, db, &totals);
    }
    bl_database_end(e, db);
    free_changes(&all);
}

/* ---- reading ---- */

static void copy_hash(sqlite3_stmt *s, int column, unsigned char out[BL_SHA256])
{
    const void *bytes = sqlite3_column_blob(s, column);
    if (bytes && sqlite3_column_bytes(s, column) == BL_SHA256)
        memcpy(out, bytes, BL_SHA256);
}

void bl_store_read(bl_error *e, bl_database *db, int64_t id, bl_record *out)
{
    *out = (bl_record){ 0 };
    sqlite3_stmt *s = statement(e, db, SQL_READ);
    bl_sql_int(e, s, 1, id);
    if (!bl_sql_row(e, s)) {
        bl_fail(e, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
        return;
    }
    bl_article *a = &out->article;
    char **fields[] = { &out->key,      &out->collection,
                        &a->published,  &a->published_from,
                        &a->source,     &a->site,
                        &a->author,     &a->url,
                        &a->lang,       &a->title,
                        &out->path,     &out->captured,
                        &out->imported, &out->organizations,
                        &a->body,       &a->furniture };
    int columns = (int)(sizeof fields / sizeof *fields);
    for (int i = 0; i < columns; i++)
        *fields[i] = bl_sql_copy(e, s, i);
    copy_hash(s, columns, out->sha256);
    copy_hash(s, columns + 1, out->content);
    sqlite3_reset(s);
    out->id = id;
    if (out->collection && *out->collection == '\0') {
        free(out->collection);
        out->collection = NULL;
    }
    if (a->published)
        bl_day_parse(a->published, &out->day);
}
