/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Phrases to all their documents, kept while a search lasts. */
#include "found.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/database.h"

bool bl_reader_open(bl_error *e, bl_database *db, bl_reader *out)
{
    *out = (bl_reader){ 0 };
    return bl_index_open(e, db, &out->index);
}

static void free_found(bl_found *found)
{
    free(found->tokens);
    free(found->list);
    free(found);
}

void bl_reader_close(bl_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++)
        free_found(reader->found[i]);
    free(reader->found);
    bl_posting_close(&reader->ends);
    bl_index_close(&reader->index);
    *reader = (bl_reader){ 0 };
}

void bl_reader_lengths(bl_error *e, bl_reader *reader, int64_t doc, uint32_t out[2])
{
    bl_posting *ends = &reader->ends;
    out[0] = out[1] = 0;
    if (!ends->lists || ends->doc > doc) {
        bl_posting_close(ends);
        bl_posting_open(e, &reader->index, BL_FTS_COLUMN_END, strlen(BL_FTS_COLUMN_END), ends);
    }
    bl_posting_seek(e, ends, doc);
    if (ends->doc != doc || bl_failed(e))
        return;
    size_t size;
    const uint8_t *bytes = bl_posting_places(e, ends, &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    while (bytes && bl_places_next(&at))
        if (at.column < 2)
            out[at.column] = at.position;
}

const bl_found *bl_found_get(const bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    for (size_t i = 0; i < reader->count; i++) {
        const bl_found *found = reader->found[i];
        if (found->columns == columns && found->prefix == phrase->prefix &&
            strcmp(found->tokens, phrase->tokens) == 0)
            return found;
    }
    return NULL;
}

bl_found *bl_found_new(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    bl_found *found = bl_failed(e) ? NULL : calloc(1, sizeof *found);
    char *tokens = found ? strdup(phrase->tokens) : NULL;
    if (!tokens || !bl_grow(&reader->found, &reader->capacity, reader->count + 1, sizeof(bl_found *))) {
        bl_fail_nomem(e);
        free(tokens);
        free(found);
        return NULL;
    }
    *found = (bl_found){ .tokens = tokens, .prefix = phrase->prefix, .columns = columns };
    return reader->found[reader->count++] = found;
}

bl_occurrence *bl_found_add(bl_error *e, bl_found *found, int64_t doc)
{
    if (!bl_grow(&found->list, &found->capacity, found->count + 1, sizeof *found->list)) {
        bl_fail_nomem(e);
        return NULL;
    }
    found->list[found->count] = (bl_finding){ doc, bl_occurrence_none(0, 0) };
    return &found->list[found->count++].where;
}

/* ---- words of one beginning ---- */

/* Documents by a hash table of indices, 0 = free, else index + 1. */
typedef struct gathering {
    bl_found *found;
    uint32_t *slots;
    size_t slot_count;
} gathering;

static uint32_t *slot_of(const gathering *g, int64_t doc)
{
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
    size_t at = (size_t)((uint64_t)doc * 0x9e3779b97f4a7c15u >> 20) & (g->slot_count - 1);
    while (g->slots[at] && g->found->list[g->slots[at] - 1].doc != doc)
        at = (at + 1) & (g->slot_count - 1);
    return &g->slots[at];
}

static bool grow_slots(gathering *g)
{
    if (g->found->count * 2 < g->slot_count)
        return true;
    free(g->slots);
    g->slot_count = g->slot_count ? g->slot_count * 2 : 4096;
    g->slots = calloc(g->slot_count, sizeof *g->slots);
    for (size_t i = 0; g->slots && i < g->found->count; i++)
        *slot_of(g, g->found->list[i].doc) = (uint32_t)i + 1;
    return g->slots != NULL;
}

static bl_occurrence *find_or_add(bl_error *e, gathering *g, int64_t doc)
{
    if (!grow_slots(g) || g->found->count >= UINT32_MAX - 1) {
        bl_fail_nomem(e);
        return NULL;
    }
    uint32_t *slot = slot_of(g, doc);
    if (*slot)
        return &g->found->list[*slot - 1].where;
    bl_occurrence *where = bl_found_add(e, g->found, doc);
    *slot = (uint32_t)g->found->count;
    return where;
}

static void add_document(bl_error *e, gathering *g, bl_posting *posting)
{
    size_t size;
    const uint8_t *bytes = bl_posting_places(e, posting, &size);
    bl_places at = { bytes, bytes + size, 0, 0 };
    bl_occurrence *o = NULL;
    while (bytes && bl_places_next(&at)) {
        if (!bl_found_counts(g->found->columns, at.column))
            continue;
        if (!o && !(o = find_or_add(e, g, posting->doc)))
            return;
        bl_occurrence_note(o, at.column, at.position);
    }
}

static int compare_findings(const void *a, const void *b)
{
    const bl_finding *x = a, *y = b;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

const bl_found *bl_found_beginning(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    gathering g = { .found = bl_found_new(e, reader, phrase, columns) };
    bl_vocabulary words;
    bl_vocabulary_open(e, &reader->index, phrase->tokens, phrase->size - 1, &words);
    while (!bl_failed(e) && bl_vocabulary_next(e, &words)) {
        bl_posting *posting = &words.posting;
        for (bl_posting_seek(e, posting, 0); posting->doc != BL_LIST_END;
             bl_posting_seek(e, posting, posting->doc + 1))
            add_document(e, &g, posting);
        bl_database_poll(e, reader->index.db);
    }
    bl_vocabulary_close(&words);
    free(g.slots);
    if (g.found && g.found->count > 1)
        qsort(g.found->list, g.found->count, sizeof *g.found->list, compare_findings);
    return g.found;
}
