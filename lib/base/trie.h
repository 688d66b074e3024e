/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TRIE_H
#define BL_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Words of code points that share their beginnings. Start from {0}; node 0 is the root. Most nodes have one
 * edge, and it leads to the node that was made next: it stands with its node. Other edges share a hash table.
 */
typedef struct bl_trie {
    bool borrowed;              /* edges and list are somebody else's: copied before they change */
    struct bl_trie_edge *edges; /* open addressing by (node, code) */
    size_t capacity, edge_count;
    struct bl_trie_node *list;
    size_t list_capacity;
    uint32_t nodes;
    uint64_t starts[65536 / 64]; /* a bit for each code that some word starts with */
    uint64_t pairs[65536 / 64];  /* and for a hash of each two */
} bl_trie;

typedef struct bl_trie_node {
    uint32_t chain; /* the code that leads to the next node, 0 = none, and BL_TRIE_BRANCHES */
    uint32_t first; /* the code of the edge from the root to it, 0 = it is not that near */
    int32_t value;  /* of the word that ends here, -1 = none */
} bl_trie_node;

typedef struct bl_trie_edge {
    uint32_t node; /* where it leads, 0 = free */
    uint32_t from;
    uint32_t code;
} bl_trie_edge;

/* A node with edges in the table; no code point is as large. */
#define BL_TRIE_BRANCHES 0x80000000u

uint32_t bl_trie_branch(const bl_trie *trie, uint32_t node, uint32_t code);

/* The node behind `node` along `code`, which is not 0; 0 when there is none. */
static inline uint32_t bl_trie_step(const bl_trie *trie, uint32_t node, uint32_t code)
{
    if (trie->nodes == 0)
        return 0;
    uint32_t chain = trie->list[node].chain;
    if ((chain & ~BL_TRIE_BRANCHES) == code)
        return code ? node + 1 : 0;
    return chain & BL_TRIE_BRANCHES ? bl_trie_branch(trie, node, code) : 0;
}

/* Whether any word starts with it; codes beyond the basic plane always may. */
static inline int bl_trie_starts(const bl_trie *trie, uint32_t code)
{
    return code > 0xFFFF || (trie->starts[code / 64] >> (code % 64) & 1) != 0;
}

static inline uint32_t bl_trie_pair(uint32_t first, uint32_t second)
{
    return (first * 0x9E3779B1u ^ second * 0x85EBCA6Bu) >> 16;
}

/* Whether any word of two codes or more may start with these two: most never do. */
static inline int bl_trie_starts_pair(const bl_trie *trie, uint32_t first, uint32_t second)
{
    uint32_t slot = bl_trie_pair(first, second);
    return (trie->pairs[slot / 64] >> (slot % 64) & 1) != 0;
}

/* The value of the word that ends at a node, -1 when none does. */
static inline int32_t bl_trie_value(const bl_trie *trie, uint32_t node)
{
    return trie->list[node].value;
}

/* Add the edge when it is missing; returns where it leads, 0 on failure. */
uint32_t bl_trie_grow(bl_error *e, bl_trie *trie, uint32_t node, uint32_t code);
void bl_trie_set(bl_error *e, bl_trie *trie, uint32_t node, int32_t value);
void bl_trie_free(bl_trie *trie);

#endif
