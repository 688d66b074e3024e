/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_GATHER_H
#define BL_GATHER_H

#include "index/database.h"
#include "search/found.h"

/* Put together what the long lists of a plan's beginnings and endings find (bl_found_beginning(),
 * bl_found_ending()) before it is asked for: earlier documents on this thread, later ones on another.
 * db->reader has all of it then. */
void bl_gather(bl_error *e, bl_database *db, const bl_plan *plan, const bl_totals *totals);
/* The same of a term's phrases of several tokens (bl_found_sequence()): not each walk needs all of these. */
void bl_gather_sequences(bl_error *e, bl_database *db, const bl_plan *plan, size_t term,
                         const bl_totals *totals);

#endif
