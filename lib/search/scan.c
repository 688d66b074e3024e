/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The documents of a plan in a range to those that may be among the best, and how many there are. */
#include "scan.h"

#include "align.h"
#include "halves.h"

static uint32_t count_places(const bl_match *match)
{
    uint32_t places = 0;
    for (size_t i = 0; i < match->count; i++)
        places += match->occurrences[i].count[0] + match->occurrences[i].count[1];
    return places;
}

static uint32_t first_place(const bl_match *match)
{
    const size_t count = match->count + match->bounds;
    uint32_t first = count > 0 ? BL_OCCURRENCE_NOWHERE : 0;
    for (size_t i = 0; i < count; i++)
        if (match->occurrences[i].first < first)
            first = match->occurrences[i].first;
    return first;
}

static void keep_seen(bl_error *e, bl_collector *s, int64_t doc)
{
    const bl_hit hit = { .doc = doc, .order = bl_filter_order(e, &s->filter, doc) };
    const bool is_copy = bl_collapse_takes(&s->collapse, doc);
    bl_best_note(e, s->maker, &hit, s->collapse.stories, is_copy ? (int64_t)s->collapse.next : -1);
}

/* A hit may be among the best of its time and not of all. */
static void keep_scored(bl_error *e, bl_collector *s, const bl_match *match)
{
    bl_hit hit = { .doc = match->doc, .order = bl_slot_order(match->doc), .places = count_places(match) };
    bl_hit_block_maker *blocks = &s->maker->blocks;
    if (match->doc >= BL_SLOT_SPILL || !(bl_hit_block_scores(blocks, match->doc) ||
                                         bl_score_may_enter(&s->scorer, match, &blocks->best, &hit)))
        return;
    hit.score = bl_score(e, &s->scorer, match);
    hit.first = first_place(match);
    hit.copy = bl_collapse_takes(&s->collapse, hit.doc);
    bl_hit_block_offer(e, blocks, &hit);
}

void bl_scan_keep(bl_error *e, bl_collector *s, const bl_hit *hit)
{
    if (s->few_count == s->few_most)
        return;
    if (bl_grow(&s->few, &s->few_capacity, s->few_count + 1, sizeof *s->few))
        s->few[s->few_count++] = *hit;
    else
        bl_fail_nomem(e);
}

static void keep_few(bl_error *e, bl_collector *s, const bl_match *match, bl_hit hit)
{
    hit.places = match->bounds > 0 ? BL_HIT_PLACES_UNKNOWN : count_places(match);
    bl_scan_keep(e, s, &hit);
}

/* Lengths are read only for documents that could enter with the most favourable ones. */
static void offer(bl_error *e, bl_collector *s, bl_match *match)
{
    if (s->maker) {
        keep_seen(e, s, match->doc);
        keep_scored(e, s, match);
    }
    bl_hit hit = { .doc = match->doc,
                   .order = bl_filter_order(e, &s->filter, match->doc),
                   .other = s->held.other };
    if (s->few_count < s->few_most)
        keep_few(e, s, match, hit);
    if (bl_scan_ranks(s)) {
        bool enters = bl_score_may_enter(&s->scorer, match, &s->out->top, &hit);
        if (enters && match->bounds > 0) {
            match->complete(e, match);
            enters = bl_score_may_enter(&s->scorer, match, &s->out->top, &hit);
        }
        if (!enters && !bl_collapse_concerns(&s->collapse, hit.doc))
            return;
        hit.score = enters ? bl_score(e, &s->scorer, match) : 0; /* its story may enter by another bulletin */
    }
    hit.places = count_places(match);
    hit.first = first_place(match);
    if (bl_collapse_take(e, &s->collapse, &hit))
        return;
    if (s->newest.docs && hit.doc < BL_SLOT_UNDATED)
        bl_newest_put(&s->newest, hit.doc);
    else
        bl_top_offer(e, &s->out->top, &hit);
}

bool bl_scan_aligns(const bl_collector *s)
{
    return bl_scan_ranks(s) && !s->maker && !s->sifts && !(s->options->flags & BULLETIN_ANY) &&
           bl_align_applies(&s->out->plan);
}

size_t bl_scan_wanted(const bulletin_search_options *options)
{
    if (options->limit == 0)
        return 0;
    uint64_t sum = options->limit + options->offset;
    return sum < options->limit || sum > SIZE_MAX / 2 ? 0 : (size_t)sum;
}

/* As soon as there are too many to look at them all, fewer need be kept: what cannot be among them is passed
 * over more cheaply. */
static void keep_fewer(bl_collector *s)
{
    size_t enough =
        bl_scan_wanted(s->options) > BL_SCAN_ALIGNED ? bl_scan_wanted(s->options) : BL_SCAN_ALIGNED;
    if (s->out->top.limit == BL_SCAN_COUNTED && enough < BL_SCAN_COUNTED)
        bl_top_shrink(&s->out->top, enough);
}

void bl_scan_note(bl_collector *s, size_t count)
{
    bool few = s->walked <= BL_SCAN_COUNTED;
    s->walked += (int64_t)count;
    if (few && s->walked > BL_SCAN_COUNTED) {
        keep_fewer(s);
        s->few_most = s->few_count = 0; /* they are no few */
    }
}

/* A document of which it is enough to know that it is there. */
static void offer_seen(bl_error *e, bl_collector *s, int64_t doc)
{
    if (s->maker)
        keep_seen(e, s, doc);
    if (bl_collapse_concerns(&s->collapse, doc)) {
        const bl_hit hit = { .doc = doc,
                             .order = bl_filter_order(e, &s->filter, doc),
                             .places = BL_HIT_PLACES_UNKNOWN };
        if (bl_collapse_take(e, &s->collapse, &hit))
            return;
    }
    if (s->newest.docs && doc < BL_SLOT_UNDATED)
        bl_newest_put(&s->newest, doc);
    else if (s->newest.docs)
        bl_top_offer(e, &s->out->top, &(bl_hit){ .doc = doc, .order = bl_filter_order(e, &s->filter, doc) });
}

static bool has_room_for(const bl_top *top, double score)
{
    return top->count < top->limit || score >= top->list[0].score;
}

/* Among the best of all, or of the block that it stands in. */
static bool may_enter(const bl_collector *s, const bl_sighting *sighting)
{
    const double score = bl_score_most(&s->scorer, sighting);
    return has_room_for(&s->out->top, score) ||
           (s->maker && (bl_hit_block_scores(&s->maker->blocks, sighting->doc) ||
                         bl_hit_block_ends_before(&s->maker->blocks, sighting->doc) ||
                         has_room_for(&s->maker->blocks.best, score)));
}

/* Documents that nothing need be asked of. Most are told at a glance not to be among the best. */
static void offer_run(bl_error *e, bl_collector *s, bl_match *match, const bl_sighting *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (s->few_count < s->few_most || (!s->newest.docs && may_enter(s, &list[i]))) {
            match->look(e, match, &list[i]);
            offer(e, s, match);
        } else {
            offer_seen(e, s, list[i].doc);
        }
        bl_scan_note(s, 1);
    }
}

static bool needs_occurrences(const bl_collector *s)
{
    return bl_scan_ranks(s) || s->required > 0 || s->out->plan.expansion_count > 0;
}

static bool takes_runs(const bl_collector *s, const bl_match *match, bl_slot_range range)
{
    bool skims = s->newest.docs || (bl_scan_ranks(s) && s->scorer.has_ceiling && s->out->top.limit > 0 &&
                                    s->required == 0 && s->out->plan.expansion_count == 0);
    return skims && match->run && !s->whole && bl_filter_is_free(&s->filter, range.last);
}

static int64_t walk_runs(bl_error *e, bl_collector *s, bl_match *match)
{
    const bl_sighting *list;
    int64_t total = 0;
    for (size_t count; (count = match->run(e, match, &list)) > 0; total += (int64_t)count)
        offer_run(e, s, match, list, count);
    return total;
}

int64_t bl_scan(bl_error *e, bl_collector *s, bl_slot_range range, bool keep)
{
    int64_t count = 0;
    const bl_plan *plan = &s->out->plan;
    const bl_extent extent = { range.first, range.last, bl_filter_docs(&s->filter),
                               s->whole || (keep && needs_occurrences(s)) };
    bl_match *match = !plan->tree && extent.among ? bl_docs_match(e, extent.among, range.first, range.last)
                                                  : bl_match_open(e, s->db, plan, extent);
    bl_later *later = match && keep && match->until ? bl_later_start(e, s, match->cost, &range) : NULL;
    if (later)
        match->until(match, range.last);
    if (keep && s->options->sort == BULLETIN_NEWEST && s->out->top.limit > 0)
        bl_newest_open(&s->newest, s->out->top.limit);
    if (match && keep && takes_runs(s, match, range))
        count = walk_runs(e, s, match);
    while (match && match->next(e, match)) {
        if (!bl_filter_passes(e, &s->filter, match->doc) ||
            (s->whole && !(bl_held_has_enough(&s->held, match) && bl_whole_holds(e, s->whole, match))) ||
            (keep && !bl_held_suffices(&s->held, match)))
            continue;
        count++;
        if (keep)
            offer(e, s, match);
        if (keep)
            bl_scan_note(s, 1);
    }
    bl_newest_close(e, &s->newest, &s->out->top);
    if (match)
        match->close(match);
    return count + bl_later_finish(e, s, later);
}
