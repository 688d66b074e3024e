/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An item to the bulletin that it is: a new one, a changed one, the same again, or another under the same
 * key. */
#include "identify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resemblance.h"
#include "statement.h"

/* Texts that share less of their tokens than this are not versions of one bulletin: an edited page keeps most
 * of its words, while an address that serves another article keeps few but those of all articles. */
static const double least_resemblance = 0.2;

/* Texts under one key; beyond it the last is replaced. */
enum { MOST_COLLISIONS = 1000 };

typedef struct known {
    int64_t doc, id;
    bool same;   /* the same content */
    bool origin; /* read from the same place */
} known;

static bool same_origin(const bl_item *item, const char *path)
{
    const char *own = item->record.path;
    return !own || !path || strcmp(own, path) == 0;
}

static bool read_known(bl_error *e, sqlite3_stmt *s, const bl_item *item, known *out)
{
    if (!bl_sql_row(e, s))
        return false;
    const void *content = sqlite3_column_blob(s, 2);
    *out = (known){ .doc = sqlite3_column_int64(s, 0), .id = sqlite3_column_int64(s, 1) };
    out->same = content && sqlite3_column_bytes(s, 2) == BL_SHA256 &&
                memcmp(content, item->record.content, BL_SHA256) == 0;
    out->origin = same_origin(item, (const char *)sqlite3_column_text(s, 3));
    sqlite3_reset(s);
    return true;
}

static const char *collection_of(const bl_item *item)
{
    return item->record.collection ? item->record.collection : "";
}

static bool find_key(bl_error *e, bl_database *db, const bl_item *item, const char *key, known *out)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_FIND);
    bl_sql_text(e, s, 1, key);
    bl_sql_text(e, s, 2, collection_of(item));
    return read_known(e, s, item, out);
}

/* A page whose text stands at another path already. */
static bool find_page(bl_error *e, bl_database *db, const bl_item *item, known *out)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_FIND_PAGE);
    bl_sql_blob(e, s, 1, item->record.content, BL_SHA256);
    bl_sql_text(e, s, 2, collection_of(item));
    return read_known(e, s, item, out);
}

static void take(bl_item *item, const known *found, bl_outcome outcome)
{
    item->outcome = outcome;
    item->old_doc = found->doc;
    item->record.id = found->id;
}

static bool resembles(bl_error *e, bl_database *db, bl_item *item, int64_t doc)
{
    bl_prepared old = { 0 };
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_TEXT);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        bl_prepare(e, db->fts.cutter, &db->fts.tokens, (const char *)sqlite3_column_text(s, 1), &old);
        sqlite3_reset(s);
    }
    if (!item->body.bytes)
        bl_item_prepare(e, db->fts.cutter, &db->fts.tokens, item);
    bool close = !bl_failed(e) && bl_resemblance(e, &old, &item->body) >= least_resemblance;
    free(old.bytes);
    return close;
}

/* The n-th key of texts that collide: key, key#2, key#3 … */
static void print_key(const char *key, int n, char *out, size_t size)
{
    if (n == 1)
        snprintf(out, size, "%s", key);
    else
        snprintf(out, size, "%s#%d", key, n);
}

/* The same text under any of the colliding keys is that one. */
static bool find_same(bl_error *e, bl_database *db, bl_item *item, char *key, size_t size)
{
    known found;
    for (int n = 1; n <= MOST_COLLISIONS; n++) {
        print_key(item->record.key, n, key, size);
        if (!find_key(e, db, item, key, &found))
            return false;
        if (found.same || item->keep) {
            take(item, &found, BL_UNCHANGED);
            return true;
        }
    }
    return false;
}

/* The first of the keys that is free, or whose text this one replaces. */
static void find_place(bl_error *e, bl_database *db, bl_item *item, char *key, size_t size)
{
    known found;
    for (int n = 1; n <= MOST_COLLISIONS && !bl_failed(e); n++) {
        print_key(item->record.key, n, key, size);
        item->collision = n > 1;
        if (!find_key(e, db, item, key, &found))
            return;
        if (found.origin || n == MOST_COLLISIONS || resembles(e, db, item, found.doc)) {
            take(item, &found, BL_UPDATED);
            item->collision = false;
            return;
        }
    }
}

void bl_identify(bl_error *e, bl_database *db, bl_item *item)
{
    known found;
    size_t size = strlen(item->record.key) + sizeof "#1000";
    char *key = bl_failed(e) ? NULL : malloc(size);
    item->outcome = BL_ADDED;
    item->old_doc = 0;
    if (!key) {
        bl_fail_nomem(e);
        return;
    }
    if (find_same(e, db, item, key, size)) {
        free(key);
        return;
    }
    find_place(e, db, item, key, size);
    if (item->outcome == BL_ADDED && item->page && !item->collision && find_page(e, db, item, &found))
        take(item, &found, BL_UNCHANGED);
    free(item->record.key);
    item->record.key = key;
}
