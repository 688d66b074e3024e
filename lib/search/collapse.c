/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to stories: one hit for all bulletins that are copies of one another. */
#include "collapse.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/step.h"
#include "best.h"
#include "docs.h"
#include "index/sql.h"
#include "text/fold.h"

/* ---- the stories of an archive ---- */

void bl_stories_clear(bl_stories *s)
{
    free(s->docs);
    free(s->leaders);
    free(s->publishers);
    *s = (bl_stories){ 0 };
}

static void close_stories(bl_stories *s)
{
    if (s)
        bl_stories_clear(s);
    free(s);
}

/* The first place of [low, high) whose document is `doc` or comes behind it; `high` when there is none. */
static size_t first_between(const bl_stories *s, size_t low, size_t high, int64_t doc)
{
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->docs[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t place_of(const bl_stories *s, int64_t doc)
{
    size_t at = first_between(s, 0, s->count, doc);
    return at < s->count && s->docs[at] == doc ? at : s->count;
}

/* The same, looked for by ever longer steps away from `at`: a story's bulletins are mostly of a few days. */
static size_t place_near(const bl_stories *s, size_t at, int64_t doc)
{
    size_t low = at, high = at, step = 1;
    for (; low > 0 && s->docs[low] > doc; step *= 2)
        low = low > step ? low - step : 0;
    for (; high < s->count && s->docs[high] < doc; step *= 2)
        high = s->count - high > step ? high + step : s->count;
    at = first_between(s, low, high, doc);
    return at < s->count && s->docs[at] == doc ? at : s->count;
}

static void make_room(bl_error *e, bl_stories *out, size_t count)
{
    out->docs = calloc(count + 1, sizeof *out->docs);
    out->leaders = calloc(count + 1, sizeof *out->leaders);
    if (!out->docs || !out->leaders)
        bl_fail_nomem(e);
    out->count = bl_failed(e) ? 0 : count;
}

void bl_stories_read(bl_error *e, bl_database *db, bl_stories *out)
{
    bl_docs pairs = { 0 };
    bl_docs_add(e, db, &pairs, "SELECT bl_collect(?1, doc, story) FROM story NOT INDEXED");
    const size_t count = pairs.count / 2;
    make_room(e, out, count);
    for (size_t i = 0; i < out->count; i++)
        out->docs[i] = pairs.list[2 * i];
    if (out->docs)
        out->docs[out->count] = INT64_MAX;
    for (size_t i = 0; i < out->count; i++)
        out->leaders[i] = place_near(out, i, pairs.list[2 * i + 1]);
    bl_docs_free(&pairs);
}

/* How many, then of each the steps from document to document, and from its place to that of the one that
 * stands for it: mostly before it, so twice as far, and one more the other way. */
void bl_stories_print(const bl_stories *s, bl_buffer *out)
{
    bl_step_put(out, (int64_t)s->count);
    for (size_t i = 0; i < s->count; i++) {
        bl_step_put(out, s->docs[i] - (i > 0 ? s->docs[i - 1] : 0));
        bl_step_put(out, s->leaders[i] <= i ? 2 * (int64_t)(i - s->leaders[i])
                                            : 2 * (int64_t)(s->leaders[i] - i) - 1);
    }
}

static bool take_step(const unsigned char **at, const unsigned char *end, int64_t *step)
{
    const size_t size = bl_step_get(*at, (size_t)(end - *at), step);
    *at += size;
    return size > 0;
}

/* False where the bytes are none that bl_stories_print() writes; nothing is left then. */
static bool parse(bl_error *e, const bl_buffer *bytes, bl_stories *out)
{
    const unsigned char *at = (const unsigned char *)bytes->data, *const end = at + bytes->size;
    int64_t count = 0, doc = 0, step, away = 0;
    if (bytes->size == 0 || !take_step(&at, end, &count) || count < 0 || count > end - at)
        return false;
    make_room(e, out, (size_t)count);
    size_t i = 0;
    for (; i < out->count && take_step(&at, end, &step) && take_step(&at, end, &away); i++) {
        const int64_t leader = away % 2 ? (int64_t)i + (away + 1) / 2 : (int64_t)i - away / 2;
        if (step <= 0 || step > INT64_MAX - doc || leader < 0 || leader > count)
            break;
        doc += step;
        out->docs[i] = doc;
        out->leaders[i] = (size_t)leader;
    }
    if (i == (size_t)count && at == end && !bl_failed(e)) {
        out->docs[i] = INT64_MAX;
        return true;
    }
    const int64_t revision = out->revision;
    bl_stories_clear(out);
    out->revision = revision;
    return false;
}

static void find_stories(bl_error *e, bl_database *db, bl_stories *out)
{
    bl_buffer bytes = { 0 };
    if (!bl_best_blocks(e, db, "", out->revision, &bytes) || !parse(e, &bytes, out))
        bl_stories_read(e, db, out);
    bl_buffer_free(&bytes);
}

/* Rows of one story come one behind the other, by publisher; who says nothing of himself is none. */
static void count_publishers(bl_error *e, bl_database *db, bl_stories *out)
{
    int64_t story = 0;
    uint32_t *of_story = NULL;
    char *last = NULL;
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql,
                                     "SELECT story, coalesce(nullif(source, ''), site, '') AS publisher FROM"
                                     " story JOIN bulletin USING(doc) ORDER BY story, publisher");
    while (bl_sql_row(e, s)) {
        char *name = bl_fold_copy(e, (const char *)sqlite3_column_text(s, 1));
        if (sqlite3_column_int64(s, 0) != story) {
            story = sqlite3_column_int64(s, 0);
            of_story = &out->publishers[place_of(out, story)];
            free(last);
            last = NULL;
        }
        *of_story += name && *name && (!last || strcmp(last, name) != 0);
        free(last);
        last = name;
    }
    free(last);
    sqlite3_finalize(s);
    for (size_t i = 0; i < out->count; i++)
        if (out->leaders[i] < out->count)
            out->publishers[i] = out->publishers[out->leaders[i]];
}

const bl_stories *bl_stories_get(bl_error *e, bl_database *db, int64_t revision, bool publishers)
{
    if (db->stories && db->stories->revision != revision) {
        close_stories(db->stories);
        db->stories = NULL;
    }
    if (!db->stories && !bl_failed(e)) {
        db->close_stories = close_stories;
        db->stories = calloc(1, sizeof *db->stories);
        if (!db->stories) {
            bl_fail_nomem(e);
            return NULL;
        }
        db->stories->revision = revision;
        find_stories(e, db, db->stories);
    }
    if (publishers && !bl_failed(e) && !db->stories->publishers) {
        db->stories->publishers = calloc(db->stories->count + 1, sizeof *db->stories->publishers);
        if (!db->stories->publishers)
            bl_fail_nomem(e);
        else
            count_publishers(e, db, db->stories);
    }
    if (bl_failed(e)) { /* half of them are none */
        close_stories(db->stories);
        db->stories = NULL;
    }
    return db->stories;
}

int64_t bl_stories_of(const bl_stories *stories, int64_t doc)
{
    size_t at = stories ? place_of(stories, doc) : 0;
    bool has_story = stories && at < stories->count && stories->leaders[at] < stories->count;
    return has_story ? stories->docs[stories->leaders[at]] : doc;
}

void bl_stories_add_copies(bl_error *e, const bl_stories *stories, bl_docs *docs)
{
    bool *named = bl_failed(e) ? NULL : calloc(stories->count + 1, sizeof *named);
    if (!named)
        bl_fail_nomem(e);
    for (size_t i = 0; named && i < docs->count; i++) {
        const size_t at = place_of(stories, docs->list[i]);
        if (at < stories->count && stories->leaders[at] < stories->count)
            named[stories->leaders[at]] = true;
    }
    for (size_t i = 0; named && i < stories->count && !bl_failed(e); i++)
        if (stories->leaders[i] < stories->count && named[stories->leaders[i]])
            bl_docs_append(e, docs, stories->docs[i]);
    bl_docs_sort(docs);
    free(named);
}

uint32_t bl_stories_publishers(const bl_stories *stories, int64_t doc)
{
    size_t at = place_of(stories, doc);
    return at < stories->count ? stories->publishers[at] : 1;
}

/* ---- the hits of a walk ---- */

bool bl_collapse_finds(bl_collapse *c, int64_t doc)
{
    const bl_stories *s = c->stories;
    c->next = first_between(s, c->behind < doc ? c->next : 0, s->count, doc);
    c->behind = c->next > 0 ? s->docs[c->next - 1] : INT64_MIN;
    c->ahead = c->next < s->count ? s->docs[c->next] : INT64_MAX;
    return c->ahead == doc;
}

/* The bulletin that stands for the story is shown where it is found, else the earliest that is. The walk
 * comes from the earliest. The story stands where the best of them does. */
static void join(bl_hit *best, const bl_hit *hit, bool stands)
{
    double score = best->score > hit->score ? best->score : hit->score;
    bool other = best->other && hit->other;
    if (stands)
        *best = *hit;
    best->score = score;
    best->other = other;
}

/* The hit of the story that the document at `leader` stands for, new when it has none yet. */
static bl_hit *hit_of(bl_error *e, bl_collapse *c, size_t leader, bool *is_new)
{
    if (!c->hit_of)
        c->hit_of = calloc(c->stories->count, sizeof *c->hit_of);
    *is_new = c->hit_of && c->hit_of[leader] == 0;
    if (!c->hit_of || (*is_new && !bl_grow(&c->hits, &c->capacity, c->count + 1, sizeof *c->hits))) {
        bl_fail_nomem(e);
        return NULL;
    }
    if (*is_new)
        c->hit_of[leader] = (uint32_t)++c->count;
    return &c->hits[c->hit_of[leader] - 1];
}

static void keep_each(bl_error *e, bl_collapse *c, const bl_hit *hit)
{
    if (c->each_count == c->each_most)
        return;
    if (!bl_grow(&c->each, &c->each_capacity, c->each_count + 1, sizeof *c->each))
        bl_fail_nomem(e);
    else
        c->each[c->each_count++] = *hit;
}

/* The hit at a place of the stories' documents is one of its story's. */
static void take_best(bl_error *e, bl_collapse *c, size_t place, const bl_hit *hit)
{
    const size_t leader = c->stories->leaders[place];
    bool is_new;
    bl_hit *best = hit_of(e, c, leader, &is_new);
    if (best && is_new)
        *best = *hit;
    else if (best)
        join(best, hit, place == leader);
    c->repeated += best && !is_new;
}

bool bl_collapse_takes(bl_collapse *c, int64_t doc)
{
    return bl_collapse_concerns(c, doc) && c->stories->leaders[c->next] < c->stories->count;
}

bool bl_collapse_take_at(bl_error *e, bl_collapse *c, size_t place, const bl_hit *hit)
{
    const size_t count = c->stories ? c->stories->count : 0;
    if (place >= count || c->stories->leaders[place] >= count)
        return false;
    take_best(e, c, place, hit);
    keep_each(e, c, hit);
    return true;
}

bool bl_collapse_take(bl_error *e, bl_collapse *c, const bl_hit *hit)
{
    return bl_collapse_concerns(c, hit->doc) && bl_collapse_take_at(e, c, c->next, hit);
}

void bl_collapse_join(bl_error *e, bl_collapse *c, const bl_collapse *later)
{
    for (size_t i = 0; i < later->count && !bl_failed(e); i++)
        take_best(e, c, place_of(c->stories, later->hits[i].doc), &later->hits[i]);
    for (size_t i = 0; i < later->each_count; i++)
        keep_each(e, c, &later->each[i]);
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
    if (!c->hit_of || !bl_collapse_takes(c, doc))
        return NULL;
    uint32_t at = c->hit_of[c->stories->leaders[c->next]];
    return at > 0 ? &c->hits[at - 1] : NULL;
}

void bl_collapse_mark(bl_collapse *c, bl_hit *hits, size_t count)
{
    for (size_t i = 0; i < c->count; i++)
        c->hits[i].inside = true;
    for (size_t i = 0; i < c->each_count; i++) {
        bl_hit *story = story_hit(c, c->each[i].doc);
        if (story)
            story->inside = story->inside && c->each[i].inside;
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
    free(c->hit_of);
    free(c->each);
    *c = (bl_collapse){ 0 };
}
