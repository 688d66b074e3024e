/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The documents of a plan to the best of them and the exact number of all. */
#include "collect.h"

#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "expression.h"
#include "found.h"
#include "gather.h"
#include "index/statement.h"
#include "kept_walk.h"
#include "memo.h"

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

/* That number is the same whatever the dates: who asks for one year after another asks for it each time. */
static uint32_t undated_question(const bl_collector *s)
{
    bl_error own = BL_ERROR_INIT; /* a query that is no expression is walked each time */
    bl_expression expression = { 0 };
    bl_buffer text = { 0 };
    const bool plain = s->filter.dated && s->out->plan.tree && !s->whole &&
                       bl_filter_is_free(&s->filter, 0) && !bl_filter_docs(&s->filter);
    if (plain)
        bl_expression_make(&own, &s->out->plan, &expression);
    if (plain && !bl_failed(&own))
        bl_buffer_printf(&text, "undated %d %s", expression.negative, expression.text);
    bl_expression_free(&expression);
    return bl_memo_question(s->scorer.memo, &text);
}

/* What was found by an earlier search; -1 = nothing. */
static int64_t known_undated(const bl_collector *s)
{
    uint64_t count;
    return bl_memo_answer(s->scorer.memo, undated_question(s), 0, &count) ? (int64_t)count : -1;
}

static int64_t count_undated(bl_error *e, bl_collector *s)
{
    if (s->undated >= 0)
        return s->undated;
    if (!s->filter.dated || !has_documents(e, s, undated))
        return 0;
    s->filter.dated = false;
    int64_t count = bl_scan(e, s, undated, false);
    s->filter.dated = true;
    if (!bl_failed(e))
        bl_memo_keep(s->scorer.memo, undated_question(s), 0, (uint64_t)count);
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
    const bool all = count <= BL_SCAN_COUNTED;
    bl_top best = *top; /* a part of the same list */
    if (!all && best.count > BL_SCAN_ALIGNED)
        best.count = BL_SCAN_ALIGNED;
    /* Of many only the first page must be known, the same on every page. */
    size_t wanted = all || bl_scan_wanted(s->options) == 0 ? SIZE_MAX : bl_scan_wanted(s->options);
    bl_align_hits(e, s->db, s->scorer.memo, &s->out->plan, best.list, best.count, wanted);
    if (all) {
        /* Bulletins, not stories: each of a story's stands inside other words or not. */
        s->out->totals[BULLETIN_TOTAL_INSIDE_WORDS] =
            (int64_t)bl_align_hits(e, s->db, s->scorer.memo, &s->out->plan, s->few, s->few_count, SIZE_MAX);
        bl_collapse_mark(&s->collapse, s->few, s->few_count, best.list, best.count);
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

static bool has_lists(const bl_collector *s)
{
    return s->lists && s->lists->made >= 0;
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
    bool known = has_lists(s) && s->lists->changed.count == 0 && wanted > 0 && wanted <= most &&
                 is_unfiltered(s) && !s->filter.dated && bl_best_key(&s->out->plan, &key) &&
                 bl_best_read(e, s->db, key.data, s->lists, sort, &s->out->top, count, &stories);
    s->collapse.repeated = known ? *count - stories : 0;
    bl_buffer_free(&key);
    return known;
}

/* ---- ranges ---- */

static void choose_ranges(bl_error *e, bl_collector *s)
{
    bl_kept_range_free(&s->kept);
    s->undated = known_undated(s);
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

static void want_range(const bl_collector *s, bl_slot_range range, bl_slot_range *out, size_t *count)
{
    if (!bl_kept_walk_spares(s, range)) {
        want(range, out, count);
        return;
    }
    *count += bl_kept_range_wanted(&s->kept, &s->lists->changed, out + *count, BL_WANTED_KEPT);
}

/* To the index what will be asked of it, ascending; false when that is nothing. */
static bool want_ranges(bl_collector *s)
{
    bl_slot_range wanted[BL_WANTED];
    size_t count = 0, i = 0;
    for (; i < s->range_count && s->ranges[i].first <= undated.last; i++)
        want_range(s, s->ranges[i], wanted, &count);
    if (s->filter.dated && s->undated < 0)
        want(undated, wanted, &count);
    for (; i < s->range_count; i++)
        want_range(s, s->ranges[i], wanted, &count);
    const bool limits = s->filter.dated || s->kept.hits > 0;
    if (s->db->reader)
        bl_reader_want(s->db->reader, wanted, limits ? count : 0);
    return count > 0 || !limits;
}

/* A common term's blocks, where the first page can do with them; else NULL. */
static sqlite3_stmt *read_blocks(bl_error *e, const bl_collector *s)
{
    bl_buffer key = { 0 };
    const bulletin_sort sort = s->options->sort;
    const size_t wanted = bl_scan_wanted(s->options);
    const bool known = has_lists(s) && !s->walks && (s->filter.dated || s->lists->changed.count > 0) &&
                       wanted > 0 && wanted <= BL_BEST_KEPT &&
                       (sort == BULLETIN_RELEVANCE || sort == BULLETIN_NEWEST) && is_unfiltered(s) &&
                       bl_best_key(&s->out->plan, &key);
    sqlite3_stmt *blocks = known ? bl_best_blocks(e, s->db, key.data, s->lists) : NULL;
    bl_buffer_free(&key);
    return blocks;
}

/* Stories as blocks know them are those of today where nothing has changed. NULL where the lists turn out to
 * be of no use. */
static const bl_stories *stories_of_blocks(bl_error *e, bl_collector *s)
{
    s->lists = bl_kept_state_complete(e, s->db, &s->totals);
    if (!s->lists || s->lists->made < 0)
        return NULL;
    return s->lists->stories ? s->lists->stories : s->collapse.stories;
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
    sqlite3_stmt *blocks = read_blocks(e, s);
    if (!(s->options->flags & BULLETIN_NO_COLLAPSE))
        s->collapse.stories = bl_stories_get(e, s->db, s->totals.revision, blocks ? BL_STORIES_CHAINED : 0);
    s->kept_stories = blocks ? stories_of_blocks(e, s) : NULL;
    if (s->kept_stories)
        bl_kept_walk_open(e, s, blocks);
    else
        choose_ranges(e, s);
    if (want_ranges(s))
        bl_gather(e, s->db, &s->out->plan, &s->totals);
    const int64_t count = bl_kept_walk(e, s);
    bl_collapse_offer(e, &s->collapse, &s->out->top);
    bl_kept_walk_close(s);
    bl_best_give(s->db, blocks);
    return count;
}

/* How many; the best of them are offered. */
static int64_t find_all(bl_error *e, bl_collector *s)
{
    bl_top *top = &s->out->top;
    int64_t count = 0;
    if (!take_kept(e, s, &count))
        count = find_in_ranges(e, s);
    if (s->partly)
        bl_top_cut(top, &s->known);
    if (s->maker)
        bl_collapse_offer(e, &s->collapse, &s->maker->latest);
    else if (s->scorer.terms == 1)
        for (size_t i = 0; i < top->count; i++)
            top->list[i].score *=
                bl_rank_idf((double)s->totals.bulletins, (double)(s->candidates < 0 ? count : s->candidates));
    return count;
}

static void collect(bl_error *e, bl_collector *s)
{
    bl_result *out = s->out;
    out->top.limit = bl_scan_wanted(s->options);
    if (bl_scan_aligns(s) && out->top.limit > 0 && out->top.limit < BL_SCAN_COUNTED)
        out->top.limit = BL_SCAN_COUNTED;
    s->few_most = bl_scan_aligns(s) ? BL_SCAN_COUNTED : 0;
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
    if (bl_scan_aligns(s) && !bl_failed(e))
        align(e, s, count);
    s->walks = s->partly && !is_page_known(s);
    size_t wanted = bl_scan_wanted(s->options);
    if (wanted > 0 && out->top.count > wanted)
        out->top.count = wanted;
    bl_collapse_free(&s->collapse);
    free(s->few);
    s->few = NULL;
    s->few_count = s->few_capacity = 0;
    s->spares = false;
}

void bl_collect(bl_error *e, bl_collector *s)
{
    collect(e, s);
    if (s->walks && !bl_failed(e)) {
        s->partly = false;
        s->walked = 0;
        s->out->top.count = 0;
        collect(e, s);
    }
}
