/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FACET_H
#define BL_FACET_H

#include "base/day.h"
#include "index/database.h"

/* Documents, ascending. */
typedef struct bl_doc_list {
    int64_t *list;
    size_t count;
} bl_doc_list;

/* By what documents are told apart: key 0 is that of those that have none. */
typedef struct bl_facet {
    char **names; /* of the keys; 0 is NULL */
    size_t name_count, name_capacity;
    int64_t *ids; /* of the keys, where these are organizations; their names are read by bl_facet_name() */
    size_t id_capacity;
    uint32_t *slots; /* keys by the hash of their names or ids, open addressing, 0 = free */
    size_t room;
    size_t *first;  /* of each document, and of one behind them, its first key */
    uint32_t *keys; /* by document */
    bool by_date;
} bl_facet;

void bl_facet_read(bl_error *e, bl_database *db, bulletin_by by, const bl_doc_list *docs, bl_facet *out);
/* Read the names of the keys that are wanted, as far as they are not read. */
void bl_facet_name(bl_error *e, bl_database *db, bl_facet *facet, const bool *wanted);
void bl_facet_free(bl_facet *facet);

/* The date of a document, year 0 when it has none. */
bl_day bl_facet_day(bl_error *e, bl_database *db, int64_t doc);

#endif
