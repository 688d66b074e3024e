/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The beginnings and endings of a plan to their documents, in halves that are found side by side. */
#include "gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "best.h"
#include "ending.h"
#include "index/database.h"
#include "middle.h"
#include "sequence.h"
#include "walk.h"

/* A thread is started for beginnings of so many documents, for tokens before an ending with lists so long,
 * and for sequences whose rarest token has one so long. */
enum { LEAST_DOCUMENTS = 8192, LEAST_BYTES = 64 << 10, LEAST_SEQUENCE = 96 << 10 };

/* What is to be found, and where. */
typedef struct wanted {
    const bl_phrase *phrase;
    uint32_t columns;
    bool placed;
} wanted;

typedef struct half {
    bl_error own;
    bl_database *owner;
    int64_t revision;
    bl_slot_range ranges[BL_WANTED];
    size_t range_count;
    const wanted *list;
    bl_found **found; /* of each; NULL = not known */
    size_t count;
    bl_reader reader;
} half;

/* ---- what ---- */

static bool is_long(bl_error *e, bl_database *db, const bl_term *term, const bl_phrase *phrase,
                    uint32_t columns, const bl_kept_state *lists)
{
    if (db->halves != BL_HALVES_LONG)
        return db->halves == BL_HALVES_ALL;
    if (!phrase->prefix)
        return bl_found_sequence_cost(e, db->reader, phrase, columns) >= LEAST_SEQUENCE;
    if (phrase->count > 1)
        return bl_found_ending_cost(e, db->reader, phrase, columns) >= LEAST_BYTES;
    return term->count == 1 && bl_best_count(e, db, term, lists) >= LEAST_DOCUMENTS;
}

/* The same word may stand twice in a query. */
static bool is_listed(const wanted *list, size_t count, const bl_phrase *phrase, uint32_t columns)
{
    size_t i = 0;
    while (i < count && (list[i].columns != columns || strcmp(list[i].phrase->tokens, phrase->tokens) != 0))
        i++;
    return i < count;
}

/* Of one term: those that go on, or the others of several tokens. */
static void list_term(bl_error *e, bl_database *db, const bl_plan *plan, size_t number, bool go_on,
                      const bl_kept_state *lists, wanted *out, size_t *count)
{
    const bl_term *term = &plan->terms[number];
    const uint32_t columns = bl_walk_columns(plan, number);
    for (size_t k = 0; k < term->count && !bl_failed(e); k++) {
        const bl_phrase *phrase = &term->phrases[k];
        if (phrase->prefix == go_on && (go_on || phrase->count > 1) &&
            !is_listed(out, *count, phrase, columns) && !bl_found_get(db->reader, phrase, columns) &&
            is_long(e, db, term, phrase, columns, lists))
            out[(*count)++] = (wanted){ phrase, columns, term->near };
    }
}

/* ---- halves ---- */

static void find(bl_error *e, bl_reader *reader, const half *h)
{
    bl_reader_want(reader, h->ranges, h->range_count);
    for (size_t i = 0; i < h->count && !bl_failed(e); i++) {
        const wanted *w = &h->list[i];
        if (!w->phrase->prefix)
            h->found[i] = bl_found_sequence(e, reader, w->phrase, w->columns);
        else if (w->phrase->count > 1)
            h->found[i] = bl_found_ending(e, reader, w->phrase, w->columns);
        else
            h->found[i] = bl_found_beginning(e, reader, w->phrase, w->columns, w->placed);
    }
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
        find(&h->own, &h->reader, h);
    bl_database_end(&h->own, db);
}

/* What only one thread has found is found anew when it is asked for. */
static void join(bl_error *e, const half *earlier, const half *later, uint32_t wanting)
{
    for (size_t i = 0; i < earlier->count && !bl_failed(e) && !bl_failed(&later->own); i++)
        if (earlier->found[i] && later->found[i])
            bl_found_join(e, earlier->found[i], later->found[i], wanting);
}

/* The reader's ranges before the middle, and those from it on. */
static void divide(const bl_reader *reader, int64_t middle, half *earlier, half *later)
{
    const bl_slot_range *ranges;
    const size_t count = bl_reader_ranges(reader, &ranges);
    for (size_t i = 0; i < count; i++) {
        const bl_slot_range r = ranges[i];
        if (r.first < middle)
            earlier->ranges[earlier->range_count++] =
                (bl_slot_range){ r.first, r.last < middle ? r.last : middle - 1 };
        if (r.last >= middle)
            later->ranges[later->range_count++] =
                (bl_slot_range){ r.first < middle ? middle : r.first, r.last };
    }
}

static void find_halves(bl_error *e, bl_database *db, half *earlier, half *later)
{
    void *states[] = { NULL };
    bl_error own = BL_ERROR_INIT;
    bl_pool *pool = bl_pool_open(&own, 1, 1, work, states);
    bl_slot_range ranges[BL_WANTED];
    const size_t count = db->reader->wanted_count;
    if (!pool)
        return;
    memcpy(ranges, db->reader->wanted, sizeof ranges);
    bl_pool_give(pool, later);
    find(e, db->reader, earlier);
    bl_pool_take(pool);
    bl_pool_close(pool);
    bl_reader_want(db->reader, ranges, count);
    join(e, earlier, later, count > 0 ? db->reader->wanting : 0);
    bl_reader_close(&later->reader);
}

/* Terms [first, end). */
static void gather(bl_error *e, bl_database *db, const bl_plan *plan, size_t first, size_t end, bool go_on,
                   const bl_totals *totals)
{
    size_t phrases = 0, count = 0;
    if (bl_failed(e) || !db->reader || db->reader->alone || bl_pool_threads(0, 2) < 2)
        return;
    for (size_t i = first; i < end; i++)
        phrases += plan->terms[i].count;
    const bl_kept_state *lists = bl_kept_state_get(e, db, totals);
    wanted *list = calloc(phrases + 1, sizeof *list);
    bl_found **found = calloc(2 * phrases + 1, sizeof(bl_found *));
    for (size_t i = first; i < end && list && found; i++)
        list_term(e, db, plan, i, go_on, lists, list, &count);
    const bl_slot_range *ranges;
    const size_t range_count = bl_reader_ranges(db->reader, &ranges);
    const int64_t middle = count > 0 ? bl_middle(e, db, totals, ranges, range_count) : 0;
    if (middle > 0) {
        half earlier = { .list = list, .found = found, .count = count };
        half later = { .own = BL_ERROR_INIT,
                       .owner = db,
                       .revision = totals->revision,
                       .list = list,
                       .found = found + count,
                       .count = count };
        divide(db->reader, middle, &earlier, &later);
        find_halves(e, db, &earlier, &later);
    }
    free(found);
    free(list);
}

void bl_gather(bl_error *e, bl_database *db, const bl_plan *plan, const bl_totals *totals)
{
    gather(e, db, plan, 0, plan->count, true, totals);
}

void bl_gather_sequences(bl_error *e, bl_database *db, const bl_plan *plan, size_t term,
                         const bl_totals *totals)
{
    gather(e, db, plan, term, term + 1, false, totals);
}
