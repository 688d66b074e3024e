/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ALIGN_H
#define BL_ALIGN_H

#include "index/database.h"
#include "search/expand.h"
#include "search/top.h"

/* Tell which of the hits hold a term of characters only inside other words (产改 in 生产改造), and mark them,
 * the first first, until `wanted` are found that do not. Reads the hits' texts, so the list must be short.
 * Returns how many are marked. */
size_t bl_align_hits(bl_error *e, bl_database *db, struct bl_memo *memo, const bl_plan *plan, bl_hit *hits,
                     size_t count, size_t wanted);

/* Whether the term stands beside a character that makes it part of another word, as the thesaurus knows. */
bool bl_align_is_guarded(const bl_term *term, const char *text, size_t size, bulletin_range range);

/* Whether the plan has a term that could stand inside words. */
bool bl_align_applies(const bl_plan *plan);

#endif
