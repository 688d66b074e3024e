/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_GATHER_H
#define BL_GATHER_H

#include "search/found.h"

/* Put together what the beginnings of a plan find (bl_found_beginning()) before it is asked for: where
 * several are common, on two threads. db->reader has it then. */
void bl_gather(bl_error *e, struct bl_database *db, const bl_plan *plan, int64_t revision);

#endif
