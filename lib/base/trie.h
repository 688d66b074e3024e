/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TRIE_H
#define BL_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { BL_TRIE_SIZES = 27 };

/* Words of code points, none of them 0, that share their beginnings. Start from {0}. A state says what was
 * read: 0 is the root, a node where words part, or a place in the tail of the only word that goes on so. A
 * node made right behind another is led to from it; its other edges are a hash table of its own, so that
 * words added one after another touch little memory. */
typedef struct bl_trie {
    bool borrowed;              /* the lists are somebody else's: copied before they change */
    struct bl_trie_edge *edges; /* the tables of all nodes, one behind the other */
    size_t edge_capacity, edge_count;
    uint32_t largest;              /* slots of the largest table */
    uint32_t spare[BL_TRIE_SIZES]; /* of each size: a table that its node has outgrown, 0 = none */
    struct bl_trie_node *list;
    size_t list_capacity;
    uint32_t nodes;
    uint32_t *tails; /* the codes of each, a 0, and the value of its word */
    size_t tail_capacity, tail_count;
    uint64_t starts[65536 / 64]; /* a bit for each code that some word starts with */
    uint64_t pairs[65536 / 64];  /* and for a hash of each two */
} bl_trie;

typedef struct bl_trie_node {
    uint32_t chain; /* the code that leads to the next node, 0 = none */
    int32_t value;  /* of the word that ends here, -1 = none */
    uint32_t edges; /* where its table starts, 0 = it has none */
    uint32_t count : 26;
    uint32_t bits : 6; /* the table has so many slots: 1 << bits */
} bl_trie_node;

typedef struct bl_trie_edge {
    uint32_t code;
    uint32_t state; /* where it leads, 0 = a free slot */
} bl_trie_edge;

/* A state that is a place in the tails. */
#define BL_TRIE_TAIL 0x80000000u

/* The slot of a code in the table of a node that has one: its own or the free one where it belongs. */
static inline size_t bl_trie_slot(const bl_trie_edge *edges, const bl_trie_node *node, uint32_t code)
{
    const uint32_t mask = ((uint32_t)1 << node->bits) - 1;
    uint32_t i = (code * 0x9E3779B1u) >> (32 - node->bits);
    while (edges[node->edges + i].state != 0 && edges[node->edges + i].code != code)
        i = (i + 1) & mask;
    return node->edges + i;
}

/* The state behind `state` along `code`; 0 when there is none. */
static inline uint32_t bl_trie_step(const bl_trie *trie, uint32_t state, uint32_t code)
{
    if (state & BL_TRIE_TAIL)
        return code && trie->tails[state & ~BL_TRIE_TAIL] == code ? state + 1 : 0;
    if (trie->nodes == 0)
        return 0;
    const bl_trie_node *node = &trie->list[state];
    if (node->chain == code)
        return code ? state + 1 : 0;
    return node->edges ? trie->edges[bl_trie_slot(trie->edges, node, code)].state : 0;
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

/* The value of the word that ends at a state, -1 when none does. */
static inline int32_t bl_trie_value(const bl_trie *trie, uint32_t state)
{
    if (!(state & BL_TRIE_TAIL))
        return trie->list[state].value;
    const uint32_t *tail = &trie->tails[state & ~BL_TRIE_TAIL];
    return tail[0] ? -1 : (int32_t)tail[1];
}

/* Before so many words are added: their edges are then put where they stay. */
void bl_trie_expect(bl_error *e, bl_trie *trie, size_t words);
/* The state at the end of a word, added when it is new; good until the next one is added; 0 on failure. */
uint32_t bl_trie_add(bl_error *e, bl_trie *trie, const uint32_t *codes, size_t count);
void bl_trie_set(bl_error *e, bl_trie *trie, uint32_t state, int32_t value);
void bl_trie_free(bl_trie *trie);

#endif
