/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Items to rows of the archive, in transactions that leave every table exact. */
#include "store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "identify.h"
#include "maintain.h"
#include "mention_block.h"
#include "repost.h"
#include "row.h"
#include "slot.h"
#include "statement.h"
#include "story.h"

void bl_store_raise_revision(bl_error *e, bl_database *db, bl_totals *totals)
{
    bool next = bl_reindex_reached(e, db, totals->revision) >= 0;
    totals->revision++;
    if (next)
        bl_reindex_keep_up(e, db, totals->revision);
    bl_database_set_totals(e, db, totals);
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
                       bl_changes *all)
{
    keep_version(e, db, item->record.id, time);
    read_again(e, db, item->record.id, item->record.path, false);
    bl_row_remove(e, db, item->old_doc, totals, all);
}

/* An item that was thought unchanged when it was read, but is not, has neither tokens nor names yet. */
static void need_parts(bl_error *e, bl_database *db, bl_item *item)
{
    bl_finder finder = { .authority = db->authority };
    if (!item->body.bytes)
        bl_item_prepare(e, db->fts.cutter, &db->fts.tokens, item);
    bl_item_name(e, &finder, NULL, item);
    bl_finder_free(&finder);
}

static void write_rows(bl_error *e, bl_database *db, const bl_write *what, bl_item **order, size_t count,
                       bl_totals *totals, bl_changes *all)
{
    char time[32];
    bl_database_now(time);
    /* Ids are given in order of input, and the texts stand in order of ids; all else stands in order of date.
     */
    for (size_t i = 0; i < what->count && !bl_failed(e); i++)
        if (what->items[i].outcome != BL_UNCHANGED)
            bl_row_number(e, db, &what->items[i], totals);
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        need_parts(e, db, order[i]);
        if (order[i]->old_doc)
            remove_old(e, db, order[i], time, totals, all);
    }
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        bl_row_enter(e, db, order[i], totals);
        bl_change *one = bl_change_add(e, all, order[i]->doc);
        if (one)
            one->item = order[i];
    }
    for (size_t i = 0; i < what->count && !bl_failed(e); i++)
        if (what->items[i].outcome != BL_UNCHANGED)
            bl_row_insert(e, db, &what->items[i], time);
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

/* What is written is there to be compared with all else, which goes on while the index is written. */
static void write_derived(bl_error *e, bl_database *db, bl_changes *all, const bl_totals *totals)
{
    bl_reposts *reposts = bl_reposts_start(e, db, all, totals->bulletins);
    bl_changes_write(e, db, all, totals->revision);
    bl_reposts_finish(e, reposts);
}

static void mark_reposts(bl_error *e, bl_database *db, bl_item **order, size_t count)
{
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        int64_t story = bl_story_of(e, db, order[i]->doc);
        order[i]->repost = story != 0 && story != order[i]->doc;
    }
}

void bl_store_write(bl_error *e, bl_database *db, const bl_write *what)
{
    bl_totals totals;
    bl_changes all = { 0 };
    size_t changed;
    bl_database_begin(e, db);
    bl_database_need_index(e, db);
    bl_database_totals(e, db, &totals);
    for (size_t i = 0; i < what->count && !bl_failed(e); i++)
        bl_identify(e, db, &what->items[i]);
    bl_item **order = select_changed(e, what, &changed);
    if (changed > 0 && !bl_failed(e)) {
        bl_mention_note(e, db);
        write_rows(e, db, what, order, changed, &totals, &all);
        bl_mention_wrote(e, db, changed);
        write_derived(e, db, &all, &totals);
        mark_reposts(e, db, order, changed);
        bl_store_raise_revision(e, db, &totals);
    }
    write_files(e, db, what);
    bl_database_end(e, db);
    bl_changes_free(&all);
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
    bl_changes all = { 0 };
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        read_again(e, db, list[i].id, NULL, true);
        bl_statement_run(e, db, BL_SQL_DELETE_FILES, list[i].id);
        bl_statement_run(e, db, BL_SQL_DELETE_VERSIONS, list[i].id);
        bl_row_remove(e, db, list[i].doc, totals, &all);
        bl_database_poll(e, db);
    }
    write_derived(e, db, &all, totals);
    bl_changes_free(&all);
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
    if (found > 0) {
        bl_mention_wrote(e, db, found);
        bl_store_raise_revision(e, db, &totals);
    }
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
