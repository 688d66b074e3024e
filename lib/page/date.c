/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Every date on a page to the one on which it was published, by where it stands and what stands beside it. */
#include "date.h"

#include <string.h>

/* Evidence in the order in which it is believed. */
typedef enum rank {
    NOTHING,
    WEAK,
    UPDATED,
    SIGNED,
    STAMPED, /* alone at the end of the page, or in the middle of a run-on line, with a clock */
    PLAIN,   /* alone under or over the title */
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
    bool torn; /* two dates of the same rank disagree */
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

static void offer(evidence *v, rank r, const bl_stamp *s, bl_date_from from)
{
    if (!plausible(v, s) || r < v->best || r == NOTHING)
        return;
    if (r > v->best) {
        v->best = r;
        v->stamp = *s;
        v->from = from;
        v->torn = false;
    }
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

static void weigh_header_line(evidence *v, size_t i)
{
    const bl_line *line = &v->lines->items[i];
    const char *s = bl_line_text(v->lines, i);
    bl_hit hits[16];
    size_t count = bl_phrases_find(&v->lines->phrases, s, line->size, hits, 16), from = 0;
    bl_stamp stamp;
    while (bl_stamp_next(s, line->size, &from, v->lines->order, &stamp)) {
        rank r = rank_of_label(label_before(hits, count, stamp.at));
        bool above = v->layout->title != BL_NO_LINE && i < v->layout->title;
        if (!stamp.day && r < LABELLED)
            continue;
        if (above && r == PLAIN)
            r = WEAK;
        offer(v, r, &stamp, BL_DATE_HEADER);
    }
}

static void weigh_header(evidence *v)
{
    size_t end = v->layout->first;
    if (v->layout->title != BL_NO_LINE && end <= v->layout->title)
        end = v->layout->title + 2;
    for (size_t i = 0; i < end && i < v->lines->count; i++) {
        bl_kind kind = (bl_kind)v->lines->items[i].kind;
        if (kind == BL_KIND_META || kind == BL_KIND_DATE || kind == BL_KIND_CRUMB)
            weigh_header_line(v, i);
    }
}

/* A date alone on one of the last lines of the article signs it. */
static void weigh_footer(evidence *v)
{
    size_t tail = v->layout->tail, stop = tail > 4 ? tail - 4 : 0;
    for (size_t i = tail; i-- > stop && i > v->layout->first;) {
        const bl_line *line = &v->lines->items[i];
        bl_stamp stamp;
        if (line->kind == BL_KIND_DATE &&
            bl_first_year_stamp(bl_line_text(v->lines, i), line->size, v->lines->order, &stamp))
            offer(v, STAMPED, &stamp, BL_DATE_FOOTER);
    }
}

/* Several dates standing alone in the running text: a digest, whose items have dates and which has none. */
static bool is_digest(const evidence *v)
{
    size_t dates = 0;
    bl_stamp first = { 0 }, stamp;
    for (size_t i = 0; i < v->layout->tail; i++) {
        const bl_line *line = &v->lines->items[i];
        if (line->kind != BL_KIND_DATE ||
            !bl_first_year_stamp(bl_line_text(v->lines, i), line->size, v->lines->order, &stamp))
            continue;
        if (dates++ == 0)
            first = stamp;
        else if (i > v->layout->first && (stamp.year != first.year || stamp.month != first.month || stamp.day != first.day))
            return true;
    }
    return false;
}

bool bl_date_find(const bl_lines *lines, const bl_layout *layout, const bl_page_hints *hints, bl_day *day,
                  bl_date_from *from)
{
    evidence v = { .lines = lines, .layout = layout, .hints = hints };
    weigh_header(&v);
    weigh_footer(&v);
    if (v.best <= PLAIN && is_digest(&v))
        v.best = NOTHING;
    if (v.best != NOTHING && !v.torn) {
        *day = day_of(&v.stamp);
        *from = v.from;
        return true;
    }
    *from = BL_DATE_URL;
    return hints->url && bl_date_in_url(hints->url, day);
}

bool bl_date_in_url(const char *url, bl_day *day)
{
    (void)url;
    (void)day;
    return false;
}
