/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PAGE_H
#define BL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* What is in a saved page. Every string is new, UTF-8, NUL-terminated, or NULL where the page does not say.
 */
typedef struct bl_article {
    char *title;          /* as printed, without the site's name */
    char *published;      /* YYYY-MM-DD, YYYY-MM or YYYY: as precise as the page is */
    char *published_from; /* user, field, meta, header, byline, footer, body or url */
    char *source;         /* publisher or agency as the page states it */
    char *site;           /* host that carried it */
    char *author;
    char *url;
    char *lang;        /* BCP 47 */
    char *body;        /* paragraphs separated by \n; never NULL after a read */
    char *furniture;   /* every other visible line, in page order, separated by \n; never NULL after a read */
    char *explanation; /* every line with its role and why, when hints asked for it */
    size_t replaced;   /* broken bytes that became U+FFFD */
} bl_article;

/* What is known of a page before it is read; any may be NULL. All borrowed for the call. */
typedef struct bl_page_hints {
    const char *name; /* file name or path: its ending tells the kind */
    const char *url;
    const char
        *captured;       /* YYYY-MM-DD when the page was saved: bounds what is plausible, is never the date */
    const char *charset; /* what it was sent as (HTTP, MIME); its bytes may tell otherwise */
    const char *type;    /* its media type, such as text/html: tells the kind before the name does */
    bool explain;        /* fill in `explanation` */
} bl_page_hints;

/* Raised with every change of what is read from a page, so that a better extractor can read it again. */
#define BL_EXTRACTOR_VERSION 1

/* Read a saved page of any kind. Fails only when it is no text at all (BAD_INPUT) or memory ran out. */
void bl_page_read(bl_error *e, const void *bytes, size_t size, const bl_page_hints *hints, bl_article *out);

/* Fields a record lacks, for bl_page_complete(). */
enum {
    BL_LACKS_TITLE = 1 << 0,
    BL_LACKS_PUBLISHED = 1 << 1,
    BL_LACKS_SOURCE = 1 << 2,
    BL_LACKS_AUTHOR = 1 << 3,
    BL_LACKS_LANG = 1 << 4
};

/* Fill in only the `missing` fields of a record from its title and body, which stay as they are. */
void bl_page_complete(bl_error *e, unsigned missing, const bl_page_hints *hints, bl_article *article);

void bl_article_free(bl_article *article);

#endif
