/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TRIE_H
#define BL_TRIE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Words of code points that share their beginnings. Start from {0}; node 0 is the root. */
typedef struct bl_trie {
    struct bl_trie_edge *edges; /* open addressing by (node, code) */
    size_t capacity, edge_count;
    int32_t *values; /* of the word that ends at a node, -1 = none */
    size_t value_capacity;
    uint32_t nodes;
    uint64_t starts[65536 / 64]; /* a bit for each code that some word starts with */
} bl_trie;

typedef struct bl_trie_edge {
    uint32_t node; /* where it leads, 0 = free */
    uint32_t from;
    uint32_t code;
} bl_trie_edge;

/* The node behind `node` along `code`; 0 when there is none. */
uint32_t bl_trie_step(const bl_trie *trie, uint32_t node, uint32_t code);

/* Whether any word starts with it; codes beyond the basic plane always may. */
static inline int bl_trie_starts(const bl_trie *trie, uint32_t code)
{
    return code > 0xFFFF || (trie->starts[code / 64] >> (code % 64) & 1) != 0;
}

/* The value of the word that ends at a node, -1 when none does. */
static inline int32_t bl_trie_value(const bl_trie *trie, uint32_t node)
{
    return trie->values[node];
}

/* Add the edge when it is missing; returns where it leads, 0 on failure. */
uint32_t bl_trie_grow(bl_error *e, bl_trie *trie, uint32_t node, uint32_t code);
void bl_trie_set(bl_trie *trie, uint32_t node, int32_t value);
void bl_trie_free(bl_trie *trie);

#endif
