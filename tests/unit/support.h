/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

/* What tests of an archive share: a folder of their own, records, and searches by key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bulletin.h"

typedef struct test_archive {
    char folder[64];
    char path[96];
    bulletin *archive;
} test_archive;

static inline void reopen(test_archive *t, const bulletin_options *options)
{
    bulletin_close(t->archive);
    assert_int_equal(bulletin_open(t->path, options, &t->archive), BULLETIN_OK);
}

static inline int set_up(void **state)
{
    test_archive *t = calloc(1, sizeof *t);
    strcpy(t->folder, "/tmp/bulletin-test-XXXXXX");
    if (!mkdtemp(t->folder))
        return -1;
    snprintf(t->path, sizeof t->path, "%s/archive.db", t->folder);
    *state = t;
    return bulletin_open(t->path, NULL, &t->archive);
}

static inline int tear_down(void **state)
{
    test_archive *t = *state;
    bulletin_close(t->archive);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", t->folder);
    int code = system(command);
    free(t);
    return code;
}

/* What another program does to an archive. */
static inline void execute(const test_archive *t, const char *text)
{
    sqlite3 *sql;
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
}

/* One number that another program reads; -1 when there is no row. */
static inline int64_t read_number(const test_archive *t, const char *text)
{
    sqlite3 *sql;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sql, text, -1, &s, NULL), SQLITE_OK);
    int64_t number = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    sqlite3_close(sql);
    return number;
}

static inline int64_t add(test_archive *t, const char *json)
{
    int64_t id = 0;
    bulletin_status status = bulletin_add(t->archive, json, strlen(json), &id);
    if (status < 0)
        fail_msg("%s: %s", json, bulletin_message(t->archive));
    return id;
}

/* The keys a search finds, in order, joined by blanks; in `out` of 1,000 bytes. */
static inline const char *found(test_archive *t, const char *query, const bulletin_search_options *options,
                                char out[1000])
{
    bulletin_hits *hits;
    out[0] = '\0';
    bulletin_status status = bulletin_search(t->archive, query, strlen(query), options, &hits);
    if (status != BULLETIN_OK)
        fail_msg("%s: %s", query, bulletin_message(t->archive));
    while ((status = bulletin_hits_next(hits)) == BULLETIN_OK)
        snprintf(out + strlen(out), 1000 - strlen(out), "%s%s", *out ? " " : "",
                 bulletin_hits_text(hits, BULLETIN_KEY));
    assert_int_equal(status, BULLETIN_END);
    bulletin_hits_close(hits);
    return out;
}

static inline void assert_finds(test_archive *t, const char *query, const char *keys)
{
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.limit = 0;
    options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL;
    if (strcmp(found(t, query, &options, out), keys) != 0)
        fail_msg("%s finds [%s], not [%s]", query, out, keys);
}

static inline void assert_checks(test_archive *t)
{
    if (bulletin_check(t->archive, NULL, NULL) != BULLETIN_OK)
        fail_msg("check: %s", bulletin_message(t->archive));
}

#endif
