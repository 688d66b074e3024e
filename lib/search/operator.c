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
    op->last = BL_LIST_END;
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
    bl_near_close(op->near);
    free(op->children);
    free(op->tokens);
    free(op->places);
    free(op->order);
    free(op->which);
    free(op);
}

static bool counts(const bl_operator *op, uint32_t column)
{
    return bl_found_counts(op->columns, column);
}

/* ---- what was found before ---- */

static void seek_found(bl_operator *op, int64_t doc)
{
    size_t low = op->found_at, high = op->found->count;
    if (low < high && op->found->list[low].doc >= doc)
        high = low;
    else if (low + 1 < high && op->found->list[low + 1].doc >= doc)
        low = high = low + 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (op->found->list[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    op->found_at = low;
    op->doc = low < op->found->count ? op->found->list[low].doc : BL_LIST_END;
}

bl_operator *bl_operator_docs(bl_error *e, const bl_docs *docs)
{
    bl_operator *op = bl_operator_new(e, BL_OP_DOCS, BL_ALL_COLUMNS);
    if (op)
        op->docs = docs;
    return op;
}

static void seek_docs(bl_operator *op, int64_t doc)
{
    op->found_at = bl_docs_find(op->docs, op->found_at, doc);
    op->doc = op->found_at < op->docs->count ? op->docs->list[op->found_at] : BL_LIST_END;
}

/* ---- phrases ---- */

/* The rarest leads, and the commonest is asked last. */
static void order_tokens(bl_operator *op)
{
    for (size_t i = 0; i < op->token_count; i++) {
        size_t at = i;
        for (; at > 0 && op->tokens[op->order[at - 1]].bytes > op->tokens[i].bytes; at--)
            op->order[at] = op->order[at - 1];
        op->order[at] = i;
    }
}

/* Its number among the different tokens so far; their count when it is none of them. */
static size_t find_token(const char *const *names, size_t count, const char *name, size_t size)
{
    size_t i = 0;
    while (i < count && strncmp(names[i], name, size + 1) != 0)
        i++;
    return i;
}

/* Each different token once, however often it stands in the phrase. One that is nowhere makes the others
 * needless. */
static void open_tokens(bl_error *e, bl_index *index, bl_operator *op, const bl_phrase *phrase)
{
    const char **names = calloc(phrase->count + 1, sizeof *names);
    op->tokens = calloc(phrase->count + 1, sizeof *op->tokens);
    op->order = calloc(phrase->count + 1, sizeof *op->order);
    op->which = calloc(phrase->count + 1, sizeof *op->which);
    if (!names || !op->tokens || !op->order || !op->which)
        bl_fail_nomem(e);
    const char *at = phrase->tokens;
    for (bool more = true; more && op->length < phrase->count && !bl_failed(e);) {
        size_t size = (size_t)(strchr(at, BL_FTS_TOKEN_END) - at);
        size_t number = find_token(names, op->token_count, at, size);
        op->which[op->length++] = number;
        if (number == op->token_count) {
            names[op->token_count++] = at;
            bl_posting_open(e, index, at, size, &op->tokens[number]);
            more = op->tokens[number].count > 0;
        }
        at += size + 1;
    }
    free(names);
    if (!bl_failed(e))
        order_tokens(op);
}

static bl_operator *new_phrase(bl_error *e, bl_operator_kind kind, size_t term, size_t number,
                               uint32_t columns)
{
    bl_operator *op = bl_operator_new(e, kind, columns);
    if (op) {
        op->term = (uint32_t)term;
        op->phrase = (uint32_t)number;
    }
    return op;
}

bl_operator *bl_operator_placed(bl_error *e, bl_reader *reader, const bl_plan *plan, size_t term,
                                size_t number, uint32_t columns)
{
    bl_operator *op = new_phrase(e, BL_OP_PHRASE, term, number, columns);
    if (!op)
        return NULL;
    open_tokens(e, &reader->index, op, &plan->terms[term].phrases[number]);
    op->bare = op->length == 1 && op->token_count == 1 && op->columns == BL_ALL_COLUMNS;
    return op;
}

bl_operator *bl_operator_phrase(bl_error *e, bl_reader *reader, const bl_plan *plan, size_t term,
                                size_t number, uint32_t columns)
{
    const bl_phrase *phrase = &plan->terms[term].phrases[number];
    const bool placed = plan->terms[term].near;
    const bl_found *found = bl_found_get(reader, phrase, columns);
    if (phrase->prefix && phrase->count != 1 && !found)
        return NULL;
    if (phrase->prefix && phrase->count == 1 && (!found || (placed && !found->positions.list)))
        found = bl_found_beginning(e, reader, phrase, columns, placed);
    if (!found)
        return bl_operator_placed(e, reader, plan, term, number, columns);
    bl_operator *op = new_phrase(e, BL_OP_FOUND, term, number, columns);
    if (op)
        op->found = found;
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
    if (!bl_grow(&op->places, &op->place_capacity, size,
                 sizeof *op->places)) { /* a place is a byte at least */
        bl_fail_nomem(e);
        return;
    }
    while (bytes && bl_places_next(&at))
        if (counts(op, at.column))
            op->places[op->place_count++] = place(&at);
}

/* Only the starts whose i-th token stands i places on are kept. */
static void keep_places(bl_error *e, bl_operator *op, size_t i)
{
    size_t size, kept = 0, k = 0;
    const uint8_t *bytes = bl_posting_places(e, &op->tokens[op->which[i]], &size);
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
static bool stands_at(const bl_operator *op, const uint8_t *bytes, size_t size)
{
    bl_places at = { bytes, bytes + size, 0, 0 };
    while (bytes && bl_places_next(&at))
        if (counts(op, at.column))
            return true;
    return false;
}

static bool stands_alone(bl_error *e, bl_operator *op)
{
    size_t size;
    const uint8_t *bytes = op->columns == BL_ALL_COLUMNS ? NULL : bl_posting_places(e, &op->tokens[0], &size);
    return op->columns == BL_ALL_COLUMNS || stands_at(op, bytes, size);
}

static bool stands(bl_error *e, bl_operator *op)
{
    if (op->length == 1)
        return stands_alone(e, op);
    start_places(e, op);
    for (size_t i = 1; i < op->length && op->place_count > 0; i++)
        keep_places(e, op, i);
    return op->place_count > 0;
}

/* All tokens to one document >= doc. */
static int64_t meet(bl_error *e, bl_operator *op, int64_t doc)
{
    for (size_t agreed = 0; agreed < op->token_count && doc != BL_LIST_END;) {
        bl_posting *token = &op->tokens[op->order[agreed]];
        bl_posting_reach(e, token, doc);
        agreed = token->doc == doc ? agreed + 1 : agreed == 0 ? 1 : 0;
        doc = token->doc;
    }
    return doc;
}

static void seek_phrase(bl_error *e, bl_operator *op, int64_t doc)
{
    if (op->token_count == 0)
        op->doc = BL_LIST_END;
    while (op->doc < doc) {
        op->doc = meet(e, op, doc);
        if (op->doc <= op->last && op->doc != BL_LIST_END && !stands(e, op)) {
            doc = op->doc + 1;
            op->doc = INT64_MIN;
        }
    }
}

/* ---- trees ---- */

/* Most children are tokens, and what is looked for is mostly their next document. */
static inline void seek_child(bl_error *e, bl_operator *op, int64_t doc)
{
    if (op->doc < doc && op->bare) {
        bl_posting_reach(e, &op->tokens[0], doc);
        op->doc = op->tokens[0].doc;
    } else {
        bl_operator_seek(e, op, doc);
    }
}

static void seek_any(bl_error *e, bl_operator *op, int64_t doc)
{
    int64_t lowest = BL_LIST_END;
    for (size_t i = 0; i < op->count; i++) {
        bl_operator *child = op->children[i];
        if (child->doc < doc)
            seek_child(e, child, doc);
        if (child->doc < lowest)
            lowest = child->doc;
    }
    op->doc = lowest;
}

static void seek_all(bl_error *e, bl_operator *op, int64_t doc)
{
    for (size_t agreed = 0, i = 0; agreed < op->count; i = (i + 1) % op->count) {
        bl_operator *child = op->children[i];
        seek_child(e, child, doc);
        agreed = child->doc == doc ? agreed + 1 : 1;
        doc = child->doc;
        if (doc == BL_LIST_END)
            break;
    }
    op->doc = doc;
}

static void seek_near(bl_error *e, bl_operator *op, int64_t doc)
{
    bl_operator *all = op->children[0];
    for (;; doc = all->doc + 1) {
        bl_operator_seek(e, all, doc);
        op->doc = all->doc;
        if (op->doc == BL_LIST_END || op->doc > op->last || bl_near_stands(e, op->near, op->doc))
            return;
    }
}

static void seek_except(bl_error *e, bl_operator *op, int64_t doc)
{
    bl_operator *wanted = op->children[0], *unwanted = op->children[1];
    for (;; doc = wanted->doc + 1) {
        bl_operator_seek(e, wanted, doc);
        op->doc = wanted->doc;
        if (op->doc == BL_LIST_END || op->doc > op->last)
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
    if (op->bare)
        seek_child(e, op, doc);
    else if (op->kind == BL_OP_PHRASE)
        seek_phrase(e, op, doc);
    else if (op->kind == BL_OP_FOUND)
        seek_found(op, doc);
    else if (op->kind == BL_OP_DOCS)
        seek_docs(op, doc);
    else if (op->kind == BL_OP_NEAR)
        seek_near(e, op, doc);
    else if (op->kind == BL_OP_ANY)
        seek_any(e, op, doc);
    else if (op->kind == BL_OP_ALL)
        seek_all(e, op, doc);
    else
        seek_except(e, op, doc);
}

void bl_operator_until(bl_operator *op, int64_t last)
{
    op->last = last;
    for (size_t i = 0; i < op->count; i++)
        bl_operator_until(op->children[i], last);
}

/* The rarest of what must all be there leads. */
static int64_t least_cost(const bl_operator *op)
{
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < op->token_count; i++)
        least = op->tokens[i].bytes < least ? op->tokens[i].bytes : least;
    for (size_t i = 0; i < op->count; i++) {
        const int64_t cost = bl_operator_cost(op->children[i]);
        least = cost < least ? cost : least;
    }
    return least < INT64_MAX ? least : 0;
}

int64_t bl_operator_cost(const bl_operator *op)
{
    enum { FINDING_BYTES = 8 };
    int64_t sum = 0;
    if (op->kind == BL_OP_FOUND)
        return (int64_t)op->found->count * FINDING_BYTES;
    if (op->kind == BL_OP_DOCS)
        return (int64_t)op->docs->count;
    if (op->kind == BL_OP_EXCEPT)
        return bl_operator_cost(op->children[0]);
    if (op->kind != BL_OP_ANY)
        return least_cost(op);
    for (size_t i = 0; i < op->count; i++)
        sum += bl_operator_cost(op->children[i]);
    return sum;
}

const uint64_t *bl_operator_places(bl_error *e, bl_operator *op, size_t *count)
{
    *count = 0;
    if (op->kind != BL_OP_PHRASE)
        return NULL;
    if (op->length == 1)
        start_places(e, op);
    *count = op->place_count;
    return bl_failed(e) ? NULL : op->places;
}

/* Where a token stands that is the only one. */
static void collect_token(const bl_operator *op, const uint8_t *bytes, size_t size, bl_occurrence *out)
{
    bl_places at = { bytes, bytes + size, 0, 0 };
    *out = bl_occurrence_none(op->term, op->phrase);
    while (bytes && bl_places_next(&at))
        if (counts(op, at.column))
            bl_occurrence_note(out, at.column, at.position);
}

void bl_operator_collect(bl_error *e, bl_operator *op, bl_occurrence *out)
{
    *out = bl_occurrence_none(op->term, op->phrase);
    if (op->kind == BL_OP_FOUND) {
        *out = op->found->list[op->found_at].where;
        out->term = op->term;
        out->phrase = op->phrase;
    } else if (op->length > 1) {
        for (size_t i = 0; i < op->place_count; i++)
            bl_occurrence_note(out, (uint32_t)(op->places[i] >> 32), (uint32_t)op->places[i]);
    } else {
        size_t size;
        const uint8_t *bytes = bl_posting_places(e, &op->tokens[0], &size);
        collect_token(op, bytes, size, out);
    }
}

bool bl_operator_runs(const bl_operator *op)
{
    return op->kind == BL_OP_PHRASE && op->length == 1 && op->token_count == 1;
}

static size_t keep_standing(const bl_operator *op, bl_sighting *list, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (stands_at(op, list[i].places, list[i].size))
            list[kept++] = list[i];
    return kept;
}

size_t bl_operator_run(bl_error *e, bl_operator *op, int64_t last, bl_sighting *list, size_t room)
{
    bl_posting *token = &op->tokens[0];
    size_t count = 0;
    do {
        if (op->stepped)
            bl_posting_seek(e, token, token->doc + 1);
        count = bl_posting_run(e, token, last, list, room);
        op->stepped = count > 0;
        if (op->columns != BL_ALL_COLUMNS)
            count = keep_standing(op, list, count);
    } while (count == 0 && op->stepped && !bl_failed(e));
    return bl_failed(e) ? 0 : count;
}

void bl_operator_look(const bl_operator *op, const bl_sighting *at, bl_occurrence *out)
{
    collect_token(op, at->places, at->size, out);
}
