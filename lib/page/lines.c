/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text to lines, each with its kind. */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "byline.h"

bool bl_first_year_stamp(const char *text, size_t size, bl_day_order order, bl_stamp *out)
{
    size_t from = 0;
    while (bl_stamp_next(text, size, &from, order, out))
        if (out->year && out->day)
            return true;
    return false;
}

static size_t count_of(const char *s, size_t size, const char *what)
{
    size_t n = strlen(what), found = 0;
    const char *end = s + size;
    while ((s = memchr(s, what[0], (size_t)(end - s)))) {
        bool here = (size_t)(end - s) >= n && memcmp(s, what, n) == 0;
        found += here;
        s += here ? n : 1;
    }
    return found;
}

static size_t arrows(const char *s, size_t size)
{
    return count_of(s, size, ">") + count_of(s, size, "»") + count_of(s, size, "›") + count_of(s, size, "→") +
           count_of(s, size, "＞");
}

/* What parts the stations behind "Home" besides arrows. */
static size_t steps(const char *s, size_t size)
{
    return count_of(s, size, " / ") + count_of(s, size, " \\ ") + count_of(s, size, " - ") +
           count_of(s, size, " :: ") + count_of(s, size, "／");
}

/* "HomeBusiness Pages": a template that forgot the space. */
static bool is_glued_home(const char *s, size_t size)
{
    return size > 5 && size < 80 && memcmp(s, "Home", 4) == 0 && s[4] >= 'A' && s[4] <= 'Z';
}

static bool is_crumb(const bl_line *line, const char *s, const bl_shape *shape)
{
    if (line->phrases & BL_PHRASE_BIT(BL_PHRASE_CRUMB))
        return true;
    if (line->size > 600 || line->size < 3 || shape->stops > 1)
        return is_glued_home(s, line->size);
    size_t n = arrows(s, line->size);
    if (line->phrases & BL_PHRASE_BIT(BL_PHRASE_HOME))
        return n > 0 || line->length <= 4 || (shape->stops == 0 && steps(s, line->size) > 0);
    return (n >= 2 && shape->stops == 0) ||
           (n == 1 && line->length <= 24 && shape->stops + shape->digits == 0 && s[0] != '>') ||
           is_glued_home(s, line->size);
}

static bool is_menu(const bl_line *line, const char *s, const bl_shape *shape)
{
    if (line->size > 400 || line->size < 8 || shape->stops > 0 || shape->commas > 0)
        return false;
    const char *bar = memchr(s, '|', line->size);
    bool headed =
        bar && bl_piece_characters((bl_piece){ s, (size_t)(bar - s) }) >= 10; /* a headline's keywords */
    size_t bars =
        headed ? 0
               : count_of(s, line->size, "|") + count_of(s, line->size, "｜") + count_of(s, line->size, "┊");
    uint32_t length = line->length;
    if (bars >= 3)
        return length / (bars + 1) <= 8;
    /* The blanks of a dateline part numbers too. */
    return shape->han > 0 && shape->words == 0 && shape->digits == 0 && shape->spaces >= 4 &&
           length / (shape->spaces + 1) <= 3;
}

/* A watermark of scattered letters and signs, or no letters at all. */
static bool is_noise(const bl_line *line, const bl_shape *s)
{
    uint32_t cjk = bl_shape_cjk(s);
    if (line->length == 0)
        return s->digits == 0 || s->symbols > s->digits;
    if (line->phrases & BL_PHRASE_BIT(BL_PHRASE_FAULT))
        return true;
    return s->loose >= 4 && s->loose * 3 >= s->words * 2 && s->symbols >= 3 && cjk <= s->loose;
}

enum {
    DATING = BL_PHRASE_BIT(BL_PHRASE_POSTED) | BL_PHRASE_BIT(BL_PHRASE_TIME) |
             BL_PHRASE_BIT(BL_PHRASE_UPDATED) | BL_PHRASE_BIT(BL_PHRASE_SIGNED) |
             BL_PHRASE_BIT(BL_PHRASE_OTHER_TIME),
    LABELS = DATING | BL_PHRASE_BIT(BL_PHRASE_SOURCE) | BL_PHRASE_BIT(BL_PHRASE_AUTHOR) |
             BL_PHRASE_BIT(BL_PHRASE_COUNTER) | BL_PHRASE_BIT(BL_PHRASE_KEYWORDS) |
             BL_PHRASE_BIT(BL_PHRASE_TOOL)
};

/* What set phrases say of a line, in the order in which they are believed; -1 when they say nothing. */
static int kind_by_phrase(const bl_line *line, bool prose)
{
    static const struct {
        bl_phrase phrase;
        bl_kind kind;
        bool even_prose;
    } order[] = {
        { BL_PHRASE_ORIGINAL_TITLE, BL_KIND_ORIGINAL, false },
        { BL_PHRASE_NAV, BL_KIND_NAV, false },
        { BL_PHRASE_LEAD, BL_KIND_LEAD, false },
        { BL_PHRASE_RELATED, BL_KIND_RELATED, false },
        { BL_PHRASE_NEIGHBOUR, BL_KIND_NEIGHBOUR, false },
        { BL_PHRASE_DISCLAIMER, BL_KIND_DISCLAIMER, true },
        { BL_PHRASE_FOOTER, BL_KIND_FOOTER, false },
    };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if ((line->phrases & BL_PHRASE_BIT(order[i].phrase)) && (order[i].even_prose || !prose))
            return (int)order[i].kind;
    return -1;
}

/* Letters of a line besides its date, as a reader feels them. */
static uint32_t length_without(const char *s, size_t size, const bl_stamp *stamp)
{
    bl_shape before, behind;
    bl_shape_of(s, stamp->at, &before);
    bl_shape_of(s + stamp->end, size - stamp->end, &behind);
    return bl_shape_length(&before) + bl_shape_length(&behind);
}

/* Several short fields beside each other: date, paper, reporter. */
static bool is_fielded(bl_piece line, size_t least)
{
    enum { WIDEST = 14 };
    bl_piece field;
    bl_shape shape;
    size_t fields = 0;
    while (bl_piece_field(&line, &field)) {
        bl_shape_of(field.text, field.size, &shape);
        if (bl_shape_length(&shape) > WIDEST)
            return false;
        fields++;
    }
    return fields >= least;
}

/* Names, a date with its clock and a place, parted by single blanks, as messengers write below a title. */
static bool is_worded(bl_piece line)
{
    enum { LONGEST = 8, MOST = 90 };
    size_t at = 0, words = 0;
    if (line.size > MOST || (unsigned char)line.text[0] < 0xE4)
        return false;
    while (at < line.size) {
        size_t blank = bl_piece_find(line, at, " ");
        size_t end = blank == BL_NOWHERE ? line.size : blank;
        bl_piece word = { line.text + at, end - at };
        if ((unsigned char)line.text[at] >= 0x80 && bl_piece_characters(word) > LONGEST)
            return false;
        words++;
        at = end + 1;
    }
    return words >= 3;
}

/* "2019-08-20 <headline>" or "<headline> 2019-08-20": what stands beside the date is no name of a paper. */
static bool is_listed(const char *s, size_t size, const bl_stamp *stamp)
{
    enum { HEADLINE = 6 };
    bl_piece line = { s, size };
    bl_piece before = bl_piece_part(line, 0, stamp->at), behind = bl_piece_part(line, stamp->end, size);
    bl_piece rest = before.size == 0 ? behind : before;
    bl_shape shape;
    size_t blank = bl_piece_find(behind, 0, " ");
    bool medium = bl_byline_is_media(rest) ||
                  ((stamp->flags & BL_STAMP_CLOCK) && rest.size <= 36 && bl_byline_is_body(rest)) ||
                  (blank != BL_NOWHERE && bl_byline_is_media(bl_piece_part(behind, 0, blank)));
    bl_shape_of(rest.text, rest.size, &shape);
    return (before.size == 0 || behind.size == 0) && bl_shape_cjk(&shape) >= HEADLINE && !medium;
}

/* "<office>编 2016年8月15日": the foot of a newsletter's masthead. */
static bool is_issued(bl_piece before, const bl_stamp *stamp)
{
    static const char *const ends[] = { "编", "编印", "主办", "編", "編印", "主辦", "印发", "印發", NULL };
    bl_piece name = bl_piece_trim(before);
    return (stamp->flags & BL_STAMP_WRITTEN) && bl_piece_ends(name, ends) > 0 &&
           bl_byline_is_body(bl_piece_part(name, 0, name.size - bl_piece_ends(name, ends)));
}

/* "比赛将于9月1日再办。": a sentence that goes on behind its date, and signs nothing. */
static bool is_sentence_on(const bl_line *line, const char *s, const bl_stamp *stamp)
{
    bl_shape behind;
    bl_shape_of(s + stamp->end, line->size - stamp->end, &behind);
    return stamp->at > 0 && behind.stops > 0 && bl_shape_length(&behind) >= 2 &&
           (line->flags & BL_LINE_CLOSED);
}

static bool is_month_alone(const bl_lines *lines, const char *s, size_t size)
{
    bl_stamp stamp;
    size_t from = 0;
    return size < 24 && bl_stamp_next(s, size, &from, lines->order, &stamp) && stamp.year && stamp.at == 0 &&
           stamp.end == size;
}

static bl_kind kind_with_date(const bl_lines *lines, bl_line *line, const char *s)
{
    bl_stamp stamp;
    if (line->size > 300 || (line->flags & BL_LINE_UNDATED) ||
        !bl_first_year_stamp(s, line->size, lines->order, &stamp))
        return is_month_alone(lines, s, line->size) ? BL_KIND_DATE : BL_KIND_SHORT;
    line->flags |= BL_LINE_YEAR;
    if (line->flags & BL_LINE_BULLET)
        return BL_KIND_DATED;
    if (is_issued((bl_piece){ s, stamp.at }, &stamp))
        return BL_KIND_DATE;
    if (is_listed(s, line->size, &stamp) && !is_fielded((bl_piece){ s, line->size }, 3))
        return BL_KIND_DATED;
    if (is_sentence_on(line, s, &stamp))
        return BL_KIND_SHORT;
    if (length_without(s, line->size, &stamp) <= 10 || is_fielded((bl_piece){ s, line->size }, 2) ||
        ((stamp.flags & BL_STAMP_CLOCK) && is_worded((bl_piece){ s, line->size })))
        return BL_KIND_DATE;
    return stamp.at <= 3 || stamp.end + 3 >= line->size ? BL_KIND_DATED : BL_KIND_SHORT;
}

static bl_kind kind_of(const bl_lines *lines, bl_line *line, const char *s, const bl_shape *shape)
{
    bool prose = bl_shape_is_prose(shape);
    int by_phrase = kind_by_phrase(line, prose);
    if (is_noise(line, shape))
        return BL_KIND_NOISE;
    if (by_phrase == BL_KIND_ORIGINAL || by_phrase == BL_KIND_DISCLAIMER)
        return (bl_kind)by_phrase;
    if (is_crumb(line, s, shape))
        return BL_KIND_CRUMB;
    if (by_phrase >= 0)
        return (bl_kind)by_phrase;
    if (!(line->phrases & LABELS) && is_menu(line, s, shape))
        return BL_KIND_NAV;
    if (prose)
        return BL_KIND_PROSE;
    if (line->phrases & LABELS)
        return BL_KIND_META;
    if (line->phrases & BL_PHRASE_BIT(BL_PHRASE_EDITOR))
        return BL_KIND_CREDIT;
    return kind_with_date(lines, line, s);
}

static uint16_t flags_of(const char *s, size_t size, const bl_shape *shape)
{
    static const char *const bullets[] = { "•", "·", "●", "■", "◆", "►", "* ", "- ", "※" };
    unsigned flags = 0;
    if (shape->closed)
        flags |= BL_LINE_CLOSED;
    if (shape->cut)
        flags |= BL_LINE_CUT;
    if (shape->commas > 0)
        flags |= BL_LINE_COMMA;
    if (shape->digits == 0 && !shape->han_year)
        flags |= BL_LINE_UNDATED;
    bool letter =
        ((unsigned char)s[0] >= 0xE4 && (unsigned char)s[0] <= 0xE9) || (s[0] >= 'A' && s[0] <= 'z');
    for (size_t i = 0; !letter && i < sizeof bullets / sizeof bullets[0]; i++)
        if (size > strlen(bullets[i]) && memcmp(s, bullets[i], strlen(bullets[i])) == 0)
            flags |= BL_LINE_BULLET;
    return (uint16_t)flags;
}

/* A paragraph longer than this may speak of copyright; it is not a disclaimer for that. */
enum { MOST_HITS = 24, LONG_DISCLAIMER = 150 };

/* The phrases of a line, kept behind those of the others. */
static const bl_hit *find_phrases(bl_error *e, bl_lines *lines, bl_line *line)
{
    if (lines->hit_count > UINT32_MAX - MOST_HITS ||
        !bl_grow(&lines->hits, &lines->hit_capacity, lines->hit_count + MOST_HITS, sizeof *lines->hits)) {
        bl_fail_nomem(e);
        return NULL;
    }
    bl_hit *hits = lines->hits + lines->hit_count;
    line->hits = (uint32_t)lines->hit_count;
    line->hit_count = (uint8_t)bl_phrases_find(lines->text + line->at, line->size, hits, MOST_HITS);
    lines->hit_count += line->hit_count;
    return hits;
}

static void judge(bl_error *e, bl_lines *lines, bl_line *line, bl_shape *shape)
{
    const char *s = lines->text + line->at;
    const bl_hit *hits = find_phrases(e, lines, line);
    size_t count = hits ? line->hit_count : 0;
    bl_shape_of(s, line->size, shape);
    uint32_t length = bl_shape_length(shape);
    line->length = (uint16_t)(length > UINT16_MAX ? UINT16_MAX : length);
    line->phrases = 0;
    for (size_t i = 0; i < count; i++)
        if (hits[i].phrase != BL_PHRASE_DISCLAIMER || hits[i].at < 30 || length < LONG_DISCLAIMER)
            line->phrases |= BL_PHRASE_BIT(hits[i].phrase);
    line->flags = (uint16_t)((line->flags & BL_LINE_GLUED) | flags_of(s, line->size, shape));
    line->kind = (uint8_t)kind_of(lines, line, s, shape);
}

static void add_shape(bl_shape *sum, const bl_shape *s)
{
    sum->han += s->han;
    sum->kana += s->kana;
    sum->hangul += s->hangul;
    sum->letters += s->letters;
    sum->words += s->words;
}

static void add_line(bl_error *e, bl_lines *lines, const char *s, size_t size, size_t *gap)
{
    bl_piece visible = bl_piece_trim((bl_piece){ s, size });
    if (visible.size == 0) {
        ++*gap;
        return;
    }
    if (!bl_grow(&lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items)) {
        bl_fail_nomem(e);
        return;
    }
    bl_line *line = &lines->items[lines->count++];
    *line = (bl_line){ .at = (uint32_t)(visible.text - lines->text), .size = (uint32_t)visible.size };
    line->gap = (uint8_t)(*gap > 255 ? 255 : *gap);
    *gap = 0;
}

/* Also the line separators of Unicode and of old terminals. */
static size_t line_end(const char *s, size_t size, size_t at)
{
    for (; at < size; at++) {
        unsigned char c = (unsigned char)s[at];
        if (c >= 0xE3 && c <= 0xE9 && size - at > 2)
            at += 2;
        if (c >= ' ' && c != 0xE2 && c != 0xC2)
            continue;
        if (c == '\n' || c == '\r' || c == '\v' || c == '\f')
            break;
        if (c == 0xE2 && size - at > 2 && (unsigned char)s[at + 1] == 0x80 &&
            ((unsigned char)s[at + 2] & 0xFE) == 0xA8)
            break;
        if (c == 0xC2 && size - at > 1 && (unsigned char)s[at + 1] == 0x85)
            break;
    }
    return at;
}

static size_t behind_break(const char *s, size_t size, size_t at)
{
    unsigned char c = (unsigned char)s[at];
    if (c == '\r' && at + 1 < size && s[at + 1] == '\n')
        return at + 2;
    return at + (c == 0xE2 ? 3 : c == 0xC2 ? 2 : 1);
}

static void split(bl_error *e, bl_lines *lines)
{
    size_t gap = 0;
    for (size_t at = 0; at < lines->size && !bl_failed(e);) {
        size_t end = line_end(lines->text, lines->size, at);
        add_line(e, lines, lines->text + at, end - at, &gap);
        at = end < lines->size ? behind_break(lines->text, lines->size, end) : end;
    }
}

/* 3/4/2024 is the third of April in Hong Kong and all over Europe, March in the United States; a page without
 * any Chinese, Japanese or Korean is read the American way. */
static bl_day_order order_of(const bl_shape *total)
{
    return bl_shape_cjk(total) > total->letters / 8 ? BL_DAY_FIRST : BL_MONTH_FIRST;
}

void bl_lines_read(bl_error *e, const char *text, size_t size, bl_lines *out)
{
    out->text = text;
    out->size = size;
    out->count = 0;
    out->hit_count = 0;
    if (size >= UINT32_MAX)
        bl_fail(e, BULLETIN_BAD_INPUT, "the page is larger than 4 GB");
    if (bl_failed(e))
        return;
    split(e, out);
    out->order = BL_DAY_FIRST;
    for (size_t i = 0; i < out->count && !bl_failed(e); i++) {
        bl_shape shape;
        judge(e, out, &out->items[i], &shape);
        add_shape(&out->total, &shape);
    }
    out->order = order_of(&out->total);
}

void bl_lines_free(bl_lines *lines)
{
    free(lines->items);
    free(lines->hits);
    *lines = (bl_lines){ 0 };
}

void bl_lines_cut(bl_error *e, bl_lines *lines, size_t i, size_t at)
{
    if (bl_failed(e))
        return;
    if (!bl_grow(&lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items)) {
        bl_fail_nomem(e);
        return;
    }
    bl_line *line = &lines->items[i];
    bl_piece whole = { lines->text + line->at, line->size };
    bl_piece head = bl_piece_part(whole, 0, at), rest = bl_piece_part(whole, at, whole.size);
    if (head.size == 0 || rest.size == 0)
        return;
    memmove(line + 2, line + 1, (lines->count - i - 1) * sizeof *line);
    lines->count++;
    line->size = (uint32_t)head.size;
    line[1] = (bl_line){ .at = (uint32_t)(rest.text - lines->text),
                         .size = (uint32_t)rest.size,
                         .flags = BL_LINE_GLUED };
    for (size_t k = i; k < i + 2; k++) {
        bl_shape shape;
        judge(e, lines, &lines->items[k], &shape);
    }
}

bool bl_lines_equal(const bl_lines *lines, size_t a, size_t b)
{
    const char *s = bl_line_text(lines, a), *t = bl_line_text(lines, b);
    size_t n = lines->items[a].size, m = lines->items[b].size, i = 0, j = 0;
    for (;;) {
        while (i < n && s[i] == ' ')
            i++;
        while (j < m && t[j] == ' ')
            j++;
        if (i == n || j == m)
            return i == n && j == m;
        if (s[i++] != t[j++])
            return false;
    }
}
