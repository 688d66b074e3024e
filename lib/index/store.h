/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STORE_H
#define BL_STORE_H

#include "index/database.h"
#include "index/item.h"

/* A file of records that was read to its end. */
typedef struct bl_file {
    char *path; /* absolute, new */
    bl_stamp stamp;
    int64_t records, failed;
} bl_file;

/* What one transaction writes: items, no two of them with the same key, and the files that end among them. */
typedef struct bl_write {
    bl_item *items;
    size_t count;
    const bl_file *files;
    size_t file_count;
    const char *collection; /* of the files; NULL = none */
} bl_write;

/* Write in one transaction; sets the items' outcome, id and doc. On failure nothing of it is written. */
void bl_store_write(bl_error *e, bl_database *db, const bl_write *what);

/* The end of a transaction that changed something: the archive has a new revision. */
void bl_store_raise_revision(bl_error *e, bl_database *db, bl_totals *totals);

/* Set the outcomes that writing would have; changes nothing. */
void bl_store_look(bl_error *e, bl_database *db, bl_item *items, size_t count);

/* Whether a file was read whole and is unchanged since; how many bulletins it held. */
bool bl_store_knows(bl_error *e, bl_database *db, const char *path, const char *collection, bl_stamp stamp,
                    bool any_extractor, int64_t *records);

/* Remove bulletins in one transaction. Ids that nobody has are left out; `removed` counts the others. */
void bl_store_remove(bl_error *e, bl_database *db, const int64_t *ids, size_t count, size_t *removed);

/* Read a bulletin whole; NOT_FOUND. */
void bl_store_read(bl_error *e, bl_database *db, int64_t id, bl_record *out);

#endif
