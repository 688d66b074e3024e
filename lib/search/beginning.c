/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A beginning to the documents of all words that begin so. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "found.h"
#include "index/database.h"
#include "index/slot.h"

enum { BLOCK = 1 << BL_SLOT_BITS };

/* Neighbours among documents, which mostly means a day: where each stands among the findings, + 1; 0 = not
 * yet. */
typedef struct block {
    int64_t number;
    uint32_t *slots;
    size_t room;
} block;

/* Lists of words are ascending and many: a document's finding is looked for where its neighbours are. */
typedef struct gathering {
    bl_found *found;
    bool placed;            /* positions are kept, and tell how the words stand */
    bl_scattered positions; /* of the findings, + 1 */
    block *blocks;
    size_t count, capacity;
    uint32_t *table; /* blocks by the hash of their numbers, + 1; 0 = free */
    size_t table_size;
    size_t last; /* block that was asked for */
} gathering;

static uint32_t *entry_of(const gathering *g, int64_t number)
{
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
    size_t at = (size_t)((uint64_t)number * 0x9e3779b97f4a7c15u >> 32) & (g->table_size - 1);
    while (g->table[at] && g->blocks[g->table[at] - 1].number != number)
        at = (at + 1) & (g->table_size - 1);
    return &g->table[at];
}

static bool enlarge(gathering *g)
{
    free(g->table);
    g->table_size = g->table_size ? g->table_size * 2 : 1024;
    g->table = calloc(g->table_size, sizeof *g->table);
    for (size_t i = 0; g->table && i < g->count; i++)
        *entry_of(g, g->blocks[i].number) = (uint32_t)i + 1;
    return g->table != NULL;
}

static block *block_of(gathering *g, int64_t number)
{
    if (g->last < g->count && g->blocks[g->last].number == number)
        return &g->blocks[g->last];
    if (g->count * 2 >= g->table_size && !enlarge(g))
        return NULL;
    uint32_t *entry = entry_of(g, number);
    if (!*entry) {
        if (!bl_grow(&g->blocks, &g->capacity, g->count + 1, sizeof *g->blocks))
            return NULL;
        g->blocks[g->count++] = (block){ .number = number };
        *entry = (uint32_t)g->count;
    }
    g->last = *entry - 1;
    return &g->blocks[g->last];
}

/* Room for a document, in the block that is then the last asked for. */
static bool make_slot(gathering *g, int64_t doc)
{
    block *b = block_of(g, doc >> BL_SLOT_BITS);
    const size_t at = (size_t)(doc & (BLOCK - 1));
    if (b && at >= b->room) {
        size_t room = b->room ? b->room : 16;
        while (room <= at)
            room *= 2;
        uint32_t *slots = realloc(b->slots, room * sizeof *slots);
        if (!slots)
            return false;
        memset(slots + b->room, 0, (room - b->room) * sizeof *slots);
        b->slots = slots;
        b->room = room;
    }
    return b != NULL;
}

/* How one word stands in a document. */
typedef struct note {
    int64_t doc;
    size_t block; /* of the gathering */
    bl_occurrence where;
    size_t first, end; /* among the gathering's positions */
} note;

/* Noted together, so that the processor waits for the memory of many at once. */
typedef struct batch {
    note list[256];
    size_t count;
} batch;
enum { BATCH = sizeof((batch *)0)->list / sizeof(note) };

static void add_note(bl_error *e, gathering *g, const note *n)
{
    uint32_t *slot = &g->blocks[n->block].slots[n->doc & (BLOCK - 1)];
    if (!*slot) {
        bl_found_add(e, g->found, n->doc);
        *slot = (uint32_t)g->found->count;
    }
    for (size_t i = n->first; i < n->end; i++)
        bl_scattered_tell(&g->positions, i, *slot);
    if (bl_failed(e) || g->placed)
        return;
    bl_occurrence *where = &g->found->list[*slot - 1].where;
    where->count[0] += n->where.count[0];
    where->count[1] += n->where.count[1];
    if (n->where.first < where->first)
        where->first = n->where.first;
    if (n->where.last > where->last)
        where->last = n->where.last;
}

static void add_batch(bl_error *e, gathering *g, batch *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        if (!make_slot(g, notes->list[i].doc) || g->found->count >= UINT32_MAX - BATCH)
            bl_fail_nomem(e);
        notes->list[i].block = g->last;
    }
    for (size_t i = 0; i < notes->count && !bl_failed(e); i++)
        add_note(e, g, &notes->list[i]);
    notes->count = 0;
}

/* The note is written where it stays: a structure that was written by pieces is copied slowly, for the
 * processor has to wait until the pieces are in memory. */
static void add_document(bl_error *e, gathering *g, bl_posting *posting, batch *notes)
{
    size_t size;
    const uint8_t *bytes = bl_posting_places(e, posting, &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    note *n = &notes->list[notes->count];
    bool stands = false;
    n->doc = posting->doc;
    n->where = bl_occurrence_none(0, 0);
    n->first = g->positions.count;
    while (bytes && bl_places_next(&at)) {
        if (!bl_found_counts(g->found->columns, at.column))
            continue;
        stands = true;
        if (g->placed)
            bl_scattered_put(e, &g->positions, bl_position(at.column, at.position));
        else
            bl_occurrence_note(&n->where, at.column, at.position);
    }
    n->end = g->positions.count;
    notes->count += stands;
    if (notes->count == BATCH)
        add_batch(e, g, notes);
}

static int compare_blocks(const void *a, const void *b)
{
    const block *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* How the words stand in each document, by their positions. */
static void note_positions(bl_found *found)
{
    const bl_positions *p = &found->positions;
    for (size_t i = 0; i < found->count; i++)
        for (size_t k = p->first[i]; k < p->first[i + 1]; k++)
            bl_occurrence_note(&found->list[i].where, bl_position_column(p->list[k]),
                               bl_position_in_column(p->list[k]));
}

/* The findings in the order of their documents. */
static void order(bl_error *e, gathering *g)
{
    bl_finding *list = calloc(g->found->count + 1, sizeof *list);
    uint32_t *rank = calloc(g->found->count + 1, sizeof *rank);
    size_t count = 0;
    if (!list || !rank) {
        bl_fail_nomem(e);
        free(list);
        free(rank);
        return;
    }
    qsort(g->blocks, g->count, sizeof *g->blocks, compare_blocks);
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->blocks[i].room; k++)
            if (g->blocks[i].slots[k]) {
                rank[g->blocks[i].slots[k]] = (uint32_t)count;
                list[count++] = g->found->list[g->blocks[i].slots[k] - 1];
            }
    free(g->found->list);
    g->found->list = list;
    g->found->capacity = g->found->count + 1;
    if (g->placed)
        bl_positions_order(e, &g->positions, rank, count, &g->found->positions);
    if (g->placed && !bl_failed(e))
        note_positions(g->found);
    free(rank);
}

const bl_found *bl_found_beginning(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns,
                                   bool placed)
{
    gathering g = { .found = bl_found_new(e, reader, phrase, columns), .placed = placed };
    bl_vocabulary words;
    batch notes = { .count = 0 };
    bl_vocabulary_open(e, &reader->index, phrase->tokens, phrase->size - 1, &words);
    while (!bl_failed(e) && bl_vocabulary_next(e, &words)) {
        bl_posting *posting = &words.posting;
        for (bl_posting_seek(e, posting, 0); posting->doc != BL_LIST_END; bl_posting_next(e, posting))
            add_document(e, &g, posting, &notes);
        bl_database_poll(e, reader->index.db);
    }
    bl_vocabulary_close(&words);
    if (g.found && !bl_failed(e))
        add_batch(e, &g, &notes);
    if (g.count > 0 && !bl_failed(e))
        order(e, &g);
    for (size_t i = 0; i < g.count; i++)
        free(g.blocks[i].slots);
    free(g.blocks);
    free(g.table);
    free(g.positions.list);
    return g.found;
}
