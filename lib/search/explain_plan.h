/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_EXPLAIN_PLAN_H
#define BL_EXPLAIN_PLAN_H

#include "base/buffer.h"
#include "search/filter.h"

/* Write how a query is answered, a line "name<tab>value" each: a unit for every typed word, with how many
 * bulletins of the archive hold it; the dates, if a range was given; and which engine walks the index. */
void bl_explain_plan(bl_error *e, bl_database *db, const bl_plan *plan, const bl_filter *filter,
                     bl_buffer *out);

#endif
