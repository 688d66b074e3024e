/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SUGGEST_H
#define BL_SUGGEST_H

#include "index/database.h"
#include "search/query.h"

/* Queries that may have been meant, the likeliest first. Start from {0}. */
typedef struct bl_suggestions {
    char **list;
    size_t count, capacity;
} bl_suggestions;

/* For each word of the tree that the index does not hold at all: the query with a word near to it in its
 * place. Needs the search's reader and the thesaurus; offers nothing without. */
void bl_suggest(bl_error *e, bl_database *db, bl_node *tree, bl_suggestions *out);
void bl_suggestions_free(bl_suggestions *suggestions);

#endif
