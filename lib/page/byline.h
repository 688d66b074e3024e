/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BYLINE_H
#define BL_BYLINE_H

#include "piece.h"

/* What a dateline or a credit names; pieces of size 0 where it does not. */
typedef struct bl_byline {
    bl_piece agency;
    bl_piece author;
    size_t end; /* bytes of the text that the dateline takes, 0 when it opens with none */
} bl_byline;

/* The dateline that running text opens with: agency, place, day, reporter. */
bl_byline bl_byline_opening(bl_piece text);

/* Whom the text says it follows: "据<agency>报道", "According to the <paper>"; size 0 when it names no
 * medium. */
bl_piece bl_byline_cited(bl_piece text);

/* The credit in brackets, or after the last full stop, that running text closes with. */
bl_byline bl_byline_closing(bl_piece text);

/* "<agency>记者<names>": what stands before and behind the word for reporter. */
bl_byline bl_byline_of_reporter(bl_piece text);

/* The name behind the word for reporter that a piece starts with. */
bl_piece bl_byline_opening_name(bl_piece text);

/* Name of a paper, an agency, a site, a station. */
bool bl_byline_is_media(bl_piece name);

/* The name of a paper, an agency or a site that a line carries as its own, before "数字报" and the like; size
 * 0 when it carries none. */
bl_piece bl_byline_masthead(bl_piece line);

/* Name of a body or one of its offices, as a sign-off gives it. */
bool bl_byline_is_body(bl_piece name);

/* The longest beginning that is a name of a medium; size 0 when none is. */
bl_piece bl_byline_media_prefix(bl_piece text);

/* The longest name of a body that both texts open with; size 0 when there is none. */
bl_piece bl_byline_body_shared(bl_piece a, bl_piece b);

#endif
