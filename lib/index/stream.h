/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STREAM_H
#define BL_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* The bytes of a file in order, unpacked where it is gzip (of any number of members) or Zstandard, which its
 * first bytes tell. It holds a window of the file, never the whole. */
typedef struct bl_stream bl_stream;

/* The descriptor is kept until close, which leaves it open. New. */
bl_stream *bl_stream_open(bl_error *e, int descriptor);
/* The bytes are kept until close. New. */
bl_stream *bl_stream_of(bl_error *e, const void *bytes, size_t size);
void bl_stream_close(bl_stream *s); /* NULL is fine */

/* From here on the stream is UTF-8 without byte order mark, whatever the file is encoded in; what is no text
 * stays as it is. To be called before anything is taken. */
void bl_stream_decode(bl_error *e, bl_stream *s);

/* What is at hand, at least one byte; 0 at the end. Borrowed until the next call on the stream. */
const char *bl_stream_window(bl_error *e, bl_stream *s, size_t *size);
/* Take bytes out of the window. */
void bl_stream_take(bl_stream *s, size_t size);
/* Take up to `size` bytes and append them, unless `out` is NULL; fewer only at the end. Returns how many. */
uint64_t bl_stream_read(bl_error *e, bl_stream *s, uint64_t size, bl_buffer *out);

/* Take a line and put it into `line` with its newline; false at the end. Of a line of more than `most` bytes
 * only so many and one are kept. */
bool bl_stream_line(bl_error *e, bl_stream *s, size_t most, bl_buffer *line);

/* Where the next byte is found again: in a packed file the place of the member that it begins, as an index of
 * web archives has it; where it begins none, and in a plain file, its place among the unpacked bytes. */
uint64_t bl_stream_place(const bl_stream *s);
/* Bytes of the file that were read, for telling progress. */
uint64_t bl_stream_progress(const bl_stream *s);
/* Why the stream ended before its end: cut off, damaged, unreadable; NULL when it did not. Borrowed. */
const char *bl_stream_problem(const bl_stream *s);

#endif
