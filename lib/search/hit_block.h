/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HIT_BLOCK_H
#define BL_HIT_BLOCK_H

#include "base/buffer.h"
#include "search/top.h"

/* A common term is often asked for within some time. Its hits are kept by the thousand, in order, but those
 * where a full day spilled them: of each block how many, the best and the newest of them, and those that are
 * in stories of several bulletins. Of a range of dates then only the ends are walked, and not even these
 * where all hits are kept of blocks of several days: where there are many a day, and with their scores where
 * the walk would take long. Time is mostly asked for by years and months, and where there is much of a day,
 * by days: a year ends a block, a day of many hits, and the month of a block that is not small, or that
 * begins within it. How many of the hits are undated, and how many are where a full day spilled them, stands
 * before all. */
enum {
    BL_HIT_BLOCK_SIZE = 1024,
    BL_HIT_BLOCK_LEAST = 128,
    BL_HIT_BLOCK_DAY = 192,
    BL_HIT_BLOCK_BEST = 16,
    BL_HIT_BLOCK_NEWEST = 24
};

/* Makes blocks of the hits of a walk. */
typedef struct bl_hit_block_maker {
    bl_buffer out;  /* those that are full */
    bool lists_all; /* where it is of several days, with their scores: to walk its ends would take long */
    bl_top best;    /* of the one that is being filled; bl_hit_block_offer() it what is scored */
    size_t count, undated, spilled;
    int64_t first, last;
    size_t day_hits; /* of the last hit's day */
    bool within;     /* its month has hits in the block before */
    int64_t docs[BL_HIT_BLOCK_SIZE];
    double scores[BL_HIT_BLOCK_SIZE];
    bl_buffer copies; /* its hits in stories */
    int64_t last_copy, copies_from;
    size_t repeated;                     /* whose story has a hit before in the same block */
    uint32_t earlier[BL_HIT_BLOCK_SIZE]; /* in blocks before: where */
    size_t earlier_count;
} bl_hit_block_maker;

void bl_hit_block_open(bl_hit_block_maker *maker);
/* Whether a hit, later than all others so far, begins a new block: then the best so far say nothing of it. */
bool bl_hit_block_ends_before(const bl_hit_block_maker *maker, int64_t doc);
/* The next hit, before it is offered; ascending. `place` is where it stands among the documents of stories,
 * `previous` where the hit of its story before it does; -1 = nowhere. */
void bl_hit_block_note(bl_error *e, bl_hit_block_maker *maker, int64_t doc, int64_t place, int64_t previous);
/* Whether the score of a hit is needed, the last or the next, be it among the best or not. */
bool bl_hit_block_scores(const bl_hit_block_maker *maker, int64_t doc);
/* The last hit, scored. */
void bl_hit_block_offer(bl_error *e, bl_hit_block_maker *maker, const bl_hit *hit);
/* The last block is written, too; what was written is the caller's. */
void bl_hit_block_close(bl_error *e, bl_hit_block_maker *maker, bl_buffer *out);

/* One of those that were written. */
typedef struct bl_hit_block {
    int64_t first, last; /* its first and its last hit */
    size_t count, best_count;
    const unsigned char *best, *newest, *earlier, *copies, *scores; /* NULL = not all are kept */
    size_t newest_size, earlier_size, copies_size;
    size_t repeated, earlier_count;
    int64_t farthest; /* of the earlier */
    int64_t copy;     /* the place before its copies, + 1 */
} bl_hit_block;

/* Blocks one after another. */
typedef struct bl_hit_blocks {
    const unsigned char *bytes;
    size_t size;              /* of what is left */
    int64_t behind;           /* the last document of the one before */
    int64_t undated, spilled; /* hits; -1 = not known */
} bl_hit_blocks;

/* What was written; of other bytes something is left, and nothing is known. */
bl_hit_blocks bl_hit_blocks_open(const unsigned char *bytes, size_t size);
/* The next that does not end before a document. False after the last, and where the bytes are no block: then
 * some are left. */
bool bl_hit_blocks_next(bl_hit_blocks *blocks, int64_t from, bl_hit_block *out);

/* One of its best, the first of which is the best. */
bl_hit bl_hit_block_best(const bl_hit_block *block, size_t i);
/* Its newest, from the last backwards; how many: all or BL_HIT_BLOCK_NEWEST. */
size_t bl_hit_block_newest(const bl_hit_block *block, int64_t out[BL_HIT_BLOCK_SIZE]);
/* The scores of all its hits, in that order; false where they are not kept. */
bool bl_hit_block_all_scores(const bl_hit_block *block, double out[BL_HIT_BLOCK_SIZE]);
/* How many of its hits have one of their story before them that stands at this place of the stories'
 * documents or behind it. */
size_t bl_hit_block_repeated(const bl_hit_block *block, size_t from);
/* The places of its hits among the stories' documents, ascending, and of those in blocks before it, from
 * `from` on, that are the last of their stories there; how many. */
size_t bl_hit_block_copies(const bl_hit_block *block, uint32_t out[BL_HIT_BLOCK_SIZE]);
size_t bl_hit_block_earlier(const bl_hit_block *block, size_t from, uint32_t out[BL_HIT_BLOCK_SIZE]);
/* Whether the document at a place of the stories' is one of its hits. */
bool bl_hit_block_holds(const bl_hit_block *block, size_t place);

#endif
