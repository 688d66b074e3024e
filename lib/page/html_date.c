/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What the head of a page says of its date, and what stands on it, to the day of publication. */
#include "html_date.h"

#include <string.h>
#include <time.h>

#include "date.h"

/* Before this no page of the web was published. */
enum { FIRST_YEAR = 1990 };

static bool is_number(const char *text, size_t digits)
{
    return strlen(text) == digits && strspn(text, "0123456789") == digits;
}

static unsigned number(const char *text, size_t digits)
{
    unsigned value = 0;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (unsigned)(text[i] - '0');
    return value;
}

/* Seconds, or milliseconds, since 1970; or YYYYMMDD. */
static bool read_number(const char *text, bl_day *out)
{
    struct tm tm;
    if (is_number(text, 8)) {
        *out = (bl_day){ (int)number(text, 4), (int)number(text + 4, 2), (int)number(text + 6, 2) };
        return true;
    }
    if (!is_number(text, 10) && !is_number(text, 13))
        return false;
    time_t seconds = (time_t)number(text, 9) * 10 + (text[9] - '0');
    if (!gmtime_r(&seconds, &tm))
        return false;
    *out = (bl_day){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
    return true;
}

static bool read_day(const char *text, bl_day_order order, bl_day *out)
{
    bl_stamp stamp;
    if (!text)
        return false;
    if (!read_number(text, out) && !bl_day_parse(text, out)) {
        if (!bl_first_year_stamp(text, strlen(text), order, &stamp))
            return false;
        *out = (bl_day){ stamp.year, stamp.month, stamp.day };
    }
    return bl_day_valid(*out) && out->year >= FIRST_YEAR;
}

static bool is_saved_before(bl_day day, const bl_page_hints *hints)
{
    bl_day captured;
    return hints->captured && bl_day_parse(hints->captured, &captured) &&
           bl_day_compare(bl_day_earliest(day), bl_day_latest(captured)) > 0;
}

static bool read_field(const bl_html_meta *meta, bl_meta_field field, const bl_lines *lines,
                       const bl_page_hints *hints, bl_day *out)
{
    return read_day(meta->value[field], lines->order, out) && !is_saved_before(*out, hints);
}

/* Days from one to the other, when it is at most one. */
static bool is_next_to(bl_day a, bl_day b)
{
    if (a.month == 0 || a.day == 0 || b.month == 0 || b.day == 0)
        return false;
    bl_day late = bl_day_compare(a, b) > 0 ? a : b, early = bl_day_compare(a, b) > 0 ? b : a;
    if (++early.day > bl_day_month_length(early.year, early.month)) {
        early.day = 1;
        if (++early.month > 12) {
            early.month = 1;
            early.year++;
        }
    }
    return bl_day_compare(early, late) == 0;
}

static bool is_universal(const char *text)
{
    size_t size = strlen(text);
    return size > 0 && (text[size - 1] == 'Z' || strstr(text, "+00:00") || strstr(text, "+0000"));
}

/* Hardly more than a day, or a day with its label: what stands beside other words is theirs. */
static bool is_stamp(const bl_lines *lines, const bl_line *line, size_t i)
{
    enum {
        WORDS = 2,
        LABELS =
            BL_PHRASE_BIT(BL_PHRASE_POSTED) | BL_PHRASE_BIT(BL_PHRASE_TIME) | BL_PHRASE_BIT(BL_PHRASE_UPDATED)
    };
    bl_piece p = bl_line_piece(lines, i);
    bl_stamp stamp;
    bl_shape before, behind;
    if (line->phrases & LABELS || !bl_first_year_stamp(p.text, p.size, lines->order, &stamp))
        return true;
    bl_shape_of(p.text, stamp.at, &before);
    bl_shape_of(p.text + stamp.end, p.size - stamp.end, &behind);
    return bl_shape_length(&before) + bl_shape_length(&behind) <= WORDS;
}

/* Around the headline and right behind the article, one day and no other: glued to whatever it may be. */
static bool find_lonely(const bl_lines *lines, const bl_layout *layout, bl_day *out)
{
    enum { ABOVE = 8, BEHIND = 6, SHORT = 30 };
    size_t title = layout->title == BL_NO_LINE ? layout->first : layout->title, found = 0;
    size_t from = title > ABOVE ? title - ABOVE : 0, end = layout->tail + BEHIND;
    for (size_t i = from; i < lines->count && i < end; i++) {
        const bl_line *line = &lines->items[i];
        bl_stamp stamp;
        bool text = line->kind == BL_KIND_PROSE && line->length > SHORT;
        if (i > layout->first && !is_stamp(lines, line, i))
            text = true;
        if (found > 0 && i >= layout->tail && line->kind == BL_KIND_SHORT)
            break; /* the heading of something else */
        if (line->role == BL_ROLE_BODY || line->kind == BL_KIND_DATED || text ||
            !bl_first_year_stamp(bl_line_text(lines, i), line->size, lines->order, &stamp))
            continue;
        bl_day day = { stamp.year, stamp.month, stamp.day };
        if (found++ > 0 && bl_day_compare(day, *out) != 0)
            return false;
        *out = day;
    }
    return found > 0;
}

/* Behind a label of dates wherever it stands around the article: at the foot of manuals. */
static bool find_labelled(const bl_lines *lines, bl_day *out)
{
    const uint32_t labels =
        BL_PHRASE_BIT(BL_PHRASE_POSTED) | BL_PHRASE_BIT(BL_PHRASE_TIME) | BL_PHRASE_BIT(BL_PHRASE_UPDATED);
    bl_stamp stamp;
    for (size_t i = lines->count; i-- > 0;) {
        const bl_line *line = &lines->items[i];
        if (line->role == BL_ROLE_BODY || !(line->phrases & labels) ||
            !bl_first_year_stamp(bl_line_text(lines, i), line->size, lines->order, &stamp))
            continue;
        *out = (bl_day){ stamp.year, stamp.month, stamp.day };
        return true;
    }
    return false;
}

const char *bl_html_date_find(const bl_lines *lines, const bl_layout *layout, const bl_html_meta *meta,
                              const bl_page_hints *hints, bl_day *day)
{
    bl_day said, seen = { 0, 0, 0 };
    bl_date_from from = BL_DATE_URL;
    bool stands = bl_date_find(lines, layout, hints, &seen, &from);
    if (read_field(meta, BL_META_PUBLISHED, lines, hints, &said)) {
        /* Where midnight in Greenwich is another day than at the publisher's, the page prints the latter. */
        bool other = stands && from != BL_DATE_URL && is_next_to(said, seen) &&
                     is_universal(meta->value[BL_META_PUBLISHED]);
        *day = other ? seen : said;
        return other ? bl_date_from_name(from) : "meta";
    }
    if (meta->rank[BL_META_TIME] > 5 && read_field(meta, BL_META_TIME, lines, hints, day))
        return "header";
    if (stands && from != BL_DATE_URL) {
        *day = seen;
        return bl_date_from_name(from);
    }
    if (read_field(meta, BL_META_TIME, lines, hints, day))
        return "header";
    if (find_lonely(lines, layout, day))
        return "header";
    *day = seen;
    if (stands)
        return bl_date_from_name(from);
    if (read_field(meta, BL_META_MODIFIED, lines, hints, day))
        return "meta";
    return find_labelled(lines, day) && !is_saved_before(*day, hints) ? "footer" : NULL;
}
