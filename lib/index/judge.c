/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Pairs of texts to those that are copies, beside the thread that writes. */
#include "judge.h"

#include <stdlib.h>

#include "base/pool.h"

/* A connection takes a millisecond to open, which is a hundred texts to read and lay upon each other. */
enum { LEAST_PAIRS = 500 };

struct bl_judge {
    bl_error own;
    bl_database *db, *beside;
    bl_case what;
    bool *copies;
    bl_pool *pool;
    void *states[1];
    atomic_bool stop;
};

static bool must_stop(bl_judge *j)
{
    bl_database_poll(&j->own, j->db);
    return bl_failed(&j->own) || atomic_load(&j->stop);
}

/* So that their labels are in the cache. */
static void read_labels(bl_judge *j, int64_t text)
{
    bl_texts others = { 0 };
    bl_story_read_edges(&j->own, j->beside, text, &others);
    if (others.count > 0)
        bl_text_labels(&j->own, j->beside, j->what.at_hand, text);
    bl_texts_free(&others);
}

static void judge(void *state, void *job)
{
    bl_judge *j = job;
    (void)state;
    bl_database_begin_read(&j->own, j->beside);
    for (size_t i = 0; i < j->what.count && !must_stop(j); i++) {
        const bl_pair *p = &j->what.pairs[i];
        j->copies[i] = bl_text_is_copy(&j->own, j->beside, j->what.at_hand, p->a, p->b);
    }
    for (size_t i = 0; i < j->what.crowded->count && !must_stop(j); i++)
        read_labels(j, j->what.crowded->list[i]);
    bl_database_end(&j->own, j->beside);
}

static void free_judge(bl_judge *j)
{
    free(j->copies);
    free(j);
}

bl_judge *bl_judge_start(bl_error *e, bl_database *db, const bl_case *what)
{
    bl_error own = BL_ERROR_INIT;
    bl_database *beside = !bl_failed(e) && what->count >= LEAST_PAIRS ? bl_database_beside(db) : NULL;
    bl_judge *j = beside ? calloc(1, sizeof *j) : NULL;
    if (!j)
        return NULL;
    *j = (bl_judge){ .own = BL_ERROR_INIT, .db = db, .beside = beside, .what = *what };
    j->copies = calloc(what->count, sizeof *j->copies);
    j->pool = j->copies ? bl_pool_open(&own, 1, 1, judge, j->states) : NULL;
    if (!j->pool) {
        free_judge(j);
        return NULL;
    }
    bl_pool_give(j->pool, j);
    return j;
}

bool *bl_judge_finish(const bl_error *e, bl_judge *j, bl_database **reader)
{
    bool *copies = NULL;
    if (!j)
        return NULL;
    if (bl_failed(e))
        atomic_store(&j->stop, true);
    bl_pool_take(j->pool);
    bl_pool_close(j->pool);
    if (!bl_failed(e) && !bl_failed(&j->own)) {
        copies = j->copies;
        j->copies = NULL;
        *reader = j->beside;
    }
    free_judge(j);
    return copies;
}
