/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HIT_BLOCK_H
#define BL_HIT_BLOCK_H

#include "base/buffer.h"
#include "search/top.h"

/* A common term is often asked for within some time. Its dated hits are kept by the thousand, in order: of
 * each block how many, the best of them, and those that are in stories of several bulletins. Of a range of
 * dates then only the ends are walked. Time is mostly asked for by months and years: a block that is not
 * small ends with its month. How many of the hits are undated stands before them. */
enum { BL_HIT_BLOCK_SIZE = 1024, BL_HIT_BLOCK_LEAST = 128, BL_HIT_BLOCK_BEST = 16 };

/* Makes blocks of the hits of a walk. */
typedef struct bl_hit_block_maker {
    bl_buffer out;    /* those that are full */
    bl_top best;      /* of the one that is being filled; offer it what is scored */
    bl_buffer copies; /* and its hits in stories */
    size_t count, undated;
    int64_t first, last, last_copy, copies_from;
} bl_hit_block_maker;

void bl_hit_block_open(bl_hit_block_maker *maker);
/* Whether a hit, later than all others so far, begins a new block: then the best so far say nothing of it. */
bool bl_hit_block_ends_before(const bl_hit_block_maker *maker, int64_t doc);
/* The next hit, before it is offered; ascending. `place` is where it stands among the documents of stories,
 * -1 = nowhere. */
void bl_hit_block_note(bl_error *e, bl_hit_block_maker *maker, int64_t doc, int64_t place);
/* The last block is written, too; what was written is the caller's. */
void bl_hit_block_close(bl_error *e, bl_hit_block_maker *maker, bl_buffer *out);

/* One of those that were written. */
typedef struct bl_hit_block {
    int64_t first, last; /* its first and its last hit */
    size_t count;
    const unsigned char *best, *copies;
    size_t best_count, copies_size;
    int64_t copy; /* the place before the next, + 1 */
} bl_hit_block;

/* Blocks one after another. */
typedef struct bl_hit_blocks {
    const unsigned char *bytes;
    size_t size;    /* of what is left */
    int64_t behind; /* the last document of the one before */
} bl_hit_blocks;

/* What was written, and how many undated hits there are. */
bl_hit_blocks bl_hit_blocks_open(const bl_buffer *bytes, int64_t *undated);
/* False after the last, and where the bytes are no block: then some are left. */
bool bl_hit_blocks_next(bl_hit_blocks *blocks, bl_hit_block *out);
/* One of its best, the first of which is the best. */
bl_hit bl_hit_block_best(const bl_hit_block *block, size_t i);
/* The place of the next of its hits that are in stories; false after the last. */
bool bl_hit_block_next_copy(bl_hit_block *block, size_t *place);

#endif
