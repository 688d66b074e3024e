/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names to a trie, in groups that share what they touch. */
#include "name_trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/large.h"

/* Names that go into the trie together. */
enum { BATCH = 65536, GROUPS = 4096 };

/* Names with the same beginning stand one behind the other, each in the order of the table, so that nodes are
 * in the cache when they are asked for again. New; NULL on failure. */
static uint32_t *group(bl_error *e, const bl_name_trie *t)
{
    uint32_t starts[GROUPS + 1] = { 0 }, *order = malloc((t->count + 1) * sizeof *order);
    if (!order) {
        bl_fail_nomem(e);
        return NULL;
    }
    for (size_t i = 0; i < t->count; i++)
        starts[t->list[i].start % GROUPS + 1]++;
    for (size_t i = 0; i < GROUPS; i++)
        starts[i + 1] += starts[i];
    for (size_t i = 0; i < t->count; i++)
        order[starts[t->list[i].start % GROUPS]++] = (uint32_t)i;
    return order;
}

/* The name that is next. What is read soon is called from memory meanwhile: where it stands is known, and all
 * else is in the cache. */
static bl_trie_name *next_name(const bl_name_trie *t, const uint32_t *order, size_t i)
{
#if defined(__GNUC__)
    enum { SOON = 6 };
    if (i + 2 * SOON < t->count) {
        __builtin_prefetch(&t->list[order[i + 2 * SOON]]);
        __builtin_prefetch(t->codes + t->list[order[i + SOON]].at);
    }
#endif
    return &t->list[order[i]];
}

static void put(bl_error *e, const bl_name_trie *t, bl_trie_name *one)
{
    const uint32_t state = bl_trie_add(e, t->trie, t->codes + one->at, one->count);
    if (bl_failed(e))
        return;
    one->same = bl_trie_value(t->trie, state);
    if (one->same < 0)
        bl_trie_set(e, t->trie, state, one->name);
}

void bl_name_trie_finish(bl_error *e, bl_name_trie *t)
{
    uint32_t *order = bl_failed(e) || t->count == 0 ? NULL : group(e, t);
    for (size_t i = 0; i < t->count && !bl_failed(e); i++)
        put(e, t, next_name(t, order, i));
    for (size_t i = 0; i < t->count && !bl_failed(e); i++)
        if (t->list[i].same >= 0)
            t->same(t->context, &t->list[i]);
    free(order);
    t->count = t->code_count = 0;
}

void bl_name_trie_expect(bl_error *e, bl_name_trie *t, size_t names)
{
    enum { CODES = 10 }; /* of most names, or fewer */
    const size_t count = names < BATCH ? names : BATCH;
    if (bl_failed(e))
        return;
    if (!bl_grow_large(&t->list, &t->capacity, count, sizeof *t->list) ||
        !bl_grow_large(&t->codes, &t->code_capacity, count * CODES, sizeof *t->codes))
        bl_fail_nomem(e);
    bl_trie_expect(e, t->trie, names);
}

void bl_name_trie_add(bl_error *e, bl_name_trie *t, const uint32_t *codes, size_t count, int32_t name,
                      size_t line)
{
    if (bl_failed(e))
        return;
    if (!bl_grow(&t->list, &t->capacity, t->count + 1, sizeof *t->list) ||
        !bl_grow(&t->codes, &t->code_capacity, t->code_count + count, sizeof *t->codes)) {
        bl_fail_nomem(e);
        return;
    }
    t->list[t->count++] = (bl_trie_name){ .line = line,
                                          .at = t->code_count,
                                          .count = (uint32_t)count,
                                          .start = bl_trie_pair(codes[0], codes[1]),
                                          .name = name,
                                          .same = -1 };
    memcpy(t->codes + t->code_count, codes, count * sizeof *codes);
    t->code_count += count;
    if (t->count == BATCH)
        bl_name_trie_finish(e, t);
}

void bl_name_trie_free(bl_name_trie *t)
{
    free(t->list);
    free(t->codes);
    *t = (bl_name_trie){ 0 };
}
