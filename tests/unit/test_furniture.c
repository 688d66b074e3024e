/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What stands around an article: found when it is asked for, counted when it alone matches, and never in the
 * way of what articles say. */
#include "support.h"

#include <sqlite3.h>

static void fill(test_archive *t)
{
    add(t, "{\"key\":\"body\",\"published\":\"2024-05-01\",\"title\":\"缆都船坞开工\",\"body\":"
           "\"船坞今日开工。\","
           "\"furniture\":\"首页 新闻\\n岚溪灯会落幕\\nSubscribe now\"}");
    add(t,
        "{\"key\":\"list\",\"published\":\"2024-05-02\",\"title\":\"岚溪织机改造\",\"body\":\"织机换新。\","
        "\"furniture\":\"缆都船坞开工\\n船坞, 船坞, 船坞\"}");
    add(t, "{\"key\":\"bare\",\"published\":\"2024-05-03\",\"title\":\"灯会\",\"body\":\"灯会照常。\"}");
}

static int64_t furniture_only(test_archive *t, const char *query, unsigned flags)
{
    bulletin_hits *hits;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = flags | BULLETIN_NO_EXPAND;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), &options, &hits), BULLETIN_OK);
    int64_t count = bulletin_hits_total(hits, BULLETIN_TOTAL_FURNITURE_ONLY);
    bulletin_hits_close(hits);
    return count;
}

static const char *found_anywhere(test_archive *t, const char *query, char out[1000])
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_ALL_TEXT | BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL;
    return found(t, query, &options, out);
}

static void furniture_is_searched_only_when_asked_for(void **state)
{
    test_archive *t = *state;
    char out[1000];
    fill(t);
    assert_finds(t, "船坞", "body");
    assert_finds(t, "“岚溪灯会”", "");
    assert_finds(t, "subscribe", "");
    assert_finds(t, "-船坞", "list bare");
    assert_finds(t, "灯会 OR NOT 船坞", "list bare");
    assert_string_equal(found_anywhere(t, "“岚溪灯会”", out), "body");
    assert_string_equal(found_anywhere(t, "subscribing", out), "body");
    assert_string_equal(found_anywhere(t, "-船坞", out), "bare");
    assert_string_equal(found_anywhere(t, "织机 船坞", out), "list");
}

static void what_articles_say_ranks_above_what_stands_around_them(void **state)
{
    test_archive *t = *state;
    char out[1000];
    fill(t);
    assert_string_equal(found_anywhere(t, "船坞", out), "body list");
}

static void what_only_furniture_holds_is_counted(void **state)
{
    static const struct {
        const char *query;
        unsigned flags;
        int64_t count;
    } rows[] = {
        { "“岚溪灯会”", 0, 1 },
        { "“岚溪灯会”", BULLETIN_ALL_TEXT | BULLETIN_COUNT_FURNITURE, 1 },
        { "船坞", 0, -1 },
        { "船坞", BULLETIN_COUNT_FURNITURE, 1 },
        { "船坞 织机", BULLETIN_COUNT_FURNITURE | BULLETIN_NO_PARTIAL, 1 },
        { "灯会 -船坞", BULLETIN_COUNT_FURNITURE, 0 },
        { "没有的词", 0, 0 },
        { "", BULLETIN_COUNT_FURNITURE, 0 },
    };
    test_archive *t = *state;
    fill(t);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (furniture_only(t, rows[i].query, rows[i].flags) != rows[i].count)
            fail_msg("%s: %d", rows[i].query, (int)furniture_only(t, rows[i].query, rows[i].flags));
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    options.from = "2024-05-02";
    assert_int_equal(bulletin_search(t->archive, "灯会落幕", strlen("灯会落幕"), &options, &hits),
                     BULLETIN_OK);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_FURNITURE_ONLY),
                     0); /* it is of the day before */
    bulletin_hits_close(hits);
}

static void the_passage_shown_is_the_one_that_matched(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_ALL_TEXT;
    fill(t);
    assert_int_equal(bulletin_search(t->archive, "落幕", strlen("落幕"), &options, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_OK);
    assert_non_null(strstr(bulletin_hits_text(hits, BULLETIN_SNIPPET), "岚溪灯会落幕"));
    size_t count;
    bulletin_hits_highlights(hits, BULLETIN_SNIPPET, &count);
    assert_int_equal(count, 1);
    bulletin_hits_close(hits);
}

static int64_t believed(const test_archive *t)
{
    sqlite3 *sql;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
    sqlite3_prepare_v2(sql, "SELECT value FROM meta WHERE name = 'furniture'", -1, &s, NULL);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(sql);
    return count;
}

static void it_stays_exact_whatever_is_done(void **state)
{
    test_archive *t = *state;
    char out[1000];
    fill(t);
    assert_int_equal(believed(t), 2);
    add(t, "{\"key\":\"bare\",\"published\":\"2024-05-03\",\"title\":\"灯会\",\"body\":\"灯会照常。\","
           "\"furniture\":\"联系我们\"}");
    assert_checks(t);
    assert_string_equal(found_anywhere(t, "联系我们", out), "bare");
    int64_t id = add(t, "{\"key\":\"body\",\"published\":\"2024-05-01\",\"title\":\"缆都船坞开工\","
                        "\"body\":\"船坞今日开工。\"}");
    assert_checks(t);
    assert_string_equal(found_anywhere(t, "subscribe", out), "");
    assert_int_equal(believed(t), 2);
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_checks(t);
    assert_string_equal(found_anywhere(t, "联系我们", out), "bare");
    assert_int_equal(bulletin_remove(t->archive, id), BULLETIN_OK);
    for (int64_t other = 1; other <= 3; other++)
        bulletin_remove(t->archive, other);
    assert_checks(t);
    assert_int_equal(believed(t), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(furniture_is_searched_only_when_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_articles_say_ranks_above_what_stands_around_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_only_furniture_holds_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_passage_shown_is_the_one_that_matched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_stays_exact_whatever_is_done, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
