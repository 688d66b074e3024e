/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Fields, wherever they stand in a query: hits are what a scan of the records finds. */
#include "support.h"

enum { DOCUMENTS = 120, QUERIES = 600 };

/* A record by the letters that it holds and its fields. */
typedef struct sample {
    unsigned title, body; /* of the words, a bit each */
    unsigned source, year, lang;
} sample;

static const char *const words[] = { "loom", "纺织", "crane", "检修" };
static const char *const sources[] = { "听潮日报", "岚溪晚报", "Harbour Post" };
static const char *const langs[] = { "zh-Hans", "en" };
enum { WORDS = 4 };

static sample samples[DOCUMENTS];
static uint32_t seed = 3;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static void put_words(char *out, unsigned set)
{
    for (unsigned i = 0; i < WORDS; i++)
        if (set >> i & 1)
            sprintf(out + strlen(out), "%s ", words[i]);
}

static void add_sample(test_archive *t, unsigned i)
{
    sample *s = &samples[i];
    char title[100] = "", body[100] = "", date[40] = "", record[500];
    *s = (sample){ random_below(16), random_below(16), random_below(3), random_below(4), random_below(2) };
    put_words(title, s->title);
    put_words(body, s->body);
    if (s->year > 0)
        sprintf(date, ",\"published\":\"202%u-05-01\"", s->year);
    snprintf(record, sizeof record,
             "{\"key\":\"k%u\",\"title\":\"%s\",\"body\":\"%s.\",\"source\":\"%s\",\"lang\":\"%s\"%s}", i,
             title, body, sources[s->source], langs[s->lang], date);
    add(t, record);
}

/* Write a random query; bit i of `truth` becomes whether it holds of record i. */
static void make(char *query, int depth, bool truth[DOCUMENTS]);

static void make_leaf(char *query, bool truth[DOCUMENTS])
{
    uint32_t kind = random_below(7), which = random_below(WORDS), year = 1 + random_below(3);
    char *end = query + strlen(query);
    for (unsigned i = 0; i < DOCUMENTS; i++) {
        const sample *s = &samples[i];
        bool title = s->title >> which & 1, body = s->body >> which & 1;
        bool all[] = { title || body,        title,           body,      s->source == which % 3,
                       s->lang == which % 2, s->year == year, i == which };
        truth[i] = all[kind];
    }
    switch (kind) {
    case 3:
        sprintf(end, "source:\"%s\"", sources[which % 3]);
        break;
    case 4:
        sprintf(end, "lang:%s", which % 2 ? "en" : "zh");
        break;
    case 5:
        sprintf(end, "date:202%u", year);
        break;
    case 6:
        sprintf(end, "key:k%u", which);
        break;
    default:
        sprintf(end, "%s%s", kind == 0 ? "" : kind == 1 ? "title:" : "body:", words[which]);
    }
}

static void make_list(char *query, int depth, bool truth[DOCUMENTS])
{
    const bool any = random_below(2);
    bool other[DOCUMENTS];
    strcat(query, "(");
    make(query, depth - 1, truth);
    for (uint32_t n = 1 + random_below(2); n > 0; n--) {
        strcat(query, any ? " OR " : " ");
        make(query, depth - 1, other);
        for (unsigned i = 0; i < DOCUMENTS; i++)
            truth[i] = any ? truth[i] || other[i] : truth[i] && other[i];
    }
    strcat(query, ")");
}

static void make(char *query, int depth, bool truth[DOCUMENTS])
{
    const bool negative = random_below(4) == 0;
    if (negative)
        strcat(query, random_below(2) ? "NOT " : "-");
    if (depth == 0 || random_below(3) == 0)
        make_leaf(query, truth);
    else
        make_list(query, depth, truth);
    for (unsigned i = 0; i < DOCUMENTS && negative; i++)
        truth[i] = !truth[i];
}

static void compare(test_archive *t, const char *query, const bool truth[DOCUMENTS])
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bool hit[DOCUMENTS] = { false };
    bulletin_hits *hits;
    options.limit = 0;
    options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL | BULLETIN_NO_COLLAPSE | BULLETIN_NO_SNIPPET;
    if (bulletin_search(t->archive, query, strlen(query), &options, &hits) != BULLETIN_OK)
        fail_msg("%s: %s", query, bulletin_message(t->archive));
    while (bulletin_hits_next(hits) == BULLETIN_OK)
        hit[atoi(bulletin_hits_text(hits, BULLETIN_KEY) + 1)] = true;
    for (unsigned i = 0; i < DOCUMENTS; i++)
        if (hit[i] != truth[i])
            fail_msg("%s: record %u is %sfound", query, i, hit[i] ? "" : "not ");
    bulletin_hits_close(hits);
}

static void any_tree_finds_what_a_scan_finds(void **state)
{
    test_archive *t = *state;
    for (unsigned i = 0; i < DOCUMENTS; i++)
        add_sample(t, i);
    for (int i = 0; i < QUERIES; i++) {
        char query[4000] = "";
        bool truth[DOCUMENTS];
        make(query, 3, truth);
        compare(t, query, truth);
    }
}

static void fields_choose_bulletins(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"title\":\"检修\",\"body\":\"岚溪桥检修。\",\"source\":\"听潮日报\",\"lang\":"
           "\"zh-Hans\","
           "\"url\":\"http://news.example/a/1\",\"published\":\"2024-05-01\"}");
    add(t, "{\"key\":\"b\",\"title\":\"食堂\",\"body\":\"检修食堂。\",\"source\":\"岚溪晚报\",\"lang\":\"zh-"
           "Hant\","
           "\"url\":\"http://other.example/b\",\"published\":\"2024-06\"}");
    add(t, "{\"key\":\"c\",\"title\":\"Canteen\",\"body\":\"A canteen: source of 检修.\",\"lang\":\"en\"}");
    assert_finds(t, "title:检修", "a");
    assert_finds(t, "检修 -title:检修 lang:zh", "b");
    assert_finds(t, "source:听潮", "a");
    assert_finds(t, "url:OTHER.example", "b");
    assert_finds(t, "key:c", "c");
    assert_finds(t, "date:2024-06-15..", "b");
    assert_finds(t, "lang:ZH-HANT OR key:c date:2024", "b");
    assert_finds(t, "is:undated", "c");
    assert_finds(t, "is:undated OR source:晚报 -title:canteen", "b c");
    assert_finds(t, "source: canteen", "c");
    assert_finds(t, "title:(检修 OR canteen)", "a c");
    assert_finds(t, "检修 -title:(检修 OR canteen)", "b");
    assert_finds(t, "title:(canteen 检修)", "");
    assert_finds(t, "title:\"can\"* OR body:\"岚溪 桥\"", "c");
    assert_finds(t, "title:\"检修\"*", "a");
    assert_finds(t, "body:\"a cant\"*", "c");
    assert_finds(t, "source:(听潮 OR 晚报) lang:(zh-Hant OR en)", "b");
    assert_finds(t, "title:NEAR(检 修, 1)", "a");
    assert_finds(t, "id:x", "");
}

static void assert_counts(test_archive *t, const char *query, int64_t wanted)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL | BULLETIN_NO_SNIPPET;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), &options, &hits), BULLETIN_OK);
    if (bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS) != wanted)
        fail_msg("%s finds %lld, not %lld", query,
                 (long long)bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), (long long)wanted);
    bulletin_hits_close(hits);
}

/* So many that the bulletins of a field are found at once and not asked one by one. */
static void fields_choose_among_many_bulletins(void **state)
{
    enum { MANY = 1500 };
    test_archive *t = *state;
    char record[300];
    for (int i = 0; i < MANY; i++) {
        snprintf(
            record, sizeof record,
            "{\"key\":\"%d\",\"title\":\"织机\",\"body\":\"第%d台织机。\",\"source\":\"%s\",\"lang\":\"%s\","
            "\"url\":\"http://%s.example/%d\"%s}",
            i, i, i % 3 ? "听潮日报" : "岚溪晚报", i % 5 ? "zh-Hans" : "en", i % 7 ? "news" : "other", i,
            i % 11 ? ",\"published\":\"2024\"" : "");
        add(t, record);
    }
    static const struct {
        const char *query;
        int every;
        bool negative;
    } rows[] = {
        { "source:岚溪", 3, false },  { "-source:岚溪", 3, true },      { "lang:en", 5, false },
        { "织机 -lang:en", 5, true }, { "url:OTHER.", 7, false },       { "-url:OTHER.", 7, true },
        { "is:undated", 11, false },  { "织机 -is:undated", 11, true }, { "lang:en OR id:0", 5, false },
        { "is:short", 1, false },     { "-is:untitled", 1, false },     { "-is:replaced", 1, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t wanted = 0;
        for (int k = 0; k < MANY; k++)
            wanted += (k % rows[i].every == 0) != rows[i].negative;
        assert_counts(t, rows[i].query, wanted);
    }
}

static void near_counts_words_and_characters_between(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"title\":\"织机\",\"body\":\"厂里的织机今年检修。Nine looms were greased and "
           "cleaned.\"}");
    add(t, "{\"key\":\"b\",\"title\":\"检修\",\"body\":\"织机。\"}");
    assert_finds(t, "NEAR(织机 检修, 2)", "a");
    assert_finds(t, "NEAR(检修 织机, 2)", "a");
    assert_finds(t, "NEAR(织机 检修, 1)", "");
    assert_finds(t, "NEAR(loom cleaned, 3)", "a");
    assert_finds(t, "NEAR(loom clean, 2)", "");
    assert_finds(t, "NEAR(厂 机 修, 7)", "a");
    assert_finds(t, "NEAR(厂 机 修, 6)", "");
    assert_finds(t, "NEAR(loom* \"and cleaned\", 2)", "a");
    assert_finds(t, "body:NEAR(织机 检修)", "a");
    assert_finds(t, "title:NEAR(织机 检修)", "");
    assert_finds(t, "织机 -NEAR(织机 检修)", "b");
    assert_finds(t, "NEAR(织机 检修) OR title:检修", "a b");
}

static void a_date_that_is_none_is_refused(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    assert_int_equal(
        bulletin_search(t->archive, "检修 OR date:soon", strlen("检修 OR date:soon"), NULL, &hits),
        BULLETIN_BAD_QUERY);
    assert_non_null(strstr(bulletin_message(t->archive), "2024-05"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_tree_finds_what_a_scan_finds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fields_choose_bulletins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fields_choose_among_many_bulletins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(near_counts_words_and_characters_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_date_that_is_none_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
