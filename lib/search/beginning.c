/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A beginning to the documents of all words that begin so. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "found.h"
#include "index/database.h"
#include "index/slot.h"

/* How all the words together stand in a document. Zeros say that they do not. */
typedef struct cell {
    uint32_t places;   /* in any column that counts; while positions are put in order, where the next goes */
    uint32_t count[2]; /* times in title and body */
    uint32_t first; /* place in the body, from the other end of what a place can be, so that 0 is nowhere */
    uint32_t last;
} cell;

/* Few enough that a rare beginning costs no more than it finds. */
enum { BLOCK_BITS = 6, BLOCK = 1 << BLOCK_BITS, MOST_BLOCKS = 1 << (32 - BLOCK_BITS) };

/* Neighbours among documents. */
typedef struct block {
    int64_t number;
    cell *cells;
    size_t room;
} block;

/* Lists of words are ascending and many: a document's cell is looked for where its neighbours are. */
typedef struct gathering {
    uint32_t columns; /* that count, a bit each */
    bool placed;      /* positions are kept */
    bl_scattered positions;
    block *blocks; /* in the order in which they were met */
    size_t count, capacity;
    uint32_t *table; /* blocks by the hash of their numbers, + 1; 0 = free */
    size_t table_size;
    size_t last; /* block that was asked for */
    size_t found;
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

static block *find_block(gathering *g, int64_t number)
{
    if (g->count * 2 >= g->table_size && !enlarge(g))
        return NULL;
    uint32_t *entry = entry_of(g, number);
    if (!*entry) {
        if (g->count == MOST_BLOCKS || !bl_grow(&g->blocks, &g->capacity, g->count + 1, sizeof *g->blocks))
            return NULL;
        g->blocks[g->count++] = (block){ .number = number };
        *entry = (uint32_t)g->count;
    }
    g->last = *entry - 1;
    return &g->blocks[g->last];
}

static bool make_room(block *b, size_t at)
{
    size_t room = b->room ? b->room : 16;
    while (room <= at)
        room *= 2;
    cell *cells = realloc(b->cells, room * sizeof *cells);
    if (!cells)
        return false;
    memset(cells + b->room, 0, (room - b->room) * sizeof *cells);
    b->cells = cells;
    b->room = room;
    return true;
}

/* The number of a document's cell: its block, then its place there. */
static uint32_t number_of(bl_error *e, gathering *g, int64_t doc)
{
    const int64_t number = doc >> BLOCK_BITS;
    const size_t at = (size_t)(doc & (BLOCK - 1));
    block *b = g->last < g->count ? &g->blocks[g->last] : NULL;
    if (!b || b->number != number)
        b = find_block(g, number);
    if (!b || (at >= b->room && !make_room(b, at))) {
        bl_fail_nomem(e);
        return 0;
    }
    __builtin_prefetch(&b->cells[at], 1);
    return (uint32_t)(g->last << BLOCK_BITS | at);
}

static uint32_t greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static cell *cell_of(const gathering *g, uint32_t number)
{
    return &g->blocks[number >> BLOCK_BITS].cells[number & (BLOCK - 1)];
}

/* The places of one word in one document. */
static void add_places(gathering *g, uint32_t number, const bl_sighting *s)
{
    bl_places at = { s->places, s->places + s->size, 0, 0 };
    bl_occurrence where = bl_occurrence_none(0, 0);
    uint32_t places = 0;
    while (bl_places_next(&at)) {
        if (!bl_found_counts(g->columns, at.column))
            continue;
        places++;
        bl_occurrence_note(&where, at.column, at.position);
        if (g->placed)
            bl_scattered_put(&g->positions, number, bl_position(at.column, at.position));
    }
    cell *c = cell_of(g, number);
    g->found += places > 0 && c->places == 0;
    c->places += places;
    c->count[0] += where.count[0];
    c->count[1] += where.count[1];
    c->first = greater(c->first, BL_OCCURRENCE_NOWHERE - where.first);
    c->last = greater(c->last, where.last);
}

/* The same of a word that stands once in the body and nowhere else, as most do: false when it does not. */
static bool add_place(gathering *g, uint32_t number, const bl_sighting *s)
{
    const bl_glance seen = bl_sighting_glance(s);
    uint64_t ignored;
    if (!seen.in_body || !bl_found_counts(g->columns, 1) ||
        bl_varint(s->places + (s->size - seen.most), &ignored) != seen.most)
        return false;
    if (g->placed)
        bl_scattered_put(&g->positions, number, bl_position(1, seen.first));
    cell *c = cell_of(g, number);
    g->found += c->places == 0;
    c->places++;
    c->count[1]++;
    c->first = greater(c->first, BL_OCCURRENCE_NOWHERE - seen.first);
    c->last = greater(c->last, seen.first);
    return true;
}

/* Documents are met in runs: the memory of all their cells is asked for before that of the first is needed.
 */
enum { RUN = 64 };

static void add_run(bl_error *e, gathering *g, const bl_sighting *list, size_t count)
{
    uint32_t numbers[RUN];
    size_t bytes = 0;
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        numbers[i] = number_of(e, g, list[i].doc);
        bytes += list[i].size;
    }
    if (g->placed)
        bl_scattered_reserve(e, &g->positions, bytes); /* a place takes a byte at least */
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        if (!add_place(g, numbers[i], &list[i]))
            add_places(g, numbers[i], &list[i]);
}

static void add_within(bl_error *e, gathering *g, bl_posting *posting, bl_slot_range range)
{
    bl_sighting list[RUN];
    bl_posting_seek(e, posting, range.first);
    while (posting->doc <= range.last && !bl_failed(e)) {
        add_run(e, g, list, bl_posting_run(e, posting, range.last, list, RUN));
        bl_posting_next(e, posting);
    }
}

static void add_word(bl_error *e, gathering *g, const bl_reader *reader, bl_posting *posting)
{
    const bl_slot_range *ranges;
    const size_t count = bl_reader_ranges(reader, &ranges);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        add_within(e, g, posting, ranges[i]);
}

/* ---- in the order of documents ---- */

/* Blocks in order of their numbers: each as the order among them and its place, in one number. */
static int ascending(const void *a, const void *b)
{
    const block *x = *(const block *const *)a, *y = *(const block *const *)b;
    return (x->number > y->number) - (x->number < y->number);
}

static void take_cell(bl_found *found, cell *c, int64_t doc, size_t *places)
{
    bl_finding *f = &found->list[found->count];
    *f = (bl_finding){ doc, bl_occurrence_none(0, 0) };
    f->where.count[0] = c->count[0];
    f->where.count[1] = c->count[1];
    f->where.first = BL_OCCURRENCE_NOWHERE - c->first;
    f->where.last = c->last;
    if (found->positions.first)
        found->positions.first[found->count] = *places;
    found->count++;
    *places += c->places;
    c->places = (uint32_t)(*places - c->places);
}

static void take_block(bl_found *found, const block *b, size_t *places)
{
    for (size_t k = 0; k < b->room; k++)
        if (b->cells[k].places > 0)
            take_cell(found, &b->cells[k], b->number << BLOCK_BITS | (int64_t)k, places);
}

/* Each document's places stand together, as the cells say now; which are called from memory before they are
 * needed. */
static void group_positions(const gathering *g, bl_positions *out)
{
    enum { SOON = 16 };
    for (size_t i = 0; i < g->positions.count; i++) {
        const bl_scattered_place *p = &g->positions.list[i];
        if (i + SOON < g->positions.count)
            __builtin_prefetch(cell_of(g, p[SOON].number), 1);
        out->list[cell_of(g, p->number)->places++] = p->place;
    }
}

static void order(bl_error *e, const gathering *g, bl_found *found)
{
    size_t places = 0;
    const block **blocks = calloc(g->count + 1, sizeof *blocks);
    found->list = calloc(g->found + 1, sizeof *found->list);
    found->capacity = g->found + 1;
    if (!blocks || !found->list)
        bl_fail_nomem(e);
    if (g->placed)
        bl_positions_open(e, &found->positions, g->found, g->positions.count);
    for (size_t i = 0; i < g->count && blocks; i++)
        blocks[i] = &g->blocks[i];
    if (!bl_failed(e))
        qsort(blocks, g->count, sizeof *blocks, ascending);
    for (size_t i = 0; i < g->count && !bl_failed(e); i++)
        take_block(found, blocks[i], &places);
    if (g->placed && !bl_failed(e)) {
        found->positions.first[found->count] = places;
        group_positions(g, &found->positions);
    }
    free(blocks);
}

bl_found *bl_found_beginning(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns,
                             bool placed)
{
    gathering g = { .columns = columns, .placed = placed };
    bl_vocabulary words;
    bl_found *found = bl_found_new(e, reader, phrase, columns);
    bl_vocabulary_open(e, &reader->index, phrase->tokens, phrase->size - 1, &words);
    while (!bl_failed(e) && bl_vocabulary_next(e, &words)) {
        add_word(e, &g, reader, &words.posting);
        bl_database_poll(e, reader->index.db);
    }
    bl_vocabulary_close(&words);
    if (found && !bl_failed(e))
        order(e, &g, found);
    for (size_t i = 0; i < g.count; i++)
        free(g.blocks[i].cells);
    free(g.blocks);
    free(g.table);
    free(g.positions.list);
    return found;
}
