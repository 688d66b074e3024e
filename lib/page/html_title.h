/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_TITLE_H
#define BL_HTML_TITLE_H

#include "html_line.h"
#include "html_meta.h"

/* The headline of a page. */
typedef struct bl_html_title {
    bl_piece text; /* borrowed from the lines or from meta; size 0 = none */
    size_t line;   /* the line that it stands on, BL_NOWHERE when on none */
} bl_html_title;

/* Choose the headline: as printed on the page where the head of the page says which one it is. */
bl_html_title bl_html_title_choose(const bl_html_lines *lines, const bl_html_meta *meta);

/* A name of a page without the name of its site. */
bl_piece bl_html_title_strip(bl_piece name, const char *site);

/* Share of words and characters that two titles have in common, in percent of the longer one. */
unsigned bl_html_title_likeness(bl_piece a, bl_piece b);

#endif
