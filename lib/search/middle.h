/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MIDDLE_H
#define BL_MIDDLE_H

#include "index/database.h"
#include "index/slot.h"

/* A document before which about half of a range's documents are; the first of the range where these are too
 * few to be worth two walks. */
int64_t bl_middle(bl_error *e, bl_database *db, const bl_totals *totals, bl_slot_range range);

#endif
