/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Texts that are copies of one another to the stories of their bulletins. */
#include "story.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* ---- lists ---- */

void bl_texts_add(bl_error *e, bl_texts *to, int64_t text)
{
    if (!bl_failed(e) && !bl_grow(&to->list, &to->capacity, to->count + 1, sizeof *to->list))
        bl_fail_nomem(e);
    if (!bl_failed(e))
        to->list[to->count++] = text;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

void bl_texts_sort(bl_texts *texts)
{
    size_t kept = 0;
    if (texts->count > 1)
        qsort(texts->list, texts->count, sizeof *texts->list, compare);
    for (size_t i = 0; i < texts->count; i++)
        if (i == 0 || texts->list[i] != texts->list[kept - 1])
            texts->list[kept++] = texts->list[i];
    texts->count = kept;
}

void bl_texts_free(bl_texts *texts)
{
    free(texts->list);
    *texts = (bl_texts){ 0 };
}

/* ---- rows ---- */

static int64_t read_number(bl_error *e, bl_database *db, bl_statement which, int64_t by)
{
    int64_t number = 0;
    sqlite3_stmt *s = bl_statement_get(e, db, which);
    bl_sql_int(e, s, 1, by);
    if (bl_sql_row(e, s)) {
        number = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    }
    return number;
}

static void read_list(bl_error *e, bl_database *db, bl_statement which, int64_t by, bl_texts *out)
{
    sqlite3_stmt *s = bl_statement_get(e, db, which);
    bl_sql_int(e, s, 1, by);
    while (bl_sql_row(e, s))
        bl_texts_add(e, out, sqlite3_column_int64(s, 0));
}

bool bl_story_has_text(bl_error *e, bl_database *db, int64_t text)
{
    return read_number(e, db, BL_SQL_COPY_DOCS, text) != 0;
}

int64_t bl_story_of(bl_error *e, bl_database *db, int64_t doc)
{
    return read_number(e, db, BL_SQL_STORY, doc);
}

void bl_story_read_edges(bl_error *e, bl_database *db, int64_t text, bl_texts *out)
{
    read_list(e, db, BL_SQL_EDGES, text, out);
}

bool bl_story_has_edge(bl_error *e, bl_database *db, int64_t text, int64_t other)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_EDGE);
    bl_sql_int(e, s, 1, text);
    bl_sql_int(e, s, 2, other);
    bool has = bl_sql_row(e, s);
    if (has)
        sqlite3_reset(s);
    return has;
}

void bl_story_set(bl_error *e, bl_database *db, bl_statement how, int64_t first, int64_t second)
{
    sqlite3_stmt *s = bl_statement_get(e, db, how);
    bl_sql_int(e, s, 1, first);
    bl_sql_int(e, s, 2, second);
    bl_sql_done(e, s);
}

/* ---- which bulletin stands for a story ---- */

typedef struct candidate {
    int64_t doc;
    char *order; /* the least stands: earliest day, a source, a site, key and collection; new */
} candidate;

static candidate read_candidate(bl_error *e, bl_database *db, int64_t doc)
{
    bl_buffer order = { 0 };
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_STANDING);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        const char *day = (const char *)sqlite3_column_text(s, 0);
        const char *key = (const char *)sqlite3_column_text(s, 3);
        const char *collection = (const char *)sqlite3_column_text(s, 4);
        bl_buffer_printf(&order, "%s %d %d %s\n%s", day ? day : "undated", sqlite3_column_int(s, 1),
                         sqlite3_column_int(s, 2), key ? key : "", collection ? collection : "");
        sqlite3_reset(s);
    }
    if (order.failed)
        bl_fail_nomem(e);
    return (candidate){ doc, bl_buffer_steal(&order) };
}

static int64_t choose_standing(bl_error *e, bl_database *db, const bl_texts *docs)
{
    candidate best = { 0, NULL };
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++) {
        candidate one = read_candidate(e, db, docs->list[i]);
        bool better = one.order && (!best.order || strcmp(one.order, best.order) < 0);
        free(better ? best.order : one.order);
        if (better)
            best = one;
    }
    free(best.order);
    return best.doc;
}

/* ---- telling ---- */

/* INSERT OR REPLACE would make SQLite keep a journal of the statement, for which FTS5 writes out what it has.
 */
static void set_story(bl_error *e, bl_database *db, int64_t doc, int64_t story)
{
    int64_t before = bl_story_of(e, db, doc);
    if (before != story)
        bl_story_set(e, db, before ? BL_SQL_STORY_UPDATE : BL_SQL_STORY_INSERT, doc, story);
}

/* The bulletins of one story; a single one is none. */
static void write_story(bl_error *e, bl_database *db, const bl_texts *docs)
{
    if (docs->count == 1)
        bl_statement_run(e, db, BL_SQL_STORY_DELETE, docs->list[0]);
    if (docs->count < 2)
        return;
    int64_t story = choose_standing(e, db, docs);
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++)
        set_story(e, db, docs->list[i], story);
}

/* Hashes that were seen, open addressing, 0 = free. */
typedef struct seen {
    int64_t *slots;
    size_t room, count;
} seen;

static int64_t *slot(const seen *set, int64_t text)
{
    size_t at = (size_t)((uint64_t)text * 0x9E3779B97F4A7C15u >> 20) & (set->room - 1);
    while (set->slots[at] && set->slots[at] != text)
        at = (at + 1) & (set->room - 1);
    return &set->slots[at];
}

static bool enlarge(seen *set)
{
    seen larger = { NULL, set->room ? set->room * 2 : 256, set->count };
    larger.slots = calloc(larger.room, sizeof *larger.slots);
    for (size_t i = 0; larger.slots && i < set->room; i++)
        if (set->slots[i])
            *slot(&larger, set->slots[i]) = set->slots[i];
    if (!larger.slots)
        return false;
    free(set->slots);
    *set = larger;
    return true;
}

/* Whether it was not seen yet. */
static bool see(bl_error *e, seen *set, int64_t text)
{
    if (2 * (set->count + 1) > set->room && !enlarge(set))
        bl_fail_nomem(e);
    if (bl_failed(e) || *slot(set, text) == text)
        return false;
    *slot(set, text) = text;
    set->count++;
    return true;
}

/* From one text to all that are joined to it, and their bulletins. */
static void collect(bl_error *e, bl_database *db, int64_t text, seen *set, bl_texts *docs)
{
    bl_texts queue = { 0 }, others = { 0 };
    bl_texts_add(e, &queue, text);
    for (size_t i = 0; i < queue.count && !bl_failed(e); i++) {
        others.count = 0;
        read_list(e, db, BL_SQL_COPY_DOCS, queue.list[i], docs);
        bl_story_read_edges(e, db, queue.list[i], &others);
        for (size_t k = 0; k < others.count; k++)
            if (see(e, set, others.list[k]))
                bl_texts_add(e, &queue, others.list[k]);
    }
    bl_texts_free(&queue);
    bl_texts_free(&others);
}

void bl_story_tell(bl_error *e, bl_database *db, bl_texts *texts)
{
    seen set = { 0 };
    bl_texts docs = { 0 };
    bl_texts_sort(texts);
    for (size_t i = 0; i < texts->count && !bl_failed(e); i++) {
        if (!see(e, &set, texts->list[i]))
            continue;
        docs.count = 0;
        collect(e, db, texts->list[i], &set, &docs);
        write_story(e, db, &docs);
    }
    bl_texts_free(&docs);
    free(set.slots);
}
