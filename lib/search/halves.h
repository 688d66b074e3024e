/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HALVES_H
#define BL_HALVES_H

#include "search/scan.h"

/* The later half of a long walk, on a thread and a connection of its own. */
typedef struct bl_later bl_later;

/* Start with the later half of a range where its walk is long (`cost`, bytes of lists) and may be divided;
 * `range` becomes the earlier half. NULL, without a failure, where one walk has to do. The collector's index
 * must not be given anything new until the end. */
bl_later *bl_later_start(bl_error *e, bl_collector *collector, int64_t cost, bl_slot_range *range);
/* Wait for it, and give its hits to the collector; how many. */
int64_t bl_later_finish(bl_error *e, bl_collector *collector, bl_later *later);

#endif
