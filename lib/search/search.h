/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SEARCH_H
#define BL_SEARCH_H

#include "index/database.h"
#include "search/expand.h"
#include "search/suggest.h"
#include "search/top.h"

/* What a search came to. */
typedef struct bl_result {
    bl_plan plan; /* for highlights */
    char *parsed;
    bl_suggestions suggestions;
    char *explained;       /* NULL = not asked for */
    bulletin_named *named; /* how each organization was understood */
    size_t named_count;
    bl_top top; /* best first, the first `offset` of them not to be shown */
    int64_t totals[BULLETIN_TOTAL_REVISION + 1];
    bl_top newest;    /* of bl_search_anew() alone, like the next */
    bl_buffer blocks; /* of all that was found */
} bl_result;

void bl_search(bl_error *e, bl_database *db, const char *query, size_t size,
               const bulletin_search_options *options, bl_result *out);
/* The same with all documents in the order of a walk: by range, each ascending. */
void bl_search_docs(bl_error *e, bl_database *db, const char *query, size_t size,
                    const bulletin_search_options *options, bl_result *out);
/* What is to be kept of a query (best.h), found without what is kept, by score alone; nothing of a query of
 * which nothing is kept. Also within a transaction. */
void bl_search_anew(bl_error *e, bl_database *db, const char *query, size_t size,
                    const bulletin_search_options *options, bl_result *out);
void bl_result_free(bl_result *result);

#endif
