/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BEST_H
#define BL_BEST_H

#include "base/buffer.h"
#include "index/database.h"
#include "search/expand.h"
#include "search/top.h"

/* The commonest terms are often asked for alone, and take longest. What each finds is kept in the archive as
 * a search without filters found it: its best hits by score alone, and its newest. */
enum { BL_BEST_KEPT = 200, BL_BEST_NEWEST = 50 };

/* Under what a plan's hits are kept: its only term, when each of its forms is one token that may stand
 * anywhere, each ended by BL_FTS_TOKEN_END. False when they are not. */
bool bl_best_key(const bl_plan *plan, bl_buffer *key);

/* The hits of a term at this revision into an empty `top`, best first; false when none are kept. */
bool bl_best_read(bl_error *e, bl_database *db, const char *key, int64_t revision, bulletin_sort sort,
                  bl_top *top, int64_t *bulletins, int64_t *stories);

/* Bytes that bl_best_print() adds for a hit: document, order, score, places. */
enum { BL_BEST_HIT = 28 };
void bl_best_print(const bl_hit *hit, bl_buffer *out);

/* Find all that is to be kept anew; `due`: only where enough of the archive has changed since it was found.
 * Commits; not within a transaction. In best_make.c, like the next. */
void bl_best_renew(bl_error *e, bl_database *db, bool due);
/* Tell how many lists are said to be true and are not, and take them away or fail with CORRUPT. */
void bl_best_check(bl_error *e, bl_database *db, bool repair, bulletin_problem_callback problem,
                   void *context);

#endif
