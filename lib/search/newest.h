/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NEWEST_H
#define BL_NEWEST_H

#include "search/top.h"

/* The last documents of a walk, which by date are the newest: the others need not be compared. */
typedef struct bl_newest {
    int64_t *docs; /* a ring; NULL = nothing is kept */
    size_t limit;
    size_t at, put; /* where the next goes, and how many came */
} bl_newest;

/* Without memory for them nothing is kept, and all are to be compared. */
void bl_newest_open(bl_newest *newest, size_t limit);
/* One after another, ascending and dated. */
static inline void bl_newest_put(bl_newest *n, int64_t doc)
{
    n->docs[n->at] = doc;
    n->at = n->at + 1 < n->limit ? n->at + 1 : 0;
    n->put++;
}
/* Offer them, and keep nothing any more. */
void bl_newest_close(bl_error *e, bl_newest *newest, bl_top *top);

#endif
