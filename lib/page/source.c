/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Labels, bylines, datelines and sign-offs to the names of source, author and site. */
#include "source.h"

#include <string.h>

#include "byline.h"

/* Evidence for the source, weakest first. */
typedef enum rank {
    NOTHING,
    GENERIC,   /* a label that says "the Internet" */
    MENTIONED, /* a masthead, a member's area, a watermark, a copyright line */
    CITED,     /* whom the text says it follows */
    SIGNED,
    NAMED,    /* behind "by", beside the date */
    CREDITED, /* a credit that closes the text */
    STANDING, /* a name of a medium in the dateline, without label */
    WIRED,    /* the dateline of an agency that the text opens with */
    LABELLED
} rank;

typedef struct finder {
    const bl_lines *lines;
    const bl_layout *layout;
    bl_credits *out;
    rank best;
} finder;

static const char *const wrappings[] = { "《", "》", "【", "】", "[",  "]",  "(", ")", "（", "）", "\"",
                                         "“",  "”",  ":",  "：", "|",  "｜", "/", ",", "，", "-",  ";",
                                         "；", "。", "「", "」", "〔", "〕", "•", "·", NULL };

static void offer(finder *f, rank r, bl_piece name)
{
    size_t n = bl_piece_characters(name);
    if (r > f->best && n >= 2 && n <= 60) {
        f->best = r;
        f->out->source = name;
    }
}

static void offer_author(finder *f, bl_piece name)
{
    if (f->out->author.size == 0 && bl_piece_characters(name) >= 2 && bl_piece_characters(name) <= 60)
        f->out->author = name;
}

static bool says_nothing(bl_piece name)
{
    static const char *const empty[] = { "NULL", "null", "无",  "無", "未知", "暂无",
                                         "None", "none", "N/A", "",   NULL };
    return bl_piece_is(name, empty);
}

static bool is_generic(bl_piece name)
{
    static const char *const generic[] = {
        "互联网",    "互聯網",  "網際網路", "網絡",          "网络",          "網路",         "本站",
        "本网",      "本網",    "原创",     "原創",          "转载",          "轉載",         "网友",
        "综合",      "整理",    "本站原创", "本站整理",      "网络整理",      "佚名",         "Internet",
        "internet",  "Network", "network",  "This site",     "this site",     "The Internet", "Original",
        "original",  "本报",    "admin",    "Admin",         "Web",           "我们",         "我們",
        "官方",      "Editor",  "editor",   "Administrator", "administrator", "Staff",        "webmaster",
        "Webmaster", NULL
    };
    return bl_piece_is(name, generic);
}

/* "<paper> 97": a number behind a blank is a counter. */
static bl_piece without_counter(bl_piece value)
{
    size_t end = value.size;
    while (end > 0 && value.text[end - 1] >= '0' && value.text[end - 1] <= '9')
        end--;
    return end > 0 && end < value.size && value.text[end - 1] == ' ' ? bl_piece_part(value, 0, end) : value;
}

static bool closes_quote(bl_piece line, size_t at, size_t end)
{
    return end - at >= 3 && (memcmp(line.text + at, "”", 3) == 0 || memcmp(line.text + at, "」", 3) == 0);
}

/* A value ends at the next label, a bar, two spaces, a tab, a bracket or a date. */
static bl_piece value_of(const finder *f, bl_piece line, const bl_hit *hits, size_t count, size_t i)
{
    size_t at = hits[i].value, end = i + 1 < count ? hits[i + 1].at : line.size;
    bl_stamp stamp;
    size_t from = at;
    if (at >= end)
        return (bl_piece){ line.text, 0 };
    if (bl_stamp_next(line.text, end, &from, f->lines->order, &stamp) && stamp.day)
        end = stamp.at;
    for (size_t k = at; k < end; k++) {
        char c = line.text[k];
        if (k > at && (c == '|' || c == '\t' || c == '[' || c == '"' || closes_quote(line, k, end) ||
                       (c == ' ' && k + 1 < end && line.text[k + 1] == ' '))) {
            end = k;
            break;
        }
    }
    return without_counter(bl_piece_strip(bl_piece_part(line, at, end), wrappings));
}

/* A label glued to the running text: the value is the name of a medium, with its channel, at most. */
static bl_piece cut_glued_value(bl_piece value)
{
    static const char *const joints[] = { "-", "—", "－", "·", NULL };
    static const char *const ends[] = { "频道", "頻道", "客户端", "公众号", "网", "網",
                                        "报",   "報",   "社",     "台",     NULL };
    if (bl_piece_characters(value) <= 24 || (value.size <= 80 && bl_piece_characters(value) * 2 > value.size))
        return value;
    for (size_t end = 1; end < value.size && end < 90; end++) {
        bl_piece head = { value.text, end }, rest = { value.text + end, value.size - end };
        if (((unsigned char)value.text[end] & 0xC0) != 0x80 && bl_piece_ends(head, ends) &&
            !bl_piece_starts(rest, joints))
            return head;
    }
    size_t stop = bl_piece_find(value, 0, ",");
    return stop == BL_NOWHERE ? (bl_piece){ value.text, 0 } : bl_piece_part(value, 0, stop);
}

static bool labels_picture(bl_piece line, size_t at)
{
    static const char *const words[] = { "图片",   "圖片",   "图",   "照片", "视频", "photo ",
                                         "Photo ", "Image ", "jpg(", ".jpg", "数据", NULL };
    return bl_piece_ends(bl_piece_part(line, 0, at), words) > 0 ||
           bl_piece_find(line, 0, ".jpg(") != BL_NOWHERE;
}

static void read_labels(finder *f, size_t i)
{
    bl_piece line = bl_line_piece(f->lines, i);
    bool prose = f->lines->items[i].kind == BL_KIND_PROSE;
    bool disclaimer = f->lines->items[i].kind == BL_KIND_DISCLAIMER;
    size_t count;
    const bl_hit *hits = bl_line_hits(f->lines, i, &count);
    for (size_t k = 0; k < count; k++) {
        bool source = hits[k].phrase == BL_PHRASE_SOURCE;
        if (!source && hits[k].phrase != BL_PHRASE_AUTHOR)
            continue;
        bool opening = hits[k].at < 16;
        bl_piece value = value_of(f, line, hits, count, k);
        if (labels_picture(line, hits[k].at) || says_nothing(value))
            continue;
        value = cut_glued_value(value);
        if (prose && !opening && bl_piece_characters(value) > 16)
            continue;
        if (source)
            offer(f, is_generic(value) ? GENERIC : LABELLED, value);
        else if (!disclaimer && (!prose || !opening))
            offer_author(f, value);
    }
}

/* "Ada Fenwick": two to four words, each with a capital, and no name of a medium or a body. */
static bool is_person(bl_piece name)
{
    size_t words = 0;
    for (size_t at = 0; at < name.size; at++) {
        char c = name.text[at];
        bool first = at == 0 || name.text[at - 1] == ' ';
        if ((c >= '0' && c <= '9') || c == ',' ||
            (first && !(c >= 'A' && c <= 'Z') && (unsigned char)c < 0x80))
            return false;
        words += first;
    }
    return words >= 2 && words <= 4 && name.size <= 40 && !bl_byline_is_media(name) &&
           !bl_byline_is_body(name);
}

static const char *const by_words[] = { "by ",    "By ",       "BY ",          "Written by ", "Posted by ",
                                        "From: ", "Story by ", "Reported by ", "Words by ",   NULL };

/* "By Ada Fenwick, Millbrook Herald": who, and for whom. */
static void read_by(finder *f, bl_piece name)
{
    static const char *const joints[] = { " on", " at", " in", NULL };
    size_t comma = bl_piece_find(name, 0, ",");
    name.size -= bl_piece_ends(name, joints);
    bl_piece who = comma == BL_NOWHERE ? name : bl_piece_part(name, 0, comma);
    bl_piece medium =
        comma == BL_NOWHERE ? (bl_piece){ name.text, 0 } : bl_piece_part(name, comma + 1, name.size);
    size_t bracket = bl_piece_find(name, 0, " (");
    if (comma == BL_NOWHERE && bracket != BL_NOWHERE) {
        static const char *const closer[] = { ")", NULL };
        who = bl_piece_part(name, 0, bracket);
        medium = bl_piece_strip(bl_piece_part(name, bracket + 2, name.size), closer);
    }
    if (!is_person(who)) {
        offer(f, bl_byline_is_media(name) ? STANDING : NAMED, name);
        return;
    }
    offer_author(f, who);
    if (bl_byline_is_media(medium))
        offer(f, STANDING, medium);
}

/* A section of a site. */
static bool is_column(bl_piece name)
{
    static const char *const ends[] = { "要闻", "要聞", "动态", "動態",   "新闻",   "新聞", "公告",
                                        "通知", "资讯", "資訊", "消息",   "快讯",   "快訊", "专题",
                                        "專題", "栏目", "欄目", "信息",   "报道",   "報導", "日期",
                                        "时间", "声明", "聲明", "新闻稿", "新聞稿", "時間", NULL };
    return bl_piece_ends(name, ends) > 0;
}

static bool is_navigation(bl_piece name)
{
    bl_hit hit;
    return bl_phrases_find(name.text, name.size, &hit, 1) == 1 && hit.phrase == BL_PHRASE_NAV;
}

/* "<paper>", "by <paper>" or "By <name>" in a field of its own; one without any sign of a medium is a channel
 * that carries its own name. */
static void read_fields(finder *f, bl_piece part, bool bare)
{
    bool alone = bare;
    bare = bare && bl_piece_characters(part) <= 12;
    static const char *const reporters[] = { "记者", "記者", "通讯员", NULL };
    for (bl_piece field; bl_piece_field(&part, &field);) {
        bl_piece name = bl_piece_strip(field, wrappings);
        size_t by = bl_piece_prefix(name, by_words);
        bool named = by > 0;
        name = bl_piece_part(name, by, name.size);
        if (bl_piece_starts(name, reporters))
            offer_author(f, bl_byline_opening_name(name));
        else if (named && bl_piece_characters(name) <= 60 && !is_generic(name))
            read_by(f, name);
        else if (bl_byline_is_media(name) && !is_navigation(name))
            offer(f, STANDING, name);
        else if (alone && bl_byline_is_body(name) && !is_navigation(name))
            offer(f, NAMED, name);
        else if (bare && name.size == 3 * bl_piece_characters(name) && !is_column(name))
            offer(f, MENTIONED, name);
    }
}

/* "<writer> <account> 2023-01-22 08:00", "2021-09-27 08:44 <paper> <button>": the word that a date and its
 * clock touch. */
static void read_words(finder *f, bl_piece before, bl_piece behind)
{
    size_t start = before.size, end = bl_piece_find(behind, 0, " ");
    while (start > 0 && before.text[start - 1] != ' ')
        start--;
    const bl_piece words[] = { bl_piece_part(before, start, before.size),
                               end == BL_NOWHERE ? behind : bl_piece_part(behind, 0, end) };
    for (size_t i = 0; i < 2; i++) {
        bl_piece name = bl_piece_strip(words[i], wrappings);
        if ((bl_byline_is_media(name) || bl_byline_is_body(name)) && !is_navigation(name))
            offer(f, STANDING, name);
    }
}

/* What stands beside a date in its line: "<paper> 2017-08-06 09:11", "Dec 12, 2019 | by XY". */
static void read_beside_date(finder *f, size_t i)
{
    bl_piece line = bl_line_piece(f->lines, i);
    bl_stamp stamp;
    if ((f->lines->items[i].flags & BL_LINE_UNDATED) ||
        !bl_first_year_stamp(line.text, line.size, f->lines->order, &stamp))
        return;
    bool bare = f->lines->items[i].kind == BL_KIND_DATE && f->lines->items[i].phrases == 0;
    if (f->lines->items[i].kind != BL_KIND_CRUMB)
        read_fields(f, (bl_piece){ line.text, stamp.at }, bare);
    read_fields(f, (bl_piece){ line.text + stamp.end, line.size - stamp.end }, bare);
    bool labelled = f->lines->items[i].phrases & BL_PHRASE_BIT(BL_PHRASE_SOURCE);
    if (!labelled && (stamp.flags & BL_STAMP_CLOCK))
        read_words(f, bl_piece_part(line, 0, stamp.at), bl_piece_part(line, stamp.end, line.size));
}

/* "<journal> 2017年5期". */
static bl_piece journal_of_issue(bl_piece line)
{
    static const char *const issue[] = { "期", "版", "期)", "期）", "号", "號", NULL };
    if (!bl_piece_ends(line, issue) || line.size > 90)
        return (bl_piece){ line.text, 0 };
    size_t at = 0;
    while (at < line.size && !(line.text[at] >= '0' && line.text[at] <= '9'))
        at++;
    if (bl_piece_find(line, at, "年") == BL_NOWHERE)
        return (bl_piece){ line.text, 0 };
    bl_piece name = bl_piece_part(line, 0, at);
    if (bl_piece_find(name, 0, ":") != BL_NOWHERE || bl_piece_find(name, 0, "：") != BL_NOWHERE)
        return (bl_piece){ line.text, 0 };
    size_t close = bl_piece_find(name, 0, "》");
    return bl_piece_strip(close == BL_NOWHERE ? name : bl_piece_part(name, 0, close), wrappings);
}

/* The first station of a breadcrumb is often the site's name. */
static void read_crumb(finder *f, bl_piece text)
{
    static const char *const labels[] = { "首页", "首頁", "主页", "Home", NULL };
    size_t at = 0;
    while (at < text.size && text.text[at] != '>' && (unsigned char)text.text[at] != 0xE2)
        at++;
    bl_piece first = bl_piece_strip(bl_piece_part(text, 0, at), wrappings);
    size_t colon = bl_piece_find(first, 0, ":");
    if (colon != BL_NOWHERE)
        first = bl_piece_part(first, colon + 1, first.size);
    if (at < text.size && bl_byline_is_media(first) && !bl_piece_starts(first, labels))
        f->out->site = first;
}

/* "By Ada Fenwick", "<paper>记者 杜小满", "文/杜小满 图/石榆" on a line of their own. */
static void read_byline(finder *f, bl_piece text)
{
    enum { LONGEST = 24 };
    static const char *const writers[] = { "文/", "文／", "文｜", "文|", "文丨", "作者 ", "撰文 ", NULL };
    size_t by = bl_piece_prefix(text, by_words), writer = bl_piece_prefix(text, writers);
    bl_piece who, rest = bl_piece_part(text, by, text.size);
    bool field = bl_piece_field(&rest, &who);
    if (by > 0 && field && text.size <= 80 && is_person(who)) {
        offer_author(f, who);
        for (bl_piece medium; bl_piece_field(&rest, &medium);)
            if (bl_byline_is_media(medium))
                offer(f, STANDING, medium);
    } else if (bl_piece_characters(text) > LONGEST) {
        return;
    } else if (writer > 0) {
        size_t blank = bl_piece_find(text, writer, " ");
        offer_author(f, bl_piece_part(text, writer, blank == BL_NOWHERE ? text.size : blank));
    } else {
        bl_byline found = bl_byline_of_reporter(text);
        if (bl_byline_is_media(found.agency))
            offer(f, STANDING, found.agency);
        offer_author(f, found.author);
    }
}

/* "<body> 函" above the text: whose letter it is. */
static void read_letterhead(finder *f, bl_piece text)
{
    static const char *const kinds[] = { " 函", " 公告", " 书函", " 書函", " 文件", NULL };
    bl_piece name = bl_piece_part(text, 0, text.size - bl_piece_ends(text, kinds));
    if (name.size < text.size && bl_byline_is_body(name))
        offer(f, SIGNED, name);
}

/* A name right above the date that stands above the title: the account that posted it. */
static void read_account(finder *f, size_t i)
{
    bl_piece text = bl_line_piece(f->lines, i);
    bool above = i + 1 < f->lines->count && f->lines->items[i + 1].kind == BL_KIND_DATE &&
                 f->layout->title != BL_NO_LINE && i < f->layout->title;
    if (above && f->lines->items[i].length <= 14 && (bl_byline_is_media(text) || bl_byline_is_body(text)) &&
        !is_column(text) && !is_navigation(text))
        offer(f, MENTIONED, text);
}

static void read_header_line(finder *f, size_t i)
{
    const bl_line *line = &f->lines->items[i];
    bl_piece text = bl_line_piece(f->lines, i);
    if (line->kind == BL_KIND_META || line->kind == BL_KIND_DATE)
        read_labels(f, i);
    if (line->kind == BL_KIND_CRUMB)
        read_crumb(f, text);
    if (line->kind == BL_KIND_DATE || line->kind == BL_KIND_META || line->kind == BL_KIND_CRUMB)
        read_beside_date(f, i);
    bl_piece journal = journal_of_issue(text);
    if (journal.size > 0)
        offer(f, STANDING, journal);
    if (line->kind == BL_KIND_SHORT && i != f->layout->title) {
        offer(f, MENTIONED, bl_byline_masthead(text));
        read_letterhead(f, text);
        read_account(f, i);
    }
    if (line->kind != BL_KIND_SHORT || f->layout->title == BL_NO_LINE || i <= f->layout->title)
        return;
    read_byline(f, text);
    if (line->length <= 14 && bl_byline_is_media(text))
        offer(f, STANDING, text);
}

static void read_header(finder *f)
{
    size_t end = f->layout->first;
    if (f->layout->title != BL_NO_LINE && f->layout->title_end + 3 > end)
        end = f->layout->title_end + 3;
    for (size_t i = 0; i < end && i < f->lines->count; i++)
        read_header_line(f, i);
}

/* The first lines of running text may open with a dateline, or carry a label glued to it. */
static void read_openings(finder *f)
{
    size_t seen = 0;
    for (size_t i = f->layout->first; i < f->layout->tail && seen < 4; i++) {
        if (f->lines->items[i].role != BL_ROLE_BODY)
            continue;
        if (f->lines->items[i].phrases & BL_PHRASE_BIT(BL_PHRASE_SOURCE))
            read_labels(f, i);
        bl_byline b = bl_byline_opening(bl_line_piece(f->lines, i));
        offer(f, WIRED, b.agency);
        offer(f, CITED, bl_byline_cited(bl_line_piece(f->lines, i)));
        offer_author(f, b.author);
        seen++;
    }
}

static void read_sign_off(finder *f, size_t i)
{
    bl_piece text = bl_line_piece(f->lines, i);
    static const char *const closings[] = { "Sincerely",    "Yours ", "In solidarity",
                                            "Respectfully", "此致",   "敬礼",
                                            "敬禮",         "特此",   NULL };
    bool dated = i + 1 < f->lines->count && f->lines->items[i + 1].kind == BL_KIND_DATE;
    bool closed = i > 0 && bl_piece_starts(bl_line_piece(f->lines, i - 1), closings);
    if ((dated || closed) && f->lines->items[i].kind == BL_KIND_SHORT && bl_byline_is_body(text))
        offer(f, SIGNED, text);
}

static void read_closings(finder *f)
{
    static const char *const brackets[] = { "(", "（", NULL };
    size_t seen = 0, end = f->layout->tail + 3 < f->lines->count ? f->layout->tail + 3 : f->lines->count;
    for (size_t i = end; i-- > f->layout->first && seen < 8; seen++) {
        const bl_line *line = &f->lines->items[i];
        if (line->kind == BL_KIND_META ||
            (line->phrases & (BL_PHRASE_BIT(BL_PHRASE_SOURCE) | BL_PHRASE_BIT(BL_PHRASE_AUTHOR))))
            read_labels(f, i);
        if (line->flags & BL_LINE_GLUED)
            read_beside_date(f, i);
        bool credit = line->kind == BL_KIND_META && bl_piece_starts(bl_line_piece(f->lines, i), brackets);
        if (!credit && (i >= f->layout->tail || line->role != BL_ROLE_BODY))
            continue;
        bl_byline b = bl_byline_closing(bl_line_piece(f->lines, i));
        offer(f, CREDITED, b.agency);
        offer_author(f, b.author);
        read_sign_off(f, i);
    }
}

/* "Reuters, edited by …": the agency before the editor's name. */
static void read_edited(finder *f)
{
    for (size_t i = f->layout->first; i < f->layout->tail && f->best < CREDITED; i++) {
        bl_piece text = bl_line_piece(f->lines, i);
        size_t at = text.size < 300 && text.size > 14 ? bl_piece_find(text, 0, ", edited by ") : BL_NOWHERE;
        if (at != BL_NOWHERE && at < 40)
            offer(f, CREDITED, bl_piece_part(text, 0, at));
    }
}

typedef struct mention {
    const char *before;
    const char *behind;
} mention;

/* "加入…會員", "關注…微信": a site speaking of itself. */
static void read_mentions(finder *f)
{
    static const mention forms[] = { { "加入", "會員" }, { "加入", "会员" },   { "成為", "會員" },
                                     { "关注", "微信" }, { "关注", "公众号" }, { "下载", "客户端" },
                                     { "下载", "APP" },  { "版权所有:", " " }, { "版权所有：", " " } };
    for (size_t i = 0; i < f->lines->count; i++) {
        bl_piece text = bl_line_piece(f->lines, i);
        for (size_t k = 0; text.size >= 12 && text.size < 200 && k < sizeof forms / sizeof forms[0]; k++) {
            size_t at = bl_piece_find(text, 0, forms[k].before), n = strlen(forms[k].before);
            size_t end = at == BL_NOWHERE ? at : bl_piece_find(text, at + n, forms[k].behind);
            if (end != BL_NOWHERE && end - at - n <= 30 && !is_generic(bl_piece_part(text, at + n, end)))
                offer(f, MENTIONED, bl_piece_strip(bl_piece_part(text, at + n, end), wrappings));
        }
    }
}

/* A forum's name inside the watermark that it strews over its text. */
static void read_watermark(finder *f)
{
    static const char *const ends[] = { "論壇", "论坛", NULL };
    for (size_t i = 0; i < f->lines->count; i++) {
        bl_piece text = bl_line_piece(f->lines, i);
        if (f->lines->items[i].kind != BL_KIND_NOISE)
            continue;
        for (const char *const *e = ends; *e; e++) {
            size_t end = bl_piece_find(text, 0, *e), start = end;
            while (end != BL_NOWHERE && start >= 3 && (unsigned char)text.text[start - 3] >= 0xE3 &&
                   (unsigned char)text.text[start - 3] <= 0xE9)
                start -= 3;
            if (end != BL_NOWHERE && start < end)
                offer(f, MENTIONED, bl_piece_part(text, start, end + 6));
        }
    }
}

/* A page about a body itself, without title or date: "<body>是…". */
static void read_about(finder *f)
{
    if (f->layout->title != BL_NO_LINE || f->layout->meta != BL_NO_LINE)
        return;
    for (size_t i = 0; i < f->layout->tail; i++) {
        bl_piece text = bl_line_piece(f->lines, i);
        size_t at = f->lines->items[i].role == BL_ROLE_BODY && text.size > 60 ? bl_piece_find(text, 0, "是")
                                                                              : BL_NOWHERE;
        if (at == BL_NOWHERE || at > 60)
            continue;
        bl_piece name = bl_piece_part(text, 0, at);
        if (bl_byline_is_body(name) && bl_piece_characters(name) >= 5)
            offer(f, MENTIONED, name);
    }
}

/* "查詢：<body>…" under a heading that opens with the same body: its notice. */
static void read_enquiries(finder *f)
{
    static const char *const labels[] = { "查詢", "查询", "咨询", "諮詢", "联系单位", "聯絡", NULL };
    static const char *const blanks[] = { " ", "\xE3\x80\x80", NULL };
    if (f->layout->title == BL_NO_LINE)
        return;
    bl_piece title = bl_line_piece(f->lines, f->layout->title);
    for (size_t i = f->layout->first; i < f->lines->count; i++) {
        bl_piece text = bl_line_piece(f->lines, i);
        if (text.size > 200 || !bl_piece_starts(text, labels))
            continue;
        size_t colon = bl_piece_find(text, 0, "："), wide = 3;
        if (colon == BL_NOWHERE)
            colon = bl_piece_find(text, 0, ":"), wide = 1;
        if (colon == BL_NOWHERE || colon > 15)
            continue;
        bl_piece name = bl_piece_strip(bl_piece_part(text, colon + wide, text.size), blanks);
        offer(f, MENTIONED, bl_byline_body_shared(name, title));
    }
}

/* The host that a dateline or the page's foot names. */
static void read_site(finder *f)
{
    for (size_t i = 0; i < f->lines->count && f->out->site.size == 0; i++) {
        bl_piece text = bl_line_piece(f->lines, i);
        size_t at = f->lines->items[i].role == BL_ROLE_BODY || text.size > 400
                        ? BL_NOWHERE
                        : bl_piece_find(text, 0, "www.");
        size_t end = at;
        while (end != BL_NOWHERE && end < text.size && text.text[end] > ' ' &&
               !strchr("/,;|)]<", text.text[end]))
            end++;
        if (end != BL_NOWHERE && end - at > 6)
            f->out->site = (bl_piece){ text.text + at, text.text[end - 1] == '.' ? end - at - 1 : end - at };
    }
}

void bl_source_find(const bl_lines *lines, const bl_layout *layout, bl_credits *out)
{
    finder f = { lines, layout, out, NOTHING };
    *out = (bl_credits){ { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    read_header(&f);
    read_openings(&f);
    read_closings(&f);
    read_edited(&f);
    if (f.best < SIGNED) {
        read_mentions(&f);
        read_watermark(&f);
        read_about(&f);
        read_enquiries(&f);
    }
    read_site(&f);
}
