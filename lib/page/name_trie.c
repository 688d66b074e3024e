/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names to a trie, in groups that share what they touch. */
#include "name_trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { BATCH = 4096, GROUPS = 4096 };

/* ---- a batch ---- */

/* Names with the same beginning stand one behind the other, each in the order of the table, so that nodes are
 * in the cache when they are asked for again. New; NULL on failure. */
static uint32_t *group(bl_error *e, const bl_name_batch *b)
{
    uint32_t starts[GROUPS + 1] = { 0 }, *order = malloc((b->count + 1) * sizeof *order);
    if (!order) {
        bl_fail_nomem(e);
        return NULL;
    }
    for (size_t i = 0; i < b->count; i++)
        starts[b->list[i].start % GROUPS + 1]++;
    for (size_t i = 0; i < GROUPS; i++)
        starts[i + 1] += starts[i];
    for (size_t i = 0; i < b->count; i++)
        order[starts[b->list[i].start % GROUPS]++] = (uint32_t)i;
    return order;
}

/* The name that is next. What is read soon is called from memory meanwhile: where it stands is known, and all
 * else is in the cache. */
static bl_trie_name *next_name(const bl_name_batch *b, const uint32_t *order, size_t i)
{
#if defined(__GNUC__)
    enum { SOON = 6 };
    if (i + 2 * SOON < b->count) {
        __builtin_prefetch(&b->list[order[i + 2 * SOON]]);
        __builtin_prefetch(b->codes + b->list[order[i + SOON]].at);
    }
#endif
    return &b->list[order[i]];
}

static void put_name(bl_error *e, bl_trie *trie, const bl_name_batch *b, bl_trie_name *one)
{
    const uint32_t state = bl_trie_add(e, trie, b->codes + one->at, one->count);
    if (bl_failed(e))
        return;
    one->same = bl_trie_value(trie, state);
    if (one->same < 0)
        bl_trie_set(e, trie, state, one->name);
}

static void note_twin(bl_name_trie *t, const bl_trie_name *name)
{
    if (bl_grow(&t->twins, &t->twin_capacity, t->twin_count + 1, sizeof *t->twins))
        t->twins[t->twin_count++] = *name;
    else
        bl_fail_nomem(&t->own);
}

/* All of a batch, which is empty then. Meanwhile nothing is touched that stands beside what is being filled:
 * two threads would fetch it from each other. */
static void put_batch(void *state, void *job)
{
    bl_name_trie *t = state;
    bl_name_batch *whole = job;
    const bl_name_batch b = *whole;
    bl_trie *const trie = t->trie;
    bl_error e = t->own;
    uint32_t *order = bl_failed(&e) || b.count == 0 ? NULL : group(&e, &b);
    for (size_t i = 0; i < b.count && !bl_failed(&e); i++)
        put_name(&e, trie, &b, next_name(&b, order, i));
    t->own = e;
    for (size_t i = 0; i < b.count && !bl_failed(&t->own); i++)
        if (b.list[i].same >= 0)
            note_twin(t, &b.list[i]);
    free(order);
    whole->count = whole->code_count = 0;
}

/* ---- on a thread ---- */

/* A table that fills a batch is long enough for a thread; without one all goes on as before. */
static bool has_thread(bl_name_trie *t)
{
    bl_error none = BL_ERROR_INIT;
    if (t->pool || t->alone)
        return t->pool != NULL;
    t->states[0] = t;
    if (bl_pool_threads(0, 2) == 2)
        t->pool = bl_pool_open(&none, 1, BL_NAME_BATCHES - 1, put_batch, t->states);
    t->alone = !t->pool;
    return t->pool != NULL;
}

/* The next one was put when two others were given after it. */
static void give_batch(bl_name_trie *t)
{
    bl_name_batch *full = &t->batches[t->filling];
    if (!has_thread(t)) {
        put_batch(t, full);
        return;
    }
    if (bl_pool_full(t->pool))
        bl_pool_take(t->pool);
    bl_pool_give(t->pool, full);
    t->filling = (t->filling + 1) % BL_NAME_BATCHES;
}

/* ---- names ---- */

void bl_name_trie_finish(bl_error *e, bl_name_trie *t)
{
    while (t->pool && bl_pool_take(t->pool)) {
    }
    put_batch(t, &t->batches[t->filling]);
    if (bl_failed(&t->own) && !bl_failed(e))
        *e = t->own;
    for (size_t i = 0; i < t->twin_count && !bl_failed(e); i++)
        t->same(t->context, &t->twins[i]);
    t->twin_count = 0;
}

void bl_name_trie_expect(bl_error *e, bl_name_trie *t, size_t names)
{
    bl_trie_expect(e, t->trie, names);
}

void bl_name_trie_add(bl_error *e, bl_name_trie *t, const uint32_t *codes, size_t count, int32_t name,
                      size_t line)
{
    bl_name_batch *b = &t->batches[t->filling];
    if (bl_failed(e))
        return;
    if (!bl_grow(&b->list, &b->capacity, b->count + 1, sizeof *b->list) ||
        !bl_grow(&b->codes, &b->code_capacity, b->code_count + count, sizeof *b->codes)) {
        bl_fail_nomem(e);
        return;
    }
    b->list[b->count++] = (bl_trie_name){ .line = line,
                                          .at = b->code_count,
                                          .count = (uint32_t)count,
                                          .start = bl_trie_pair(codes[0], codes[1]),
                                          .name = name,
                                          .same = -1 };
    memcpy(b->codes + b->code_count, codes, count * sizeof *codes);
    b->code_count += count;
    if (b->count == BATCH)
        give_batch(t);
}

void bl_name_trie_free(bl_name_trie *t)
{
    bl_pool_close(t->pool);
    for (size_t i = 0; i < BL_NAME_BATCHES; i++) {
        free(t->batches[i].list);
        free(t->batches[i].codes);
    }
    free(t->twins);
    *t = (bl_name_trie){ 0 };
}
