/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A range of dates to the blocks that are within it, and the bulletins of one story among their hits. */
#include "kept_range.h"

#include <stdlib.h>

/* ---- which blocks ---- */

static bool is_some(bl_slot_range range)
{
    return range.first <= range.last;
}

static const bl_kept_end nothing = { .range = { 0, -1 } };

static bl_kept_end make_end(const bl_hit_block *block, bl_slot_range range)
{
    bl_kept_end end = { .range = range, .block = *block };
    int64_t docs[BL_HIT_BLOCK_SIZE];
    const size_t count = bl_hit_block_newest(block, docs);
    if (count < block->count)
        return end;
    for (size_t i = 0; i < count; i++)
        end.hits += docs[i] >= range.first && docs[i] <= range.last;
    return end.hits > 0 ? end : nothing;
}

/* Where no whole block is behind the last gap it goes on; so it does where there are too many. */
static void add_gap(bl_kept_range *k, bl_slot_range part)
{
    if (k->gap_count > 0 && (k->gap_place == k->count || k->gap_count == BL_KEPT_GAPS)) {
        while (k->count > k->gap_place)
            k->hits -= k->list[--k->count].count;
        k->gaps[k->gap_count - 1].last = part.last;
    } else {
        k->gap_place = k->count;
        k->gaps[k->gap_count++] = part;
    }
}

static void add_block(bl_error *e, bl_kept_range *k, const bl_hit_block *block, bl_slot_range both)
{
    if (block->first < k->range.first) {
        k->before = make_end(block, both);
    } else if (block->last > k->range.last) {
        k->behind = make_end(block, both);
    } else if (!bl_grow(&k->list, &k->capacity, k->count + 1, sizeof *k->list)) {
        bl_fail_nomem(e);
    } else {
        k->list[k->count++] = *block;
        k->hits += block->count;
    }
}

/* Up to a document, where no block is. */
static void add_altered(bl_kept_range *k, const bl_docs *altered, size_t *at, int64_t until)
{
    const size_t end = bl_docs_find(altered, *at, until);
    if (end > *at)
        add_gap(k, (bl_slot_range){ altered->list[*at], altered->list[end - 1] });
    *at = end;
}

static bl_slot_range within(const bl_hit_block *block, bl_slot_range range)
{
    return (bl_slot_range){ block->first > range.first ? block->first : range.first,
                            block->last < range.last ? block->last : range.last };
}

void bl_kept_range_open(bl_error *e, bl_hit_blocks blocks, bl_slot_range range, const bl_docs *altered,
                        bl_kept_range *k)
{
    *k = (bl_kept_range){ .range = range, .before = nothing, .behind = nothing };
    if (range.first >= BL_SLOT_SPILL)
        return;
    size_t at = bl_docs_find(altered, 0, range.first);
    for (bl_hit_block block; bl_hit_blocks_next(&blocks, range.first, &block) && block.first <= range.last;) {
        const bl_slot_range both = within(&block, range);
        add_altered(k, altered, &at, both.first);
        const size_t end = bl_docs_find(altered, at, both.last + 1);
        if (end > at)
            add_gap(k, both);
        else
            add_block(e, k, &block, both);
        at = end;
    }
    if (blocks.size > 0 && blocks.behind < range.last)
        k->behind.range =
            (bl_slot_range){ blocks.behind < range.first ? range.first : blocks.behind + 1, range.last };
    else
        add_altered(k, altered, &at, range.last + 1);
    k->hits += k->before.hits + k->behind.hits;
}

bool bl_kept_range_is_empty(const bl_kept_range *k)
{
    return k->hits == 0 && k->gap_count == 0 && !is_some(k->before.range) && !is_some(k->behind.range);
}

void bl_kept_range_free(bl_kept_range *k)
{
    free(k->list);
    *k = (bl_kept_range){ .before = nothing, .behind = nothing };
}

void bl_kept_range_shorten(bl_kept_range *k, size_t hits)
{
    k->hits -= k->behind.hits;
    k->behind.hits = 0;
    for (size_t left = 0; k->count > 0 && left < hits;) {
        const bl_hit_block *last = &k->list[--k->count];
        k->hits -= last->count;
        left += last->count;
        k->behind = (bl_kept_end){ .range = { last->first, k->range.last } };
    }
    while (is_some(k->behind.range) && k->gap_count > 0 &&
           k->gaps[k->gap_count - 1].first >= k->behind.range.first)
        k->gap_count--;
    if (k->hits == 0)
        bl_kept_range_free(k);
}

static bool has(bl_slot_range range, int64_t doc)
{
    return doc >= range.first && doc <= range.last;
}

static bool is_walked(const bl_kept_range *k, size_t *gap, int64_t doc)
{
    while (*gap < k->gap_count && k->gaps[*gap].last < doc)
        ++*gap;
    return (*gap < k->gap_count && has(k->gaps[*gap], doc)) ||
           (k->before.hits == 0 && has(k->before.range, doc)) ||
           (k->behind.hits == 0 && has(k->behind.range, doc));
}

static size_t want(bl_slot_range range, bl_slot_range *out, size_t count, size_t most)
{
    bl_slot_range *last = count > 0 ? &out[count - 1] : NULL;
    if (last &&
        (count == most || bl_slot_day(last->last) == bl_slot_day(range.first) || range.first <= last->last)) {
        last->last = range.last > last->last ? range.last : last->last;
        return count;
    }
    out[count] = range;
    return count + 1;
}

size_t bl_kept_range_wanted(const bl_kept_range *k, const bl_docs *among, bl_slot_range *out, size_t most)
{
    bl_slot_range walked[BL_KEPT_GAPS + 2];
    size_t pieces = 0, count = 0, at = bl_docs_find(among, 0, k->range.first);
    const size_t end = bl_docs_find(among, at, k->range.last + 1);
    if (k->before.hits == 0 && is_some(k->before.range))
        walked[pieces++] = k->before.range;
    for (size_t i = 0; i < k->gap_count; i++)
        walked[pieces++] = k->gaps[i];
    if (k->behind.hits == 0 && is_some(k->behind.range))
        walked[pieces++] = k->behind.range;
    for (size_t i = 0; i < pieces; i++) {
        for (; at < end && among->list[at] < walked[i].first; at++)
            count = want((bl_slot_range){ among->list[at], among->list[at] }, out, count, most);
        count = want(walked[i], out, count, most);
    }
    for (; at < end; at++)
        count = want((bl_slot_range){ among->list[at], among->list[at] }, out, count, most);
    return count;
}

void bl_kept_range_spared(bl_error *e, const bl_kept_range *k, const bl_docs *among, bl_docs *out)
{
    size_t gap = 0;
    for (size_t i = bl_docs_find(among, 0, k->range.first); i < among->count && !bl_failed(e); i++) {
        if (among->list[i] > k->range.last)
            break;
        if (!is_walked(k, &gap, among->list[i]))
            bl_docs_append(e, out, among->list[i]);
    }
}

/* ---- their stories ---- */

/* Whether the document at a place of the stories' is a hit of one of the blocks. */
static bool holds(const bl_kept_range *k, const bl_stories *s, size_t place)
{
    const int64_t doc = s->docs[place];
    size_t low = 0, high = k->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (k->list[middle].last < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < k->count && k->list[low].first <= doc && bl_hit_block_holds(&k->list[low], place);
}

/* The places of those hits of a block that are among the documents from `at` on; how many. */
static size_t find_copies(const bl_hit_block *block, const bl_stories *s, const bl_docs *among, size_t at,
                          uint32_t out[BL_HIT_BLOCK_SIZE])
{
    uint32_t copies[BL_HIT_BLOCK_SIZE];
    const size_t all = bl_hit_block_copies(block, copies);
    size_t count = 0, next = 0, place = 0;
    for (; at < among->count && among->list[at] <= block->last; at++) {
        place = bl_stories_seek(s, place, among->list[at]);
        while (next < all && copies[next] < place)
            next++;
        if (next < all && copies[next] == place && s->docs[place] == among->list[at])
            out[count++] = copies[next];
    }
    return count;
}

/* Whether a story has one of these places. */
static bool has_story(const bl_stories *s, const uint32_t *places, size_t count, uint32_t story)
{
    size_t i = 0;
    while (i < count && s->leaders[places[i]] != story)
        i++;
    return i < count;
}

/* How many of these hits of a block have one of their story before them. */
static size_t count_repeated(const bl_hit_block *block, size_t from, const bl_stories *s,
                             const uint32_t *copies, size_t count)
{
    uint32_t earlier[BL_HIT_BLOCK_SIZE];
    const size_t before = count > 0 ? bl_hit_block_earlier(block, from, earlier) : 0;
    size_t repeated = 0;
    for (size_t i = 0; i < count; i++)
        repeated += has_story(s, copies, i, s->leaders[copies[i]]);
    for (size_t i = 0; i < before; i++)
        repeated += earlier[i] < s->count && has_story(s, copies, count, s->leaders[earlier[i]]);
    return repeated;
}

int64_t bl_kept_range_repeated(const bl_kept_range *k, const bl_stories *s, const bl_docs *changed)
{
    const size_t from = bl_stories_seek(s, 0, k->range.first);
    uint32_t copies[BL_HIT_BLOCK_SIZE];
    size_t count = 0, at = 0;
    for (size_t i = 0; i < k->count; i++) {
        const bl_hit_block *block = &k->list[i];
        count += bl_hit_block_repeated(block, from);
        at = bl_docs_find(changed, at, block->first);
        if (at < changed->count && changed->list[at] <= block->last)
            count -= count_repeated(block, from, s, copies, find_copies(block, s, changed, at, copies));
    }
    return (int64_t)count;
}

bool bl_kept_range_tells(const bl_kept_range *k, const bl_stories *s, int64_t doc, int64_t until)
{
    const size_t place = bl_stories_place(s, doc);
    if (place == s->count)
        return false;
    size_t at = place;
    do {
        if (s->docs[at] < until && holds(k, s, at))
            return true;
        at = s->next[at];
    } while (at != place);
    return false;
}

int64_t bl_kept_range_shown(const bl_kept_range *k, const bl_stories *s, int64_t doc)
{
    const size_t place = bl_stories_place(s, doc);
    const size_t leader = place < s->count ? s->leaders[place] : s->count;
    if (leader == s->count || leader == place)
        return doc;
    if (holds(k, s, leader))
        return s->docs[leader];
    size_t at = place;
    while (s->next[at] > at) /* to the last, behind which the first comes */
        at = s->next[at];
    for (at = s->next[at]; at != place; at = s->next[at])
        if (holds(k, s, at))
            break;
    return s->docs[at];
}
