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

static bl_stories *read_then(bl_error *e, bl_database *db)
{
    bl_stories *out = bl_failed(e) ? NULL : calloc(1, sizeof *out);
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_LISTS);
    bl_sql_text(e, s, 1, BL_BEST_FORMAT);
    if (!out)
        bl_fail_nomem(e);
    bool known = false;
    if (bl_sql_row(e, s)) {
        known = parse(e, sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2), out);
        sqlite3_reset(s);
    }
    if (known && !bl_failed(e))
        return out;
    bl_stories_free(out);
    return NULL;
}

bl_stories *bl_stories_then(bl_error *e, bl_database *db)
{
    bl_stories *then = db->stories ? db->stories->then : NULL;
    if (!then)
        return read_then(e, db);
    db->stories->then = NULL;
    return then;
}

/* ---- what has changed since ---- */

typedef struct changes {
    const bl_stories *then;
    bl_docs changed; /* documents of which `then` says nothing any more */
    bl_docs now;     /* pairs of those of them that are in stories and of what stands for these; ascending */
    uint32_t *place; /* of each of `then` now; none = gone, or another story */
    int64_t *stands; /* of each now that changed what stands for its story; 0 = of another */
} changes;

enum { NONE = UINT32_MAX };

static void add_changed(changes *c, bl_stories *out, size_t pair)
{
    out->docs[out->count] = c->now.list[pair];
    c->stands[out->count++] = c->now.list[pair + 1];
}

/* What did not change and what did, in order. */
static void merge(changes *c, bl_stories *out)
{
    size_t at = 0, next = 0;
    out->count = 0;
    for (size_t i = 0; i < c->then->count; i++) {
        const int64_t doc = c->then->docs[i];
        for (; next < c->now.count && c->now.list[next] < doc; next += 2)
            add_changed(c, out, next);
        c->place[i] = NONE;
        if (bl_docs_place(&c->changed, &at, doc) < c->changed.count)
            continue;
        c->place[i] = (uint32_t)out->count;
        out->docs[out->count++] = doc;
    }
    for (; next < c->now.count; next += 2)
        add_changed(c, out, next);
    out->docs[out->count] = INT64_MAX;
}

/* What stands for a story mostly stays; it may be one of those that changed. */
static void find_leaders(const changes *c, bl_stories *out)
{
    for (size_t i = 0; i < c->then->count; i++) {
        const size_t place = c->place[i], leader = c->then->leaders[i];
        if (place == NONE)
            continue;
        if (leader == c->then->count)
            out->leaders[place] = (uint32_t)out->count;
        else if (c->place[leader] != NONE)
            out->leaders[place] = c->place[leader];
        else
            out->leaders[place] = (uint32_t)bl_stories_near(out, place, c->then->docs[leader]);
    }
    for (size_t i = 0; i < out->count; i++)
        if (c->stands[i] > 0)
            out->leaders[i] = (uint32_t)bl_stories_near(out, i, c->stands[i]);
}

static void apply(bl_error *e, changes *c, bl_stories *out)
{
    const size_t most = c->then->count + c->now.count / 2;
    c->place = calloc(c->then->count + 1, sizeof *c->place);
    c->stands = calloc(most + 1, sizeof *c->stands);
    bl_stories_make(e, out, most);
    if (!c->place || !c->stands)
        bl_fail_nomem(e);
    if (!bl_failed(e)) {
        merge(c, out);
        find_leaders(c, out);
    }
    free(c->place);
    free(c->stands);
}

bool bl_stories_now(bl_error *e, bl_database *db, bl_stories *out)
{
    changes c = { 0 };
    bl_stories *then = read_then(e, db);
    if (!then)
        return false;
    bl_docs_add(e, db, &c.changed, "SELECT bl_collect(?1, doc) FROM best_changed");
    bl_docs_add(e, db, &c.now,
                "SELECT bl_collect(?1, doc, story) FROM best_changed CROSS JOIN story USING(doc)");
    const int64_t revision = out->revision;
    if (c.changed.count == 0) {
        *out = *then;
        out->revision = revision;
        free(then);
    } else {
        c.then = then;
        apply(e, &c, out);
        out->then = then;
    }
    bl_docs_free(&c.changed);
    bl_docs_free(&c.now);
    if (bl_failed(e))
        forget(out);
    return !bl_failed(e);
}
