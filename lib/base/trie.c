/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words to a trie whose branches stand in one hash table. */
#include "trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { FIRST_EDGES = 1024 };

static size_t slot_of(size_t capacity, uint32_t from, uint32_t code)
{
    uint64_t hash = ((uint64_t)from << 32 | code) * 0x9E3779B97F4A7C15u;
    return (size_t)(hash >> 32) & (capacity - 1);
}

uint32_t bl_trie_branch(const bl_trie *t, uint32_t node, uint32_t code)
{
    size_t i = slot_of(t->capacity, node, code);
    while (t->edges[i].node != 0) {
        if (t->edges[i].from == node && t->edges[i].code == code)
            return t->edges[i].node;
        i = (i + 1) & (t->capacity - 1);
    }
    return 0;
}

static void put_edge(bl_trie_edge *edges, size_t capacity, bl_trie_edge edge)
{
    size_t i = slot_of(capacity, edge.from, edge.code);
    while (edges[i].node != 0)
        i = (i + 1) & (capacity - 1);
    edges[i] = edge;
}

static void *copy_of(const void *list, size_t count, size_t item)
{
    void *copy = malloc(count * item);
    if (copy)
        memcpy(copy, list, count * item);
    return copy;
}

/* What changes is its own. */
static void own(bl_error *e, bl_trie *t)
{
    if (!t->borrowed || bl_failed(e))
        return;
    bl_trie_edge *edges = copy_of(t->edges, t->capacity, sizeof *edges);
    bl_trie_node *list = copy_of(t->list, t->nodes, sizeof *list);
    if (!edges || !list) {
        free(edges);
        free(list);
        bl_fail_nomem(e);
        return;
    }
    t->edges = edges;
    t->list = list;
    t->list_capacity = t->nodes;
    t->borrowed = false;
}

/* Half of the slots stay free, so that a miss is found soon. */
static bool grow_edges(bl_trie *t)
{
    if ((t->edge_count + 1) * 2 <= t->capacity)
        return true;
    size_t capacity = t->capacity ? t->capacity * 2 : FIRST_EDGES;
    bl_trie_edge *edges = calloc(capacity, sizeof *edges);
    if (!edges)
        return false;
    for (size_t i = 0; i < t->capacity; i++)
        if (t->edges[i].node != 0)
            put_edge(edges, capacity, t->edges[i]);
    free(t->edges);
    t->edges = edges;
    t->capacity = capacity;
    return true;
}

static bool grow_nodes(bl_trie *t)
{
    if (t->nodes == 0)
        t->nodes = 1;
    if (!bl_grow(&t->list, &t->list_capacity, (size_t)t->nodes + 1, sizeof *t->list))
        return false;
    if (t->nodes == 1)
        t->list[0] = (bl_trie_node){ .value = -1 };
    t->list[t->nodes] = (bl_trie_node){ .value = -1 };
    return true;
}

uint32_t bl_trie_grow(bl_error *e, bl_trie *t, uint32_t node, uint32_t code)
{
    uint32_t next = bl_failed(e) ? 0 : bl_trie_step(t, node, code);
    if (next != 0 || bl_failed(e))
        return next;
    own(e, t);
    if (bl_failed(e))
        return 0;
    if (!grow_edges(t) || !grow_nodes(t)) {
        bl_fail_nomem(e);
        return 0;
    }
    if (node == 0 && code <= 0xFFFF)
        t->starts[code / 64] |= (uint64_t)1 << (code % 64);
    next = t->nodes++;
    t->list[next].first = node == 0 ? code : 0;
    if (t->list[node].first) {
        uint32_t slot = bl_trie_pair(t->list[node].first, code);
        t->pairs[slot / 64] |= (uint64_t)1 << (slot % 64);
    }
    if (next == node + 1) {
        t->list[node].chain |= code;
    } else {
        put_edge(t->edges, t->capacity, (bl_trie_edge){ next, node, code });
        t->list[node].chain |= BL_TRIE_BRANCHES;
        t->edge_count++;
    }
    return next;
}

void bl_trie_set(bl_error *e, bl_trie *t, uint32_t node, int32_t value)
{
    own(e, t);
    if (!bl_failed(e))
        t->list[node].value = value;
}

void bl_trie_free(bl_trie *t)
{
    if (!t->borrowed) {
        free(t->edges);
        free(t->list);
    }
    *t = (bl_trie){ 0 };
}
