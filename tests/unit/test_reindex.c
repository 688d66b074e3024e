/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Reindexing: what was stopped is gone on with, who writes meanwhile loses nothing, searches go on. */
#include "support.h"

#include <sqlite3.h>

enum { BULLETINS = 1500 };

/* A little memory makes transactions of 256 KiB of text: this text takes several. */
static const bulletin_options small = {
    sizeof(bulletin_options), false, false, 1000, 0, 1 << 20, NULL, NULL, NULL, false
};

static void fill(test_archive *t)
{
    char path[128];
    snprintf(path, sizeof path, "%s/records.jsonl", t->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < BULLETINS; i++) {
        fprintf(file, "{\"key\":\"k%d\",\"published\":\"20%02d-0%d-11\",\"body\":\"第%d号", i, i % 24,
                i % 9 + 1, i);
        for (int j = 0; j < 60; j++)
            fprintf(file, "缆都船坞第%d班工友", (i * 7 + j) % 1000);
        fprintf(file, "\"}\n");
    }
    fclose(file);
    const char *paths[] = { path };
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, NULL), BULLETIN_OK);
    reopen(t, &small);
}

typedef struct stopper {
    uint64_t first, last, stop; /* bulletins done at the first and last call; where to stop, 0 = nowhere */
} stopper;

static bool stop(void *context, const bulletin_progress *now)
{
    stopper *s = context;
    if (!s->first)
        s->first = now->done;
    s->last = now->done;
    return !s->stop || now->done < s->stop;
}

static void assert_all_there(test_archive *t)
{
    assert_checks(t);
    assert_finds(t, "\"第7号\"", "k7");
    assert_int_equal(read_number(t, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%next%'"), 0);
    assert_int_equal(
        read_number(t, "SELECT count(*) FROM meta WHERE name LIKE 'reindex%' OR name = 'writer'"), 0);
}

static void a_stopped_run_is_gone_on_with(void **state)
{
    test_archive *t = *state;
    stopper first = { .stop = 1200 }, second = { 0 };
    fill(t);
    assert_int_equal(bulletin_reindex(t->archive, stop, &first), BULLETIN_INTERRUPTED);
    assert_checks(t);
    assert_finds(t, "\"第7号\"", "k7");
    int64_t kept = read_number(t, "SELECT count(*) FROM length_next");
    assert_true(kept > 0);
    assert_int_equal(bulletin_reindex(t->archive, stop, &second), BULLETIN_OK);
    assert_true(second.first > (uint64_t)kept);
    assert_int_equal(second.last, BULLETINS);
    assert_all_there(t);
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_all_there(t);
}

static void what_is_written_between_two_runs_is_in_the_new_index(void **state)
{
    test_archive *t = *state;
    stopper first = { .stop = 1200 }, second = { 0 };
    fill(t);
    assert_int_equal(bulletin_reindex(t->archive, stop, &first), BULLETIN_INTERRUPTED);
    int64_t kept = read_number(t, "SELECT count(*) FROM length_next");
    /* Behind and before the place that was reached. */
    add(t, "{\"key\":\"early\",\"published\":\"1999\",\"body\":\"早来的纸\"}");
    add(t, "{\"key\":\"late\",\"body\":\"晚来的纸\"}");
    add(t, "{\"key\":\"k0\",\"published\":\"2000-01-11\",\"body\":\"第0号缆都船坞第0班工友换了字\"}");
    add(t, "{\"key\":\"k24\",\"published\":\"2025-12-01\",\"body\":\"第24号缆都船坞第24班工友换了日子\"}");
    assert_int_equal(bulletin_remove(t->archive, read_number(t, "SELECT id FROM bulletin WHERE key = 'k48'")),
                     0);
    assert_int_equal(bulletin_reindex(t->archive, stop, &second), BULLETIN_OK);
    assert_true(second.first > (uint64_t)kept);
    assert_all_there(t);
    assert_finds(t, "来的纸", "early late");
    assert_finds(t, "换了", "k0 k24");
    assert_finds(t, "\"第48号\"", "");
}

static void a_writer_who_knows_nothing_of_it_costs_a_new_start(void **state)
{
    test_archive *t = *state;
    stopper first = { .stop = 1200 }, second = { 0 };
    sqlite3 *sql;
    fill(t);
    assert_int_equal(bulletin_reindex(t->archive, stop, &first), BULLETIN_INTERRUPTED);
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql,
                                  "UPDATE meta SET value = value + 1 WHERE name = 'revision';"
                                  "UPDATE bulletin SET doc = doc + 16000 WHERE key = 'k0'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(sql);
    assert_int_equal(bulletin_reindex(t->archive, stop, &second), BULLETIN_OK);
    assert_true(second.first <= 256);
    assert_all_there(t);
}

static void a_stale_index_is_not_searched_before_the_new_one_is_whole(void **state)
{
    test_archive *t = *state;
    stopper first = { .stop = 1200 };
    bulletin_hits *hits;
    sqlite3 *sql;
    bulletin *other;
    fill(t);
    assert_int_equal(bulletin_open(t->path, NULL, &other), BULLETIN_OK);
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(sql, "UPDATE meta SET value = 'old' WHERE name = 'tokenizer'", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(sql);
    assert_int_equal(bulletin_reindex(t->archive, stop, &first), BULLETIN_INTERRUPTED);
    /* Also a handle that was open before sees both changes. */
    assert_int_equal(bulletin_search(other, "船坞", strlen("船坞"), NULL, &hits), BULLETIN_STALE);
    assert_non_null(strstr(bulletin_message(other), "bulletin reindex"));
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_int_equal(bulletin_search(other, "船坞", strlen("船坞"), NULL, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_OK);
    bulletin_close(other);
    assert_all_there(t);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_stopped_run_is_gone_on_with),
        TEST(what_is_written_between_two_runs_is_in_the_new_index),
        TEST(a_writer_who_knows_nothing_of_it_costs_a_new_start),
        TEST(a_stale_index_is_not_searched_before_the_new_one_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
