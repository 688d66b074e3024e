/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HISTORY_H
#define BL_HISTORY_H

#include "index/database.h"

/* What bulletin_versions() does. */
void bl_history_versions(bl_error *e, bl_database *db, int64_t id, bulletin_record_callback record,
                         void *context);

/* The bulletin's JSON with its "locations" where its text stands at more paths than its origin's; `json` is
 * used up, the result new. NULL on failure. */
char *bl_history_locate(bl_error *e, bl_database *db, int64_t id, char *json);

#endif
