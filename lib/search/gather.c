/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The common beginnings of a plan to their documents, side by side. */
#include "gather.h"

#include <stdlib.h>

#include "base/pool.h"
#include "best.h"
#include "index/database.h"
#include "walk.h"

/* Fewer documents are gathered in less time than a thread takes to start. */
enum { LEAST_DOCUMENTS = 8192 };

/* A beginning, and where it is looked for. */
typedef struct beginning {
    const bl_phrase *phrase;
    uint32_t columns;
    bool placed;
} beginning;

typedef struct half {
    bl_error own;
    bl_database *owner;
    int64_t revision;
    const beginning *list;
    size_t count;
    bl_reader reader;
} half;

static bool is_common(bl_error *e, bl_database *db, const bl_term *term, int64_t revision)
{
    return bl_best_count(e, db, term, revision) >= LEAST_DOCUMENTS;
}

static size_t list_common(bl_error *e, bl_database *db, const bl_plan *plan, int64_t revision, beginning *out)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count && !bl_failed(e); i++) {
        const bl_term *term = &plan->terms[i];
        const uint32_t columns = bl_walk_columns(plan, i);
        if (term->count == 1 && term->phrases[0].prefix && term->phrases[0].count == 1 &&
            !bl_found_get(db->reader, &term->phrases[0], columns) && is_common(e, db, term, revision))
            out[count++] = (beginning){ &term->phrases[0], columns, term->near };
    }
    return count;
}

static void gather(bl_error *e, bl_reader *reader, const beginning *list, size_t count)
{
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        bl_found_beginning(e, reader, list[i].phrase, list[i].columns, list[i].placed);
}

static void work(void *state, void *job)
{
    half *h = job;
    bl_totals totals;
    bl_database *db = bl_database_beside(h->owner);
    (void)state;
    if (!db)
        return;
    bl_database_begin_read(&h->own, db);
    bl_database_totals(&h->own, db, &totals);
    if (!bl_failed(&h->own) && totals.revision == h->revision && bl_reader_open(&h->own, db, &h->reader))
        gather(&h->own, &h->reader, h->list, h->count);
    bl_database_end(&h->own, db);
}

/* What the other thread could not gather is gathered when it is asked for. */
static void gather_halves(bl_error *e, bl_database *db, const beginning *list, size_t count, int64_t revision)
{
    void *states[] = { NULL };
    bl_error own = BL_ERROR_INIT;
    half other = { .own = BL_ERROR_INIT,
                   .owner = db,
                   .revision = revision,
                   .list = list + (count + 1) / 2,
                   .count = count / 2 };
    bl_pool *pool = bl_pool_open(&own, 1, 1, work, states);
    if (pool)
        bl_pool_give(pool, &other);
    gather(e, db->reader, list, (count + 1) / 2);
    if (pool)
        bl_pool_take(pool);
    bl_pool_close(pool);
    if (!bl_failed(&other.own))
        bl_reader_take(e, db->reader, &other.reader);
    bl_reader_close(&other.reader);
}

void bl_gather(bl_error *e, bl_database *db, const bl_plan *plan, int64_t revision)
{
    beginning *list = bl_failed(e) || !db->reader ? NULL : calloc(plan->count + 1, sizeof *list);
    const size_t count = list ? list_common(e, db, plan, revision, list) : 0;
    if (count > 1 && bl_pool_threads(0, 2) == 2)
        gather_halves(e, db, list, count, revision);
    free(list);
}
