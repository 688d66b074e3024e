/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What a search finds, in which order, and what it shows of it. */
#include "support.h"

static int set_up_bulletins(void **state)
{
    int code = set_up(state);
    test_archive *t = *state;
    static const char *const records[] = {
        "{\"key\":\"undated\",\"title\":null,\"published\":null,\"source\":null,\"body\":"
        "\"缆都市总工会谈产改。\"}",
        "{\"key\":\"y19\",\"title\":\"老厂的产改\",\"published\":\"2019\",\"source\":\"缆都晚报\",\"body\":"
        "\"产改,工会。\"}",
        "{\"key\":\"m24\",\"title\":\"技能竞赛\",\"published\":\"2024-05\",\"source\":\"缆都日报\",\"body\":"
        "\"工会办竞赛,织机改造。\"}",
        "{\"key\":\"d24\",\"title\":\"Skills contest\",\"published\":\"2024-05-17\",\"source\":\"Cable "
        "Daily\","
        "\"lang\":\"en\",\"body\":\"Workers of the U.S. mill won. The worker's labour e-commerce studio, "
        "1,200 looms.\"}",
        "{\"key\":\"t25\",\"title\":\"紡織工業聯合會\",\"published\":\"2025-01-02\",\"source\":\"纜都日報\","
        "\"lang\":\"zh-Hant\",\"body\":\"總工會與紡織工業聯合會開會。生产改造项目。\"}",
    };
    for (size_t i = 0; code == 0 && i < sizeof records / sizeof *records; i++)
        add(t, records[i]);
    return code;
}

static void words_phrases_and_operators_find_what_holds_them(void **state)
{
    test_archive *t = *state;
    static const struct {
        const char *query, *keys;
    } rows[] = {
        { "", "y19 m24 d24 t25 undated" },
        { "产改", "y19 t25 undated" },
        { "產改", "y19 t25 undated" },
        { "产改 工会", "y19 t25 undated" },
        { "“产改,工会”", "y19" },
        { "“产改工会”", "" },
        { "产改，工会", "y19 t25 undated" },
        { "总工会", "t25 undated" },
        { "纺织工业联合会", "t25" },
        { "厂", "y19" },
        { "机", "m24" },
        { "会", "y19 m24 t25 undated" },
        { "worker", "d24" },
        { "workers", "d24" },
        { "\"worker\"", "d24" },
        { "\"work\"", "" },
        { "\"contests\"", "" },
        { "contests", "d24" },
        { "WORK*", "d24" },
        { "ｗｏｒｋｅｒｓ", "d24" },
        { "labor", "d24" },
        { "US", "d24" },
        { "U.S.", "d24" },
        { "ecommerce", "d24" },
        { "e-commerce", "d24" },
        { "1200", "d24" },
        { "1,200", "d24" },
        { "竞赛 OR 紡織", "m24 t25" },
        { "(竞赛 OR 紡織) 工会", "m24 t25" },
        { "工会 -产改", "m24" },
        { "-产改", "m24 d24" },
        { "NOT (产改 OR 竞赛)", "d24" },
        { "竞赛 OR NOT 工会", "m24 d24" },
        { "NOT (NOT 竞赛 NOT 紡織)", "m24 t25" },
        { "产改 。", "y19 t25 undated" },
        { "looms.", "d24" },
        { "\"looms.\"", "d24" },
        { "\"，\"", "y19 m24 d24" },
        { "没有的词", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_finds(t, rows[i].query, rows[i].keys);
}

static const char *search_between(test_archive *t, const char *from, const char *until, char out[1000])
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.from = from;
    options.until = until;
    return found(t, "", &options, out);
}

static void dates_match_when_their_spans_overlap(void **state)
{
    test_archive *t = *state;
    char out[1000];
    assert_string_equal(search_between(t, "2024", "2024", out), "m24 d24");
    assert_string_equal(search_between(t, "2024-05-18", NULL, out), "m24 t25");
    assert_string_equal(search_between(t, NULL, "2024-05-16", out), "y19 m24");
    assert_string_equal(search_between(t, "2019-12-31", "2019-12-31", out), "y19");
    assert_string_equal(search_between(t, "2020", "2023", out), "");
    assert_string_equal(search_between(t, "2025", "2024", out), "");
}

static void the_undated_are_counted_not_found(void **state)
{
    test_archive *t = *state;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    options.from = "2018";
    assert_int_equal(bulletin_search(t->archive, "产改", strlen("产改"), &options, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), 2);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_UNDATED_EXCLUDED), 1);
    bulletin_hits_close(hits);
}

static void a_date_that_is_none_is_refused(void **state)
{
    test_archive *t = *state;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    options.from = "soon";
    assert_int_equal(bulletin_search(t->archive, "", 0, &options, &hits), BULLETIN_BAD_QUERY);
    assert_non_null(strstr(bulletin_message(t->archive), "soon"));
}

static void filters_narrow_the_hits(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.source = "缆都日报";
    assert_string_equal(found(t, "", &options, out), "m24 t25");
    options.source = NULL;
    options.lang = "zh";
    assert_string_equal(found(t, "", &options, out), "y19 m24 t25 undated");
    options.lang = "zh-Hant";
    assert_string_equal(found(t, "", &options, out), "t25");
    options.lang = NULL;
    const char *const organizations[] = { "总工会", "纺织工业联合会" };
    options.organizations = organizations;
    options.organization_count = 2;
    assert_string_equal(found(t, "", &options, out), "t25");
    assert_string_equal(found(t, "产改 OR 竞赛", &options, out), "t25");
    assert_string_equal(found(t, "竞赛", &options, out), "");
    options.flags = BULLETIN_ANY;
    assert_string_equal(found(t, "竞赛 产改", &options, out), "t25");
}

static void order_is_by_relevance_or_date(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_NEWEST;
    assert_string_equal(found(t, "产改", &options, out), "t25 y19 undated");
    options.limit = 1;
    options.offset = 1;
    assert_string_equal(found(t, "产改", &options, out), "y19");
    options.offset = 3;
    assert_string_equal(found(t, "产改", &options, out), "");
    options = (bulletin_search_options)BULLETIN_SEARCH_INIT;
    options.limit = 1; /* the only one with the word in its title */
    assert_string_equal(found(t, "产改", &options, out), "y19");
}

static void pieces_of_other_words_rank_below_words(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_NO_EXPAND;
    add(t, "{\"key\":\"inside\",\"published\":\"2026-01-01\",\"title\":\"生产改造\",\"body\":\"生产改造,"
           "生产改造。\"}");
    assert_string_equal(found(t, "产改", &options, out), "y19 undated inside t25");
    bulletin_hits *hits;
    options.limit = 1;
    assert_int_equal(bulletin_search(t->archive, "产改", strlen("产改"), &options, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), 4);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_INSIDE_WORDS), 2);
    bulletin_hits_close(hits);
}

static void a_glossary_says_where_words_are(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL;
    add(t, "{\"key\":\"apart\",\"body\":\"青梭云的轴，在库里。\"}");
    add(t, "{\"key\":\"together\",\"body\":\"库里有青梭，云轴也在。\"}");
    const char *const words[] = { "青梭", "雲軸", NULL };
    options.glossary = words;
    assert_string_equal(found(t, "库里青梭云轴", &options, out), "together");
}

/* remove "title:($x)" must not take the archive when $x is empty. */
static void what_says_nothing_finds_nothing(void **state)
{
    test_archive *t = *state;
    static const char *const nothing[] = { "()",           "(((",          ")",
                                           "\"\"",         "“”",           "「」",
                                           "NOT ()",       "title:(\"\")", "\"  \" (( ) )",
                                           "\xE2\x80\x8D", "-()",          "title:()",
                                           "(\"\" OR ())" };
    char all[1000], out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    found(t, "", NULL, all);
    assert_true(strlen(all) > 0);
    assert_string_equal(found(t, " \t　", NULL, out), all);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (*found(t, nothing[i], NULL, out))
            fail_msg("%s finds %s", nothing[i], out);
    options.flags = BULLETIN_LITERAL;
    assert_string_equal(found(t, "\xE2\x80\x8D", &options, out), "");
    assert_finds(t, "() is:undated", "undated");
}

static void states_are_asked_for_like_words(void **state)
{
    test_archive *t = *state;
    assert_finds(t, "is:undated", "undated");
    assert_finds(t, "产改 is:undated", "undated");
    assert_finds(t, "产改 -is:undated", "y19 t25");
    assert_finds(t, "is:untitled", "undated");
    assert_finds(t, "is:nothing-known", "");
    assert_finds(t, "“is:undated”", "");
}

static void one_word_of_several_is_enough_when_asked(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.flags = BULLETIN_ANY;
    assert_string_equal(found(t, "竞赛 worker 无此词", &options, out), "m24 d24");
}

static void literal_takes_the_query_as_it_stands(void **state)
{
    test_archive *t = *state;
    char out[1000];
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_LITERAL;
    assert_string_equal(found(t, "工会 -产改", &options, out), "");
    assert_string_equal(found(t, "Skills contest", &options, out), "d24");
    assert_string_equal(found(t, "产改,工会", &options, out), "y19");
}

static void assert_highlighted(bulletin_hits *hits, bulletin_field field, const char *marked)
{
    size_t count;
    const char *text = bulletin_hits_text(hits, field);
    const bulletin_range *ranges = bulletin_hits_highlights(hits, field, &count);
    char out[1000] = "";
    for (size_t i = 0; i < count; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "[%.*s]",
                 (int)(ranges[i].end - ranges[i].start), text + ranges[i].start);
    assert_string_equal(out, marked);
}

static void highlights_are_what_matched_and_no_more(void **state)
{
    test_archive *t = *state;
    static const struct {
        const char *query, *title, *snippet;
    } rows[] = {
        { "紡織工業", "[紡織工業]", "[紡織工業]" },
        { "纺织工业联合会", "[紡織工業聯合會]", "[紡織工業聯合會]" },
        { "会 key", "", "" },
        { "worker", "", "[Workers][worker]" },
        { "\"workers\" looms", "", "[Workers][looms]" },
        { "ecommerce us", "", "[U.S.][e-commerce]" },
        { "项", "", "[项]" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bulletin_hits *hits;
        bulletin_search_options options = BULLETIN_SEARCH_INIT;
        options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL;
        assert_int_equal(bulletin_search(t->archive, rows[i].query, strlen(rows[i].query), &options, &hits),
                         BULLETIN_OK);
        if (bulletin_hits_next(hits) == BULLETIN_OK) {
            assert_highlighted(hits, BULLETIN_TITLE, rows[i].title);
            assert_highlighted(hits, BULLETIN_SNIPPET, rows[i].snippet);
        } else {
            assert_string_equal(rows[i].snippet, "");
        }
        bulletin_hits_close(hits);
    }
}

static void a_long_text_is_shown_where_it_matches(void **state)
{
    test_archive *t = *state;
    char json[9000] = "{\"key\":\"long\",\"body\":\"";
    for (int i = 0; i < 60; i++)
        strcat(json, "这一句话与所找的词没有关系，只是为了写得长一些。");
    strcat(json, "独见词在这一句里。");
    for (int i = 0; i < 20; i++)
        strcat(json, "后面还有别的句子。");
    strcat(json, "\"}");
    add(t, json);
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "独见词", strlen("独见词"), NULL, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_OK);
    const char *snippet = bulletin_hits_text(hits, BULLETIN_SNIPPET);
    assert_true(strlen(snippet) < 400);
    assert_true(strncmp(snippet, "…独见词", strlen("…独见词")) == 0);
    assert_highlighted(hits, BULLETIN_SNIPPET, "[独见词]");
    bulletin_hits_close(hits);
}

static void next_after_the_end_stays_at_the_end(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "竞赛", strlen("竞赛"), NULL, &hits), BULLETIN_OK);
    assert_null(bulletin_hits_text(hits, BULLETIN_KEY));
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_rank(hits), 1);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_END);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_END);
    assert_null(bulletin_hits_text(hits, BULLETIN_KEY));
    bulletin_hits_close(hits);
}

static void a_write_ends_open_hits(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "", 0, NULL, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_OK);
    add(t, "{\"key\":\"new\",\"body\":\"新\"}");
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_MISUSE);
    bulletin_hits_close(hits);
}

static void hits_left_open_are_closed_with_the_archive(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "", 0, NULL, &hits), BULLETIN_OK);
    reopen(t, NULL);
}

static void too_many_terms_are_refused(void **state)
{
    test_archive *t = *state;
    char query[4000] = "";
    for (int i = 0; i < 400; i++)
        snprintf(query + strlen(query), sizeof query - strlen(query), "w%d ", i);
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), NULL, &hits), BULLETIN_BAD_QUERY);
    assert_non_null(strstr(bulletin_message(t->archive), "256"));
}

static void an_organization_is_found_under_any_of_its_names(void **state)
{
    test_archive *t = *state;
    char out[1000];
    const char *names[] = { "ACFTU" };
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.organizations = names;
    options.organization_count = 1;
    options.sort = BULLETIN_OLDEST;
    add(t, "{\"key\":\"org-a\",\"published\":\"2001-01-01\",\"body\":\"中华全国总工会转发通知\"}");
    add(t, "{\"key\":\"org-b\",\"published\":\"2001-01-02\",\"body\":\"The All-China Federation of Trade "
           "Unions wrote\"}");
    add(t, "{\"key\":\"org-c\",\"published\":\"2001-01-03\",\"body\":\"青岚县总工会开会\"}");
    assert_string_equal(found(t, "", &options, out), "org-a org-b");
    options.organization_count = 0;
    reopen(t, NULL); /* a handle that was not asked for names before */
    assert_string_equal(found(t, "org:全总", &options, out), "org-a org-b");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_bulletins, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(words_phrases_and_operators_find_what_holds_them),
        TEST(dates_match_when_their_spans_overlap),
        TEST(the_undated_are_counted_not_found),
        TEST(a_date_that_is_none_is_refused),
        TEST(filters_narrow_the_hits),
        TEST(order_is_by_relevance_or_date),
        TEST(pieces_of_other_words_rank_below_words),
        TEST(a_glossary_says_where_words_are),
        TEST(what_says_nothing_finds_nothing),
        TEST(states_are_asked_for_like_words),
        TEST(one_word_of_several_is_enough_when_asked),
        TEST(literal_takes_the_query_as_it_stands),
        TEST(highlights_are_what_matched_and_no_more),
        TEST(a_long_text_is_shown_where_it_matches),
        TEST(next_after_the_end_stays_at_the_end),
        TEST(a_write_ends_open_hits),
        TEST(hits_left_open_are_closed_with_the_archive),
        TEST(too_many_terms_are_refused),
        TEST(an_organization_is_found_under_any_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
