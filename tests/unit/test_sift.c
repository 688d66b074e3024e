/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A page of words that stand nowhere inside others is the same whether all texts are read or the best. */
#include "support.h"

#include "base/buffer.h"

enum { BULLETINS = 1400, LATE = 1390 };

/* What a bulletin says: the term as a word, or inside two others. `rare`: only the longest have it as a word.
 */
static const char *sentence(int i, bool rare)
{
    const bool word = rare ? i >= LATE : i % 3 == 0;
    return word ? "夜班的工人看着纺机。" : "深夜班车到了厂门口，工人下车。";
}

/* Dated and undated, of different lengths, every seventh the copy of the one before it. */
static void fill(test_archive *t, bool rare)
{
    char path[512];
    bulletin_counts counts;
    snprintf(path, sizeof path, "%s/input.jsonl", t->folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < BULLETINS; i++) {
        const int text = i % 7 == 3 ? i - 1 : i;
        fprintf(out, "{\"key\":\"k%d\",", i);
        if (i % 5)
            fprintf(out, "\"published\":\"2024-%02d-%02d\",", 1 + i % 12, 1 + i % 28);
        fprintf(out, "\"source\":\"岚溪社%d\",\"body\":\"%s", i % 3, sentence(text, rare));
        for (int k = 0; k < (rare && text >= LATE ? 60 : text % 23); k++)
            fprintf(out, "第%d车间的女工在灯下数着纱线，数到%d。", k * text % 97, text * 31 + k);
        fprintf(out, "\"}\n");
    }
    fclose(out);
    assert_int_equal(bulletin_import(t->archive, (const char *const[]){ path }, 1, NULL, &counts),
                     BULLETIN_OK);
    assert_int_equal(counts.added, BULLETINS);
}

static bulletin_search_options words(unsigned flags, unsigned sort)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = flags | BULLETIN_WORDS;
    options.sort = (bulletin_sort)sort;
    return options;
}

/* The keys of the hits from `offset` on, ten at most; how many there are beside. */
static char *read_page(test_archive *t, const char *query, const bulletin_search_options *options,
                       uint64_t offset)
{
    bulletin_hits *hits;
    bl_buffer out = { 0 };
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), options, &hits), BULLETIN_OK);
    for (uint64_t i = 0; i < offset + 10 && bulletin_hits_next(hits) == BULLETIN_OK; i++)
        if (i >= offset)
            bl_buffer_printf(&out, "%s ", bulletin_hits_text(hits, BULLETIN_KEY));
    bulletin_hits_close(hits);
    bl_buffer_putc(&out, '\n');
    return bl_buffer_steal(&out);
}

static void assert_same_page(test_archive *t, const char *query, bulletin_search_options options,
                             uint64_t offset)
{
    options.limit = 0;
    char *all = read_page(t, query, &options, offset);
    options.limit = 10;
    options.offset = offset;
    char *best = read_page(t, query, &options, 0);
    if (strcmp(all, best) != 0)
        print_message("%s, flags %u, sort %u, from %d on:\n%s%s", query, options.flags,
                      (unsigned)options.sort, (int)offset, all, best);
    assert_string_equal(all, best);
    free(all);
    free(best);
}

static void a_page_is_what_reading_all_texts_gives(void **state)
{
    static const char *const queries[] = { "夜班",         "夜班 工人",     "\"夜班\"", "夜班 OR 纺机",
                                           "夜班 -车间",   "夜 班",         "班车",     "NEAR(夜班 工人, 3)",
                                           "夜班的工人们", "夜班 纱线 女工" };
    static const unsigned flags[] = { 0, BULLETIN_NO_COLLAPSE, BULLETIN_LITERAL, BULLETIN_ANY };
    static const char *const from[] = { NULL, "2024-02" };
    static const uint64_t offsets[] = { 0, 190 };
    test_archive *t = *state;
    fill(t, false);
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++)
        for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
            for (unsigned sort = BULLETIN_RELEVANCE; sort <= BULLETIN_OLDEST; sort++)
                for (size_t d = 0; d < sizeof from / sizeof *from; d++)
                    for (size_t o = 0; o < sizeof offsets / sizeof *offsets; o++) {
                        bulletin_search_options options = words(flags[f], sort);
                        options.from = from[d];
                        assert_same_page(t, queries[q], options, offsets[o]);
                    }
}

static int64_t total(test_archive *t, const char *query, uint64_t limit, bulletin_total which)
{
    bulletin_hits *hits;
    bulletin_search_options options = words(0, BULLETIN_RELEVANCE);
    options.limit = limit;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), &options, &hits), BULLETIN_OK);
    const int64_t figure = bulletin_hits_total(hits, which);
    bulletin_hits_close(hits);
    return figure;
}

static void many_are_counted_only_where_all_are_wanted(void **state)
{
    test_archive *t = *state;
    fill(t, false);
    assert_int_equal(total(t, "夜班", 10, BULLETIN_TOTAL_BULLETINS), -1);
    assert_int_equal(total(t, "夜班", 10, BULLETIN_TOTAL_STORIES), -1);
    assert_int_equal(total(t, "夜班", 10, BULLETIN_TOTAL_CANDIDATES), BULLETINS);
    assert_int_equal(total(t, "夜班", 0, BULLETIN_TOTAL_CANDIDATES), -1);
    const int64_t all = total(t, "夜班", 0, BULLETIN_TOTAL_BULLETINS);
    assert_in_range(all, BULLETINS / 4, BULLETINS / 2);
    /* Few are. */
    assert_int_equal(total(t, "看着纺机", 10, BULLETIN_TOTAL_BULLETINS), all);
    assert_int_equal(total(t, "看着纺机", 10, BULLETIN_TOTAL_CANDIDATES), -1);
}

/* It is told, not hidden, that there may be more. */
static void the_best_may_hold_it_only_inside_others(void **state)
{
    test_archive *t = *state;
    bulletin_search_options options = words(0, BULLETIN_RELEVANCE);
    fill(t, true);
    options.limit = 10;
    char *page = read_page(t, "夜班", &options, 0);
    assert_string_equal(page, "\n");
    free(page);
    assert_int_equal(total(t, "夜班", 10, BULLETIN_TOTAL_BULLETINS), -1);
    assert_int_equal(total(t, "夜班", 10, BULLETIN_TOTAL_CANDIDATES), BULLETINS);
    assert_in_range(total(t, "夜班", 0, BULLETIN_TOTAL_BULLETINS), BULLETINS - LATE - 2,
                    BULLETINS - LATE + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_is_what_reading_all_texts_gives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_are_counted_only_where_all_are_wanted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_best_may_hold_it_only_inside_others, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
