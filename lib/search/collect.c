/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The documents of a plan to the best of them and the exact number of all. */
#include "collect.h"

#include <stdlib.h>

#include "align.h"
#include "found.h"
#include "gather.h"
#include "index/statement.h"

/* Most archives have nothing of a year or a month without a day: to know that is quicker than a walk. */
static bool has_documents(bl_error *e, const bl_collector *s, bl_slot_range range)
{
    sqlite3_stmt *row = bl_statement_get(e, s->db, BL_SQL_WITHIN);
    bl_sql_int(e, row, 1, range.first);
    bl_sql_int(e, row, 2, range.last);
    const bool has = bl_sql_row(e, row);
    if (has)
        sqlite3_reset(row);
    return has;
}

/* Undated documents are in no range of dates; how many would match is told. */
static const bl_slot_range undated = { BL_SLOT_UNDATED, BL_SLOT_SPILL - 1 };

static int64_t count_undated(bl_error *e, bl_collector *s)
{
    if (s->undated >= 0)
        return s->undated;
    if (!s->filter.dated || !has_documents(e, s, undated))
        return 0;
    s->filter.dated = false;
    int64_t count = bl_scan(e, s, undated, false);
    s->filter.dated = true;
    return count;
}

/* How many documents of a range satisfy the plan only when their furniture counts: two walks side by side. */
static int64_t count_beyond(bl_error *e, bl_collector *s, bl_slot_range range)
{
    bl_plan *plan = &s->out->plan;
    int64_t count = 0;
    bool scope = plan->articles_only;
    plan->articles_only = false;
    const bl_extent extent = { range.first, range.last, bl_filter_docs(&s->filter), false };
    bl_match *all = bl_match_open(e, s->db, plan, extent);
    plan->articles_only = true;
    bl_match *articles = bl_match_open(e, s->db, plan, extent);
    plan->articles_only = scope;
    bool more = articles && articles->next(e, articles);
    while (all && all->next(e, all)) {
        while (more && articles->doc < all->doc)
            more = articles->next(e, articles);
        count += (!more || articles->doc != all->doc) && bl_filter_passes(e, &s->filter, all->doc);
    }
    if (all)
        all->close(all);
    if (articles)
        articles->close(articles);
    return count;
}

/* Whoever found nothing is told where it stands all the same; others have to ask for it. */
static int64_t count_furniture_only(bl_error *e, bl_collector *s, int64_t found)
{
    if (s->totals.furniture == 0 || !s->out->plan.tree)
        return 0;
    if (s->whole || (found > 0 && !(s->options->flags & BULLETIN_COUNT_FURNITURE)))
        return -1;
    int64_t count = 0;
    for (size_t i = 0; i < s->filter.range_count && !bl_failed(e); i++)
        count += count_beyond(e, s, s->filter.ranges[i]);
    return count;
}

static bool aligns(const bl_collector *s)
{
    return bl_scan_ranks(s) && !s->maker && !s->sifts && !(s->options->flags & BULLETIN_ANY) &&
           bl_align_applies(&s->out->plan);
}

/* Bulletins, not stories: each of a story's stands inside other words or not. */
static size_t count_inside(bl_error *e, bl_collector *s, const bl_top *marked)
{
    size_t inside = bl_align_hits(e, s->db, s->scorer.memo, &s->out->plan, s->collapse.each,
                                  s->collapse.each_count, SIZE_MAX);
    for (size_t i = 0; i < marked->count; i++)
        inside += marked->list[i].inside && !bl_collapse_concerns(&s->collapse, marked->list[i].doc);
    return inside;
}

static void align(bl_error *e, bl_collector *s, int64_t count)
{
    bl_top *top = &s->out->top;
    bool all = count <= BL_SCAN_COUNTED;
    bl_top best = *top; /* a part of the same list */
    if (!all && best.count > BL_SCAN_ALIGNED)
        best.count = BL_SCAN_ALIGNED;
    /* Of many only the first page must be known, the same on every page. */
    size_t wanted = all || bl_scan_wanted(s->options) == 0 ? SIZE_MAX : bl_scan_wanted(s->options);
    bl_align_hits(e, s->db, s->scorer.memo, &s->out->plan, best.list, best.count, wanted);
    if (all) {
        s->out->totals[BULLETIN_TOTAL_INSIDE_WORDS] = (int64_t)count_inside(e, s, &best);
        bl_collapse_mark(&s->collapse, best.list, best.count);
    }
    bl_top_sort(&best);
}

/* Whether every bulletin passes that has its date, and what is kept of a term is what would be found of it.
 */
static bool is_unfiltered(const bl_collector *s)
{
    return bl_filter_is_free(&s->filter, 0) && !bl_filter_docs(&s->filter) && !s->whole && s->required == 0 &&
           !(s->options->flags & BULLETIN_NO_COLLAPSE) &&
           s->out->plan.articles_only == (s->totals.furniture > 0);
}

/* What is kept of a common term spares the walk. */
static bool take_kept(bl_error *e, bl_collector *s, int64_t *count)
{
    bl_buffer key = { 0 };
    const bulletin_sort sort = s->options->sort;
    const size_t wanted = bl_scan_wanted(s->options), most = sort == BULLETIN_RELEVANCE ? BL_BEST_KEPT
                                                             : sort == BULLETIN_NEWEST  ? BL_BEST_NEWEST
                                                                                        : 0;
    int64_t stories = 0;
    bool known = !s->maker && wanted > 0 && wanted <= most && is_unfiltered(s) && !s->filter.dated &&
                 bl_best_key(&s->out->plan, &key) &&
                 bl_best_read(e, s->db, key.data, s->totals.revision, sort, &s->out->top, count, &stories);
    s->collapse.repeated = known ? *count - stories : 0;
    bl_buffer_free(&key);
    return known;
}

/* ---- times of which something is kept ---- */

/* The hits of a block that stand behind the last of its best are not known. */
static void note_known(bl_collector *s, const bl_hit *last)
{
    if (!s->partly || bl_top_precedes(s->options->sort, last, &s->known))
        s->known = *last;
    s->partly = true;
}

/* The best of a block, but for those of stories. */
static void offer_best(bl_error *e, bl_collector *s, const bl_hit_block *block)
{
    for (size_t i = 0; i < block->best_count; i++) {
        const bl_hit hit = bl_hit_block_best(block, i);
        if (!bl_top_admits(&s->out->top, &hit))
            break;
        if (!bl_collapse_takes(&s->collapse, hit.doc))
            bl_top_offer(e, &s->out->top, &hit);
    }
    if (block->best_count < block->count) {
        const bl_hit last = bl_hit_block_best(block, block->best_count - 1);
        note_known(s, &last);
    }
}

/* Its hits that are in stories; one that is not among its best may have a copy that is. */
static void take_copies(bl_error *e, bl_collector *s, bl_hit_block *block)
{
    const bl_stories *stories = s->collapse.stories;
    bl_hit best[BL_HIT_BLOCK_BEST];
    for (size_t i = 0; i < block->best_count && block->copies_size > 0; i++)
        best[i] = bl_hit_block_best(block, i);
    for (size_t place; bl_hit_block_next_copy(block, &place) && stories && place < stories->count;) {
        const int64_t doc = stories->docs[place];
        bl_hit hit = { .doc = doc, .order = doc, .places = BL_HIT_PLACES_UNKNOWN };
        for (size_t i = 0; i < block->best_count; i++)
            if (best[i].doc == doc)
                hit = best[i];
        bl_collapse_take_at(e, &s->collapse, place, &hit);
    }
}

/* How a range of dates lies to the blocks: which are whole within it, how many hits they have, and what is
 * to be walked before and behind them. */
typedef struct division {
    bl_slot_range whole, before, behind;
    size_t hits;
} division;

static const bl_slot_range nothing = { 0, -1 };

static bool is_empty(bl_slot_range range)
{
    return range.last < range.first;
}

static void add_block(division *d, const bl_hit_block *block, bl_slot_range range)
{
    const bl_slot_range both = { block->first > range.first ? block->first : range.first,
                                 block->last < range.last ? block->last : range.last };
    if (block->first < range.first) {
        d->before = both;
    } else if (block->last > range.last) {
        d->behind = both;
    } else {
        if (is_empty(d->whole))
            d->whole.first = block->first;
        d->whole.last = block->last;
        d->hits += block->count;
    }
}

/* The newest hits are found by a walk over the last blocks, which have enough of them. */
static void walk_newest(division *d, bl_hit_blocks blocks, bl_slot_range range, size_t enough)
{
    bl_hit_block block;
    bl_slot_range whole = nothing;
    size_t hits = 0;
    while (bl_hit_blocks_next(&blocks, &block) && block.last <= d->whole.last) {
        if (block.first < d->whole.first)
            continue;
        if (d->hits - hits < block.count + enough)
            break;
        hits += block.count;
        whole = (bl_slot_range){ d->whole.first, block.last };
    }
    *d = (division){ whole, d->before, { block.first, range.last }, hits };
}

/* Blocks speak of dated hits alone. What stands behind bytes that are none has to be walked. */
static division divide(const bl_collector *s, bl_hit_blocks blocks, bl_slot_range range)
{
    enum { ENOUGH = 2 }; /* times as many as are shown: some are copies of others */
    division d = { .whole = nothing, .before = nothing, .behind = nothing };
    const bl_hit_blocks all = blocks;
    if (range.first >= BL_SLOT_UNDATED || blocks.size == 0) {
        d.before = range;
        return d;
    }
    for (bl_hit_block block; bl_hit_blocks_next(&blocks, &block) && block.first <= range.last;)
        if (block.last >= range.first)
            add_block(&d, &block, range);
    if (blocks.size > 0 && blocks.behind < range.last)
        d.behind =
            (bl_slot_range){ blocks.behind < range.first ? range.first : blocks.behind + 1, range.last };
    if (s->options->sort == BULLETIN_NEWEST && !is_empty(d.whole))
        walk_newest(&d, all, range, ENOUGH * bl_scan_wanted(s->options));
    return d;
}

static void take_block(bl_error *e, bl_collector *s, const bl_hit_block *block)
{
    bl_scan_note(s, block->count);
    if (s->options->sort == BULLETIN_RELEVANCE)
        offer_best(e, s, block);
    else
        note_known(s, &(bl_hit){ .doc = block->last, .order = block->last });
}

/* Only the ends of a range are walked. The best of the rest come first: they tell what need not be scored.
 * The bulletins of stories come in order. */
static int64_t walk_ends(bl_error *e, bl_collector *s, bl_slot_range range, bl_hit_blocks blocks)
{
    const division d = divide(s, blocks, range);
    bl_hit_blocks again = blocks;
    bl_hit_block block;
    int64_t count = (int64_t)d.hits;
    while (bl_hit_blocks_next(&again, &block) && block.last <= d.whole.last)
        if (block.first >= d.whole.first)
            take_block(e, s, &block);
    if (!is_empty(d.before))
        count += bl_scan(e, s, d.before, true);
    while (bl_hit_blocks_next(&blocks, &block) && block.last <= d.whole.last)
        if (block.first >= d.whole.first)
            take_copies(e, s, &block);
    if (!is_empty(d.behind))
        count += bl_scan(e, s, d.behind, true);
    return count;
}

static size_t want(bl_slot_range range, bl_slot_range *out, size_t count)
{
    if (!is_empty(range))
        out[count++] = range;
    return count;
}

/* The ranges that hold documents, and to the index what will be asked of it; false when that is nothing. */
static bool choose_ranges(bl_error *e, bl_collector *s, bl_hit_blocks blocks)
{
    bl_slot_range wanted[BL_WANTED];
    size_t count = 0;
    s->range_count = 0;
    for (size_t i = 0; i < s->filter.range_count && !bl_failed(e); i++) {
        const bl_slot_range range = s->filter.ranges[i];
        if (s->filter.dated && s->undated < 0 && range.first > undated.last && count < BL_WANTED)
            wanted[count++] = undated;
        if (s->filter.dated && !has_documents(e, s, range))
            continue;
        s->ranges[s->range_count++] = range;
        const division d = divide(s, blocks, range);
        count = want(d.before, wanted, count);
        count = want(d.behind, wanted, count);
    }
    if (s->db->reader)
        bl_reader_want(s->db->reader, wanted, s->filter.dated ? count : 0);
    return count > 0 || !s->filter.dated;
}

/* A common term's blocks, where the first page can do with them. */
static bool read_blocks(bl_error *e, bl_collector *s, bl_buffer *out)
{
    bl_buffer key = { 0 };
    const bulletin_sort sort = s->options->sort;
    const size_t wanted = bl_scan_wanted(s->options);
    bool known = !s->maker && !s->walks && s->filter.dated && wanted > 0 && wanted <= BL_BEST_KEPT &&
                 (sort == BULLETIN_RELEVANCE || sort == BULLETIN_NEWEST) && is_unfiltered(s) &&
                 bl_best_key(&s->out->plan, &key) &&
                 bl_best_blocks(e, s->db, key.data, s->totals.revision, out);
    bl_buffer_free(&key);
    return known;
}

/* Few hits are all looked at, for word boundaries. */
static bool looks_at_all(const bl_collector *s, bl_hit_blocks blocks)
{
    size_t hits = 0;
    if (!aligns(s))
        return false;
    for (size_t i = 0; i < s->filter.range_count; i++)
        hits += divide(s, blocks, s->filter.ranges[i]).hits;
    return hits <= BL_SCAN_COUNTED;
}

/* Whether the first page would be the same if all hits had been looked at. */
static bool is_page_known(const bl_collector *s)
{
    const bl_top *top = &s->out->top;
    const size_t wanted = bl_scan_wanted(s->options);
    return top->count >= wanted && !top->list[wanted - 1].inside;
}

/* How many; the best of them are offered. */
static int64_t find_all(bl_error *e, bl_collector *s)
{
    bl_top *top = &s->out->top;
    int64_t count = 0;
    if (take_kept(e, s, &count))
        return count;
    if (!(s->options->flags & BULLETIN_NO_COLLAPSE))
        s->collapse.stories = bl_stories_get(e, s->db, s->totals.revision, false);
    bl_buffer blocks = { 0 };
    bool skips = read_blocks(e, s, &blocks);
    int64_t kept_undated;
    const bl_hit_blocks none = { 0 }, all = bl_hit_blocks_open(&blocks, &kept_undated);
    s->undated = skips ? kept_undated : -1;
    skips = skips && !looks_at_all(s, all);
    if (choose_ranges(e, s, skips ? all : none))
        bl_gather(e, s->db, &s->out->plan, &s->totals);
    for (size_t i = 0; i < s->range_count && !bl_failed(e); i++)
        count += skips ? walk_ends(e, s, s->ranges[i], all) : bl_scan(e, s, s->ranges[i], true);
    bl_buffer_free(&blocks);
    bl_collapse_offer(e, &s->collapse, top);
    if (s->partly)
        bl_top_cut(top, &s->known);
    if (s->maker)
        bl_collapse_offer(e, &s->collapse, &s->maker->latest);
    if (s->scorer.terms == 1)
        for (size_t i = 0; i < top->count; i++)
            top->list[i].score *=
                bl_rank_idf((double)s->totals.bulletins, (double)(s->candidates < 0 ? count : s->candidates));
    return count;
}

static void collect(bl_error *e, bl_collector *s)
{
    bl_result *out = s->out;
    out->top.limit = bl_scan_wanted(s->options);
    if (aligns(s) && out->top.limit > 0 && out->top.limit < BL_SCAN_COUNTED)
        out->top.limit = BL_SCAN_COUNTED;
    s->collapse.each_most = aligns(s) ? BL_SCAN_COUNTED : 0;
    const int64_t count = find_all(e, s);
    out->totals[BULLETIN_TOTAL_STORIES] = count - s->collapse.repeated;
    out->totals[BULLETIN_TOTAL_BULLETINS] = count;
    out->totals[BULLETIN_TOTAL_AS_TYPED] = out->plan.expansion_count > 0 ? s->held.as_typed : count;
    out->totals[BULLETIN_TOTAL_INSIDE_WORDS] = out->totals[BULLETIN_TOTAL_CANDIDATES] = -1;
    out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED] = count_undated(e, s);
    if (s->db->reader)
        bl_reader_want(s->db->reader, NULL, 0);
    if (s->required == 0)
        out->totals[BULLETIN_TOTAL_FURNITURE_ONLY] = count_furniture_only(e, s, count);
    out->totals[BULLETIN_TOTAL_ARCHIVE] = s->totals.bulletins;
    out->totals[BULLETIN_TOTAL_REVISION] = s->totals.revision;
    bl_top_sort(&out->top);
    if (aligns(s) && !bl_failed(e))
        align(e, s, count);
    s->walks = s->partly && !is_page_known(s);
    size_t wanted = bl_scan_wanted(s->options);
    if (wanted > 0 && out->top.count > wanted)
        out->top.count = wanted;
    bl_collapse_free(&s->collapse);
}

void bl_collect(bl_error *e, bl_collector *s)
{
    collect(e, s);
    if (bl_failed(e) || !s->walks)
        return;
    s->partly = false;
    s->walked = 0;
    s->out->top.count = 0;
    collect(e, s);
}
