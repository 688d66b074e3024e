/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The lines before the running text to the one that is the title. */
#include <string.h>

#include "role.h"

typedef struct search {
    const bl_lines *lines;
    const bl_layout *layout;
    size_t end;      /* candidates stand before it */
    size_t original; /* line with the original title, or BL_NO_LINE */
    size_t crumb;    /* last breadcrumb before end, or BL_NO_LINE */
} search;

static bool starts_with(const char *s, size_t size, const char *what)
{
    size_t n = strlen(what);
    return n <= size && memcmp(s, what, n) == 0;
}

static bool starts_with_any(const char *s, size_t size, const char *const *set)
{
    for (; *set; set++)
        if (starts_with(s, size, *set))
            return true;
    return false;
}

static bool ends_with_any(const char *s, size_t size, const char *const *set)
{
    for (; *set; set++) {
        size_t n = strlen(*set);
        if (n <= size && memcmp(s + size - n, *set, n) == 0)
            return true;
    }
    return false;
}

static bool contains(const char *s, size_t size, const char *what, size_t n)
{
    for (size_t at = 0; n > 0 && at + n <= size; at++)
        if (s[at] == what[0] && memcmp(s + at, what, n) == 0)
            return true;
    return false;
}

/* Openings of running text, of continued articles, of numbered sections: never of a headline. */
static bool opens_text(const char *s, size_t size)
{
    static const char *const openings[] = { "近日", "日前", "昨日", "本报讯", "本報訊", "中工网讯", "(上接", "（上接", "‹正", "<正",
                                            "一、", "二、", "(一)", "（一）", "01", "1.", "1、", "第一章", "第1", "各位", "同志们", "——", NULL };
    return starts_with_any(s, size, openings);
}

static bool is_site_greeting(const char *s, size_t size)
{
    static const char *const starts[] = { "欢迎", "歡迎", "Welcome", "标题", NULL };
    static const char *const ends[] = { "网站", "首页", "下载站!", "下载站", "欢迎您", "欢迎您!", "官网", "网首页", "頻道", "频道", NULL };
    return starts_with_any(s, size, starts) || ends_with_any(s, size, ends);
}

static bool is_byline(const char *s, size_t size)
{
    static const char *const starts[] = { "记者", "記者", "本报记者", "通讯员", "文/", "文|", "图/", "By ", "by ", "Report by", "作者", "□", "○", NULL };
    static const char *const ends[] = { "课题组", "调研组", "编写组", "報導", "报道", "摄", "攝", NULL };
    return starts_with_any(s, size, starts) || (size < 60 && ends_with_any(s, size, ends));
}

static bool is_wordy(const bl_line *line)
{
    return line->length >= 4 && line->length <= 90;
}

static bool may_be_title(const search *q, size_t i)
{
    const bl_line *line = &q->lines->items[i];
    const char *s = bl_line_text(q->lines, i);
    if ((line->kind != BL_KIND_SHORT && line->kind != BL_KIND_DATED) || !is_wordy(line) || (line->flags & BL_LINE_BULLET))
        return false;
    return !opens_text(s, line->size) && s[line->size - 1] != ':' && !(line->size > 3 && memcmp(s + line->size - 3, "：", 3) == 0);
}

static int length_score(uint32_t length)
{
    if (length < 6)
        return 0;
    if (length < 9)
        return 2;
    return length <= 50 ? 4 : length <= 70 ? 2 : 0;
}

static bool repeats(const search *q, size_t i)
{
    size_t end = i + 40 < q->lines->count ? i + 40 : q->lines->count;
    for (size_t k = i + 1; k < end; k++)
        if (bl_lines_equal(q->lines, i, k))
            return true;
    return false;
}

static bool line_holds(const search *q, size_t holder, size_t i)
{
    return holder != BL_NO_LINE && contains(bl_line_text(q->lines, holder), q->lines->items[holder].size,
                                            bl_line_text(q->lines, i), q->lines->items[i].size);
}

static bool is_dateline(const bl_lines *lines, size_t i)
{
    return i < lines->count && (lines->items[i].kind == BL_KIND_META || lines->items[i].kind == BL_KIND_DATE);
}

/* The line under it: a dateline speaks for a title, an item of a list against it. */
static int neighbour_score(const search *q, size_t i)
{
    const bl_lines *lines = q->lines;
    if (is_dateline(lines, i + 1))
        return 3;
    if (is_dateline(lines, i + 2))
        return 2;
    if (i + 1 < lines->count && lines->items[i + 1].kind == BL_KIND_PROSE)
        return 1;
    return 0;
}

static int score(const search *q, size_t i)
{
    const bl_line *line = &q->lines->items[i];
    const char *s = bl_line_text(q->lines, i);
    int points = length_score(line->length) + neighbour_score(q, i);
    if (i == 0 || (q->crumb != BL_NO_LINE && i == q->crumb + 1))
        points += 2;
    if (repeats(q, i))
        points += 4;
    if (line_holds(q, q->crumb, i))
        points += line->length >= 9 ? 5 : -2;
    if (line_holds(q, q->original, i))
        points += 4;
    if (is_byline(s, line->size))
        points -= 6;
    if (is_site_greeting(s, line->size))
        points -= 6;
    if ((line->flags & BL_LINE_CLOSED) && (line->flags & BL_LINE_COMMA))
        points -= 4;
    if (line->kind == BL_KIND_DATED)
        points -= 5;
    return points;
}

static size_t last_of_kind(const bl_lines *lines, size_t end, bl_kind kind)
{
    for (size_t i = end; i-- > 0;)
        if (lines->items[i].kind == kind)
            return i;
    return BL_NO_LINE;
}

/* Where to look: before the running text; when that comes first, before a dateline right behind a heading. */
static size_t search_end(const bl_lines *lines, const bl_layout *l)
{
    size_t end = l->first;
    if (end > 0)
        return end;
    for (size_t i = l->first + 1; i + 1 < lines->count && i < l->first + 4; i++)
        if (lines->items[i].kind == BL_KIND_SHORT && lines->items[i + 1].kind == BL_KIND_META)
            return i + 1;
    return 0;
}

/* A headline straight above running text, and further on another one of its size above more: items of a list,
 * none of which names the page. */
static bool is_item_of_list(const bl_lines *lines, size_t title)
{
    const bl_line *t = &lines->items[title];
    if (title > 0 || title + 1 >= lines->count || lines->items[title + 1].kind != BL_KIND_PROSE)
        return false;
    for (size_t i = title + 2; i + 1 < lines->count; i++) {
        const bl_line *line = &lines->items[i];
        if (line->kind == BL_KIND_SHORT && lines->items[i + 1].kind == BL_KIND_PROSE && line->length >= 10 &&
            line->length * 2 >= t->length && !opens_text(bl_line_text(lines, i), line->size) && !(line->flags & BL_LINE_CLOSED))
            return true;
    }
    return false;
}

enum { FAR = 200, ENOUGH = 4 };

void bl_title_choose(const bl_lines *lines, bl_layout *out)
{
    search q = { lines, out, search_end(lines, out), BL_NO_LINE, BL_NO_LINE };
    int best = ENOUGH;
    q.crumb = last_of_kind(lines, q.end, BL_KIND_CRUMB);
    q.original = last_of_kind(lines, out->first + 3 < lines->count ? out->first + 3 : lines->count, BL_KIND_ORIGINAL);
    size_t from = q.end > FAR ? q.end - FAR : 0;
    if (q.crumb != BL_NO_LINE && q.crumb > from && q.crumb + 1 < q.end)
        from = q.crumb + 1;
    for (size_t i = from; i < q.end; i++) {
        int points = may_be_title(&q, i) ? score(&q, i) : 0;
        if (points > best) {
            best = points;
            out->title = i;
        }
    }
    if (out->title != BL_NO_LINE && out->meta == BL_NO_LINE && is_item_of_list(lines, out->title))
        out->title = BL_NO_LINE;
    out->title_end = out->title == BL_NO_LINE ? 0 : out->title + 1;
}
