/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The words of a line to whether a headline would be written so. */
#include "headline.h"

#include "byline.h"

bool bl_headline_opens_news(bl_piece p)
{
    static const char *const openings[] = { "近日",  "日前",   "昨日", "本报讯", "本報訊", "中工网讯",
                                            "(上接", "（上接", "‹正",  "<正",    NULL };
    return bl_piece_starts(p, openings);
}

/* Openings of running text, of continued articles, of numbered sections: never of a headline. */
bool bl_headline_opens_text(bl_piece p)
{
    static const char *const openings[] = { "一、",   "二、", "(一)", "（一）", "01", "1.",  "1、",
                                            "第一章", "第1",  "各位", "同志们", "——", "问:", "问：",
                                            "答:",    "答：", "Q:",   "A:",     NULL };
    return bl_headline_opens_news(p) || bl_piece_starts(p, openings);
}

/* "第2版 <headline>": a paper's list of what its pages hold. */
bool bl_headline_is_of_page(bl_piece p)
{
    size_t at = bl_piece_starts(p, (const char *const[]){ "第", NULL }) ? 3 : 0, digits = at;
    while (digits > 0 && digits < p.size && p.text[digits] >= '0' && p.text[digits] <= '9')
        digits++;
    return digits > at && bl_piece_find(p, digits, "版") == digits;
}

bool bl_headline_is_greeting(bl_piece p)
{
    static const char *const starts[] = { "欢迎", "歡迎", "Welcome", "标题", NULL };
    static const char *const ends[] = { "网站",   "首页",    "下载站!",  "下载站", "下载站！",
                                        "下載站", "下載站!", "下載站！", "欢迎您", "欢迎您!",
                                        "官网",   "网首页",  "頻道",     "频道",   "客户端",
                                        "APP",    "新聞稿",  "新闻稿",   NULL };
    return bl_piece_starts(p, starts) || bl_piece_ends(p, ends);
}

/* "<body>会长 孙某某": an office, a blank, two to four characters. */
static bool is_office_and_name(bl_piece p)
{
    static const char *const offices[] = { "会长",   "會長",   "主席",   "书记",   "書記",   "部长",
                                           "部長",   "院长",   "院長",   "教授",   "理事长", "理事長",
                                           "秘书长", "秘書長", "局长",   "局長",   "主任",   "厅长",
                                           "记者",   "記者",   "总经理", "研究员", NULL };
    size_t blank = bl_piece_find(p, 0, " ");
    if (blank == BL_NOWHERE || blank == 0)
        return false;
    bl_piece office = bl_piece_part(p, 0, blank), name = bl_piece_part(p, blank, p.size);
    size_t n = bl_piece_characters(name);
    return bl_piece_ends(office, offices) > 0 && n >= 2 && n <= 4 && name.size == 3 * n;
}

/* "<journal> 2012年6月号", "<journal> 2014年第3期". */
bool bl_headline_is_issue(bl_piece p)
{
    size_t at = bl_piece_find(p, 0, "年");
    return at != BL_NOWHERE && at > 0 && p.text[at - 1] >= '0' && p.text[at - 1] <= '9' &&
           bl_piece_characters(p) <= 24;
}

/* "<newsletter> No. 212", "第211期": the number of an issue. */
static bool is_numbered(bl_piece p)
{
    static const char *const marks[] = { "No.", "NO.", "no.", "Vol.", "VOL.", "№", "第", NULL };
    static const char *const units[] = { "号", "號", "期", NULL };
    size_t end = p.size - bl_piece_ends(p, units), digits = end;
    while (digits > 0 && p.text[digits - 1] >= '0' && p.text[digits - 1] <= '9')
        digits--;
    bl_piece head = bl_piece_part(p, 0, digits);
    return digits < end && bl_piece_ends(head, marks) > 0 && p.size <= 48;
}

/* "临总工办[2023]8号". */
bool bl_headline_is_number(bl_piece p)
{
    static const char *const ends[] = { "号", "號", "期", NULL };
    static const char *const brackets[] = { "[", "〔", "﹝", "【", "(", "（", NULL };
    bool bracket = false;
    for (const char *const *b = brackets; *b; b++)
        bracket = bracket || bl_piece_find(p, 0, *b) != BL_NOWHERE;
    return is_numbered(p) || ((bracket || bl_headline_is_issue(p)) && bl_piece_ends(p, ends) > 0 &&
                              bl_piece_characters(p) <= 24);
}

bool bl_headline_is_byline(bl_piece p)
{
    static const char *const starts[] = { "记者", "記者", "本报记者",  "通讯员", "文/", "文|", "图/",
                                          "By ",  "by ",  "Report by", "作者",   "□",   "○",   NULL };
    static const char *const ends[] = { "课题组", "調研組", "課題組", "編寫組", "调研组", "编写组",
                                        "報導",   "报道",   "摄",     "攝",     NULL };
    if (is_office_and_name(p))
        return true;
    return bl_piece_starts(p, starts) || (p.size < 60 && bl_piece_ends(p, ends));
}

/* Documents are called "…的通知". */
bool bl_headline_is_document(bl_piece p)
{
    static const char *const ends[] = { "通知", "批复", "批覆",   "公告", "决定", "決定", "意见", "意見",
                                        "函",   "公示", "通报",   "报告", "方案", "办法", "辦法", "规定",
                                        "條例", "条例", "倡议书", "章程", "细则", "总结", NULL };
    return bl_piece_ends(p, ends) > 0;
}

/* "<body> 函": who writes, and that it is a letter. */
bool bl_headline_is_letterhead(bl_piece p)
{
    static const char *const kinds[] = { "函",         "公告",       "书函", "書函",
                                         "开会通知单", "開會通知單", "文件", NULL };
    size_t n = bl_piece_ends(p, kinds);
    bl_piece name = bl_piece_part(p, 0, p.size - n);
    return n > 0 && name.size + n < p.size && bl_byline_is_body(name);
}
