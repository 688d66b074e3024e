/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SPILLED_H
#define BL_SPILLED_H

#include "index/database.h"
#include "index/slot.h"

/* The days that the date of a document may mean which its day's slot cannot hold; year 0 = unknown. */
typedef struct bl_spilled_day {
    bl_day earliest, latest;
} bl_spilled_day;

/* Of the archive at this revision; the first few are asked for one by one, then all are read, and kept with
 * the connection. False when there is no such document. */
bool bl_spilled_find(bl_error *e, bl_database *db, int64_t revision, int64_t doc, bl_spilled_day *out);

#endif
