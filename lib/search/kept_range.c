/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A range of dates to the blocks that are within it, and the bulletins of one story among their hits. */
#include "kept_range.h"

#include <stdlib.h>

/* ---- which blocks ---- */

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

static void add_block(bl_error *e, bl_kept_range *k, const bl_hit_block *block)
{
    const bl_slot_range both = { block->first > k->range.first ? block->first : k->range.first,
                                 block->last < k->range.last ? block->last : k->range.last };
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

void bl_kept_range_open(bl_error *e, bl_hit_blocks blocks, bl_slot_range range, bl_kept_range *k)
{
    *k = (bl_kept_range){ .range = range, .before = nothing, .behind = nothing };
    if (range.first >= BL_SLOT_UNDATED)
        return;
    for (bl_hit_block block; bl_hit_blocks_next(&blocks, range.first, &block) && block.first <= range.last;)
        add_block(e, k, &block);
    if (blocks.size > 0 && blocks.behind < range.last)
        k->behind.range =
            (bl_slot_range){ blocks.behind < range.first ? range.first : blocks.behind + 1, range.last };
    k->hits += k->before.hits + k->behind.hits;
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
    if (k->hits == 0)
        bl_kept_range_free(k);
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

int64_t bl_kept_range_repeated(const bl_kept_range *k, const bl_stories *s)
{
    const size_t from = bl_stories_seek(s, 0, k->range.first);
    size_t count = 0;
    for (size_t i = 0; i < k->count; i++)
        count += bl_hit_block_repeated(&k->list[i], from);
    return (int64_t)count;
}

bool bl_kept_range_tells(const bl_kept_range *k, const bl_stories *s, int64_t doc)
{
    const size_t place = bl_stories_place(s, doc);
    if (place == s->count)
        return false;
    size_t at = place;
    do {
        if (holds(k, s, at))
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
