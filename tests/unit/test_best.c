/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What is kept of common terms says what a search without it says, whatever happens to the archive. */
#include "support.h"

#include <sqlite3.h>

#include "base/buffer.h"

enum { BULLETINS = 4300, LONG = 160, DAYS = 520, INSIDE = 90 };

static const char *const queries[] = { "夜班", "\"夜班\"", "loom", "\"loom\"", "looms",
                                       "纺机", "夜",       "无此", "\"的\"",   "夜班 纺机" };
enum { QUERIES = sizeof queries / sizeof *queries };

/* How many there are of the archive as it is, or of one from which it has changed a little. */
static int64_t lists(const test_archive *t)
{
    return read_number(t, "SELECT count(*) FROM best WHERE length(term) > 1 AND revision ="
                          " (SELECT revision FROM best WHERE length(term) = 1)");
}
static int64_t changes(const test_archive *t)
{
    return read_number(t, "SELECT count(*) FROM best_changed");
}

/* A month of long texts, the first of them shorter than the others and longer than those of all other months.
 */
static void write_long(FILE *out)
{
    for (int i = 0; i < LONG; i++) {
        fprintf(out, "{\"key\":\"l%d\",\"published\":\"2024-06-%02d\",\"body\":\"夜班。", i,
                i ? 2 + i % 20 : 1);
        for (int k = 0; k < (i ? 40 : 20); k++)
            fprintf(out, "第%d号仓库的纱锭在%d日清点，共%d枚。", k * i % 97, k, i * 57 + k);
        fprintf(out, "\"}\n");
    }
}

static void write_day(FILE *out, int text, const char *word)
{
    for (int k = 0; k < 3 + (text < 0 ? 0 : text) % 9; k++)
        fprintf(out, "细纱%d号锭子在第%d班断头%d次。", text * 7 % 101 + k, text, k * text % 89);
    fprintf(out, "%s的纺机%d，loom。\"}\n", word, text);
}

/* A few of the year before, and three days of many and some beside them, every fifth a copy of the one before
 * it or of one of another day; here and there of a copy only one holds the word. */
static void write_days(FILE *out)
{
    for (int i = 0; i < DAYS; i++) {
        const int text = i % 5 == 4 ? i - (i % 3 == 0 ? 151 : 1) : i;
        const int day = i < 30 ? 20 : i % 10 == 0 ? 1 + i % 20 : 8 + i / 170;
        fprintf(out, "{\"key\":\"d%d\",\"published\":\"%s-%02d\",\"body\":\"", i,
                i < 30 ? "2023-12" : "2024-08", day);
        write_day(out, text, i % 40 == 4 ? "早班" : "夜班");
    }
}

static void write_inside_text(FILE *out, int i)
{
    for (int k = 0; k < (i % 8 == 0 ? 30 : 2); k++)
        fprintf(out, "第%d根纱在%d点接上，", k * i % 97, i * 57 + k);
    fprintf(out, "%s到%d号门。\"}\n", i % 8 == 0 ? "夜班" : "深夜班车、深夜班车", i);
}

/* A month in which most bulletins, and the best, hold the word only inside others. */
static void write_inside(FILE *out)
{
    for (int i = 0; i < INSIDE; i++) {
        fprintf(out, "{\"key\":\"n%d\",\"published\":\"2024-09-%02d\",\"body\":\"", i, 1 + i % 30);
        write_inside_text(out, i);
    }
}

static void write_text(FILE *out, int text)
{
    for (int k = 0; k < text % 13; k++)
        fprintf(out, "第%d车间的女工在灯下数着纱线，数到%d。", k * text % 97, text * 31 + k);
    for (int k = 0; k <= text % 4; k++)
        fprintf(out, "%s的纺机停在%d号门边，one loom of %d looms。", text % 6 == 1 ? "深夜班车" : "夜班",
                text, text % 19);
}

enum { FAR = 4, FAR_TEXT = 5000 };

static void write_far_one(FILE *out, int i, int month, const char *source)
{
    static const char *const months[] = { "2023-12", "2024-01", "2024-02", "", "",
                                          "",        "2024-06", "",        "", "2024-09" };
    fprintf(out, "{\"key\":\"f%d-%d\",\"published\":\"%s-03\",\"source\":\"%s\",\"body\":\"", i, month,
            months[month], source);
    write_text(out, FAR_TEXT + 13 * i + 12);
    fputs("\"}\n", out);
}

/* Stories of months far from each other, every second with a bulletin between the two. */
static void write_far(FILE *out)
{
    for (int i = 0; i < FAR; i++) {
        write_far_one(out, i, i == 0 ? 0 : 1, "");
        if (i % 2 || i == 0)
            write_far_one(out, i, i % 2 ? 2 : 1, "");
        write_far_one(out, i, i % 2 ? 9 : 6, "");
    }
}

/* Dated over four months, a few within a fifth, and undated, of different lengths, every seventh the copy of
 * another, here and there the words in a title or again and again, or one only inside other words. */
static void write_input(const test_archive *t, const char *path)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    (void)t;
    for (int i = 0; i < BULLETINS; i++) {
        int text = i % 7 == 3 ? i - 1 : i;
        fprintf(out, "{\"key\":\"k%d\",", i);
        if (i % 5)
            fprintf(out, "\"published\":\"2024-%02d-%02d\",", i % 17 == 2 ? 5 : 1 + i % 4, 1 + i % 28);
        if (i % 11 == 0)
            fprintf(out, "\"title\":\"%s第%d号\",", i % 2 ? "夜班" : "纺机", i);
        fprintf(out, "\"source\":\"岚溪社%d\",\"body\":\"", i % 3);
        write_text(out, text);
        fprintf(out, "\"}\n");
    }
    write_long(out);
    write_days(out);
    write_inside(out);
    write_far(out);
    fclose(out);
}

static void print_hits(test_archive *t, const char *query, const bulletin_search_options *options,
                       bl_buffer *out)
{
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), options, &hits), BULLETIN_OK);
    bl_buffer_printf(out, "%s %u %u %lld:", query, options->flags, (unsigned)options->sort,
                     (long long)options->offset);
    for (int total = BULLETIN_TOTAL_STORIES; total <= BULLETIN_TOTAL_UNDATED_EXCLUDED; total++)
        bl_buffer_printf(out, " %lld", (long long)bulletin_hits_total(hits, (bulletin_total)total));
    while (bulletin_hits_next(hits) == BULLETIN_OK) {
        const char *snippet = bulletin_hits_text(hits, BULLETIN_SNIPPET);
        bl_buffer_printf(out, " %s %.17g %s", bulletin_hits_text(hits, BULLETIN_KEY),
                         bulletin_hits_score(hits), snippet ? snippet : "");
    }
    bl_buffer_putc(out, '\n');
    bulletin_hits_close(hits);
}

/* All of it, months of many and of few hits, ends that lie within blocks, a part of a month, days, none. */
static const char *const dates[][2] = { { NULL, NULL },
                                        { "2024-02", NULL },
                                        { "2024-05", "2024-05" },
                                        { NULL, "2024-03-05" },
                                        { "2024-01-15", "2024-04-10" },
                                        { "2024", "2024" },
                                        { "2024-03-07", "2024-03-07" },
                                        { "2024-06", "2024-06" },
                                        { "2024-07", "2024-07" },
                                        { "2024-09", "2024-09" },
                                        { "2024-09-03", "2024-09-28" },
                                        { "2023-12-20", "2024-08-08" },
                                        { "2024-08-09", "2024-08-10" },
                                        { "2024-08-05", "2024-08-09" },
                                        { "2025-02", "2025-02" },
                                        { "2024-09", "2025-02-10" } };

/* Every query, some, or those of one word, whose weight is that of now even where lists are of before. */
typedef enum scope { ALL, SOME, WORDS } scope;

/* In every way, with pages that lists reach and that they do not. */
static char *answers(test_archive *t, scope which)
{
    const size_t step = which == SOME ? 4 : 1, end = which == WORDS ? QUERIES - 1 : QUERIES;
    static const unsigned flags[] = { 0, BULLETIN_NO_COLLAPSE, BULLETIN_LITERAL, BULLETIN_ANY };
    static const uint64_t offsets[] = { 0, 195 };
    bl_buffer out = { 0 };
    for (size_t q = 0; q < end; q += step)
        for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
            for (unsigned sort = BULLETIN_RELEVANCE; sort <= BULLETIN_NEWEST; sort++)
                for (size_t o = 0; o < sizeof offsets / sizeof *offsets; o++) {
                    bulletin_search_options options = BULLETIN_SEARCH_INIT;
                    options.flags = flags[f] | (offsets[o] ? BULLETIN_NO_SNIPPET : 0);
                    options.sort = (bulletin_sort)sort;
                    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
                        const uint64_t further = (d + f + sort + q) % 2 ? 35 : 0;
                        options.offset = offsets[o] > 0 ? offsets[o] : further;
                        options.from = dates[d][0];
                        options.until = dates[d][1];
                        print_hits(t, queries[q], &options, &out);
                    }
                }
    return bl_buffer_steal(&out);
}

/* Scores are made with the same averages either way. */
static void assert_same_without_lists(test_archive *t, scope which)
{
    char *with = answers(t, which);
    execute(t, "UPDATE best SET revision = -revision WHERE length(term) > 1");
    char *without = answers(t, which);
    execute(t, "UPDATE best SET revision = -revision WHERE length(term) > 1");
    assert_string_equal(with, without);
    free(with);
    free(without);
}

static void fill(test_archive *t)
{
    char path[512];
    bulletin_counts counts;
    snprintf(path, sizeof path, "%s/input.jsonl", t->folder);
    write_input(t, path);
    assert_int_equal(bulletin_import(t->archive, (const char *const[]){ path }, 1, NULL, &counts),
                     BULLETIN_OK);
    assert_int_equal(counts.added, BULLETINS + LONG + DAYS + INSIDE + FAR * 5 / 2 + 1);
}

static void lists_say_what_a_search_says(void **state)
{
    test_archive *t = *state;
    fill(t);
    assert_true(lists(t) >= 4);
    assert_int_equal(read_number(t, "SELECT count(*) FROM best WHERE term LIKE '_b夜_'"), 1);
    assert_same_without_lists(t, ALL);
    assert_checks(t);
}

/* Stories are kept beside the lists, and read from their rows where those are not true. */
static void stories_are_kept_beside(void **state)
{
    test_archive *t = *state;
    fill(t);
    reopen(t, NULL);
    assert_true(read_number(t, "SELECT length(blocks) FROM best WHERE length(term) = 1") > 1000);
    char *before = answers(t, SOME);
    execute(t, "UPDATE best SET blocks = x'' WHERE length(term) = 1");
    reopen(t, NULL);
    char *after = answers(t, SOME);
    assert_string_equal(before, after);
    execute(t, "UPDATE best SET blocks = x'83FFFF' WHERE length(term) = 1");
    reopen(t, NULL);
    free(after);
    after = answers(t, SOME);
    assert_string_equal(before, after);
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
    assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
    assert_checks(t);
    free(before);
    free(after);
}

static void changes_are_seen_at_once(void **state)
{
    test_archive *t = *state;
    size_t removed;
    fill(t);
    char *before = answers(t, SOME);
    int64_t id = add(
        t, "{\"key\":\"new\",\"title\":\"夜班 夜班\",\"published\":\"2025-01-01\",\"body\":\"夜班夜班\"}");
    assert_int_equal(changes(t), 1);
    assert_true(lists(t) >= 4);
    bulletin_search_options newest = BULLETIN_SEARCH_INIT;
    char out[1000];
    newest.sort = BULLETIN_NEWEST;
    newest.limit = 1;
    assert_string_equal(found(t, "夜班", &newest, out), "new");
    assert_int_equal(bulletin_remove_all(t->archive, &id, 1, &removed), BULLETIN_OK);
    char *after = answers(t, SOME);
    assert_string_equal(before, after);
    assert_checks(t);
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_true(lists(t) >= 4);
    assert_int_equal(changes(t), 0);
    assert_same_without_lists(t, SOME);
    free(before);
    free(after);
}

static void import_file(test_archive *t, const char *path)
{
    bulletin_counts counts;
    assert_int_equal(bulletin_import(t->archive, (const char *const[]){ path }, 1, NULL, &counts),
                     BULLETIN_OK);
}

/* In one month bulletins of other texts than before and copies of old ones, and some undated. */
static void write_changes(FILE *out, int month)
{
    for (int n = 0; n < 4; n++) {
        const int i = 4 * (11 + 102 * n) + month - 1;
        fprintf(out, "{\"key\":\"k%d\",\"published\":\"2024-%02d-%02d\",\"body\":\"%s%d的纺机，loom\"}\n", i,
                month, 2 + 8 * n, n % 2 ? "夜班" : "早班", n);
        fprintf(out, "{\"key\":\"c%d\",\"published\":\"2024-%02d-%02d\",\"body\":\"", i + 4, month,
                1 + 9 * n);
        write_text(out, i + 4);
        fputs("\"}\n", out);
    }
    for (int i = 0; i < 3; i++) /* where there was nothing before */
        fprintf(out, "{\"key\":\"n%d-%d\",\"published\":\"2025-02-%02d\",\"body\":\"夜班%d\"}\n", month, i,
                8 * month + i, i);
    for (int i = 9; month == 2 && i < DAYS; i += 9) { /* the shortest, some in a month that is walked */
        fprintf(out, "{\"key\":\"e%d\",\"published\":\"%s-%02d\",\"body\":\"", i,
                i < 50 ? "2024-02" : "2025-02", 1 + i % 28);
        write_day(out, i, "夜班");
    }
    for (int i = 29; month == 2 && i < INSIDE; i += 30) { /* the newest of a month */
        fprintf(out, "{\"key\":\"i%d\",\"published\":\"2025-02-27\",\"body\":\"", i);
        write_inside_text(out, i);
    }
    for (int i = 0; month == 2 && i < FAR; i += 2)
        write_far_one(out, i, month, "");
    for (int i = 1; month == 1 && i < FAR; i++) /* what stands for a story, which stays */
        write_far_one(out, i, 1, "岚溪社9");
    for (int n = 0; month == 2 && n < 3; n++) {
        fprintf(out, "{\"key\":\"u%d\",\"body\":\"", n);
        write_text(out, 4 * (31 + n) + month - 1);
        fputs("\"}\n", out);
    }
}

static void remove_one(test_archive *t, const char *select)
{
    const int64_t id = read_number(t, select);
    size_t removed;
    assert_int_equal(bulletin_remove_all(t->archive, &id, 1, &removed), BULLETIN_OK);
}

/* And some are taken away, among them such as stand for others and such as are between others. */
static void change_some(test_archive *t, int month)
{
    char path[512], select[200];
    snprintf(path, sizeof path, "%s/changes.jsonl", t->folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    write_changes(out, month);
    fclose(out);
    import_file(t, path);
    for (int i = 0; month == 1 && i < 3; i++) {
        snprintf(select, sizeof select,
                 "SELECT id FROM bulletin%s AND published GLOB '2024-%02d-*' LIMIT 1 OFFSET %d",
                 i > 0 ? " JOIN story USING(doc) WHERE story = doc" : " WHERE TRUE", month, 40 * i);
        remove_one(t, select);
    }
    for (int i = 1; month == 2 && i < FAR; i += 2) {
        snprintf(select, sizeof select, "SELECT id FROM bulletin WHERE key = 'f%d-2'", i);
        remove_one(t, select);
    }
}

/* A block in which something changed is walked, and the others are of use still. */
static void lists_stay_true_of_what_changes(void **state)
{
    test_archive *t = *state;
    fill(t);
    for (int month = 1; month <= 2; month++) {
        change_some(t, month);
        assert_true(lists(t) >= 4);
        assert_true(changes(t) > 10);
        assert_same_without_lists(t, WORDS);
        assert_checks(t);
    }
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    add(t, "{\"key\":\"last\",\"published\":\"2025-01-01\",\"body\":\"夜班\"}");
    assert_int_equal(changes(t), 1);
    execute(t, "UPDATE best SET blocks = (SELECT blocks FROM best WHERE term LIKE '_c纺机%')"
               " WHERE term LIKE '_c夜班%'");
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
}

/* So much that they are of no use any more. */
static void lists_are_renewed_when_much_is_gone(void **state)
{
    test_archive *t = *state;
    int64_t ids[700];
    const size_t count = sizeof ids / sizeof *ids;
    size_t removed;
    fill(t);
    for (size_t i = 0; i < count; i++)
        ids[i] = (int64_t)i * 6 + 1;
    assert_int_equal(bulletin_remove_all(t->archive, ids, count, &removed), BULLETIN_OK);
    assert_int_equal(removed, count);
    assert_int_equal(changes(t), 0);
    assert_true(lists(t) >= 4);
    assert_same_without_lists(t, SOME);
}

static void a_wrong_list_is_found_and_taken_away(void **state)
{
    test_archive *t = *state;
    fill(t);
    execute(t, "UPDATE best SET bulletins = bulletins + 1 WHERE term LIKE '_c夜班%'");
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
    assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
    assert_checks(t);
    assert_same_without_lists(t, SOME);
}

/* As an archive has them that another version of the library made. */
static void lists_of_another_form_are_nobodys(void **state)
{
    test_archive *t = *state;
    fill(t);
    char *before = answers(t, SOME);
    execute(t, "UPDATE best SET term = 'x' || substr(term, 2), best = x'00', newest = x'01', blocks = x'02'");
    reopen(t, NULL);
    char *after = answers(t, SOME);
    assert_string_equal(before, after);
    assert_checks(t);
    char path[512];
    bulletin_counts counts;
    snprintf(path, sizeof path, "%s/more.jsonl", t->folder);
    FILE *more = fopen(path, "w");
    assert_non_null(more);
    fputs("{\"key\":\"more\",\"body\":\"夜班\"}\n", more);
    fclose(more);
    assert_int_equal(bulletin_import(t->archive, (const char *const[]){ path }, 1, NULL, &counts),
                     BULLETIN_OK);
    assert_true(lists(t) >= 4);
    assert_same_without_lists(t, SOME);
    free(before);
    free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_say_what_a_search_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stories_are_kept_beside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(changes_are_seen_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_stay_true_of_what_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_renewed_when_much_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_of_another_form_are_nobodys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wrong_list_is_found_and_taken_away, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
