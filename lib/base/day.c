/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Written dates to calendar days and back, as precise as they were written. */
#include "day.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

int bl_day_month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

bool bl_day_valid(bl_day d)
{
    if (d.year < 1 || d.year > 9999 || d.month < 0 || d.month > 12 || d.day < 0)
        return false;
    if (d.month == 0)
        return d.day == 0;
    return d.day <= bl_day_month_length(d.year, d.month);
}

static const char *skip_blanks(const char *s)
{
    while (*s == ' ')
        s++;
    return s;
}

/* Digits, at least `least` and at most `most` of them; NULL when there are not. */
static const char *number(const char *s, int least, int most, int *value)
{
    int digits = 0;
    *value = 0;
    while (digits < most && isdigit((unsigned char)s[digits])) {
        *value = *value * 10 + (s[digits] - '0');
        digits++;
    }
    return digits >= least && !isdigit((unsigned char)s[digits]) ? s + digits : NULL;
}

/* What stands between two numbers of a date: `unit` (年, 月) or one of - / . */
static const char *separator(const char *s, const char *unit)
{
    s = skip_blanks(s);
    if (strncmp(s, unit, strlen(unit)) == 0)
        return skip_blanks(s + strlen(unit));
    return *s == '-' || *s == '/' || *s == '.' ? skip_blanks(s + 1) : NULL;
}

/* A time, a zone or nothing may follow a full date. */
static bool ends(const char *s)
{
    if (strncmp(s, "日", strlen("日")) == 0)
        s += strlen("日");
    return *s == '\0' || *s == 'T' || *s == ' ';
}

bool bl_day_parse(const char *text, bl_day *out)
{
    *out = (bl_day){ 0, 0, 0 };
    bl_day d = { 0, 0, 0 };
    const char *s = number(skip_blanks(text), 4, 4, &d.year);
    if (!s)
        return false;
    const char *month = separator(s, "年");
    if (month && *month != '\0') {
        s = number(month, 1, 2, &d.month);
        const char *day = s ? separator(s, "月") : NULL;
        if (!s || d.month == 0)
            return false;
        if (day && *day != '\0') {
            s = number(day, 1, 2, &d.day);
            if (!s || d.day == 0 || !ends(s))
                return false;
        } else if (!day && *skip_blanks(s) != '\0') {
            return false;
        }
    } else if (!month && *skip_blanks(s) != '\0') {
        return false;
    }
    if (!bl_day_valid(d))
        return false;
    *out = d;
    return true;
}

bl_day bl_day_earliest(bl_day d)
{
    return (bl_day){ d.year, d.month ? d.month : 1, d.day ? d.day : 1 };
}

bl_day bl_day_latest(bl_day d)
{
    int month = d.month ? d.month : 12;
    return (bl_day){ d.year, month, d.day ? d.day : bl_day_month_length(d.year, month) };
}

void bl_day_print(bl_day d, char out[BL_DAY_TEXT])
{
    unsigned year = (unsigned)d.year % 10000, month = (unsigned)d.month % 100, day = (unsigned)d.day % 100;
    if (d.day)
        snprintf(out, BL_DAY_TEXT, "%04u-%02u-%02u", year, month, day);
    else if (d.month)
        snprintf(out, BL_DAY_TEXT, "%04u-%02u", year, month);
    else
        snprintf(out, BL_DAY_TEXT, "%04u", year);
}

int bl_day_compare(bl_day a, bl_day b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return a.day < b.day ? -1 : a.day > b.day;
}
