/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Every way to write a date, and which of a page's dates is the one of publication. */
#include "page_case.h"

#include "base/day.h"
#include "page/date.h"
#include "page/stamp.h"

static const char *first_stamp(const char *text, bl_day_order order, char out[BL_DAY_TEXT])
{
    bl_stamp s;
    size_t from = 0;
    if (!bl_stamp_next(text, strlen(text), &from, order, &s))
        return NULL;
    if (s.year)
        bl_day_print((bl_day){ s.year, s.month, s.day }, out);
    else
        snprintf(out, BL_DAY_TEXT, "%02d-%02d", s.month, s.day);
    return out;
}

static void a_date_is_found_however_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date;
    } rows[] = {
        { "2024-05-06 10:20:30", "2024-05-06" },
        { "2024/5/6", "2024-05-06" },
        { "2024.05.06", "2024-05-06" },
        { "2018. 11. 20.", "2018-11-20" },
        { "2024年5月6日", "2024-05-06" },
        { "2024 年 5 月 6 日", "2024-05-06" },
        { "2018年-05月-29日 14:37:00", "2018-05-29" },
        { "２０２４年４月１２日", "2024-04-12" },
        { "二〇二四年十二月三十一日", "2024-12-31" },
        { "二○二三年七月三日", "2023-07-03" },
        { "二零一九年二月廿八日", "2019-02-28" },
        { "民國104年8月31日", "2015-08-31" },
        { "104年8月31日", "2015-08-31" },
        { "108-08-26", "2019-08-26" },
        { "令和5年4月5日", "2023-04-05" },
        { "令和元年5月1日", "2019-05-01" },
        { "平成30年3月2日", "2018-03-02" },
        { "2018년 11월 20일", "2018-11-20" },
        { "December 6, 2019", "2019-12-06" },
        { "Dec 06, 2019", "2019-12-06" },
        { "Sept. 3, 2018", "2018-09-03" },
        { "October 28th, 2015", "2015-10-28" },
        { "28 Oct 2015", "2015-10-28" },
        { "28th of October 2015", "2015-10-28" },
        { "21 June, 2024A", "2024-06-21" },
        { "28-Oct-2015", "2015-10-28" },
        { "6. Mai 2024", "2024-05-06" },
        { "Montag, 6. März 2024", "2024-03-06" },
        { "1er août 2024", "2024-08-01" },
        { "28 décembre 2015 à 10h20", "2015-12-28" },
        { "6 de mayo de 2024", "2024-05-06" },
        { "6 settembre 2024", "2024-09-06" },
        { "6 мая 2024", "2024-05-06" },
        { "12 Juni 1999", "1999-06-12" },
        { "Oct 2015", "2015-10" },
        { "2015年10月", "2015-10" },
        { "10 月 20 日", "10-20" },
        { "6月13日电", "06-13" },
        { "Dec. 11 (Wire) --", "12-11" },
        { "来源:某报[2013/6/7]", "2013-06-07" },
        { "2024年", NULL },
        { "2024-13-01", NULL },
        { "2023-02-29", NULL },
        { "010-84150000", NULL },
        { "http://a.example/2024/05/06/", NULL },
        { "t20240506_1", NULL },
        { "192.168.1.12", NULL },
        { "May we", NULL },
        { "总工办发[2023]15号", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[BL_DAY_TEXT];
        assert_text(rows[i].text, first_stamp(rows[i].text, BL_DAY_FIRST, text), rows[i].date);
    }
}

static void day_and_month_are_told_apart_by_language_and_by_size(void **state)
{
    (void)state;
    char text[BL_DAY_TEXT];
    assert_text("day first", first_stamp("3/4/2021", BL_DAY_FIRST, text), "2021-04-03");
    assert_text("month first", first_stamp("3/4/2021", BL_MONTH_FIRST, text), "2021-03-04");
    assert_text("above twelve", first_stamp("3/14/2021", BL_DAY_FIRST, text), "2021-03-14");
    assert_text("above twelve", first_stamp("14/3/2021", BL_MONTH_FIRST, text), "2021-03-14");
    assert_text("full stops", first_stamp("11.09.2015", BL_MONTH_FIRST, text), "2015-09-11");
}

static void an_address_gives_its_date(void **state)
{
    (void)state;
    static const struct {
        const char *url, *date;
    } rows[] = {
        { "https://a.example/2024/05/06/1234.html", "2024-05-06" },
        { "https://a.example/2016-04/25/content_30177.htm", "2016-04-25" },
        { "https://a.example/201310/t20131018_195107.html", "2013-10-18" },
        { "https://a.example/news/2017/0725/2110382.html", "2017-07-25" },
        { "https://a.example/htm/201911/4_5635.htm", "2019-11" },
        { "https://a.example/c/2024-05-22/8263507.shtml", "2024-05-22" },
        { "https://a.example/html1/report/20056/7559-1.htm", NULL },
        { "https://a.example/news/126481.html", NULL },
        { "https://a.example/?id=20240199", NULL },
        { "https://2024-05-06.example/", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bl_day day;
        char text[BL_DAY_TEXT];
        bool found = bl_date_in_url(rows[i].url, &day);
        if (found)
            bl_day_print(day, text);
        assert_text(rows[i].url, found ? text : NULL, rows[i].date);
    }
}

static const char undated[] =
    "渔网厂办起了结网比赛\n9月12日,东礁渔网厂的四十名女工坐成四排比结网,看谁结得密、结得匀。\n";
static const char dated[] =
    "渔网厂办起了结网比赛\n2023-09-13 来源:东礁网\n9月12日,东礁渔网厂的四十名女工坐成四排比结网。\n";

static void the_address_counts_only_where_the_page_is_silent(void **state)
{
    (void)state;
    static const bl_page_hints hints = { .url = "https://a.example/2022/01/02/x.html" };
    bl_article silent = read_page(undated, sizeof undated - 1, &hints);
    bl_article says = read_page(dated, sizeof dated - 1, &hints);
    assert_text("silent page", silent.published, "2022-01-02");
    assert_text("silent page", silent.published_from, "url");
    assert_text("dated page", says.published, "2023-09-13");
    assert_text("dated page", says.published_from, "header");
    bl_article_free(&silent);
    bl_article_free(&says);
}

static void the_day_of_saving_bounds_but_never_stands_in(void **state)
{
    (void)state;
    static const bl_page_hints before = { .captured = "2023-01-01" }, after = { .captured = "2023-10-01" };
    bl_article early = read_page(dated, sizeof dated - 1, &before);
    bl_article late = read_page(dated, sizeof dated - 1, &after);
    bl_article silent = read_page(undated, sizeof undated - 1, &after);
    assert_text("a date after saving", early.published, NULL);
    assert_text("a date before saving", late.published, "2023-09-13");
    assert_text("no date", silent.published, NULL);
    bl_article_free(&early);
    bl_article_free(&late);
    bl_article_free(&silent);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_found_however_it_is_written),
        cmocka_unit_test(day_and_month_are_told_apart_by_language_and_by_size),
        cmocka_unit_test(an_address_gives_its_date),
        cmocka_unit_test(the_address_counts_only_where_the_page_is_silent),
        cmocka_unit_test(the_day_of_saving_bounds_but_never_stands_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
