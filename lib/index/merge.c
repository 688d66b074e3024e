/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Many segments of the index to few, in bounded steps. */
#include "merge.h"

#include <stdio.h>

#include "sql.h"

/* Leaf pages of the index (4,050 bytes each) that one step writes: a step is one short transaction. */
enum { PAGES_A_STEP = 2000, PAGE_BYTES = 4050 };
/* Pending tokens that FTS5 keeps before it writes a segment: few long segments are built faster than many. */
enum { HASH_BYTES = 32 << 20 };

static void set(bl_error *e, bl_database *db, const char *option, long value)
{
    char text[128];
    snprintf(text, sizeof text, "INSERT INTO bulletin_fts(bulletin_fts, rank) VALUES('%s', %ld)", option,
             value);
    bl_sql_exec(e, db->sql, text);
}

void bl_merge_prepare(bl_error *e, bl_database *db)
{
    bl_database_begin(e, db);
    set(e, db, "automerge", 0);
    set(e, db, "hashsize", HASH_BYTES);
    bl_database_end(e, db);
}

/* One step; false when there was nothing left to merge (as FTS5's documentation tells it: fewer than two rows
 * changed). */
static bool step(bl_error *e, bl_database *db, long pages)
{
    int before = sqlite3_total_changes(db->sql);
    bl_database_begin(e, db);
    set(e, db, "merge", pages);
    bl_database_end(e, db);
    return !bl_failed(e) && sqlite3_total_changes(db->sql) - before >= 2;
}

void bl_merge_finish(bl_error *e, bl_database *db, uint64_t bytes)
{
    bl_error own = BL_ERROR_INIT;
    uint64_t steps = bl_failed(e) ? 0 : bytes / ((uint64_t)PAGES_A_STEP * PAGE_BYTES) + 1;
    if (steps > 1 && step(&own, db, -PAGES_A_STEP))
        while (--steps > 0 && step(&own, db, PAGES_A_STEP)) {
            bl_database_poll(&own, db);
        }
    bl_error setting = BL_ERROR_INIT;
    bl_database_begin(&setting, db);
    set(&setting, db, "automerge", 4);
    bl_database_end(&setting, db);
    if (bl_failed(&own))
        bl_fail(e, own.status, "%s", own.message);
    if (bl_failed(&setting))
        bl_fail(e, setting.status, "%s", setting.message);
}
