/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Measures searches in one process, of the library and of SQLite's own full-text search, and of the program:
 *     bench_search library ARCHIVE QUERIES RUNS
 *     bench_search index TOKENIZER ARCHIVE INDEX     (unicode61, trigram, or bulletin for the library's)
 *     bench_search fts INDEX ARCHIVE QUERIES RUNS    (ORDER BY rank over such an index)
 *     bench_search start PROGRAM ARCHIVE QUERIES RUNS
 *     bench_search run COMMAND...                    (its seconds, and its memory in KiB)
 * A line of QUERIES: class, query, the same for FTS5, from, until, organization, sort; parted by tabs, "-"
 * for none, at most a thousand. A line of the answer: class, query, hits (-1 = not counted), median, 99th
 * percentile and first run, in milliseconds. scripts/bench makes the queries and a table of the answers. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bulletin.h"
#include "index/fts.h"

#include <sqlite3.h>

extern char **environ;

enum { COLUMNS = 7, LINE = 4096, MOST_RUNS = 1000, MOST_QUESTIONS = 1000, SHOWN = 10 };

typedef struct question {
    char line[LINE];
    const char *class, *text, *fts, *from, *until, *organization, *sort;
} question;

/* One way to answer; `answer` gives the number of hits, -1 when it does not count them, -2 on failure. */
typedef struct engine {
    bulletin *archive;
    sqlite3 *sql;
    const char *program, *path;
    long long (*answer)(const struct engine *with, const question *q);
} engine;

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool read_question(FILE *file, question *q)
{
    const char **fields[COLUMNS] = { &q->class, &q->text,         &q->fts, &q->from,
                                     &q->until, &q->organization, &q->sort };
    if (!fgets(q->line, sizeof q->line, file))
        return false;
    char *rest = q->line;
    rest[strcspn(rest, "\n")] = '\0';
    for (size_t i = 0; i < COLUMNS; i++) {
        char *field = rest;
        rest += strcspn(rest, "\t");
        if (*rest)
            *rest++ = '\0';
        *fields[i] = strcmp(field, "-") == 0 ? NULL : field;
    }
    return true;
}

/* ---- the library ---- */

/* What a first page needs: title, date and snippet of ten hits, and how many there are. */
static long long ask_library(const engine *with, const question *q)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    options.from = q->from;
    options.until = q->until;
    options.organizations = &q->organization;
    options.organization_count = q->organization != NULL;
    options.sort = q->sort && strcmp(q->sort, "newest") == 0 ? BULLETIN_NEWEST : BULLETIN_RELEVANCE;
    const char *text = q->text ? q->text : "";
    if (bulletin_search(with->archive, text, strlen(text), &options, &hits) != BULLETIN_OK) {
        fprintf(stderr, "bench_search: %s: %s\n", text, bulletin_message(with->archive));
        return -2;
    }
    while (bulletin_hits_next(hits) == BULLETIN_OK) {
        bulletin_hits_text(hits, BULLETIN_TITLE);
        bulletin_hits_text(hits, BULLETIN_PUBLISHED);
        bulletin_hits_text(hits, BULLETIN_SNIPPET);
    }
    long long found = bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS);
    bulletin_hits_close(hits);
    return found;
}

/* ---- SQLite's own ---- */

static bool run_sql(sqlite3 *sql, const char *text)
{
    char *message = NULL;
    if (sqlite3_exec(sql, text, NULL, NULL, &message) == SQLITE_OK)
        return true;
    fprintf(stderr, "bench_search: %s: %s\n", text, message);
    sqlite3_free(message);
    return false;
}

/* Open an index beside the archive that it is of, with the library's tokenizer. */
static sqlite3 *open_index(const char *path, const char *archive, bl_fts *fts)
{
    bl_error e = BL_ERROR_INIT;
    sqlite3 *sql = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
    bool good = sqlite3_open_v2(path, &sql, flags, NULL) == SQLITE_OK;
    if (good)
        bl_fts_register(&e, sql, fts);
    char *attach = sqlite3_mprintf("ATTACH 'file:%q?mode=ro' AS archive", archive);
    good = good && !bl_failed(&e) && run_sql(sql, attach) && run_sql(sql, "PRAGMA cache_size = -65536");
    sqlite3_free(attach);
    if (good)
        return sql;
    sqlite3_close(sql);
    return NULL;
}

/* Titles and texts of the ten best or newest, without snippets and without counting. */
static long long ask_fts(const engine *with, const question *q)
{
    char *text = sqlite3_mprintf(
        "SELECT title, substr(body, 1, 200) FROM (SELECT rowid AS hit FROM indexed WHERE indexed MATCH ?1%s"
        " ORDER BY %s LIMIT %d) JOIN archive.bulletin ON doc = hit",
        q->from
            ? " AND +rowid IN (SELECT doc FROM archive.bulletin WHERE published >= ?2 AND published <= ?3)"
            : "",
        q->sort ? "rowid DESC" : "rank", SHOWN);
    sqlite3_stmt *s = NULL;
    long long result = -2;
    if (q->fts && !q->organization && sqlite3_prepare_v2(with->sql, text, -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_text(s, 1, q->fts, -1, SQLITE_STATIC);
        if (q->from) {
            sqlite3_bind_text(s, 2, q->from, -1, SQLITE_STATIC);
            sqlite3_bind_text(s, 3, q->until, -1, SQLITE_STATIC);
        }
        int code;
        size_t bytes = 0;
        while ((code = sqlite3_step(s)) == SQLITE_ROW)
            bytes += (size_t)sqlite3_column_bytes(s, 0) + (size_t)sqlite3_column_bytes(s, 1);
        result = code != SQLITE_DONE ? -2 : bytes > 0 ? -1 : 0;
    }
    sqlite3_finalize(s);
    sqlite3_free(text);
    return result;
}

static int make_index(const char *tokenizer, const char *archive, const char *path)
{
    bl_fts fts = { 0 };
    double start = milliseconds();
    sqlite3 *sql = open_index(path, archive, &fts);
    char *declare = sqlite3_mprintf(
        "CREATE VIRTUAL TABLE indexed USING fts5(title, body, content='', tokenize='%q')", tokenizer);
    bool good = sql && run_sql(sql, "PRAGMA main.journal_mode = off; PRAGMA main.synchronous = off") &&
                run_sql(sql, declare) &&
                run_sql(sql, "INSERT INTO indexed(indexed, rank) VALUES ('hashsize', 33554432)") &&
                run_sql(sql, "BEGIN; INSERT INTO indexed(rowid, title, body)"
                             " SELECT doc, title, body FROM archive.bulletin ORDER BY doc; COMMIT");
    sqlite3_free(declare);
    sqlite3_close(sql);
    bl_fts_free(&fts);
    if (good)
        printf("%.3f\n", (milliseconds() - start) / 1e3);
    return good ? 0 : 1;
}

/* ---- the program ---- */

/* From its start to its last byte, as whoever reads its output sees it. */
static long long ask_program(const engine *with, const question *q)
{
    const char *words[16] = { with->program, "--db", with->path, "search", "--format", "json" };
    size_t count = 6;
    int ends[2];
    char buffer[65536];
    pid_t process;
    if (q->from) {
        words[count++] = "--from";
        words[count++] = q->from;
        words[count++] = "--until";
        words[count++] = q->until;
    }
    if (q->organization) {
        words[count++] = "--org";
        words[count++] = q->organization;
    }
    if (q->sort) {
        words[count++] = "--sort";
        words[count++] = q->sort;
    }
    words[count++] = "--";
    words[count++] = q->text ? q->text : "";
    if (pipe(ends) != 0)
        return -2;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    char *const *arguments = (char *const *)(uintptr_t)words;
    int code = posix_spawn(&process, with->program, &actions, NULL, arguments, environ);
    close(ends[1]);
    while (code == 0 && read(ends[0], buffer, sizeof buffer) > 0)
        continue;
    close(ends[0]);
    posix_spawn_file_actions_destroy(&actions);
    if (code == 0)
        waitpid(process, NULL, 0);
    return code == 0 ? -1 : -2;
}

/* ---- measuring ---- */

/* A question and how long its answers took. */
typedef struct measured {
    question q;
    long long found;
    double first, times[MOST_RUNS];
    int count;
} measured;

static double ask(const engine *with, measured *m)
{
    double start = milliseconds();
    m->found = with->answer(with, &m->q);
    return milliseconds() - start;
}

/* What takes seconds is not asked again, and what is slow less often. */
static bool is_asked_again(const measured *m)
{
    enum { ENOUGH = 2000, LEAST = 3 };
    return m->found != -2 && m->first <= ENOUGH && (m->count < LEAST || m->first * m->count <= ENOUGH);
}

static void print_measured(measured *m)
{
    if (m->found == -2)
        return;
    if (m->count == 0)
        m->times[m->count++] = m->first;
    qsort(m->times, (size_t)m->count, sizeof *m->times, ascending);
    const char *text = m->q.text ? m->q.text : "";
    printf("%s\t%s\t%lld\t%.4f\t%.4f\t%.4f\n", m->q.class, text, m->found, m->times[m->count / 2],
           m->times[(m->count * 99 + 99) / 100 - 1], m->first);
}

/* Questions of the same words are asked by turns: a machine's moods are theirs alike. */
static void measure(const engine *with, measured *list, size_t count, int runs)
{
    for (size_t i = 0; i < count; i++) {
        list[i].count = 0;
        list[i].first = ask(with, &list[i]);
    }
    for (int run = 0; run < runs; run++)
        for (size_t i = 0; i < count; i++)
            if (is_asked_again(&list[i]))
                list[i].times[list[i].count++] = ask(with, &list[i]);
    for (size_t i = 0; i < count; i++)
        print_measured(&list[i]);
}

/* Most KiB held at once. What getrusage() says of a process includes the one that it was started from. */
static long own_memory(void)
{
    char line[256];
    long most = -1;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "VmHWM: %ld", &most) != 1)
        continue;
    if (file)
        fclose(file);
    return most;
}

static long memory_of_children(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_maxrss;
}

static bool same_words(const question *a, const question *b)
{
    return a->text && b->text && strcmp(a->text, b->text) == 0;
}

static int measure_all(const engine *with, const char *path, int runs)
{
    static measured list[MOST_QUESTIONS];
    size_t count = 0;
    FILE *file = fopen(path, "r");
    if (!file || runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "bench_search: %s cannot be read, or runs are not 1 to %d\n", path, MOST_RUNS);
        return 2;
    }
    while (count < MOST_QUESTIONS && read_question(file, &list[count].q))
        count++;
    fclose(file);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && same_words(&list[first].q, &list[end].q);)
            end++;
        measure(with, list + first, end - first, runs);
    }
    printf("memory\t-\t%ld\t0\t0\t0\n", with->program ? memory_of_children() : own_memory());
    return 0;
}

static int run_command(char **words)
{
    pid_t process;
    int status = 0;
    double start = milliseconds();
    if (posix_spawnp(&process, words[0], NULL, NULL, words, environ) != 0)
        return 1;
    waitpid(process, &status, 0);
    printf("%.3f %ld\n", (milliseconds() - start) / 1e3, memory_of_children());
    return status == 0 ? 0 : 1;
}

static int run_library(const char *path, const char *queries, int runs)
{
    engine with = { .answer = ask_library };
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.read_only = options.no_create = true;
    bulletin_status status = bulletin_open(path, &options, &with.archive);
    if (status != BULLETIN_OK)
        fprintf(stderr, "bench_search: %s\n", bulletin_message(with.archive));
    int code = status == BULLETIN_OK ? measure_all(&with, queries, runs) : 1;
    bulletin_close(with.archive);
    return code;
}

static int run_fts(const char *index, const char *archive, const char *queries, int runs)
{
    bl_fts fts = { 0 };
    engine with = { .answer = ask_fts, .sql = open_index(index, archive, &fts) };
    int code = with.sql ? measure_all(&with, queries, runs) : 1;
    sqlite3_close(with.sql);
    bl_fts_free(&fts);
    return code;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (strcmp(mode, "library") == 0 && argc == 5)
        return run_library(argv[2], argv[3], atoi(argv[4]));
    if (strcmp(mode, "index") == 0 && argc == 5)
        return make_index(argv[2], argv[3], argv[4]);
    if (strcmp(mode, "fts") == 0 && argc == 6)
        return run_fts(argv[2], argv[3], argv[4], atoi(argv[5]));
    if (strcmp(mode, "start") == 0 && argc == 6) {
        const engine with = { .answer = ask_program, .program = argv[2], .path = argv[3] };
        return measure_all(&with, argv[4], atoi(argv[5]));
    }
    if (strcmp(mode, "run") == 0 && argc > 2)
        return run_command(argv + 2);
    fprintf(stderr, "usage: bench_search library ARCHIVE QUERIES RUNS | index TOKENIZER ARCHIVE INDEX |\n"
                    "       fts INDEX ARCHIVE QUERIES RUNS | start PROGRAM ARCHIVE QUERIES RUNS |\n"
                    "       run COMMAND...\n");
    return 2;
}
