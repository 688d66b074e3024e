/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MAINTAIN_H
#define BL_MAINTAIN_H

#include "index/database.h"

/* What bulletin_reindex() does. */
void bl_reindex(bl_error *e, bl_database *db, bulletin_progress_callback progress, void *context);

/* What bulletin_check() does: CORRUPT when something was found. */
void bl_check(bl_error *e, bl_database *db, bulletin_problem_callback problem, void *context);

/* What bulletin_stats() does: one JSON object, new, release with free(). NULL on failure. */
char *bl_statistics(bl_error *e, bl_database *db);

/* What bulletin_backup() does. */
void bl_backup(bl_error *e, bl_database *db, const char *path, bool overwrite,
               bulletin_progress_callback progress, void *context);

#endif
