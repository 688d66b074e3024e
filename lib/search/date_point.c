/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A date as people type it to the days that it means. */
#include "date_point.h"

#include <stdlib.h>
#include <string.h>

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
    { "前年", YEAR, -2 },        { "大前年", YEAR, -3 },
    { "大前天", DAY, -3 },       { "上上周", WEEK, -2 },
    { "上上个月", MONTH, -2 },   { "day-before-yesterday", DAY, -2 },
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

/* The unit that a text is; false when it is none. */
static bool read_unit(const char *text, unit *out)
{
    static const struct {
        const char *text;
        unit unit;
    } units[] = {
        { "d", DAY },          { "天", DAY },          { "日", DAY },
        { "day", DAY },        { "days", DAY },        { "w", WEEK },
        { "周", WEEK },        { "星期", WEEK },       { "个星期", WEEK },
        { "个周", WEEK },      { "week", WEEK },       { "weeks", WEEK },
        { "m", MONTH },        { "个月", MONTH },      { "月", MONTH },
        { "month", MONTH },    { "months", MONTH },    { "季度", QUARTER },
        { "个季度", QUARTER }, { "quarter", QUARTER }, { "quarters", QUARTER },
        { "y", YEAR },         { "年", YEAR },         { "year", YEAR },
        { "years", YEAR },
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(text, units[i].text) == 0) {
            *out = units[i].unit;
            return true;
        }
    return false;
}

static bl_day day_before(bl_day today, unit which, int count)
{
    static const int months[] = { [MONTH] = 1, [QUARTER] = 3, [YEAR] = 12 };
    return which <= WEEK ? add_days(today, -count * (which == WEEK ? 7 : 1))
                         : add_months(today, -count * months[which]);
}

/* Whether something is left out at the end of a text. */
static bool cut_end(char *text, const char *end)
{
    const size_t size = strlen(text), end_size = strlen(end);
    if (size <= end_size || strcmp(text + size - end_size, end) != 0)
        return false;
    text[size - end_size] = '\0';
    return true;
}

static bool skip_any(const char **at, const char *const *list)
{
    while (*list && !skip(at, *list))
        list++;
    return *list != NULL;
}

/* 3d, 2w, 3m, 1y, 近3个月, past week: the day so long ago. A number with 日, 月, 季度 or 年 is a date. */
static bool read_ago(const char *text, bl_day today, bl_span *out)
{
    static const char *const before[] = { "最近", "过去", "近", "last-", "past-", NULL };
    const char *at = text;
    const bool led = skip_any(&at, before);
    if (led && strcmp(at, "半年") == 0) {
        *out = (bl_span){ add_months(today, -6), today };
        return true;
    }
    unit which;
    const bool figures = *at >= '0' && *at <= '9';
    int count = figures ? number(&at, 4) : led ? 1 : -1;
    skip(&at, "-");
    if (count < 0 || !read_unit(at, &which))
        return false;
    const bool is_date = strcmp(at, "日") == 0 || strcmp(at, "月") == 0 ||
                         (!led && strcmp(at, "季度") == 0) ||
                         (!led && strcmp(at, "年") == 0 && strlen(text) == 4 + strlen("年"));
    if (is_date)
        return false;
    const bl_day day = day_before(today, which, count);
    *out = (bl_span){ day, day };
    return true;
}

/* 3天前, 2 weeks ago: the whole of that day, week … */
static bool read_behind(char *text, bl_day today, bl_span *out)
{
    unit which;
    const char *at = text;
    if (!cut_end(text, "以前") && !cut_end(text, "之前") && !cut_end(text, "前") && !cut_end(text, "-ago"))
        return false;
    const int count = number(&at, 4);
    skip(&at, "-");
    if (count < 0 || !read_unit(at, &which))
        return false;
    const bl_day day = day_before(today, which, count); /* far behind, of the first year at least */
    *out = which == DAY ? (bl_span){ day, day } : shifted(day, which, 0);
    return true;
}

/* The year that a text begins with, by its figures, by its word, or this one; `at` is then behind it. */
static int leading_year(const char **at, bl_day today)
{
    static const struct {
        const char *text;
        int by;
    } years[] = { { "今年", 0 }, { "本年", 0 }, { "去年", -1 }, { "上年", -1 }, { "前年", -2 } };
    const char *figures = *at;
    const int year = number(&figures, 4);
    if (year > 0 && figures - *at == 4) {
        *at = figures;
        if (!skip(at, "年"))
            skip(at, "-");
        return year;
    }
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        if (skip(at, years[i].text))
            return today.year + years[i].by;
    return today.year;
}

/* Which half or quarter a text is; 0 = none. */
static int half_of(const char *text)
{
    return strcmp(text, "上半年") == 0 || strcmp(text, "h1") == 0   ? 1
           : strcmp(text, "下半年") == 0 || strcmp(text, "h2") == 0 ? 2
                                                                    : 0;
}

static int quarter_of(const char *at)
{
    const bool letter = skip(&at, "q");
    if (!letter)
        skip(&at, "第");
    const int quarter = number(&at, 1);
    return quarter >= 1 && quarter <= 4 && strcmp(at, letter ? "" : "季度") == 0 ? quarter : 0;
}

/* 2024-q2, 2024年第二季度, 去年上半年, h1; q2-2024. */
static bool read_part_of_year(const char *text, bl_day today, bl_span *out)
{
    char part[] = "q1";
    const char *at = text;
    int year = leading_year(&at, today);
    if ((*text == 'q' || *text == 'h') && strlen(text) == strlen("q2-2024") && text[2] == '-') {
        const char *behind = text + 3;
        year = number(&behind, 4);
        memcpy(part, text, 2);
        at = part;
    }
    const int half = half_of(at), quarter = quarter_of(at);
    if (year < 1 || (half == 0 && quarter == 0))
        return false;
    *out = half ? months_from(year, half * 6 - 5, 6) : months_from(year, quarter * 3 - 2, 3);
    return true;
}

/* 5月, 5月1日 of this year; 去年5月. */
static bool read_month(const char *text, bl_day today, bl_span *out)
{
    const char *at = text;
    const int year = leading_year(&at, today);
    bl_day d = { year, number(&at, 2), 0 };
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

/* 20240501. */
static bool read_figures(const char *text, bl_span *out)
{
    enum { FIGURES = 8 };
    if (strlen(text) != FIGURES || strspn(text, "0123456789") != FIGURES)
        return false;
    const int value = atoi(text);
    const bl_day d = { value / 10000, value / 100 % 100, value % 100 };
    if (d.year < 1 || d.month < 1 || d.day < 1 || !bl_day_valid(d))
        return false;
    *out = whole(d);
    return true;
}

/* ---- months by their names ---- */

/* The month that a word begins with, by three letters or more of its name; 0 = none. */
static int month_named(const char **at)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"
    };
    enum { LEAST = 3, MONTHS = 12 };
    const size_t size = strspn(*at, "abcdefghijklmnopqrstuvwxyz");
    for (int i = 0; i < MONTHS && size >= LEAST; i++)
        if (strncmp(*at, names[i], size) == 0 || (i == 8 && size == 4 && strncmp(*at, "sept", size) == 0)) {
            *at += size;
            skip(at, ".");
            return i + 1;
        }
    return 0;
}

/* may, may-2024, 2024-may, may-1,-2024, 1-may-2024; of this year where none is named. */
static bool read_named_month(const char *text, bl_day today, bl_span *out)
{
    bl_day d = { 0, 0, 0 };
    for (const char *at = text; *at;) {
        const char *start = at;
        const int named = month_named(&at);
        const int figure = named ? 0 : number(&at, 4);
        if ((named && d.month) || (!named && figure < 1))
            return false;
        int *part = named ? &d.month : at - start == 4 ? &d.year : &d.day;
        if (*part)
            return false;
        *part = named ? named : figure;
        if (part == &d.day && !skip(&at, "st") && !skip(&at, "nd") && !skip(&at, "rd"))
            skip(&at, "th");
        skip(&at, ",");
        skip(&at, "-");
    }
    d.year = d.year ? d.year : today.year;
    if (!d.month || !bl_day_valid(d))
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

/* 民国113年 is 2024年. */
static void put_common_era(const char *text, bl_buffer *out)
{
    enum { BEFORE_FIRST = 1911 };
    const char *at = text;
    const int year = skip(&at, "民国") ? number(&at, 3) : -1;
    if (year > 0 && *at)
        bl_buffer_printf(out, "%d%s", BEFORE_FIRST + year, at);
    else
        bl_buffer_puts(out, text);
}

/* Folded, in figures, without blanks at its ends, those inside as hyphens. */
static char *normal(bl_error *e, const char *text, size_t size)
{
    bl_folded folded = { 0 };
    bl_buffer figures = { 0 }, out = { 0 };
    bl_fold(e, text, size, &folded);
    put_figures(folded.text ? folded.text : "", &figures);
    put_common_era(figures.data ? figures.data : "", &out);
    out.failed = out.failed || figures.failed;
    bl_buffer_free(&figures);
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

bool bl_date_point(bl_error *e, const char *text, size_t size, bl_day today, bl_date_point_read *out)
{
    char *own = normal(e, text, size);
    bool read = false;
    *out = (bl_date_point_read){ 0 };
    if (own && *own) {
        read = read_day(own, &out->span);
        hyphenate(own);
        read = read || read_word(own, today, &out->span);
        out->ago = !read && read_ago(own, today, &out->span);
        read = read || out->ago || read_figures(own, &out->span) ||
               read_part_of_year(own, today, &out->span) || read_month(own, today, &out->span) ||
               read_named_month(own, today, &out->span) || read_behind(own, today, &out->span);
    }
    free(own);
    return read;
}
