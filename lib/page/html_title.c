/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What the head of a page calls it, and its headings, to its headline. */
#include "html_title.h"

#include <string.h>

#include "overlap.h"
#include "shape.h"

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Letters alike, blanks and case aside: how much of `whole` `part` takes, from its start; 0 when they differ.
 */
static size_t matched(bl_piece whole, bl_piece part)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < whole.size && is_blank(whole.text[i]))
            i++;
        while (k < part.size && is_blank(part.text[k]))
            k++;
        if (k == part.size)
            return i;
        if (i == whole.size || lower(whole.text[i]) != lower(part.text[k]))
            return 0;
        i++;
        k++;
    }
}

/* Titles are short: the product of their lengths is no matter. */
enum { LONGEST = 600 };

static bool contains(bl_piece whole, bl_piece part)
{
    if (whole.size > LONGEST || part.size > LONGEST || part.size == 0)
        return false;
    for (size_t at = 0; at + 1 <= whole.size; at++) {
        bl_piece rest = { whole.text + at, whole.size - at };
        if (((unsigned char)rest.text[0] & 0xC0) != 0x80 && matched(rest, part) > 0)
            return true;
    }
    return false;
}

static uint32_t length_of(bl_piece p)
{
    bl_shape shape;
    bl_shape_of(p.text, p.size, &shape);
    return bl_shape_length(&shape) + shape.digits / 2;
}

unsigned bl_html_title_likeness(bl_piece a, bl_piece b)
{
    bl_overlap one = { 0 }, other = { 0 };
    if (a.size > LONGEST || b.size > LONGEST)
        return 0;
    bl_overlap_add(&one, a);
    bl_overlap_add(&other, b);
    unsigned there = bl_overlap_percent(&one, b), back = bl_overlap_percent(&other, a);
    return there < back ? there : back;
}

/* ---- names of pages ---- */

/* What parts a headline from its section and its site. Those that also stand inside headlines need blanks. */
static const char *const separators[] = { " | ", " - ", " – ", " — ", " :: ", " » ", " / ", " · ",
                                          " • ", "_",   "｜",  "|",   " -- ", "—",   "-",   NULL };

static bool has_cjk(bl_piece p)
{
    for (size_t i = 0; i < p.size; i++)
        if ((unsigned char)p.text[i] >= 0xE3 && (unsigned char)p.text[i] <= 0xED)
            return true;
    return false;
}

/* The last separator of a name: its offset and size; size 0 = none. */
static bl_piece last_separator(bl_piece name)
{
    bl_piece last = { NULL, 0 };
    bool loose = has_cjk(name);
    for (size_t s = 0; separators[s]; s++) {
        size_t n = strlen(separators[s]);
        if (n == 1 && separators[s][0] == '-' && !loose)
            continue;
        for (size_t at = 1; at + n < name.size; at++)
            if (memcmp(name.text + at, separators[s], n) == 0 &&
                (!last.text || name.text + at + n > last.text + last.size))
                last = (bl_piece){ name.text + at, n };
    }
    return last;
}

/* Less than this is no headline. */
enum { SHORTEST_HEADLINE = 6, LONGEST_SITE = 24 };

static bl_piece strip(bl_piece name, const char *site, bool guess)
{
    bl_piece site_name = { site, site ? strlen(site) : 0 };
    for (int rounds = 0; rounds < 4; rounds++) {
        bl_piece mark = last_separator(name);
        if (mark.size == 0)
            break;
        bl_piece head = bl_piece_trim((bl_piece){ name.text, (size_t)(mark.text - name.text) });
        const char *rest = mark.text + mark.size;
        bl_piece tail = bl_piece_trim((bl_piece){ rest, (size_t)(name.text + name.size - rest) });
        bool named = site && (contains(site_name, tail) || contains(tail, site_name));
        uint32_t before = length_of(head), behind = length_of(tail);
        if (!named &&
            (!guess || before < SHORTEST_HEADLINE || behind > LONGEST_SITE || behind * 3 > before * 2))
            break;
        if (before == 0)
            break;
        name = head;
    }
    return name;
}

bl_piece bl_html_title_strip(bl_piece name, const char *site)
{
    return strip(name, site, true);
}

/* ---- headings ---- */

typedef struct search {
    const bl_html_lines *lines;
    bl_piece meta;  /* what the head calls the article */
    bl_piece named; /* what it calls the page */
    bl_piece site;
    size_t first; /* first line of the article, lines->count = none */
} search;

/* How surely a heading is the headline: 0 = not. */
static unsigned weigh(const search *q, size_t i)
{
    const bl_html_line *line = &q->lines->items[i];
    bl_piece p = bl_html_line_piece(q->lines, i);
    uint32_t length = length_of(p);
    unsigned points = (line->flags & BL_HTML_H1 ? 8u : 0u) + (line->flags & BL_HTML_TITLE ? 4u : 0u);
    if (length < 2 || p.size > LONGEST || (q->site.size > 0 && matched(q->site, p) == q->site.size))
        return 0;
    if (q->meta.size > 0 && matched(q->meta, p) == q->meta.size)
        return 100 + points;
    if (q->meta.size > 0 && contains(p, q->meta) && length < 2 * length_of(q->meta))
        return 80 + points;
    if (q->meta.size > 0 && matched(q->meta, p) > 0 && length >= 4 && length * 3 >= length_of(q->meta))
        return 75 + points;
    if (q->meta.size > 0 && contains(q->meta, p) && length * 3 >= length_of(q->meta) * 2)
        return 70 + points;
    if (q->named.size > 0 && matched(q->named, p) > 0 && length >= 4 && length * 3 >= length_of(q->named))
        return 60 + points;
    if (q->named.size > 0 && contains(q->named, p) && length * 2 >= length_of(q->named))
        return 50 + points;
    if (q->meta.size > 0)
        return 0;
    unsigned likeness = bl_html_title_likeness(p, q->named);
    return likeness >= 75 && line->flags & (BL_HTML_H1 | BL_HTML_TITLE) ? likeness / 2 + points : 0;
}

static bool is_candidate(const bl_html_line *line)
{
    return (line->flags & (BL_HTML_HEADING | BL_HTML_TITLE)) != 0;
}

/* So many lines of the article may stand above its headline: the kicker, the day, the author. */
enum { BELOW = 12 };

static size_t find_heading(const search *q)
{
    unsigned best = 0;
    size_t found = BL_NOWHERE;
    for (size_t i = 0; i < q->lines->count && i < q->first + BELOW; i++) {
        unsigned points = is_candidate(&q->lines->items[i]) ? weigh(q, i) : 0;
        if (points > best) {
            best = points;
            found = i;
        }
    }
    return found;
}

/* Any line near the article that says what the head says. */
static size_t find_line(const search *q)
{
    size_t from = q->first > 3 * BELOW ? q->first - 3 * BELOW : 0;
    bl_piece title = q->meta.size > 0 ? q->meta : q->named;
    for (size_t i = from; i < q->lines->count && i < q->first + BELOW; i++) {
        bl_piece p = bl_html_line_piece(q->lines, i);
        size_t whole = title.size > 0 && p.size < LONGEST ? matched(title, p) : 0;
        if (whole > 0 && (whole == title.size || (q->meta.size == 0 && length_of(p) >= SHORTEST_HEADLINE &&
                                                  length_of(p) * 3 >= length_of(title))))
            return i;
    }
    return BL_NOWHERE;
}

/* Without any word from the head: the only h1, or the heading right over the article. */
static size_t find_unnamed(const search *q)
{
    size_t found = BL_NOWHERE;
    for (size_t i = 0; i < q->lines->count && i <= q->first + 1; i++)
        if ((q->lines->items[i].flags & BL_HTML_H1) && length_of(bl_html_line_piece(q->lines, i)) >= 2)
            found = i;
    size_t from = q->first > BELOW ? q->first - BELOW : 0;
    for (size_t i = from; found == BL_NOWHERE && i < q->lines->count && i <= q->first; i++)
        if (is_candidate(&q->lines->items[i]))
            found = i;
    return found;
}

static bl_piece piece_of(const char *text)
{
    return (bl_piece){ text, text ? strlen(text) : 0 };
}

static size_t first_in(const bl_html_lines *lines)
{
    size_t i = 0;
    while (i < lines->count && !(lines->items[i].flags & BL_HTML_IN))
        i++;
    return i;
}

bl_html_title bl_html_title_choose(const bl_html_lines *lines, const bl_html_meta *meta)
{
    const char *site = meta->value[BL_META_SITE];
    search q = { .lines = lines,
                 .meta = strip(piece_of(meta->value[BL_META_TITLE]), site, false),
                 .named = piece_of(meta->value[BL_META_HEADLINE]),
                 .site = piece_of(site),
                 .first = first_in(lines) };
    size_t line = find_heading(&q);
    if (line == BL_NOWHERE)
        line = find_line(&q);
    if (line != BL_NOWHERE)
        return (bl_html_title){ bl_html_line_piece(lines, line), line };
    if (q.meta.size > 0)
        return (bl_html_title){ q.meta, BL_NOWHERE };
    if (q.named.size > 0)
        return (bl_html_title){ bl_html_title_strip(q.named, site), BL_NOWHERE };
    line = find_unnamed(&q);
    return line == BL_NOWHERE ? (bl_html_title){ { NULL, 0 }, BL_NOWHERE }
                              : (bl_html_title){ bl_html_line_piece(lines, line), line };
}
