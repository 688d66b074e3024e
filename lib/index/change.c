/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Rows that changed to the index, in order of document. */
#include "change.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "maintain.h"
#include "statement.h"

bl_change *bl_change_add(bl_error *e, bl_changes *all, int64_t doc)
{
    if (!bl_failed(e) && !bl_grow(&all->list, &all->capacity, all->count + 1, sizeof *all->list))
        bl_fail_nomem(e);
    if (bl_failed(e))
        return NULL;
    bl_change *one = &all->list[all->count++];
    *one = (bl_change){ .doc = doc };
    return one;
}

void bl_changes_free(bl_changes *all)
{
    for (size_t i = 0; i < all->count; i++)
        for (int column = 0; column < BL_FTS_COLUMNS; column++)
            free(all->list[i].text[column]);
    free(all->list);
}

/* By document, removals first. */
static int compare_changes(const void *a, const void *b)
{
    const bl_change *x = a, *y = b;
    if (x->doc != y->doc)
        return x->doc < y->doc ? -1 : 1;
    return (x->item != NULL) - (y->item != NULL);
}

static void index_insert(bl_error *e, bl_database *db, bl_statement into, const bl_item *item)
{
    sqlite3_stmt *s = bl_statement_get(e, db, into);
    const bl_article *a = &item->record.article;
    const char *texts[BL_FTS_COLUMNS] = { a->title, a->body, a->furniture };
    const bl_prepared *lists[BL_FTS_COLUMNS] = { &item->title, &item->body, &item->furniture };
    bl_sql_int(e, s, 1, item->doc);
    db->fts.pending_next = db->fts.pending_count = 0;
    for (int i = 0; i < BL_FTS_COLUMNS; i++) {
        bl_sql_text(e, s, 2 + i, texts[i] ? texts[i] : "");
        /* FTS5 does not call the tokenizer for an empty column's text. */
        if (texts[i] && *texts[i])
            db->fts.pending[db->fts.pending_count++] = lists[i];
    }
    bl_sql_done(e, s);
    db->fts.pending_next = db->fts.pending_count = 0;
}

static void index_remove(bl_error *e, bl_database *db, bl_statement from, const bl_change *old)
{
    sqlite3_stmt *s = bl_statement_get(e, db, from);
    bl_sql_int(e, s, 1, old->doc);
    for (int i = 0; i < BL_FTS_COLUMNS; i++)
        bl_sql_text(e, s, 2 + i, old->text[i] ? old->text[i] : "");
    bl_sql_done(e, s);
}

static void write_index(bl_error *e, bl_database *db, bl_changes *all)
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

void bl_change_length(bl_error *e, bl_database *db, bl_statement into, const bl_item *item)
{
    sqlite3_stmt *s = bl_statement_get(e, db, into);
    bl_sql_int(e, s, 1, item->doc);
    bl_sql_int(e, s, 2, item->title.positions);
    bl_sql_int(e, s, 3, item->body.positions);
    bl_sql_done(e, s);
}

/* The index that reindexing builds beside the first changes with it, as far as it has come. */
static void write_next(bl_error *e, bl_database *db, const bl_changes *all, int64_t reached)
{
    for (size_t i = 0; i < all->count && all->list[i].doc <= reached && !bl_failed(e); i++) {
        const bl_change *one = &all->list[i];
        if (one->item) {
            index_insert(e, db, BL_SQL_NEXT_INSERT, one->item);
            bl_change_length(e, db, BL_SQL_NEXT_INSERT_LENGTH, one->item);
        } else {
            index_remove(e, db, BL_SQL_NEXT_DELETE, one);
            bl_statement_run(e, db, BL_SQL_NEXT_DELETE_LENGTH, one->doc);
        }
    }
}

/* What was changed goes to the index, and to the next if it stands for the archive at this revision. */
void bl_changes_write(bl_error *e, bl_database *db, bl_changes *all, int64_t revision)
{
    write_index(e, db, all);
    write_next(e, db, all, bl_reindex_reached(e, db, revision));
}
