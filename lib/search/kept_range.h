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

/* How a range of dates lies to the blocks of a common term. */
typedef struct bl_kept_range {
    bl_hit_block *list; /* those that are whole within it, ascending; their bytes are borrowed */
    size_t count, capacity;
    size_t hits; /* that need no walk */
    bl_slot_range range;
    bl_kept_end before, behind;
} bl_kept_range;

/* Blocks speak of dated hits alone, and what stands behind bytes that are none has to be walked. */
void bl_kept_range_open(bl_error *e, bl_hit_blocks blocks, bl_slot_range range, bl_kept_range *out);
void bl_kept_range_free(bl_kept_range *kept);

/* Leave the last blocks to the walk, until it will find this many hits in them; nothing is kept where these
 * are all. */
void bl_kept_range_shorten(bl_kept_range *kept, size_t hits);

/* Of the hits in blocks: how many have another of their story before them in the range. */
int64_t bl_kept_range_repeated(const bl_kept_range *kept, const bl_stories *stories);
/* Whether a document's story has one. */
bool bl_kept_range_tells(const bl_kept_range *kept, const bl_stories *stories, int64_t doc);
/* Which document is shown for a story of which this one is known to be found: the one that stands for it
 * where that is found, else the earliest that is. */
int64_t bl_kept_range_shown(const bl_kept_range *kept, const bl_stories *stories, int64_t doc);

#endif
