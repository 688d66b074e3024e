/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The index to its commonest terms, and each to the best that a search finds. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/large.h"
#include "base/pool.h"
#include "best.h"
#include "best_terms.h"
#include "collapse.h"
#include "index/slot.h"
#include "index/statement.h"
#include "kept_hit.h"
#include "lengths.h"
#include "search.h"

/* Terms are asked for by two threads: each holds what a character finds in a million bulletins, 100 MB. */
enum { MOST_READERS = 2, READER_BYTES = 8 << 20, QUEUE_TERMS = 8 };

/* Rows are written when they hold so much: those of a million bulletins take 100 MB. */
enum { HELD_BYTES = 8 << 20 };

/* What is kept of a term. */
typedef struct best_row {
    bl_buffer key, best, newest, blocks;
    int64_t bulletins, stories;
} best_row;

typedef struct best_rows {
    best_row *list;
    size_t count, capacity;
    size_t bytes;
    bl_totals totals; /* of which they are true */
    bool begun;       /* some are written, and what was there before is gone */
} best_rows;

static void free_row(best_row *row)
{
    bl_buffer_free(&row->key);
    bl_buffer_free(&row->best);
    bl_buffer_free(&row->newest);
    bl_buffer_free(&row->blocks);
}

static void clear_rows(best_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free_row(&rows->list[i]);
    rows->count = rows->bytes = 0;
}

static void free_rows(best_rows *rows)
{
    clear_rows(rows);
    free(rows->list);
}

/* ---- what they find ---- */

void bl_best_open(bl_best_maker *m)
{
    *m = (bl_best_maker){ .latest = { .sort = BULLETIN_NEWEST, .limit = BL_BEST_NEWEST } };
    bl_hit_block_open(&m->blocks);
    bl_newest_open(&m->newest, BL_BEST_NEWEST);
}

/* Where the hit of the same story before this one stands; -1 = nowhere. */
static int64_t place_before(bl_error *e, bl_best_maker *m, const bl_stories *stories, int64_t place)
{
    if (place < 0)
        return -1;
    if (!m->last_of)
        m->last_of = calloc(stories->count, sizeof *m->last_of);
    if (!m->last_of) {
        bl_fail_nomem(e);
        return -1;
    }
    uint32_t *last = &m->last_of[stories->leaders[place]];
    const int64_t before = (int64_t)*last - 1;
    *last = (uint32_t)place + 1;
    return before;
}

void bl_best_note(bl_error *e, bl_best_maker *m, const bl_hit *hit, const bl_stories *stories, int64_t place)
{
    const bool dated = hit->doc < BL_SLOT_UNDATED;
    m->blocks.undated += !dated && hit->doc < BL_SLOT_SPILL;
    m->blocks.spilled += hit->doc >= BL_SLOT_SPILL;
    if (hit->doc < BL_SLOT_SPILL)
        bl_hit_block_note(e, &m->blocks, hit->doc, place, place_before(e, m, stories, place));
    if (place < 0 && dated && m->newest.docs)
        bl_newest_put(&m->newest, hit->doc);
    else if (place < 0)
        bl_top_offer(e, &m->latest, hit);
}

void bl_best_close(bl_error *e, bl_best_maker *m, bl_buffer *blocks, bl_top *newest)
{
    bl_newest_close(e, &m->newest, &m->latest);
    bl_hit_block_close(e, &m->blocks, blocks);
    bl_top_sort(&m->latest);
    free(m->last_of);
    *newest = m->latest;
}

/* Before the first form in a key: the format and a letter. */
enum { MARKS = sizeof BL_BEST_FORMAT };

/* Whether the first form is the term. */
static bool begins_with(const bl_buffer *key, const char *term)
{
    const size_t size = strlen(term);
    return key->size > MARKS + size && memcmp(key->data + MARKS, term, size) == 0 &&
           key->data[MARKS + size] == BL_FTS_TOKEN_END;
}

static void print(const bl_top *hits, bl_buffer *out)
{
    for (size_t i = 0; i < hits->count; i++)
        bl_kept_hit_print(&hits->list[i], out);
}

/* False when a search for the term is not one for this token and its forms alone: nothing is kept of that. */
static bool make_row(bl_error *e, bl_database *db, const char *term, unsigned way, best_row *row)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bl_result result;
    *row = (best_row){ 0 };
    options.flags = way;
    options.limit = BL_BEST_KEPT;
    bl_search_anew(e, db, term, strlen(term), &options, &result);
    if (bl_failed(e))
        return false;
    bool known = bl_best_key(&result.plan, &row->key) && begins_with(&row->key, term);
    print(&result.top, &row->best);
    print(&result.newest, &row->newest);
    row->blocks = result.blocks;
    row->bulletins = result.totals[BULLETIN_TOTAL_BULLETINS];
    row->stories = result.totals[BULLETIN_TOTAL_STORIES];
    result.blocks = (bl_buffer){ 0 };
    bl_result_free(&result);
    if (row->key.failed || row->best.failed || row->newest.failed)
        bl_fail_nomem(e);
    return known;
}

/* How a term may be asked for: as it stands, and a word in its forms. */
static const unsigned ways[] = { BULLETIN_LITERAL, BULLETIN_NO_EXPAND };
static size_t count_ways(const char *term)
{
    return (unsigned char)*term < 0x80 ? 2 : 1;
}

static bool is_last(const best_rows *rows, const bl_buffer *key)
{
    const bl_buffer *last = rows->count > 0 ? &rows->list[rows->count - 1].key : NULL;
    return last && last->size == key->size && memcmp(last->data, key->data, key->size) == 0;
}

static void add_rows(bl_error *e, bl_database *db, const char *term, best_rows *rows)
{
    for (size_t i = 0; i < count_ways(term) && !bl_failed(e); i++) {
        best_row row;
        bool known = make_row(e, db, term, ways[i], &row) && !is_last(rows, &row.key);
        if (known && bl_grow(&rows->list, &rows->capacity, rows->count + 1, sizeof row)) {
            rows->list[rows->count++] = row;
            continue;
        }
        if (known)
            bl_fail_nomem(e);
        free_row(&row);
    }
}

/* ---- the table ---- */

static void write_row(bl_error *e, bl_database *db, int64_t revision, const best_row *row)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_INSERT_BEST);
    bl_sql_text(e, s, 1, row->key.data);
    bl_sql_int(e, s, 2, revision);
    bl_sql_int(e, s, 3, row->bulletins);
    bl_sql_int(e, s, 4, row->stories);
    bl_sql_blob(e, s, 5, row->best.data ? row->best.data : "", row->best.size);
    bl_sql_blob(e, s, 6, row->newest.data ? row->newest.data : "", row->newest.size);
    bl_sql_blob(e, s, 7, row->blocks.data ? row->blocks.data : "", row->blocks.size);
    bl_sql_done(e, s);
}

/* Of which archive the lists are, and its stories. */
static void write_last_row(bl_error *e, bl_database *db, const best_rows *rows)
{
    best_row row = { .bulletins = rows->totals.bulletins };
    bl_stories stories = { 0 };
    bl_buffer_puts(&row.key, BL_BEST_FORMAT);
    bl_kept_state_print(&rows->totals, &row.best);
    bl_stories_read(e, db, &stories);
    bl_stories_print(&stories, &row.blocks);
    if (row.key.failed || row.best.failed || row.blocks.failed)
        bl_fail_nomem(e);
    write_row(e, db, rows->totals.revision, &row);
    bl_sql_exec(e, db->sql, "DELETE FROM best_changed");
    bl_stories_clear(&stories);
    free_row(&row);
}

/* Unless somebody changed the archive since they were made. `last`: there are no more. */
static void write_rows(bl_error *e, bl_database *db, best_rows *rows, bool last)
{
    bl_totals totals;
    bl_database_begin(e, db);
    bl_database_totals(e, db, &totals);
    if (!bl_failed(e) && totals.revision == rows->totals.revision) {
        if (!rows->begun)
            bl_sql_exec(e, db->sql, "DELETE FROM best");
        for (size_t i = 0; i < rows->count && !bl_failed(e); i++)
            write_row(e, db, rows->totals.revision, &rows->list[i]);
        if (last)
            write_last_row(e, db, rows);
    }
    bl_database_end(e, db);
    rows->begun = true;
    clear_rows(rows);
}

/* ---- many terms at once ---- */

/* A term and what is kept of it. */
typedef struct best_job {
    const char *term; /* borrowed */
    best_rows rows;
    bl_error error;
} best_job;

static void work(void *state, void *job)
{
    best_job *j = job;
    add_rows(&j->error, state, j->term, &j->rows);
}

/* The oldest job's rows become `rows`'. */
static void take_job(bl_error *e, bl_pool *pool, best_rows *rows)
{
    best_job *job = bl_pool_take(pool);
    const size_t count = job->rows.count;
    if (job->error.status && !bl_failed(e))
        *e = job->error;
    if (!bl_failed(e) && bl_grow(&rows->list, &rows->capacity, rows->count + count, sizeof *rows->list)) {
        for (size_t i = 0; i < count; i++) {
            const best_row *row = &job->rows.list[i];
            rows->list[rows->count++] = *row;
            rows->bytes += row->best.capacity + row->newest.capacity + row->blocks.capacity;
        }
        job->rows.count = 0;
    } else if (!bl_failed(e)) {
        bl_fail_nomem(e);
    }
    free_rows(&job->rows);
    free(job);
}

static void give_job(bl_error *e, bl_pool *pool, const char *term)
{
    best_job *job = calloc(1, sizeof *job);
    if (!job) {
        bl_fail_nomem(e);
        return;
    }
    *job = (best_job){ .term = term, .error = BL_ERROR_INIT };
    bl_pool_give(pool, job);
}

static void make_all(bl_error *e, bl_database *db, bl_pool *pool, const bl_buffer *terms, best_rows *rows)
{
    size_t waiting = 0;
    for (size_t at = 0; at < terms->size && !bl_failed(e); at += strlen(terms->data + at) + 1) {
        for (; bl_pool_full(pool); waiting--)
            take_job(e, pool, rows);
        give_job(e, pool, terms->data + at);
        waiting += !bl_failed(e);
        bl_database_poll(e, db);
        if (rows->bytes < HELD_BYTES)
            continue;
        for (; waiting > 0; waiting--) /* the archive's own connection is a thread's until then */
            take_job(e, pool, rows);
        write_rows(e, db, rows, false);
    }
    for (; waiting > 0; waiting--)
        take_job(e, pool, rows);
}

/* All are scored again for every term. */
static void read_lengths(bl_error *e, bl_database *db, bl_lengths *out)
{
    bl_reader reader;
    *out = (bl_lengths){ 0 };
    bl_database_begin_read(e, db);
    if (bl_reader_open(e, db, &reader))
        bl_lengths_read(e, &reader, out);
    bl_reader_close(&reader);
    bl_database_end(e, db);
}

static void make_rows(bl_error *e, bl_database *db, size_t jobs, best_rows *rows)
{
    bl_database *beside = bl_pool_threads(jobs, MOST_READERS) > 1 ? bl_database_beside(db) : NULL;
    void *readers[MOST_READERS] = { db, beside };
    bl_buffer terms = { 0 };
    bl_lengths lengths;
    bl_database_totals(e, db, &rows->totals);
    bl_best_terms(e, db, rows->totals.bulletins, &terms);
    read_lengths(e, db, &lengths);
    db->lengths = &lengths;
    bl_pool *pool = bl_pool_open(e, beside ? 2 : 1, QUEUE_TERMS, work, readers);
    if (pool)
        make_all(e, db, pool, &terms, rows);
    bl_pool_close(pool);
    db->lengths = NULL;
    bl_lengths_free(&lengths);
    bl_buffer_free(&terms);
}

/* ---- the whole ---- */

static bool is_due(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    return totals.bulletins >= BL_BEST_BULLETINS && bl_kept_state_is_due(e, db, &totals);
}

/* Lists are read once each: the pages that an import keeps in memory are of more use as room for what is
 * found.
 */
void bl_best_renew(bl_error *e, bl_database *db, size_t jobs, bool due)
{
    best_rows rows = { 0 };
    bl_error own = BL_ERROR_INIT; /* the cache grows again whatever happened */
    if (due && !is_due(e, db))
        return;
    bl_database_limit_cache(e, db, READER_BYTES);
    bl_return_memory();
    make_rows(e, db, jobs, &rows);
    write_rows(e, db, &rows, true);
    free_rows(&rows);
    bl_database_limit_cache(&own, db, db->memory);
}

static bool same_bytes(sqlite3_stmt *s, int column, const bl_buffer *b)
{
    return (size_t)sqlite3_column_bytes(s, column) == b->size &&
           (b->size == 0 || memcmp(sqlite3_column_blob(s, column), b->data, b->size) == 0);
}

static bool is_same(sqlite3_stmt *s, const best_row *row)
{
    return sqlite3_column_int64(s, 1) == row->bulletins && sqlite3_column_int64(s, 2) == row->stories &&
           same_bytes(s, 3, &row->best) && same_bytes(s, 4, &row->newest) && same_bytes(s, 5, &row->blocks);
}

/* What a search finds by a row and what has changed since against what it finds without. */
static bool finds_right(bl_error *e, bl_database *db, const char *term, unsigned way, const best_row *row)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bl_result result;
    options.flags = way;
    bl_search(e, db, term, strlen(term), &options, &result);
    const bool right = !bl_failed(e) && result.totals[BULLETIN_TOTAL_BULLETINS] == row->bulletins &&
                       result.totals[BULLETIN_TOTAL_STORIES] == row->stories;
    if (!bl_failed(e))
        bl_result_free(&result);
    return right;
}

/* A row of the table against what a search finds now. */
static bool is_right(bl_error *e, bl_database *db, sqlite3_stmt *s, bool changed)
{
    const char *key = (const char *)sqlite3_column_text(s, 0);
    const bool named = key && strlen(key) > MARKS;
    const size_t size = named ? strcspn(key + MARKS, (const char[]){ BL_FTS_TOKEN_END, 0 }) : 0;
    char *term = size > 0 ? strndup(key + MARKS, size) : NULL;
    bool right = false;
    for (size_t i = 0; term && i < count_ways(term) && !right && !bl_failed(e); i++) {
        best_row row;
        right = make_row(e, db, term, ways[i], &row) && strcmp(row.key.data, key) == 0 &&
                (changed ? finds_right(e, db, term, ways[i], &row) : is_same(s, &row));
        free_row(&row);
    }
    free(term);
    return right;
}

static bool stories_are_right(bl_error *e, bl_database *db)
{
    bl_buffer kept = { 0 }, right = { 0 };
    bl_stories now = { 0 }, stories = { 0 };
    const bool known = bl_stories_now(e, db, &now);
    bl_stories_read(e, db, &stories);
    bl_stories_print(&now, &kept);
    bl_stories_print(&stories, &right);
    const bool none = !known && bl_sql_get_int(e, db->sql,
                                               "SELECT count(*) FROM best WHERE term = '" BL_BEST_FORMAT
                                               "' AND length(blocks) > 0") == 0;
    const bool same =
        none || (known && kept.size == right.size && memcmp(kept.data, right.data, kept.size) == 0);
    bl_stories_clear(&now);
    bl_stories_clear(&stories);
    bl_buffer_free(&kept);
    bl_buffer_free(&right);
    return same;
}

static int64_t count_wrong(bl_error *e, bl_database *db)
{
    bl_totals totals;
    int64_t wrong = 0;
    if (bl_database_stale(e, db))
        return 0;
    bl_database_totals(e, db, &totals);
    const bl_kept_state *lists = bl_kept_state_get(e, db, &totals);
    const int64_t made = lists ? lists->made : -1;
    const bool changed = lists && lists->changed.count > 0;
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql,
                                     "SELECT term, bulletins, stories, best, newest, blocks FROM best"
                                     " WHERE revision = ?1 AND term GLOB '" BL_BEST_FORMAT "?*'");
    bl_sql_int(e, s, 1, made);
    while (bl_sql_row(e, s))
        wrong += !is_right(e, db, s, changed);
    sqlite3_finalize(s);
    wrong += !stories_are_right(e, db);
    return bl_failed(e) ? 0 : wrong;
}

void bl_best_check(bl_error *e, bl_database *db, bool repair, bulletin_problem_callback problem,
                   void *context)
{
    char reason[160];
    const int64_t wrong = bl_failed(e) ? 0 : count_wrong(e, db);
    if (wrong == 0)
        return;
    snprintf(reason, sizeof reason, "%" PRId64 " lists of the best of common terms are wrong; %s", wrong,
             repair ? "mended" : "run: bulletin check --repair");
    if (problem)
        problem(context, &(bulletin_problem){ "", 0, reason, false });
    if (repair)
        bl_sql_exec(e, db->sql, "DELETE FROM best; DELETE FROM best_changed");
    else
        bl_fail(e, BULLETIN_CORRUPT, "1 finding; see the list");
}
