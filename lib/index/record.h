/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_RECORD_H
#define BL_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/error.h"
#include "page/organization.h"
#include "page/page.h"

enum { BL_SHA256 = 32 };

/* A bulletin on its way into the archive or out of it. Strings are new and its own. */
typedef struct bl_record {
    int64_t id; /* 0 while it has none */
    char *key;
    char *collection; /* NULL = none */
    bl_article article;
    bl_day day;          /* article.published, year 0 when there is none */
    char *organizations; /* what a record stated, as a JSON array; NULL = nothing */
    bl_organizations found;        /* what title and body name */
    const bl_authority *authority; /* that tells found bodies, borrowed; NULL = none were looked for */
    char *path;
    bool stated_path; /* path is the record's own word, NULL included */
    char *captured;
    char *imported;                  /* UTC, RFC 3339; NULL = now */
    int extractor;                   /* version of the extractor that read it */
    unsigned char sha256[BL_SHA256]; /* of the bytes read */
    unsigned char content[BL_SHA256];
} bl_record;

/* Read one JSON object. BAD_INPUT with a reason when it is none; the record is empty then. `path` is where it
 * stands, for its origin. */
void bl_record_parse(bl_error *e, const char *json, size_t size, const char *path, bl_record *out);

/* Read a saved page, or the page in a saved message. `path` is where it stands, for its origin. */
void bl_record_page(bl_error *e, const void *page, size_t size, const bl_page_hints *hints, const char *path,
                    bl_record *out);

/* Look for the organizations that title and body name. */
void bl_record_find_organizations(bl_error *e, bl_finder *finder, bl_record *record);

/* The record as one JSON object that bl_record_parse() takes back; new, release with free(). NULL on failure.
 */
char *bl_record_print(bl_error *e, const bl_record *record);

/* The hash of a record's fields, which tells a changed bulletin from the same: `content`. */
void bl_record_hash(const bl_record *record, unsigned char out[BL_SHA256]);

void bl_record_free(bl_record *record);

#endif
