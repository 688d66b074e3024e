/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_WRITER_H
#define BL_WRITER_H

#include "index/database.h"

/* Who is at work on the archive for long. Nothing is decided by it: SQLite's locks alone keep writers apart,
 * and a writer that was killed leaves its name behind. */

/* Write down that this process is; within a transaction. */
void bl_writer_enter(bl_error *e, bl_database *db);
/* No longer; within a transaction. */
void bl_writer_leave(bl_error *e, bl_database *db);
/* Fail with BUSY, naming the process that is at work if one is. */
void bl_writer_busy(bl_error *e, bl_database *db);

#endif
