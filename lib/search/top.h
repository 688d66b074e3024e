/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TOP_H
#define BL_TOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "bulletin.h"

#define BL_HIT_PLACES_UNKNOWN UINT32_MAX

typedef struct bl_hit {
    int64_t doc;
    int64_t order; /* by date: greater is newer; negative when undated */
    double score;
    uint32_t places; /* of all that was looked for, in title and body; or not known */
    uint32_t first;  /* place in the body, in tokens: none is before it; UINT32_MAX = none is there */
    bool inside;     /* only inside other words: stands below all others */
    bool other;      /* has other words for what was typed */
    bool copy;       /* is in a story of several; told where hits are kept */
} bl_hit;

/* The best `limit` hits of a walk, in a heap whose root is the worst. Start with limit and sort set. */
typedef struct bl_top {
    bulletin_sort sort;
    size_t limit;   /* 0 = keep all */
    bool unordered; /* keep all, in the order they come */
    bl_hit *list;
    size_t count, capacity;
} bl_top;

/* Whether a hit with at most this score could still enter. */
bool bl_top_admits(const bl_top *top, const bl_hit *hit);
void bl_top_offer(bl_error *e, bl_top *top, const bl_hit *hit);
/* Keep no more than these from now on. */
void bl_top_shrink(bl_top *top, size_t limit);
/* Whether a hit stands before another. */
bool bl_top_precedes(bulletin_sort sort, const bl_hit *a, const bl_hit *b);
/* Drop those that stand behind a hit; to be sorted afterwards. */
void bl_top_cut(bl_top *top, const bl_hit *last);
/* Best first. */
void bl_top_sort(bl_top *top);
void bl_top_free(bl_top *top);

#endif
