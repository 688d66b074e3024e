/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Whatever is typed finds something, finds nothing, or is refused with a sentence: never an error of the
 * database. `test_awkward ARCHIVE` asks an archive of one's own and tells what is slow. */
#include "awkward.h"
#include "support.h"

#include <time.h>

enum { WORDS = 5000, BYTES = 10000, SLOW = 60 };

typedef struct asking {
    bulletin *archive;
    size_t asked, refused;
    size_t slow; /* beyond SLOW */
    bool tells;  /* what is slow */
} asking;

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The ways in which everything is asked. */
static const struct {
    const char *name, *from, *organization;
    unsigned flags;
    bulletin_sort sort;
} ways[] = {
    { "plain", NULL, NULL, 0, BULLETIN_RELEVANCE },
    { "literal", NULL, NULL, BULLETIN_LITERAL, BULLETIN_RELEVANCE },
    { "any", NULL, NULL, BULLETIN_ANY, BULLETIN_RELEVANCE },
    { "as typed", NULL, NULL, BULLETIN_NO_EXPAND | BULLETIN_EXPLAIN | BULLETIN_SUGGEST, BULLETIN_RELEVANCE },
    { "all text", NULL, NULL, BULLETIN_ALL_TEXT | BULLETIN_COUNT_FURNITURE | BULLETIN_NO_COLLAPSE,
      BULLETIN_RELEVANCE },
    { "newest", "2023", NULL, 0, BULLETIN_NEWEST },
    { "organization", NULL, "全国总工会", 0, BULLETIN_RELEVANCE },
    { "words", NULL, NULL, BULLETIN_WORDS, BULLETIN_RELEVANCE },
};
enum { WAYS = sizeof ways / sizeof *ways };

/* How long it takes to be shown. */
static double ask_once(asking *a, const char *query, size_t size, const bulletin_search_options *options,
                       bulletin_status *status)
{
    bulletin_hits *hits;
    const double start = milliseconds();
    *status = bulletin_search(a->archive, query, size, options, &hits);
    while (*status == BULLETIN_OK && (*status = bulletin_hits_next(hits)) == BULLETIN_OK)
        bulletin_hits_text(hits, BULLETIN_SNIPPET);
    const double taken = milliseconds() - start;
    bulletin_hits_close(hits);
    return taken;
}

/* What is slow is asked again: something else may have run. */
static void ask_so(asking *a, const char *query, size_t size, size_t way)
{
    enum { TRIES = 3 };
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_status status = BULLETIN_OK;
    double taken = SLOW + 1;
    options.flags = ways[way].flags;
    options.sort = ways[way].sort;
    options.from = ways[way].from;
    options.organizations = &ways[way].organization;
    options.organization_count = ways[way].organization != NULL;
    for (int i = 0; i < TRIES && taken > SLOW; i++) {
        const double again = ask_once(a, query, size, &options, &status);
        taken = again < taken || i == 0 ? again : taken;
    }
    if (status != BULLETIN_END && status != BULLETIN_BAD_QUERY)
        fail_msg("'%.60s' is %s: %s", query, bulletin_status_name(status), bulletin_message(a->archive));
    if (status == BULLETIN_BAD_QUERY && !*bulletin_message(a->archive))
        fail_msg("'%.60s' is refused without a word", query);
    a->refused += status == BULLETIN_BAD_QUERY;
    a->slow += taken > SLOW;
    if (taken > SLOW && a->tells)
        printf("%7.1f ms, %s: %.60s\n", taken, ways[way].name, query);
}

static void ask(asking *a, const char *query, size_t size)
{
    for (size_t way = 0; way < WAYS; way++)
        ask_so(a, query, size, way);
    a->asked++;
}

static void ask_text(asking *a, const char *query)
{
    ask(a, query, strlen(query));
}

static void ask_marks(asking *a)
{
    char query[AWKWARD_SIZE];
    for (size_t i = 0; i < AWKWARD_MARKS * AWKWARD_FORMS; i++) {
        awkward_fill(query, awkward_forms[i % AWKWARD_FORMS], awkward_marks[i / AWKWARD_FORMS]);
        ask_text(a, query);
    }
}

static void ask_rows(asking *a)
{
    for (size_t i = 0; i < sizeof awkward / sizeof *awkward; i++)
        ask_text(a, awkward[i]);
    ask(a, "\0", 1);
    ask(a, "工\0会", 7);
    ask(a, "\0\0\0", 3);
    ask(a, "\"a\0b\"", 5);
}

static void ask_repeated(asking *a, const char *piece, size_t size)
{
    const size_t length = strlen(piece);
    char *text = malloc(size + length);
    size_t at = 0;
    for (; at < size; at += length)
        memcpy(text + at, piece, length);
    ask(a, text, at);
    free(text);
}

static void ask_long(asking *a)
{
    static const char *const pieces[] = { "a",
                                          "工会",
                                          "工 会 ",
                                          "的",
                                          "a ",
                                          "a OR ",
                                          "-a ",
                                          "NOT ",
                                          "(",
                                          ")",
                                          "()",
                                          "\"",
                                          "\"a",
                                          "\" \"",
                                          "*",
                                          "a*",
                                          "a* ",
                                          "工* ",
                                          "title:工 ",
                                          "-",
                                          "- ",
                                          ".",
                                          "a.",
                                          "“",
                                          "😀",
                                          "\xff",
                                          "\n",
                                          " ",
                                          "来源：",
                                          "lang:zh ",
                                          "source:新 OR ",
                                          "NEAR(a b, 3) " };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        ask_repeated(a, pieces[i], BYTES);
    ask_repeated(a, "工会", 200000);
    char *many = malloc(WORDS * 16), *at = many;
    for (int i = 0; i < WORDS; i++)
        at += sprintf(at, "w%d ", i);
    ask(a, many, (size_t)(at - many));
    for (int words = 100; words <= 300; words += 50) {
        at = many;
        for (int i = 0; i < words; i++)
            at += sprintf(at, "%sw%d", i ? " OR " : "", i);
        ask(a, many, (size_t)(at - many));
    }
    /* Sentences without a blank, each character another. */
    at = many;
    for (unsigned code = 0x4E00; at - many < BYTES; code++)
        at += sprintf(at, "%c%c%c", (int)(0xE0 | code >> 12), (int)(0x80 | (code >> 6 & 63)),
                      (int)(0x80 | (code & 63)));
    ask(a, many, (size_t)(at - many));
    free(many);
}

static void ask_all(asking *a)
{
    ask_marks(a);
    ask_rows(a);
    ask_long(a);
}

static void every_string_is_a_query(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"title\":\"工会改革\",\"body\":\"听潮市的工会改革。Looms "
           "turn.\",\"published\":\"2024\"}");
    add(t, "{\"key\":\"b\",\"title\":\"食堂\",\"body\":\"岚溪的食堂 a b 工厂。\",\"furniture\":\"工会\"}");
    asking a = { .archive = t->archive };
    ask_all(&a);
    assert_true(a.asked >= 1500);
    assert_true(a.refused > 0 && a.refused < a.asked / 3);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_string_is_a_query, set_up, tear_down),
    };
    if (argc < 2)
        return cmocka_run_group_tests(tests, NULL, NULL);
    const bulletin_options options = { .size = sizeof options, .read_only = true };
    asking a = { .tells = true };
    if (bulletin_open(argv[1], &options, &a.archive) == BULLETIN_OK)
        ask_all(&a);
    printf("%zu queries, each in %d ways, %zu refusals, %zu beyond %d ms\n", a.asked, WAYS,
           a.refused, a.slow, SLOW);
    bulletin_close(a.archive);
    return 0;
}
