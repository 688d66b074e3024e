/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STORE_H
#define BL_STORE_H

#include "index/database.h"
#include "index/record.h"

/* What became of a record. */
typedef enum bl_outcome { BL_ADDED, BL_UPDATED, BL_UNCHANGED } bl_outcome;

/* A record with its tokens, ready to be written. */
typedef struct bl_item {
    bl_record record;
    bl_prepared title, body;
    bl_outcome outcome; /* set by the store */
    int64_t old_doc;    /* the row it replaces, 0 = none */
    int64_t doc;
} bl_item;

/* Cut the record's text. */
void bl_item_prepare(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, bl_item *item);
void bl_item_free(bl_item *item);

/* Write items, no two with the same key, in one transaction; sets their outcome, id and doc. On failure
 * nothing of the batch is written. */
void bl_store_write(bl_error *e, bl_database *db, bl_item *items, size_t count);

/* Set the outcomes that writing would have; changes nothing. */
void bl_store_look(bl_error *e, bl_database *db, bl_item *items, size_t count);

/* Remove a bulletin in its own transaction; NOT_FOUND. */
void bl_store_remove(bl_error *e, bl_database *db, int64_t id);

/* Read a bulletin whole; NOT_FOUND. */
void bl_store_read(bl_error *e, bl_database *db, int64_t id, bl_record *out);

#endif
