/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_COLLAPSE_H
#define BL_COLLAPSE_H

#include "base/buffer.h"
#include "index/database.h"
#include "search/docs.h"
#include "search/top.h"

/* The stories of an archive that have several bulletins, kept from one search to the next. */
typedef struct bl_stories {
    int64_t revision;
    int64_t *docs;        /* ascending; INT64_MAX behind the last */
    size_t *leaders;      /* of each: where in docs the one that stands for its story is; count = nowhere */
    uint32_t *publishers; /* of each: how many carry its story; NULL = not asked for yet */
    size_t count;
} bl_stories;

/* Of the archive at this revision, within a transaction; borrowed from the connection; NULL on failure. */
const bl_stories *bl_stories_get(bl_error *e, bl_database *db, int64_t revision, bool publishers);

/* The same read from the rows, into an empty one; release with bl_stories_clear(). */
void bl_stories_read(bl_error *e, bl_database *db, bl_stories *out);
void bl_stories_clear(bl_stories *stories);
/* Without publishers, for the archive to keep beside its lists (best.h), from where bl_stories_get() takes
 * them. */
void bl_stories_print(const bl_stories *stories, bl_buffer *out);

/* The document that stands for a bulletin's story: itself where there is no copy of it. */
int64_t bl_stories_of(const bl_stories *stories, int64_t doc);

/* Add the copies of those among the documents that have some. */
void bl_stories_add_copies(bl_error *e, const bl_stories *stories, bl_docs *docs);

/* How many publishers carry a bulletin's story: sources by their folded names, else sites. */
uint32_t bl_stories_publishers(const bl_stories *stories, int64_t doc);

/* Hits of a walk by their stories. Start with stories set. */
typedef struct bl_collapse {
    const bl_stories *stories;
    bl_hit *hits; /* the best of each story so far */
    size_t count, capacity;
    uint32_t *hit_of;      /* of the document that stands for a story: which of them, + 1; 0 = none yet */
    size_t next;           /* where in the stories' documents the last that was asked for stands, or would */
    int64_t behind, ahead; /* documents between these two are in no story of several */
    int64_t repeated;      /* bulletins found beyond the first of their stories */
    bl_hit *each;          /* those of stories, the first `each_most` of them */
    size_t each_count, each_capacity, each_most;
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
/* The same of the hit at a place of the stories' documents; false also behind the last. */
bool bl_collapse_take_at(bl_error *e, bl_collapse *c, size_t place, const bl_hit *hit);
/* Whether bl_collapse_take() would take it; then `next` is its place. */
bool bl_collapse_takes(bl_collapse *c, int64_t doc);
/* Take what a walk over later documents took. */
void bl_collapse_join(bl_error *e, bl_collapse *c, const bl_collapse *later);
/* Offer one hit a story. */
void bl_collapse_offer(bl_error *e, const bl_collapse *c, bl_top *top);
/* Of these hits, a story stands only inside other words where each of its bulletins does; `each` is marked.
 */
void bl_collapse_mark(bl_collapse *c, bl_hit *hits, size_t count);
void bl_collapse_free(bl_collapse *c);

#endif
