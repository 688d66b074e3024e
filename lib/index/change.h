/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CHANGE_H
#define BL_CHANGE_H

#include "index/item.h"
#include "index/statement.h"

/* Writing the index in order of document lets FTS5 keep its pending data in memory (it flushes on every step
 * back), so a batch first changes the tables, then hands over these in order. */
typedef struct bl_change {
    int64_t doc;
    const bl_item *item;        /* what is inserted; NULL for a removal */
    char *text[BL_FTS_COLUMNS]; /* what is removed; new */
} bl_change;

typedef struct bl_changes {
    bl_change *list;
    size_t count, capacity;
} bl_changes;

/* A new one at the end, to be filled in; NULL on failure. */
bl_change *bl_change_add(bl_error *e, bl_changes *all, int64_t doc);
void bl_changes_free(bl_changes *all);

/* Write them to the index, and to the next one if it stands for the archive at this revision. Sorts. */
void bl_changes_write(bl_error *e, bl_database *db, bl_changes *all, int64_t revision);

/* The row of an item's lengths. */
void bl_change_length(bl_error *e, bl_database *db, bl_statement into, const bl_item *item);

#endif
