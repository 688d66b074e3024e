/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Every date on a page to the one on which it was published, by where it stands and what stands beside it. */
#include "date.h"

#include <string.h>

#include "byline.h"

/* Evidence, weakest first. */
typedef enum rank {
    NOTHING,
    ISSUED, /* the year or month of a journal's issue */
    PIECED, /* a dateline's day and the only year of the page */
    ABOVE,  /* over the title */
    UPDATED,
    SIGNED,
    STAMPED, /* behind the text, or with a clock between headline and text on one line */
    WIRED,   /* in the dateline of an agency */
    PLAIN,   /* alone under the title */
    LABELLED,
    POSTED
} rank;

typedef struct evidence {
    const bl_lines *lines;
    const bl_layout *layout;
    const bl_page_hints *hints;
    rank best;
    bl_stamp stamp;
    bl_date_from from;
} evidence;

const char *bl_date_from_name(bl_date_from from)
{
    static const char *const names[] = { "header", "byline", "footer", "body", "url" };
    return names[from];
}

static bl_day day_of(const bl_stamp *s)
{
    return (bl_day){ s->year, s->month, s->day };
}

static bool same_day(const bl_stamp *a, const bl_stamp *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* A page is not published after it was saved. */
static bool plausible(const evidence *v, const bl_stamp *s)
{
    bl_day captured;
    if (!s->year)
        return false;
    if (!v->hints->captured || !bl_day_parse(v->hints->captured, &captured))
        return true;
    return bl_day_compare(bl_day_earliest(day_of(s)), bl_day_latest(captured)) <= 0;
}

/* The first of the strongest evidence wins. */
static void offer(evidence *v, rank r, const bl_stamp *s, bl_date_from from)
{
    if (r <= v->best || !plausible(v, s))
        return;
    v->best = r;
    v->stamp = *s;
    v->from = from;
}

/* The label that a stamp stands behind: the nearest one before it on the line. */
static int label_before(const bl_hit *hits, size_t count, size_t at)
{
    int found = -1;
    for (size_t i = 0; i < count && hits[i].at < at; i++)
        found = (int)hits[i].phrase;
    return found;
}

static rank rank_of_label(int phrase)
{
    switch (phrase) {
    case BL_PHRASE_POSTED:
        return POSTED;
    case BL_PHRASE_TIME:
        return LABELLED;
    case BL_PHRASE_UPDATED:
        return UPDATED;
    case BL_PHRASE_SIGNED:
        return SIGNED;
    case BL_PHRASE_OTHER_TIME:
        return NOTHING;
    default:
        return PLAIN;
    }
}

/* "2018年6月1日—11月30日", "1 May 2020 to 3 May 2020": either end of what lasts. */
static bool is_in_span(bl_piece line, const bl_stamp *stamp)
{
    static const char *const joints[] = { "—", "－", "–", "-", "~", "～", "至", "到", "to ", NULL };
    bl_piece before = bl_piece_part(line, 0, stamp->at), behind = bl_piece_part(line, stamp->end, line.size);
    size_t n = bl_piece_prefix(behind, joints), last = before.size;
    bl_piece next = bl_piece_part(behind, n, behind.size);
    if (n > 0 && next.size > 0 && next.text[0] >= '0' && next.text[0] <= '9')
        return true;
    last -= bl_piece_ends(before, joints);
    before = bl_piece_part(before, 0, last);
    static const char *const days[] = { "日", "号", NULL };
    return last < stamp->at && before.size > 0 && bl_piece_ends(before, days) > 0 &&
           last < bl_piece_part(line, 0, stamp->at).size;
}

/* Dates that are none but for the label before them. */
static void weigh_labelled(evidence *v, bl_piece line, const bl_hit *hits, size_t count, rank most,
                           bl_date_from where)
{
    bl_stamp stamp;
    for (size_t i = 0; i < count; i++) {
        rank r = hits[i].phrase <= BL_PHRASE_SIGNED ? rank_of_label((int)hits[i].phrase) : NOTHING;
        if (r != NOTHING && bl_stamp_labelled(line.text, line.size, hits[i].value, v->lines->order, &stamp))
            offer(v, r > most ? most : r, &stamp, where);
    }
}

/* Offer the dates of a line; without a label they are worth `plain`. */
static void weigh_line(evidence *v, size_t i, rank plain, rank most, bl_date_from where)
{
    bl_piece line = bl_line_piece(v->lines, i);
    size_t count, from = 0;
    const bl_hit *hits = bl_line_hits(v->lines, i, &count);
    bl_stamp stamp;
    if (v->lines->items[i].flags & BL_LINE_UNDATED)
        return;
    while (bl_stamp_next(line.text, line.size, &from, v->lines->order, &stamp)) {
        rank r = rank_of_label(label_before(hits, count, stamp.at));
        if (r == PLAIN)
            r = is_in_span(line, &stamp) ? NOTHING : plain;
        if (!stamp.day && r < LABELLED && (r < PLAIN || stamp.at > 0))
            continue;
        if (!stamp.day && r == PLAIN)
            r = ISSUED; /* a month right under the title, alone or before a source */
        offer(v, r > most ? most : r, &stamp, where);
    }
    weigh_labelled(v, line, hits, count, most, where);
}

static bool is_dateline(const bl_line *line)
{
    return line->kind == BL_KIND_META || line->kind == BL_KIND_DATE || line->kind == BL_KIND_CRUMB;
}

static size_t header_end(const evidence *v)
{
    size_t end = v->layout->first;
    size_t under = v->layout->title == BL_NO_LINE ? 0 : v->layout->title_end, most = under + 2;
    while (under < most && under < v->lines->count && v->lines->items[under].kind != BL_KIND_PROSE)
        under++;
    return end > under ? end : under;
}

/* Dates of other items, one a line: more than two lines above the text whose dates nothing labels. */
static bool is_dated_list(const evidence *v, size_t from, size_t end)
{
    size_t dates = 0;
    bl_stamp stamp, last = { 0 };
    for (size_t i = from; i < end; i++) {
        const bl_line *line = &v->lines->items[i];
        if (line->kind != BL_KIND_DATE && line->kind != BL_KIND_DATED)
            continue;
        if (bl_first_year_stamp(bl_line_text(v->lines, i), line->size, v->lines->order, &stamp) &&
            !same_day(&stamp, &last)) {
            dates++;
            last = stamp;
        }
    }
    return dates > (v->layout->first < v->lines->count ? 2u : 1u);
}

/* Over the title only a dateline right above it counts, and weakly: site notices and lists stand there too.
 */
static void weigh_header(evidence *v)
{
    size_t end = header_end(v), title = v->layout->title;
    bool untitled = title == BL_NO_LINE, list = is_dated_list(v, 0, untitled ? end : title),
         below = !untitled && is_dated_list(v, title, end);
    for (size_t i = 0; i < end; i++) {
        const bl_line *line = &v->lines->items[i];
        if (!is_dateline(line))
            continue;
        bool above = title != BL_NO_LINE && i < title, near = title != BL_NO_LINE && i + 2 >= title;
        rank plain = above                         ? (near && !list ? ABOVE : NOTHING)
                     : (untitled && list) || below ? NOTHING
                                                   : PLAIN;
        weigh_line(v, i, plain, POSTED, BL_DATE_HEADER);
    }
}

/* The rest of a headline that was glued to its date: only a date with a clock between blanks is one. */
static void weigh_run_on(evidence *v, size_t i)
{
    bl_piece line = bl_line_piece(v->lines, i);
    size_t from = 0, head = line.size < 400 ? line.size : 400;
    bl_stamp stamp;
    while (bl_stamp_next(line.text, head, &from, v->lines->order, &stamp)) {
        bool apart = stamp.end < line.size && line.text[stamp.end] == ' ' &&
                     (stamp.at == 0 || line.text[stamp.at - 1] == ' ');
        if (stamp.day && apart && (stamp.flags & BL_STAMP_CLOCK))
            offer(v, STAMPED, &stamp, BL_DATE_BODY);
    }
}

static bool is_wire_mark(bl_piece behind)
{
    static const char *const marks[] = { "电",    "電",       "讯",       "訊",        " /PRNewswire",
                                         " /CNW", " /Xinhua", " (Xinhua", " (Reuters", " (AP)",
                                         " --",   " – ",      " — ",      ") --",      ") –",
                                         ") —",   NULL };
    return bl_piece_starts(behind, marks);
}

static bool only_year(const evidence *v, size_t first, unsigned *year);

/* "BEIJING, Dec. 11, 2025 (…) --", "<agency>10月14日讯 2009年…". */
static void weigh_opening(evidence *v, size_t i)
{
    bl_piece line = bl_line_piece(v->lines, i);
    size_t from = 0, head = line.size < 160 ? line.size : 160;
    bl_stamp stamp;
    unsigned year;
    if ((v->lines->items[i].flags & BL_LINE_UNDATED) ||
        !bl_stamp_next(line.text, head, &from, v->lines->order, &stamp) || !stamp.day || stamp.at > 100)
        return;
    bl_piece behind = { line.text + stamp.end, line.size - stamp.end };
    if (!is_wire_mark(behind) || stamp.at == 0)
        return;
    if (stamp.year) {
        offer(v, WIRED, &stamp, BL_DATE_BYLINE);
    } else if (bl_byline_opening(line).agency.size > 0 && only_year(v, i, &year)) {
        stamp.year = (uint16_t)year;
        offer(v, PIECED, &stamp, BL_DATE_BYLINE);
    }
}

static void weigh_text(evidence *v)
{
    size_t seen = 0;
    for (size_t i = v->layout->first; i < v->layout->tail && seen < 3; i++) {
        if (v->lines->items[i].role != BL_ROLE_BODY)
            continue;
        weigh_opening(v, i);
        if (seen == 0 && v->layout->title == BL_NO_LINE)
            weigh_run_on(v, i);
        seen++;
    }
}

/* Two lines of the text with a name, a date and a clock, not of one day: readers' comments. */
static bool has_stamped_comments(const evidence *v)
{
    bl_stamp first = { 0 }, stamp;
    for (size_t i = v->layout->first + 1; i < v->layout->tail; i++) {
        const bl_line *line = &v->lines->items[i];
        if (line->kind != BL_KIND_DATE || line->length == 0 ||
            !bl_first_year_stamp(bl_line_text(v->lines, i), line->size, v->lines->order, &stamp) ||
            !(stamp.flags & BL_STAMP_CLOCK))
            continue;
        if (first.year && !same_day(&first, &stamp))
            return true;
        first = stamp;
    }
    return false;
}

/* A date alone on one of the last lines of the article signs it; the line of a template behind it as well. */
static void weigh_footer(evidence *v)
{
    size_t tail = v->layout->tail, stop = tail > 4 ? tail - 4 : 0,
           end = tail + 4 < v->lines->count ? tail + 4 : v->lines->count;
    bool comments = has_stamped_comments(v);
    for (size_t i = tail; !comments && i-- > stop && i > v->layout->first;)
        if (v->lines->items[i].kind == BL_KIND_DATE)
            weigh_line(v, i, STAMPED, STAMPED, BL_DATE_FOOTER);
    for (size_t i = v->layout->first + 1; i < end; i++) {
        const bl_line *line = &v->lines->items[i];
        if (line->kind == BL_KIND_RELATED || line->kind == BL_KIND_NEIGHBOUR)
            break;
        bool template = line->kind == BL_KIND_META &&
                        (line->phrases & (BL_PHRASE_BIT(BL_PHRASE_COUNTER) | BL_PHRASE_BIT(BL_PHRASE_POSTED) |
                                          BL_PHRASE_BIT(BL_PHRASE_TOOL) | BL_PHRASE_BIT(BL_PHRASE_SOURCE)));
        if (template || (line->kind == BL_KIND_META && i + 3 >= tail))
            weigh_line(v, i, STAMPED, STAMPED, BL_DATE_FOOTER);
        else if (line->kind == BL_KIND_DATE && (line->flags & BL_LINE_GLUED))
            weigh_line(v, i, STAMPED, STAMPED, BL_DATE_FOOTER);
    }
}

static bool is_wire_mark(bl_piece behind);

/* The day with which a line opens as a news agency's does. */
static bool opening_day(const evidence *v, size_t i, bl_stamp *stamp)
{
    bl_piece line = bl_line_piece(v->lines, i);
    size_t from = 0, head = line.size < 160 ? line.size : 160;
    return v->lines->items[i].kind == BL_KIND_PROSE && !(v->lines->items[i].flags & BL_LINE_UNDATED) &&
           bl_stamp_next(line.text, head, &from, v->lines->order, stamp) && stamp->year && stamp->day &&
           stamp->at < 100 && is_wire_mark((bl_piece){ line.text + stamp->end, line.size - stamp->end });
}

/* Items that each open with their own day. */
static bool has_two_openings(const evidence *v)
{
    bl_stamp first = { 0 }, stamp;
    for (size_t i = v->layout->first; i < v->layout->tail; i++) {
        if (!opening_day(v, i, &stamp))
            continue;
        if (first.year && !same_day(&first, &stamp))
            return true;
        first = stamp;
    }
    return false;
}

static bool followed_by_text(const bl_lines *lines, size_t i)
{
    for (size_t k = i + 1; k < lines->count && k < i + 4; k++)
        if (lines->items[k].kind == BL_KIND_PROSE)
            return true;
    return false;
}

/* Several dates standing alone in the running text: a digest, whose items have dates and which has none. */
static bool is_digest(const evidence *v)
{
    size_t dates = 0;
    bl_stamp first = { 0 }, stamp;
    for (size_t i = 0; i < v->layout->tail; i++) {
        const bl_line *line = &v->lines->items[i];
        if (line->kind != BL_KIND_DATE || line->length > 4 ||
            !bl_first_year_stamp(bl_line_text(v->lines, i), line->size, v->lines->order, &stamp))
            continue;
        if (dates++ == 0)
            first = stamp;
        else if (i > v->layout->first && !same_day(&stamp, &first) &&
                 (dates > 2 || followed_by_text(v->lines, i)))
            return true;
    }
    return false;
}

/* Read up to four digits before 年. */
static unsigned year_at(const char *s, size_t at)
{
    unsigned year = 0;
    for (size_t k = at; k < at + 4; k++) {
        if (s[k] < '0' || s[k] > '9')
            return 0;
        year = year * 10 + (unsigned)(s[k] - '0');
    }
    return year >= 1949 && year <= 2100 ? year : 0;
}

/* The year with which the sentence behind a dateline opens, when the page names no other. */
static bool only_year(const evidence *v, size_t first, unsigned *year)
{
    *year = 0;
    for (size_t i = first; i < v->layout->tail && i < first + 200; i++) {
        bl_piece line = bl_line_piece(v->lines, i);
        for (size_t at = 4; (at = bl_piece_find(line, at, "年")) != BL_NOWHERE; at++) {
            unsigned y = year_at(line.text, at - 4);
            if (y == 0)
                continue;
            if (i == first && *year == 0 && at < 90)
                *year = y;
            if (y != *year)
                return false;
        }
    }
    return *year != 0;
}

/* "31 8 月", or "28" above "Oct 2015" or "8月": a box with the day that templates put before the title. */
static bool day_box(const bl_lines *lines, size_t i, bl_stamp *out)
{
    bl_piece p = bl_line_piece(lines, i);
    size_t at = 0, numbers = 0;
    unsigned value[2] = { 0, 0 };
    static const char *const dots[] = { ":", "：", " ", NULL };
    while (at < p.size && numbers < 2) {
        for (size_t n; (n = bl_piece_prefix((bl_piece){ p.text + at, p.size - at }, dots)) > 0;)
            at += n;
        size_t start = at;
        while (at < p.size && p.text[at] >= '0' && p.text[at] <= '9' && at - start < 2)
            value[numbers] = value[numbers] * 10 + (unsigned)(p.text[at++] - '0');
        if (at == start)
            break;
        numbers++;
    }
    static const char *const month[] = { "月", NULL };
    bl_piece rest = bl_piece_part(p, at, p.size);
    if (numbers != 2 || rest.size != 3 || !bl_piece_is(rest, month))
        return false;
    *out = (bl_stamp){ .month = (uint8_t)value[1], .day = (uint8_t)value[0] };
    return value[1] >= 1 && value[1] <= 12 && value[0] >= 1 && value[0] <= 31;
}

/* The only day of the page with this month and day tells the year of a box. */
static void weigh_boxes(evidence *v)
{
    size_t end = header_end(v);
    bl_stamp box, stamp;
    for (size_t i = 0; i < end; i++) {
        if (!day_box(v->lines, i, &box))
            continue;
        for (size_t k = i + 1; k < v->lines->count && k < i + 40; k++) {
            bl_piece line = bl_line_piece(v->lines, k);
            for (size_t from = 0; bl_stamp_next(line.text, line.size, &from, v->lines->order, &stamp);)
                if (stamp.year && stamp.month == box.month && stamp.day == box.day)
                    offer(v, PLAIN, &stamp, BL_DATE_HEADER);
        }
    }
}

/* "<journal> 2014年第3期", "<journal> 2012年6月号": as precise as the issue is. */
static void weigh_issues(evidence *v)
{
    static const char *const ends[] = { "期", "号", "號", "期)", "期）", NULL };
    for (size_t i = 0; i < header_end(v) && i < 12; i++) {
        bl_piece line = bl_line_piece(v->lines, i);
        size_t at = bl_piece_find(line, 4, "年"), from = 0;
        unsigned year = at == BL_NOWHERE ? 0 : year_at(line.text, at - 4);
        if (year == 0 || bl_piece_ends(line, ends) == 0 || bl_piece_characters(line) > 30)
            continue;
        bl_stamp stamp;
        if (!bl_stamp_next(line.text, line.size, &from, v->lines->order, &stamp) || stamp.year != year)
            stamp = (bl_stamp){ .year = (uint16_t)year };
        offer(v, ISSUED, &stamp, BL_DATE_HEADER);
    }
}

/* A line of one or two digits. */
static int day_alone(bl_piece p)
{
    int day = 0;
    for (size_t i = 0; i < p.size; i++) {
        if (i == 2 || p.text[i] < '0' || p.text[i] > '9')
            return 0;
        day = day * 10 + (p.text[i] - '0');
    }
    return day;
}

/* A line that is a month and its year, and no more. */
static bool month_alone(bl_piece p, bl_day_order order, bl_stamp *out)
{
    size_t from = 0;
    return p.size <= 40 && bl_stamp_next(p.text, p.size, &from, order, out) && out->year && !out->day &&
           out->at == 0 && out->end == p.size;
}

/* "23 2021-04", "2021-04 23": both in one line. */
static bool day_beside_month(const bl_lines *lines, size_t i, bl_stamp *out)
{
    bl_piece p = bl_line_piece(lines, i);
    size_t blank = p.size <= 40 ? bl_piece_find(p, 0, " ") : BL_NOWHERE;
    for (; blank != BL_NOWHERE; blank = bl_piece_find(p, blank + 1, " ")) {
        bl_piece sides[] = { bl_piece_part(p, 0, blank), bl_piece_part(p, blank, p.size) };
        for (size_t k = 0; k < 2; k++) {
            int day = day_alone(sides[k]);
            if (day && month_alone(sides[1 - k], lines->order, out)) {
                out->day = (uint8_t)day;
                return true;
            }
        }
    }
    return false;
}

/* "28" on one line, "Oct 2015" or "2015-10" on the next, or the other way about. */
static void weigh_split_dates(evidence *v)
{
    size_t end = header_end(v);
    bl_day_order order = v->lines->order;
    for (size_t i = 0; i < end && i < v->lines->count; i++) {
        bl_stamp stamp;
        bl_piece here = bl_line_piece(v->lines, i),
                 next = i + 1 < end ? bl_line_piece(v->lines, i + 1) : (bl_piece){ here.text, 0 };
        int day = day_alone(here) ? day_alone(here) : day_alone(next);
        bool split = day && month_alone(day_alone(here) ? next : here, order, &stamp);
        if (split)
            stamp.day = (uint8_t)day;
        if ((split || day_beside_month(v->lines, i, &stamp)) && bl_day_valid(day_of(&stamp)))
            offer(v, PLAIN, &stamp, BL_DATE_HEADER);
    }
}

bool bl_date_find(const bl_lines *lines, const bl_layout *layout, const bl_page_hints *hints, bl_day *day,
                  bl_date_from *from)
{
    evidence v = { .lines = lines, .layout = layout, .hints = hints };
    weigh_header(&v);
    weigh_boxes(&v);
    weigh_split_dates(&v);
    weigh_issues(&v);
    weigh_text(&v);
    weigh_footer(&v);
    if (v.best <= PLAIN && (is_digest(&v) || has_two_openings(&v)))
        v.best = NOTHING;
    if (v.best != NOTHING) {
        *day = day_of(&v.stamp);
        *from = v.from;
        return true;
    }
    *from = BL_DATE_URL;
    return hints->url && bl_date_in_url(hints->url, day);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to `most` digits at *s, which moves behind them; returns how many. */
static int path_number(const char **s, int most, int *value)
{
    int n = 0;
    for (*value = 0; n < most && is_digit(**s); n++)
        *value = *value * 10 + (*(*s)++ - '0');
    return n;
}

static bool skip_separator(const char **s)
{
    bool found = **s == '/' || **s == '-' || **s == '_' || **s == '.';
    *s += found;
    return found;
}

/* 2024/05/01, 2024-05/01, 20240501, 202405/… at s; a month alone only when a slash closes it, as numbers of
 * articles look alike. */
static bool path_date(const char *s, bl_day *day)
{
    *day = (bl_day){ 0, 0, 0 };
    if (path_number(&s, 4, &day->year) < 4 || day->year < 1990 || day->year > 2100)
        return false;
    bool apart = skip_separator(&s);
    int digits = path_number(&s, 2, &day->month);
    if (digits == 0 || (digits == 1 && !apart) || day->month < 1 || day->month > 12)
        return false;
    bool month_closed = *s == '/';
    apart = skip_separator(&s);
    digits = path_number(&s, 2, &day->day);
    bool closed = digits == 2 ? !is_digit(*s) : digits == 1 && apart && *s == '/';
    if (closed && day->day && bl_day_valid(*day))
        return true;
    day->day = 0;
    return month_closed;
}

bool bl_date_in_url(const char *url, bl_day *day)
{
    bl_day best = { 0, 0, 0 }, found;
    const char *path = strstr(url, "://");
    path = strchr(path ? path + 3 : url, '/');
    for (const char *s = path; s && *s; s++) {
        if (!is_digit(*s) || (s > path && is_digit(s[-1])))
            continue;
        if (path_date(s, &found) && (best.year == 0 || (best.day == 0 && found.day)))
            best = found;
    }
    *day = best;
    return best.year != 0;
}
