/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to stories: one hit for all bulletins that are copies of one another. */
#include "collapse.h"

#include <stdlib.h>

#include "base/buffer.h"

bool bl_collapse_finds(bl_collapse *c, int64_t doc)
{
    const bl_stories *s = c->stories;
    c->next = bl_stories_seek(s, c->behind < doc ? c->next : 0, doc);
    c->behind = c->next > 0 ? s->docs[c->next - 1] : INT64_MIN;
    c->ahead = c->next < s->count ? s->docs[c->next] : INT64_MAX;
    return c->ahead == doc;
}

/* The bulletin that stands for the story is shown where it is found, else the earliest that is. The story
 * stands where the best of them does. */
static void join(const bl_stories *stories, size_t leader, bl_hit *best, const bl_hit *hit)
{
    const double score = best->score > hit->score ? best->score : hit->score;
    const bool other = best->other && hit->other;
    const int64_t first = stories->docs[leader];
    if (hit->doc == first || (best->doc != first && hit->doc < best->doc))
        *best = *hit;
    best->score = score;
    best->other = other;
}

/* The hit of the story that the document at `leader` stands for; NULL where it has none yet. */
static bl_hit *hit_of(const bl_collapse *c, size_t leader)
{
    size_t i = 0;
    if (c->hit_of)
        return c->hit_of[leader] > 0 ? &c->hits[c->hit_of[leader] - 1] : NULL;
    while (i < c->count && c->story[i] != leader)
        i++;
    return i < c->count ? &c->hits[i] : NULL;
}

/* A few are looked for one after another: a table of all stories takes longer to clear. */
static void index_hits(bl_error *e, bl_collapse *c)
{
    enum { FEW = 48 };
    if (c->hit_of || c->count < FEW)
        return;
    c->hit_of = calloc(c->stories->count, sizeof *c->hit_of);
    if (!c->hit_of)
        bl_fail_nomem(e);
    for (size_t i = 0; i < c->count && c->hit_of; i++)
        c->hit_of[c->story[i]] = (uint32_t)i + 1;
}

static void add_hit(bl_error *e, bl_collapse *c, size_t leader, const bl_hit *hit)
{
    index_hits(e, c);
    if (bl_failed(e) || !bl_grow(&c->hits, &c->capacity, c->count + 1, sizeof *c->hits) ||
        !bl_grow(&c->story, &c->story_capacity, c->count + 1, sizeof *c->story)) {
        bl_fail_nomem(e);
        return;
    }
    c->story[c->count] = (uint32_t)leader;
    c->hits[c->count++] = *hit;
    if (c->hit_of)
        c->hit_of[leader] = (uint32_t)c->count;
}

/* The hit at a place of the stories' documents is one of its story's; whether the story had others. */
static bool take_best(bl_error *e, bl_collapse *c, size_t place, const bl_hit *hit)
{
    const size_t leader = c->stories->leaders[place];
    bl_hit *best = hit_of(c, leader);
    if (best)
        join(c->stories, leader, best, hit);
    else
        add_hit(e, c, leader, hit);
    return best;
}

bool bl_collapse_takes(bl_collapse *c, int64_t doc)
{
    return bl_collapse_concerns(c, doc) && c->stories->leaders[c->next] < c->stories->count;
}

bool bl_collapse_take(bl_error *e, bl_collapse *c, const bl_hit *hit)
{
    if (!bl_collapse_takes(c, hit->doc))
        return false;
    c->repeated += take_best(e, c, c->next, hit);
    return true;
}

void bl_collapse_add(bl_error *e, bl_collapse *c, const bl_hit *hit)
{
    if (bl_collapse_takes(c, hit->doc))
        take_best(e, c, c->next, hit);
}

void bl_collapse_join(bl_error *e, bl_collapse *c, const bl_collapse *later)
{
    for (size_t i = 0; i < later->count && !bl_failed(e); i++)
        c->repeated += take_best(e, c, bl_stories_place(c->stories, later->hits[i].doc), &later->hits[i]);
    c->repeated += later->repeated;
}

void bl_collapse_offer(bl_error *e, const bl_collapse *c, bl_top *top)
{
    /* The newest first: then fewer enter only to be driven out. */
    for (size_t i = c->count; i > 0; i--)
        bl_top_offer(e, top, &c->hits[i - 1]);
}

/* The hit of a bulletin's story; NULL where it has none. */
static bl_hit *story_hit(bl_collapse *c, int64_t doc)
{
    return bl_collapse_takes(c, doc) ? hit_of(c, c->stories->leaders[c->next]) : NULL;
}

void bl_collapse_mark(bl_collapse *c, const bl_hit *all, size_t all_count, bl_hit *hits, size_t count)
{
    for (size_t i = 0; i < c->count; i++)
        c->hits[i].inside = true;
    for (size_t i = 0; i < all_count; i++) {
        bl_hit *story = story_hit(c, all[i].doc);
        if (story)
            story->inside = story->inside && all[i].inside;
    }
    for (size_t i = 0; i < count; i++) {
        const bl_hit *story = story_hit(c, hits[i].doc);
        if (story)
            hits[i].inside = story->inside;
    }
}

void bl_collapse_free(bl_collapse *c)
{
    free(c->hits);
    free(c->story);
    free(c->hit_of);
    *c = (bl_collapse){ 0 };
}
