/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A phrase whose last token may go on to all its documents: where the tokens before it stand, and which of
 * those places are followed by a token of that beginning. */
#include "ending.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/database.h"
#include "operator.h"
#include "sequence.h"

/* Where the tokens before the last stand: per document as many places as `first` of the next says. */
typedef struct heads {
    struct head {
        int64_t doc;
        size_t first;
        bool goes_on;        /* the last token follows somewhere */
        bl_occurrence where; /* of the whole phrase, so far */
    } * list;
    size_t count, capacity;
    uint64_t *places; /* where the last token would have to begin */
    size_t place_count, place_capacity;
    uint64_t *marks; /* a bit for each place by its hash: where none is set there is no such place */
    unsigned mark_bits;
} heads;

enum { POLL_EVERY = 4096 };

/* Where that many documents have heads, the lists of tokens are read whole; else they are stepped to heads.
 */
enum { MANY = 256, RUN = 64, LEAST_MARK_BITS = 16, MOST_MARK_BITS = 26, MARKS_A_PLACE = 16 };

static void add_head(bl_error *e, heads *h, bl_operator *op, size_t length)
{
    size_t count;
    const uint64_t *starts = bl_operator_places(e, op, &count);
    if (!bl_grow(&h->list, &h->capacity, h->count + 2, sizeof *h->list) ||
        !bl_grow(&h->places, &h->place_capacity, h->place_count + count, sizeof *h->places)) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 0; i < count; i++)
        h->places[h->place_count + i] = starts[i] + length;
    h->list[h->count++] = (struct head){ op->doc, h->place_count, false, bl_occurrence_none(0, 0) };
    h->place_count += count;
    h->list[h->count].first = h->place_count;
}

static void find_within(bl_error *e, bl_reader *reader, bl_operator *op, bl_slot_range range, size_t length,
                        heads *h)
{
    for (bl_operator_seek(e, op, range.first); op->doc <= range.last && !bl_failed(e);
         bl_operator_seek(e, op, op->doc + 1)) {
        add_head(e, h, op, length);
        if (h->count % POLL_EVERY == 0)
            bl_database_poll(e, reader->index.db);
    }
}

static void find_heads(bl_error *e, bl_reader *reader, const bl_phrase *before, uint32_t columns, heads *h)
{
    bl_phrase only = *before;
    bl_term term = { .phrases = &only, .count = 1 };
    const bl_plan plan = { .terms = &term, .count = 1 };
    const bl_slot_range *ranges;
    const size_t count = bl_reader_ranges(reader, &ranges);
    bl_operator *op = bl_operator_placed(e, reader, &plan, 0, 0, columns);
    for (size_t i = 0; i < count && op && !bl_failed(e); i++)
        find_within(e, reader, op, ranges[i], before->count, h);
    bl_operator_free(op);
}

/* ---- where there are many ---- */

/* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4) of a document and a place in it. */
static uint64_t mark_of(const heads *h, int64_t doc, uint64_t place)
{
    return (((uint64_t)doc << 20) + place) * 0x9e3779b97f4a7c15u >> (64 - h->mark_bits);
}

static void make_marks(bl_error *e, heads *h)
{
    h->mark_bits = LEAST_MARK_BITS;
    while (h->mark_bits < MOST_MARK_BITS && h->place_count * MARKS_A_PLACE >> h->mark_bits > 0)
        h->mark_bits++;
    h->marks = calloc((size_t)1 << (h->mark_bits - 6), sizeof *h->marks);
    if (!h->marks) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 0; i < h->count; i++)
        for (size_t k = h->list[i].first; k < h->list[i + 1].first; k++) {
            const uint64_t mark = mark_of(h, h->list[i].doc, h->places[k]);
            h->marks[mark / 64] |= (uint64_t)1 << mark % 64;
        }
}

static bool may_follow(const heads *h, const bl_sighting *s)
{
    bl_places p = { s->places, s->places + s->size, 0, 0 };
    bool may = false;
    while (!may && bl_places_next(&p)) {
        const uint64_t mark = mark_of(h, s->doc, (uint64_t)p.column << 32 | p.position);
        may = h->marks[mark / 64] >> mark % 64 & 1;
    }
    return may;
}

/* The first head that is not before a document, looked for from `at` on by ever longer steps. */
static size_t find_head(const heads *h, size_t at, int64_t doc)
{
    size_t step = 1, low = at;
    while (at < h->count && h->list[at].doc < doc) {
        low = at + 1;
        at += step;
        step *= 2;
    }
    size_t high = at < h->count ? at : h->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (h->list[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A token of the beginning stands in a head's document: note where it follows the head. */
static void join(heads *h, size_t at, const uint8_t *bytes, size_t size, size_t length)
{
    size_t i = h->list[at].first;
    const size_t end = h->list[at + 1].first;
    bl_places p = { bytes, bytes + size, 0, 0 };
    while (bytes && i < end && bl_places_next(&p)) {
        const uint64_t place = (uint64_t)p.column << 32 | p.position;
        while (i < end && h->places[i] < place)
            i++;
        if (i == end || h->places[i] != place)
            continue;
        h->list[at].goes_on = true;
        bl_occurrence_note(&h->list[at].where, p.column, p.position - (uint32_t)length);
    }
}

static void follow(bl_error *e, heads *h, bl_posting *posting, size_t length)
{
    for (size_t at = 0; at < h->count && !bl_failed(e);) {
        bl_posting_seek(e, posting, h->list[at].doc);
        if (posting->doc == BL_LIST_END)
            return;
        at = find_head(h, at, posting->doc);
        if (at < h->count && h->list[at].doc == posting->doc) {
            size_t size;
            const uint8_t *bytes = bl_posting_places(e, posting, &size);
            join(h, at++, bytes, size, length);
        }
    }
}

/* The same by reading all of the list between the first head and the last. */
static void follow_all(bl_error *e, heads *h, bl_posting *posting, size_t length)
{
    const int64_t last = h->list[h->count - 1].doc;
    bl_sighting list[RUN];
    size_t at = 0;
    bl_posting_seek(e, posting, h->list[0].doc);
    for (size_t count; (count = bl_posting_run(e, posting, last, list, RUN)) > 0;) {
        for (size_t i = 0; i < count && at < h->count; i++) {
            if (!may_follow(h, &list[i]))
                continue;
            at = find_head(h, at, list[i].doc);
            if (at < h->count && h->list[at].doc == list[i].doc)
                join(h, at, list[i].places, list[i].size, length);
        }
        bl_posting_next(e, posting);
    }
}

/* The bytes of all tokens but the last. */
static size_t head_size(const bl_phrase *phrase)
{
    size_t size = phrase->size - 1;
    while (size > 0 && phrase->tokens[size - 1] != BL_FTS_TOKEN_END)
        size--;
    return size;
}

int64_t bl_found_ending_cost(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    const bl_phrase before = { .tokens = phrase->tokens,
                               .size = head_size(phrase),
                               .count = phrase->count - 1 };
    return bl_found_sequence_cost(e, reader, &before, columns);
}

bl_found *bl_found_ending(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    heads h = { 0 };
    bl_vocabulary words = { 0 };
    const size_t size = head_size(phrase);
    bl_found *found = bl_found_new(e, reader, phrase, columns);
    const bl_phrase before = { .tokens = phrase->tokens, .size = size, .count = phrase->count - 1 };
    find_heads(e, reader, &before, columns, &h);
    if (h.count > MANY)
        make_marks(e, &h);
    if (h.count > 0)
        bl_vocabulary_open(e, &reader->index, phrase->tokens + size, phrase->size - size - 1, &words);
    while (h.count > 0 && !bl_failed(e) && bl_vocabulary_next(e, &words)) {
        (h.count > MANY ? follow_all : follow)(e, &h, &words.posting, before.count);
        bl_database_poll(e, reader->index.db);
    }
    bl_vocabulary_close(&words);
    for (size_t i = 0; i < h.count && found && !bl_failed(e); i++)
        if (h.list[i].goes_on) {
            bl_occurrence *where = bl_found_add(e, found, h.list[i].doc);
            if (where)
                *where = h.list[i].where;
        }
    free(h.list);
    free(h.places);
    free(h.marks);
    return bl_failed(e) ? NULL : found;
}
