/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Adding, replacing, removing: ids stay, nothing is doubled, every table agrees afterwards. */
#include "support.h"

#include <sqlite3.h>

static void the_same_record_changes_nothing(void **state)
{
    test_archive *t = *state;
    const char *json =
        "{\"key\":\"a\",\"title\":\"新厂开工\",\"published\":\"2024-05-01\",\"body\":\"缆纱厂开工。\"}";
    char *before, *after;
    int64_t id = add(t, json), again = 0;
    bulletin_read_fact(t->archive, BULLETIN_FACT_REVISION, &before);
    assert_int_equal(bulletin_add(t->archive, json, strlen(json), &again), BULLETIN_END);
    bulletin_read_fact(t->archive, BULLETIN_FACT_REVISION, &after);
    assert_int_equal(id, again);
    assert_string_equal(before, after);
    bulletin_free(before);
    bulletin_free(after);
    assert_checks(t);
}

static void a_changed_record_keeps_its_id_and_loses_its_old_words(void **state)
{
    test_archive *t = *state;
    int64_t id = add(t, "{\"key\":\"a\",\"published\":\"2024-05-01\",\"body\":\"旧词在此\"}");
    add(t, "{\"key\":\"b\",\"published\":\"2023-05-01\",\"body\":\"旧词也在此\"}");
    assert_int_equal(add(t, "{\"key\":\"a\",\"published\":\"2019\",\"body\":\"新词在此\"}"), id);
    assert_finds(t, "旧词", "b");
    assert_finds(t, "新词", "a");
    assert_finds(t, "在此", "a b");
    assert_checks(t);
}

static void an_id_is_never_given_twice(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"body\":\"一\"}");
    int64_t last = add(t, "{\"key\":\"b\",\"body\":\"二\"}");
    assert_int_equal(bulletin_remove(t->archive, last), BULLETIN_OK);
    assert_int_equal(bulletin_remove(t->archive, last), BULLETIN_NOT_FOUND);
    reopen(t, NULL);
    assert_int_equal(add(t, "{\"key\":\"b\",\"body\":\"二\"}"), last + 1);
    assert_checks(t);
}

static void an_export_restores_its_id_if_it_is_free(void **state)
{
    test_archive *t = *state;
    assert_int_equal(add(t, "{\"id\":41,\"key\":\"a\",\"body\":\"一\"}"), 41);
    assert_int_equal(add(t, "{\"id\":41,\"key\":\"b\",\"body\":\"二\"}"), 42);
    assert_int_equal(add(t, "{\"key\":\"c\",\"body\":\"三\"}"), 43);
    /* Without a key the id is the key. */
    assert_int_equal(add(t, "{\"id\":7,\"body\":\"四\"}"), 44);
    assert_finds(t, "四", "7");
}

static void what_is_shown_is_taken_back_unchanged(void **state)
{
    test_archive *t = *state;
    char *json;
    int64_t id = add(t, "{\"key\":\"k\",\"title\":\"题\",\"published\":\"2024-05\",\"source\":\"缆都晚报\","
                        "\"lang\":\"zh-Hans\","
                        "\"author\":null,\"organizations\":[\"缆都市总工会\"],\"body\":\"甲\\n乙\\n\"}");
    assert_int_equal(bulletin_show(t->archive, id, &json), BULLETIN_OK);
    assert_non_null(strstr(json, "\"body\":\"甲\\n乙\\n\""));
    assert_non_null(strstr(json, "\"published_latest\":\"2024-05-31\""));
    assert_int_equal(bulletin_add(t->archive, json, strlen(json), NULL), BULLETIN_END);
    bulletin_free(json);
    assert_int_equal(bulletin_show(t->archive, id + 1, &json), BULLETIN_NOT_FOUND);
    assert_null(json);
}

static void bad_records_say_why(void **state)
{
    test_archive *t = *state;
    static const char *const bad[] = { "",
                                       "x",
                                       "[1]",
                                       "{\"title\":\"a\"}",
                                       "{\"body\":[1]}",
                                       "{\"body\":\"a\",\"published\":\"soon\"}",
                                       "{\"body\":\"a\"" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(bulletin_add(t->archive, bad[i], strlen(bad[i]), NULL), BULLETIN_BAD_INPUT);
        assert_true(strlen(bulletin_message(t->archive)) > 3);
    }
    assert_finds(t, "", "");
}

static void broken_text_is_kept_readable(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"nul\",\"body\":\"前\\u0000后\"}");
    add(t, "{\"key\":\"surrogate\",\"body\":\"半\\ud83d边 \\ud83d\\ude00\"}");
    add(t, "{\"key\":\"bytes\",\"body\":\"断\xE4\xB8字\"}");
    assert_finds(t, "前 后", "nul");
    assert_finds(t, "半 边", "surrogate");
    assert_finds(t, "\"😀\"", "surrogate");
    assert_finds(t, "断 字", "bytes");
    assert_checks(t);
}

static void any_sqlite_reads_the_text(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"title\":\"题\",\"body\":\"文\"}");
    sqlite3 *sql;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sql, "SELECT title || body FROM bulletin", -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(s, 0), "题文");
    sqlite3_finalize(s);
    sqlite3_close(sql);
}

static void check_finds_what_another_program_broke(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"published\":\"2024-05-01\",\"body\":\"原来的字\"}");
    execute(t, "UPDATE bulletin SET body = '别的字'");
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
    assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
    assert_checks(t);
    assert_finds(t, "别的", "a");
    assert_finds(t, "原来", "");
    execute(t, "UPDATE bulletin SET published = '2021-05-01'");
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
    execute(t, "UPDATE bulletin SET published = '2024-05-01'; DELETE FROM length");
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
}

static void an_index_of_another_tokenizer_is_named_and_mended(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    char *json;
    int64_t id = add(t, "{\"key\":\"a\",\"body\":\"文\"}");
    execute(t, "UPDATE meta SET value = 'other' WHERE name = 'tokenizer'");
    reopen(t, NULL);
    assert_int_equal(bulletin_search(t->archive, "文", strlen("文"), NULL, &hits), BULLETIN_STALE);
    assert_null(hits);
    assert_non_null(strstr(bulletin_message(t->archive), "reindex"));
    assert_int_equal(bulletin_add(t->archive, "{\"body\":\"字\"}", strlen("{\"body\":\"字\"}"), NULL),
                     BULLETIN_STALE);
    assert_int_equal(bulletin_show(t->archive, id, &json), BULLETIN_OK);
    bulletin_free(json);
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_finds(t, "文", "a");
    reopen(t, NULL);
    assert_finds(t, "文", "a");
}

static void other_files_and_versions_are_refused(void **state)
{
    test_archive *t = *state;
    bulletin *other;
    char path[128];
    snprintf(path, sizeof path, "%s/text.db", t->folder);
    FILE *file = fopen(path, "w");
    fputs("this is no database, but it is long enough to look like the header of one, a little more then",
          file);
    fclose(file);
    assert_int_equal(bulletin_open(path, NULL, &other), BULLETIN_CORRUPT);
    assert_non_null(strstr(bulletin_message(other), "database"));
    bulletin_close(other);
    execute(t, "PRAGMA user_version = 99");
    assert_int_equal(bulletin_open(t->path, NULL, &other), BULLETIN_VERSION);
    assert_non_null(strstr(bulletin_message(other), "99"));
    bulletin_close(other);
}

static void a_missing_archive_is_made_only_when_allowed(void **state)
{
    test_archive *t = *state;
    bulletin *other;
    char path[128];
    snprintf(path, sizeof path, "%s/none.db", t->folder);
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.no_create = true;
    assert_int_equal(bulletin_open(path, &options, &other), BULLETIN_NOT_FOUND);
    bulletin_close(other);
    assert_int_equal(access(path, F_OK), -1);
    snprintf(path, sizeof path, "%s/no/such/folder.db", t->folder);
    assert_int_equal(bulletin_open(path, NULL, &other), BULLETIN_IO);
    bulletin_close(other);
}

static void reading_only_never_writes(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"body\":\"文\"}");
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.read_only = true;
    reopen(t, &options);
    assert_int_equal(bulletin_add(t->archive, "{\"body\":\"字\"}", strlen("{\"body\":\"字\"}"), NULL),
                     BULLETIN_READ_ONLY);
    assert_finds(t, "文", "a");
}

static void another_writer_is_waited_for_no_longer_than_told(void **state)
{
    test_archive *t = *state;
    sqlite3 *sql;
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.busy_milliseconds = 0;
    reopen(t, &options);
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(bulletin_add(t->archive, "{\"body\":\"字\"}", strlen("{\"body\":\"字\"}"), NULL),
                     BULLETIN_BUSY);
    assert_finds(t, "", "");
    sqlite3_close(sql);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_same_record_changes_nothing),
        TEST(a_changed_record_keeps_its_id_and_loses_its_old_words),
        TEST(an_id_is_never_given_twice),
        TEST(an_export_restores_its_id_if_it_is_free),
        TEST(what_is_shown_is_taken_back_unchanged),
        TEST(bad_records_say_why),
        TEST(broken_text_is_kept_readable),
        TEST(any_sqlite_reads_the_text),
        TEST(check_finds_what_another_program_broke),
        TEST(an_index_of_another_tokenizer_is_named_and_mended),
        TEST(other_files_and_versions_are_refused),
        TEST(a_missing_archive_is_made_only_when_allowed),
        TEST(reading_only_never_writes),
        TEST(another_writer_is_waited_for_no_longer_than_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
