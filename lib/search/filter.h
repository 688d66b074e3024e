/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FILTER_H
#define BL_FILTER_H

#include "index/database.h"
#include "index/slot.h"
#include "search/collapse.h"
#include "search/date_words.h"
#include "search/docs.h"
#include "search/expand.h"
#include "search/field.h"
#include "search/named.h"
#include "search/query.h"

/* What a bulletin must be beside matching. */
typedef struct bl_filter {
    bool dated;          /* a date range was given */
    bl_span span, given; /* in all, and by options */
    bl_field_context context;
    bl_slot_range ranges[4]; /* of documents that may pass */
    size_t range_count;
    bl_predicate *tests; /* all to be passed, those of options first */
    size_t test_count, test_capacity, option_tests;
    bl_predicate *sets; /* what fields elsewhere in the query came to */
    size_t set_count, set_capacity;
    bool fields;    /* the query has some */
    bl_docs *named; /* of each organization asked for: the documents that name it */
    bulletin_named *how;
    bool *narrows; /* whether they leave anything out: all may name one body */
    size_t named_count;
    size_t narrowing;          /* how many do */
    uint32_t min_sources;      /* that carry the story; up to 1 = any */
    const bl_stories *stories; /* by which they are told, borrowed; set by the search */
    int64_t revision;          /* of the archive; set by the search */
    const bl_docs *among;      /* no others are looked at; borrowed; set by the search, NULL = any */
    sqlite3_stmt *row;
} bl_filter;

/* Everything borrowed until free. BAD_QUERY when a date is none. */
void bl_filter_open(bl_error *e, bl_database *db, const bulletin_search_options *options, bl_filter *out);
/* Take source:x, -is:short … out of the words that must all hold and make them tests of rows; find the
 * documents of those that stand elsewhere (their nodes number them in `sets`). What is no condition becomes
 * text. */
void bl_filter_take(bl_error *e, bl_filter *filter, bl_node **tree);
/* What is typed and says nothing (brackets, quotes, characters that cannot be seen) finds nothing: only a
 * blank query stands for everything. */
void bl_filter_plan(bl_error *e, bl_filter *filter, const char *query, size_t size, const bl_plan *plan);
/* The documents of one field that all must be among, to be walked in place of all; NULL = none. */
const bl_docs *bl_filter_docs(const bl_filter *filter);
/* Whether a document up to this one passes for its number alone. */
static inline bool bl_filter_is_free(const bl_filter *f, int64_t doc)
{
    bool free = f->test_count == 0 && f->narrowing == 0 && f->min_sources <= 1;
    return free && (!f->dated || doc < BL_SLOT_SPILL);
}
bool bl_filter_asks(bl_error *e, bl_filter *filter, int64_t doc);
static inline bool bl_filter_passes(bl_error *e, bl_filter *f, int64_t doc)
{
    return bl_filter_is_free(f, doc) || bl_filter_asks(e, f, doc);
}
/* Where a document stands by date: greater is newer, negative is undated. */
int64_t bl_filter_undated_order(bl_error *e, bl_filter *filter, int64_t doc);
static inline int64_t bl_filter_order(bl_error *e, bl_filter *filter, int64_t doc)
{
    return doc < BL_SLOT_UNDATED ? doc : bl_filter_undated_order(e, filter, doc);
}
void bl_filter_free(bl_filter *filter);

#endif
