/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The index to its commonest terms, and each to the best that a search finds. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "best.h"
#include "index/posting.h"
#include "index/statement.h"
#include "search.h"

/* A term is common that stands in so many bulletins, and in this share of them: then there are no more than a
 * few thousand such terms, however many bulletins there are. */
enum { LEAST_BULLETINS = 4096, SHARE = 32 };
/* All is found anew when the archive has grown or shrunk by this share of itself. */
enum { CHANGED = 16 };

/* What is kept of a term. */
typedef struct best_row {
    bl_buffer key, best, newest;
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
}

static void free_rows(best_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free_row(&rows->list[i]);
    free(rows->list);
}

/* ---- the commonest terms ---- */

/* Most lists end on the page where they begin: these are short. */
static bool is_long(const bl_posting *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (!p->lists[i]->next_term)
            return true;
    return false;
}

static int64_t count_documents(bl_error *e, bl_posting *p)
{
    enum { RUN = 128 };
    bl_sighting run[RUN];
    int64_t count = 0;
    for (bl_posting_seek(e, p, 0); p->doc != BL_LIST_END && !bl_failed(e); bl_posting_seek(e, p, p->doc + 1))
        count += (int64_t)bl_posting_run(e, p, BL_LIST_END - 1, run, RUN);
    return count;
}

/* Each ends with NUL. */
static void list_terms(bl_error *e, bl_database *db, int64_t least, bl_buffer *out)
{
    bl_index index;
    bl_vocabulary words;
    if (!bl_index_open(e, db, &index)) {
        bl_index_close(&index);
        return;
    }
    bl_vocabulary_open(e, &index, "", 0, &words);
    for (size_t i = 0; !bl_failed(e) && bl_vocabulary_next(e, &words); i++) {
        bl_posting *p = &words.posting;
        if (i % 4096 == 0)
            bl_database_poll(e, db);
        if (!is_long(p) || count_documents(e, p) < least)
            continue;
        bl_buffer_append(out, p->lists[0]->term + 1, p->lists[0]->term_size - 1); /* without FTS5's mark */
        bl_buffer_putc(out, '\0');
    }
    bl_vocabulary_close(&words);
    bl_index_close(&index);
    if (out->failed)
        bl_fail_nomem(e);
}

/* ---- what they find ---- */

/* Whether the first form is the term. */
static bool begins_with(const bl_buffer *key, const char *term)
{
    const size_t size = strlen(term);
    return key->size > size + 1 && memcmp(key->data + 1, term, size) == 0 &&
           key->data[size + 1] == BL_FTS_TOKEN_END;
}

/* False when a search for the term is not one for this token and its forms alone. */
static bool find(bl_error *e, bl_database *db, const char *term, const bulletin_search_options *options,
                 best_row *row, bl_buffer *hits)
{
    bl_result result;
    bl_search_anew(e, db, term, strlen(term), options, &result);
    if (bl_failed(e))
        return false;
    bl_buffer_cut(&row->key, 0);
    bool known = bl_best_key(&result.plan, &row->key) && begins_with(&row->key, term);
    for (size_t i = 0; known && i < result.top.count; i++)
        bl_best_print(&result.top.list[i], hits);
    row->bulletins = result.totals[BULLETIN_TOTAL_BULLETINS];
    row->stories = result.totals[BULLETIN_TOTAL_STORIES];
    bl_result_free(&result);
    if (row->key.failed || hits->failed)
        bl_fail_nomem(e);
    return known;
}

static bool is_known(const best_rows *rows, const bl_buffer *key)
{
    const bl_buffer *last = rows->count > 0 ? &rows->list[rows->count - 1].key : NULL;
    return last && last->size == key->size && memcmp(last->data, key->data, key->size) == 0;
}

/* A term may be asked for as it stands, and as a word in its forms. */
static void add_row(bl_error *e, bl_database *db, const char *term, unsigned way, best_rows *rows)
{
    best_row row = { 0 };
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = way;
    options.limit = BL_BEST_KEPT;
    bool is_new = find(e, db, term, &options, &row, &row.best) && !is_known(rows, &row.key);
    options.sort = BULLETIN_NEWEST;
    options.limit = BL_BEST_NEWEST;
    is_new = is_new && find(e, db, term, &options, &row, &row.newest);
    if (is_new && bl_grow(&rows->list, &rows->capacity, rows->count + 1, sizeof row)) {
        rows->list[rows->count++] = row;
        return;
    }
    if (is_new)
        bl_fail_nomem(e);
    free_row(&row);
}

static void make_rows(bl_error *e, bl_database *db, best_rows *rows)
{
    bl_totals totals;
    bl_buffer terms = { 0 };
    bl_database_totals(e, db, &totals);
    rows->revision = totals.revision;
    rows->archive = totals.bulletins;
    int64_t least = totals.bulletins / SHARE;
    list_terms(e, db, least > LEAST_BULLETINS ? least : LEAST_BULLETINS, &terms);
    for (size_t at = 0; at < terms.size && !bl_failed(e); at += strlen(terms.data + at) + 1) {
        add_row(e, db, terms.data + at, BULLETIN_LITERAL, rows);
        if ((unsigned char)terms.data[at] < 0x80)
            add_row(e, db, terms.data + at, BULLETIN_NO_EXPAND, rows);
    }
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

static bool same_row(bl_error *e, sqlite3_stmt *s, int64_t revision, const best_row *row)
{
    bl_sql_text(e, s, 1, row->key.data);
    bl_sql_int(e, s, 2, revision);
    if (!bl_sql_row(e, s))
        return false;
    bool same =
        sqlite3_column_int64(s, 0) == row->bulletins && sqlite3_column_int64(s, 1) == row->stories &&
        (size_t)sqlite3_column_bytes(s, 2) == row->best.size &&
        (size_t)sqlite3_column_bytes(s, 3) == row->newest.size &&
        (row->best.size == 0 || memcmp(sqlite3_column_blob(s, 2), row->best.data, row->best.size) == 0) &&
        (row->newest.size == 0 || memcmp(sqlite3_column_blob(s, 3), row->newest.data, row->newest.size) == 0);
    sqlite3_reset(s);
    return same;
}

static int64_t count_wrong(bl_error *e, bl_database *db)
{
    best_rows rows = { 0 };
    int64_t kept = bl_sql_get_int(e, db->sql,
                                  "SELECT count(*) FROM best WHERE term <> '' AND revision ="
                                  " (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'revision')");
    if (kept == 0 || bl_database_stale(e, db))
        return 0;
    make_rows(e, db, &rows);
    int64_t wrong = kept > (int64_t)rows.count ? kept - (int64_t)rows.count : 0;
    for (size_t i = 0; i < rows.count && !bl_failed(e); i++)
        wrong += !same_row(e, bl_statement_get(e, db, BL_SQL_BEST), rows.revision, &rows.list[i]);
    free_rows(&rows);
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
