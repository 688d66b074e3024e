/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MAINTAIN_H
#define BL_MAINTAIN_H

#include "index/database.h"

/* What bulletin_reindex() does. */
void bl_reindex(bl_error *e, bl_database *db, bulletin_progress_callback progress, void *context);

/* Within a transaction that changes bulletins of the archive at `revision`: the last document that the index
 * being built beside the first holds, and that must be changed there too; -1 when there is none. */
int64_t bl_reindex_reached(bl_error *e, bl_database *db, int64_t revision);
/* It was: it stands for the archive at the new revision. */
void bl_reindex_keep_up(bl_error *e, bl_database *db, int64_t revision);

/* What bulletin_check() does: CORRUPT when something was found. */
void bl_check(bl_error *e, bl_database *db, bulletin_problem_callback problem, void *context);

/* What bulletin_stats() does: one JSON object, new, release with free(). NULL on failure. */
char *bl_statistics(bl_error *e, bl_database *db);

/* What bulletin_backup() does. */
void bl_backup(bl_error *e, bl_database *db, const char *path, bool overwrite,
               bulletin_progress_callback progress, void *context);

/* What bulletin_repair() does: CORRUPT when something could not be mended. */
void bl_repair(bl_error *e, bl_database *db, bulletin_problem_callback problem, void *context);

#endif
