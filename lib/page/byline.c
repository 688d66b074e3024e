/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Datelines and credits to agency and author. */
#include "byline.h"

#include <string.h>

#include "base/utf8.h"
#include "stamp.h"

static const bl_piece media_ends[] = {
    BL_PIECE("社"),       BL_PIECE("网"),      BL_PIECE("網"),       BL_PIECE("报"),
    BL_PIECE("報"),       BL_PIECE("台"),      BL_PIECE("臺"),       BL_PIECE("刊"),
    BL_PIECE("频道"),     BL_PIECE("頻道"),    BL_PIECE("杂志"),     BL_PIECE("雜誌"),
    BL_PIECE("在线"),     BL_PIECE("客户端"),  BL_PIECE("公众号"),   BL_PIECE("传媒"),
    BL_PIECE("論壇"),     BL_PIECE("论坛"),    BL_PIECE("新闻"),     BL_PIECE("时报"),
    BL_PIECE("导刊"),     BL_PIECE("뉴스"),    BL_PIECE("뉴시스"),   BL_PIECE("일보"),
    BL_PIECE("신문"),     BL_PIECE("新聞"),    BL_PIECE("通信"),     BL_PIECE("News"),
    BL_PIECE("Daily"),    BL_PIECE("Times"),   BL_PIECE("Network"),  BL_PIECE("Agency"),
    BL_PIECE("Post"),     BL_PIECE("Gazette"), BL_PIECE("Herald"),   BL_PIECE("Weekly"),
    BL_PIECE(" net"),     BL_PIECE(" Net"),    BL_PIECE("周报"),     BL_PIECE("月刊"),
    BL_PIECE("研究"),     BL_PIECE("發布"),    BL_PIECE("发布"),     BL_PIECE("通訊"),
    BL_PIECE("通讯"),     BL_PIECE("快訊"),    BL_PIECE("快讯"),     BL_PIECE("週刊"),
    BL_PIECE("之声"),     BL_PIECE("之聲"),    BL_PIECE("电视"),     BL_PIECE("融媒体中心"),
    BL_PIECE("Journal"),  BL_PIECE("Tribune"), BL_PIECE("Magazine"), BL_PIECE("Chronicle"),
    BL_PIECE("Newswire"), BL_PIECE("Press"),   BL_PIECE("Bulletin"), BL_PIECE("Observer"),
    BL_PIECE("Express"),  { NULL, 0 }
};
static const bl_piece body_ends[] = { BL_PIECE("工会"),
                                      BL_PIECE("工會"),
                                      BL_PIECE("总会"),
                                      BL_PIECE("總會"),
                                      BL_PIECE("协会"),
                                      BL_PIECE("協會"),
                                      BL_PIECE("联合会"),
                                      BL_PIECE("聯合會"),
                                      BL_PIECE("委员会"),
                                      BL_PIECE("委員會"),
                                      BL_PIECE("委"),
                                      BL_PIECE("局"),
                                      BL_PIECE("部"),
                                      BL_PIECE("办公室"),
                                      BL_PIECE("辦公室"),
                                      BL_PIECE("办"),
                                      BL_PIECE("厅"),
                                      BL_PIECE("廳"),
                                      BL_PIECE("宣"),
                                      BL_PIECE("中心"),
                                      BL_PIECE("站"),
                                      BL_PIECE("室"),
                                      BL_PIECE("院"),
                                      BL_PIECE("公司"),
                                      BL_PIECE("学校"),
                                      BL_PIECE("集团"),
                                      BL_PIECE("集團"),
                                      BL_PIECE("支部"),
                                      BL_PIECE("科"),
                                      BL_PIECE("处"),
                                      BL_PIECE("府"),
                                      BL_PIECE("团"),
                                      BL_PIECE("商会"),
                                      BL_PIECE("會"),
                                      BL_PIECE("Association"),
                                      BL_PIECE("Federation"),
                                      BL_PIECE("Council"),
                                      BL_PIECE("Union"),
                                      BL_PIECE("Unions"),
                                      BL_PIECE("Society"),
                                      BL_PIECE("Chamber"),
                                      BL_PIECE("Congress"),
                                      BL_PIECE("Confederation"),
                                      BL_PIECE("Committee"),
                                      BL_PIECE("Commission"),
                                      BL_PIECE("Institute"),
                                      BL_PIECE("Centre"),
                                      BL_PIECE("Center"),
                                      BL_PIECE("Foundation"),
                                      BL_PIECE("Alliance"),
                                      BL_PIECE("Secretariat"),
                                      BL_PIECE("組合"),
                                      BL_PIECE("労組"),
                                      BL_PIECE("連合"),
                                      BL_PIECE("노조"),
                                      BL_PIECE("노총"),
                                      BL_PIECE("연맹"),
                                      BL_PIECE("협회"),
                                      BL_PIECE("위원회"),
                                      { NULL, 0 } };
static const char *const own[] = { "本报", "本報", "本网", "本網", "本刊",   "本站",
                                   "本台", "我网", "记者", "記者", "通讯员", NULL };

bool bl_byline_is_media(bl_piece name)
{
    size_t n = bl_piece_characters(name);
    return n >= 3 && n <= 30 && bl_piece_ends_in(name, media_ends) > 0 && !bl_piece_is(name, own) &&
           bl_piece_find(name, 0, "：") == BL_NOWHERE && bl_piece_find(name, 0, ":") == BL_NOWHERE;
}

bl_piece bl_byline_masthead(bl_piece line)
{
    static const bl_piece ends[] = {
        BL_PIECE("日报"),    BL_PIECE("日報"),     BL_PIECE("晚报"),   BL_PIECE("晚報"),
        BL_PIECE("晨报"),    BL_PIECE("晨報"),     BL_PIECE("早报"),   BL_PIECE("早報"),
        BL_PIECE("时报"),    BL_PIECE("時報"),     BL_PIECE("商报"),   BL_PIECE("商報"),
        BL_PIECE("导报"),    BL_PIECE("導報"),     BL_PIECE("周报"),   BL_PIECE("週報"),
        BL_PIECE("工人报"),  BL_PIECE("青年报"),   BL_PIECE("都市报"), BL_PIECE("法治报"),
        BL_PIECE("法制报"),  BL_PIECE("消费报"),   BL_PIECE("工会网"), BL_PIECE("职工网"),
        BL_PIECE("工人网"),  BL_PIECE("新闻网"),   BL_PIECE("新聞網"), BL_PIECE("信息网"),
        BL_PIECE("通讯社"),  BL_PIECE("通訊社"),   BL_PIECE("电视台"), BL_PIECE("電視台"),
        BL_PIECE("日报社"),  BL_PIECE(" Daily"),   BL_PIECE(" Times"), BL_PIECE(" Gazette"),
        BL_PIECE(" Herald"), BL_PIECE(" Tribune"), { NULL, 0 }
    };
    static const char *const editions[] = { "数字报", "數字報", "电子报",  "電子報", "电子版", "電子版",
                                            "数字版", "手机版", "e-paper", "ePaper", NULL };
    bl_piece name = bl_piece_part(line, 0, line.size - bl_piece_ends(line, editions));
    size_t n = bl_piece_characters(name);
    bool one = bl_piece_find(name, 0, " ") == BL_NOWHERE || (unsigned char)name.text[0] < 0x80;
    bool masthead = one && n >= 4 && n <= 30 && name.size <= 36 && bl_piece_ends_in(name, ends) > 0;
    return masthead ? name : (bl_piece){ line.text, 0 };
}

/* "Millbrook Federation of Labor". */
static bool has_body_of(bl_piece name)
{
    static const char *const kinds[] = { "Federation of ", "Association of ",   "Council of ",
                                         "Union of ",      "Chamber of ",       "Congress of ",
                                         "Ministry of ",   "Department of ",    "Institute of ",
                                         "Bureau of ",     "Confederation of ", NULL };
    for (const char *const *kind = kinds; *kind; kind++)
        if (bl_piece_find(name, 0, *kind) != BL_NOWHERE)
            return true;
    return false;
}

bool bl_byline_is_body(bl_piece name)
{
    size_t n = bl_piece_characters(name);
    return n >= 2 && (n <= 30 || (n == name.size && n <= 80)) &&
           (bl_piece_ends_in(name, body_ends) > 0 || has_body_of(name));
}

bl_piece bl_byline_media_prefix(bl_piece text)
{
    for (size_t end = text.size; end > 0; end = bl_utf8_before(text.text, end)) {
        bl_piece prefix = { text.text, end };
        if (bl_byline_is_media(prefix))
            return prefix;
    }
    return (bl_piece){ text.text, 0 };
}

bl_piece bl_byline_body_shared(bl_piece a, bl_piece b)
{
    size_t same = 0;
    while (same < a.size && same < b.size && a.text[same] == b.text[same])
        same++;
    for (size_t end = same; end > 0; end = bl_utf8_before(a.text, end)) {
        bl_piece name = { a.text, end };
        bool whole = end == a.size || ((unsigned char)a.text[end] & 0xC0) != 0x80;
        if (whole && bl_piece_characters(name) >= 4 && bl_byline_is_body(name))
            return name;
    }
    return (bl_piece){ a.text, 0 };
}

static const char *const edges[] = {
    "(",  ")", "（", "）", "[", "]", "【", "】", "《", "》", "<", ">", ":",
    "：", "-", "—",  "/",  "/", ",", "，", "、", "。", ".",  "|", "=", NULL
};

/* "<name>/<place>報導": the name. */
static bl_piece without_report(bl_piece name)
{
    static const char *const ends[] = { "报道", "報導", "報道", "报导", NULL };
    size_t slash = bl_piece_find(name, 0, "/"), wide = bl_piece_find(name, 0, "／");
    size_t at = slash < wide ? slash : wide;
    return at != BL_NOWHERE && bl_piece_ends(name, ends) > 0 ? bl_piece_part(name, 0, at) : name;
}

/* "采写:<paper>". */
static bl_piece behind_colon(bl_piece name)
{
    size_t colon = bl_piece_find(name, 0, ":"), wide = bl_piece_find(name, 0, "：");
    if (colon != BL_NOWHERE)
        return bl_piece_part(name, colon + 1, name.size);
    return wide != BL_NOWHERE ? bl_piece_part(name, wide + 3, name.size) : name;
}

/* "<paper> <name> 기자": the Korean order. */
static bool korean_reporter(bl_piece text, bl_byline *found)
{
    static const char *const ends[] = { "기자", NULL };
    size_t blank = bl_piece_find(text, 0, " ");
    bl_piece rest = bl_piece_part(text, 0, text.size - bl_piece_ends(text, ends));
    if (rest.size == text.size || blank == BL_NOWHERE || bl_piece_characters(text) > 24)
        return false;
    bl_piece name = { text.text, blank };
    bool media = bl_byline_is_media(name);
    found->agency = media ? name : found->agency;
    found->author = media ? bl_piece_part(rest, blank, rest.size) : rest;
    return true;
}

/* "中央社记者苏龙麒台北1日电", "工人日报-中工网记者朱欣", "经济日报记者 康琼艳": before and behind the word
 * for reporter. */
bl_byline bl_byline_of_reporter(bl_piece inside)
{
    static const char *const words[] = { "记者",   "記者",     "通讯员",   "通訊員", "评论员",
                                         "評論員", "reporter", "Reporter", NULL };
    bl_byline found = { { inside.text, 0 }, { inside.text, 0 }, 0 };
    if (korean_reporter(inside, &found))
        return found;
    size_t first = BL_NOWHERE, behind = 0;
    for (const char *const *w = words; *w; w++) {
        size_t at = bl_piece_find(inside, 0, *w);
        if (at < first) {
            first = at;
            behind = at + strlen(*w);
        }
    }
    if (first == BL_NOWHERE)
        return found;
    bl_piece name = behind_colon(bl_piece_strip(bl_piece_part(inside, 0, first), edges));
    if (!bl_piece_is(name, own) && bl_piece_characters(name) <= 30)
        found.agency = name;
    found.author = without_report(bl_piece_strip(bl_piece_part(inside, behind, inside.size), edges));
    return found;
}

/* The bracket that text opens with; *end is behind it. */
static bl_piece bracket_at(bl_piece text, size_t from, size_t *end)
{
    static const char *const pairs[][2] = {
        { "(", ")" }, { "（", "）" }, { "【", "】" }, { "[", "]" }, { "〔", "〕" }
    };
    *end = from;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const char *const opener[] = { pairs[i][0], NULL };
        if (from >= text.size || !bl_piece_starts((bl_piece){ text.text + from, text.size - from }, opener))
            continue;
        size_t open = pairs[i][0][1] ? 3 : 1, close = bl_piece_find(text, from + open, pairs[i][1]);
        if (close == BL_NOWHERE || close - from > 200)
            break;
        *end = close + open;
        return bl_piece_part(text, from + open, close);
    }
    return (bl_piece){ text.text, 0 };
}

/* An agency before a day without a year: the name up to its last syllable that media have. */
static bl_piece agency_before(bl_piece text, size_t end)
{
    bl_piece head = bl_piece_strip(bl_piece_part(text, 0, end), edges);
    bl_piece name =
        bl_piece_characters(head) <= 24 ? bl_byline_media_prefix(head) : (bl_piece){ text.text, 0 };
    return bl_piece_is(name, own) || bl_piece_starts(name, own) ? (bl_piece){ text.text, 0 } : name;
}

/* "<agency><place>6月13日电", "<agency>10月14日讯", "<agency>讯". */
static bl_byline wire(bl_piece text)
{
    static const char *const marks[] = { "讯", "訊", "电", "電", "报导", "報導", "報道", "报道", NULL };
    bl_byline found = { { text.text, 0 }, { text.text, 0 }, 0 };
    bl_piece head = { text.text, text.size < 120 ? text.size : 120 };
    bl_stamp stamp;
    size_t from = 0, mark = 0;
    bool dated = bl_stamp_next(head.text, head.size, &from, BL_DAY_FIRST, &stamp) && stamp.at < 90;
    if (dated && (bl_piece){ head.text + stamp.end, head.size - stamp.end }.size > 0) {
        bl_piece behind = { head.text + stamp.end, head.size - stamp.end };
        if (bl_piece_starts(behind, marks)) {
            found.agency = agency_before(head, stamp.at);
            found.end = stamp.end + (bl_piece_starts(behind, marks + 4) ? 6 : 3);
            return found;
        }
    }
    for (const char *const *m = marks; m < marks + 2; m++)
        if ((mark = bl_piece_find(head, 0, *m)) != BL_NOWHERE && mark >= 6 && mark <= 36) {
            bl_piece name = bl_piece_part(head, 0, mark);
            bool plain =
                bl_piece_find(name, 0, " ") == BL_NOWHERE && bl_piece_find(name, 0, "，") == BL_NOWHERE;
            if (plain && bl_byline_is_media(name) && !bl_piece_starts(name, own))
                found.agency = name;
            if (plain && (found.agency.size || bl_piece_is(name, own)))
                found.end = mark + 3;
            return found;
        }
    return found;
}

/* "【서울=뉴시스】", "(東京=通信)": place and agency. */
static bl_byline place_and_agency(bl_piece inside)
{
    bl_byline found = { { inside.text, 0 }, { inside.text, 0 }, 0 };
    size_t equals = bl_piece_find(inside, 0, "=");
    if (equals != BL_NOWHERE && bl_piece_characters(inside) <= 24)
        found.agency = bl_piece_part(inside, equals + 1, inside.size);
    return found;
}

/* "BEIJING, Dec. 11 (Xinhua) --", "A report from China Daily:", "LONDON (Reuters) -". */
static bl_byline english(bl_piece text)
{
    static const char *const dashes[] = { "--", "-", "—", "–", NULL };
    bl_byline found = { { text.text, 0 }, { text.text, 0 }, 0 };
    bl_piece head = { text.text, text.size < 200 ? text.size : 200 };
    size_t report = bl_piece_find(head, 0, "A report from "), open, end;
    if (report != BL_NOWHERE) {
        size_t colon = bl_piece_find(head, report, ":");
        if (colon != BL_NOWHERE && colon - report < 60) {
            found.agency = bl_piece_part(head, report + 14, colon);
            return found;
        }
    }
    open = bl_piece_find(head, 0, "(");
    if (open == BL_NOWHERE || open > 60)
        return found;
    bl_piece inside = bracket_at(head, open, &end), behind = bl_piece_part(head, end, head.size);
    size_t from = 0;
    bl_stamp stamp;
    if (bl_stamp_next(inside.text, inside.size, &from, BL_DAY_FIRST, &stamp))
        return found;
    if (inside.size > 0 && inside.size < 30 && bl_piece_starts(behind, dashes)) {
        found.agency = inside;
        found.end = end;
    } else if (inside.size > 0 && open < 30) {
        bl_piece name = bl_piece_part(head, 0, open);
        found = bl_byline_of_reporter(inside);
        if (found.author.size > 0 && found.agency.size == 0 && bl_byline_is_media(name))
            found.agency = name;
    }
    return found;
}

/* The medium's name between byte `from` and the first of these words that closes it. */
static bl_piece cited_before(bl_piece text, size_t from, const char *const *closers)
{
    enum { WITHIN = 120 };
    static const char *const stops[] = { ",", "，", "。", NULL };
    bl_piece head = { text.text, text.size < WITHIN ? text.size : WITHIN };
    for (size_t at = from; at < head.size; at++) {
        bl_piece rest = { head.text + at, head.size - at };
        bl_piece name = bl_piece_strip(bl_piece_part(head, from, at), edges);
        if (bl_piece_starts(rest, closers) && bl_byline_is_media(name) && !bl_piece_starts(name, own))
            return name;
        if (bl_piece_starts(rest, stops))
            break;
    }
    return (bl_piece){ text.text, 0 };
}

bl_piece bl_byline_cited(bl_piece text)
{
    static const char *const by[] = { "据", "據", NULL };
    static const char *const report[] = { "报道", "報道", "报导", "報導", "消息", "记者", "記者", "电",
                                          "電",   "讯",   "訊",   "，",   ",",    "日",   NULL };
    static const char *const according[] = { "According to the ", "According to ", "As reported by the ",
                                             "As reported by ", NULL };
    static const char *const stop[] = { ",", " report", " on ", ".", NULL };
    size_t han = bl_piece_prefix(text, by), latin = bl_piece_prefix(text, according);
    if (han > 0)
        return cited_before(text, han, report);
    return latin > 0 ? cited_before(text, latin, stop) : (bl_piece){ text.text, 0 };
}

/* "<agency><place>四月五日电", "<agency><place>消息（…", "<paper>记者<name>报道": datelines that no digits
 * tell. */
static bl_byline plain_wire(bl_piece text)
{
    static const char *const marks[] = { "日电",  "日電",   "日讯",  "日訊", "消息（",
                                         "消息(", "消息：", "消息:", NULL };
    static const char *const reports[] = { "报道", "報道", "报导", "報導", NULL };
    enum { WITHIN = 60 };
    bl_byline found = { { text.text, 0 }, { text.text, 0 }, 0 };
    bl_piece head = { text.text, text.size < WITHIN ? text.size : WITHIN };
    for (size_t at = 9; at < head.size; at++) {
        bl_piece rest = { head.text + at, head.size - at }, before = { head.text, at };
        size_t n = bl_piece_prefix(rest, marks);
        if (n > 0) {
            found.agency = bl_byline_media_prefix(before);
            found.end = found.agency.size > 0 ? at + 6 : 0;
            break;
        }
        if (bl_piece_starts(rest, reports)) {
            bl_byline reporter = bl_byline_of_reporter(before);
            if (bl_byline_is_media(reporter.agency) && reporter.agency.text == text.text)
                found = (bl_byline){ reporter.agency, reporter.author, at + 6 };
            break;
        }
    }
    return bl_piece_starts(found.agency, own) ? (bl_byline){ { text.text, 0 }, { text.text, 0 }, 0 } : found;
}

static void merge(bl_byline *into, bl_byline more)
{
    if (into->agency.size == 0)
        into->agency = more.agency;
    if (into->author.size == 0)
        into->author = more.author;
    if (more.end > into->end)
        into->end = more.end;
}

/* Two to four characters of Han, or several such names: who wrote, behind a wire's dateline. */
static bool is_han_name(bl_piece name)
{
    size_t run = 0;
    for (size_t at = 0; at < name.size;) {
        unsigned char lead = (unsigned char)name.text[at];
        run = name.text[at] == ' ' ? 0 : run + 1;
        if (run > 4 || (name.text[at] != ' ' && (lead < 0xE4 || lead > 0xE9)))
            return false;
        at += run ? 3 : 1;
    }
    return name.size >= 6 && run >= 2 && bl_piece_characters(name) <= 14;
}

bl_byline bl_byline_opening(bl_piece text)
{
    bl_byline found = { { text.text, 0 }, { text.text, 0 }, 0 };
    size_t at = 0, end;
    bl_piece first = bracket_at(text, 0, &end);
    if (first.size > 0) {
        at = end;
        merge(&found, place_and_agency(first));
    }
    bl_piece rest = bl_piece_part(text, at, text.size);
    bl_piece second = bracket_at(rest, 0, &end);
    if (second.size > 0)
        merge(&found, bl_byline_of_reporter(second));
    if (found.agency.size > 0)
        return found;
    if (first.size > 0) {
        merge(&found, bl_byline_of_reporter(first));
        merge(&found, wire(first));
        found.end = 0;
    }
    merge(&found, wire(rest));
    if (found.agency.size == 0 && rest.size > 0 && (unsigned char)rest.text[0] >= 0xE4)
        merge(&found, plain_wire(rest));
    bl_piece behind = bl_piece_part(rest, found.end, rest.size);
    bl_piece reporter = bracket_at(behind, 0, &end);
    if (found.end > 0 && reporter.size > 0)
        merge(&found, bl_byline_of_reporter(reporter));
    if (found.end > 0 && found.author.size == 0 && is_han_name(reporter))
        found.author = reporter;
    merge(&found, english(rest));
    return found;
}

/* "(市总组织部 杨建华)": offices are the source, names of two or three characters the author. */
static bl_byline of_offices(bl_piece inside)
{
    static const char *const givers[] = { "供稿", "提供", "报送", "來稿", "来稿", NULL };
    bl_byline found = { { inside.text, 0 }, { inside.text, 0 }, 0 };
    for (size_t at = 0; at < inside.size;) {
        size_t end = bl_piece_find(inside, at, " ");
        if (end == BL_NOWHERE)
            end = inside.size;
        bl_piece word = bl_piece_strip(bl_piece_part(inside, at, end), edges);
        if (bl_piece_is(word, givers)) {
            at = end + 1;
            continue;
        }
        if (bl_byline_is_media(word) || bl_byline_is_body(word)) {
            if (found.agency.size == 0)
                found.agency = word;
            else
                found.agency.size = (size_t)(word.text + word.size - found.agency.text);
        } else if (word.size > 0 && found.author.size == 0) {
            found.author = bl_piece_part(inside, at, inside.size);
            break;
        }
        at = end + 1;
    }
    return found;
}

bl_piece bl_byline_opening_name(bl_piece text)
{
    static const char *const ends[] = { "/", "／", "报道", "報導", "報道", "摄", NULL };
    bl_piece name = bl_byline_of_reporter(text).author;
    for (const char *const *e = ends; *e; e++) {
        size_t at = bl_piece_find(name, 0, *e);
        if (at != BL_NOWHERE)
            name = bl_piece_part(name, 0, at);
    }
    return name;
}

static bool names_reporter(bl_piece p)
{
    return bl_piece_find(p, 0, "记者") != BL_NOWHERE || bl_piece_find(p, 0, "記者") != BL_NOWHERE ||
           bl_piece_find(p, 0, "通讯员") != BL_NOWHERE;
}

/* Where the last sentence of the text starts, within its last 120 bytes. */
static size_t last_sentence(bl_piece text)
{
    static const char *const stops[] = { "。", "！", "!", NULL };
    size_t start = text.size > 120 ? text.size - 120 : 0, best = text.size > 120 ? BL_NOWHERE : 0;
    for (const char *const *s = stops; *s; s++)
        for (size_t at = start; (at = bl_piece_find(text, at, *s)) != BL_NOWHERE; at++)
            if (at + 3 < text.size && (best == BL_NOWHERE || at + 3 > best))
                best = at + ((*s)[1] ? 3 : 1);
    return best;
}

/* The last bracket that opens at or behind `from`; *behind is the first byte inside it. */
static size_t last_bracket(bl_piece text, size_t from, size_t *behind)
{
    size_t open = BL_NOWHERE;
    for (size_t at = from; at < text.size; at++) {
        bool wide = text.size - at >= 3 && memcmp(text.text + at, "（", 3) == 0;
        if (!wide && text.text[at] != '(')
            continue;
        open = at;
        *behind = at + (wide ? 3 : 1);
    }
    return open;
}

bl_byline bl_byline_closing(bl_piece text)
{
    static const char *const closers[] = { ")", "）", NULL };
    bl_byline none = { { text.text, 0 }, { text.text, 0 }, 0 };
    size_t close = bl_piece_ends(text, closers), from = last_sentence(text), behind = 0;
    if (from == BL_NOWHERE)
        return none;
    if (close == 0) {
        bl_piece sentence = bl_piece_part(text, from, text.size);
        return names_reporter(sentence) && bl_piece_characters(sentence) <= 40
                   ? bl_byline_of_reporter(sentence)
                   : none;
    }
    if (last_bracket(text, from, &behind) == BL_NOWHERE)
        return none;
    bl_piece inside = bl_piece_part(text, behind, text.size - close);
    if (bl_piece_characters(inside) > 40)
        return none;
    return names_reporter(inside) ? bl_byline_of_reporter(inside) : of_offices(inside);
}
