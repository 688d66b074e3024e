/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TAGS_H
#define BL_TAGS_H

#include "base/buffer.h"
#include "base/error.h"

/* Take raw HTML tags out of text and resolve its character references. Appends nothing when the text has
 * none of either: `<` and `&` are then text. */
void bl_tags_remove(bl_error *e, const char *text, size_t size, bl_buffer *out);

#endif
