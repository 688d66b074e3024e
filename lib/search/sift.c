/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The best of the bulletins that hold the terms of a query to those that hold them as words. */
#include "sift.h"

#include <stdlib.h>

#include "collect.h"

/* A search whose texts are not all read. */
typedef struct sifter {
    bl_collector *collector;
    bl_whole *whole;
    int64_t candidates, undated; /* that hold the terms, as words or not; and have no date */
    int64_t *found;              /* by each expansion, as words or not */
    bl_docs best;                /* candidates, the best first */
    bl_docs looked;              /* at these */
} sifter;

/* Nothing is found yet. */
static void begin_anew(bl_error *e, bl_collector *s)
{
    bl_plan *plan = &s->out->plan;
    for (size_t i = 0; i < plan->expansion_count; i++)
        plan->expansions[i].bulletins = 0;
    bl_held_close(&s->held);
    bl_held_open(e, plan, s->required, &s->held);
    s->partly = s->walks = false;
    s->walked = 0;
    s->out->top.count = 0;
}

/* The best that hold the terms, wherever they stand. */
static void find_candidates(bl_error *e, sifter *f, size_t limit)
{
    bl_collector *s = f->collector;
    const bulletin_search_options *options = s->options;
    bulletin_search_options wide = *options;
    wide.limit = limit;
    wide.offset = 0;
    begin_anew(e, s);
    s->options = &wide;
    s->whole = NULL;
    s->sifts = true;
    bl_collect(e, s);
    s->sifts = false;
    s->whole = f->whole;
    s->options = options;
    f->candidates = s->out->totals[BULLETIN_TOTAL_BULLETINS];
    f->undated = s->out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED];
    f->best.count = 0;
    for (size_t i = 0; i < s->out->top.count && !bl_failed(e); i++)
        bl_docs_append(e, &f->best, s->out->top.list[i].doc);
}

/* What expansions found of all. */
static void keep_found(bl_error *e, sifter *f)
{
    const bl_plan *plan = &f->collector->out->plan;
    f->found = malloc((plan->expansion_count + 1) * sizeof *f->found);
    if (!f->found)
        bl_fail_nomem(e);
    for (size_t i = 0; f->found && i < plan->expansion_count; i++)
        f->found[i] = plan->expansions[i].bulletins;
}

/* A candidate's copies may hold the terms where it does not. */
static void take_candidates(bl_error *e, sifter *f, size_t count)
{
    const bl_collector *s = f->collector;
    f->looked.count = 0;
    for (size_t i = 0; i < count && i < f->best.count && !bl_failed(e); i++)
        bl_docs_append(e, &f->looked, f->best.list[i]);
    bl_docs_sort(&f->looked);
    if (s->options->flags & BULLETIN_NO_COLLAPSE)
        return;
    const bl_stories *stories = bl_stories_get(e, s->db, s->totals.revision, 0);
    if (stories)
        bl_stories_add_copies(e, stories, &f->looked);
}

/* Which of the best `count` hold the terms as words: the search again, among them alone. False when these do
 * not fill the page. */
static bool look_at(bl_error *e, sifter *f, size_t count)
{
    bl_collector *s = f->collector;
    take_candidates(e, f, count);
    begin_anew(e, s);
    s->filter.among = &f->looked;
    s->candidates = f->candidates;
    if (!bl_failed(e))
        bl_collect(e, s);
    s->candidates = -1;
    s->filter.among = NULL;
    return s->out->top.count >= bl_scan_wanted(s->options);
}

static void forget_figures(const sifter *f)
{
    static const bulletin_total unknown[] = { BULLETIN_TOTAL_STORIES, BULLETIN_TOTAL_BULLETINS,
                                              BULLETIN_TOTAL_AS_TYPED, BULLETIN_TOTAL_INSIDE_WORDS };
    bl_result *out = f->collector->out;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        out->totals[unknown[i]] = -1;
    out->totals[BULLETIN_TOTAL_CANDIDATES] = f->candidates;
    out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED] = f->undated;
    for (size_t i = 0; i < out->plan.expansion_count; i++)
        out->plan.expansions[i].bulletins = f->found[i];
}

/* The best of the candidates are mostly enough. `limit`: that many were asked for. */
static void sift(bl_error *e, sifter *f, size_t limit)
{
    keep_found(e, f);
    bool filled = look_at(e, f, BL_SCAN_ALIGNED);
    if (!filled && limit < BL_SIFT_MOST && f->best.count == limit && !bl_failed(e))
        find_candidates(e, f, BL_SIFT_MOST);
    if (!filled && f->best.count > BL_SCAN_ALIGNED && !bl_failed(e))
        look_at(e, f, BL_SIFT_MOST);
    if (!bl_failed(e))
        forget_figures(f);
}

void bl_sift(bl_error *e, bl_collector *s)
{
    sifter f = { .collector = s, .whole = s->whole };
    const size_t wanted = bl_scan_wanted(s->options);
    /* So many of a single term may be kept (best.h). */
    const size_t limit = s->out->plan.count == 1 ? BL_SCAN_ALIGNED : BL_SIFT_MOST;
    if (!s->whole || wanted == 0 || wanted > BL_SCAN_ALIGNED) {
        bl_collect(e, s);
        return;
    }
    find_candidates(e, &f, limit);
    if (!bl_failed(e) && f.candidates > BL_SCAN_COUNTED) {
        sift(e, &f, limit);
    } else {
        begin_anew(e, s);
        if (!bl_failed(e))
            bl_collect(e, s);
    }
    free(f.found);
    bl_docs_free(&f.best);
    bl_docs_free(&f.looked);
}
