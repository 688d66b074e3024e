/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MIDDLE_H
#define BL_MIDDLE_H

#include "index/database.h"
#include "index/slot.h"

/* A document before which about half of the documents of some ranges are; 0 where these are too few to be
 * worth two walks. */
int64_t bl_middle(bl_error *e, bl_database *db, const bl_totals *totals, const bl_slot_range *ranges,
                  size_t count);

#endif
