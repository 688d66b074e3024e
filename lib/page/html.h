/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_H
#define BL_HTML_H

#include <stdbool.h>

#include "page.h"

/* Whether a decoded page is markup: by its media type, else its name's ending, else by how it starts. */
bool bl_html_is(const bl_page_hints *hints, const char *text, size_t size);

/* Read a page of markup (UTF-8). False, with nothing read, when it nests too deep for a tree: it is to be
 * read as text with stray tags then. */
bool bl_html_read(bl_error *e, const char *text, size_t size, const bl_page_hints *hints, bl_article *out);

#endif
