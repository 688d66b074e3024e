/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A walk that two threads share finds what one thread finds. */
#include "support.h"

#include "base/buffer.h"
#include "handle.h"

enum { BULLETINS = 900 };

static const char *const queries[] = { "夜班",
                                       "夜班 纺机",
                                       "夜班 OR 女工",
                                       "\"夜班的纺机\"",
                                       "的",
                                       "夜",
                                       "夜 的",
                                       "NEAR(夜班 纺机, 3)",
                                       "NEAR(灯 的)",
                                       "夜班 -looms",
                                       "-夜班",
                                       "“，夜”",
                                       "“车间的”",
                                       "“的纺”* 门",
                                       "NEAR(夜 的 在)",
                                       "NOT (夜班 OR loom)",
                                       "loom",
                                       "looms 织机",
                                       "title:夜班",
                                       "工会",
                                       "女工在灯下数着纱线",
                                       "无此" };
enum { QUERIES = sizeof queries / sizeof *queries };

/* Dated and undated, of one crowded day, copies of each other in both halves, words in titles, and one
 * bulletin of two languages. */
static void fill(test_archive *t)
{
    char path[512];
    bulletin_counts counts;
    snprintf(path, sizeof path, "%s/input.jsonl", t->folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < BULLETINS; i++) {
        const int text = i % 9 == 4 ? (i + 450) % BULLETINS : i;
        fprintf(out, "{\"key\":\"k%d\",", i);
        if (i % 6)
            fprintf(out, "\"published\":\"20%02d-%02d-%02d\",", i % 7 ? 10 + i % 15 : 17, 1 + i % 12,
                    1 + i % 28);
        if (i % 11 == 0)
            fprintf(out, "\"title\":\"%s第%d号\",", i % 2 ? "夜班" : "纺机", i);
        fprintf(out, "\"source\":\"岚溪社%d\",\"body\":\"", i % 3);
        for (int k = 0; k < 2 + text % 9; k++)
            fprintf(out, "第%d车间的女工在灯下数着纱线，数到%d。", k * text % 97, text * 31 + k);
        if (text % 4)
            fprintf(out, "夜班的纺机停在%d号门边，one loom of %d %s。", text, text % 19,
                    text % 3 ? "looms" : "织机");
        if (text % 5 == 0)
            fprintf(out, "县工会看了中夜班车。");
        fprintf(out, "\"}\n");
    }
    fclose(out);
    assert_int_equal(bulletin_import(t->archive, (const char *const[]){ path }, 1, NULL, &counts),
                     BULLETIN_OK);
    assert_int_equal(counts.added, BULLETINS);
}

static void print_hits(test_archive *t, const char *query, const bulletin_search_options *options,
                       bl_buffer *out)
{
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), options, &hits), BULLETIN_OK);
    bl_buffer_printf(out, "%s %x %u:", query, options->flags, (unsigned)options->sort);
    for (int total = 0; total < BULLETIN_TOTAL_REVISION; total++)
        bl_buffer_printf(out, " %lld", (long long)bulletin_hits_total(hits, (bulletin_total)total));
    bulletin_expansion added;
    for (size_t i = 0; bulletin_hits_expansion(hits, i, &added) == BULLETIN_OK; i++)
        bl_buffer_printf(out, " +%lld", (long long)added.bulletins);
    while (bulletin_hits_next(hits) == BULLETIN_OK) {
        const char *snippet = bulletin_hits_text(hits, BULLETIN_SNIPPET);
        bl_buffer_printf(out, " %s %.17g %s", bulletin_hits_text(hits, BULLETIN_KEY),
                         bulletin_hits_score(hits), snippet ? snippet : "");
    }
    bl_buffer_putc(out, '\n');
    bulletin_hits_close(hits);
}

static const char *const dates[][2] = { { NULL, NULL }, { "2012", "2021-03" }, { "2017-05", NULL } };

/* In every way of asking, by a handle that divides every walk, or none. */
static char *answers(test_archive *t, bl_halves halves)
{
    static const unsigned flags[] = { 0,
                                      BULLETIN_NO_COLLAPSE,
                                      BULLETIN_LITERAL,
                                      BULLETIN_ANY,
                                      BULLETIN_WORDS,
                                      BULLETIN_NO_EXPAND | BULLETIN_ALL_TEXT };
    static const uint64_t limits[] = { 10, 0 };
    bl_buffer out = { 0 };
    t->archive->database->halves = halves;
    for (size_t q = 0; q < QUERIES; q++)
        for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
            for (unsigned sort = BULLETIN_RELEVANCE; sort <= BULLETIN_OLDEST; sort++)
                for (size_t l = 0; l < sizeof limits / sizeof *limits; l++)
                    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
                        bulletin_search_options options = BULLETIN_SEARCH_INIT;
                        options.flags = flags[f] | (limits[l] ? 0 : BULLETIN_NO_SNIPPET);
                        options.sort = (bulletin_sort)sort;
                        options.limit = limits[l];
                        options.from = dates[d][0];
                        options.until = dates[d][1];
                        print_hits(t, queries[q], &options, &out);
                    }
    return bl_buffer_steal(&out);
}

static void two_threads_find_what_one_finds(void **state)
{
    test_archive *t = *state;
    fill(t);
    char *one = answers(t, BL_HALVES_NONE);
    assert_null(t->archive->database->beside);
    char *two = answers(t, BL_HALVES_ALL);
    assert_non_null(t->archive->database->beside);
    assert_string_equal(one, two);
    free(one);
    free(two);
}

/* A bulletin that comes between two searches is seen by the thread that has its half. */
static void later_bulletins_are_seen(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    fill(t);
    t->archive->database->halves = BL_HALVES_ALL;
    options.from = "2031";
    assert_string_equal(found(t, "夜班 纺机", &options, out), "");
    add(t, "{\"key\":\"new\",\"published\":\"2031-01-01\",\"body\":\"夜班与纺机\"}");
    assert_string_equal(found(t, "夜班 纺机", &options, out), "new");
    options.from = NULL;
    options.sort = BULLETIN_NEWEST;
    options.limit = 1;
    assert_string_equal(found(t, "夜班 纺机", &options, out), "new");
}

/* What is asked of one handle's call ends the work of both threads. */
static void both_are_interrupted(void **state)
{
    test_archive *t = *state;
    bl_database *db = t->archive->database, *beside = bl_database_beside(db);
    bl_error before = BL_ERROR_INIT, after = BL_ERROR_INIT, next = BL_ERROR_INIT;
    assert_non_null(beside);
    bl_database_start(db, 0);
    bl_database_poll(&before, beside);
    assert_int_equal(before.status, BULLETIN_OK);
    bulletin_interrupt(t->archive);
    bl_database_poll(&after, beside);
    assert_int_equal(after.status, BULLETIN_INTERRUPTED);
    bl_database_start(db, 0);
    bl_database_poll(&next, beside);
    assert_int_equal(next.status, BULLETIN_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_threads_find_what_one_finds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(later_bulletins_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(both_are_interrupted, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
