/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_META_H
#define BL_HTML_META_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* What the head of a page, or its JSON-LD, says that a reader does not see. */
typedef enum bl_meta_field {
    BL_META_TITLE,
    BL_META_PUBLISHED,
    BL_META_MODIFIED,
    BL_META_SOURCE, /* who wrote or published it, by name */
    BL_META_SITE,   /* name of the site */
    BL_META_AUTHOR,
    BL_META_URL,
    BL_META_LANG,
    BL_META_TEXT,     /* the article itself */
    BL_META_HEADLINE, /* <title> */
    BL_META_TIME,     /* a <time> that says it is that of publication */
    BL_META_FIELDS
} bl_meta_field;

typedef struct bl_html_meta {
    char *value[BL_META_FIELDS];  /* new, UTF-8, trimmed; NULL where nothing says so */
    uint8_t rank[BL_META_FIELDS]; /* how much what said so is believed */
} bl_html_meta;

/* Offer a value: the heaviest wins, of equals the first. */
void bl_meta_offer(bl_error *e, bl_html_meta *meta, bl_meta_field field, unsigned rank, const char *text,
                   size_t size);

/* The same for the article itself, whose lines stay apart. */
void bl_meta_text(bl_error *e, bl_html_meta *meta, unsigned rank, const bl_buffer *text);

/* Take what an element says: `attributes` as libxml2 hands them over. */
void bl_meta_element(bl_error *e, bl_html_meta *meta, unsigned tag, const unsigned char *const *attributes);

/* Take what JSON-LD says, several texts each ended by a NUL. */
void bl_meta_json(bl_error *e, bl_html_meta *meta, const bl_buffer *json);

void bl_meta_free(bl_html_meta *meta);

#endif
