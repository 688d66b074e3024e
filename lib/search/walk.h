/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_WALK_H
#define BL_WALK_H

#include "search/match.h"

/* A plan over the lists of the index itself. NULL, without a failure, when only FTS5 can answer it. */
bl_match *bl_walk_open(bl_error *e, struct bl_database *db, const bl_plan *plan, bl_extent extent);

/* Where a term of the plan is looked for, a bit each column. */
uint32_t bl_walk_columns(const bl_plan *plan, size_t term);

/* The same for one term of the plan; -1 when only FTS5 can answer. */
int64_t bl_walk_frequency(bl_error *e, struct bl_database *db, const bl_plan *plan, size_t term);

#endif
