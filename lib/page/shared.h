/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SHARED_H
#define BL_SHARED_H

#include <stdint.h>

#include "page.h"

/* The lists that several pages of a site print. Start from {0}; add the bodies of its pages, then settle. */
typedef struct bl_shared {
    uint64_t
        *items; /* hashes of so many lines of a list: first those of every page, at last the shared ones */
    size_t count, capacity;
    uint64_t *bodies; /* hashes of the bodies so far: the same text on two pages is one */
    size_t body_count, body_capacity;
} bl_shared;

void bl_shared_add(bl_error *e, bl_shared *shared, const char *body);
void bl_shared_settle(bl_shared *shared);
void bl_shared_free(bl_shared *shared);

/* Take the shared lists out of an article's body and put them behind its furniture. A body that is mostly
 * made of them stays as it is. Returns whether anything changed. */
bool bl_shared_remove(bl_error *e, const bl_shared *shared, bl_article *article);

#endif
