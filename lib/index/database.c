/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A path to a connection whose schema, tokenizer and versions are known. */
#include "database.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "audit.h"
#include "base/buffer.h"
#include "schema.h"
#include "sql.h"
#include "statement.h"
#include "text/words.h"
#include "writer.h"

/* Text tables took a fifth less room with 32 KiB than with 4 KiB. */
#define PAGE_SIZE "32768"
enum { DEFAULT_MEMORY = 64 << 20, BESIDE_MEMORY = 8 << 20 };
/* Virtual machine steps between two looks at the deadline: about a millisecond. */
enum { STEPS_BETWEEN_POLLS = 20000 };

static int64_t now_milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void bl_database_now(char out[32])
{
    time_t seconds = time(NULL);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static bool must_stop(const bl_database *db)
{
    if (db->owner)
        return must_stop(db->owner);
    return atomic_load(&db->interrupted) || (db->deadline && now_milliseconds() > db->deadline);
}

static int poll_sql(void *context)
{
    return must_stop(context);
}

void bl_database_start(bl_database *db, int milliseconds)
{
    db->calls++;
    atomic_store(&db->interrupted, false);
    db->deadline = milliseconds > 0 ? now_milliseconds() + milliseconds : 0;
}

void bl_database_poll(bl_error *e, bl_database *db)
{
    if (must_stop(db))
        bl_fail(e, BULLETIN_INTERRUPTED, "interrupted; what was committed before stays");
}

bool bl_database_stale(bl_error *e, bl_database *db)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_DATA_VERSION);
    int64_t version = bl_sql_row(e, s) ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    if (bl_failed(e) || (db->tokenizer && version == db->data_version))
        return db->stale;
    free(db->tokenizer);
    db->tokenizer = bl_database_meta(e, db, "tokenizer");
    db->stale = !db->tokenizer || strcmp(db->tokenizer, bl_token_identity()) != 0;
    db->data_version = version;
    return db->stale;
}

void bl_database_need_index(bl_error *e, bl_database *db)
{
    if (bl_database_stale(e, db))
        bl_fail(e, BULLETIN_STALE, "the index was made by another tokenizer (%s); run: bulletin reindex",
                db->tokenizer ? db->tokenizer : "unknown");
}

/* ---- meta ---- */

char *bl_database_meta(bl_error *e, bl_database *db, const char *name)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_META);
    bl_sql_text(e, s, 1, name);
    if (!bl_sql_row(e, s))
        return NULL;
    char *value = bl_sql_copy(e, s, 0);
    sqlite3_reset(s);
    return value;
}

void bl_database_set_meta(bl_error *e, bl_database *db, const char *name, const char *value)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_SET_META);
    bl_sql_text(e, s, 1, name);
    bl_sql_text(e, s, 2, value);
    bl_sql_done(e, s);
}

static const struct {
    const char *name;
    size_t at;
} totals_fields[] = {
    { "revision", offsetof(bl_totals, revision) },
    { "next_id", offsetof(bl_totals, next_id) },
    { "bulletins", offsetof(bl_totals, bulletins) },
    { "title_positions", offsetof(bl_totals, title_positions) },
    { "body_positions", offsetof(bl_totals, body_positions) },
    { "furniture", offsetof(bl_totals, furniture) },
};
enum { TOTALS = sizeof totals_fields / sizeof *totals_fields };

static int64_t *total(bl_totals *totals, size_t i)
{
    return (int64_t *)(void *)((char *)totals + totals_fields[i].at);
}

void bl_database_totals(bl_error *e, bl_database *db, bl_totals *out)
{
    *out = (bl_totals){ 0 };
    for (size_t i = 0; i < TOTALS; i++) {
        char *value = bl_database_meta(e, db, totals_fields[i].name);
        *total(out, i) = value ? strtoll(value, NULL, 10) : 0;
        free(value);
    }
}

void bl_database_set_totals(bl_error *e, bl_database *db, const bl_totals *totals)
{
    bl_totals copy = *totals;
    for (size_t i = 0; i < TOTALS; i++) {
        char value[24];
        snprintf(value, sizeof value, "%" PRId64, *total(&copy, i));
        bl_database_set_meta(e, db, totals_fields[i].name, value);
    }
}

/* ---- transactions ---- */

void bl_database_begin_read(bl_error *e, bl_database *db)
{
    bl_sql_done(e, bl_statement_get(e, db, BL_SQL_BEGIN));
}

void bl_database_begin(bl_error *e, bl_database *db)
{
    if (!bl_failed(e) && db->read_only)
        bl_fail(e, BULLETIN_READ_ONLY, "the archive was opened for reading only");
    if (bl_failed(e))
        return;
    int code = sqlite3_exec(db->sql, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if ((code & 0xFF) == SQLITE_BUSY)
        bl_writer_busy(e, db);
    else if (code != SQLITE_OK)
        bl_sql_fail(e, db->sql, code);
}

void bl_database_end(bl_error *e, bl_database *db)
{
    bl_sql_done(e, bl_statement_get(e, db, BL_SQL_COMMIT));
    if (bl_failed(e) && !sqlite3_get_autocommit(db->sql))
        sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
}

/* Tables in no order of their coming change everywhere with every batch: what several batches changed goes
 * from the log into the archive once. The log may grow to a part of the archive. */
enum { LOG_PART = 4, LOG_LEAST = 1000 };

static void fold_log(bl_database *db)
{
    /* What somebody still reads is folded in later. */
    sqlite3_wal_checkpoint_v2(db->sql, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    db->log_pages = 0;
}

static int fold_long_log(void *context, sqlite3 *sql, const char *schema, int pages)
{
    bl_error own = BL_ERROR_INIT;
    bl_database *db = context;
    (void)schema;
    db->log_pages = pages;
    if (pages >= LOG_LEAST && pages >= bl_sql_get_int(&own, sql, "PRAGMA page_count") / LOG_PART)
        fold_log(db);
    return SQLITE_OK;
}

void bl_database_start_bulk(bl_database *db)
{
    bl_error own = BL_ERROR_INIT;
    db->bulk = true;
    db->overwrites = bl_sql_get_int(&own, db->sql, "PRAGMA secure_delete") == 1;
    if (db->overwrites)
        sqlite3_exec(db->sql, "PRAGMA secure_delete = FAST", NULL, NULL, NULL);
    sqlite3_wal_hook(db->sql, fold_long_log, db);
}

void bl_database_end_bulk(bl_database *db)
{
    bl_database_close_beside(db);
    db->bulk = false;
    if (db->overwrites)
        sqlite3_exec(db->sql, "PRAGMA secure_delete = ON", NULL, NULL, NULL);
    sqlite3_wal_autocheckpoint(db->sql, LOG_LEAST);
    if (db->log_pages >= LOG_LEAST)
        fold_log(db);
}

/* ---- making and checking ---- */

/* RFC 9562, version 4: 122 random bits. */
static void make_uuid(char out[37])
{
    unsigned char b[16];
    sqlite3_randomness(sizeof b, b);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    char *s = out;
    for (size_t i = 0; i < sizeof b; i++)
        s += sprintf(s, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", b[i]);
}

static void make_schema(bl_error *e, bl_database *db)
{
    /* The page size is fixed by the first page written, so it comes before WAL and the tables. */
    bl_sql_exec(e, db->sql, "PRAGMA page_size = " PAGE_SIZE "; PRAGMA journal_mode = WAL;");
    bl_sql_exec(e, db->sql, "BEGIN IMMEDIATE");
    /* Another process may have made it between our look and our lock. */
    if (bl_sql_get_int(e, db->sql, "PRAGMA user_version") == 0) {
        char uuid[37];
        make_uuid(uuid);
        bl_sql_exec(e, db->sql, bl_schema);
        bl_database_set_meta(e, db, "uuid", uuid);
        bl_database_set_meta(e, db, "tokenizer", bl_token_identity());
        bl_database_set_meta(e, db, "icu", bl_token_icu());
        bl_database_set_totals(e, db, &(bl_totals){ .revision = 1, .next_id = 1 });
    }
    bl_database_end(e, db);
}

void bl_database_declare(bl_error *e, bl_database *db, const char *table, const char *as)
{
    bl_buffer text = { 0 };
    const char *at = NULL, *kinds[] = { "\nCREATE TABLE ", "\nCREATE VIRTUAL TABLE " };
    for (size_t i = 0; i < 2; i++)
        for (const char *s = bl_schema; !at && (s = strstr(s, kinds[i])); s++) {
            const char *name = s + strlen(kinds[i]), *end = name + strlen(table);
            if (strncmp(name, table, strlen(table)) == 0 && (*end == '(' || *end == ' ')) {
                bl_buffer_append(&text, s, (size_t)(name - s));
                at = end;
            }
        }
    bl_buffer_printf(&text, "%s%s", as, at ? at : "");
    if (text.failed)
        bl_fail_nomem(e);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, text.data); /* what follows its end is not read */
    if (s)
        bl_sql_done(e, s);
    sqlite3_finalize(s);
    bl_buffer_free(&text);
}

static void check_versions(bl_error *e, bl_database *db, const char *path)
{
    int64_t application = bl_sql_get_int(e, db->sql, "PRAGMA application_id");
    int64_t version = bl_sql_get_int(e, db->sql, "PRAGMA user_version");
    if (bl_failed(e))
        return;
    if (application != 1112298574)
        bl_fail(e, BULLETIN_CORRUPT, "%s is a database, but not an archive of bulletins", path);
    else if (version != BL_SCHEMA_VERSION)
        bl_fail(e, BULLETIN_VERSION,
                "%s has schema version %" PRId64 ", this library knows %d; use a newer bulletin", path,
                version, BL_SCHEMA_VERSION);
    bl_database_stale(e, db);
}

/* ---- opening ---- */

static void configure(bl_error *e, bl_database *db, const bl_database_options *options)
{
    /* An archive may come from anyone: its schema may not call functions, nor its writers break its tables.
     */
    sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sql, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_extended_result_codes(db->sql, 1);
    sqlite3_busy_timeout(db->sql, options->busy_milliseconds);
    sqlite3_progress_handler(db->sql, STEPS_BETWEEN_POLLS, poll_sql, db);
    bl_sql_exec(e, db->sql, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;");
    if (db->maps)
        bl_sql_exec(e, db->sql, "PRAGMA mmap_size = 1099511627776"); /* or as much as SQLite was built to */
}

/* SQLite turns the size into a number of pages when it is told, and keeps that number when the page size
 * changes: so it is told once the archive is there. */
void bl_database_limit_cache(bl_error *e, bl_database *db, size_t bytes)
{
    char cache[64];
    snprintf(cache, sizeof cache, "PRAGMA cache_size = -%zu", bytes / 1024 + 1);
    bl_sql_exec(e, db->sql, cache);
}

static bool is_empty(const char *path)
{
    struct stat st;
    return stat(path, &st) != 0 || st.st_size == 0;
}

/* A new archive is its owner's alone: pages may be private. SQLite would follow the umask. */
static void create_private(const char *path)
{
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
}

/* A folder that cannot be written, without a log beside the archive: no writer is there nor was one killed.
 * SQLite has to be told, for it could not make the files by which readers and writers meet. */
static bool is_sealed(const char *path)
{
    char *copy = malloc(strlen(path) + sizeof "-wal");
    if (!copy)
        return false;
    struct stat st;
    strcat(strcpy(copy, path), "-wal");
    bool log = stat(copy, &st) == 0;
    char *slash = strrchr(copy, '/');
    slash[slash == copy] = '\0';
    bool sealed = !log && access(copy, W_OK) != 0 && (errno == EROFS || errno == EACCES || errno == EPERM);
    free(copy);
    return sealed;
}

/* RFC 8089, with every byte escaped that SQLite would take for more than itself. */
static void print_uri(bl_buffer *out, const char *path)
{
    bl_buffer_printf(out, "file://");
    for (const char *s = path; *s; s++)
        if (strchr("%?#", *s))
            bl_buffer_printf(out, "%%%02x", (unsigned)*s);
        else
            bl_buffer_putc(out, *s);
    bl_buffer_printf(out, "?immutable=1");
}

/* SQLite's code. */
static int open_path(bl_database *db, const char *path, int flags)
{
    bl_buffer uri = { 0 };
    char *whole = db->read_only ? realpath(path, NULL) : NULL;
    if (whole && is_sealed(whole)) {
        print_uri(&uri, whole);
        flags |= SQLITE_OPEN_URI;
    }
    int code = uri.failed
                   ? SQLITE_NOMEM
                   : sqlite3_open_v2(uri.data ? uri.data : path, &db->sql, flags | SQLITE_OPEN_NOMUTEX, NULL);
    bl_buffer_free(&uri);
    free(whole);
    return code;
}

static void fail_missing(bl_error *e, const char *path)
{
    bl_fail(e, BULLETIN_NOT_FOUND, "no archive at %s; make one with: bulletin --db %s import PATH", path,
            path);
}

/* A database without anything in it: new, or the making of an archive was cut short. */
static bool is_bare(bl_error *e, bl_database *db)
{
    return bl_sql_get_int(e, db->sql, "SELECT count(*) FROM sqlite_schema") == 0 &&
           bl_sql_get_int(e, db->sql, "PRAGMA application_id") == 0 &&
           bl_sql_get_int(e, db->sql, "PRAGMA user_version") == 0 && !bl_failed(e);
}

static void open_sql(bl_error *e, bl_database *db, const char *path, const bl_database_options *options)
{
    bool missing = is_empty(path);
    if (missing && (options->no_create || options->read_only)) {
        fail_missing(e, path);
        return;
    }
    if (missing)
        create_private(path);
    int code = open_path(
        db, path, options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (code != SQLITE_OK) {
        bl_fail(e, code == SQLITE_NOMEM ? BULLETIN_NOMEM : BULLETIN_IO, "cannot open %s: %s", path,
                db->sql ? sqlite3_errmsg(db->sql) : sqlite3_errstr(code));
        return;
    }
    configure(e, db, options);
    bl_fts_register(e, db->sql, &db->fts);
    bl_audit_register(e, db);
    if (is_bare(e, db) && (options->no_create || options->read_only))
        fail_missing(e, path);
    else if (is_bare(e, db))
        make_schema(e, db);
    bl_database_limit_cache(e, db, db->memory);
    check_versions(e, db, path);
}

bl_database *bl_database_open(bl_error *e, const char *path, const bl_database_options *options)
{
    bl_database *db = calloc(1, sizeof *db);
    if (!db) {
        bl_fail_nomem(e);
        return NULL;
    }
    db->read_only = options->read_only;
    db->maps = options->map && options->read_only && sizeof(void *) >= 8;
    db->memory = options->memory_bytes ? options->memory_bytes : DEFAULT_MEMORY;
    open_sql(e, db, path, options);
    return db;
}

bl_database *bl_database_beside(bl_database *db)
{
    bl_error own = BL_ERROR_INIT;
    const bl_database_options options = {
        .read_only = true, .no_create = true, .memory_bytes = BESIDE_MEMORY, .map = db->maps
    };
    const char *path = sqlite3_db_filename(db->sql, "main");
    if (!db->beside && path && *path) {
        db->beside = bl_database_open(&own, path, &options);
        if (bl_failed(&own))
            bl_database_close_beside(db);
    }
    if (db->beside) {
        db->beside->owner = db;
        db->beside->authority = db->authority;
        db->beside->data_folder = db->data_folder;
    }
    return db->beside;
}

void bl_database_close_beside(bl_database *db)
{
    bl_database_close(db->beside);
    db->beside = NULL;
}

void bl_database_close(bl_database *db)
{
    if (!db)
        return;
    bl_database_close_beside(db);
    for (size_t i = 0; i < BL_SQL_COUNT; i++)
        sqlite3_finalize(db->statements[i]);
    sqlite3_close_v2(db->sql);
    bl_fts_free(&db->fts);
    bl_words_close(db->words);
    if (db->close_catalogue)
        db->close_catalogue(db->catalogue);
    if (db->close_spilled)
        db->close_spilled(db->spilled);
    if (db->close_pairs)
        db->close_pairs(db->pairs);
    if (db->close_memo)
        db->close_memo(db->memo);
    if (db->close_kept)
        db->close_kept(db->kept);
    if (db->close_stories)
        db->close_stories(db->stories);
    if (db->close_named)
        db->close_named(db->named);
    if (db->close_texts)
        db->close_texts(db->texts);
    if (db->close_thesaurus)
        db->close_thesaurus(db->thesaurus);
    free(db->tokenizer);
    free(db);
}
