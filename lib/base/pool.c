/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Jobs to worker threads and back, in order. */
#include "pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct slot {
    void *job;
    bool done;
} slot;

typedef struct worker {
    bl_pool *pool;
    void *state;
    pthread_t thread;
} worker;

/* Slots [taken, given) are in the queue, [begun, given) wait for a worker. The counters only grow. */
struct bl_pool {
    pthread_mutex_t lock;
    pthread_cond_t work_waits, job_done;
    slot *slots;
    size_t capacity;
    size_t given, begun, taken;
    bool closing;
    bl_pool_work work;
    worker *workers;
    size_t threads;
};

static void *run(void *argument)
{
    worker *self = argument;
    bl_pool *pool = self->pool;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->begun == pool->given && !pool->closing)
            pthread_cond_wait(&pool->work_waits, &pool->lock);
        if (pool->begun == pool->given)
            break;
        slot *mine = &pool->slots[pool->begun++ % pool->capacity];
        pthread_mutex_unlock(&pool->lock);
        pool->work(self->state, mine->job);
        pthread_mutex_lock(&pool->lock);
        mine->done = true;
        pthread_cond_signal(&pool->job_done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* A signal is the host program's: none may be delivered to a thread it does not know. */
static void start_threads(bl_error *e, bl_pool *pool, size_t threads, void *const *states)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (pool->threads < threads) {
        worker *one = &pool->workers[pool->threads];
        *one = (worker){ .pool = pool, .state = states[pool->threads] };
        if (pthread_create(&one->thread, NULL, run, one) != 0)
            break;
        pool->threads++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pool->threads == 0)
        bl_fail(e, BULLETIN_NOMEM, "no thread could be started; raise the limit of processes");
}

/* Asked once: it takes a file of the kernel's. */
static size_t count_processors(void)
{
    static atomic_size_t known;
    size_t count = atomic_load_explicit(&known, memory_order_relaxed);
    if (count == 0) {
        const long processors = sysconf(_SC_NPROCESSORS_ONLN);
        count = processors > 0 ? (size_t)processors : 1;
        atomic_store_explicit(&known, count, memory_order_relaxed);
    }
    return count;
}

size_t bl_pool_threads(size_t wanted, size_t most)
{
    if (wanted == 0)
        wanted = count_processors();
    return wanted < most ? wanted : most;
}

bl_pool *bl_pool_open(bl_error *e, size_t threads, size_t capacity, bl_pool_work work, void *const *states)
{
    if (bl_failed(e))
        return NULL;
    bl_pool *pool = calloc(1, sizeof *pool);
    if (pool) {
        pthread_mutex_init(&pool->lock, NULL);
        pthread_cond_init(&pool->work_waits, NULL);
        pthread_cond_init(&pool->job_done, NULL);
        pool->slots = calloc(capacity, sizeof *pool->slots);
        pool->workers = calloc(threads, sizeof *pool->workers);
        pool->capacity = capacity;
        pool->work = work;
    }
    if (!pool || !pool->slots || !pool->workers)
        bl_fail_nomem(e);
    else
        start_threads(e, pool, threads, states);
    if (bl_failed(e)) {
        bl_pool_close(pool);
        return NULL;
    }
    return pool;
}

bool bl_pool_full(const bl_pool *pool)
{
    return pool->given - pool->taken == pool->capacity; /* both move on this thread alone */
}

void bl_pool_give(bl_pool *pool, void *job)
{
    pthread_mutex_lock(&pool->lock);
    pool->slots[pool->given++ % pool->capacity] = (slot){ job, false };
    pthread_cond_signal(&pool->work_waits);
    pthread_mutex_unlock(&pool->lock);
}

bool bl_pool_ready(bl_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    bool ready = pool->taken < pool->given && pool->slots[pool->taken % pool->capacity].done;
    pthread_mutex_unlock(&pool->lock);
    return ready;
}

void *bl_pool_take(bl_pool *pool)
{
    if (pool->taken == pool->given)
        return NULL;
    pthread_mutex_lock(&pool->lock);
    slot *oldest = &pool->slots[pool->taken % pool->capacity];
    while (!oldest->done)
        pthread_cond_wait(&pool->job_done, &pool->lock);
    void *job = oldest->job;
    pool->taken++;
    pthread_mutex_unlock(&pool->lock);
    return job;
}

void bl_pool_close(bl_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->work_waits);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->threads; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->job_done);
    pthread_cond_destroy(&pool->work_waits);
    pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool->slots);
    free(pool);
}
