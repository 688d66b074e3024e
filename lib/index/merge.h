/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MERGE_H
#define BL_MERGE_H

#include "index/database.h"

/* Set the index up for many writes in a row: merging waits until they are over. */
void bl_merge_prepare(bl_error *e, bl_database *db);

/* Merge segments, spending work in proportion to the `bytes` that were written, and go back to merging as
 * FTS5 sees fit. Also runs after a failure, without changing `e` then. */
void bl_merge_finish(bl_error *e, bl_database *db, uint64_t bytes);

#endif
