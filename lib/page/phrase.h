/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PHRASE_H
#define BL_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a set phrase of a page tells about the line it stands in. */
typedef enum bl_phrase {
    BL_PHRASE_POSTED,     /* label of the time of posting */
    BL_PHRASE_TIME,       /* label of some time, most often of posting */
    BL_PHRASE_UPDATED,    /* label of the last change */
    BL_PHRASE_SIGNED,     /* label of the date of a document */
    BL_PHRASE_OTHER_TIME, /* label of a date that is not the page's: of an event, of receipt, of expiry */
    BL_PHRASE_SOURCE,
    BL_PHRASE_AUTHOR,
    BL_PHRASE_EDITOR,
    BL_PHRASE_COUNTER, /* how often it was read, liked, answered */
    BL_PHRASE_KEYWORDS,
    BL_PHRASE_ORIGINAL_TITLE,
    BL_PHRASE_TOOL,      /* font size, print, close, share */
    BL_PHRASE_CRUMB,     /* "you are here" */
    BL_PHRASE_HOME,      /* first station of a breadcrumb */
    BL_PHRASE_NAV,       /* a line of navigation */
    BL_PHRASE_LEAD,      /* heading of a teaser of the article itself */
    BL_PHRASE_RELATED,   /* heading of a list of other items */
    BL_PHRASE_NEIGHBOUR, /* previous, next article */
    BL_PHRASE_DISCLAIMER,
    BL_PHRASE_FOOTER, /* copyright, licence number, app download, media matrix */
    BL_PHRASE_FAULT,  /* message of a broken server */
    BL_PHRASE_COUNT
} bl_phrase;

#define BL_PHRASE_BIT(p) (1u << (p))

typedef struct bl_hit {
    uint32_t at; /* bytes [at, end) of the phrase */
    uint32_t end;
    uint32_t value; /* where what it labels starts, behind colon and spaces */
    bl_phrase phrase;
} bl_hit;

/* The phrases in a line, in order, never overlapping, at most `most`; returns how many. Only the ends of a
 * long line are looked at: labels do not stand in the middle of running text. */
size_t bl_phrases_find(const char *line, size_t size, bl_hit *hits, size_t most);

#endif
