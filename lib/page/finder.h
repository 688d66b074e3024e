/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FINDER_H
#define BL_FINDER_H

#include "page/authority.h"

/* A name in folded text: glyphs [from, to). */
typedef struct bl_found {
    uint32_t from, to;
    int32_t name;  /* of the authority, -1 = told by its structure */
    int32_t alias; /* a short form learned from the text: where the name that it stands for starts, else -1 */
    bool relative; /* lacks its place */
    uint32_t parent; /* glyphs of it that are a place or a body before the rest of the name */
} bl_found;

/* Names are looked for in one text at a time. Start from {0} with the authority set; arrays are reused. */
typedef struct bl_finder {
    const bl_authority *authority;
    const char *text;
    bl_folded folded;
    bl_folded body; /* of the bulletin whose title is read */
    bl_folded scratch;
    /* A text that somebody has folded already, and where: the fold is taken from there. NULL = none. */
    const char *ready_text;
    bl_folded *ready;
    bl_found *list;
    size_t count, capacity;
    size_t known; /* the first so many are of the authority, ascending and apart */
    size_t next_known;
    /* What decides ambiguous names: folded words of the whole bulletin, and its language. */
    const char *evidence[3];
    const char *lang;
    signed char *held; /* of each known name: whether its conditions hold, 0 = not asked yet */
    size_t held_count;
} bl_finder;

void bl_finder_add(bl_error *e, bl_finder *f, bl_found found);

/* Before the texts of another bulletin. */
void bl_finder_forget(bl_finder *finder);

/* Find the names in a text, ascending and apart. */
void bl_finder_run(bl_error *e, bl_finder *f, const char *text, size_t size);
void bl_finder_free(bl_finder *f);

/* The known name that ends at glyph `end`, NULL when none does. Calls ascend mostly. */
const bl_found *bl_finder_known_before(const bl_finder *f, size_t end);

/* One way of telling names each. The CJK one is asked at the last character of a word. */
void bl_finder_cjk(bl_error *e, bl_finder *f, size_t end);
/* Asked where a word in capitals starts; returns where to go on. */
size_t bl_finder_latin(bl_error *e, bl_finder *f, size_t at);
void bl_finder_hangul(bl_error *e, bl_finder *f, size_t from, size_t to);

/* Short forms that the text itself gives ("X（以下简称Y）", "X (ABC)"), wherever they stand. */
void bl_finder_aliases(bl_error *e, bl_finder *f);

/* Sort, and leave the longer of two that overlap. */
void bl_finder_keep_apart(bl_finder *f);

/* Whether what stands before a name makes it many bodies: "各级总工会". */
bool bl_finder_many(const bl_finder *f, size_t from);

/* Where "Local 25" behind the name of a union ends, `to` when there is none: that is a union of its own. */
size_t bl_finder_local(const bl_finder *f, size_t to);

/* Where "(ABC)" behind a name ends, `to` when there is none that belongs to it. */
size_t bl_finder_acronym(const bl_finder *f, size_t from, size_t to);

#endif
