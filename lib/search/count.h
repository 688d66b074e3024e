/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_COUNT_H
#define BL_COUNT_H

#include "index/database.h"

/* What bulletin_count() does. */
typedef struct bl_count_order {
    const char *query;
    size_t size;
    const bulletin_search_options *options;
    const bulletin_by *by;
    size_t by_count;
} bl_count_order;

void bl_count(bl_error *e, bl_database *db, const bl_count_order *order, bulletin_count_row *total,
              bulletin_count_callback row, void *context);

#endif
