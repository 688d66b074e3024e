/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Postings to the documents that satisfy a tree of phrases, by steps of whoever is behind. */
#include "operator.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/database.h"
#include "index/fts.h"

bl_operator *bl_operator_new(bl_error *e, bl_operator_kind kind, uint32_t columns)
{
    bl_operator *op = bl_failed(e) ? NULL : calloc(1, sizeof *op);
    if (!op) {
        bl_fail_nomem(e);
        return NULL;
    }
    op->kind = kind;
    op->columns = columns;
    op->doc = INT64_MIN;
    return op;
}

void bl_operator_add(bl_error *e, bl_operator *parent, bl_operator *child)
{
    if (!child)
        return;
    if (!parent || !bl_grow(&parent->children, &parent->capacity, parent->count + 1, sizeof(bl_operator *))) {
        bl_fail_nomem(e);
        bl_operator_free(child);
        return;
    }
    parent->children[parent->count++] = child;
}

void bl_operator_free(bl_operator *op)
{
    if (!op)
        return;
    for (size_t i = 0; i < op->count; i++)
        bl_operator_free(op->children[i]);
    for (size_t i = 0; i < op->token_count; i++)
        bl_posting_close(&op->tokens[i]);
    free(op->children);
    free(op->tokens);
    free(op->places);
    free(op->found);
    free(op);
}

static bool counts(const bl_operator *op, uint32_t column)
{
    return column < 32 && op->columns >> column & 1;
}

/* ---- words of one beginning ---- */

/* Documents by a hash table of indices, 0 = free, else index + 1. */
typedef struct beginnings {
    bl_operator *op;
    size_t capacity;
    uint32_t *slots;
    size_t slot_count;
} beginnings;

static uint32_t *slot_of(const beginnings *b, int64_t doc)
{
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
    size_t at = (size_t)((uint64_t)doc * 0x9e3779b97f4a7c15u >> 20) & (b->slot_count - 1);
    while (b->slots[at] && b->op->found[b->slots[at] - 1].doc != doc)
        at = (at + 1) & (b->slot_count - 1);
    return &b->slots[at];
}

static bool grow_slots(beginnings *b)
{
    if (b->op->found_count * 2 < b->slot_count)
        return true;
    free(b->slots);
    b->slot_count = b->slot_count ? b->slot_count * 2 : 4096;
    b->slots = calloc(b->slot_count, sizeof *b->slots);
    for (size_t i = 0; b->slots && i < b->op->found_count; i++)
        *slot_of(b, b->op->found[i].doc) = (uint32_t)i + 1;
    return b->slots != NULL;
}

static bl_occurrence *find_or_add(bl_error *e, beginnings *b, int64_t doc)
{
    bl_operator *op = b->op;
    if (!grow_slots(b) || op->found_count >= UINT32_MAX - 1 ||
        !bl_grow(&op->found, &b->capacity, op->found_count + 1, sizeof *op->found)) {
        bl_fail_nomem(e);
        return NULL;
    }
    uint32_t *slot = slot_of(b, doc);
    if (!*slot) {
        op->found[op->found_count] =
            (bl_beginning){ doc, { op->term, op->phrase, { 0, 0 }, BL_OCCURRENCE_NOWHERE } };
        *slot = (uint32_t)++op->found_count;
    }
    return &op->found[*slot - 1].where;
}

static void add_document(bl_error *e, beginnings *b, bl_posting *posting)
{
    size_t size;
    const uint8_t *bytes = bl_posting_places(e, posting, &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    bl_occurrence *o = NULL;
    while (!bl_failed(e) && bl_places_next(&at)) {
        if (!counts(b->op, at.column))
            continue;
        if (!o)
            o = find_or_add(e, b, posting->doc);
        if (o)
            bl_occurrence_note(o, at.column, at.position);
    }
}

static int compare_beginnings(const void *a, const void *b)
{
    const bl_beginning *x = a, *y = b;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* Thousands of words may begin with one character: all are read at once, document by document afterwards. */
static void collect_beginnings(bl_error *e, bl_index *index, bl_operator *op, const char *prefix, size_t size)
{
    beginnings b = { .op = op };
    bl_vocabulary words;
    bl_vocabulary_open(e, index, prefix, size, &words);
    while (!bl_failed(e) && bl_vocabulary_next(e, &words)) {
        bl_posting *posting = &words.posting;
        for (bl_posting_seek(e, posting, 0); posting->doc != BL_LIST_END;
             bl_posting_seek(e, posting, posting->doc + 1))
            add_document(e, &b, posting);
        bl_database_poll(e, index->db);
    }
    bl_vocabulary_close(&words);
    free(b.slots);
    if (op->found_count > 1)
        qsort(op->found, op->found_count, sizeof *op->found, compare_beginnings);
}

static void seek_beginning(bl_operator *op, int64_t doc)
{
    size_t low = op->found_at, high = op->found_count;
    if (low < high && op->found[low].doc >= doc)
        high = low;
    else if (low + 1 < high && op->found[low + 1].doc >= doc)
        low = high = low + 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (op->found[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    op->found_at = low;
    op->doc = low < op->found_count ? op->found[low].doc : BL_LIST_END;
}

/* ---- phrases ---- */

static void open_tokens(bl_error *e, bl_index *index, bl_operator *op, const bl_phrase *phrase)
{
    op->tokens = calloc(phrase->count, sizeof *op->tokens);
    if (!op->tokens)
        bl_fail_nomem(e);
    for (const char *at = phrase->tokens; op->token_count < phrase->count && !bl_failed(e);) {
        size_t size = (size_t)(strchr(at, BL_FTS_TOKEN_END) - at);
        bl_posting_open(e, index, at, size, &op->tokens[op->token_count++]);
        at += size + 1;
    }
    for (size_t i = 0; i < op->token_count; i++)
        if (op->tokens[i].pages < op->tokens[op->lead].pages)
            op->lead = i;
}

bl_operator *bl_operator_phrase(bl_error *e, bl_index *index, const bl_plan *plan, size_t term, size_t number,
                                uint32_t columns)
{
    const bl_phrase *phrase = &plan->terms[term].phrases[number];
    if (phrase->prefix && phrase->count != 1)
        return NULL;
    bl_operator *op = bl_operator_new(e, phrase->prefix ? BL_OP_BEGINNING : BL_OP_PHRASE, columns);
    if (!op)
        return NULL;
    op->term = (uint32_t)term;
    op->phrase = (uint32_t)number;
    if (phrase->prefix)
        collect_beginnings(e, index, op, phrase->tokens, phrase->size - 1);
    else
        open_tokens(e, index, op, phrase);
    return op;
}

/* Places as one number each, so that a phrase's are compared by adding. */
static uint64_t place(const bl_places *at)
{
    return (uint64_t)at->column << 32 | at->position;
}

static void start_places(bl_error *e, bl_operator *op)
{
    size_t size;
    const uint8_t *bytes = bl_posting_places(e, &op->tokens[0], &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    op->place_count = 0;
    while (bytes && bl_places_next(&at)) {
        if (!counts(op, at.column))
            continue;
        if (!bl_grow(&op->places, &op->place_capacity, op->place_count + 1, sizeof *op->places)) {
            bl_fail_nomem(e);
            return;
        }
        op->places[op->place_count++] = place(&at);
    }
}

/* Only the starts whose i-th token stands i places on are kept. */
static void keep_places(bl_error *e, bl_operator *op, size_t i)
{
    size_t size, kept = 0, k = 0;
    const uint8_t *bytes = bl_posting_places(e, &op->tokens[i], &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    while (bytes && k < op->place_count && bl_places_next(&at)) {
        while (k < op->place_count && op->places[k] + i < place(&at))
            k++;
        if (k < op->place_count && op->places[k] + i == place(&at))
            op->places[kept++] = op->places[k++];
    }
    op->place_count = kept;
}

/* Whether one of the columns that count is among the token's. Most stand where their first place says. */
static bool stands_alone(bl_error *e, bl_operator *op)
{
    if (op->columns == BL_OPERATOR_ALL_COLUMNS)
        return true;
    size_t size;
    const uint8_t *bytes = bl_posting_places(e, &op->tokens[0], &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    while (bytes && bl_places_next(&at))
        if (counts(op, at.column))
            return true;
    return false;
}

static bool stands(bl_error *e, bl_operator *op)
{
    if (op->token_count == 1)
        return stands_alone(e, op);
    start_places(e, op);
    for (size_t i = 1; i < op->token_count && op->place_count > 0; i++)
        keep_places(e, op, i);
    return op->place_count > 0;
}

/* All tokens to one document >= doc. */
static int64_t meet(bl_error *e, bl_operator *op, int64_t doc)
{
    bl_posting *lead = &op->tokens[op->lead];
    for (;;) {
        bl_posting_seek(e, lead, doc);
        doc = lead->doc;
        for (size_t i = 0; i < op->token_count && doc == lead->doc && doc != BL_LIST_END; i++) {
            bl_posting_seek(e, &op->tokens[i], doc);
            if (op->tokens[i].doc > doc)
                doc = op->tokens[i].doc;
        }
        if (doc == lead->doc || doc == BL_LIST_END)
            return doc;
    }
}

static void seek_phrase(bl_error *e, bl_operator *op, int64_t doc)
{
    if (op->token_count == 0)
        op->doc = BL_LIST_END;
    while (op->doc < doc) {
        op->doc = meet(e, op, doc);
        if (op->doc != BL_LIST_END && !stands(e, op)) {
            doc = op->doc + 1;
            op->doc = INT64_MIN;
        }
    }
}

/* ---- trees ---- */

static void seek_any(bl_error *e, bl_operator *op, int64_t doc)
{
    int64_t lowest = BL_LIST_END;
    for (size_t i = 0; i < op->count; i++) {
        bl_operator *child = op->children[i];
        if (child->doc < doc)
            bl_operator_seek(e, child, doc);
        if (child->doc < lowest)
            lowest = child->doc;
    }
    op->doc = lowest;
}

static void seek_all(bl_error *e, bl_operator *op, int64_t doc)
{
    for (size_t agreed = 0, i = 0; agreed < op->count; i = (i + 1) % op->count) {
        bl_operator *child = op->children[i];
        bl_operator_seek(e, child, doc);
        agreed = child->doc == doc ? agreed + 1 : 1;
        doc = child->doc;
        if (doc == BL_LIST_END)
            break;
    }
    op->doc = doc;
}

static void seek_except(bl_error *e, bl_operator *op, int64_t doc)
{
    bl_operator *wanted = op->children[0], *unwanted = op->children[1];
    for (;; doc = wanted->doc + 1) {
        bl_operator_seek(e, wanted, doc);
        op->doc = wanted->doc;
        if (op->doc == BL_LIST_END)
            return;
        bl_operator_seek(e, unwanted, op->doc);
        if (unwanted->doc != op->doc)
            return;
    }
}

void bl_operator_seek(bl_error *e, bl_operator *op, int64_t doc)
{
    if (bl_failed(e))
        op->doc = BL_LIST_END;
    if (op->doc >= doc)
        return;
    if (op->kind == BL_OP_PHRASE)
        seek_phrase(e, op, doc);
    else if (op->kind == BL_OP_BEGINNING)
        seek_beginning(op, doc);
    else if (op->kind == BL_OP_ANY)
        seek_any(e, op, doc);
    else if (op->kind == BL_OP_ALL)
        seek_all(e, op, doc);
    else
        seek_except(e, op, doc);
}

void bl_operator_collect(bl_error *e, bl_operator *op, bl_occurrence *out)
{
    *out = (bl_occurrence){ op->term, op->phrase, { 0, 0 }, BL_OCCURRENCE_NOWHERE };
    if (op->kind == BL_OP_BEGINNING) {
        *out = op->found[op->found_at].where;
    } else if (op->token_count > 1) {
        for (size_t i = 0; i < op->place_count; i++)
            bl_occurrence_note(out, (uint32_t)(op->places[i] >> 32), (uint32_t)op->places[i]);
    } else {
        size_t size;
        const uint8_t *bytes = bl_posting_places(e, &op->tokens[0], &size);
        bl_places at = { bytes, bytes + size, 0, 0 };
        while (bytes && bl_places_next(&at))
            if (counts(op, at.column))
                bl_occurrence_note(out, at.column, at.position);
    }
}
