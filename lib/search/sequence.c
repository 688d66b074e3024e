/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A phrase to all its documents: where each of its tokens stands behind the one before it. */
#include "sequence.h"

#include "index/database.h"
#include "operator.h"

enum { POLL_EVERY = 4096 };

static bl_operator *open_sequence(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    bl_phrase own = *phrase;
    bl_term term = { .phrases = &own, .count = 1 };
    const bl_plan plan = { .terms = &term, .count = 1 };
    return bl_operator_placed(e, reader, &plan, 0, 0, columns);
}

static void find_within(bl_error *e, bl_reader *reader, bl_operator *op, bl_slot_range range, bl_found *found)
{
    for (bl_operator_seek(e, op, range.first); op->doc <= range.last && !bl_failed(e);
         bl_operator_seek(e, op, op->doc + 1)) {
        bl_occurrence *where = bl_found_add(e, found, op->doc);
        if (where)
            bl_operator_collect(e, op, where);
        if (found->count % POLL_EVERY == 0)
            bl_database_poll(e, reader->index.db);
    }
}

bl_found *bl_found_sequence(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    const bl_slot_range *ranges;
    const size_t count = bl_reader_ranges(reader, &ranges);
    bl_operator *op = open_sequence(e, reader, phrase, columns);
    bl_found *found = bl_found_new(e, reader, phrase, columns);
    for (size_t i = 0; i < count && op && found; i++)
        find_within(e, reader, op, ranges[i], found);
    bl_operator_free(op);
    return bl_failed(e) ? NULL : found;
}

int64_t bl_found_sequence_cost(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns)
{
    bl_operator *op = open_sequence(e, reader, phrase, columns);
    const int64_t cost = op ? bl_operator_cost(op) : 0;
    bl_operator_free(op);
    return cost;
}
