/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_LINE_H
#define BL_HTML_LINE_H

#include "html_flow.h"
#include "piece.h"

enum {
    BL_HTML_IN = 1 << 0, /* of the article */
    BL_HTML_HEADING = 1 << 1,
    BL_HTML_H1 = 1 << 2,
    BL_HTML_TITLE = 1 << 3, /* its template calls it the title */
    BL_HTML_CAPTION = 1 << 4,
    BL_HTML_LINK = 1 << 5, /* nearly all of it is a link */
    BL_HTML_CELL = 1 << 6,
    BL_HTML_ITEM = 1 << 7,
    BL_HTML_DATA = 1 << 8, /* in a table of data */
    BL_HTML_DATE = 1 << 9  /* its template calls it a date */
};

/* A visible line: bytes [at, at + size) of the text. */
typedef struct bl_html_line {
    uint32_t at;
    uint32_t size;
    uint32_t block; /* its element */
    uint32_t flags;
} bl_html_line;

/* A page's visible lines, parted by \n, none of them empty. Start from {0}. */
typedef struct bl_html_lines {
    bl_buffer text;
    bl_html_line *items;
    size_t count;
    size_t capacity;
} bl_html_lines;

/* Write the runs as lines: blanks as a browser shows them, rows of data on a line. */
void bl_html_lines_write(bl_error *e, const bl_tree *tree, const bl_flow *flow, bl_html_lines *out);
void bl_html_lines_free(bl_html_lines *lines);

static inline bl_piece bl_html_line_piece(const bl_html_lines *lines, size_t i)
{
    return (bl_piece){ lines->text.data + lines->items[i].at, lines->items[i].size };
}

#endif
