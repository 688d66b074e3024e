/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_EXPORT_H
#define BL_EXPORT_H

#include "index/database.h"

/* What bulletin_export() does. */
void bl_export(bl_error *e, bl_database *db, const char *query, size_t size,
               const bulletin_search_options *options, bulletin_record_callback record, void *context);

#endif
