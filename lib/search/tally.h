/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TALLY_H
#define BL_TALLY_H

#include "search/facet.h"

enum { BL_FACETS_MOST = 2 };

/* Documents that have these keys. */
typedef struct bl_cell {
    uint32_t keys[BL_FACETS_MOST];
    uint32_t stories, bulletins, base; /* base 0 = free */
} bl_cell;

/* Documents by one or two facets. Start from {0} with what is counted set. */
typedef struct bl_tally {
    const bl_doc_list *docs;
    const bool *matches; /* by place in docs: it is found */
    const bool *first;   /* its story counts here */
    size_t facet_count;
    bl_facet facets[BL_FACETS_MOST];
    uint32_t *weights[BL_FACETS_MOST]; /* stories of each key */
    bl_cell *cells;                    /* by key, or of two open addressing */
    size_t room, count;
} bl_tally;

void bl_tally_make(bl_error *e, bl_database *db, const bulletin_by *by, bl_tally *tally);

/* The cells that make rows, in order: dates forward, else those with most stories first, then by name; those
 * that have none last. Of dates alone also those that nothing is found of, so that a series has no holes.
 * New; release with free(). */
const bl_cell **bl_tally_rows(bl_error *e, bl_database *db, bl_tally *tally, size_t *count);

void bl_tally_free(bl_tally *tally);

#endif
