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
    bl_positions_free(&found->positions);
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

void bl_reader_want(bl_reader *reader, const bl_slot_range *ranges, size_t count)
{
    const size_t size = count * sizeof *ranges;
    reader->wanted_count = count;
    if (count == 0 || (count == reader->range_count && memcmp(ranges, reader->wanted, size) == 0))
        return;
    reader->wanting++;
    reader->range_count = count;
    memcpy(reader->wanted, ranges, size);
}

size_t bl_reader_ranges(const bl_reader *reader, const bl_slot_range **out)
{
    static const bl_slot_range all = { 0, BL_LIST_END - 1 };
    *out = reader->wanted_count > 0 ? reader->wanted : &all;
    return reader->wanted_count > 0 ? reader->wanted_count : 1;
}

void bl_found_join(bl_error *e, bl_found *found, const bl_found *later, uint32_t wanted)
{
    if (!bl_grow(&found->list, &found->capacity, found->count + later->count, sizeof *found->list)) {
        bl_fail_nomem(e);
        return;
    }
    if (found->positions.list)
        bl_positions_join(e, &found->positions, found->count, &later->positions, later->count);
    if (later->count > 0)
        memcpy(found->list + found->count, later->list, later->count * sizeof *later->list);
    found->count += later->count;
    found->wanted = wanted;
}

const bl_found *bl_found_get(const bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    for (size_t i = reader->count; i > 0; i--) {
        const bl_found *found = reader->found[i - 1];
        if (found->columns == columns && found->prefix == phrase->prefix &&
            (found->wanted == 0 || (reader->wanted_count > 0 && found->wanted == reader->wanting)) &&
            strcmp(found->tokens, phrase->tokens) == 0)
            return found;
    }
    return reader->lender ? bl_found_get(reader->lender, phrase, columns) : NULL;
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
    found->wanted = reader->wanted_count > 0 ? reader->wanting : 0;
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
