/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_KEPT_WALK_H
#define BL_KEPT_WALK_H

#include "search/scan.h"

struct sqlite3_stmt;

/* Choose of the filter's ranges those that have hits, and the one of them of which most is kept. The row of
 * blocks is borrowed until the end. */
void bl_kept_walk_open(bl_error *e, bl_collector *collector, struct sqlite3_stmt *blocks);
/* Whether it is this one: then no more than its ends are walked. */
bool bl_kept_walk_spares(const bl_collector *collector, bl_slot_range range);
/* Find what is in all ranges; how many there are. The best are offered, those of stories to the collapse.
 * Some are not looked at (`partly`), which stand behind the one that is `known`. */
int64_t bl_kept_walk(bl_error *e, bl_collector *collector);
/* Once all are offered: stories show the bulletins that they would show if all had been looked at. */
void bl_kept_walk_close(bl_collector *collector);

#endif
