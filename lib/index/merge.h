/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MERGE_H
#define BL_MERGE_H

#include "index/database.h"

/* The index of searches, and the one that reindexing builds beside it. */
#define BL_MERGE_INDEX "bulletin_fts"
#define BL_MERGE_NEXT "bulletin_fts_next"

/* Set an index up for many writes in a row: merging waits until they are over. Also says who is writing.
 * Within a transaction. */
void bl_merge_prepare(bl_error *e, bl_database *db, const char *index);

/* Merge segments, spending work in proportion to the `bytes` that were written, and go back to merging as
 * FTS5 sees fit. Also runs after a failure, without changing `e` then. */
void bl_merge_finish(bl_error *e, bl_database *db, const char *index, uint64_t bytes);

#endif
