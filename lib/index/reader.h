/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_READER_H
#define BL_READER_H

#include "index/input.h"
#include "index/stream.h"

/* A page or record beyond this is no bulletin; it also keeps offsets within 32 bits. */
enum { BL_MOST_BYTES = 512 << 20 };

/* A file being read, for what takes its pieces out. */
typedef struct bl_reader {
    const bl_input_sink *sink;
    const char *path;
    bl_stream *stream;
    bl_stamp stamp;
    uint64_t given; /* bytes of the file that the pieces so far stand for */
} bl_reader;

void bl_reader_problem(const bl_reader *r, uint64_t line, const char *reason);
void bl_reader_skip(const bl_reader *r, bulletin_skipped kind);
/* Hand a piece on; it is empty afterwards. */
void bl_reader_give(bl_error *e, bl_reader *r, bl_input *input);
/* Hand a JSON object on. */
void bl_reader_give_record(bl_error *e, bl_reader *r, uint64_t line, const char *start, size_t size);

#endif
