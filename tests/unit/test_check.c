/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Checking and repairing: each kind of damage that another program can do is found, said, and mended. */
#include "support.h"

#include <sqlite3.h>

/* The reasons, joined by newlines. */
static void note(void *context, const bulletin_problem *problem)
{
    char *out = context;
    strncat(out, problem->reason, 3999 - strlen(out));
    strncat(out, "\n", 3999 - strlen(out));
}

static void fill(test_archive *t)
{
    add(t, "{\"key\":\"a\",\"title\":\"缆都船坞开工\",\"published\":\"2024-05-01\",\"body\":"
           "\"船坞今日开工。\"}");
    add(t, "{\"key\":\"b\",\"published\":\"2023\",\"body\":\"岚溪纺织女工读书会。\"}");
    add(t, "{\"key\":\"c\",\"title\":\"Night shift\",\"body\":\"The night shift at Millbrook ends early.\"}");
    add(t, "{\"key\":\"b\",\"published\":\"2023\",\"body\":\"岚溪纺织女工读书会，第二期开课。\"}");
}

static void assert_as_filled(test_archive *t)
{
    assert_checks(t);
    assert_finds(t, "开工", "a");
    assert_finds(t, "岚溪", "b");
    assert_finds(t, "millbrook", "c");
}

static void each_damage_is_found_and_mended(void **state)
{
    static const struct {
        const char *damage, *reason;
    } rows[] = {
        { "DELETE FROM length WHERE doc = (SELECT min(doc) FROM bulletin)", "without a length" },
        { "INSERT INTO length VALUES(7, 1, 1)", "without a bulletin" },
        { "UPDATE length SET body = body + 1 WHERE doc = (SELECT max(doc) FROM bulletin)", "length" },
        { "DELETE FROM meta WHERE name = 'bulletins'", "missing" },
        { "DELETE FROM meta WHERE name IN ('uuid', 'revision', 'next_id', 'icu')", "missing" },
        { "DELETE FROM meta WHERE name = 'tokenizer'", "tokenizer" },
        { "UPDATE meta SET value = '9' WHERE name = 'bulletins'", "believes" },
        { "UPDATE meta SET value = '9' WHERE name = 'title_positions'", "titles" },
        { "UPDATE meta SET value = '9' WHERE name = 'body_positions'", "texts" },
        { "UPDATE meta SET value = '9' WHERE name = 'furniture'", "furniture" },
        { "DELETE FROM meta WHERE name = 'furniture'", "missing" },
        { "UPDATE meta SET value = '2' WHERE name = 'next_id'", "given out again" },
        { "INSERT INTO version VALUES(77, 1, '2026-01-01T00:00:00Z', '{}')", "former texts of" },
        { "INSERT INTO version VALUES(1, 1, '2026-01-01T00:00:00Z', '{')", "cannot be read" },
        { "INSERT INTO file VALUES('/gone', '', 1, 1, 1, 77, 1, 0)", "files noted" },
        { "UPDATE bulletin SET doc = doc + 99999999 WHERE key = 'a'", "stand" },
        { "UPDATE bulletin SET published = '2019-03' WHERE key = 'a'", "stand" },
        { "UPDATE bulletin SET published_latest = NULL WHERE key = 'b'", "span" },
        { "UPDATE bulletin SET published_earliest = '2001-01-01' WHERE key = 'c'", "span" },
        { "UPDATE bulletin SET source = '别处' WHERE key = 'c'", "another program" },
        { "DELETE FROM bulletin_fts_data WHERE id > 10", "index" },
        { "UPDATE bulletin_fts_config SET v = 99 WHERE k = 'version'", "index" },
    };
    test_archive *t = *state;
    fill(t);
    assert_as_filled(t);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char found[4000] = "";
        bulletin_close(t->archive);
        execute(t, rows[i].damage);
        assert_int_equal(bulletin_open(t->path, NULL, &t->archive), BULLETIN_OK);
        if (bulletin_check(t->archive, note, found) != BULLETIN_CORRUPT || !strstr(found, rows[i].reason))
            fail_msg("check after %s found [%s]", rows[i].damage, found);
        *found = '\0';
        if (bulletin_repair(t->archive, note, found) != BULLETIN_OK)
            fail_msg("repair after %s: %s, said [%s]", rows[i].damage, bulletin_message(t->archive), found);
        assert_non_null(strstr(found, rows[i].reason));
        assert_as_filled(t);
    }
}

static void a_sound_archive_is_not_touched_by_repair(void **state)
{
    test_archive *t = *state;
    char found[4000] = "", *before, *after;
    fill(t);
    bulletin_read_fact(t->archive, BULLETIN_FACT_REVISION, &before);
    assert_int_equal(bulletin_repair(t->archive, note, found), BULLETIN_OK);
    bulletin_read_fact(t->archive, BULLETIN_FACT_REVISION, &after);
    assert_string_equal(found, "");
    assert_string_equal(before, after);
    bulletin_free(before);
    bulletin_free(after);
}

static void what_cannot_be_mended_is_said(void **state)
{
    test_archive *t = *state;
    char found[4000] = "";
    fill(t);
    execute(t, "UPDATE bulletin SET published = 'someday' WHERE key = 'c'");
    assert_int_equal(bulletin_repair(t->archive, note, found), BULLETIN_CORRUPT);
    assert_non_null(strstr(found, "\"someday\" is no date; this cannot be mended"));
    assert_non_null(strstr(bulletin_message(t->archive), "backup"));
}

static void a_reader_is_told_that_checking_needs_more(void **state)
{
    test_archive *t = *state;
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.read_only = true;
    fill(t);
    reopen(t, &options);
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_READ_ONLY);
    assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_READ_ONLY);
    assert_finds(t, "开工", "a");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_damage_is_found_and_mended),
        TEST(a_sound_archive_is_not_touched_by_repair),
        TEST(what_cannot_be_mended_is_said),
        TEST(a_reader_is_told_that_checking_needs_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
