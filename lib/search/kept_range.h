/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_KEPT_RANGE_H
#define BL_KEPT_RANGE_H

#include "index/slot.h"
#include "search/hit_block.h"
#include "search/stories.h"

/* What a range has before or behind its whole blocks: a part of a block whose hits are all known, or what is
 * to be walked. */
typedef struct bl_kept_end {
    bl_slot_range range; /* an empty one has its last before its first */
    bl_hit_block block;
    size_t hits; /* of the block, in the range; 0 = it is to be walked */
} bl_kept_end;

/* Where a document was altered its block is walked. More gaps would take longer than the blocks between them
 * spare. */
enum { BL_KEPT_GAPS = 32 };

/* How a range of dates lies to the blocks of a common term. */
typedef struct bl_kept_range {
    bl_hit_block *list; /* those that are whole within it, ascending; their bytes are borrowed */
    size_t count, capacity;
    size_t hits; /* that need no walk */
    bl_slot_range range;
    bl_kept_end before, behind;
    bl_slot_range gaps[BL_KEPT_GAPS]; /* ascending, between the two */
    size_t gap_count;
    size_t gap_place; /* how many whole blocks are before the last of them */
} bl_kept_range;

/* Blocks speak of no hits that a full day spilled, and none of them is whole in which a document was altered
 * since; what stands behind bytes that are none has to be walked. */
void bl_kept_range_open(bl_error *e, bl_hit_blocks blocks, bl_slot_range range, const bl_docs *altered,
                        bl_kept_range *out);
void bl_kept_range_free(bl_kept_range *kept);
/* Whether there is nothing in it, walked or not. */
bool bl_kept_range_is_empty(const bl_kept_range *kept);

/* Leave the last blocks to the walk, until it will find this many hits in them; nothing is kept where these
 * are all. */
void bl_kept_range_shorten(bl_kept_range *kept, size_t hits);

/* What is to be walked, and where these documents of the range stand: ascending, at most `most` ranges, the
 * last of which may hold more. */
size_t bl_kept_range_wanted(const bl_kept_range *kept, const bl_docs *among, bl_slot_range *out, size_t most);
/* Of these documents those in the range that are not in what is to be walked. */
void bl_kept_range_spared(bl_error *e, const bl_kept_range *kept, const bl_docs *among, bl_docs *out);

/* Stories are those that blocks know, and what is said is true of all that have no bulletin among those that
 * changed since. Of the hits in blocks: how many have another of their story before them in the range; hits
 * that changed are none. */
int64_t bl_kept_range_repeated(const bl_kept_range *kept, const bl_stories *stories, const bl_docs *changed);
/* Whether a document's story has a hit in the blocks before `until`. */
bool bl_kept_range_tells(const bl_kept_range *kept, const bl_stories *stories, int64_t doc, int64_t until);
/* Which document is shown for a story of which this one is known to be found: the one that stands for it
 * where that is found, else the earliest that is. */
int64_t bl_kept_range_shown(const bl_kept_range *kept, const bl_stories *stories, int64_t doc);

#endif
