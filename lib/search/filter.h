/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FILTER_H
#define BL_FILTER_H

#include "index/database.h"
#include "index/slot.h"
#include "search/date_words.h"
#include "search/docs.h"
#include "search/named.h"
#include "search/collapse.h"
#include "search/query.h"

/* What a bulletin must be beside matching. */
typedef struct bl_filter {
    bool dated; /* a date range was given */
    bl_span span;
    bl_day today;
    bl_slot_range ranges[4]; /* of documents that may pass */
    size_t range_count;
    char **sources; /* folded, one of them is part of the source's name */
    size_t source_count, source_capacity;
    bl_docs *named; /* of each organization asked for: the documents that name it */
    bulletin_named *how;
    size_t named_count;
    const char *lang;
    uint32_t min_sources;      /* that carry the story; up to 1 = any */
    const bl_stories *stories; /* by which they are told, borrowed; set by the search */
    bl_database *db;
    sqlite3_stmt *row;
    sqlite3_stmt *state; /* what is:… asks for; NULL = nothing */
} bl_filter;

/* Everything borrowed until free. BAD_QUERY when a date is none. */
void bl_filter_open(bl_error *e, bl_database *db, const bulletin_search_options *options, bl_filter *out);
/* Take is:undated, -is:short … out of the words that must all hold and make them conditions on rows. An
 * unknown kind stays a word. */
void bl_filter_take(bl_error *e, bl_filter *filter, bl_node **tree);
/* The documents of one organization that all must be among, to be walked in place of all; NULL = none. */
const bl_docs *bl_filter_docs(const bl_filter *filter);
bool bl_filter_passes(bl_error *e, bl_filter *filter, int64_t doc);
/* Where a document stands by date: greater is newer, negative is undated. */
int64_t bl_filter_order(bl_error *e, bl_filter *filter, int64_t doc);
void bl_filter_free(bl_filter *filter);

#endif
