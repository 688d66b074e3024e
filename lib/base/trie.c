/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words to a trie whose nodes have hash tables of their edges and whose ends stand in one list. */
#include "trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/large.h"

/* ---- edges ---- */

/* A table of so many slots, all of them free; there is room for it. */
static uint32_t new_table(bl_trie *t, unsigned bits)
{
    const size_t slots = (size_t)1 << bits;
    uint32_t table = t->spare[bits];
    if (table) {
        t->spare[bits] = t->edges[table].code;
    } else {
        table = (uint32_t)t->edge_count;
        t->edge_count += slots;
    }
    memset(t->edges + table, 0, slots * sizeof *t->edges);
    if (slots > t->largest)
        t->largest = (uint32_t)slots;
    return table;
}

/* A table of twice the size. */
static void enlarge(bl_trie *t, bl_trie_node *node)
{
    const bl_trie_node old = *node;
    node->bits = (old.bits + 1u) & 63u;
    node->edges = new_table(t, node->bits);
    if (!old.edges)
        return;
    for (size_t i = 0; i < (size_t)1 << old.bits; i++) {
        const bl_trie_edge edge = t->edges[old.edges + i];
        if (edge.state != 0)
            t->edges[bl_trie_slot(t->edges, node, edge.code)] = edge;
    }
    t->edges[old.edges].code = t->spare[old.bits];
    t->spare[old.bits] = old.edges;
}

/* A quarter of the slots stays free, so that a miss is found soon. */
static void add_edge(bl_trie *t, uint32_t from, uint32_t code, uint32_t state)
{
    bl_trie_node *node = &t->list[from];
    if (!node->edges || (node->count + 1u) * 4u > 3u << node->bits)
        enlarge(t, node);
    t->edges[bl_trie_slot(t->edges, node, code)] = (bl_trie_edge){ code, state };
    node->count = (node->count + 1u) & 0x3FFFFFFu;
}

/* ---- memory ---- */

static void *copy_of(const void *list, size_t count, size_t item)
{
    void *copy = malloc((count + 1) * item);
    if (copy)
        memcpy(copy, list, count * item);
    return copy;
}

/* What changes is its own. */
static void own(bl_error *e, bl_trie *t)
{
    if (!t->borrowed || bl_failed(e))
        return;
    bl_trie_edge *edges = copy_of(t->edges, t->edge_count, sizeof *edges);
    bl_trie_node *list = copy_of(t->list, t->nodes, sizeof *list);
    uint32_t *tails = copy_of(t->tails, t->tail_count, sizeof *tails);
    if (!edges || !list || !tails) {
        free(edges);
        free(list);
        free(tails);
        bl_fail_nomem(e);
        return;
    }
    t->edges = edges;
    t->edge_capacity = t->edge_count;
    t->list = list;
    t->list_capacity = t->nodes;
    t->tails = tails;
    t->tail_capacity = t->tail_count;
    t->borrowed = false;
}

/* The slots that a word may take: two edges, one of them in a table that grows. */
static size_t slots_of_word(const bl_trie *t)
{
    return 2 * (size_t)t->largest + 4;
}

static bool has_room(const bl_trie *t, size_t count)
{
    return !t->borrowed && t->nodes > 0 && t->edge_count + slots_of_word(t) <= t->edge_capacity &&
           t->nodes + count + 2 <= t->list_capacity && t->tail_count + count + 2 <= t->tail_capacity;
}

/* Room for a word of so many codes, whatever becomes of it. */
static void reserve(bl_error *e, bl_trie *t, size_t count)
{
    if (has_room(t, count))
        return;
    own(e, t);
    if (bl_failed(e))
        return;
    if (!bl_grow(&t->edges, &t->edge_capacity, t->edge_count + slots_of_word(t), sizeof *t->edges) ||
        !bl_grow(&t->list, &t->list_capacity, t->nodes + count + 2, sizeof *t->list) ||
        !bl_grow(&t->tails, &t->tail_capacity, t->tail_count + count + 2, sizeof *t->tails) ||
        t->tail_count + count + 2 >= BL_TRIE_TAIL || t->largest >= 1u << (BL_TRIE_SIZES - 2) ||
        t->edge_count + slots_of_word(t) > UINT32_MAX) {
        bl_fail_nomem(e);
        return;
    }
    if (t->nodes == 0) {
        t->list[t->nodes++] = (bl_trie_node){ .value = -1 };
        t->edge_count = 1; /* no table starts at 0 */
    }
}

/* Generous, for room takes no memory before it is used: slots of tables, nodes, and codes that a word has to
 * itself, with its end. */
void bl_trie_expect(bl_error *e, bl_trie *t, size_t words)
{
    enum { SLOTS = 4, NODES = 5, TAIL = 20 };
    if (t->borrowed || bl_failed(e))
        return;
    if (!bl_grow_large(&t->edges, &t->edge_capacity, t->edge_count + words * SLOTS, sizeof *t->edges) ||
        !bl_grow_large(&t->list, &t->list_capacity, t->nodes + words * NODES, sizeof *t->list) ||
        !bl_grow_large(&t->tails, &t->tail_capacity, t->tail_count + words * TAIL, sizeof *t->tails))
        bl_fail_nomem(e);
}

/* ---- words ---- */

static void note_start(bl_trie *t, const uint32_t *codes, size_t count)
{
    if (codes[0] <= 0xFFFF)
        t->starts[codes[0] / 64] |= (uint64_t)1 << (codes[0] % 64);
    if (count > 1) {
        uint32_t slot = bl_trie_pair(codes[0], codes[1]);
        t->pairs[slot / 64] |= (uint64_t)1 << (slot % 64);
    }
}

/* An edge, and behind it what no other word has; the state at its end. */
static uint32_t add_tail(bl_trie *t, uint32_t from, const uint32_t *codes, size_t count)
{
    add_edge(t, from, codes[0], BL_TRIE_TAIL | (uint32_t)t->tail_count);
    for (size_t i = 1; i < count; i++)
        t->tails[t->tail_count++] = codes[i];
    t->tails[t->tail_count] = 0;
    t->tails[t->tail_count + 1] = (uint32_t)-1;
    t->tail_count += 2;
    return BL_TRIE_TAIL | (uint32_t)(t->tail_count - 2);
}

/* The first `shared` codes of the tail to which an edge leads become nodes, the last of which is returned. */
static uint32_t split(bl_trie *t, uint32_t from, uint32_t code, size_t shared)
{
    uint32_t *state = &t->edges[bl_trie_slot(t->edges, &t->list[from], code)].state;
    uint32_t at = *state & ~BL_TRIE_TAIL;
    *state = t->nodes;
    for (size_t i = 0; i < shared; i++)
        t->list[t->nodes++] = (bl_trie_node){ .chain = t->tails[at++], .value = -1 };
    uint32_t last = t->nodes++;
    t->list[last] = (bl_trie_node){ .value = -1 };
    if (t->tails[at] == 0)
        t->list[last].value = (int32_t)t->tails[at + 1];
    else
        add_edge(t, last, t->tails[at], BL_TRIE_TAIL | (at + 1));
    return last;
}

uint32_t bl_trie_add(bl_error *e, bl_trie *t, const uint32_t *codes, size_t count)
{
    uint32_t from = 0, state = 0;
    size_t i = 0;
    reserve(e, t, count);
    if (bl_failed(e) || count == 0)
        return 0;
    note_start(t, codes, count);
    for (; i < count && !(state & BL_TRIE_TAIL); i++) {
        from = state;
        state = bl_trie_step(t, from, codes[i]);
        if (state == 0)
            return add_tail(t, from, codes + i, count - i);
    }
    if (!(state & BL_TRIE_TAIL))
        return state;
    const uint32_t *tail = &t->tails[state & ~BL_TRIE_TAIL];
    size_t shared = 0;
    while (i + shared < count && tail[shared] == codes[i + shared])
        shared++;
    if (i + shared == count && tail[shared] == 0)
        return state + (uint32_t)shared;
    uint32_t node = split(t, from, codes[i - 1], shared);
    i += shared;
    return i == count ? node : add_tail(t, node, codes + i, count - i);
}

void bl_trie_set(bl_error *e, bl_trie *t, uint32_t state, int32_t value)
{
    own(e, t);
    if (bl_failed(e))
        return;
    if (state & BL_TRIE_TAIL)
        t->tails[(state & ~BL_TRIE_TAIL) + 1] = (uint32_t)value;
    else
        t->list[state].value = value;
}

void bl_trie_free(bl_trie *t)
{
    if (!t->borrowed) {
        free(t->edges);
        free(t->list);
        free(t->tails);
    }
    *t = (bl_trie){ 0 };
}
