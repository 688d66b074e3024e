/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The index to its commonest terms, and each to the best that a search finds. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "best.h"
#include "index/posting.h"
#include "index/slot.h"
#include "index/statement.h"
#include "kept_hit.h"
#include "search.h"

/* A term is common that stands in so many bulletins, and in this share of them: then there are no more than a
 * few thousand such terms, however many bulletins there are. */
enum { LEAST_BULLETINS = 4096, SHARE = 32 };
/* All is found anew when the archive has grown or shrunk by this share of itself. */
enum { CHANGED = 16 };

/* What is kept of a term. */
typedef struct best_row {
    bl_buffer key, best, newest, blocks;
    int64_t bulletins, stories;
} best_row;

typedef struct best_rows {
    best_row *list;
    size_t count, capacity;
    int64_t revision, archive; /* of which they are true, and how many bulletins it has */
} best_rows;

static void free_row(best_row *row)
{
    bl_buffer_free(&row->key);
    bl_buffer_free(&row->best);
    bl_buffer_free(&row->newest);
    bl_buffer_free(&row->blocks);
}

static void free_rows(best_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free_row(&rows->list[i]);
    free(rows->list);
}

/* ---- the commonest terms ---- */

/* The term that begins last on a page; its list goes on over the next ones. */
static void add_last_term(bl_error *e, bl_index *index, const bl_segment *segment, const void *term,
                          size_t size, bl_buffer *out)
{
    bl_list list = { .index = index, .segment = *segment };
    if (bl_list_find(e, &list, term, size)) {
        while (list.next_term && bl_list_next_term(e, &list)) {
        }
        bl_buffer_append(out, list.term + 1, list.term_size - 1); /* without FTS5's mark */
        bl_buffer_putc(out, '\0');
    }
    bl_list_free(&list);
}

/* Pages on which no term begins are not in FTS5's table of pages: where some are left out, a list goes over
 * them. A document takes three bytes of a list or more. */
static void add_long_terms(bl_error *e, bl_index *index, const bl_segment *segment, int64_t least,
                           bl_buffer *out)
{
    enum { PAGE_BYTES = 4050, ENTRY_BYTES = 3 };
    const int64_t pages = least * ENTRY_BYTES / (int64_t)(PAGE_BYTES * index->count);
    sqlite3_stmt *s =
        bl_sql_prepare(e, index->db->sql,
                       "SELECT term, pgno >> 1, lead(pgno >> 1, 1, ?2) OVER (ORDER BY pgno) FROM"
                       " bulletin_fts_idx WHERE segid = ?1 ORDER BY pgno");
    bl_sql_int(e, s, 1, segment->id);
    bl_sql_int(e, s, 2, segment->last + 1);
    while (bl_sql_row(e, s)) {
        const void *term = sqlite3_column_blob(s, 0); /* NULL for the empty one of a first page */
        const size_t size = (size_t)sqlite3_column_bytes(s, 0);
        if (sqlite3_column_int64(s, 2) - sqlite3_column_int64(s, 1) > pages)
            add_last_term(e, index, segment, term ? term : "", size, out);
    }
    sqlite3_finalize(s);
}

static int64_t count_documents(bl_error *e, bl_index *index, const char *term)
{
    enum { RUN = 128 };
    bl_sighting run[RUN];
    bl_posting p;
    int64_t count = 0;
    bl_posting_open(e, index, term, strlen(term), &p);
    for (bl_posting_seek(e, &p, 0); p.doc != BL_LIST_END && !bl_failed(e); bl_posting_seek(e, &p, p.doc + 1))
        count += (int64_t)bl_posting_run(e, &p, BL_LIST_END - 1, run, RUN);
    bl_posting_close(&p);
    return count;
}

static int compare_terms(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those of `terms`, each once, that stand in as many documents; new, the strings borrowed. */
static const char **choose(bl_error *e, bl_index *index, const bl_buffer *terms, int64_t least, size_t *count)
{
    size_t all = 0, kept = 0;
    for (size_t at = 0; at < terms->size; at += strlen(terms->data + at) + 1)
        all++;
    const char **list = calloc(all + 1, sizeof *list);
    if (!list)
        bl_fail_nomem(e);
    all = 0;
    for (size_t at = 0; list && at < terms->size; at += strlen(terms->data + at) + 1)
        list[all++] = terms->data + at;
    if (all > 1)
        qsort(list, all, sizeof *list, compare_terms);
    for (size_t i = 0; i < all && !bl_failed(e); i++)
        if ((i == 0 || strcmp(list[i], list[i - 1]) != 0) && count_documents(e, index, list[i]) >= least)
            list[kept++] = list[i];
    *count = bl_failed(e) ? 0 : kept;
    return list;
}

/* ---- what they find ---- */

void bl_best_open(bl_best_maker *m)
{
    *m = (bl_best_maker){ .latest = { .sort = BULLETIN_NEWEST, .limit = BL_BEST_NEWEST } };
    bl_hit_block_open(&m->blocks);
    bl_newest_open(&m->newest, BL_BEST_NEWEST);
}

void bl_best_note(bl_error *e, bl_best_maker *m, const bl_hit *hit, bool is_copy)
{
    const bool dated = hit->doc < BL_SLOT_UNDATED;
    if (dated)
        bl_hit_block_note(e, &m->blocks, hit->doc, is_copy);
    if (!is_copy && dated && m->newest.docs)
        bl_newest_put(&m->newest, hit->doc);
    else if (!is_copy)
        bl_top_offer(e, &m->latest, hit);
}

void bl_best_close(bl_error *e, bl_best_maker *m, bl_buffer *blocks, bl_top *newest)
{
    bl_newest_close(e, &m->newest, &m->latest);
    bl_hit_block_close(e, &m->blocks, blocks);
    bl_top_sort(&m->latest);
    *newest = m->latest;
}

/* Whether the first form is the term. */
static bool begins_with(const bl_buffer *key, const char *term)
{
    const size_t size = strlen(term);
    return key->size > size + 1 && memcmp(key->data + 1, term, size) == 0 &&
           key->data[size + 1] == BL_FTS_TOKEN_END;
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

static void make_rows(bl_error *e, bl_database *db, best_rows *rows)
{
    bl_totals totals;
    bl_index index;
    bl_buffer terms = { 0 };
    size_t count = 0;
    bl_database_totals(e, db, &totals);
    rows->revision = totals.revision;
    rows->archive = totals.bulletins;
    int64_t least = totals.bulletins / SHARE;
    if (least < LEAST_BULLETINS)
        least = LEAST_BULLETINS;
    bool known = bl_index_open(e, db, &index);
    for (size_t i = 0; known && i < index.count && !bl_failed(e); i++)
        add_long_terms(e, &index, &index.segments[i], least, &terms);
    if (terms.failed)
        bl_fail_nomem(e);
    const char **list = bl_failed(e) ? NULL : choose(e, &index, &terms, least, &count);
    bl_index_close(&index);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        add_rows(e, db, list[i], rows);
    free(list);
    bl_buffer_free(&terms);
}

/* ---- the table ---- */

static void write_row(bl_error *e, bl_database *db, int64_t revision, const best_row *row)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_INSERT_BEST);
    bl_sql_text(e, s, 1, row->key.data ? row->key.data : "");
    bl_sql_int(e, s, 2, revision);
    bl_sql_int(e, s, 3, row->bulletins);
    bl_sql_int(e, s, 4, row->stories);
    bl_sql_blob(e, s, 5, row->best.data ? row->best.data : "", row->best.size);
    bl_sql_blob(e, s, 6, row->newest.data ? row->newest.data : "", row->newest.size);
    bl_sql_blob(e, s, 7, row->blocks.data ? row->blocks.data : "", row->blocks.size);
    bl_sql_done(e, s);
}

/* Unless somebody changed the archive since they were made. */
static void write_rows(bl_error *e, bl_database *db, const best_rows *rows)
{
    bl_totals totals;
    bl_database_begin(e, db);
    bl_database_totals(e, db, &totals);
    if (!bl_failed(e) && totals.revision == rows->revision) {
        bl_sql_exec(e, db->sql, "DELETE FROM best");
        for (size_t i = 0; i < rows->count && !bl_failed(e); i++)
            write_row(e, db, rows->revision, &rows->list[i]);
        write_row(e, db, rows->revision, &(best_row){ .bulletins = rows->archive });
    }
    bl_database_end(e, db);
}

static bool is_due(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    int64_t made = bl_sql_get_int(e, db->sql, "SELECT bulletins FROM best WHERE term = ''");
    int64_t change = totals.bulletins > made ? totals.bulletins - made : made - totals.bulletins;
    return totals.bulletins >= LEAST_BULLETINS && change * CHANGED >= totals.bulletins;
}

void bl_best_renew(bl_error *e, bl_database *db, bool due)
{
    best_rows rows = { 0 };
    if (due && !is_due(e, db))
        return;
    make_rows(e, db, &rows);
    write_rows(e, db, &rows);
    free_rows(&rows);
}

static bool same_bytes(sqlite3_stmt *s, int column, const bl_buffer *b)
{
    return (size_t)sqlite3_column_bytes(s, column) == b->size &&
           (b->size == 0 || memcmp(sqlite3_column_blob(s, column), b->data, b->size) == 0);
}

/* A row of the table against what a search finds now. */
static bool is_right(bl_error *e, bl_database *db, sqlite3_stmt *s)
{
    const char *key = (const char *)sqlite3_column_text(s, 0);
    const size_t size = key && *key ? strcspn(key + 1, (const char[]){ BL_FTS_TOKEN_END, 0 }) : 0;
    char *term = size > 0 ? strndup(key + 1, size) : NULL;
    bool right = false;
    for (size_t i = 0; term && i < count_ways(term) && !right && !bl_failed(e); i++) {
        best_row row;
        right = make_row(e, db, term, ways[i], &row) && strcmp(row.key.data, key) == 0 &&
                sqlite3_column_int64(s, 1) == row.bulletins && sqlite3_column_int64(s, 2) == row.stories &&
                same_bytes(s, 3, &row.best) && same_bytes(s, 4, &row.newest) && same_bytes(s, 5, &row.blocks);
        free_row(&row);
    }
    free(term);
    return right;
}

static int64_t count_wrong(bl_error *e, bl_database *db)
{
    int64_t wrong = 0;
    if (bl_database_stale(e, db))
        return 0;
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql,
                       "SELECT term, bulletins, stories, best, newest, blocks FROM best WHERE term <> '' AND"
                       " revision = (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'revision')");
    while (bl_sql_row(e, s))
        wrong += !is_right(e, db, s);
    sqlite3_finalize(s);
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
        bl_sql_exec(e, db->sql, "DELETE FROM best");
    else
        bl_fail(e, BULLETIN_CORRUPT, "1 finding; see the list");
}
