/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HEADER_H
#define BL_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Heads of "Name: value" lines, as MIME, HTTP and WARC have them (RFC 5322, 9112, ISO 28500). Lines may end
 * with LF alone. */

/* Where the body begins, behind the first empty line; `size` when there is none. */
size_t bl_header_end(const char *bytes, size_t size);

/* Put the value of a field into `value`, trimmed, its lines joined by blanks; false, and empty, when the head
 * has no such field. The first of several. */
bool bl_header_field(const char *head, size_t size, const char *name, bl_buffer *value);

/* Put a parameter ("; name=value") of a field's value into `out`, unquoted; false, and empty, when there is
 * none. */
bool bl_header_parameter(const char *value, const char *name, bl_buffer *out);

/* Append what stands before the first semicolon, in lower case: the media type. */
void bl_header_type(const char *value, bl_buffer *out);

#endif
