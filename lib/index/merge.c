/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Many segments of the index to few, in bounded steps. */
#include "merge.h"

#include <stdio.h>

#include "sql.h"
#include "writer.h"

/* Leaf pages of the index (4,050 bytes each) that one step writes: a step is one short transaction. */
enum { PAGES_A_STEP = 2000, PAGE_BYTES = 4050 };
/* Pending tokens that FTS5 keeps before it writes a segment: few long segments are built faster than many. In
 * memory they take twice that. */
enum { HASH_BYTES = 48 << 20, LEAST_HASH_BYTES = 64 << 10 };
/* Segments that FTS5 lets stand on one level before it merges them all within the transaction at hand.
 * Usually nothing is merged twice: once a bulk is over, its segments become one. */
enum { CRISIS_BULK = 1024, CRISIS = 16 };

static void set(bl_error *e, bl_database *db, const char *index, const char *option, long value)
{
    char text[160];
    snprintf(text, sizeof text, "INSERT INTO %s(%s, rank) VALUES('%s', %ld)", index, index, option, value);
    bl_sql_exec(e, db->sql, text);
}

static long hash_bytes(const bl_database *db)
{
    if (db->memory / 2 >= HASH_BYTES)
        return HASH_BYTES;
    return db->memory / 2 > LEAST_HASH_BYTES ? (long)(db->memory / 2) : LEAST_HASH_BYTES;
}

void bl_merge_prepare(bl_error *e, bl_database *db, const char *index)
{
    bl_writer_enter(e, db);
    set(e, db, index, "automerge", 0);
    set(e, db, index, "crisismerge", CRISIS_BULK);
    set(e, db, index, "hashsize", hash_bytes(db));
}

/* One step; false when there was nothing left to merge (as FTS5's documentation tells it: fewer than two rows
 * changed). */
static bool step(bl_error *e, bl_database *db, const char *index, long pages)
{
    int before = sqlite3_total_changes(db->sql);
    bl_database_begin(e, db);
    set(e, db, index, "merge", pages);
    bl_database_end(e, db);
    return !bl_failed(e) && sqlite3_total_changes(db->sql) - before >= 2;
}

static void merge(bl_error *e, bl_database *db, const char *index, uint64_t bytes)
{
    uint64_t steps = bytes / ((uint64_t)PAGES_A_STEP * PAGE_BYTES) + 1;
    bool small = steps == 1;
    if (step(e, db, index, small ? PAGES_A_STEP : -PAGES_A_STEP))
        while (--steps > 0 && step(e, db, index, PAGES_A_STEP))
            bl_database_poll(e, db);
}

void bl_merge_finish(bl_error *e, bl_database *db, const char *index, uint64_t bytes)
{
    bl_error setting = BL_ERROR_INIT;
    if (!bl_failed(e) && bytes > 0)
        merge(e, db, index, bytes);
    bl_database_begin(&setting, db);
    set(&setting, db, index, "automerge", 4);
    set(&setting, db, index, "crisismerge", CRISIS);
    bl_writer_leave(&setting, db);
    bl_database_end(&setting, db);
    if (bl_failed(&setting))
        bl_fail(e, setting.status, "%s", setting.message);
}
