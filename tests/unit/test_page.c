/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What holds for every page: language, glosses, records completed, time and memory that grow with the page.
 */
#include "page_case.h"

#include <time.h>

#include "base/buffer.h"
#include "page/gloss.h"
#include "page/lang.h"

static void the_language_is_told_by_script_and_by_differing_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text, *lang;
    } rows[] = {
        { "渔网厂的女工坐成四排比结网", "zh-Hans" },
        { "製繩廠的工人獲發保暖手套", "zh-Hant" },
        { "工人日夜上班", "zh" },
        { "組合員の手で改装した", "ja" },
        { "노동자들은 식당을 되찾았다", "ko" },
        { "The lamp makers agreed on a shorter week.", "en" },
        { "Die Lampenmacher einigten sich auf kürzere Wochen", NULL },
        { "2024-05-06 10:20", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_text(rows[i].text, bl_lang_of(rows[i].text, strlen(rows[i].text), NULL), rows[i].lang);
}

static void glosses_go_and_real_brackets_stay(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain;
    } rows[] = {
        { "產(chǎn)業(yè)工人隊(duì)伍", "產業工人隊伍" },
        { "百年(nian)工会(hui),正在(zai)开", "百年工会,正在开" },
        { "百年（nian）工会（hui）,正在（zai）开", "百年工会,正在开" },
        { "工会(union)与行会(guild)和商会(chamber)", NULL },
        { "重庆(chong)的一家工厂", NULL },
        { "长度(cm)宽度(mm)重量(kg)", NULL },
        { "工会(一)行会(二)商会(三)", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bl_error e = BL_ERROR_INIT;
        bl_gloss g = { 0 };
        bl_gloss_remove(&e, rows[i].text, strlen(rows[i].text), &g);
        assert_text(rows[i].text, g.count > 0 ? g.text.data : NULL, rows[i].plain);
        bl_gloss_free(&g);
    }
}

static bl_article record(const char *title, const char *body)
{
    bl_article a = { 0 };
    a.title = title ? strdup(title) : NULL;
    a.body = strdup(body);
    return a;
}

static void a_record_gets_only_what_it_lacks(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_article a = record("渔网厂办起了结网比赛",
                          "东礁网讯 9月12日,东礁渔网厂的四十名女工坐成四排比结网。\n2023年9月13日");
    a.source = strdup("原来的来源");
    bl_page_complete(&e, BL_LACKS_PUBLISHED | BL_LACKS_LANG, NULL, &a);
    assert_int_equal(e.status, BULLETIN_OK);
    assert_text("date", a.published, "2023-09-13");
    assert_text("where from", a.published_from, "footer");
    assert_text("language", a.lang, "zh-Hans");
    assert_text("source", a.source, "原来的来源");
    assert_text("title", a.title, "渔网厂办起了结网比赛");
    bl_article_free(&a);
}

static void a_record_is_dated_by_its_address_at_last(void **state)
{
    (void)state;
    static const bl_page_hints hints = { .url = "https://a.example/2024/05/06/1.html" };
    bl_error e = BL_ERROR_INIT;
    bl_article a = record("渔网厂办起了结网比赛", "东礁渔网厂的四十名女工坐成四排比结网。");
    bl_page_complete(&e, BL_LACKS_PUBLISHED | BL_LACKS_SOURCE | BL_LACKS_AUTHOR, &hints, &a);
    assert_text("date", a.published, "2024-05-06");
    assert_text("source", a.source, NULL);
    bl_article_free(&a);
}

static void pages_without_any_frame_are_all_body(void **state)
{
    (void)state;
    static const char text[] = "近日,县总工会给采茶工发了一张卡片,"
                               "上面写着工价、工时和投诉电话。\n大家说卡片不值钱,字要写得让人看得懂。";
    bl_article a = read_page(text, sizeof text - 1, NULL);
    assert_text("title", a.title, NULL);
    assert_text("body", a.body, text);
    assert_text("furniture", a.furniture, "");
    bl_article_free(&a);
}

static double seconds_to_read(const char *pattern, size_t size)
{
    bl_buffer b = { 0 };
    while (b.size < size)
        bl_buffer_puts(&b, pattern);
    clock_t start = clock();
    bl_article a = read_page(b.data, b.size, NULL);
    double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    bl_article_free(&a);
    bl_buffer_free(&b);
    return spent;
}

/* Twice the page may take twice the time and a half, never four times. */
static void time_grows_with_the_page_whatever_is_in_it(void **state)
{
    (void)state;
    static const char *const patterns[] = { "a",
                                            "工",
                                            "\n",
                                            "x\n",
                                            "来源:",
                                            "2024-05-06 ",
                                            "1月2日电",
                                            "<",
                                            "<script>",
                                            "&nbsp;",
                                            "(",
                                            "工(",
                                            "業(yè)",
                                            "相关新闻\n",
                                            "标题在这里不短也不长\n",
                                            "责任编辑:甲\n2024-05-06\n正文在这里,有逗号,也有句号。\n",
                                            "> ",
                                            "http://a.example/ ",
                                            "by the | " };
    enum { SMALL = 1 << 18 };
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        double once = seconds_to_read(patterns[i], SMALL), four = seconds_to_read(patterns[i], 4 * SMALL);
        if (four > 10 * once + 0.1)
            fail_msg("%s: %.3f s for a page, %.3f s for four times as much", patterns[i], once, four);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_language_is_told_by_script_and_by_differing_characters),
        cmocka_unit_test(glosses_go_and_real_brackets_stay),
        cmocka_unit_test(a_record_gets_only_what_it_lacks),
        cmocka_unit_test(a_record_is_dated_by_its_address_at_last),
        cmocka_unit_test(pages_without_any_frame_are_all_body),
        cmocka_unit_test(time_grows_with_the_page_whatever_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
