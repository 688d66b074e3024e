/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_COLLAPSE_H
#define BL_COLLAPSE_H

#include "search/stories.h"
#include "search/top.h"

/* Hits of a walk by their stories. Start with stories set. */
typedef struct bl_collapse {
    const bl_stories *stories;
    bl_hit *hits;    /* the best of each story so far */
    uint32_t *story; /* of each: the place of the document that stands for its story */
    size_t count, capacity, story_capacity;
    uint32_t *hit_of;      /* by that place: which of them, + 1; 0 = none yet; NULL while there are few */
    size_t next;           /* where in the stories' documents the last that was asked for stands, or would */
    int64_t behind, ahead; /* documents between these two are in no story of several */
    int64_t repeated;      /* bulletins found beyond the first of their stories */
} bl_collapse;

/* Take a hit whose story has several bulletins; false when it has not, so that it goes its own way. */
bool bl_collapse_take(bl_error *e, bl_collapse *c, const bl_hit *hit);
/* Whether it has, before anything of the hit is computed. Quick for documents in ascending order: the next is
 * mostly near the last. */
bool bl_collapse_finds(bl_collapse *c, int64_t doc);
static inline bool bl_collapse_concerns(bl_collapse *c, int64_t doc)
{
    enum { STEPS = 16 };
    if (!c->stories || (doc > c->behind && doc < c->ahead))
        return false;
    const int64_t *at = c->stories->docs + c->next, *limit = at + STEPS;
    if (doc <= c->behind || c->stories->count - c->next < STEPS)
        return bl_collapse_finds(c, doc);
    while (at < limit && *at < doc)
        at++;
    if (at == limit)
        return bl_collapse_finds(c, doc);
    if (at > c->stories->docs)
        c->behind = at[-1];
    c->next = (size_t)(at - c->stories->docs);
    c->ahead = *at;
    return *at == doc;
}
/* The same of one that was counted elsewhere. */
void bl_collapse_add(bl_error *e, bl_collapse *c, const bl_hit *hit);
/* Whether bl_collapse_take() would take it; then `next` is its place. */
bool bl_collapse_takes(bl_collapse *c, int64_t doc);
/* Take what a walk over later documents took. */
void bl_collapse_join(bl_error *e, bl_collapse *c, const bl_collapse *later);
/* Offer one hit a story. */
void bl_collapse_offer(bl_error *e, const bl_collapse *c, bl_top *top);
/* Of these hits, a story stands only inside other words where each of its bulletins does: `all` that were
 * found are marked, one by one. */
void bl_collapse_mark(bl_collapse *c, const bl_hit *all, size_t all_count, bl_hit *hits, size_t count);
void bl_collapse_free(bl_collapse *c);

#endif
