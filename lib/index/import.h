/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_IMPORT_H
#define BL_IMPORT_H

#include "index/database.h"
#include "page/authority.h"

/* What bulletin_import() does; `e` ends OK, PARTIAL, or with a failure. */
void bl_import(bl_error *e, bl_database *db, const char *const *paths, size_t count,
               const bulletin_import_options *options, bulletin_counts *counts);

/* What bulletin_extract() does. */
void bl_extract(bl_error *e, const bl_authority *authority, const char *const *paths, size_t count,
                const bulletin_import_options *options, bulletin_record_callback record, void *context);

#endif
