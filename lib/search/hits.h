/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HITS_H
#define BL_HITS_H

#include "base/buffer.h"
#include "search/reposts.h"
#include "search/search.h"
#include "search/snippet.h"

/* A result being read, row by row. Start with db, result, at and flags set. */
typedef struct bl_hits {
    bl_database *db;
    bl_result result;
    size_t at; /* the next hit */
    size_t offset;
    unsigned snippet_columns;
    bool no_snippet, all_text;
    sqlite3_stmt *row; /* stands on the hit's row */
    bool on_row, has_snippet, has_title_marks, has_body_marks;
    bl_reposts reposts; /* of the hit */
    bool has_reposts;
    bl_buffer snippet;
    bl_layout layout;
    bl_highlights snippet_marks, title_marks, body_marks;
    sqlite3_stmt *names;
    bl_buffer organizations; /* of the hit: names, each ended by NUL */
    bool has_organizations;
} bl_hits;

/* Go to the next hit; false after the last, and on failure. */
bool bl_hits_next(bl_error *e, bl_hits *hits);
/* The hit that is stood on; NULL when none is. */
const bl_hit *bl_hits_hit(const bl_hits *hits);
int64_t bl_hits_id(const bl_hits *hits);
const char *bl_hits_text(bl_error *e, bl_hits *hits, bulletin_field field);
const bl_highlights *bl_hits_highlights(bl_error *e, bl_hits *hits, bulletin_field field);
/* The i-th organization's name; NULL behind the last. */
const char *bl_hits_organization(bl_error *e, bl_hits *hits, size_t i);
/* The i-th other bulletin of the hit's story; NULL when there are no more, and on failure. */
const bulletin_repost *bl_hits_repost(bl_error *e, bl_hits *hits, size_t i);
/* Let go of the row, so that the archive can be written. */
void bl_hits_stop(bl_hits *hits);
void bl_hits_free(bl_hits *hits);

#endif
