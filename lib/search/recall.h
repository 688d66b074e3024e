/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_RECALL_H
#define BL_RECALL_H

#include "index/database.h"
#include "search/query.h"

/* Put saved searches in the place of their names: query:NAME, where one is called so. BAD_QUERY when one
 * holds itself, or they hold too much. */
void bl_recall(bl_error *e, bl_database *db, bl_node **tree);

#endif
