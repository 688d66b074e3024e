/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A range of documents to the hits of its halves, found side by side. */
#include "halves.h"

#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "found.h"
#include "middle.h"

/* So many bytes of lists take a millisecond to walk, ten times what a thread takes to start; its connection
 * takes as long as the longer lists, and is opened for shorter ones only when some of them were walked. */
enum { LEAST_COST = 128 << 10, LEAST_COST_ALONE = 1 << 20, WALKS_ALONE = 3 };

struct bl_later {
    bl_error own;
    bl_collector half;
    bl_result result;
    bl_reader reader;
    const bl_collector *whole;
    bl_slot_range range;
    int64_t count;
    bool seen; /* the same archive was looked at */
    bl_pool *pool;
    void *states[1];
};

/* ---- whether ---- */

/* Sets of documents and rows that are asked belong to one thread. */
static bool may_divide(const bl_collector *s)
{
    return !s->alone && !s->maker && s->db->reader && s->out->plan.tree && s->filter.test_count == 0 &&
           s->filter.narrowing == 0 && s->filter.set_count == 0 && bl_pool_threads(0, 2) == 2;
}

/* ---- the later half ---- */

/* What a walk changes is its own; all else it has from the earlier half. */
static void prepare(bl_later *l)
{
    const bl_collector *s = l->whole;
    bl_collector *half = &l->half;
    const size_t expansions = s->out->plan.expansion_count;
    half->filter.row = NULL; /* needed by tests alone */
    half->filter.context.db = half->db;
    bl_scorer_lend(&l->own, half->db, &s->scorer, s->totals.revision, &half->scorer);
    l->result = (bl_result){
        .plan = s->out->plan,
        .top = { .sort = s->out->top.sort, .limit = s->out->top.limit, .unordered = s->out->top.unordered }
    };
    l->result.plan.expansions = calloc(expansions + 1, sizeof *l->result.plan.expansions);
    if (!l->result.plan.expansions)
        bl_fail_nomem(&l->own);
    bl_held_open(&l->own, &l->result.plan, s->required, &half->held);
    if (s->whole)
        half->whole = bl_whole_open(&l->own, half->db, &l->result.plan);
}

static void release(bl_later *l)
{
    bl_whole_close(l->half.whole);
    bl_held_close(&l->half.held);
    bl_reader_close(&l->reader);
}

static bool sees_the_same(bl_later *l)
{
    bl_totals totals;
    bl_database_totals(&l->own, l->half.db, &totals);
    return !bl_failed(&l->own) && totals.revision == l->whole->totals.revision;
}

static void work(void *state, void *job)
{
    bl_later *l = job;
    bl_database *db = bl_database_beside(l->whole->db);
    (void)state;
    l->half.db = db;
    if (!db)
        return;
    bl_database_begin_read(&l->own, db);
    if (sees_the_same(l) && bl_reader_open(&l->own, db, &l->reader)) {
        l->seen = true;
        l->reader.lender = l->whole->db->reader;
        db->reader = &l->reader;
        prepare(l);
        if (!bl_failed(&l->own))
            l->count = bl_scan(&l->own, &l->half, l->range, true);
        db->reader = NULL;
    }
    release(l);
    bl_database_end(&l->own, db);
}

static bool is_long(bl_database *db, int64_t cost)
{
    if (cost < LEAST_COST || db->beside || cost >= LEAST_COST_ALONE)
        return cost >= LEAST_COST;
    return ++db->long_walks > WALKS_ALONE;
}

bl_later *bl_later_start(bl_error *e, bl_collector *s, int64_t cost, bl_slot_range *range)
{
    const bl_halves halves = s->db->halves;
    const bool wanted = halves == BL_HALVES_LONG ? is_long(s->db, cost) : halves == BL_HALVES_ALL;
    const bool divides = wanted && !bl_failed(e) && may_divide(s);
    const int64_t middle = divides ? bl_middle(e, s->db, &s->totals, range, 1) : 0;
    bl_later *l = middle > range->first ? calloc(1, sizeof *l) : NULL;
    bl_error own = BL_ERROR_INIT;
    if (!l)
        return NULL;
    l->own = (bl_error)BL_ERROR_INIT;
    l->half = *s;
    l->half.out = &l->result;
    l->half.alone = true;
    l->half.collapse = (bl_collapse){ .stories = s->collapse.stories };
    l->half.few = NULL;
    l->half.few_count = l->half.few_capacity = 0;
    l->half.newest = (bl_newest){ 0 };
    l->half.whole = NULL;
    l->half.held = (bl_held){ 0 };
    l->half.walked = 0;
    l->whole = s;
    l->range = (bl_slot_range){ middle, range->last };
    l->pool = bl_pool_open(&own, 1, 1, work, l->states);
    if (!l->pool) {
        free(l);
        return NULL;
    }
    range->last = middle - 1;
    bl_pool_give(l->pool, l);
    return l;
}

/* ---- both ---- */

static void take_hits(bl_error *e, bl_collector *s, const bl_later *l)
{
    const bl_top *top = &l->result.top;
    bl_scan_note(s, (size_t)l->half.walked);
    for (size_t i = 0; i < top->count; i++)
        bl_top_offer(e, &s->out->top, &top->list[i]);
    for (size_t i = 0; i < l->half.few_count; i++)
        bl_scan_keep(e, s, &l->half.few[i]);
    bl_collapse_join(e, &s->collapse, &l->half.collapse);
    s->held.as_typed += l->half.held.as_typed;
}

static void take_expansions(bl_plan *plan, const bl_plan *half)
{
    for (size_t i = 0; i < plan->expansion_count; i++)
        plan->expansions[i].bulletins += half->expansions[i].bulletins;
}

int64_t bl_later_finish(bl_error *e, bl_collector *s, bl_later *l)
{
    int64_t count = 0;
    if (!l)
        return 0;
    bl_pool_take(l->pool);
    bl_pool_close(l->pool);
    if (l->seen && bl_failed(&l->own) && !bl_failed(e))
        *e = l->own;
    if (!l->seen && !bl_failed(e)) { /* another revision by now, or no connection */
        const bool alone = s->alone;
        s->alone = true;
        count = bl_scan(e, s, l->range, true);
        s->alone = alone;
    } else if (!bl_failed(e)) {
        count = l->count;
        take_hits(e, s, l);
        take_expansions(&s->out->plan, &l->result.plan);
    }
    free(l->result.plan.expansions);
    bl_top_free(&l->result.top);
    bl_collapse_free(&l->half.collapse);
    free(l->half.few);
    free(l);
    return count;
}
