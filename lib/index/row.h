/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ROW_H
#define BL_ROW_H

#include "index/change.h"
#include "index/item.h"

/* The next free document number for a bulletin of this date. */
int64_t bl_row_place(bl_error *e, bl_database *db, bl_day day);

/* Give an item its public number, unless it replaces a bulletin. */
void bl_row_number(bl_error *e, bl_database *db, bl_item *item, bl_totals *totals);

/* Give an item its document number, and write what hangs on that: everything but the bulletin itself. */
void bl_row_enter(bl_error *e, bl_database *db, bl_item *item, bl_totals *totals);

/* Write an item that was entered, imported at `time` if it does not say. */
void bl_row_insert(bl_error *e, bl_database *db, const bl_item *item, const char *time);

/* Take a bulletin out of every table but the index, whose change is noted. */
void bl_row_remove(bl_error *e, bl_database *db, int64_t doc, bl_totals *totals, bl_changes *all);

#endif
