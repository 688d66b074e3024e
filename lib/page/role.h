/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ROLE_H
#define BL_ROLE_H

#include "lines.h"

#define BL_NO_LINE ((size_t)-1)

/* Where the parts of a page are: line numbers. */
typedef struct bl_layout {
    size_t title;     /* BL_NO_LINE when there is none */
    size_t original;  /* line with the original title; BL_NO_LINE */
    size_t title_end; /* behind its last line */
    size_t meta;      /* first dateline under or over the title; BL_NO_LINE */
    size_t first;     /* first line of running text; lines->count when there is none */
    size_t tail;      /* first line behind the article */
} bl_layout;

/* Cut what is glued together, find the parts of the page and give every line its role. */
void bl_role_assign(bl_error *e, bl_lines *lines, bl_layout *out);

/* Choose the title among the lines before out->first; sets out->title. */
void bl_title_choose(const bl_lines *lines, bl_layout *out);

/* What a title line says, without a label before it. */
bl_piece bl_title_text(bl_piece line);

#endif
