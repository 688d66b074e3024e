/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Rows of copies to the stories of an archive. */
#include "stories.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/sql.h"
#include "text/fold.h"

void bl_stories_clear(bl_stories *s)
{
    free(s->docs);
    free(s->leaders);
    free(s->next);
    free(s->publishers);
    bl_stories_free(s->then);
    *s = (bl_stories){ 0 };
}

void bl_stories_free(bl_stories *s)
{
    if (s)
        bl_stories_clear(s);
    free(s);
}

size_t bl_stories_seek(const bl_stories *s, size_t from, int64_t doc)
{
    return bl_docs_find(&(bl_docs){ .list = s->docs, .count = s->count }, from, doc);
}

static size_t place_from(const bl_stories *s, size_t from, int64_t doc)
{
    const size_t at = bl_stories_seek(s, from, doc);
    return at < s->count && s->docs[at] == doc ? at : s->count;
}

size_t bl_stories_place(const bl_stories *s, int64_t doc)
{
    return place_from(s, 0, doc);
}

size_t bl_stories_near(const bl_stories *s, size_t at, int64_t doc)
{
    for (size_t step = 1; at > 0 && s->docs[at] > doc; step *= 2)
        at = at > step ? at - step : 0;
    return place_from(s, at, doc);
}

void bl_stories_make(bl_error *e, bl_stories *out, size_t count)
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
    bl_stories_make(e, out, count);
    for (size_t i = 0; i < out->count; i++)
        out->docs[i] = pairs.list[2 * i];
    if (out->docs)
        out->docs[out->count] = INT64_MAX;
    for (size_t i = 0; i < out->count; i++)
        out->leaders[i] = (uint32_t)bl_stories_near(out, i, pairs.list[2 * i + 1]);
    bl_docs_free(&pairs);
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
            of_story = &out->publishers[bl_stories_place(out, story)];
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

/* Each of a story's places is put behind the one before, and before the first. */
void bl_stories_chain(bl_error *e, bl_stories *s)
{
    uint32_t *last = calloc(s->count + 1, sizeof *last); /* of each story so far, + 1 */
    s->next = calloc(s->count + 1, sizeof *s->next);
    if (!last || !s->next)
        bl_fail_nomem(e);
    for (size_t i = 0; i < s->count && !bl_failed(e); i++) {
        const uint32_t story = s->leaders[i], place = (uint32_t)i;
        const uint32_t before = story < s->count && last[story] > 0 ? last[story] - 1 : place;
        s->next[i] = before == place ? place : s->next[before];
        s->next[before] = place;
        last[story] = place + 1;
    }
    free(last);
}

static void open_stories(bl_error *e, bl_database *db, int64_t revision)
{
    db->close_stories = bl_stories_free;
    db->stories = calloc(1, sizeof *db->stories);
    if (!db->stories) {
        bl_fail_nomem(e);
        return;
    }
    db->stories->revision = revision;
    if (!bl_stories_now(e, db, db->stories))
        bl_stories_read(e, db, db->stories);
}

static void add_publishers(bl_error *e, bl_database *db, bl_stories *s)
{
    s->publishers = calloc(s->count + 1, sizeof *s->publishers);
    if (!s->publishers)
        bl_fail_nomem(e);
    else
        count_publishers(e, db, s);
}

const bl_stories *bl_stories_get(bl_error *e, bl_database *db, int64_t revision, unsigned with)
{
    if (db->stories && db->stories->revision != revision) {
        bl_stories_free(db->stories);
        db->stories = NULL;
    }
    if (!db->stories && !bl_failed(e))
        open_stories(e, db, revision);
    if (with & BL_STORIES_CHAINED && !bl_failed(e) && !db->stories->next)
        bl_stories_chain(e, db->stories);
    if (with & BL_STORIES_PUBLISHERS && !bl_failed(e) && !db->stories->publishers)
        add_publishers(e, db, db->stories);
    if (bl_failed(e)) { /* half of them are none */
        bl_stories_free(db->stories);
        db->stories = NULL;
    }
    return db->stories;
}

int64_t bl_stories_of(const bl_stories *stories, int64_t doc)
{
    size_t at = stories ? bl_stories_place(stories, doc) : 0;
    bool has_story = stories && at < stories->count && stories->leaders[at] < stories->count;
    return has_story ? stories->docs[stories->leaders[at]] : doc;
}

void bl_stories_add_copies(bl_error *e, const bl_stories *stories, bl_docs *docs)
{
    bool *named = bl_failed(e) ? NULL : calloc(stories->count + 1, sizeof *named);
    if (!named)
        bl_fail_nomem(e);
    for (size_t i = 0; named && i < docs->count; i++) {
        const size_t at = bl_stories_place(stories, docs->list[i]);
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
    size_t at = bl_stories_place(stories, doc);
    return at < stories->count ? stories->publishers[at] : 1;
}
