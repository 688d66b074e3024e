/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_RAW_H
#define BL_HTML_RAW_H

#include "base/buffer.h"
#include "base/error.h"

/* Append the page without comments and without what is inside scripts, styles, drawings and frames; the
 * JSON-LD among the scripts is appended to `json`, each followed by a NUL. */
void bl_html_raw(bl_error *e, const char *text, size_t size, bl_buffer *out, bl_buffer *json);

#endif
