/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates and ranges as people type them to spans of days. */
#include "date_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "date_point.h"

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
    bl_date_point_read p = { 0 };
    size_t blanks = 0;
    while (blanks < size && text[blanks] == ' ')
        blanks++;
    if (blanks < size && !bl_date_point(e, text, size, today, &p))
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

/* What a range is written with instead of dots, and what begins or ends one that is open. */
static const char *const between[] = { "至", "到", "～", "~", "—", "–", " to ", " - ", NULL };
static const char *const since[] = { "since ", "自", "从", NULL };
static const char *const onwards[] = { "以来", "至今", "以后", "起", NULL };

static bool reads(const char *text, size_t size, bl_day today)
{
    bl_error own = BL_ERROR_INIT;
    bl_date_point_read p;
    return size == 0 || bl_date_point(&own, text, size, today, &p);
}

/* With dots, where both ends are dates; new, NULL when it is no such range. */
static char *with_dots(bl_error *e, const char *text, bl_day today)
{
    bl_buffer out = { 0 };
    const char *whole = text;
    for (size_t i = 0; since[i] && text == whole; i++)
        text += strncmp(text, since[i], strlen(since[i])) == 0 ? strlen(since[i]) : 0;
    const bool begins = text > whole;
    size_t size = strlen(text);
    for (size_t i = 0; onwards[i] && !out.data; i++) {
        const size_t end = strlen(onwards[i]);
        if (size > end && strcmp(text + size - end, onwards[i]) == 0 && reads(text, size - end, today))
            bl_buffer_printf(&out, "%.*s..", (int)(size - end), text);
    }
    for (size_t i = 0; between[i] && !out.data; i++) {
        const char *at = strstr(text, between[i]), *right = at ? at + strlen(between[i]) : NULL;
        if (at && at > text && *right && reads(text, (size_t)(at - text), today) &&
            reads(right, strlen(right), today))
            bl_buffer_printf(&out, "%.*s..%s", (int)(at - text), text, right);
    }
    if (!out.data && begins && reads(text, size, today))
        bl_buffer_printf(&out, "%s..", text);
    if (out.failed)
        bl_fail_nomem(e);
    return bl_buffer_steal(&out);
}

/* 2020-2022. */
static bool read_years(const char *text, bl_span *out)
{
    int from, until, end = 0;
    if (strspn(text, "0123456789-") != strlen("2020-2022") ||
        sscanf(text, "%4d-%4d%n", &from, &until, &end) != 2 || text[end] || from < 1 || until < from)
        return false;
    *out = (bl_span){ { from, 1, 1 }, { until, 12, 31 } };
    return true;
}

/* Whatever says of itself where it begins and ends. */
static bool read_wide(bl_error *e, const char *text, bl_day today, bl_span *out)
{
    const char *dots = strstr(text, "..");
    char *own = dots ? NULL : with_dots(e, text, today);
    if (own)
        dots = strstr(own, "..");
    const bool ranges = dots != NULL;
    if (ranges)
        *out = read_range(e, own ? own : text, dots, today);
    free(own);
    return ranges || read_years(text, out);
}

bl_span bl_date_words(bl_error *e, const char *text, bl_day today)
{
    bl_span span;
    bl_date_point_read p;
    if (read_wide(e, text, today, &span))
        return span;
    if (!bl_date_point(e, text, strlen(text), today, &p))
        refuse(e, text, strlen(text));
    if (p.ago)
        p.span.until = today;
    return p.span;
}

/* Most ends are dates as this library writes them. */
static bool read_plain(const char *text, bl_span *out)
{
    bl_day day;
    if (text[strspn(text, "0123456789-")] || !bl_day_parse(text, &day))
        return false;
    *out = (bl_span){ bl_day_earliest(day), bl_day_latest(day) };
    return true;
}

/* A range may be given as an end: then it is that range's end. */
static bl_span read_either(bl_error *e, const char *text, bl_day today)
{
    bl_span span = { 0 };
    if (!text || read_plain(text, &span) || read_wide(e, text, today, &span))
        return span;
    return read_end(e, text, strlen(text), today);
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
