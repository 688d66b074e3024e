/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NEAR_H
#define BL_NEAR_H

#include "search/match.h"
#include "text/token.h"

struct sqlite3_stmt;

/* Terms that must stand near each other, looked for in the texts that hold them all. */
typedef struct bl_near {
    struct bl_database *db;
    const bl_plan *plan;
    const bl_node *node;
    uint32_t columns; /* of the text, a bit each */
    struct sqlite3_stmt *row;
    bl_tokens tokens;
    struct bl_near_place *last; /* of each term: where it stood last */
    size_t count;
} bl_near;

/* New; NULL on failure. */
bl_near *bl_near_open(bl_error *e, struct bl_database *db, const bl_plan *plan, const bl_node *node,
                      uint32_t columns);
bool bl_near_stands(bl_error *e, bl_near *near, int64_t doc);
void bl_near_close(bl_near *near);

#endif
