/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates as people type them to spans of days. */
#include "date_words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "text/fold.h"

/* ---- days ---- */

enum { LAST_YEAR = 9999 };

static bl_day clamp(bl_day d)
{
    if (d.year < 1)
        return (bl_day){ 1, 1, 1 };
    return d.year > LAST_YEAR ? (bl_day){ LAST_YEAR, 12, 31 } : d;
}

/* The day so many months later, or before; the last of its month where there is no such day. */
static bl_day add_months(bl_day d, int months)
{
    int month = d.year * 12 + d.month - 1 + months;
    if (month < 12)
        return (bl_day){ 1, 1, 1 };
    bl_day moved = { month / 12, month % 12 + 1, d.day };
    int length = bl_day_month_length(moved.year, moved.month);
    moved.day = moved.day > length ? length : moved.day;
    return clamp(moved);
}

static bl_day add_days(bl_day d, int days)
{
    for (d.day += days; d.day < 1 && d.year >= 1;) {
        d.month = d.month > 1 ? d.month - 1 : 12;
        d.year -= d.month == 12;
        d.day += bl_day_month_length(d.year, d.month);
    }
    for (int length; d.day > (length = bl_day_month_length(d.year, d.month)) && d.year <= LAST_YEAR;) {
        d.day -= length;
        d.month = d.month < 12 ? d.month + 1 : 1;
        d.year += d.month == 1;
    }
    return clamp(d);
}

/* Days since Monday (Sakamoto's method). */
static int weekday(bl_day d)
{
    static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
    int year = d.year - (d.month < 3);
    return (year + year / 4 - year / 100 + year / 400 + shift[d.month - 1] + d.day + 6) % 7;
}

/* The whole year, month or day. */
static bl_span whole(bl_day d)
{
    return (bl_span){ bl_day_earliest(d), bl_day_latest(d) };
}

/* `months` months from the first of one on. */
static bl_span months_from(int year, int month, int months)
{
    bl_day first = { year, month, 1 };
    return (bl_span){ first, bl_day_latest((bl_day){ year, month + months - 1, 0 }) };
}

/* ---- words ---- */

typedef enum unit { DAY, WEEK, MONTH, QUARTER, YEAR } unit;

/* The day, week, month … that is so many before (or behind) today's. */
static bl_span shifted(bl_day today, unit which, int by)
{
    bl_day d = today;
    if (which == DAY)
        d = add_days(today, by);
    else if (which == WEEK)
        d = add_days(today, 7 * by - weekday(today));
    else
        d = add_months((bl_day){ today.year, today.month, 1 }, by * (which == MONTH     ? 1
                                                                     : which == QUARTER ? 3
                                                                                        : 12));
    if (which == DAY)
        return (bl_span){ d, d };
    if (which == WEEK)
        return (bl_span){ d, add_days(d, 6) };
    if (which == QUARTER)
        return months_from(d.year, (d.month - 1) / 3 * 3 + 1, 3);
    return whole((bl_day){ d.year, which == MONTH ? d.month : 0, 0 });
}

/* Folded, as the text is. */
static const struct {
    const char *text;
    unit unit;
    int by;
} words[] = {
    { "today", DAY, 0 },         { "今天", DAY, 0 },
    { "今日", DAY, 0 },          { "yesterday", DAY, -1 },
    { "昨天", DAY, -1 },         { "昨日", DAY, -1 },
    { "前天", DAY, -2 },         { "前日", DAY, -2 },
    { "this-week", WEEK, 0 },    { "本周", WEEK, 0 },
    { "这周", WEEK, 0 },         { "这星期", WEEK, 0 },
    { "last-week", WEEK, -1 },   { "上周", WEEK, -1 },
    { "上星期", WEEK, -1 },      { "上个星期", WEEK, -1 },
    { "this-month", MONTH, 0 },  { "本月", MONTH, 0 },
    { "这个月", MONTH, 0 },      { "当月", MONTH, 0 },
    { "last-month", MONTH, -1 }, { "上个月", MONTH, -1 },
    { "上月", MONTH, -1 },       { "this-quarter", QUARTER, 0 },
    { "本季度", QUARTER, 0 },    { "last-quarter", QUARTER, -1 },
    { "上季度", QUARTER, -1 },   { "上个季度", QUARTER, -1 },
    { "this-year", YEAR, 0 },    { "今年", YEAR, 0 },
    { "本年", YEAR, 0 },         { "last-year", YEAR, -1 },
    { "去年", YEAR, -1 },        { "上年", YEAR, -1 },
    { "前年", YEAR, -2 },
};

static bool read_word(const char *text, bl_day today, bl_span *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].text, text) == 0) {
            *out = shifted(today, words[i].unit, words[i].by);
            return true;
        }
    return false;
}

/* ---- figures ---- */

static bool skip(const char **at, const char *text)
{
    size_t size = strlen(text);
    if (strncmp(*at, text, size) != 0)
        return false;
    *at += size;
    return true;
}

/* A number of at most `most` digits; -1 when there is none. */
static int number(const char **at, int most)
{
    int value = 0, digits = 0;
    for (; digits < most && (*at)[digits] >= '0' && (*at)[digits] <= '9'; digits++)
        value = value * 10 + ((*at)[digits] - '0');
    *at += digits;
    return digits > 0 && !(**at >= '0' && **at <= '9') ? value : -1;
}

/* 3d, 2w, 3m, 1y, 近3个月: the day so long ago. */
static bool read_ago(const char *text, bl_day today, bl_span *out)
{
    static const struct {
        const char *text;
        unit unit;
    } units[] = {
        { "d", DAY },       { "天", DAY },  { "w", WEEK },     { "周", WEEK }, { "星期", WEEK },
        { "个星期", WEEK }, { "m", MONTH }, { "个月", MONTH }, { "y", YEAR },  { "年", YEAR },
    };
    const char *at = text;
    if (!skip(&at, "最近") && !skip(&at, "过去"))
        skip(&at, "近");
    int count = number(&at, 4);
    bool year = strlen(text) == 4 + strlen("年") && at - text == 4; /* 2024年 */
    for (size_t i = 0; count >= 0 && !year && i < sizeof units / sizeof *units; i++) {
        if (strcmp(at, units[i].text) != 0)
            continue;
        unit u = units[i].unit;
        bl_day day = u <= WEEK ? add_days(today, -count * (u == WEEK ? 7 : 1))
                               : add_months(today, -count * (u == YEAR ? 12 : 1));
        *out = (bl_span){ day, day };
        return true;
    }
    return false;
}

/* 2024-q2, 2024年第二季度, 2024年上半年 behind the year. */
static bool read_part_of_year(const char *text, bl_span *out)
{
    const char *at = text;
    int year = number(&at, 4);
    if (year < 1 || at - text != 4)
        return false;
    if (!skip(&at, "年"))
        skip(&at, "-");
    bool first = strcmp(at, "上半年") == 0;
    if (first || strcmp(at, "下半年") == 0) {
        *out = months_from(year, first ? 1 : 7, 6);
        return true;
    }
    bool letter = skip(&at, "q");
    if (!letter)
        skip(&at, "第");
    int quarter = number(&at, 1);
    if (quarter < 1 || quarter > 4 || strcmp(at, letter ? "" : "季度") != 0)
        return false;
    *out = months_from(year, (quarter - 1) * 3 + 1, 3);
    return true;
}

/* 5月, 5月1日 of this year. */
static bool read_month(const char *text, bl_day today, bl_span *out)
{
    const char *at = text;
    bl_day d = { today.year, number(&at, 2), 0 };
    if (d.month < 1 || !skip(&at, "月"))
        return false;
    if (*at) {
        d.day = number(&at, 2);
        if (d.day < 1 || !skip(&at, "日") || *at)
            return false;
    }
    if (!bl_day_valid(d))
        return false;
    *out = whole(d);
    return true;
}

static bool read_day(const char *text, bl_span *out)
{
    bl_day day;
    if (!bl_day_parse(text, &day))
        return false;
    *out = whole(day);
    return true;
}

/* ---- as it is typed ---- */

static int digit_of(const char **at)
{
    static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六",
                                          "七", "八", "九", "零", "○",  "两" };
    for (int i = 0; i < (int)(sizeof digits / sizeof *digits); i++)
        if (skip(at, digits[i]))
            return i < 10 ? i : i == 12 ? 2 : 0;
    return -1;
}

/* Numbers in characters become figures: 二〇二四 2024, 十 10, 二十一 21. */
static void put_figures(const char *text, bl_buffer *out)
{
    bool digit = false; /* the last one written */
    for (const char *at = text; *at;) {
        int value = digit_of(&at);
        if (value >= 0) {
            bl_buffer_putc(out, (char)('0' + value));
        } else if (skip(&at, "十")) {
            const char *behind = at;
            if (!digit)
                bl_buffer_putc(out, '1');
            if (digit_of(&behind) < 0)
                bl_buffer_putc(out, '0');
        } else if (skip(&at, "号")) {
            bl_buffer_puts(out, "日");
        } else {
            bl_buffer_putc(out, *at++);
            value = -1;
        }
        digit = value >= 0;
    }
}

/* Folded, in figures, without blanks at its ends, those inside as hyphens. */
static char *normal(bl_error *e, const char *text, size_t size)
{
    bl_folded folded = { 0 };
    bl_buffer out = { 0 };
    bl_fold(e, text, size, &folded);
    put_figures(folded.text ? folded.text : "", &out);
    bl_folded_free(&folded);
    while (out.size > 0 && out.data[out.size - 1] == ' ')
        bl_buffer_cut(&out, out.size - 1);
    size_t blanks = out.data ? strspn(out.data, " ") : 0;
    char *copy = out.failed ? NULL : strdup(out.data ? out.data + blanks : "");
    bl_buffer_free(&out);
    if (!copy && !bl_failed(e))
        bl_fail_nomem(e);
    return copy;
}

static void hyphenate(char *text)
{
    for (; *text; text++)
        if (*text == ' ' || *text == '_')
            *text = '-';
}

typedef struct point {
    bl_span span;
    bool ago; /* so long ago: alone it goes on until today */
} point;

static bool read_point(bl_error *e, const char *text, size_t size, bl_day today, point *out)
{
    char *own = normal(e, text, size);
    bool read = false;
    *out = (point){ 0 };
    if (own && *own) {
        read = read_day(own, &out->span);
        hyphenate(own);
        out->ago = !read && read_ago(own, today, &out->span);
        read = read || out->ago || read_word(own, today, &out->span) || read_part_of_year(own, &out->span) ||
               read_month(own, today, &out->span);
    }
    free(own);
    return read;
}

static void refuse(bl_error *e, const char *text, size_t size)
{
    int shown = size < 40 ? (int)size : 40;
    bl_fail(e, BULLETIN_BAD_QUERY,
            "\"%.*s\" is no date; write 2024, 2024-05, 2024-05-01, 2024年5月1日, 2024-Q2, yesterday, "
            "last-month, 3m or "
            "2023..2024-06",
            shown, text);
}

/* One end of a range; nothing leaves it open. */
static bl_span read_end(bl_error *e, const char *text, size_t size, bl_day today)
{
    point p = { 0 };
    size_t blanks = 0;
    while (blanks < size && text[blanks] == ' ')
        blanks++;
    if (blanks < size && !read_point(e, text, size, today, &p))
        refuse(e, text, size);
    return p.span;
}

static bl_span read_range(bl_error *e, const char *text, const char *dots, bl_day today)
{
    const char *right = dots + strspn(dots, ".");
    const bl_span from = read_end(e, text, (size_t)(dots - text), today);
    const bl_span until = read_end(e, right, strlen(right), today);
    return (bl_span){ from.from, until.until };
}

bl_span bl_date_words(bl_error *e, const char *text, bl_day today)
{
    const char *dots = strstr(text, "..");
    point p;
    if (dots)
        return read_range(e, text, dots, today);
    if (!read_point(e, text, strlen(text), today, &p))
        refuse(e, text, strlen(text));
    if (p.ago)
        p.span.until = today;
    return p.span;
}

/* A range may be given as an end: then it is that range's end. */
static bl_span read_either(bl_error *e, const char *text, bl_day today)
{
    if (!text)
        return (bl_span){ 0 };
    const char *dots = strstr(text, "..");
    return dots ? read_range(e, text, dots, today) : read_end(e, text, strlen(text), today);
}

bl_span bl_date_range(bl_error *e, const char *from, const char *until, bl_day today)
{
    return (bl_span){ read_either(e, from, today).from, read_either(e, until, today).until };
}

bl_span bl_span_meet(bl_span a, bl_span b)
{
    bl_span both = a;
    if (!a.from.year || (b.from.year && bl_day_compare(b.from, a.from) > 0))
        both.from = b.from;
    if (!a.until.year || (b.until.year && bl_day_compare(b.until, a.until) < 0))
        both.until = b.until;
    return both;
}

bl_day bl_date_today(bl_error *e, const char *text)
{
    bl_day day = { 0, 0, 0 };
    time_t now = time(NULL);
    struct tm utc;
    if (text && *text) {
        if (!bl_day_parse(text, &day) || !day.day)
            bl_fail(e, BULLETIN_BAD_QUERY, "\"%.40s\" is no day; today is written YYYY-MM-DD", text);
        return day.day ? day : (bl_day){ 1970, 1, 1 };
    }
    gmtime_r(&now, &utc);
    return (bl_day){ utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday };
}
