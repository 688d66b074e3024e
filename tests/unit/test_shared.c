/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lists that several pages of a folder print: found by repetition alone, kept as furniture. */
#include "support.h"

#include <sys/stat.h>

#include "page/shared.h"

static const char list[] =
    "岚溪灯会落幕 游客三万\n织机换新 女工多休半日\n晒谷县通了夜班车\n听潮码头起重机上岗";

static void write_page(const test_archive *t, const char *name, const char *text, const char *tail)
{
    char path[160];
    snprintf(path, sizeof path, "%s/pages/%s.txt", t->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s\n%s\n", text, tail);
    fclose(file);
}

static const char *const texts[] = {
    "缆都船坞开工\n缆都船坞今日开工，三百名工人到岗，工会为他们送去热茶和手套，并讲解了起吊的规矩。\n第一条船"
    "将在秋天下水。",
    "霜桥镇办夜校\n霜桥镇总工会开办夜校，第一晚来了四十人，学的是电工和算账，课本由镇图书馆借出。\n夜校办到年"
    "底。",
    "榆关饭堂添菜\n榆关机械厂的饭堂添了两样菜，价钱不变，工会每月请工人打分，分低的换厨师。\n打分的人比去年多"
    "。",
};

static void fill_folder(const test_archive *t, size_t count)
{
    char path[160];
    snprintf(path, sizeof path, "%s/pages", t->folder);
    mkdir(path, 0700);
    for (size_t i = 0; i < count; i++) {
        char name[8] = { (char)('a' + i), '\0' };
        write_page(t, name, texts[i], list);
    }
}

static void import_folder(test_archive *t, unsigned jobs, bulletin_counts *counts)
{
    char path[160];
    snprintf(path, sizeof path, "%s/pages", t->folder);
    const char *const paths[] = { path };
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    options.jobs = jobs;
    assert_int_equal(bulletin_import(t->archive, paths, 1, &options, counts), BULLETIN_OK);
}

static int64_t count_hits(test_archive *t, const char *query, unsigned flags)
{
    bulletin_hits *hits;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = flags | BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), &options, &hits), BULLETIN_OK);
    int64_t count = bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS);
    bulletin_hits_close(hits);
    return count;
}

static void a_list_on_three_pages_is_no_part_of_any(void **state)
{
    test_archive *t = *state;
    bulletin_counts counts;
    fill_folder(t, 3);
    import_folder(t, 1, &counts);
    assert_int_equal(count_hits(t, "“通了夜班车”", 0), 0);
    assert_int_equal(count_hits(t, "“通了夜班车”", BULLETIN_ALL_TEXT), 3);
    assert_int_equal(count_hits(t, "“三百名工人到岗”", 0), 1);
    assert_int_equal(count_hits(t, "“打分的人”", 0), 1);
    import_folder(t, 4, &counts);
    assert_int_equal(counts.unchanged, 3);
    assert_checks(t);
}

static void pipes_and_folders_beside_the_pages_do_no_harm(void **state)
{
    test_archive *t = *state;
    bulletin_counts counts;
    char path[160];
    fill_folder(t, 3);
    snprintf(path, sizeof path, "%s/pages/aa.txt", t->folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(path, sizeof path, "%s/pages/ab.txt", t->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    import_folder(t, 2, &counts);
    assert_int_equal(counts.added, 3);
    assert_int_equal(count_hits(t, "“通了夜班车”", 0), 0);
}

static void a_list_on_two_pages_stays(void **state)
{
    test_archive *t = *state;
    bulletin_counts counts;
    fill_folder(t, 2);
    import_folder(t, 1, &counts);
    assert_int_equal(count_hits(t, "“通了夜班车”", 0), 2);
}

static void threads_do_not_matter_and_changed_pages_are_read_like_the_others(void **state)
{
    test_archive *t = *state;
    bulletin_counts counts;
    fill_folder(t, 3);
    import_folder(t, 4, &counts);
    assert_int_equal(count_hits(t, "“通了夜班车”", 0), 0);
    write_page(t, "b", texts[1], list); /* the same again, but younger */
    import_folder(t, 1, &counts);
    assert_int_equal(counts.updated, 0);
    assert_int_equal(counts.unchanged, 3);
}

static void settle(bl_shared *s, const char *const *bodies, size_t count)
{
    bl_error e = BL_ERROR_INIT;
    for (size_t i = 0; i < count; i++)
        bl_shared_add(&e, s, bodies[i]);
    bl_shared_settle(s);
    assert_false(bl_failed(&e));
}

static void assert_parts(const bl_shared *s, const char *body, const char *kept, const char *around)
{
    bl_error e = BL_ERROR_INIT;
    bl_article a = { .body = strdup(body), .furniture = strdup("首页") };
    bool changed = bl_shared_remove(&e, s, &a);
    assert_false(bl_failed(&e));
    assert_int_equal(changed, strcmp(body, kept) != 0);
    assert_string_equal(a.body, kept);
    assert_string_equal(a.furniture, around);
    bl_article_free(&a);
}

static void only_lists_count(void **state)
{
    (void)state;
    static const char *const prose[] = {
        "甲工厂在开会，大家都说好。\n乙工厂也开会，大家也说好。\n丙工厂不开会，没有人说话。\n丁工厂关门了，门"
        "口有告示。\n一",
        "甲工厂在开会，大家都说好。\n乙工厂也开会，大家也说好。\n丙工厂不开会，没有人说话。\n丁工厂关门了，门"
        "口有告示。\n二",
        "甲工厂在开会，大家都说好。\n乙工厂也开会，大家也说好。\n丙工厂不开会，没有人说话。\n丁工厂关门了，门"
        "口有告示。\n三",
    };
    static const char *const heads[] = { "第一部分 总则\n一\n第二部分 经费",
                                         "第一部分 总则\n二\n第二部分 经费",
                                         "第一部分 总则\n三\n第二部分 经费" };
    static const char *const same[] = { list, list, list, list };
    bl_shared s = { 0 };
    settle(&s, prose, 3);
    assert_int_equal(s.count, 0);
    settle(&s, heads, 3);
    assert_int_equal(s.count, 0);
    settle(&s, same, 4); /* one text at four places */
    assert_int_equal(s.count, 0);
    bl_shared_free(&s);
}

static void what_is_mostly_a_list_stays_whole_and_nothing_is_lost(void **state)
{
    (void)state;
    char bodies[3][600], long_one[1200];
    const char *pointers[3];
    bl_shared s = { 0 };
    for (int i = 0; i < 3; i++) {
        snprintf(bodies[i], sizeof bodies[i], "第%d篇\n%s", i, list);
        pointers[i] = bodies[i];
    }
    settle(&s, pointers, 3);
    assert_parts(&s, bodies[0], bodies[0], "首页");
    const char *prose = texts[0];
    snprintf(long_one, sizeof long_one, "%s\n%s\n%s", prose, list, texts[1]);
    char kept[1200], around[600];
    snprintf(kept, sizeof kept, "%s\n%s", prose, texts[1]);
    snprintf(around, sizeof around, "首页\n%s", list);
    assert_parts(&s, long_one, kept, around);
    bl_shared_free(&s);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_on_three_pages_is_no_part_of_any, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pipes_and_folders_beside_the_pages_do_no_harm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_on_two_pages_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(threads_do_not_matter_and_changed_pages_are_read_like_the_others,
                                        set_up, tear_down),
        cmocka_unit_test(only_lists_count),
        cmocka_unit_test(what_is_mostly_a_list_stays_whole_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
