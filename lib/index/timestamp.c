/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Points in time as mails, feeds and machines write them to dates. */
#include "timestamp.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

static int month_of(const char *s)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12; i++)
        if (strncasecmp(s, names + (size_t)i * 3, 3) == 0)
            return i + 1;
    return 0;
}

/* "Fri, 3 May 2024" or "3 May 2024" or "3-May-2024": behind it, or NULL. */
static const char *read_day(const char *s, bl_day *out)
{
    char month[4] = "";
    int used = 0;
    const char *comma = strchr(s, ',');
    s = skip_blanks(comma && comma - s <= 10 ? comma + 1 : s);
    if (sscanf(s, "%2d%*1[ -]%3[A-Za-z]%n", &out->day, month, &used) != 2)
        return NULL;
    out->month = month_of(month);
    s += used;
    while (isalpha((unsigned char)*s) || *s == '.')
        s++;
    if (sscanf(s, "%*1[ -]%4d%n", &out->year, &used) != 1 || out->year < 1900)
        return NULL;
    return out->day > 0 && out->month > 0 && bl_day_valid(*out) ? s + used : NULL;
}

/* "+0800" as "+08:00"; names of zones are those of UTC. */
static void print_zone(const char *s, char out[8])
{
    s = skip_blanks(s);
    bool offset = (*s == '+' || *s == '-') && strspn(s + 1, "0123456789") == 4;
    if (offset)
        snprintf(out, 8, "%.3s:%.2s", s, s + 3);
    else
        strcpy(out, "Z");
}

bool bl_timestamp_of_mail(const char *text, char out[BL_TIMESTAMP])
{
    bl_day day;
    int hour, minute, second = 0, used = 0, more = 0;
    char date[BL_DAY_TEXT], zone[8];
    const char *s = read_day(skip_blanks(text), &day);
    if (!s)
        return false;
    bl_day_print(day, date);
    if (sscanf(s, " %2d:%2d%n", &hour, &minute, &used) != 2 || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59) {
        snprintf(out, BL_TIMESTAMP, "%s", date);
        return true;
    }
    s += used;
    if (sscanf(s, ":%2d%n", &second, &more) == 1 && second >= 0 && second <= 60)
        s += more;
    print_zone(s, zone);
    snprintf(out, BL_TIMESTAMP, "%s%c%02d:%02d:%02d%s", date, 'T', hour, minute, second, zone);
    return true;
}

/* Days since 1970 to a date, by eras of 400 years that begin in March (H. Hinnant, chrono-Compatible
 * Low-Level Date Algorithms). */
static bl_day day_since_1970(long long days)
{
    long long z = days + 719468, era = z / 146097;
    int of_era = (int)(z - era * 146097);
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    bl_day day = { .day = of_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9 };
    day.year = year + (int)era * 400 + (day.month <= 2);
    return day;
}

/* Eight digits are a date, ten seconds, thirteen milliseconds: both from 2001 to 2286. */
static bool day_of_digits(const char *digits, bl_day *out)
{
    size_t count = strspn(digits, "0123456789");
    long long value = strtoll(digits, NULL, 10);
    if (digits[count] != '\0' && digits[count] != '.')
        return false;
    if (count == 8)
        *out = (bl_day){ (int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100) };
    else if (count == 10 || count == 13)
        *out = day_since_1970(value / (count == 13 ? 86400000 : 86400));
    else
        return false;
    return out->month > 0 && out->day > 0 && bl_day_valid(*out);
}

bool bl_timestamp_day(const char *text, bl_day *out)
{
    char mail[BL_TIMESTAMP];
    text = skip_blanks(text);
    if (bl_day_parse(text, out) || day_of_digits(text, out))
        return true;
    return bl_timestamp_of_mail(text, mail) && bl_day_parse(mail, out);
}
