/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Stored text to a new index, built beside the old one in transactions of bounded size and put in its place
 * in one. How far it has come stands in the archive, so that the next run goes on where one was stopped. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pool.h"
#include "maintain.h"
#include "mention.h"
#include "mention_block.h"
#include "merge.h"
#include "repost.h"
#include "sql.h"
#include "statement.h"
#include "writer.h"

/* Text of one transaction, about a second of work, and of the queue to the threads that cut it. */
enum { BATCH_BYTES = 16 << 20, LEAST_BATCH_BYTES = 256 << 10, QUEUE_BYTES = 4 << 20, QUEUE_ROWS = 256 };
enum { MOST_THREADS = 8 };
enum { PROGRESS_EVERY = 256 };
/* A writer that does not know of the index being built makes it worthless. */
enum { MOST_STARTS = 3 };

/* One bulletin on its way to the index. */
typedef struct row {
    int64_t doc;
    char *text[BL_FTS_COLUMNS];
    bl_prepared columns[BL_FTS_COLUMNS];
    size_t size;
    bl_error error;
} row;

typedef struct cutting {
    bl_cutter *cutter;
    bl_tokens tokens;
} cutting;

typedef struct reindex {
    bl_database *db;
    bl_pool *pool;
    cutting threads[MOST_THREADS];
    void *states[MOST_THREADS];
    size_t thread_count;
    sqlite3_stmt *read;
    int64_t reached;  /* the last document in the new index */
    size_t queued;    /* bytes of text with the threads */
    uint64_t written; /* bytes of tokens since the last merge */
    int starts;
    bulletin_progress progress;
    bulletin_progress_callback callback;
    void *context;
} reindex;

/* ---- how far it is ---- */

static int64_t meta_number(bl_error *e, bl_database *db, const char *name, int64_t absent)
{
    char *text = bl_database_meta(e, db, name);
    int64_t number = text ? strtoll(text, NULL, 10) : absent;
    free(text);
    return number;
}

static void set_meta_number(bl_error *e, bl_database *db, const char *name, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, number);
    bl_database_set_meta(e, db, name, text);
}

int64_t bl_reindex_reached(bl_error *e, bl_database *db, int64_t revision)
{
    char *tokenizer = bl_database_meta(e, db, "reindex_tokenizer");
    bool good = tokenizer && strcmp(tokenizer, bl_token_identity()) == 0 &&
                meta_number(e, db, "reindex_revision", -1) == revision;
    free(tokenizer);
    return good ? meta_number(e, db, "reindex_reached", -1) : -1;
}

void bl_reindex_keep_up(bl_error *e, bl_database *db, int64_t revision)
{
    set_meta_number(e, db, "reindex_revision", revision);
}

/* Before the first document: no number is below 0. */
enum { NOTHING_REACHED = 0 };

static void start_over(bl_error *e, reindex *r)
{
    if (r->starts++ == MOST_STARTS)
        bl_fail(
            e, BULLETIN_BUSY,
            "another program, of another version, keeps writing to the archive; stop it and run it again");
    bl_sql_exec(e, r->db->sql, "DROP TABLE IF EXISTS " BL_MERGE_NEXT "; DROP TABLE IF EXISTS length_next");
    bl_database_declare(e, r->db, "bulletin_fts", BL_MERGE_NEXT);
    bl_database_declare(e, r->db, "length", "length_next");
    bl_database_set_meta(e, r->db, "reindex_tokenizer", bl_token_identity());
    set_meta_number(e, r->db, "reindex_revision", meta_number(e, r->db, "revision", 0));
    set_meta_number(e, r->db, "reindex_reached", NOTHING_REACHED);
    bl_merge_prepare(e, r->db, BL_MERGE_NEXT);
    r->progress.done = r->progress.bytes = 0;
}

/* Within a transaction: find the state, or begin anew where there is none that can be used. */
static void take_state(bl_error *e, reindex *r)
{
    r->reached = bl_reindex_reached(e, r->db, meta_number(e, r->db, "revision", 0));
    int64_t tables = bl_sql_get_int(e, r->db->sql,
                                    "SELECT count(*) FROM sqlite_schema WHERE name IN ('" BL_MERGE_NEXT
                                    "', 'length_next')");
    if (!bl_failed(e) && (r->reached < 0 || tables != 2)) {
        start_over(e, r);
        r->reached = NOTHING_REACHED;
    }
}

/* ---- rows ---- */

static void cut(void *state, void *job)
{
    cutting *own = state;
    row *one = job;
    for (int i = 0; i < BL_FTS_COLUMNS; i++)
        bl_prepare(&one->error, own->cutter, &own->tokens, one->text[i], &one->columns[i]);
}

static void insert_row(bl_error *e, reindex *r, const row *one)
{
    bl_fts *fts = &r->db->fts;
    sqlite3_stmt *index = bl_statement_get(e, r->db, BL_SQL_NEXT_INSERT);
    sqlite3_stmt *length = bl_statement_get(e, r->db, BL_SQL_NEXT_INSERT_LENGTH);
    bl_sql_int(e, index, 1, one->doc);
    bl_sql_int(e, length, 1, one->doc);
    fts->pending_count = fts->pending_next = 0;
    for (int i = 0; i < BL_FTS_COLUMNS; i++) {
        bl_sql_text(e, index, 2 + i, one->text[i]);
        if (i < BL_FTS_RANKED)
            bl_sql_int(e, length, 2 + i, one->columns[i].positions);
        if (*one->text[i]) /* FTS5 cuts no empty text */
            fts->pending[fts->pending_count++] = &one->columns[i];
        r->written += one->columns[i].token_size;
    }
    bl_sql_done(e, index);
    fts->pending_count = fts->pending_next = 0;
    bl_sql_done(e, length);
}

static void show_progress(bl_error *e, reindex *r)
{
    if (!bl_failed(e) && r->callback && !r->callback(r->context, &r->progress))
        bl_fail(e, BULLETIN_INTERRUPTED, "stopped; searches use the old index, and the next run goes on");
}

static void free_row(row *one)
{
    for (int i = 0; i < BL_FTS_COLUMNS; i++) {
        free(one->text[i]);
        free(one->columns[i].bytes);
    }
    free(one);
}

/* False when none is left. */
static bool finish_oldest(bl_error *e, reindex *r)
{
    row *one = bl_pool_take(r->pool);
    if (!one)
        return false;
    r->queued -= one->size;
    if (bl_failed(&one->error))
        bl_fail(e, one->error.status, "%s", one->error.message);
    if (!bl_failed(e))
        insert_row(e, r, one);
    r->reached = one->doc;
    r->progress.bytes += one->size;
    if (++r->progress.done % PROGRESS_EVERY == 0)
        show_progress(e, r);
    bl_database_poll(e, r->db);
    free_row(one);
    return true;
}

/* Give the row that was read to the threads; returns its size. */
static size_t give_row(bl_error *e, reindex *r)
{
    row *one = calloc(1, sizeof *one);
    if (!one) {
        bl_fail_nomem(e);
        return 0;
    }
    one->doc = sqlite3_column_int64(r->read, 0);
    for (int i = 0; i < BL_FTS_COLUMNS; i++) {
        one->text[i] = bl_sql_copy(e, r->read, 1 + i);
        if (!one->text[i] && !bl_failed(e) && !(one->text[i] = strdup("")))
            bl_fail_nomem(e);
        one->size += one->text[i] ? strlen(one->text[i]) : 0;
    }
    if (bl_failed(e)) {
        free_row(one);
        return 0;
    }
    while (bl_pool_full(r->pool) || r->queued > QUEUE_BYTES)
        finish_oldest(e, r);
    r->queued += one->size;
    size_t size = one->size;
    bl_pool_give(r->pool, one);
    return size;
}

/* ---- transactions ---- */

static size_t batch_bytes(const bl_database *db)
{
    size_t wanted = db->memory / 4;
    return wanted > BATCH_BYTES ? BATCH_BYTES : wanted < LEAST_BATCH_BYTES ? LEAST_BATCH_BYTES : wanted;
}

/* Index the next rows; false when there are none. */
static bool write_batch(bl_error *e, reindex *r)
{
    size_t bytes = 0;
    bl_database_begin(e, r->db);
    take_state(e, r);
    int64_t before = r->reached;
    bl_sql_int(e, r->read, 1, r->reached);
    while (bytes < batch_bytes(r->db) && bl_sql_row(e, r->read))
        bytes += give_row(e, r);
    sqlite3_reset(r->read);
    while (finish_oldest(e, r)) {
    }
    set_meta_number(e, r->db, "reindex_reached", r->reached);
    bl_database_end(e, r->db);
    return !bl_failed(e) && r->reached > before;
}

/* An index too broken to be opened cannot be dropped as one: its declaration is taken away, and what is left
 * are tables. */
static void drop_broken(bl_error *e, sqlite3 *sql)
{
    sqlite3_db_config(sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    bl_sql_exec(e, sql,
                "PRAGMA writable_schema = ON;"
                "DELETE FROM sqlite_schema WHERE name = '" BL_MERGE_INDEX "';"
                "PRAGMA writable_schema = RESET;"
                "DROP TABLE IF EXISTS " BL_MERGE_INDEX "_data; DROP TABLE IF EXISTS " BL_MERGE_INDEX "_idx;"
                "DROP TABLE IF EXISTS " BL_MERGE_INDEX "_config");
    sqlite3_db_config(sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

static void drop_index(bl_error *e, bl_database *db)
{
    if (bl_failed(e))
        return;
    int code = sqlite3_exec(db->sql, "DROP TABLE IF EXISTS " BL_MERGE_INDEX, NULL, NULL, NULL);
    /* Some failures end the transaction, and nothing may be written outside of it. */
    bool broken = (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_ERROR;
    if (broken && !sqlite3_get_autocommit(db->sql))
        drop_broken(e, db->sql);
    else if (code != SQLITE_OK)
        bl_sql_fail(e, db->sql, code);
}

static void put_in_place(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    totals.bulletins = bl_sql_get_int(e, db->sql, "SELECT count(*) FROM length_next");
    totals.title_positions = bl_sql_get_int(e, db->sql, "SELECT coalesce(sum(title), 0) FROM length_next");
    totals.body_positions = bl_sql_get_int(e, db->sql, "SELECT coalesce(sum(body), 0) FROM length_next");
    totals.revision++;
    drop_index(e, db);
    bl_sql_exec(
        e, db->sql,
        "ALTER TABLE " BL_MERGE_NEXT " RENAME TO " BL_MERGE_INDEX ";"
        "DROP TABLE IF EXISTS length;"
        "ALTER TABLE length_next RENAME TO length;"
        "DELETE FROM best; DELETE FROM best_changed;"
        "DELETE FROM meta WHERE name IN ('reindex_tokenizer', 'reindex_revision', 'reindex_reached')");
    bl_database_set_totals(e, db, &totals);
    bl_reposts_rebuild(e, db); /* copies are told by their tokens */
    bl_database_set_meta(e, db, "tokenizer", bl_token_identity());
    bl_database_set_meta(e, db, "icu", bl_token_icu());
    bl_writer_leave(e, db);
}

/* False when the archive has been written since the last batch, so that there is more to do. */
static bool swap(bl_error *e, reindex *r)
{
    bl_database_begin(e, r->db);
    take_state(e, r);
    bl_sql_int(e, r->read, 1, r->reached);
    bool more = bl_sql_row(e, r->read);
    sqlite3_reset(r->read);
    if (!more)
        put_in_place(e, r->db);
    bl_database_end(e, r->db);
    return !more && !bl_failed(e);
}

/* ---- the whole ---- */

static void open_threads(bl_error *e, reindex *r)
{
    r->thread_count = bl_pool_threads(0, MOST_THREADS);
    for (size_t i = 0; i < r->thread_count; i++) {
        r->threads[i].cutter = bl_cutter_open(e);
        r->states[i] = &r->threads[i];
    }
    r->pool = bl_pool_open(e, r->thread_count, QUEUE_ROWS, cut, r->states);
}

static void close_all(reindex *r)
{
    bl_pool_close(r->pool);
    sqlite3_finalize(r->read);
    for (size_t i = 0; i < r->thread_count; i++) {
        bl_cutter_close(r->threads[i].cutter);
        bl_tokens_free(&r->threads[i].tokens);
    }
}

static void prepare(bl_error *e, reindex *r)
{
    bl_database_begin(e, r->db);
    take_state(e, r);
    if (r->reached > NOTHING_REACHED) {
        bl_merge_prepare(e, r->db, BL_MERGE_NEXT);
        r->progress.done = (uint64_t)bl_sql_get_int(e, r->db->sql, "SELECT count(*) FROM length_next");
    }
    bl_database_end(e, r->db);
}

/* Only a failed run leaves its name; a run that cannot write leaves it for good, which harms nobody. */
static void leave(bl_database *db)
{
    bl_error own = BL_ERROR_INIT;
    bl_database_begin(&own, db);
    bl_writer_leave(&own, db);
    bl_database_end(&own, db);
}

void bl_reindex(bl_error *e, bl_database *db, bulletin_progress_callback progress, void *context)
{
    reindex r = { .db = db, .callback = progress, .context = context, .progress = { .path = "" } };
    bl_database_start_bulk(db);
    open_threads(e, &r);
    r.read = bl_sql_prepare(e, db->sql,
                            "SELECT doc, title, body, furniture FROM bulletin WHERE doc > ?1 ORDER BY doc");
    prepare(e, &r);
    bool done = false;
    while (!done && !bl_failed(e)) {
        while (write_batch(e, &r)) {
        }
        bl_merge_finish(e, db, BL_MERGE_NEXT, r.written);
        r.written = 0;
        done = swap(e, &r);
    }
    if (done && db->authority && !bl_mention_current(e, db))
        bl_mention_renew_all(e, db);
    if (done)
        bl_mention_finish(e, db);
    if (done && progress)
        progress(context, &r.progress);
    close_all(&r);
    if (bl_failed(e))
        leave(db);
    bl_database_end_bulk(db);
    db->data_version = -1; /* the tokenizer is another */
}
