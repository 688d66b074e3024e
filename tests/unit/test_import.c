/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Files, folders and pipes to bulletins: everything goes in once, what cannot is reported with its place. */
#include "support.h"

#include <fcntl.h>
#include <sys/stat.h>

typedef struct log {
    char problems[4000];
    int calls, stop_at;
} log;

static void note(void *context, const bulletin_problem *problem)
{
    log *l = context;
    const char *name = strrchr(problem->path, '/');
    snprintf(l->problems + strlen(l->problems), sizeof l->problems - strlen(l->problems), "%s:%d:%s ",
             name ? name + 1 : problem->path, (int)problem->line, problem->skipped ? "skipped" : "taken");
}

static bool count_call(void *context, const bulletin_progress *progress)
{
    log *l = context;
    (void)progress;
    return ++l->calls != l->stop_at;
}

static void write_file(const test_archive *t, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/in/%s", t->folder, name);
    for (char *slash = path + strlen(t->folder) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bulletin_status import_in(test_archive *t, bulletin_import_options *options, log *l,
                                 bulletin_counts *counts)
{
    char path[128];
    snprintf(path, sizeof path, "%s/in", t->folder);
    const char *const paths[] = { path };
    memset(l->problems, 0, sizeof l->problems);
    options->problem = note;
    options->progress = count_call;
    options->context = l;
    return bulletin_import(t->archive, paths, 1, options, counts);
}

static const char records[] = "{\"key\":\"a\",\"title\":\"甲\",\"body\":\"第一条\"}\n"
                              "\n"
                              "{\"key\":\"b\",\"body\":\n"
                              "{\"key\":\"c\",\"title\":\"丙\",\"body\":\"第三条\"}\r\n"
                              "[]\n"
                              "{\"key\":\"a\",\"title\":\"甲\",\"body\":\"改过的第一条\"}";

static void folders_are_searched_through_and_bad_lines_named(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    write_file(t, "records.jsonl", records);
    write_file(t, "deep/er/page.txt", "缆都工会开会\n2024-05-01\n\n缆都的工会今天开会，谈了很多事情。\n");
    write_file(t, "deep/picture.png", "\x89PNG");
    write_file(t, "deep/page_files/style.txt", "不是文章");
    write_file(t, ".hidden.txt", "不是文章");
    write_file(t, "noending", "没有后缀的页面，也是一篇文章。");
    write_file(t, "short", "a");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_PARTIAL);
    assert_string_equal(l.problems, "records.jsonl:3:skipped records.jsonl:5:skipped ");
    assert_int_equal(counts.added, 5);
    assert_int_equal(counts.updated, 1);
    assert_int_equal(counts.failed, 2);
    assert_int_equal(counts.skipped, 3);
    assert_int_equal(counts.skipped_by[BULLETIN_SKIPPED_FOLDER], 1);
    assert_int_equal(counts.skipped_by[BULLETIN_SKIPPED_HIDDEN], 1);
    assert_int_equal(counts.skipped_by[BULLETIN_SKIPPED_OTHER], 1);
    assert_finds(t, "改过的", "a");
    assert_finds(t, "\"甲\" \"第三条\"", "");
    assert_finds(t, "不是文章", "");
    assert_checks(t);

    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_PARTIAL);
    assert_int_equal(counts.added, 0);
    assert_int_equal(counts.unchanged, 4);
}

static void strict_stops_and_keeps_nothing_of_the_batch(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    options.strict = true;
    write_file(t, "records.jsonl", records);
    assert_int_equal(import_in(t, &options, &l, NULL), BULLETIN_BAD_INPUT);
    assert_non_null(strstr(bulletin_message(t->archive), "records.jsonl:3"));
    assert_finds(t, "", "");
    assert_checks(t);
}

static void a_dry_run_counts_and_changes_nothing(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    options.dry_run = true;
    add(t, "{\"key\":\"c\",\"title\":\"丙\",\"body\":\"旧的\"}");
    write_file(t, "records.jsonl", records);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_PARTIAL);
    assert_int_equal(counts.updated, 1);
    assert_finds(t, "", "c");
    assert_finds(t, "旧的", "c");
}

static void collections_keep_keys_apart(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    write_file(t, "records.jsonl", "{\"key\":\"a\",\"body\":\"甲\"}");
    options.collection = "one";
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    options.collection = "two";
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added, 1);
    assert_finds(t, "甲", "a a");
}

static void a_pipe_is_read_line_by_line(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    bulletin_counts counts;
    const char *const paths[] = { "-" };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], records, sizeof records - 1), sizeof records - 1);
    close(ends[1]);
    options.stdin_descriptor = ends[0];
    assert_int_equal(bulletin_import(t->archive, paths, 1, &options, &counts), BULLETIN_PARTIAL);
    assert_int_equal(counts.added, 2);
    close(ends[0]);
    options.stdin_descriptor = -1;
    assert_int_equal(bulletin_import(t->archive, paths, 1, &options, &counts), BULLETIN_PARTIAL);
    assert_int_equal(counts.failed, 1);
}

/* A file younger than two seconds is not trusted to be unchanged by its time. */
static void make_old(const test_archive *t, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/in/%s", t->folder, name);
    const struct timespec times[2] = { { 1700000000, 0 }, { 1700000000, 0 } };
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void an_unchanged_file_is_not_opened_again_nor_its_failures_told(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    write_file(t, "records.jsonl", records);
    write_file(t, "page.txt", "缆都工会开会\n2024-05-01\n\n缆都的工会今天开会，谈了很多事情。\n");
    make_old(t, "records.jsonl");
    make_old(t, "page.txt");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_PARTIAL);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_string_equal(l.problems, "");
    assert_int_equal(counts.unchanged, 4);
    assert_int_equal(counts.updated, 0);

    /* Same size, other text, other time. */
    write_file(t, "page.txt", "缆都工会开会\n2024-05-01\n\n缆都的工会昨天开会，谈了很多事情。\n");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.updated, 1);
    assert_checks(t);
}

static void the_same_page_elsewhere_is_a_place_not_a_bulletin(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    const char *text = "缆都工会开会\n2024-05-01\n\n缆都的工会今天开会，谈了很多事情。\n";
    write_file(t, "a.txt", text);
    write_file(t, "b.txt", text);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.unchanged, 1);
    write_file(t, "c.txt", text);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added, 0);
    assert_checks(t);

    /* When the first changes, the others still hold the old text, which becomes a bulletin of its own. */
    write_file(t, "a.txt", "另一个题目\n2024-05-02\n\n这里换成了完全不同的另一件事情。\n");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "今天开会", strlen("今天开会"), NULL, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), 1);
    bulletin_hits_close(hits);
    assert_checks(t);
}

static void another_text_under_the_same_key_is_kept_beside_it(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    write_file(t, "one.jsonl", "{\"key\":\"u\",\"body\":\"缆都工会今天开会讨论夏天的高温津贴怎样发放\"}");
    write_file(t, "two.jsonl", "{\"key\":\"u\",\"body\":\"棉纺协会发布十月价格指数，与上月相比略有回落\"}");
    make_old(t, "two.jsonl");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added, 2);
    assert_int_equal(counts.collisions, 1);
    assert_finds(t, "高温津贴", "u");
    assert_finds(t, "价格指数", "u#2");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.unchanged, 2);
    assert_int_equal(counts.collisions, 0);

    /* An edited text replaces its own, from wherever it comes. */
    write_file(t, "three.jsonl", "{\"key\":\"u\",\"body\":\"棉纺协会发布十月价格指数，与上月相比明显回落\"}");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.updated, 1);
    assert_finds(t, "明显回落", "u#2");
    assert_checks(t);
}

static void resuming_leaves_what_is_there_alone(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    add(t, "{\"key\":\"c\",\"title\":\"丙\",\"body\":\"旧的\"}");
    write_file(t, "records.jsonl", records);
    options.resume = true;
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_PARTIAL);
    assert_finds(t, "旧的", "c");
    assert_finds(t, "改过的", "");
}

static void patterns_choose_the_files_of_a_folder(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    write_file(t, "a.txt", "甲页上的文章，写得不长。");
    write_file(t, "old/b.txt", "乙页上的文章，写得不长。");
    write_file(t, "c.md", "丙页上的文章，写得不长。");
    const char *const include[] = { "*.txt", NULL }, *const exclude[] = { "old", NULL };
    options.include = include;
    options.exclude = exclude;
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.skipped, 2);
}

static void arrays_and_printed_objects_are_read_one_by_one(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    write_file(t, "array.json",
               "[\n {\"key\":\"a\",\n  \"body\":\"括号 } ] \\\" 在文字里\"},\n 7,\n "
               "{\"key\":\"b\",\"body\":\"乙\"}\n]\n");
    write_file(t, "cut.json", "{\"key\":\"c\",\"body\":\"丙\"}\n{\"key\":\"d\",");
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_PARTIAL);
    assert_int_equal(counts.added, 3);
    assert_string_equal(l.problems, "array.json:4:skipped cut.json:2:skipped ");
    assert_finds(t, "在文字里", "a");
}

static void failures_end_an_import_when_there_are_too_many(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    write_file(t, "records.jsonl", "x\ny\nz\n{\"body\":\"到不了这里\"}\n");
    options.max_failures = 2;
    assert_int_equal(import_in(t, &options, &l, NULL), BULLETIN_BAD_INPUT);
    assert_non_null(strstr(bulletin_message(t->archive), "records.jsonl:2"));
    assert_finds(t, "", "");
}

static void what_is_not_there_is_reported(void **state)
{
    test_archive *t = *state;
    log l = { 0 };
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    const char *const paths[] = { "/no/such/file.txt" };
    options.problem = note;
    options.context = &l;
    assert_int_equal(bulletin_import(t->archive, paths, 1, &options, NULL), BULLETIN_PARTIAL);
    assert_string_equal(l.problems, "file.txt:0:skipped ");
}

static void many_records(const test_archive *t, int count)
{
    char path[128];
    snprintf(path, sizeof path, "%s/in", t->folder);
    mkdir(path, 0700);
    strcat(path, "/many.jsonl");
    FILE *file = fopen(path, "w");
    for (int i = 0; i < count; i++)
        fprintf(file, "{\"key\":\"%d\",\"published\":\"20%02d-%02d-%02d\",\"body\":\"第%d条消息\"}\n", i,
                i % 25, i % 12 + 1, i % 28 + 1, i);
    fclose(file);
}

static void a_callback_stops_an_import_and_what_is_left_comes_next_time(void **state)
{
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { .stop_at = 3 };
    bulletin_counts counts;
    many_records(t, 1000);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_INTERRUPTED);
    assert_checks(t);
    l.stop_at = 0;
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added + counts.unchanged, 1000);
    assert_checks(t);
    assert_finds(t, "第999条", "999");
}

static int64_t count(test_archive *t, const char *query, const bulletin_search_options *options)
{
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), options, &hits), BULLETIN_OK);
    const int64_t total = bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS);
    bulletin_hits_close(hits);
    return total;
}

/* More of one day than its slot holds: the rest spills, and dates and order still see it. */
static void a_full_day_spills_without_losing_its_place(void **state)
{
    enum { BULLETINS = 16384 + 150 };
    test_archive *t = *state;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    log l = { 0 };
    bulletin_counts counts;
    char path[128];
    snprintf(path, sizeof path, "%s/in", t->folder);
    mkdir(path, 0700);
    strcat(path, "/day.jsonl");
    FILE *file = fopen(path, "w");
    for (int i = 0; i < BULLETINS; i++)
        fprintf(file,
                "{\"key\":\"%d\",\"published\":\"2024-05-01\",\"title\":null,\"lang\":\"zh\",\"body\":\"数%"
                "d数\"}\n",
                i, i);
    fputs("{\"key\":\"later\",\"published\":\"2024-05-02\",\"body\":\"数later数\"}\n", file);
    fclose(file);
    assert_int_equal(import_in(t, &options, &l, &counts), BULLETIN_OK);
    assert_int_equal(counts.added, BULLETINS + 1);
    assert_checks(t);
    char out[1000];
    bulletin_search_options day = BULLETIN_SEARCH_INIT;
    day.from = day.until = "2024-05-01";
    assert_string_equal(found(t, "\"数16533数\"", &day, out), "16533");
    assert_string_equal(found(t, "later", &day, out), "");
    assert_int_equal(count(t, "数", &day), BULLETINS);
    day.from = day.until = "2024-05-02";
    assert_string_equal(found(t, "数", &day, out), "later");
    assert_string_equal(found(t, "\"数16533数\"", &day, out), "");
    day = (bulletin_search_options)BULLETIN_SEARCH_INIT;
    day.sort = BULLETIN_NEWEST;
    day.limit = 1;
    assert_string_equal(found(t, "数", &day, out), "later");
    assert_finds(t, "数16533数 OR later", "16533 later");
}

static bool collect(void *context, const char *json, size_t size)
{
    char *out = context;
    assert_int_equal(strlen(json), size);
    const char *key = strstr(json, "\"key\":\"");
    snprintf(out + strlen(out), 1000 - strlen(out), "%.*s ", 1, key + strlen("\"key\":\""));
    return true;
}

static void extract_hands_over_what_import_would_store_in_order(void **state)
{
    test_archive *t = *state;
    char out[1000] = "", path[128];
    bulletin *none;
    write_file(t, "records.jsonl", records);
    snprintf(path, sizeof path, "%s/in/records.jsonl", t->folder);
    const char *const paths[] = { path };
    assert_int_equal(bulletin_open(NULL, NULL, &none), BULLETIN_OK);
    assert_int_equal(bulletin_extract(none, paths, 1, NULL, collect, out), BULLETIN_PARTIAL);
    assert_string_equal(out, "a c a ");
    assert_int_equal(bulletin_import(none, paths, 1, NULL, NULL), BULLETIN_MISUSE);
    bulletin_close(none);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(folders_are_searched_through_and_bad_lines_named),
        TEST(strict_stops_and_keeps_nothing_of_the_batch),
        TEST(a_dry_run_counts_and_changes_nothing),
        TEST(collections_keep_keys_apart),
        TEST(a_pipe_is_read_line_by_line),
        TEST(an_unchanged_file_is_not_opened_again_nor_its_failures_told),
        TEST(the_same_page_elsewhere_is_a_place_not_a_bulletin),
        TEST(another_text_under_the_same_key_is_kept_beside_it),
        TEST(resuming_leaves_what_is_there_alone),
        TEST(patterns_choose_the_files_of_a_folder),
        TEST(arrays_and_printed_objects_are_read_one_by_one),
        TEST(failures_end_an_import_when_there_are_too_many),
        TEST(what_is_not_there_is_reported),
        TEST(a_callback_stops_an_import_and_what_is_left_comes_next_time),
        TEST(a_full_day_spills_without_losing_its_place),
        TEST(extract_hands_over_what_import_would_store_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
