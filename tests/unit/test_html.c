/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What does not show in a page's article: what is kept of the rest, in what encoding it is read, how it
 * behaves when it is not meant to be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "index/record.h"
#include "page/html.h"

static bl_article read_page(const char *page, size_t size, const bl_page_hints *hints)
{
    static const bl_page_hints html = { .name = "page.html" };
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, page, size, hints ? hints : &html, &article);
    if (bl_failed(&e))
        fail_msg("%s", e.message);
    return article;
}

static bl_article read_text(const char *page)
{
    return read_page(page, strlen(page), NULL);
}

static void expect_body(const char *page, const char *body)
{
    bl_article a = read_text(page);
    assert_string_equal(a.body, body);
    bl_article_free(&a);
}

static void expect_date(const char *page, const char *published, const char *from)
{
    bl_article a = read_text(page);
    assert_string_equal(a.published ? a.published : "", published);
    assert_string_equal(a.published_from ? a.published_from : "", from);
    bl_article_free(&a);
}

#define TEXT                                                                                                 \
    "<p>The hall has two doors, and since Monday both of them open to the yard, as the fire brigade had "    \
    "asked.</p><p>The works council walked through each of them, twice, with a stop watch.</p>"

static void every_visible_line_is_kept_once(void **state)
{
    (void)state;
    bl_article a = read_text("<title>Doors</title><div class=nav><a href=/>Home</a></div><h1>Doors</h1>"
                             "<div>" TEXT "</div><div class=share><a href=#>Share</a></div>"
                             "<div id=footer>Imprint &amp; contact</div>");
    assert_string_equal(a.title, "Doors");
    assert_string_equal(a.furniture, "Home\nShare\nImprint & contact");
    bl_article_free(&a);
}

static void programs_styles_and_comments_are_no_text(void **state)
{
    (void)state;
    expect_body(
        "<div><script>if (a</b/.test(x)) '<p>no</p>';</script><!-- <p>no</p> --><style>p > a{}</style>"
        "<p>Only this is printed, and nothing else, on a page that has little to say.</p></div>",
        "Only this is printed, and nothing else, on a page that has little to say.");
}

static void a_page_is_decoded_as_it_declares(void **state)
{
    (void)state;
    static const char page[] =
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">"
        "<title>\xB9\xA4\xBB\xE1</title></head><body><p>\xB9\xA4\xBB\xE1\xD7\xA1\xBD\xF8\xC1"
        "\xCB\xD0\xC2\xC2\xA5\xA1\xA3</p></body></html>";
    bl_article a = read_page(page, sizeof page - 1, NULL);
    assert_string_equal(a.title, "工会");
    assert_string_equal(a.body, "工会住进了新楼。");
    bl_article_free(&a);
}

static void content_wins_over_a_wrong_declaration(void **state)
{
    (void)state;
    bl_article a =
        read_text("<meta charset=gbk><title>工会</title><p>工会住进了新楼，楼下有食堂，也有托儿所。</p>");
    assert_string_equal(a.title, "工会");
    bl_article_free(&a);
}

static void a_page_is_known_by_type_name_or_start(void **state)
{
    (void)state;
    static const struct {
        const char *name, *type, *text;
        bool markup;
    } rows[] = { { "a.HTM", NULL, "plain", true },
                 { "a.txt", NULL, "<html>", false },
                 { NULL, NULL, "\n<!-- x --><!DOCTYPE HTML>", true },
                 { NULL, NULL, "<?xml version='1.0'?><html>", true },
                 { NULL, NULL, "<b>bold</b> text", false },
                 { "a.php", "text/html; charset=utf-8", "x", true },
                 { "a.html", "text/plain", "<html>", false } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bl_page_hints hints = { .name = rows[i].name, .type = rows[i].type };
        if (bl_html_is(&hints, rows[i].text, strlen(rows[i].text)) != rows[i].markup)
            fail_msg("row %zu: %s", i, rows[i].text);
    }
}

static void the_head_tells_the_day_in_many_ways(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "<meta property=article:published_time content=2024-05-06T07:08:09+08:00>",
        "<meta name=PubDate content='2024-05-06 07:08'>",
        "<meta name=publishdate content='2024/5/6'>",
        "<meta name=DC.date.issued content=2024-05-06>",
        "<meta name=citation_publication_date content=2024/05/06>",
        "<meta name=publish_date content=20240506>",
        "<meta name=publish_time content=1714979289>",
        "<meta name=date content='6 May 2024'>",
        "<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2024-05-06\"}</script>",
        "<script type=application/ld+json>{\"@type\":\"WebPage\",\"datePublished\":\"2024-05-06\"}</script>",
        "<meta name=rbpubdate content=2024-05-06>",
        "<script "
        "type=application/ld+json>[{\"@graph\":[{\"@type\":\"Person\",\"name\":\"x\"},{\"datePublished\":"
        "\"2024-05-06T01:00\",\"@type\":[\"Thing\",\"NewsArticle\"]}]}]</script>",
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        bl_buffer page = { 0 };
        bl_buffer_printf(&page, "<html><head>%s</head><body>" TEXT, heads[i]);
        expect_date(page.data, "2024-05-06", "meta");
        bl_buffer_free(&page);
    }
}

static void the_page_tells_the_day_when_its_head_does_not(void **state)
{
    (void)state;
    expect_date("<h1>Doors</h1><time datetime=2024-05-06T01:02>yesterday</time><div>" TEXT, "2024-05-06",
                "header");
    expect_date("<h1>Doors</h1><p>6 May 2024</p><div>" TEXT "</div>", "2024-05-06", "header");
    expect_date("<link rel=canonical href=https://example.org/2024/05/06/doors><h1>Doors</h1><div>" TEXT,
                "2024-05-06", "url");
    expect_date("<h1>Doors</h1><div>" TEXT "</div><p>Copyright 2019</p>", "", "");
}

static void the_printed_day_counts_where_greenwich_has_another(void **state)
{
    (void)state;
    expect_date("<meta property=article:published_time content=2024-05-05T22:30:00Z><h1>Doors</h1>"
                "<p>6 May 2024</p><div>" TEXT,
                "2024-05-06", "header");
}

static void the_last_change_is_the_last_resort(void **state)
{
    (void)state;
    expect_date("<meta property=article:modified_time content=2024-05-06><h1>Doors</h1><div>" TEXT,
                "2024-05-06", "meta");
}

static void nothing_is_dated_behind_the_day_of_saving(void **state)
{
    (void)state;
    static const char page[] = "<meta name=PubDate content=2031-01-01><h1>Doors</h1><div>" TEXT;
    const bl_page_hints hints = { .name = "a.html", .captured = "2024-06-01" };
    bl_article a = read_page(page, sizeof page - 1, &hints);
    assert_null(a.published);
    bl_article_free(&a);
}

static void the_site_is_no_part_of_the_title(void **state)
{
    (void)state;
    static const struct {
        const char *head, *title;
    } rows[] = {
        { "<title>Doors that open to the yard | The Hall</title>", "Doors that open to the yard" },
        { "<title>车间多了一扇朝院子开的门_厂区新闻_某某网</title>", "车间多了一扇朝院子开的门" },
        { "<title>车间多了一扇朝院子开的门-某某网</title>", "车间多了一扇朝院子开的门" },
        { "<meta property=og:site_name content='The Hall'><meta property=og:title content='Doors - The "
          "Hall'>",
          "Doors" },
        { "<title>A two-door hall: what it means</title>", "A two-door hall: what it means" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bl_buffer page = { 0 };
        bl_buffer_printf(&page, "%s<div>" TEXT "</div>", rows[i].head);
        bl_article a = read_page(page.data, page.size, NULL);
        assert_string_equal(a.title ? a.title : "", rows[i].title);
        bl_article_free(&a);
        bl_buffer_free(&page);
    }
}

static void a_page_without_words_is_empty(void **state)
{
    (void)state;
    static const char *const pages[] = { "",        "<",         "<html>", "<!--",
                                         "<p></p>", "<script>x", "&nbsp;", "\xEF\xBB\xBF\xEF\xBB\xBF" };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        expect_body(pages[i], i == 1 ? "<" : "");
}

/* Nothing here may take more than a few seconds, also where a sanitizer looks on. */
static void long_and_deep_pages_are_read_in_time(void **state)
{
    (void)state;
    static const char *const units[] = { "<div>",  "<b><i>x</b>", "<p>x",     "</div>", "<table><tr><td>x",
                                         "<a b='", "<!--",        "<script>", "&#x4e",  "<li>",
                                         "<a <a",  "<font>字" };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        bl_buffer page = { 0 };
        for (size_t k = 0; k < 20000; k++)
            bl_buffer_puts(&page, units[i]);
        clock_t start = clock();
        bl_article a = read_page(page.data, page.size, NULL);
        if (clock() - start > 4 * CLOCKS_PER_SEC)
            fail_msg("%s takes too long", units[i]);
        bl_article_free(&a);
        bl_buffer_free(&page);
    }
}

static void text_too_deep_for_a_tree_is_not_lost(void **state)
{
    (void)state;
    bl_buffer page = { 0 };
    for (size_t k = 0; k < 3000; k++)
        bl_buffer_puts(&page, "<div>");
    bl_buffer_puts(&page, "The bottom of the page says one thing, and says it well.");
    bl_article a = read_page(page.data, page.size, NULL);
    assert_non_null(strstr(a.body, "The bottom of the page"));
    bl_article_free(&a);
    bl_buffer_free(&page);
}

static void a_record_may_hold_its_page_as_markup(void **state)
{
    (void)state;
    static const char json[] =
        "{\"url\":\"https://example.org/1\",\"title\":\"Mine\",\"html\":\"<title>Theirs</title>"
        "<meta name=PubDate content=2024-05-06><div class=nav>Home</div><p>The hall has two "
        "doors, and both open to the yard, as the fire brigade had asked.</p>\"}";
    bl_error e = BL_ERROR_INIT;
    bl_record r;
    bl_record_parse(&e, json, sizeof json - 1, NULL, &r);
    assert_int_equal(e.status, BULLETIN_OK);
    assert_string_equal(r.article.title, "Mine");
    assert_string_equal(r.article.published, "2024-05-06");
    assert_string_equal(r.article.body,
                        "The hall has two doors, and both open to the yard, as the fire brigade had asked.");
    bl_record_free(&r);
}

static void an_explanation_names_each_line_and_its_role(void **state)
{
    (void)state;
    static const char page[] = "<div class=nav>Home</div><h1>Doors</h1><div>" TEXT "</div>";
    const bl_page_hints hints = { .name = "a.html", .explain = true };
    bl_article a = read_page(page, sizeof page - 1, &hints);
    assert_non_null(a.explanation);
    assert_int_equal(strncmp(a.explanation, "around ", 7), 0);
    assert_non_null(strstr(a.explanation, "\ntitle "));
    assert_non_null(strstr(a.explanation, "\nbody    prose "));
    bl_article_free(&a);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_visible_line_is_kept_once),
        cmocka_unit_test(programs_styles_and_comments_are_no_text),
        cmocka_unit_test(a_page_is_decoded_as_it_declares),
        cmocka_unit_test(content_wins_over_a_wrong_declaration),
        cmocka_unit_test(a_page_is_known_by_type_name_or_start),
        cmocka_unit_test(the_head_tells_the_day_in_many_ways),
        cmocka_unit_test(the_page_tells_the_day_when_its_head_does_not),
        cmocka_unit_test(the_printed_day_counts_where_greenwich_has_another),
        cmocka_unit_test(the_last_change_is_the_last_resort),
        cmocka_unit_test(nothing_is_dated_behind_the_day_of_saving),
        cmocka_unit_test(the_site_is_no_part_of_the_title),
        cmocka_unit_test(a_page_without_words_is_empty),
        cmocka_unit_test(long_and_deep_pages_are_read_in_time),
        cmocka_unit_test(text_too_deep_for_a_tree_is_not_lost),
        cmocka_unit_test(a_record_may_hold_its_page_as_markup),
        cmocka_unit_test(an_explanation_names_each_line_and_its_role),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
