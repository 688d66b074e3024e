/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SEARCH_FIELD_H
#define BL_SEARCH_FIELD_H

#include "search/date_words.h"
#include "search/docs.h"
#include "search/query.h"

/* What fields of bulletins are compared with. */
typedef struct bl_predicate {
    bl_database *db;
    bl_field field;
    char *typed;
    bool negative;
    bool listed; /* `docs` are all that pass */
    bl_docs docs;
    size_t asked; /* documents so far, while they are not listed */
    char **texts; /* any of them will do; of sources folded */
    size_t count, capacity;
    sqlite3_stmt *condition; /* IS: gives a row where it holds of document ?1 */
    char *last;              /* source asked about last, and the answer: neighbours share theirs */
    bool last_passes;
} bl_predicate;

/* The head of a bulletin's row; NULL where it has none. */
typedef struct bl_row_head {
    int64_t doc;
    const char *source, *lang, *url;
} bl_row_head;

/* How fields are understood. */
typedef struct bl_field_context {
    bl_database *db;
    bl_day today;
    bulletin_scope scope; /* of organizations */
} bl_field_context;

/* Whether `field:text` is a condition at all: is:unknown, id:abc and an organization that nobody has are
 * text. BAD_QUERY for a date that is none. Free it in either case. */
bool bl_predicate_open(bl_error *e, const bl_field_context *context, bl_field field, const char *text,
                       bl_predicate *out);
/* Whether a bulletin passes, its sign taken in. Where many are asked for, all that pass are found at once. */
bool bl_predicate_passes(bl_error *e, bl_predicate *predicate, const bl_row_head *row);
/* Find all documents that pass it, without its sign. */
void bl_predicate_list(bl_error *e, bl_predicate *predicate);
void bl_predicate_free(bl_predicate *predicate);

#endif
