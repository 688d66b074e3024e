/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Who published and who wrote, from labels, datelines and credits. */
#include "page_case.h"

#include "page/byline.h"

static const char *copy(bl_piece p, char out[200])
{
    if (p.size == 0)
        return NULL;
    snprintf(out, 200, "%.*s", (int)p.size, p.text);
    return out;
}

typedef struct row {
    const char *text, *agency, *author;
} row;

static void check(const row *r, bl_byline b)
{
    char text[200];
    assert_text(r->text, copy(b.agency, text), r->agency);
    assert_text(r->text, copy(b.author, text), r->author);
}

static void a_dateline_names_agency_and_reporter(void **state)
{
    (void)state;
    static const row rows[] = {
        { "东礁网讯 9月12日,渔网厂办起了结网比赛。", "东礁网", NULL },
        { "岭南通讯社北浦6月13日电(记者齐小中、刘小旸)工会十三日", "岭南通讯社", "齐小中、刘小旸" },
        { "青河网临泽4月2日电(临泽日报-青河网记者文小满)市总工会", "青河网", "文小满" },
        { "云汀晚报10月14日讯 年会在海边开。", "云汀晚报", NULL },
        { "本报讯(记者 周小捷 通讯员 陈小娴)记者昨日从市总工会了解到", NULL, "周小捷 通讯员 陈小娴" },
        { "【新港5月1日报导】(岭南社记者苏小麒新港1日电)工会", "岭南社", "苏小麒新港1日电" },
        { "【가온=한들통신】박새롬 기자 = 부두 노동자", "한들통신", NULL },
        { "HARBOROUGH, Dec. 11 (Coastwire) -- The union said", "Coastwire", NULL },
        { "HARBOROUGH, Dec. 11 -- A report from Harbour Daily: As the union", "Harbour Daily", NULL },
        { "市总工会昨天开会,会上没有记者。", NULL, NULL },
        { "On June 6 the union met (see below).", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(&rows[i], bl_byline_opening((bl_piece){ rows[i].text, strlen(rows[i].text) }));
}

static void a_credit_closes_the_text(void **state)
{
    (void)state;
    static const row rows[] = {
        { "大家说下次还来。(东礁日报记者 康小艳)", "东礁日报", "康小艳" },
        { "大家说下次还来。(市总组织部 杨小华)", "市总组织部", "杨小华" },
        { "大家说下次还来。(罗小丹 罗小华)", NULL, "罗小丹 罗小华" },
        { "本报记者 田小垒 摄", NULL, "田小垒 摄" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(&rows[i], bl_byline_closing((bl_piece){ rows[i].text, strlen(rows[i].text) }));
}

static void a_label_names_the_source_whatever_is_glued_to_it(void **state)
{
    (void)state;
    static const char article[] =
        "\n梧汀县总工会为环卫工人开办夜间茶摊,每晚八点到十二点开着,有热水、凳子和充电的插座。\n";
    static const row rows[] = {
        { "2022-11-03 15:43:46来源:梧汀新闻网 97", "梧汀新闻网", NULL },
        { "作者:汪小赟 | 来源:梧汀县总工会 | 时间:2020-05-28 |", "梧汀县总工会", "汪小赟" },
        { "发布时间:2024-12-17 09:23:19来源:豆豆站作者:editor", "豆豆站", "editor" },
        { "来源：《梧汀日报》　2020-05-28", "梧汀日报", NULL },
        { "来源: 时间:2015-10-18 作者:", NULL, NULL },
        { "来源:NULL 时间:2015-10-18", NULL, NULL },
        { "Source: Harbour Daily - Union Page 2020-05-28", "Harbour Daily - Union Page", NULL },
        { "2020-05-28 10:00 梧汀日报", "梧汀日报", NULL },
        { "Dec 12, 2019  |  by Loomline", "Loomline", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char page[1024];
        snprintf(page, sizeof page, "环卫工人有了夜间茶摊可歇脚\n%s%s", rows[i].text, article);
        bl_article a = read_page(page, strlen(page), NULL);
        assert_text(rows[i].text, a.source, rows[i].agency);
        assert_text(rows[i].text, a.author, rows[i].author);
        assert_text(rows[i].text, a.title, "环卫工人有了夜间茶摊可歇脚");
        bl_article_free(&a);
    }
}

static void the_host_comes_from_the_address(void **state)
{
    (void)state;
    static const bl_page_hints hints = { .url = "https://user@news.example.org:8080/a/b.html?x=1" };
    bl_article a = read_page("A line.", 7, &hints);
    assert_text("host", a.site, "news.example.org");
    assert_text("address", a.url, hints.url);
    bl_article_free(&a);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dateline_names_agency_and_reporter),
        cmocka_unit_test(a_credit_closes_the_text),
        cmocka_unit_test(a_label_names_the_source_whatever_is_glued_to_it),
        cmocka_unit_test(the_host_comes_from_the_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
