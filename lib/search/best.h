/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BEST_H
#define BL_BEST_H

#include "base/buffer.h"
#include "index/database.h"
#include "search/expand.h"
#include "search/hit_block.h"
#include "search/kept_state.h"
#include "search/newest.h"
#include "search/stories.h"
#include "search/top.h"

/* The commonest terms are often asked for alone, and take longest. What each finds is kept in the archive as
 * a search without filters found it: its best hits by score alone, its newest, and all of them in blocks, for
 * ranges of dates. */
enum { BL_BEST_KEPT = 200, BL_BEST_NEWEST = 50 };

/* Stands before all keys, and alone for the row of no term. Raised when what is kept takes another form: rows
 * of another are nobody's, and the next import finds all anew. */
#define BL_BEST_FORMAT "3"

/* Under what a plan's hits are kept: its only term, when each of its forms is one token, or the beginning of
 * one, that may stand anywhere; each ended by BL_FTS_TOKEN_END. False when they are not. */
bool bl_best_key(const bl_plan *plan, bl_buffer *key);

/* How many bulletins held a term of a plan when these lists were made; -1 when that is not kept, or without
 * lists. */
int64_t bl_best_count(bl_error *e, bl_database *db, const bl_term *term, const bl_kept_state *lists);

/* The hits of a term as it was then into an empty `top`, best first; false when none are kept. */
bool bl_best_read(bl_error *e, bl_database *db, const char *key, const bl_kept_state *lists,
                  bulletin_sort sort, bl_top *top, int64_t *bulletins, int64_t *stories);

/* A row with its blocks (hit_block.h) of then, until it is given back; NULL when none are kept. */
sqlite3_stmt *bl_best_blocks(bl_error *e, bl_database *db, const char *key, const bl_kept_state *lists);
void bl_best_give(bl_database *db, sqlite3_stmt *blocks);

/* Take what is kept of a term from the hits of a walk. */
typedef struct bl_best_maker {
    bl_hit_block_maker blocks;
    uint32_t *last_of; /* by the one that stands for a story: the place of its last hit so far, + 1 */
    bl_newest newest;  /* of the dated that are in no story of several */
    bl_top latest;     /* of the others */
} bl_best_maker;

/* In best_make.c, like all that follows. */
void bl_best_open(bl_best_maker *maker);
/* The next hit, before what it scores is offered to maker->blocks.best: ascending. `place` is where it stands
 * among the documents of stories, -1 = nowhere. */
void bl_best_note(bl_error *e, bl_best_maker *maker, const bl_hit *hit, const bl_stories *stories,
                  int64_t place);
/* Stories are the caller's to offer to maker->latest before. */
void bl_best_close(bl_error *e, bl_best_maker *maker, bl_buffer *blocks, bl_top *newest);

/* Find all that is to be kept anew; by so many threads (0 = as there are processors); `due`: only where
 * enough of the archive has changed since it was found. Commits; not within a transaction. */
void bl_best_renew(bl_error *e, bl_database *db, size_t jobs, bool due);
/* Tell how many lists are said to be true and are not, and take them away or fail with CORRUPT. */
void bl_best_check(bl_error *e, bl_database *db, bool repair, bulletin_problem_callback problem,
                   void *context);

#endif
