/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Parts of names are looked for in packed blocks: the answer is that of the rows, whatever was added,
 * replaced, removed and renamed, and whoever did it. */
#include "support.h"

#include <sqlite3.h>

/* Enough organizations for more than one block. */
enum { RECORDS = 6000 };

/* A company of four numerals, so that parts of names are shared by few and by many. */
static void make_record(unsigned number, const char *second, char out[400])
{
    static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    snprintf(out, 400,
             "{\"key\":\"k%u\",\"published\":\"%u-%02u-%02u\",\"body\":\"来信第%u号。\",\"organizations\":"
             "[\"苇荡%s%s%s%s公司\"%s]}",
             number, 2001 + number % 19, number % 12 + 1, number % 28 + 1, number, digits[number / 1000 % 10],
             digits[number / 100 % 10], digits[number / 10 % 10], digits[number % 10], second);
}

static void fill(test_archive *t)
{
    char path[128], json[400];
    const char *paths[] = { path };
    snprintf(path, sizeof path, "%s/records.jsonl", t->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (unsigned i = 0; i < RECORDS; i++) {
        make_record(i, i % 3 == 0 ? ",\"临苇市荡三织造厂\"" : "", json);
        fprintf(file, "%s\n", json);
    }
    fclose(file);
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, NULL), BULLETIN_OK);
}

static int64_t blocks(const test_archive *t)
{
    return read_number(t, "SELECT count(*) FROM organization_block");
}

/* In a handle that remembers nothing. */
static void assert_part_as_rows(test_archive *t, const char *part)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    char sql[256];
    options.organizations = &part;
    options.organization_count = 1;
    options.limit = 1;
    snprintf(sql, sizeof sql,
             "SELECT count(DISTINCT doc) FROM mention JOIN organization ON id = organization"
             " WHERE key > 'b' AND instr(substr(key, 3), '%s')",
             part);
    reopen(t, NULL);
    assert_int_equal(bulletin_search(t->archive, "", 0, &options, &hits), BULLETIN_OK);
    const int64_t count = bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), rows = read_number(t, sql);
    bulletin_hits_close(hits);
    if (count != rows)
        fail_msg("%s: %lld bulletins, by their rows %lld", part, (long long)count, (long long)rows);
}

static void assert_parts_as_rows(test_archive *t)
{
    static const char *const parts[] = { "荡三", "苇荡", "一二三", "七七七七", "三公司", "九九九九公", "荡" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_part_as_rows(t, parts[i]);
}

static void parts_of_many_names_are_found_in_blocks(void **state)
{
    test_archive *t = *state;
    fill(t);
    assert_int_equal(blocks(t), 2);
    assert_int_equal(read_number(t, "SELECT count(*) FROM organization_changed"), 0);
    assert_parts_as_rows(t);
    assert_checks(t);
}

static void the_answer_is_that_of_the_rows_whatever_is_written(void **state)
{
    test_archive *t = *state;
    char json[400];
    unsigned seed = 11;
    fill(t);
    for (int i = 0; i < 60; i++) {
        seed = seed * 1664525u + 1013904223u;
        const unsigned number = (seed >> 8) % (RECORDS + RECORDS / 4);
        if (seed >> 30 == 0) {
            bulletin_remove(t->archive, (int64_t)number % RECORDS + 1);
            continue;
        }
        make_record(number, seed >> 30 == 1 ? "" : ",\"苇荡一二三四公司\",\"新荡三里公司\"", json);
        add(t, json);
        if (i % 20 == 0)
            assert_parts_as_rows(t);
    }
    assert_true(read_number(t, "SELECT count(*) FROM organization_changed") > 0);
    assert_parts_as_rows(t);
    assert_checks(t);
}

static void blocks_are_packed_anew_when_much_has_changed(void **state)
{
    test_archive *t = *state;
    fill(t);
    execute(t, "UPDATE organization SET key = key || '甲' WHERE id % 2 AND key > 'b'");
    assert_true(read_number(t, "SELECT count(*) FROM organization_changed") > RECORDS / 3);
    assert_part_as_rows(t, "公司甲");
    execute(t, "UPDATE organization SET key = substr(key, 1, length(key) - 1) WHERE id % 2 AND key > 'b'");
    add(t, "{\"key\":\"other\",\"body\":\"无人来信。\"}");
    assert_int_equal(read_number(t, "SELECT count(*) FROM organization_changed"), 0);
    assert_parts_as_rows(t);
    assert_checks(t);
}

static void organizations_learn_another_name(void **state)
{
    test_archive *t = *state;
    fill(t);
    assert_int_equal(bulletin_organization_add(t->archive, "苇城织造公司", NULL, NULL), BULLETIN_OK);
    assert_int_equal(bulletin_organization_alias(t->archive, "苇城织造公司", "临苇市荡三织造厂"),
                     BULLETIN_OK);
    assert_part_as_rows(t, "一二三");
    assert_part_as_rows(t, "三公司");
    assert_checks(t);
}

static void other_programs_may_change_the_rows(void **state)
{
    test_archive *t = *state;
    fill(t);
    execute(
        t,
        "DELETE FROM mention WHERE organization IN (SELECT id FROM organization WHERE key LIKE '%三四公司')");
    execute(t, "UPDATE mention SET doc = doc + 1 WHERE organization = 77");
    execute(t, "DELETE FROM organization WHERE key LIKE '%三四公司'");
    assert_parts_as_rows(t);
    assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
    assert_parts_as_rows(t);
    assert_checks(t);
}

static void check_finds_wrong_blocks_and_repair_packs_them_anew(void **state)
{
    static const struct {
        const char *damage;
        bool misleads; /* it is a block, but says something else */
    } rows[] = {
        { "UPDATE organization_block SET docs = x'80'", false },
        { "UPDATE organization_block SET docs = x'7F'", false },
        { "UPDATE organization_block SET docs = ''", false },
        { "UPDATE organization_block SET keys = ''", false },
        { "UPDATE organization_block SET keys = substr(keys, 1, 999)", false },
        { "UPDATE organization_block SET keys = CAST(keys AS BLOB) || x'0041'", false },
        { "UPDATE organization_block SET first = -9223372036854775808", false },
        { "UPDATE organization_block SET first = 9223372036854775807", false },
        { "UPDATE organization_block SET first = first + 1", false },
        { "UPDATE organization_block SET last = last + 9007199254740992", false },
        { "DELETE FROM organization_block WHERE first = 1", false },
        { "UPDATE organization_block SET keys = CAST(replace(keys, '二', '三') AS BLOB)", true },
        { "DELETE FROM organization_block; INSERT INTO organization_block VALUES(2, 1, x'6100', x'000102')",
          true },
    };
    test_archive *t = *state;
    fill(t);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        execute(t, rows[i].damage);
        if (!rows[i].misleads)
            assert_part_as_rows(t, "荡三");
        if (bulletin_check(t->archive, NULL, NULL) != BULLETIN_CORRUPT)
            fail_msg("check found nothing after %s", rows[i].damage);
        assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
        assert_int_equal(blocks(t), 2);
        assert_part_as_rows(t, "荡三");
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(parts_of_many_names_are_found_in_blocks),
        TEST(the_answer_is_that_of_the_rows_whatever_is_written),
        TEST(blocks_are_packed_anew_when_much_has_changed),
        TEST(organizations_learn_another_name),
        TEST(other_programs_may_change_the_rows),
        TEST(check_finds_wrong_blocks_and_repair_packs_them_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
