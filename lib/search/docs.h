/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DOCS_H
#define BL_DOCS_H

#include "index/database.h"
#include "search/match.h"

/* A set of documents, ascending and each once. Start from {0}. */
typedef struct bl_docs {
    int64_t *list;
    size_t count, capacity;
    size_t at; /* where the last question was answered */
} bl_docs;

/* A statement that selects bl_collect(?1, doc …), which adds the documents of its rows to `docs` whenever it
 * is run, or bl_collect_with(?1, part, id, key), which adds the ids whose key holds a part behind its mark;
 * its other parameters are the caller's, and so is ascending order: bl_docs_sort() otherwise. New, release
 * with sqlite3_finalize(); NULL on failure. */
sqlite3_stmt *bl_docs_prepare(bl_error *e, bl_database *db, bl_docs *docs, const char *select);
void bl_docs_run(bl_error *e, sqlite3_stmt *statement);
/* The same, once. */
void bl_docs_add(bl_error *e, bl_database *db, bl_docs *docs, const char *select);
void bl_docs_append(bl_error *e, bl_docs *docs, int64_t doc);
/* Add the first column of a statement, which ends with it. */
void bl_docs_read(bl_error *e, bl_docs *docs, sqlite3_stmt *statement);
void bl_docs_sort(bl_docs *docs);

/* The place of the first that is not below `doc`, looked for from `at` on by ever longer steps. */
size_t bl_docs_find(const bl_docs *docs, size_t at, int64_t doc);

/* The place of a document, their count when it is none of them; fast when asked for in ascending order. `at`
 * is the caller's, 0 at first. */
size_t bl_docs_place(const bl_docs *docs, size_t *at, int64_t doc);

/* Whether a document is among them; fast when asked for in ascending order. */
bool bl_docs_hold(bl_docs *docs, int64_t doc);

/* A walk over those in [first, last]; new, the set borrowed. */
bl_match *bl_docs_match(bl_error *e, const bl_docs *docs, int64_t first, int64_t last);

void bl_docs_free(bl_docs *docs);

#endif
