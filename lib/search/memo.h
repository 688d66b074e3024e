/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MEMO_H
#define BL_MEMO_H

#include "index/database.h"
#include "search/expand.h"

/* What earlier searches of a connection read of the index, for as long as the archive stays the same. */
typedef struct bl_memo bl_memo;

/* Of the archive at this revision, empty when it was another's; borrowed from the connection; NULL on
 * failure. */
bl_memo *bl_memo_get(bl_error *e, bl_database *db, int64_t revision);

/* Tokens of title and body of a document; false when they are not known. NULL knows nothing. */
bool bl_memo_lengths(const bl_memo *memo, int64_t doc, uint32_t out[2]);
void bl_memo_keep_lengths(bl_memo *memo, int64_t doc, const uint32_t length[2]);

/* How many documents hold a term; -1 = not known. */
int64_t bl_memo_frequency(const bl_memo *memo, const bl_plan *plan, size_t term);
void bl_memo_keep_frequency(bl_memo *memo, const bl_plan *plan, size_t term, int64_t frequency);

#endif
