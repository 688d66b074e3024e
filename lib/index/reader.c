/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What a format took out of a file, to what receives the input. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

void bl_reader_problem(const bl_reader *r, uint64_t line, const char *reason)
{
    r->sink->problem(r->sink->context, r->path, line, reason);
}

void bl_reader_skip(const bl_reader *r, bulletin_skipped kind)
{
    r->sink->skip(r->sink->context, r->path, kind);
}

void bl_reader_give(bl_error *e, bl_reader *r, bl_input *input)
{
    uint64_t read = r->stream ? bl_stream_progress(r->stream) : r->given;
    input->path = strdup(r->path);
    input->read = read - r->given;
    r->given = read;
    if (!input->path || (!input->bytes && input->kind != BL_INPUT_END))
        bl_fail_nomem(e);
    if (bl_failed(e))
        bl_input_free(input);
    else
        r->sink->take(e, r->sink->context, input);
}

void bl_reader_give_record(bl_error *e, bl_reader *r, uint64_t line, const char *start, size_t size)
{
    if (size > BL_MOST_BYTES) {
        bl_reader_problem(r, line, "the record is larger than 512 MiB");
        return;
    }
    bl_input input = { .kind = BL_INPUT_RECORD, .line = line, .bytes = malloc(size + 1), .size = size };
    if (input.bytes) {
        memcpy(input.bytes, start, size);
        input.bytes[size] = '\0';
    }
    bl_reader_give(e, r, &input);
}
