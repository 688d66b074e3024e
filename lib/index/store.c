/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Records and their tokens to rows of the archive, in transactions that leave every table exact. */
#include "store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "identify.h"
#include "maintain.h"
#include "slot.h"
#include "statement.h"

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

static void index_insert(bl_error *e, bl_database *db, bl_statement into, const bl_item *item)
{
    sqlite3_stmt *s = bl_statement_get(e, db, into);
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

static void index_remove(bl_error *e, bl_database *db, bl_statement from, const change *old)
{
    sqlite3_stmt *s = bl_statement_get(e, db, from);
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
            index_insert(e, db, BL_SQL_FTS_INSERT, all->list[i].item);
        else
            index_remove(e, db, BL_SQL_FTS_DELETE, &all->list[i]);
    }
}

static void insert_length(bl_error *e, bl_database *db, bl_statement into, const bl_item *item)
{
    sqlite3_stmt *s = bl_statement_get(e, db, into);
    bl_sql_int(e, s, 1, item->doc);
    bl_sql_int(e, s, 2, item->title.positions);
    bl_sql_int(e, s, 3, item->body.positions);
    bl_sql_done(e, s);
}

static void execute_with(bl_error *e, bl_database *db, bl_statement which, int64_t number)
{
    sqlite3_stmt *s = bl_statement_get(e, db, which);
    bl_sql_int(e, s, 1, number);
    bl_sql_done(e, s);
}

/* The index that reindexing builds beside the first changes with it, as far as it has come. */
static void write_next(bl_error *e, bl_database *db, const changes *all, int64_t reached)
{
    for (size_t i = 0; i < all->count && all->list[i].doc <= reached && !bl_failed(e); i++) {
        const change *one = &all->list[i];
        if (one->item) {
            index_insert(e, db, BL_SQL_NEXT_INSERT, one->item);
            insert_length(e, db, BL_SQL_NEXT_INSERT_LENGTH, one->item);
        } else {
            index_remove(e, db, BL_SQL_NEXT_DELETE, one);
            execute_with(e, db, BL_SQL_NEXT_DELETE_LENGTH, one->doc);
        }
    }
}

/* What was changed goes to the index, and to the next if it stands for the archive at this revision. */
static void write_changes(bl_error *e, bl_database *db, changes *all, int64_t revision)
{
    write_index(e, db, all);
    write_next(e, db, all, bl_reindex_reached(e, db, revision));
}

/* The end of a transaction that changed bulletins. */
static void raise_revision(bl_error *e, bl_database *db, bl_totals *totals)
{
    bool next = bl_reindex_reached(e, db, totals->revision) >= 0;
    totals->revision++;
    if (next)
        bl_reindex_keep_up(e, db, totals->revision);
    bl_database_set_totals(e, db, totals);
}

/* ---- removing ---- */

/* Take a row out of every table but the index, whose change is noted. */
static void remove_row(bl_error *e, bl_database *db, int64_t doc, bl_totals *totals, changes *all)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_LENGTH);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        totals->title_positions -= sqlite3_column_int64(s, 0);
        totals->body_positions -= sqlite3_column_int64(s, 1);
        sqlite3_reset(s);
    }
    change *old = add_change(e, all, doc);
    s = bl_statement_get(e, db, BL_SQL_TEXT);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        old->title = bl_sql_copy(e, s, 0);
        old->body = bl_sql_copy(e, s, 1);
        sqlite3_reset(s);
    }
    execute_with(e, db, BL_SQL_DELETE, doc);
    execute_with(e, db, BL_SQL_DELETE_LENGTH, doc);
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
int64_t bl_store_place(bl_error *e, bl_database *db, bl_day day)
{
    int64_t first = bl_slot_of(day);
    int64_t last = day.year ? first + BL_SLOT_SIZE - 1 : BL_SLOT_SPILL - 1;
    int64_t doc = last_in(e, db, first, last) + 1;
    return doc <= last ? doc : last_in(e, db, BL_SLOT_SPILL, BL_SLOT_END - 1) + 1;
}

/* A record keeps the id it states when nobody has it; else the next that was never given out. */
static void number(bl_error *e, bl_database *db, bl_item *item, bl_totals *totals)
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

static void insert_row(bl_error *e, bl_database *db, bl_item *item, const char *time, bl_totals *totals)
{
    item->doc = bl_store_place(e, db, item->record.day);
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
    insert_length(e, db, BL_SQL_INSERT_LENGTH, item);
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

static int compare_contents(const void *a, const void *b)
{
    const bl_item *x = *(bl_item *const *)a, *y = *(bl_item *const *)b;
    int difference = memcmp(x->record.content, y->record.content, BL_SHA256);
    return difference ? difference : x < y ? -1 : x > y;
}

/* New pages of the same text within the batch: the first is the bulletin, the others are places of it. */
static void join_pages(bl_item **order, size_t count)
{
    if (count > 1)
        qsort(order, count, sizeof *order, compare_contents);
    for (size_t i = 1; i < count; i++) {
        bl_item *before = order[i - 1], *item = order[i];
        bool pages = before->page && item->page && item->outcome == BL_ADDED && !item->collision;
        const char *x = before->record.collection, *y = item->record.collection;
        bool same = memcmp(before->record.content, item->record.content, BL_SHA256) == 0 &&
                    (x ? y && !strcmp(x, y) : !y);
        if (pages && same && (before->same_as || before->outcome == BL_ADDED)) {
            item->same_as = before->same_as ? before->same_as : before;
            item->outcome = BL_UNCHANGED;
        }
    }
}

/* The items that are to be written, in order of their dates; new. */
static bl_item **select_changed(bl_error *e, const bl_write *what, size_t *changed)
{
    *changed = 0;
    bl_item **order = malloc((what->count + 1) * sizeof *order);
    if (!order) {
        bl_fail_nomem(e);
        return NULL;
    }
    size_t count = 0;
    for (size_t i = 0; i < what->count; i++)
        if (what->items[i].outcome != BL_UNCHANGED)
            order[count++] = &what->items[i];
    join_pages(order, count);
    for (size_t i = 0; i < count; i++)
        if (order[i]->outcome != BL_UNCHANGED)
            order[(*changed)++] = order[i];
    if (*changed > 1)
        qsort(order, *changed, sizeof *order, compare_items);
    return order;
}

/* The former text of a bulletin that is replaced. */
static void keep_version(bl_error *e, bl_database *db, int64_t id, const char *replaced)
{
    bl_record old = { 0 };
    bl_store_read(e, db, id, &old);
    char *json = bl_record_print(e, &old);
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_VERSION);
    bl_sql_int(e, s, 1, id);
    bl_sql_text(e, s, 2, replaced);
    bl_sql_text(e, s, 3, json);
    bl_sql_done(e, s);
    free(json);
    bl_record_free(&old);
}

/* Other files that held the text a bulletin had are read again next time, for they hold it still. */
static void read_again(bl_error *e, bl_database *db, int64_t id, const char *except, bool records)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_FILES_AGAIN);
    bl_sql_int(e, s, 1, id);
    bl_sql_text(e, s, 2, except);
    bl_sql_int(e, s, 3, records);
    bl_sql_done(e, s);
}

static void remove_old(bl_error *e, bl_database *db, const bl_item *item, const char *time, bl_totals *totals,
                       changes *all)
{
    keep_version(e, db, item->record.id, time);
    read_again(e, db, item->record.id, item->record.path, false);
    remove_row(e, db, item->old_doc, totals, all);
}

/* An item that was thought unchanged when it was read, but is not, has no tokens yet. */
static void need_tokens(bl_error *e, bl_database *db, bl_item *item)
{
    if (!item->body.bytes)
        bl_item_prepare(e, db->fts.cutter, &db->fts.tokens, item);
}

static void write_rows(bl_error *e, bl_database *db, const bl_write *what, bl_item **order, size_t count,
                       bl_totals *totals, changes *all)
{
    char time[32];
    bl_database_now(time);
    /* Ids are given in order of input, rows written in order of date. */
    for (size_t i = 0; i < what->count && !bl_failed(e); i++)
        if (what->items[i].outcome != BL_UNCHANGED)
            number(e, db, &what->items[i], totals);
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        need_tokens(e, db, order[i]);
        if (order[i]->old_doc)
            remove_old(e, db, order[i], time, totals, all);
    }
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        insert_row(e, db, order[i], time, totals);
        change *one = add_change(e, all, order[i]->doc);
        if (one)
            one->item = order[i];
    }
}

static void write_file(bl_error *e, bl_database *db, const char *collection, const bl_file *file, int64_t id,
                       int extractor)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_FILE);
    bl_sql_text(e, s, 1, file->path);
    bl_sql_text(e, s, 2, collection ? collection : "");
    bl_sql_int(e, s, 3, file->stamp.size);
    bl_sql_int(e, s, 4, file->stamp.mtime);
    bl_sql_int(e, s, 5, extractor);
    if (id)
        bl_sql_int(e, s, 6, id);
    else
        bl_sql_null(e, s, 6);
    bl_sql_int(e, s, 7, file->records);
    bl_sql_int(e, s, 8, file->failed);
    bl_sql_done(e, s);
}

static void write_files(bl_error *e, bl_database *db, const bl_write *what)
{
    for (size_t i = 0; i < what->count && !bl_failed(e); i++) {
        bl_item *item = &what->items[i];
        if (item->same_as)
            item->record.id = item->same_as->record.id;
        const bl_file file = { item->record.path, item->stamp, 1, 0 };
        if (item->page && file.path && file.stamp.size >= 0)
            write_file(e, db, item->record.collection, &file, item->record.id, item->record.extractor);
    }
    for (size_t i = 0; i < what->file_count && !bl_failed(e); i++)
        write_file(e, db, what->collection, &what->files[i], 0, BL_EXTRACTOR_VERSION);
}

void bl_store_write(bl_error *e, bl_database *db, const bl_write *what)
{
    bl_totals totals;
    changes all = { 0 };
    size_t changed;
    bl_database_begin(e, db);
    bl_database_need_index(e, db);
    bl_database_totals(e, db, &totals);
    for (size_t i = 0; i < what->count && !bl_failed(e); i++)
        bl_identify(e, db, &what->items[i]);
    bl_item **order = select_changed(e, what, &changed);
    if (changed > 0 && !bl_failed(e)) {
        write_rows(e, db, what, order, changed, &totals, &all);
        write_changes(e, db, &all, totals.revision);
        raise_revision(e, db, &totals);
    }
    write_files(e, db, what);
    bl_database_end(e, db);
    free_changes(&all);
    free(order);
}

void bl_store_look(bl_error *e, bl_database *db, bl_item *items, size_t count)
{
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        bl_identify(e, db, &items[i]);
}

bool bl_store_knows(bl_error *e, bl_database *db, const char *path, const char *collection, bl_stamp stamp,
                    bool any_extractor, int64_t *records)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_FILE_KNOWN);
    bl_sql_text(e, s, 1, path);
    bl_sql_text(e, s, 2, collection ? collection : "");
    *records = 0;
    if (!bl_sql_row(e, s))
        return false;
    bool same = sqlite3_column_int64(s, 0) == stamp.size && sqlite3_column_int64(s, 1) == stamp.mtime &&
                stamp.mtime != 0 && (any_extractor || sqlite3_column_int(s, 2) == BL_EXTRACTOR_VERSION);
    *records = sqlite3_column_int64(s, 3);
    sqlite3_reset(s);
    return same;
}

/* ---- removing bulletins ---- */

/* Bulletins between two times that the index is told: their texts are held until then. */
enum { REMOVED_AT_ONCE = 256 };

typedef struct target {
    int64_t doc, id;
} target;

static int compare_targets(const void *a, const void *b)
{
    const target *x = a, *y = b;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* Those of the ids that somebody has, in order of document, each once; new. */
static target *find_targets(bl_error *e, bl_database *db, const int64_t *ids, size_t count, size_t *found)
{
    target *list =
        bl_failed(e) || count > SIZE_MAX / sizeof *list - 1 ? NULL : malloc((count + 1) * sizeof *list);
    size_t all = 0;
    *found = 0;
    if (!list)
        bl_fail_nomem(e);
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_DOC);
        bl_sql_int(e, s, 1, ids[i]);
        if (bl_sql_row(e, s)) {
            list[all++] = (target){ sqlite3_column_int64(s, 0), ids[i] };
            sqlite3_reset(s);
        }
    }
    if (all > 1)
        qsort(list, all, sizeof *list, compare_targets);
    for (size_t i = 0; i < all; i++)
        if (i == 0 || list[i].doc != list[*found - 1].doc)
            list[(*found)++] = list[i];
    return list;
}

static void remove_targets(bl_error *e, bl_database *db, const target *list, size_t count, bl_totals *totals)
{
    changes all = { 0 };
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        read_again(e, db, list[i].id, NULL, true);
        execute_with(e, db, BL_SQL_DELETE_FILES, list[i].id);
        execute_with(e, db, BL_SQL_DELETE_VERSIONS, list[i].id);
        remove_row(e, db, list[i].doc, totals, &all);
        bl_database_poll(e, db);
    }
    write_changes(e, db, &all, totals->revision);
    free_changes(&all);
}

void bl_store_remove(bl_error *e, bl_database *db, const int64_t *ids, size_t count, size_t *removed)
{
    bl_totals totals;
    size_t found;
    bl_database_begin(e, db);
    bl_database_need_index(e, db);
    bl_database_totals(e, db, &totals);
    target *list = find_targets(e, db, ids, count, &found);
    for (size_t i = 0; i < found && !bl_failed(e); i += REMOVED_AT_ONCE)
        remove_targets(e, db, list + i, found - i < REMOVED_AT_ONCE ? found - i : REMOVED_AT_ONCE, &totals);
    if (found > 0)
        raise_revision(e, db, &totals);
    bl_database_end(e, db);
    *removed = bl_failed(e) ? 0 : found;
    free(list);
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
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_READ);
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
    out->extractor = sqlite3_column_int(s, columns + 2);
    a->replaced = (size_t)sqlite3_column_int64(s, columns + 3);
    sqlite3_reset(s);
    out->id = id;
    if (out->collection && *out->collection == '\0') {
        free(out->collection);
        out->collection = NULL;
    }
    if (a->published)
        bl_day_parse(a->published, &out->day);
}
