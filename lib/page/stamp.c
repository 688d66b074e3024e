/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text to the dates that stand in it, whatever way they are written. */
#include "stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "cursor.h"
#include "month.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *const year_signs[] = { "年", "년", NULL };
static const char *const month_signs[] = { "月份", "月", "월", NULL };
static const char *const day_signs[] = { "日", "号", "號", "일", NULL };
static const char *const separators[] = { "-", "/", ".", "－", "／", "．", "—", "–", NULL };

static bool fill(bl_stamp *out, int year, int month, int day, unsigned flags)
{
    bl_day whole = { year ? year : 2000, month,
                     day }; /* 2000: 29 February is allowed where no year is said */
    if (year && (year < 1900 || year > 2100))
        return false;
    if (month < 1 || month > 12 || (day && !bl_day_valid(whole)))
        return false;
    out->year = (uint16_t)year;
    out->month = (uint8_t)month;
    out->day = (uint8_t)day;
    out->flags = (uint8_t)flags;
    return true;
}

static bool month_number(bl_cursor *c, int *month)
{
    return bl_take_number(c, 2, month) > 0 || bl_take_han_number(c, month);
}

/* Behind "<year>年": month and day, with the stray hyphens and spaces that templates leave. */
static bool month_and_day(bl_cursor *c, int year, unsigned flags, bl_stamp *out)
{
    int month, day;
    bl_skip_blanks(c);
    bl_take(c, "-");
    bl_skip_blanks(c);
    if (!month_number(c, &month))
        return false;
    bl_skip_blanks(c);
    if (!bl_take_any(c, month_signs))
        return false;
    size_t behind_month = c->at;
    bl_skip_blanks(c);
    bl_take(c, "-");
    bl_skip_blanks(c);
    if (month_number(c, &day)) {
        size_t behind_number = c->at;
        bl_skip_blanks(c);
        if (!bl_take_any(c, day_signs))
            c->at = behind_number;
        return fill(out, year, month, day, flags);
    }
    c->at = behind_month;
    return year && fill(out, year, month, 0, flags);
}

static bool take_separator(bl_cursor *c, const char **which)
{
    bl_skip_blanks(c);
    for (const char *const *s = separators; *s; s++)
        if (bl_take(c, *s)) {
            *which = *s;
            bl_skip_blanks(c);
            return true;
        }
    return false;
}

/* Behind a year of four digits: -5-1, /05/01, . 5. 1. */
static bool separated_month_and_day(bl_cursor *c, int year, bl_stamp *out)
{
    const char *first, *second;
    int month, day;
    if (!take_separator(c, &first) || bl_take_number(c, 2, &month) == 0)
        return false;
    size_t behind_month = c->at;
    if (take_separator(c, &second) && first == second && bl_take_number(c, 2, &day) > 0)
        return fill(out, year, month, day, 0);
    c->at = behind_month;
    return fill(out, year, month, 0, 0);
}

static bool from_year(bl_cursor *c, int year, bl_stamp *out)
{
    size_t start = c->at;
    bl_skip_blanks(c);
    if (bl_take_any(c, year_signs))
        return month_and_day(c, year, BL_STAMP_WRITTEN, out);
    c->at = start;
    return separated_month_and_day(c, year, out);
}

/* 12/5/2024, 11.09.2015: a number above 12 is the day; otherwise the order of the site's language, and with
 * full stops always the day first. */
static bool year_last(bl_cursor *c, int first, bl_stamp *out)
{
    const char *one, *two;
    int second, year;
    if (!take_separator(c, &one) || bl_take_number(c, 2, &second) == 0)
        return false;
    if (!take_separator(c, &two) || one != two || bl_take_number(c, 4, &year) != 4)
        return false;
    bool day_first = c->order == BL_DAY_FIRST || one[0] == '.';
    if (first > 12 || (day_first && second <= 12))
        return fill(out, year, second, first, 0);
    return fill(out, year, first, second, 0);
}

static int take_month_name(bl_cursor *c)
{
    size_t taken;
    int month = bl_month_english(c->s + c->at, c->size - c->at, &taken);
    c->at += taken;
    if (month)
        bl_take(c, ".");
    return month;
}

static void skip_ordinal(bl_cursor *c)
{
    static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
    size_t start = c->at;
    if (bl_take_any(c, ordinals) && c->at < c->size && is_letter(c->s[c->at]))
        c->at = start;
}

static bool comma_and_year(bl_cursor *c, int *year)
{
    size_t start = c->at;
    bl_skip_blanks(c);
    if (bl_take(c, ",") || bl_take(c, "，"))
        bl_skip_blanks(c);
    if (bl_take_number(c, 4, year) == 4 && *year >= 1900 && *year <= 2100)
        return true;
    c->at = start;
    *year = 0;
    return false;
}

/* October 28th, 2015; Oct 2015; October 28. */
static bool from_month_name(bl_cursor *c, bl_stamp *out)
{
    int month = take_month_name(c), day, year;
    if (!month)
        return false;
    bl_skip_blanks(c);
    size_t behind_month = c->at;
    if (bl_take_number(c, 2, &day) > 0) {
        skip_ordinal(c);
        comma_and_year(c, &year);
        return fill(out, year, month, day, BL_STAMP_WRITTEN);
    }
    c->at = behind_month;
    return comma_and_year(c, &year) && fill(out, year, month, 0, BL_STAMP_WRITTEN);
}

static int take_european_month(bl_cursor *c)
{
    size_t taken;
    int month = bl_month_european(c->s + c->at, c->size - c->at, &taken);
    c->at += taken;
    return month;
}

/* 6. Mai 2024, 1er mai 2024, 6 de mayo de 2024: only with its year. */
static bool day_before_european_month(bl_cursor *c, int day, bl_stamp *out)
{
    static const char *const ordinals[] = { ".", "er", "º", "°", NULL };
    bl_take_any(c, ordinals);
    bl_skip_blanks(c);
    if (bl_take(c, "de "))
        bl_skip_blanks(c);
    int month = take_european_month(c), year;
    if (!month)
        return false;
    bl_skip_blanks(c);
    if (bl_take(c, "de ") || bl_take(c, "del "))
        bl_skip_blanks(c);
    return bl_take_number(c, 4, &year) == 4 && year >= 1900 && year <= 2100 &&
           fill(out, year, month, day, BL_STAMP_WRITTEN);
}

/* 28th of October, 2015; 28 Oct 2015; 28-Oct-2015. */
static bool day_before_month_name(bl_cursor *c, int day, bl_stamp *out)
{
    skip_ordinal(c);
    bl_skip_blanks(c);
    bool hyphen = bl_take(c, "-");
    if (bl_take(c, "of "))
        bl_skip_blanks(c);
    int month = take_month_name(c), year;
    if (!month)
        return false;
    if (hyphen)
        bl_take(c, "-");
    comma_and_year(c, &year);
    return fill(out, year, month, day, BL_STAMP_WRITTEN);
}

/* ROC years run from 1912; three digits before 年 mean them even without their name. */
static bool roc_date(bl_cursor *c, int number, int digits, bl_stamp *out)
{
    return digits == 3 && number >= 90 && number <= 189 && bl_take(c, "年") &&
           month_and_day(c, number + 1911, BL_STAMP_WRITTEN | BL_STAMP_ERA, out) && out->day;
}

static bool month_day_without_year(bl_cursor *c, int month, bl_stamp *out)
{
    int day;
    bl_skip_blanks(c);
    if (!bl_take(c, "月") && !bl_take(c, "월"))
        return false;
    bl_skip_blanks(c);
    if (bl_take_number(c, 2, &day) == 0)
        return false;
    bl_skip_blanks(c);
    return bl_take_any(c, day_signs) && fill(out, 0, month, day, BL_STAMP_WRITTEN);
}

/* 108-08-26, 108.8.26. */
static bool roc_separated(bl_cursor *c, int number, bl_stamp *out)
{
    if (number < 90 || number > 189 || !separated_month_and_day(c, number + 1911, out) || !out->day)
        return false;
    out->flags |= BL_STAMP_ERA;
    return true;
}

typedef bool (*form)(bl_cursor *c, int number, bl_stamp *out);

static bool from_short_number(bl_cursor *c, int number, int digits, bl_stamp *out)
{
    static const form forms[] = { month_day_without_year, year_last, day_before_month_name,
                                  day_before_european_month };
    size_t start = c->at;
    if (digits == 3 && roc_date(c, number, digits, out))
        return true;
    c->at = start;
    if (digits == 3)
        return roc_separated(c, number, out);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        c->at = start;
        if (forms[i](c, number, out))
            return true;
    }
    return false;
}

static bool from_digits(bl_cursor *c, bl_stamp *out)
{
    int number, digits = bl_take_number(c, 4, &number);
    if (digits == 4)
        return from_year(c, number, out);
    return digits > 0 && from_short_number(c, number, digits, out);
}

typedef struct era {
    const char *name;
    int offset; /* of its year 1 minus 1 */
} era;

static bool from_era(bl_cursor *c, bl_stamp *out)
{
    static const era eras[] = {
        { "民國", 1911 }, { "民国", 1911 }, { "令和", 2018 }, { "平成", 1988 }, { "昭和", 1925 }
    };
    for (size_t i = 0; i < sizeof eras / sizeof eras[0]; i++) {
        int year;
        if (!bl_take(c, eras[i].name))
            continue;
        bl_skip_blanks(c);
        if (bl_take(c, "元"))
            year = 1;
        else if (bl_take_number(c, 3, &year) == 0 && !bl_take_han_number(c, &year))
            return false;
        bl_skip_blanks(c);
        return bl_take(c, "年") &&
               month_and_day(c, eras[i].offset + year, BL_STAMP_WRITTEN | BL_STAMP_ERA, out);
    }
    return false;
}

static bool from_han(bl_cursor *c, bl_stamp *out)
{
    int year;
    size_t start = c->at;
    if (from_era(c, out))
        return true;
    c->at = start;
    return bl_take_han_year(c, &year) && bl_take(c, "年") && month_and_day(c, year, BL_STAMP_WRITTEN, out);
}

static bool take_weekday(bl_cursor *c)
{
    static const char *const names[] = { "星期一",    "星期二",   "星期三", "星期四",   "星期五", "星期六",
                                         "星期日",    "星期天",   "周一",   "周二",     "周三",   "周四",
                                         "周五",      "周六",     "周日",   "週一",     "週二",   "週三",
                                         "週四",      "週五",     "週六",   "週日",     "Monday", "Tuesday",
                                         "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon",
                                         "Tue",       "Wed",      "Thu",    "Fri",      "Sat",    "Sun",
                                         "礼拜",      NULL };
    static const char *const bracketed[] = { "月", "火", "水", "木", "金", "土", "日", "一", "二", "三", "四",
                                             "五", "六", "월", "화", "수", "목", "금", "토", "일", NULL };
    size_t start = c->at;
    bool open = bl_take(c, "(") || bl_take(c, "（") || bl_take(c, "[");
    bl_skip_blanks(c);
    bool known = bl_take_any(c, names) || (open && bl_take_any(c, bracketed));
    bl_skip_blanks(c);
    if (known && (!open || bl_take(c, ")") || bl_take(c, "）") || bl_take(c, "]")))
        return true;
    c->at = start;
    return false;
}

static bool take_clock(bl_cursor *c)
{
    static const char *const halves[] = { "上午", "下午", "晚上", "오전", "오후", "午前", "午後",
                                          "T",    "at ",  "- ",   "， ",  ", ",   NULL };
    size_t start = c->at;
    int hour, minute;
    bool open = bl_take(c, "(") || bl_take(c, "（") || bl_take(c, "[");
    bl_skip_blanks(c);
    if (bl_take_any(c, halves))
        bl_skip_blanks(c);
    if (bl_take_number(c, 2, &hour) > 0 && hour < 25 && (bl_take(c, ":") || bl_take(c, "：")) &&
        bl_take_number(c, 2, &minute) > 0 && minute < 60) {
        if (bl_take(c, ":") || bl_take(c, "："))
            bl_take_number(c, 2, &minute);
        if (open && !bl_take(c, ")") && !bl_take(c, "）"))
            bl_take(c, "]");
        return true;
    }
    c->at = start;
    return false;
}

/* Weekday and clock behind a date, in either order. */
static void take_tail(bl_cursor *c, bl_stamp *out)
{
    for (int i = 0; i < 2; i++) {
        size_t start = c->at;
        bl_skip_blanks(c);
        if (take_weekday(c))
            out->flags |= BL_STAMP_WEEKDAY;
        else if (take_clock(c))
            out->flags |= BL_STAMP_CLOCK;
        else
            c->at = start;
    }
    out->end = c->at;
}

/* A number inside an address, a file name or a longer number is no date. */
static bool may_start_number(const char *s, size_t at)
{
    if (at == 0)
        return true;
    char before = s[at - 1];
    if (is_digit(before) || is_letter(before) || before == '_' || before == '=' || before == '%' ||
        before == '&')
        return false;
    if ((before == '/' || before == '.' || before == '-') && at > 1)
        return !is_digit(s[at - 2]) && !(before != '-' && is_letter(s[at - 2])) && s[at - 2] != '/';
    return true;
}

static bool after_span(const char *s, size_t at)
{
    return at > 1 && (s[at - 1] == '-' || s[at - 1] == '~') && is_digit(s[at - 2]);
}

static size_t skip_address(const char *s, size_t size, size_t at)
{
    while (at < size && s[at] > ' ')
        at++;
    return at;
}

static bool starts_address(const char *s, size_t size, size_t at)
{
    return size - at > 7 && (memcmp(s + at, "http", 4) == 0 || memcmp(s + at, "www.", 4) == 0);
}

/* The character of three bytes at s; 0 when there is none. */
static inline unsigned han_at(const char *s, size_t size, size_t at)
{
    if (at + 3 > size || (unsigned char)s[at] < 0xE3 || (unsigned char)s[at] > 0xE9)
        return 0;
    return ((unsigned char)s[at] & 0x0Fu) << 12 | ((unsigned char)s[at + 1] & 0x3Fu) << 6 |
           ((unsigned char)s[at + 2] & 0x3Fu);
}

/* A digit of Han: behind one that starts a year there is another, in a number there is none. */
static bool is_han_digit(unsigned c)
{
    switch (c) {
    case 0x4E00: /* 一 to 九, and the noughts */
    case 0x4E8C:
    case 0x4E09:
    case 0x56DB:
    case 0x4E94:
    case 0x516D:
    case 0x4E03:
    case 0x516B:
    case 0x4E5D:
    case 0x3007:
    case 0x96F6:
        return true;
    default:
        return false;
    }
}

/* By its first two characters: a year in digits of Han, or an era. */
static bool may_start_han(const char *s, size_t size, size_t at)
{
    unsigned first = han_at(s, size, at);
    if (first != 0x4E00 && first != 0x4E8C && first != 0x6C11 && first != 0x4EE4 && first != 0x5E73 &&
        first != 0x662D && first != 0x8D30)
        return false;
    unsigned next = han_at(s, size, at + 3);
    switch (first) {
    case 0x6C11: /* 民国 */
        return next == 0x56FD || next == 0x570B;
    case 0x4EE4: /* 令和 */
    case 0x662D: /* 昭和 */
        return next == 0x548C;
    case 0x5E73: /* 平成 */
        return next == 0x6210;
    default: /* ○ and full-width letters have other leads */
        return is_han_digit(next) || next == 0 || first == 0x8D30;
    }
}

static bool stamp_at(bl_cursor *c, bl_stamp *out)
{
    const char *s = c->s;
    size_t at = c->at;
    unsigned char lead = (unsigned char)s[at];
    if (is_digit(s[at]) || lead == 0xEF)
        return (may_start_number(s, at) || after_span(s, at)) && from_digits(c, out);
    if (is_letter(s[at]))
        return (at == 0 || !is_letter(s[at - 1])) && from_month_name(c, out);
    return may_start_han(s, c->size, at) && from_han(c, out);
}

static size_t skip_letters(const char *s, size_t size, size_t at)
{
    while (at < size && is_letter(s[at]))
        at++;
    return at;
}

/* The next place where a date or an address may start; most bytes of a text are passed here. */
static size_t next_start(const char *s, size_t size, size_t at)
{
    while (at < size) {
        unsigned char c = (unsigned char)s[at];
        if (is_digit(s[at]) || (c == 0xEF && at + 1 < size && (unsigned char)s[at + 1] == 0xBC))
            return at;
        if (is_letter(s[at])) {
            if (bl_month_may_start(s + at, size - at))
                return at;
            at = skip_letters(s, size, at);
        } else if (c >= 0xE4 && c <= 0xE9) {
            if (c <= 0xE8 && may_start_han(s, size, at))
                return at;
            at += 3;
        } else {
            at++;
        }
    }
    return size;
}

/* Behind what is no date after all. */
static size_t skip_run(const char *s, size_t size, size_t at)
{
    if (is_letter(s[at]))
        return skip_letters(s, size, at);
    if (!is_digit(s[at]))
        return at + 1;
    while (at < size && is_digit(s[at]))
        at++;
    return at;
}

bool bl_stamp_next(const char *text, size_t size, size_t *from, bl_day_order order, bl_stamp *out)
{
    while ((*from = next_start(text, size, *from)) < size) {
        size_t at = *from;
        if (starts_address(text, size, at)) {
            *from = skip_address(text, size, at);
            continue;
        }
        bl_cursor c = { text, size, at, order };
        *out = (bl_stamp){ .at = at };
        if (stamp_at(&c, out)) {
            if (after_span(text, at))
                out->flags |= BL_STAMP_RANGE;
            take_tail(&c, out);
            *from = out->end;
            return true;
        }
        *from = skip_run(text, size, at);
    }
    return false;
}

static bool unspaced_date(bl_cursor *c, bl_stamp *out)
{
    char digits[9] = { 0 };
    size_t n = 0;
    while (c->at + n < c->size && is_digit(c->s[c->at + n]))
        n++;
    if (n != 8 && n != 12 && n != 14) /* with hours and minutes, with seconds */
        return false;
    memcpy(digits, c->s + c->at, 8);
    long number = strtol(digits, NULL, 10);
    c->at += n;
    return fill(out, (int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100),
                n > 8 ? BL_STAMP_CLOCK : 0);
}

/* Chinese, Japanese and Korean write the year first, also in two digits. */
static bool short_year_date(bl_cursor *c, bl_stamp *out)
{
    const char *one, *two;
    int a, b, d;
    if (bl_take_number(c, 2, &a) != 2 || !take_separator(c, &one) || bl_take_number(c, 2, &b) == 0)
        return false;
    if (!take_separator(c, &two) || one != two || bl_take_number(c, 2, &d) == 0)
        return false;
    if (c->order == BL_DAY_FIRST)
        return fill(out, 2000 + a, b, d, 0);
    return a > 12 ? fill(out, 2000 + d, b, a, 0) : fill(out, 2000 + d, a, b, 0);
}

bool bl_stamp_labelled(const char *text, size_t size, size_t at, bl_day_order order, bl_stamp *out)
{
    static bool (*const forms[])(bl_cursor *, bl_stamp *) = { unspaced_date, short_year_date };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        bl_cursor c = { text, size, at, order };
        *out = (bl_stamp){ .at = at };
        if (forms[i](&c, out)) {
            take_tail(&c, out);
            return true;
        }
    }
    return false;
}
