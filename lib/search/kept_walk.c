/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What is kept of a common term within some time, and a walk over the rest, to its best hits. */
#include "kept_walk.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "index/sql.h"

bool bl_kept_walk_spares(const bl_collector *s, bl_slot_range range)
{
    return s->kept.hits > 0 && range.first == s->kept.range.first;
}

/* Hits that stand behind this one are not all known. */
static void note_known(bl_collector *s, const bl_hit *last)
{
    if (!s->partly || bl_top_precedes(s->options->sort, last, &s->known))
        s->known = *last;
    s->partly = true;
}

static bl_hit hit_of(int64_t doc)
{
    return (bl_hit){ .doc = doc, .order = bl_slot_order(doc), .places = BL_HIT_PLACES_UNKNOWN };
}

/* Those that changed are found by a walk. */
static bool has_changed(const bl_collector *s, int64_t doc)
{
    const bl_docs *changed = &s->lists->changed;
    const size_t at = bl_docs_find(changed, 0, doc);
    return at < changed->count && changed->list[at] == doc;
}

/* One that may be in a story waits for the others of it. */
static void list_hit(bl_error *e, bl_collector *s, const bl_hit *hit)
{
    if (!bl_grow(&s->listed, &s->listed_capacity, s->listed_count + 1, sizeof *s->listed))
        bl_fail_nomem(e);
    else
        s->listed[s->listed_count++] = *hit;
}

static void offer_hit(bl_error *e, bl_collector *s, const bl_hit *hit, bl_slot_range range)
{
    if (hit->doc < range.first || hit->doc > range.last || has_changed(s, hit->doc))
        return;
    if (hit->copy)
        list_hit(e, s, hit);
    else
        bl_top_offer(e, &s->out->top, hit);
}

/* Those behind the last of the best; false when they are not known. */
static bool offer_others(bl_error *e, bl_collector *s, const bl_hit_block *block, const bl_hit *last,
                         bl_slot_range range)
{
    int64_t docs[BL_HIT_BLOCK_SIZE];
    double scores[BL_HIT_BLOCK_SIZE];
    if (!bl_hit_block_all_scores(block, scores))
        return false;
    for (size_t i = bl_hit_block_newest(block, docs); i > 0; i--) {
        bl_hit hit = hit_of(docs[i - 1]);
        hit.score = scores[i - 1];
        if (!bl_top_precedes(BULLETIN_RELEVANCE, last, &hit) || !bl_top_admits(&s->out->top, &hit))
            continue;
        hit.copy = bl_collapse_takes(&s->collapse, hit.doc);
        offer_hit(e, s, &hit, range);
    }
    return true;
}

static void offer_best(bl_error *e, bl_collector *s, const bl_hit_block *block, bl_slot_range range)
{
    for (size_t i = 0; i < block->best_count; i++) {
        const bl_hit hit = bl_hit_block_best(block, i);
        if (!bl_top_admits(&s->out->top, &hit))
            break;
        offer_hit(e, s, &hit, range);
    }
}

/* Where the last of the best may enter, so may those behind it. */
static void offer_more(bl_error *e, bl_collector *s, const bl_hit_block *block, bl_slot_range range)
{
    const bl_hit last = bl_hit_block_best(block, block->best_count - 1);
    if (block->best_count < block->count && bl_top_admits(&s->out->top, &last) &&
        !offer_others(e, s, block, &last, range))
        note_known(s, &last);
}

/* The newest of a block from the last backwards: those that are shown, not others of their stories. False
 * when no more are needed, or known. */
static bool list_newest(bl_error *e, bl_collector *s, const bl_hit_block *block)
{
    int64_t docs[BL_HIT_BLOCK_SIZE];
    const size_t count = bl_hit_block_newest(block, docs), wanted = bl_scan_wanted(s->options);
    size_t i = 0;
    for (; i < count && s->listed_count < wanted && !bl_failed(e); i++)
        if (!has_changed(s, docs[i]) && bl_kept_range_shown(&s->kept, s->kept_stories, docs[i]) == docs[i])
            list_hit(e, s, &(bl_hit){ .doc = docs[i], .order = docs[i], .places = BL_HIT_PLACES_UNKNOWN });
    const bool more = s->listed_count < wanted && i == block->count;
    if (!more)
        note_known(s, &(bl_hit){ .doc = docs[i - 1], .order = docs[i - 1] });
    return more;
}

/* Whole blocks of dated hits: those of others, which are older than all, stand behind them. */
static size_t count_dated(const bl_kept_range *kept)
{
    size_t count = kept->count;
    while (count > 0 && kept->list[count - 1].first >= BL_SLOT_UNDATED)
        count--;
    return count;
}

/* Where too few of the newest are known they are walked. */
static void find_newest(bl_error *e, bl_collector *s)
{
    enum { ENOUGH = 2 }; /* times as many as are shown: some are copies of others */
    const size_t wanted = bl_scan_wanted(s->options), dated = count_dated(&s->kept);
    for (size_t i = dated; i > 0 && !bl_failed(e) && list_newest(e, s, &s->kept.list[i - 1]); i--)
        continue;
    const bool all = !s->partly && dated == s->kept.count;
    if (s->listed_count == wanted || all)
        return;
    s->listed_count = 0;
    s->partly = false;
    bl_kept_range_shorten(&s->kept, dated == s->kept.count ? ENOUGH * wanted : SIZE_MAX);
    if (s->kept.count > 0) {
        const int64_t last = s->kept.list[s->kept.count - 1].last;
        note_known(s, &(bl_hit){ .doc = last, .order = last });
    }
}

/* ---- which range ---- */

static bool have_changed(const bl_collector *s, bl_slot_range range)
{
    const bl_docs *changed = &s->lists->changed;
    return bl_docs_find(changed, 0, range.first) < bl_docs_find(changed, 0, range.last + 1);
}

/* Of what full days spilled it is known how many there are. */
static void add_spilled(bl_collector *s, const bl_hit_blocks *blocks, bl_slot_range range)
{
    if (blocks->spilled != 0 || have_changed(s, range))
        s->ranges[s->range_count++] = range;
}

/* Of the range of which most is kept the blocks stay. */
static void add_range(bl_error *e, bl_collector *s, bl_hit_blocks blocks, bl_slot_range range)
{
    bl_kept_range kept;
    bl_kept_range_open(e, blocks, range, &s->lists->altered, &kept);
    const bool best = kept.hits > s->kept.hits;
    if (!bl_kept_range_is_empty(&kept) || have_changed(s, range))
        s->ranges[s->range_count++] = range;
    bl_kept_range_free(best ? &s->kept : &kept);
    if (best)
        s->kept = kept;
}

/* Those that no date asks for; -1 = they are to be walked. */
static int64_t count_undated(const bl_collector *s, const bl_hit_blocks *blocks)
{
    if (!s->filter.dated)
        return 0;
    return have_changed(s, (bl_slot_range){ BL_SLOT_UNDATED, BL_SLOT_SPILL - 1 }) ? -1 : blocks->undated;
}

void bl_kept_walk_open(bl_error *e, bl_collector *s, sqlite3_stmt *blocks)
{
    enum { SPARE = 32 }; /* some of the best stand inside other words, or show a bulletin of another date */
    const unsigned char *bytes = sqlite3_column_blob(blocks, 0);
    const bl_hit_blocks all = bl_hit_blocks_open(bytes, (size_t)sqlite3_column_bytes(blocks, 0));
    bl_kept_range_free(&s->kept);
    s->undated = count_undated(s, &all);
    s->range_count = 0;
    for (size_t i = 0; i < s->filter.range_count && !bl_failed(e); i++) {
        const bl_slot_range range = s->filter.ranges[i];
        const int64_t middle = range.first > BL_SLOT_SPILL ? range.first : BL_SLOT_SPILL;
        if (range.first < middle)
            add_range(e, s, all,
                      (bl_slot_range){ range.first, range.last < middle ? range.last : middle - 1 });
        if (range.last >= middle)
            add_spilled(s, &all, (bl_slot_range){ middle, range.last });
    }
    const bool few = bl_scan_aligns(s) && s->kept.hits <= BL_SCAN_COUNTED;
    if (few) /* they are all looked at, and most told at a glance not to be among the best */
        bl_kept_range_free(&s->kept);
    if (s->kept.hits > 0 && s->options->sort == BULLETIN_NEWEST && !bl_failed(e))
        find_newest(e, s);
    s->spares = few || s->kept.hits > 0;
    if (s->spares)
        s->out->top.limit = bl_scan_wanted(s->options) + SPARE;
}

/* ---- the walk ---- */

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

/* Blocks know which of their hits have one of their story before them in the range. Of stories that a walk
 * found first since there were so many, those repeat another that have a hit in the blocks before `until`. */
static void count_repeated(bl_collector *s, size_t known, int64_t until)
{
    const bool none = s->kept.count == 0 || s->kept.list[0].first >= until;
    for (size_t i = known; i < s->collapse.count && !none; i++) {
        const int64_t doc = s->collapse.hits[i].doc;
        s->collapse.repeated +=
            !has_changed(s, doc) && bl_kept_range_tells(&s->kept, s->kept_stories, doc, until);
    }
}

/* All hits of a part of a block, as a walk would find them; the best were offered before. */
static void take_end(bl_error *e, bl_collector *s, const bl_kept_end *end)
{
    int64_t docs[BL_HIT_BLOCK_SIZE];
    for (size_t i = bl_hit_block_newest(&end->block, docs); i > 0; i--) {
        const bl_hit hit = hit_of(docs[i - 1]);
        if (hit.doc < end->range.first || hit.doc > end->range.last || has_changed(s, hit.doc) ||
            bl_collapse_take(e, &s->collapse, &hit))
            continue;
        if (!bl_scan_ranks(s))
            bl_top_offer(e, &s->out->top, &hit);
    }
}

/* How many there are. */
static int64_t walk(bl_error *e, bl_collector *s, bl_slot_range range, int64_t until)
{
    const size_t known = s->collapse.count;
    const int64_t count = bl_scan(e, s, range, true);
    count_repeated(s, known, until);
    return count;
}

/* How many were walked. What a block has is no work for two threads, however long the whole list is. */
static int64_t find_end(bl_error *e, bl_collector *s, const bl_kept_end *end)
{
    const bool alone = s->alone;
    const size_t known = s->collapse.count;
    int64_t count = 0;
    s->alone = alone || end->block.count > 0;
    if (end->hits > 0) {
        take_end(e, s, end);
        count_repeated(s, known, end->range.first);
    } else if (end->range.first <= end->range.last) {
        count = walk(e, s, end->range, end->range.first);
    }
    s->alone = alone;
    return count;
}

/* In ascending order, so that what is found in blocks before is what comes before. */
static int64_t walk_gaps(bl_error *e, bl_collector *s)
{
    const bool alone = s->alone;
    int64_t count = 0;
    s->alone = true;
    for (size_t i = 0; i < s->kept.gap_count && !bl_failed(e); i++)
        count += walk(e, s, s->kept.gaps[i], s->kept.gaps[i].first);
    s->alone = alone;
    return count;
}

typedef void offer_block(bl_error *e, bl_collector *s, const bl_hit_block *block, bl_slot_range range);

static void offer_blocks(bl_error *e, bl_collector *s, offer_block *offer)
{
    const bl_kept_range *kept = &s->kept;
    for (size_t i = 0; i < kept->count; i++)
        offer(e, s, &kept->list[i], kept->range);
    if (kept->before.hits > 0)
        offer(e, s, &kept->before.block, kept->before.range);
    if (kept->behind.hits > 0)
        offer(e, s, &kept->behind.block, kept->behind.range);
}

static int64_t walk_among(bl_error *e, bl_collector *s, const bl_docs *among)
{
    const bool alone = s->alone;
    if (among->count == 0)
        return 0;
    s->alone = true;
    s->filter.among = among;
    const int64_t count =
        bl_scan(e, s, (bl_slot_range){ among->list[0], among->list[among->count - 1] }, true);
    s->filter.among = NULL;
    s->alone = alone;
    return count;
}

/* Where nothing else is walked: such as are in another story now, which were counted, and such as were added
 * since; how many these are. */
static int64_t walk_changed(bl_error *e, bl_collector *s)
{
    bl_docs added = { 0 }, same = { 0 };
    if (s->kept.hits == 0)
        return 0;
    bl_kept_range_spared(e, &s->kept, &s->lists->same, &same);
    bl_kept_range_spared(e, &s->kept, &s->lists->added, &added);
    walk_among(e, s, &same);
    const int64_t count = walk_among(e, s, &added);
    bl_docs_free(&added);
    bl_docs_free(&same);
    return count;
}

/* The best of the blocks come first: they tell what need not be scored. */
int64_t bl_kept_walk(bl_error *e, bl_collector *s)
{
    const bl_kept_range *kept = &s->kept;
    bl_scan_note(s, kept->hits);
    if (bl_scan_ranks(s)) {
        offer_blocks(e, s, offer_best);
        offer_blocks(e, s, offer_more);
    }
    int64_t count = (int64_t)kept->hits + find_end(e, s, &kept->before) + walk_gaps(e, s);
    count += walk_changed(e, s);
    for (size_t i = 0; i < s->range_count && !bl_failed(e); i++)
        if (!bl_kept_walk_spares(s, s->ranges[i]))
            count += walk(e, s, s->ranges[i], INT64_MAX);
    count += find_end(e, s, &kept->behind);
    if (kept->hits > 0 && !bl_failed(e)) {
        s->collapse.repeated += bl_kept_range_repeated(kept, s->kept_stories, &s->lists->changed);
        take_listed(e, s);
    }
    return count;
}

static void settle(const bl_collector *s, bl_hit *hit)
{
    const int64_t shown =
        has_changed(s, hit->doc) ? hit->doc : bl_kept_range_shown(&s->kept, s->kept_stories, hit->doc);
    if (shown == hit->doc)
        return;
    hit->doc = shown;
    hit->order = bl_slot_order(shown);
    hit->places = BL_HIT_PLACES_UNKNOWN;
    hit->first = 0;
}

/* Which bulletin of a story is shown says how it stands among others of the same score, or of time. */
void bl_kept_walk_close(bl_collector *s)
{
    bl_top *top = &s->out->top;
    if (s->spares && top->count == top->limit) {
        bl_top_sort(top);
        note_known(s, &top->list[top->count - 1]);
    }
    for (size_t i = 0; i < top->count && s->kept.hits > 0; i++)
        settle(s, &top->list[i]);
    bl_kept_range_free(&s->kept);
    free(s->listed);
    s->listed = NULL;
    s->listed_count = s->listed_capacity = 0;
}
