/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DECODE_H
#define BL_DECODE_H

#include "base/buffer.h"
#include "base/error.h"

/* Append the text of a file to `out` as UTF-8 without byte order mark. Every broken piece becomes U+FFFD and
 * is counted in *replaced. Fails with BAD_INPUT when the bytes are no text. */
void bl_decode(bl_error *e, const void *bytes, size_t size, bl_buffer *out, size_t *replaced);

#endif
