/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DECODE_H
#define BL_DECODE_H

#include "base/buffer.h"
#include "base/error.h"

enum { BL_CHARSET_NAME = 64 };

/* What the bytes are encoded in: borrowed, from `name` or for ever. `declared` is what they were sent as
 * (HTTP, MIME), NULL when nobody said; it is weighed against the bytes. `mark` is the size of the byte order
 * mark. NULL when they are no text. */
const char *bl_decode_charset(bl_error *e, const void *bytes, size_t size, const char *declared,
                              char name[BL_CHARSET_NAME], size_t *mark);

/* Append the text of a file to `out` as UTF-8 without byte order mark. Every broken piece becomes U+FFFD and
 * is counted in *replaced. Fails with BAD_INPUT when the bytes are no text. */
void bl_decode(bl_error *e, const void *bytes, size_t size, const char *declared, bl_buffer *out,
               size_t *replaced);

#endif
