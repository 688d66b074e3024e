/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NEWEST_H
#define BL_NEWEST_H

#include "search/top.h"

/* The last documents of a walk, which by date are the newest: the others need not be compared. */
typedef struct bl_newest {
    int64_t *docs; /* a ring; NULL = nothing is kept */
    size_t limit;
    size_t at, count; /* where the next goes, and how many there are */
} bl_newest;

/* Without memory for them nothing is kept, and all are to be compared. */
void bl_newest_open(bl_newest *newest, size_t limit);
/* One after another, ascending and dated. */
void bl_newest_put(bl_newest *newest, const int64_t *docs, size_t count);
/* Offer them, and keep nothing any more. */
void bl_newest_close(bl_error *e, bl_newest *newest, bl_top *top);

#endif
