/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The documents of a plan to the best of them and the exact number of all. */
#include "collect.h"

#include <stdlib.h>
#include <string.h>

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

/* Hits that were in order before some were marked are in order again. */
static void put_inside_last(bl_error *e, bl_hit *hits, size_t count)
{
    size_t outside = 0, inside = 0;
    bl_hit *marked = malloc((count + 1) * sizeof *marked);
    if (!marked) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 0; i < count; i++)
        *(hits[i].inside ? &marked[inside++] : &hits[outside++]) = hits[i];
    if (inside > 0)
        memcpy(hits + outside, marked, inside * sizeof *marked);
    free(marked);
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
    put_inside_last(e, best.list, best.count);
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

/* Hits that stand behind this one are not all known. */
static void note_known(bl_collector *s, const bl_hit *last)
{
    if (!s->partly || bl_top_precedes(s->options->sort, last, &s->known))
        s->known = *last;
    s->partly = true;
}

/* One that may be in a story waits for the others of it. */
static void list_hit(bl_error *e, bl_collector *s, const bl_hit *hit)
{
    if (!bl_grow(&s->listed, &s->listed_capacity, s->listed_count + 1, sizeof *s->listed))
        bl_fail_nomem(e);
    else
        s->listed[s->listed_count++] = *hit;
}

static void offer_best(bl_error *e, bl_collector *s, const bl_hit_block *block, bl_slot_range range)
{
    for (size_t i = 0; i < block->best_count; i++) {
        const bl_hit hit = bl_hit_block_best(block, i);
        if (!bl_top_admits(&s->out->top, &hit))
            break;
        if (hit.doc < range.first || hit.doc > range.last)
            continue;
        if (hit.copy)
            list_hit(e, s, &hit);
        else
            bl_top_offer(e, &s->out->top, &hit);
    }
    if (block->best_count < block->count) {
        const bl_hit last = bl_hit_block_best(block, block->best_count - 1);
        note_known(s, &last);
    }
}

/* The newest of a block from the last backwards: those that are shown, not others of their stories. False
 * when no more are needed, or known. */
static bool list_newest(bl_error *e, bl_collector *s, const bl_hit_block *block)
{
    int64_t docs[BL_HIT_BLOCK_SIZE];
    const size_t count = bl_hit_block_newest(block, docs), wanted = bl_scan_wanted(s->options);
    size_t i = 0;
    for (; i < count && s->listed_count < wanted && !bl_failed(e); i++)
        if (bl_kept_range_shown(&s->kept, s->collapse.stories, docs[i]) == docs[i])
            list_hit(e, s, &(bl_hit){ .doc = docs[i], .order = docs[i], .places = BL_HIT_PLACES_UNKNOWN });
    if (i < block->count)
        note_known(s, &(bl_hit){ .doc = docs[i - 1], .order = docs[i - 1] });
    return s->listed_count < wanted && i == block->count;
}

/* Where too few of the newest are known they are walked. */
static void find_newest(bl_error *e, bl_collector *s)
{
    enum { ENOUGH = 2 }; /* times as many as are shown: some are copies of others */
    const size_t wanted = bl_scan_wanted(s->options);
    for (size_t i = s->kept.count; i > 0 && list_newest(e, s, &s->kept.list[i - 1]); i--)
        continue;
    if (s->listed_count == wanted || !s->partly)
        return;
    s->listed_count = 0;
    s->partly = false;
    bl_kept_range_shorten(&s->kept, ENOUGH * wanted);
    if (s->kept.count > 0) {
        const int64_t last = s->kept.list[s->kept.count - 1].last;
        note_known(s, &(bl_hit){ .doc = last, .order = last });
    }
}

static void take_listed(bl_error *e, bl_collector *s)
{
    for (size_t i = 0; i < s->listed_count; i++) {
        const bl_hit *hit = &s->listed[i];
        if (!bl_top_admits(&s->out->top, hit))
            continue;
        if (bl_collapse_takes(&s->collapse, hit->doc))
            bl_collapse_add(e, &s->collapse, hit);
        else
            bl_top_offer(e, &s->out->top, hit);
    }
}

/* Bulletins in blocks whose stories have one before. Blocks know of those before them in their range; what is
 * walked elsewhere has to be compared. */
static void count_repeated(bl_collector *s, size_t known)
{
    s->collapse.repeated += bl_kept_range_repeated(&s->kept, s->collapse.stories);
    for (size_t i = known; i < s->collapse.count; i++)
        s->collapse.repeated += bl_kept_range_tells(&s->kept, s->collapse.stories, s->collapse.hits[i].doc);
}

static bool is_kept(const bl_collector *s, bl_slot_range range)
{
    return s->kept.hits > 0 && range.first == s->kept.range.first;
}

/* All hits of a part of a block, as a walk would find them; the best were offered before. */
static void take_end(bl_error *e, bl_collector *s, const bl_kept_end *end)
{
    int64_t docs[BL_HIT_BLOCK_SIZE];
    for (size_t i = bl_hit_block_newest(&end->block, docs); i > 0; i--) {
        const bl_hit hit = { .doc = docs[i - 1], .order = docs[i - 1], .places = BL_HIT_PLACES_UNKNOWN };
        if (hit.doc < end->range.first || hit.doc > end->range.last ||
            bl_collapse_take(e, &s->collapse, &hit))
            continue;
        if (!bl_scan_ranks(s))
            bl_top_offer(e, &s->out->top, &hit);
    }
}

/* How many were walked. What a block has is no work for two threads, however long the whole list is. */
static int64_t find_end(bl_error *e, bl_collector *s, const bl_kept_end *end)
{
    const bool alone = s->alone;
    int64_t count = 0;
    s->alone = alone || end->block.count > 0;
    if (end->hits > 0)
        take_end(e, s, end);
    else if (end->range.first <= end->range.last)
        count = bl_scan(e, s, end->range, true);
    s->alone = alone;
    return count;
}

static void offer_all_best(bl_error *e, bl_collector *s)
{
    const bl_kept_range *kept = &s->kept;
    for (size_t i = 0; i < kept->count; i++)
        offer_best(e, s, &kept->list[i], kept->range);
    if (kept->before.hits > 0)
        offer_best(e, s, &kept->before.block, kept->before.range);
    if (kept->behind.hits > 0)
        offer_best(e, s, &kept->behind.block, kept->behind.range);
}

/* The best of the blocks come first: they tell what need not be scored. */
static int64_t walk_beside(bl_error *e, bl_collector *s)
{
    const bl_kept_range *kept = &s->kept;
    bl_scan_note(s, kept->hits);
    if (bl_scan_ranks(s))
        offer_all_best(e, s);
    int64_t count = (int64_t)kept->hits + find_end(e, s, &kept->before);
    const size_t known = s->collapse.count;
    for (size_t i = 0; i < s->range_count && !bl_failed(e); i++)
        if (!is_kept(s, s->ranges[i]))
            count += bl_scan(e, s, s->ranges[i], true);
    count += find_end(e, s, &kept->behind);
    if (kept->hits > 0 && !bl_failed(e)) {
        count_repeated(s, known);
        take_listed(e, s);
    }
    return count;
}

static void settle(const bl_collector *s, bl_hit *hit)
{
    const int64_t shown = bl_kept_range_shown(&s->kept, s->collapse.stories, hit->doc);
    if (shown == hit->doc)
        return;
    hit->doc = hit->order = shown;
    hit->places = BL_HIT_PLACES_UNKNOWN;
    hit->first = 0;
}

/* Which bulletin of a story is shown says how it stands among others of the same score, or of time. */
static void settle_all(bl_collector *s)
{
    bl_top *top = &s->out->top;
    if (s->kept.hits == 0)
        return;
    if (top->count == top->limit && top->count > 0) {
        bl_top_sort(top);
        note_known(s, &top->list[top->count - 1]);
    }
    for (size_t i = 0; i < top->count; i++)
        settle(s, &top->list[i]);
}

/* ---- ranges ---- */

/* The range of which most is kept. Few hits are all looked at, for word boundaries. */
static void choose_kept(bl_error *e, bl_collector *s, bl_hit_blocks blocks)
{
    for (size_t i = 0; i < s->range_count && !bl_failed(e); i++) {
        bl_kept_range kept;
        bl_kept_range_open(e, blocks, s->ranges[i], &kept);
        const bool best = kept.hits > s->kept.hits;
        bl_kept_range_free(best ? &s->kept : &kept);
        if (best)
            s->kept = kept;
    }
    if (aligns(s) && s->kept.hits <= BL_SCAN_COUNTED)
        bl_kept_range_free(&s->kept);
    if (s->kept.hits > 0 && s->options->sort == BULLETIN_NEWEST && !bl_failed(e))
        find_newest(e, s);
}

static void choose_ranges(bl_error *e, bl_collector *s)
{
    s->range_count = 0;
    for (size_t i = 0; i < s->filter.range_count && !bl_failed(e); i++)
        if (!s->filter.dated || has_documents(e, s, s->filter.ranges[i]))
            s->ranges[s->range_count++] = s->filter.ranges[i];
}

static void want(bl_slot_range range, bl_slot_range *out, size_t *count)
{
    if (range.last >= range.first && *count < BL_WANTED)
        out[(*count)++] = range;
}

/* To the index what will be asked of it; false when that is nothing. */
static bool want_ranges(bl_collector *s)
{
    bl_slot_range wanted[BL_WANTED];
    size_t count = 0;
    bool wants_undated = s->filter.dated && s->undated < 0;
    for (size_t i = 0; i <= s->range_count; i++) {
        if (wants_undated && (i == s->range_count || s->ranges[i].first > undated.last)) {
            want(undated, wanted, &count);
            wants_undated = false;
        }
        if (i == s->range_count)
            break;
        const bool skips = is_kept(s, s->ranges[i]);
        if (!skips)
            want(s->ranges[i], wanted, &count);
        if (skips && s->kept.before.hits == 0)
            want(s->kept.before.range, wanted, &count);
        if (skips && s->kept.behind.hits == 0)
            want(s->kept.behind.range, wanted, &count);
    }
    if (s->db->reader)
        bl_reader_want(s->db->reader, wanted, s->filter.dated ? count : 0);
    return count > 0 || !s->filter.dated;
}

/* A common term's blocks, where the first page can do with them; else NULL. */
static sqlite3_stmt *read_blocks(bl_error *e, const bl_collector *s)
{
    bl_buffer key = { 0 };
    const bulletin_sort sort = s->options->sort;
    const size_t wanted = bl_scan_wanted(s->options);
    const bool known = !s->maker && !s->walks && s->filter.dated && wanted > 0 && wanted <= BL_BEST_KEPT &&
                       (sort == BULLETIN_RELEVANCE || sort == BULLETIN_NEWEST) && is_unfiltered(s) &&
                       bl_best_key(&s->out->plan, &key);
    sqlite3_stmt *blocks = known ? bl_best_blocks(e, s->db, key.data, s->totals.revision) : NULL;
    bl_buffer_free(&key);
    return blocks;
}

/* Whether the first page would be the same if all hits had been looked at. */
static bool is_page_known(const bl_collector *s)
{
    const bl_top *top = &s->out->top;
    const size_t wanted = bl_scan_wanted(s->options);
    return top->count >= wanted && !top->list[wanted - 1].inside;
}

/* How many are in ranges; the best of them are offered. */
static int64_t find_in_ranges(bl_error *e, bl_collector *s)
{
    enum { SPARE = 32 }; /* some of the best stand inside other words, or show a bulletin of another date */
    bl_kept_range_free(&s->kept);
    sqlite3_stmt *blocks = read_blocks(e, s);
    s->undated = -1;
    if (!(s->options->flags & BULLETIN_NO_COLLAPSE))
        s->collapse.stories = bl_stories_get(e, s->db, s->totals.revision, blocks ? BL_STORIES_CHAINED : 0);
    choose_ranges(e, s);
    if (blocks && !bl_failed(e))
        choose_kept(e, s,
                    bl_hit_blocks_open(sqlite3_column_blob(blocks, 0),
                                       (size_t)sqlite3_column_bytes(blocks, 0), &s->undated));
    if (want_ranges(s))
        bl_gather(e, s->db, &s->out->plan, &s->totals);
    if (s->kept.hits > 0)
        s->out->top.limit = bl_scan_wanted(s->options) + SPARE;
    const int64_t count = walk_beside(e, s);
    bl_collapse_offer(e, &s->collapse, &s->out->top);
    settle_all(s);
    bl_kept_range_free(&s->kept);
    bl_best_give(s->db, blocks);
    return count;
}

/* How many; the best of them are offered. */
static int64_t find_all(bl_error *e, bl_collector *s)
{
    bl_top *top = &s->out->top;
    int64_t count = 0;
    if (take_kept(e, s, &count))
        return count;
    count = find_in_ranges(e, s);
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
    if (s->walks && !bl_failed(e)) {
        s->partly = false;
        s->walked = 0;
        s->out->top.count = s->listed_count = 0;
        collect(e, s);
    }
    free(s->listed);
    s->listed = NULL;
}
