/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Stories to the bytes in which the archive keeps them, and back, with what has changed since. */
#include <stdlib.h>

#include "base/step.h"
#include "best.h"
#include "index/statement.h"
#include "stories.h"

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

/* All but the revision that it is of. */
static void forget(bl_stories *s)
{
    const int64_t revision = s->revision;
    bl_stories_clear(s);
    s->revision = revision;
}

/* False where the bytes are none that bl_stories_print() writes; nothing is left then. */
static bool parse(bl_error *e, const unsigned char *at, size_t size, bl_stories *out)
{
    const unsigned char *const end = at + size;
    int64_t count = 0, doc = 0, step, away = 0;
    if (size == 0 || !take_step(&at, end, &count) || count < 0 || count > end - at)
        return false;
    bl_stories_make(e, out, (size_t)count);
    size_t i = 0;
    for (; i < out->count && take_step(&at, end, &step) && take_step(&at, end, &away); i++) {
        const int64_t leader = away % 2 ? (int64_t)i + (away + 1) / 2 : (int64_t)i - away / 2;
        if (step <= 0 || step > INT64_MAX - doc || leader < 0 || leader > count)
            break;
        doc += step;
        out->docs[i] = doc;
        out->leaders[i] = (uint32_t)leader;
    }
    if (i == (size_t)count && at == end && !bl_failed(e)) {
        out->docs[i] = INT64_MAX;
        return true;
    }
    forget(out);
    return false;
}

bool bl_stories_then(bl_error *e, bl_database *db, bl_stories *out)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_LISTS);
    bl_sql_text(e, s, 1, BL_BEST_FORMAT);
    if (!bl_sql_row(e, s))
        return false;
    const bool known =
        parse(e, sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2), out) && !bl_failed(e);
    sqlite3_reset(s);
    return known;
}

/* ---- what has changed since ---- */

/* Documents and the ones that stand for their stories: pairs, ascending. */
typedef struct pairs {
    const bl_stories *then;
    bl_docs changed; /* documents of which `then` says nothing any more */
    bl_docs now;     /* those of them that are in stories: pairs */
} pairs;

static void add_pair(bl_stories *out, int64_t *stands, int64_t doc, int64_t story)
{
    out->docs[out->count] = doc;
    stands[out->count++] = story;
}

/* What did not change and what did, in order; of each document the one that stands for it. */
static void merge(const pairs *p, bl_stories *out, int64_t *stands)
{
    size_t at = 0, next = 0;
    out->count = 0;
    for (size_t i = 0; i < p->then->count; i++) {
        const int64_t doc = p->then->docs[i];
        const size_t leader = p->then->leaders[i];
        for (; next < p->now.count && p->now.list[next] < doc; next += 2)
            add_pair(out, stands, p->now.list[next], p->now.list[next + 1]);
        if (bl_docs_place(&p->changed, &at, doc) == p->changed.count)
            add_pair(out, stands, doc, leader < p->then->count ? p->then->docs[leader] : -1);
    }
    for (; next < p->now.count; next += 2)
        add_pair(out, stands, p->now.list[next], p->now.list[next + 1]);
    out->docs[out->count] = INT64_MAX;
}

static void apply(bl_error *e, const pairs *p, bl_stories *out)
{
    const size_t most = p->then->count + p->now.count / 2;
    int64_t *stands = calloc(most + 1, sizeof *stands);
    bl_stories_make(e, out, most);
    if (!stands)
        bl_fail_nomem(e);
    if (!bl_failed(e))
        merge(p, out, stands);
    for (size_t i = 0; i < out->count && !bl_failed(e); i++)
        out->leaders[i] = (uint32_t)bl_stories_near(out, i, stands[i]);
    free(stands);
}

bool bl_stories_now(bl_error *e, bl_database *db, bl_stories *out)
{
    pairs p = { 0 };
    bl_stories then = { 0 };
    if (!bl_stories_then(e, db, &then))
        return false;
    bl_docs_add(e, db, &p.changed, "SELECT bl_collect(?1, doc) FROM best_changed");
    if (p.changed.count == 0) {
        then.revision = out->revision;
        *out = then;
        return !bl_failed(e);
    }
    p.then = &then;
    bl_docs_add(e, db, &p.now,
                "SELECT bl_collect(?1, doc, story) FROM best_changed CROSS JOIN story USING(doc)");
    apply(e, &p, out);
    bl_docs_free(&p.changed);
    bl_docs_free(&p.now);
    bl_stories_clear(&then);
    if (bl_failed(e))
        forget(out);
    return !bl_failed(e);
}
