/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TRANSFER_H
#define BL_TRANSFER_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Append what a body holds: base64 and quoted-printable (RFC 2045, section 6) are undone, any other coding
 * leaves it as it is. What is no code is passed over or kept. */
void bl_transfer_decode(const char *coding, const char *body, size_t size, bl_buffer *out);

/* Append the text of a field with encoded words (RFC 2047) as UTF-8. */
void bl_transfer_words(bl_error *e, const char *value, bl_buffer *out);

#endif
