/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Glued lines to pieces that are each one thing: date, title, dateline, text, what trails the text. */
#include "cut.h"

#include <string.h>

#include "byline.h"

enum { WINDOW = 240, MOST_HITS = 16, HEADLINE = 200 };

static bool is_blank_at(bl_piece p, size_t at)
{
    static const char *const blanks[] = { " ", "\t", "\xC2\xA0", "\xE3\x80\x80", NULL };
    return at < p.size && bl_piece_starts((bl_piece){ p.text + at, p.size - at }, blanks);
}

/* Addresses of pictures that stand before the text. */
static size_t behind_addresses(bl_piece p)
{
    static const char *const starts[] = { "http://", "https://", NULL };
    size_t at = 0, behind = 0;
    while (bl_piece_starts((bl_piece){ p.text + at, p.size - at }, starts)) {
        while (at < p.size && !is_blank_at(p, at) && (unsigned char)p.text[at] < 0x80)
            at++;
        behind = at;
        while (is_blank_at(p, at))
            at++;
    }
    return behind;
}

/* Dots and a day in a box before a heading: "::: 31 8 月 …". */
static size_t behind_day_box(bl_piece p)
{
    size_t at = 0, digits = 0;
    static const char *const dots[] = { ":", "：", NULL };
    for (size_t n; (n = bl_piece_prefix((bl_piece){ p.text + at, p.size - at }, dots)) > 0;)
        at += n;
    if (at == 0)
        return 0;
    size_t box = at;
    while (at < p.size && (p.text[at] == ' ' || (p.text[at] >= '0' && p.text[at] <= '9')))
        digits += p.text[at++] != ' ';
    bl_piece rest = { p.text + at, p.size - at };
    static const char *const month[] = { "月 ", NULL };
    return digits > 0 && bl_piece_starts(rest, month) ? at + 3 : box;
}

/* A date that a line opens with and that its text does not go on from: written with hyphens or behind a
 * label, or with a capital letter glued to its year. */
static size_t behind_leading_date(const bl_lines *lines, size_t i)
{
    bl_piece p = bl_line_piece(lines, i);
    bl_stamp stamp;
    size_t head = p.size < 80 ? p.size : 80, from = 0;
    if ((lines->items[i].flags & BL_LINE_UNDATED) ||
        !bl_first_year_stamp(p.text, head, lines->order, &stamp) || stamp.end >= head)
        return 0;
    size_t count;
    const bl_hit *hits = bl_line_hits(lines, i, &count);
    bool labelled =
        count > 0 && hits[0].at == 0 && hits[0].phrase <= BL_PHRASE_UPDATED && hits[0].value >= stamp.at;
    if (labelled)
        return stamp.end;
    if (stamp.at > from)
        return 0;
    char next = p.text[stamp.end];
    bool glued_capital = next >= 'A' && next <= 'Z';
    return !(stamp.flags & BL_STAMP_WRITTEN) || glued_capital ? stamp.end : 0;
}

/* "14 March, 2022Union signs contract", "[2018.05.08]<headline>" outside of a list. */
static size_t behind_glued_date(const bl_lines *lines, size_t i)
{
    bl_stamp stamp;
    bl_piece p = bl_line_piece(lines, i);
    bool listed = (i > 0 && lines->items[i - 1].kind == BL_KIND_DATED) ||
                  (i + 1 < lines->count && lines->items[i + 1].kind == BL_KIND_DATED);
    if (!listed && p.text[0] == '[' && bl_first_year_stamp(p.text, p.size, lines->order, &stamp) &&
        stamp.at == 1 && stamp.end + 1 < p.size && p.text[stamp.end] == ']')
        return stamp.end + 1;
    if (!bl_first_year_stamp(p.text, p.size, lines->order, &stamp) || stamp.at > 0 || stamp.end >= p.size)
        return 0;
    return p.text[stamp.end] >= 'A' && p.text[stamp.end] <= 'Z' ? stamp.end : 0;
}

static size_t leading_part(const bl_lines *lines, size_t i)
{
    bl_piece p = bl_line_piece(lines, i);
    size_t at = behind_addresses(p);
    if (at == 0)
        at = behind_day_box(p);
    if (at == 0 && lines->items[i].kind == BL_KIND_DATED)
        at = behind_glued_date(lines, i);
    if (at == 0 && (lines->items[i].kind == BL_KIND_PROSE || (i == 0 && lines->items[i].length > 12)))
        at = behind_leading_date(lines, i);
    return at;
}

/* What may not stand inside running text: the next article, a disclaimer, editors, the foot of the site. */
static bool trails(bl_phrase phrase)
{
    return phrase == BL_PHRASE_NEIGHBOUR || phrase == BL_PHRASE_DISCLAIMER || phrase == BL_PHRASE_FOOTER ||
           phrase == BL_PHRASE_EDITOR;
}

/* Back over an opening bracket. */
static size_t before_bracket(bl_piece p, size_t at)
{
    static const char *const openers[] = { "[", "(", "【", "（", NULL };
    return at - bl_piece_ends((bl_piece){ p.text, at }, openers);
}

/* Back to the blank or the full stop before the words at `at`, not further than a long sentence. */
static size_t sentence_start(bl_piece p, size_t at)
{
    static const char *const stops[] = { "。", "！", "?", "!", NULL };
    size_t back = at > 90 ? at - 90 : 0;
    for (size_t k = at; k > back; k--)
        if ((k < at && is_blank_at(p, k)) || bl_piece_ends((bl_piece){ p.text, k }, stops) > 0)
            return k;
    return at;
}

static size_t trailing_phrase(const bl_lines *lines, size_t i)
{
    static const uint32_t trailing = BL_PHRASE_BIT(BL_PHRASE_NEIGHBOUR) |
                                     BL_PHRASE_BIT(BL_PHRASE_DISCLAIMER) | BL_PHRASE_BIT(BL_PHRASE_FOOTER) |
                                     BL_PHRASE_BIT(BL_PHRASE_EDITOR);
    bl_piece p = bl_line_piece(lines, i);
    size_t count;
    const bl_hit *hits = bl_line_hits(lines, i, &count);
    for (size_t k = 0; lines->items[i].phrases & trailing && k < count; k++) {
        size_t at = hits[k].at;
        if (trails(hits[k].phrase) && at >= 60 && at + WINDOW + 60 >= p.size)
            return hits[k].phrase == BL_PHRASE_DISCLAIMER ? sentence_start(p, at) : before_bracket(p, at);
    }
    return 0;
}

static bool only_counters(bl_piece rest)
{
    bl_hit hits[MOST_HITS];
    bl_shape shape;
    size_t count = bl_phrases_find(rest.text, rest.size, hits, MOST_HITS), labels = 0;
    for (size_t k = 0; k < count; k++)
        if (hits[k].phrase == BL_PHRASE_COUNTER || hits[k].phrase == BL_PHRASE_TOOL ||
            hits[k].phrase == BL_PHRASE_POSTED)
            labels++;
    bl_shape_of(rest.text, rest.size, &shape);
    return bl_shape_length(&shape) <= 2 + 5 * labels;
}

/* Where the label of the date at `at` starts, when it stands apart from the words before it; else 0. */
static size_t label_before(const bl_lines *lines, size_t i, size_t at)
{
    static const char *const stops[] = { "。", "！", "!", ".", "”", ")", "）", "]", NULL };
    bl_piece p = bl_line_piece(lines, i);
    size_t count;
    const bl_hit *hits = bl_line_hits(lines, i, &count);
    for (size_t k = 0; k < count; k++)
        if (hits[k].phrase <= BL_PHRASE_SIGNED && hits[k].value == at && hits[k].at > 0 &&
            (is_blank_at(p, hits[k].at - 1) || bl_piece_ends((bl_piece){ p.text, hits[k].at }, stops) > 0))
            return hits[k].at;
    return 0;
}

/* Where the short word before byte `at` starts, behind a blank or a full stop: a site's name; else `at`. */
static size_t word_before(bl_piece p, size_t at)
{
    enum { LONGEST = 30 };
    static const char *const stops[] = { "。", "！", "”", ")", "）", NULL };
    size_t word = at - 1;
    if (at == 0 || bl_piece_ends(bl_piece_part(p, 0, at), stops) > 0)
        return at;
    while (word > 0 && is_blank_at(p, word))
        word--;
    for (; word > 0 && at - word < LONGEST; word--)
        if (is_blank_at(p, word) || bl_piece_ends((bl_piece){ p.text, word }, stops) > 0)
            return word;
    return at;
}

/* A date behind the last sentence, with at most counters behind it: the stamp of a template, not of the text.
 */
static size_t trailing_date(const bl_lines *lines, size_t i)
{
    static const char *const stops[] = { "。", "！", "!", ".", "”", ")", "）", "]", NULL };
    static const char *const opening[] = { "[", "【", NULL };
    bl_piece p = bl_line_piece(lines, i);
    size_t from = p.size > WINDOW ? p.size - WINDOW : 0;
    bl_stamp stamp;
    if (lines->items[i].flags & BL_LINE_UNDATED)
        return 0;
    while (bl_stamp_next(p.text, p.size, &from, lines->order, &stamp)) {
        bl_piece head = bl_piece_part(p, 0, stamp.at), rest = bl_piece_part(p, stamp.end, p.size);
        if (!stamp.year || !stamp.day || stamp.at < 60 || !only_counters(rest))
            continue;
        size_t label = label_before(lines, i, stamp.at);
        if (label > 0)
            return label;
        if (bl_piece_ends(head, opening) > 0 && rest.size > 0)
            return stamp.at - bl_piece_ends(head, opening);
        bool apart = is_blank_at(p, stamp.at - 1) || bl_piece_ends(head, stops) > 0;
        if (!apart || (rest.size == 0 && (stamp.flags & BL_STAMP_WRITTEN) && bl_piece_ends(head, stops) == 0))
            continue;
        size_t word = word_before(p, stamp.at);
        return rest.size > 0 ? word : stamp.at;
    }
    return 0;
}

static bool holds_any(bl_piece p, const char *const *set)
{
    while (*set && bl_piece_find(p, 0, *set) == BL_NOWHERE)
        set++;
    return *set != NULL;
}

/* "<headline> <agency>2月28日电 …": the blank before the agency. */
static size_t headline_before_wire(bl_piece p)
{
    /* One of them stands in every wire's dateline. */
    static const char *const marks[] = { "讯", "訊", "电", "電", "报", "報", NULL };
    if (!holds_any((bl_piece){ p.text, p.size < 2 * HEADLINE ? p.size : 2 * HEADLINE }, marks))
        return 0;
    bl_piece head = { p.text, p.size < HEADLINE ? p.size : HEADLINE };
    for (size_t at = 12; at < head.size; at++) {
        if (!is_blank_at(head, at))
            continue;
        bl_piece rest = bl_piece_part(p, at, p.size);
        bl_byline b = bl_byline_opening(rest);
        if (b.agency.size > 0 && b.agency.text == rest.text && b.end > 0)
            return at;
    }
    return 0;
}

/* Back over "2小时前". */
static size_t before_age(bl_piece p, size_t at)
{
    static const char *const ages[] = { "小时前", "小時前", "分钟前", "分鐘前", "天前",
                                        "日前",   "周前",   "月前",   NULL };
    bl_piece head = bl_piece_part(p, 0, at);
    size_t end = head.size - bl_piece_ends(head, ages), start = end;
    while (start > 0 && (p.text[start - 1] == ' ' || (p.text[start - 1] >= '0' && p.text[start - 1] <= '9')))
        start--;
    while (start < end && p.text[start] == ' ')
        start++;
    return end < head.size && start < end ? start : at;
}

/* Back over a date with its clock that stands before the label at `at`, parted from the words before it. */
static size_t before_date(const bl_lines *lines, bl_piece p, size_t at)
{
    bl_stamp stamp;
    size_t from = 0, date = at;
    while (bl_stamp_next(p.text, at, &from, lines->order, &stamp))
        if (stamp.year && stamp.day && bl_piece_part(p, stamp.end, at).size == 0)
            date = stamp.at;
    if (date == at)
        date = before_age(p, at);
    return date > 0 && date < at && is_blank_at(p, date - 1) ? date : at;
}

/* Back over the bar before a label. */
static size_t behind_bar(bl_piece p, size_t at)
{
    static const char *const bars[] = { "|", "｜", "┊", NULL };
    bl_piece head = bl_piece_part(p, 0, at);
    size_t n = bl_piece_ends(head, bars);
    return n > 0 ? (size_t)(head.text - p.text) + head.size - n : at;
}

/* "<headline> 来源:… 2024-05-01 <text>", "<headline> 2024-05-01 来源:… <text>": the first label, or the date
 * before it, when what stands before them is a headline. */
static size_t headline_before_label(const bl_lines *lines, size_t i)
{
    bl_piece p = bl_line_piece(lines, i);
    bl_shape shape;
    size_t count, k = 0;
    const bl_hit *hits = bl_line_hits(lines, i, &count);
    while (k < count && hits[k].at < 12 && hits[k].phrase > BL_PHRASE_AUTHOR)
        k++; /* a menu before the headline */
    if (k == count || hits[k].at < 12 || hits[k].at > HEADLINE)
        return 0;
    if (hits[k].phrase > BL_PHRASE_AUTHOR &&
        before_date(lines, p, behind_bar(p, hits[k].at)) == behind_bar(p, hits[k].at))
        return 0;
    if (bl_byline_opening(p).end > 0)
        return 0;
    size_t at = before_date(lines, p, behind_bar(p, hits[k].at));
    static const char *const commas[] = { "，", ",", "、", NULL };
    if (bl_piece_ends(bl_piece_part(p, 0, at), commas) > 0)
        return 0; /* "…收官，来自三家工厂的…": a sentence goes on */
    bl_shape_of(p.text, at, &shape);
    uint32_t length = bl_shape_length(&shape);
    return shape.stops == 0 && length >= 6 && length <= 50 ? at : 0;
}

static void cut_ends(bl_error *e, bl_lines *lines, size_t i)
{
    size_t at = leading_part(lines, i);
    if (at > 0) {
        bl_lines_cut(e, lines, i, at);
        return;
    }
    if (lines->items[i].length < 40)
        return;
    at = trailing_date(lines, i);
    if (at == 0)
        at = trailing_phrase(lines, i);
    if (at > 0)
        bl_lines_cut(e, lines, i, at);
}

/* Shorter lines are more likely navigation than a heading. */
enum { HEADING = 9 };

static bool is_headless(const bl_lines *lines, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if ((lines->items[k].kind == BL_KIND_SHORT && lines->items[k].length >= HEADING) ||
            lines->items[k].kind == BL_KIND_PROSE)
            return false;
    return true;
}

/* "首页 新闻 工会 <headline>": the blank before the headline, when two or more short words stand before it.
 */
static size_t behind_menu(bl_piece p)
{
    enum { ITEM = 4, WORDS = 2 };
    size_t words = 0, at = 0;
    while (at < p.size) {
        size_t blank = bl_piece_find(p, at, " ");
        bl_piece word = bl_piece_part(p, at, blank == BL_NOWHERE ? p.size : blank);
        if (blank == BL_NOWHERE || bl_piece_characters(word) > ITEM || (unsigned char)word.text[0] < 0xE4)
            break;
        words++;
        at = blank + 1;
    }
    return words >= WORDS ? at : 0;
}

static void cut_headline(bl_error *e, bl_lines *lines, size_t i)
{
    size_t at = headline_before_label(lines, i);
    if (at == 0)
        at = headline_before_wire(bl_line_piece(lines, i));
    if (at > 0)
        bl_lines_cut(e, lines, i, at);
    if (at > 0 && (at = behind_menu(bl_line_piece(lines, i))) > 0)
        bl_lines_cut(e, lines, i, at);
}

/* Only so many lines at each end of a page can be glued to its frame. */
enum { ENDS = 12, MOST_CUTS = 24, MENU = 24 };

void bl_cut_glued(bl_error *e, bl_lines *lines)
{
    for (size_t i = 0; i < lines->count && i < MENU && !bl_failed(e); i++)
        if ((lines->items[i].length >= 40 || lines->items[i].kind == BL_KIND_META) && is_headless(lines, i))
            cut_headline(e, lines, i);
    size_t most = lines->count + MOST_CUTS;
    for (size_t i = 0; i < lines->count && lines->count < most && !bl_failed(e); i++) {
        bl_kind kind = (bl_kind)lines->items[i].kind;
        bool end = i < ENDS || i + ENDS >= lines->count;
        if (end && (kind == BL_KIND_PROSE || kind == BL_KIND_SHORT || kind == BL_KIND_DISCLAIMER ||
                    kind == BL_KIND_DATED))
            cut_ends(e, lines, i);
        if (i == ENDS && lines->count > 3 * ENDS)
            i = lines->count - 2 * ENDS;
    }
}
