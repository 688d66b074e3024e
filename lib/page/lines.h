/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LINES_H
#define BL_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "phrase.h"
#include "piece.h"
#include "shape.h"
#include "stamp.h"

/* What a line is by itself, before its neighbours are looked at. */
typedef enum bl_kind {
    BL_KIND_PROSE,
    BL_KIND_SHORT, /* heading, caption, item of a list, cell of a table */
    BL_KIND_META,  /* labels: time, source, author, counter */
    BL_KIND_DATE,  /* hardly more than a date */
    BL_KIND_DATED, /* an item with its date before or behind */
    BL_KIND_CRUMB,
    BL_KIND_NAV,
    BL_KIND_ORIGINAL, /* original title */
    BL_KIND_LEAD,     /* heading of a teaser */
    BL_KIND_RELATED,  /* heading of a list of other items */
    BL_KIND_NEIGHBOUR,
    BL_KIND_CREDIT, /* editors */
    BL_KIND_DISCLAIMER,
    BL_KIND_FOOTER,
    BL_KIND_NOISE
} bl_kind;

/* What a line is for the page. */
typedef enum bl_role {
    BL_ROLE_NONE,
    BL_ROLE_TITLE,
    BL_ROLE_REPEAT, /* the title once more, or a part of it */
    BL_ROLE_META,   /* dateline */
    BL_ROLE_BODY,
    BL_ROLE_AROUND /* everything else */
} bl_role;

enum {
    BL_LINE_CLOSED = 1 << 0, /* ends with a full stop */
    BL_LINE_CUT = 1 << 1,    /* ends with an ellipsis */
    BL_LINE_BULLET = 1 << 2,
    BL_LINE_YEAR = 1 << 3, /* holds a date with its year */
    BL_LINE_COMMA = 1 << 4,
    BL_LINE_GLUED = 1 << 5,    /* was one line with the piece before it */
    BL_LINE_REPEATED = 1 << 6, /* in a list that the page prints again */
    BL_LINE_LISTED = 1 << 7,   /* an item of a list of other articles */
    BL_LINE_UNDATED = 1 << 8   /* cannot hold a date: no digits, no year in Han */
};

/* A visible line, or a piece of one, without the blanks around it. */
typedef struct bl_line {
    uint32_t at;
    uint32_t size;
    uint32_t phrases; /* bits of bl_phrase */
    uint16_t length;  /* bl_shape_length(), at most 65535 */
    uint16_t flags;
    uint8_t kind;
    uint8_t role;
    uint8_t gap; /* blank lines before it, at most 255 */
    uint8_t hit_count;
    uint32_t hits; /* the first of them in bl_lines.hits */
} bl_line;

/* A page as lines. Borrows the text. Start from {0}. */
typedef struct bl_lines {
    const char *text;
    size_t size;
    bl_line *items;
    size_t count;
    size_t capacity;
    bl_hit *hits; /* set phrases of all lines */
    size_t hit_count;
    size_t hit_capacity;
    bl_shape total; /* of all lines together */
    bl_day_order order;
} bl_lines;

/* Split a text of at most 4 GB (UTF-8) and tell the kind of every line. */
void bl_lines_read(bl_error *e, const char *text, size_t size, bl_lines *out);
void bl_lines_free(bl_lines *lines);

static inline const char *bl_line_text(const bl_lines *lines, size_t i)
{
    return lines->text + lines->items[i].at;
}

static inline bl_piece bl_line_piece(const bl_lines *lines, size_t i)
{
    return (bl_piece){ lines->text + lines->items[i].at, lines->items[i].size };
}

/* Cut line i before byte `at` of it; the second piece becomes line i + 1. */
void bl_lines_cut(bl_error *e, bl_lines *lines, size_t i, size_t at);

/* The set phrases of line i, in order, at most 24; their offsets count from its start. */
static inline const bl_hit *bl_line_hits(const bl_lines *lines, size_t i, size_t *count)
{
    *count = lines->items[i].hit_count;
    return lines->hits ? lines->hits + lines->items[i].hits : NULL;
}

/* Same letters, blanks aside. */
bool bl_lines_equal(const bl_lines *lines, size_t a, size_t b);

/* First date with a year in a slice. */
bool bl_first_year_stamp(const char *text, size_t size, bl_day_order order, bl_stamp *out);

#endif
