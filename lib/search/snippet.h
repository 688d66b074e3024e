/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SNIPPET_H
#define BL_SNIPPET_H

#include "base/buffer.h"
#include "search/highlight.h"
#include "text/layout.h"

/* Cut the one to three passages out of a text that together show most units, joined by "…" and no wider than
 * `columns` of a terminal. `marks` comes in as found in the text and goes out as found in the snippet,
 * merged. Without marks the first words are shown. */
void bl_snippet(bl_error *e, bl_cutter *cutter, bl_layout *scratch, const char *text, size_t size,
                unsigned columns, bl_highlights *marks, bl_buffer *out);

#endif
