/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_POOL_H
#define BL_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Worker threads between one giver and one taker, who is the same thread: jobs come back in the order in
 * which they were given. The queue is bounded, so that memory stays what it is however long the input. */
typedef struct bl_pool bl_pool;

/* How many threads: as many as wanted, 0 = as there are processors; no more than `most`. */
size_t bl_pool_threads(size_t wanted, size_t most);

/* What a worker does; `state` is that worker's own. */
typedef void (*bl_pool_work)(void *state, void *job);

/* `states` has one pointer a thread and is kept until close. Threads block all signals. New. */
bl_pool *bl_pool_open(bl_error *e, size_t threads, size_t capacity, bl_pool_work work, void *const *states);
bool bl_pool_full(const bl_pool *pool);
/* Give a job; needs a pool that is not full. */
void bl_pool_give(bl_pool *pool, void *job);
/* Whether bl_pool_take() would return at once. */
bool bl_pool_ready(bl_pool *pool);
/* The oldest job, once it is done; NULL when none is left. */
void *bl_pool_take(bl_pool *pool);
/* Waits for the threads; jobs not taken are the caller's to release first. NULL is fine. */
void bl_pool_close(bl_pool *pool);

#endif
