/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What the archive keeps of its commonest terms to how far that can be used. */
#include "kept_state.h"

#include <stdlib.h>

#include "best.h"
#include "index/statement.h"
#include "kept_hit.h"

/* Lists are of no more use when this share of the archive has changed since. */
enum { CHANGED = 16 };

enum { NUMBER = 8 };

static void close_state(bl_kept_state *s)
{
    if (!s)
        return;
    bl_stories_free(s->stories);
    bl_docs_free(&s->changed);
    bl_docs_free(&s->added);
    bl_docs_free(&s->altered);
    bl_docs_free(&s->same);
    free(s);
}

static double average(int64_t positions, int64_t documents)
{
    return documents > 0 ? (double)positions / (double)documents : 0;
}

void bl_kept_state_average(const bl_totals *totals, double out[2])
{
    out[0] = average(totals->title_positions, totals->bulletins);
    out[1] = average(totals->body_positions, totals->bulletins);
}

void bl_kept_state_print(const bl_totals *totals, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)totals->title_positions, NUMBER);
    bl_kept_put(out, (uint64_t)totals->body_positions, NUMBER);
}

static int64_t find_lists(bl_error *e, bl_database *db)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_MADE);
    bl_sql_text(e, s, 1, BL_BEST_FORMAT);
    if (!bl_sql_row(e, s))
        return -1;
    const int64_t made = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return made;
}

/* The totals as they were when lists were made; false where there are none. */
static bool read_totals(bl_error *e, bl_database *db, bl_totals *then)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_LISTS);
    bl_sql_text(e, s, 1, BL_BEST_FORMAT);
    if (!bl_sql_row(e, s))
        return false;
    const unsigned char *at = sqlite3_column_blob(s, 1);
    const bool known = sqlite3_column_bytes(s, 1) == 2 * NUMBER;
    *then = (bl_totals){ .bulletins = sqlite3_column_int64(s, 0) };
    if (known) {
        then->title_positions = (int64_t)bl_kept_get(&at, NUMBER);
        then->body_positions = (int64_t)bl_kept_get(&at, NUMBER);
    }
    sqlite3_reset(s);
    return known;
}

static bool is_much(size_t changed, const bl_totals *totals)
{
    return (int64_t)changed >= totals->bulletins / CHANGED;
}

static void open_state(bl_error *e, bl_database *db, const bl_totals *totals, bl_kept_state *out)
{
    bl_totals then;
    out->made = -1;
    bl_kept_state_average(totals, out->average);
    if (out->lists < 0 || !read_totals(e, db, &then))
        return;
    bl_docs_add(e, db, &out->changed, "SELECT bl_collect(?1, doc) FROM best_changed");
    if (is_much(out->changed.count, totals))
        return;
    out->made = out->lists;
    bl_kept_state_average(&then, out->average);
}

/* Lists may be made anew of the same archive. */
static bl_kept_state *get_state(bl_error *e, bl_database *db, const bl_totals *totals)
{
    bl_kept_state *s = db->kept;
    const int64_t lists = find_lists(e, db);
    if (bl_failed(e) || (s && s->revision == totals->revision && s->lists == lists))
        return bl_failed(e) ? NULL : s;
    close_state(s);
    db->close_kept = close_state;
    db->kept = s = calloc(1, sizeof *s);
    if (s) {
        *s = (bl_kept_state){ .revision = totals->revision, .lists = lists };
        open_state(e, db, totals, s);
    } else {
        bl_fail_nomem(e);
    }
    if (bl_failed(e)) { /* half of it is none */
        close_state(s);
        db->kept = s = NULL;
    }
    return s;
}

const bl_kept_state *bl_kept_state_get(bl_error *e, bl_database *db, const bl_totals *totals)
{
    return get_state(e, db, totals);
}

/* All but those that were added or altered. */
static void find_same(bl_error *e, bl_kept_state *s)
{
    size_t added = 0, altered = 0;
    for (size_t i = 0; i < s->changed.count && !bl_failed(e); i++) {
        const int64_t doc = s->changed.list[i];
        if (bl_docs_place(&s->added, &added, doc) == s->added.count &&
            bl_docs_place(&s->altered, &altered, doc) == s->altered.count)
            bl_docs_append(e, &s->same, doc);
    }
}

/* Whoever is in a story of a changed one as it was, and whoever is now: a story of which no bulletin is among
 * these is the same. */
static void complete(bl_error *e, bl_database *db, bl_kept_state *s)
{
    const bl_stories *now = bl_stories_get(e, db, s->revision, 0);
    s->stories = now ? bl_stories_then(e, db) : NULL;
    if (!s->stories) {
        s->made = -1;
        return;
    }
    bl_stories_chain(e, s->stories);
    bl_stories_add_copies(e, s->stories, &s->changed);
    bl_stories_add_copies(e, now, &s->changed);
    bl_docs_add(e, db, &s->added, "SELECT bl_collect(?1, doc) FROM best_changed WHERE how = 'added'");
    bl_docs_add(e, db, &s->altered, "SELECT bl_collect(?1, doc) FROM best_changed WHERE how = 'altered'");
    find_same(e, s);
}

const bl_kept_state *bl_kept_state_complete(bl_error *e, bl_database *db, const bl_totals *totals)
{
    bl_kept_state *s = get_state(e, db, totals);
    if (!s || s->made < 0 || s->changed.count == 0 || s->stories)
        return s;
    complete(e, db, s);
    if (bl_failed(e)) {
        close_state(s);
        db->kept = s = NULL;
    }
    return s;
}

bool bl_kept_state_is_due(bl_error *e, bl_database *db, const bl_totals *totals)
{
    bl_totals then;
    if (!read_totals(e, db, &then))
        return true;
    return is_much((size_t)bl_sql_get_int(e, db->sql, "SELECT count(*) FROM best_changed"), totals);
}
