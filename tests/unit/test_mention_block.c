/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What thousands of bulletins name is read from packed blocks: the answer is that of the rows, whatever was
 * added, replaced, removed and renamed, and whoever did it. */
#include "support.h"

#include <sqlite3.h>

enum { RECORDS = 9000 };

static int64_t blocks(const test_archive *t)
{
    return read_number(t, "SELECT count(*) FROM mention_block WHERE docs IS NOT NULL");
}

static int64_t count_named(test_archive *t, const char *name)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    options.organizations = &name;
    options.organization_count = 1;
    options.limit = 1;
    assert_int_equal(bulletin_search(t->archive, "", 0, &options, &hits), BULLETIN_OK);
    int64_t count = bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS);
    bulletin_hits_close(hits);
    return count;
}

/* In a handle that remembers nothing. */
static void assert_as_rows(test_archive *t, const char *name)
{
    char sql[256];
    snprintf(
        sql, sizeof sql,
        "SELECT count(*) FROM mention WHERE organization = (SELECT id FROM organization WHERE name = '%s')",
        name);
    reopen(t, NULL);
    assert_int_equal(count_named(t, name), read_number(t, sql));
}

static void make_record(unsigned number, const char *body, char out[256])
{
    snprintf(out, 256, "{\"key\":\"k%u\",\"published\":\"%u-%02u-%02u\",\"body\":\"%s第%u号。\"}", number,
             2001 + number % 19, number % 12 + 1, number % 28 + 1, body, number);
}

static void fill(test_archive *t, unsigned records)
{
    char path[128], json[256];
    const char *paths[] = { path };
    snprintf(path, sizeof path, "%s/records.jsonl", t->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (unsigned i = 0; i < records; i++) {
        make_record(i, "临苇市总工会来信", json);
        fprintf(file, "%s\n", json);
    }
    fclose(file);
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, NULL), BULLETIN_OK);
}

static void what_very_many_name_is_packed(void **state)
{
    test_archive *t = *state;
    fill(t, RECORDS);
    assert_true(blocks(t) > 0);
    assert_int_equal(count_named(t, "临苇市总工会"), RECORDS);
    assert_checks(t);
}

static void the_answer_is_that_of_the_rows_whatever_is_written(void **state)
{
    test_archive *t = *state;
    char json[256];
    unsigned seed = 3;
    fill(t, RECORDS);
    for (int i = 0; i < 60; i++) {
        seed = seed * 1664525u + 1013904223u;
        const unsigned number = (seed >> 8) % (RECORDS + RECORDS / 8);
        if (seed >> 30 == 0) {
            bulletin_remove(t->archive, (int64_t)number % RECORDS + 1);
            continue;
        }
        make_record(number, seed >> 30 == 1 ? "无人来信" : "临苇市总工会与青澜省总工会来信", json);
        add(t, json);
        if (i % 10 == 0)
            assert_as_rows(t, "临苇市总工会");
    }
    assert_as_rows(t, "临苇市总工会");
    assert_as_rows(t, "青澜省总工会");
    assert_checks(t);
    assert_true(blocks(t) > 0);
}

static void a_body_that_all_name_leaves_nothing_out_and_one_that_all_but_one_name_does(void **state)
{
    test_archive *t = *state;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    const char *name = "临苇市总工会";
    bulletin_hits *hits;
    fill(t, RECORDS / 2);
    options.organizations = &name;
    options.organization_count = 1;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(bulletin_search(t->archive, "来信", strlen("来信"), &options, &hits), BULLETIN_OK);
        assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), RECORDS / 2);
        bulletin_hits_close(hits);
        add(t, "{\"key\":\"other\",\"body\":\"无人来信。\"}");
    }
    assert_int_equal(count_named(t, "临苇"), RECORDS / 2);
    assert_checks(t);
}

static void a_body_of_another_name_takes_all_bulletins_along(void **state)
{
    test_archive *t = *state;
    fill(t, RECORDS);
    assert_int_equal(bulletin_organization_add(t->archive, "苇城总工会", NULL, NULL), BULLETIN_OK);
    assert_int_equal(bulletin_organization_alias(t->archive, "苇城总工会", "临苇市总工会"), BULLETIN_OK);
    assert_as_rows(t, "苇城总工会");
    assert_int_equal(count_named(t, "苇城总工会"), RECORDS);
    assert_true(blocks(t) > 0);
    assert_checks(t);
}

static void other_programs_may_change_the_rows(void **state)
{
    test_archive *t = *state;
    fill(t, RECORDS);
    const int64_t before = blocks(t);
    assert_int_equal(
        read_number(t, "DELETE FROM mention WHERE doc = (SELECT doc FROM bulletin WHERE key = 'k7')"), -1);
    assert_int_equal(blocks(t), before - 1);
    assert_as_rows(t, "临苇市总工会");
    assert_int_equal(count_named(t, "临苇市总工会"), RECORDS - 1);
    assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
    assert_as_rows(t, "临苇市总工会");
    assert_int_equal(count_named(t, "临苇市总工会"), RECORDS);
    assert_checks(t);
}

static void check_finds_wrong_blocks_and_repair_packs_them_anew(void **state)
{
    static const struct {
        const char *damage;
        bool misleads; /* it is a block, but of other documents */
    } rows[] = {
        { "UPDATE mention_block SET docs = x'80'", false },
        { "UPDATE mention_block SET docs = x'00'", false },
        { "UPDATE mention_block SET docs = x'FFFFFFFFFFFFFFFFFF7F'", false },
        { "UPDATE mention_block SET docs = ''", false },
        { "UPDATE mention_block SET first = -9223372036854775808", false },
        { "UPDATE mention_block SET first = 9223372036854775807", false },
        { "UPDATE mention_block SET last = last + 9007199254740992", false },
        { "UPDATE mention_block SET first = first - 1", false },
        { "INSERT INTO mention_block VALUES(1, 4, 2, x'0101')", true },
    };
    test_archive *t = *state;
    fill(t, RECORDS / 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_number(t, rows[i].damage);
        if (!rows[i].misleads)
            assert_as_rows(t, "临苇市总工会");
        if (bulletin_check(t->archive, NULL, NULL) != BULLETIN_CORRUPT)
            fail_msg("check found nothing after %s", rows[i].damage);
        assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
        assert_true(blocks(t) > 0);
        assert_as_rows(t, "临苇市总工会");
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_very_many_name_is_packed),
        TEST(the_answer_is_that_of_the_rows_whatever_is_written),
        TEST(a_body_that_all_name_leaves_nothing_out_and_one_that_all_but_one_name_does),
        TEST(a_body_of_another_name_takes_all_bulletins_along),
        TEST(other_programs_may_change_the_rows),
        TEST(check_finds_wrong_blocks_and_repair_packs_them_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
