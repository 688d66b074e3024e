/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A line to the set phrases in it: labels, headings of lists, navigation. */
#include "phrase.h"

#include <string.h>

#include "month.h"
#include "phrase_entry.h"
#include "phrase_table.h"

static inline bool is_word_byte(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

static bool matches(const entry *v, const char *s, size_t size)
{
    if (v->size > size || lower((unsigned char)v->text[v->size - 1]) != lower((unsigned char)s[v->size - 1]))
        return false;
    if ((unsigned char)v->text[0] >= 0x80 && memcmp(v->text, s, v->size) == 0)
        return true;
    for (size_t i = 0; i < v->size; i++)
        if (lower((unsigned char)v->text[i]) != lower((unsigned char)s[i]))
            return false;
    return true;
}

static const char *const blanks[] = { " ", "\t", "\xC2\xA0", "\xE3\x80\x80", NULL };
static const char *const colons[] = { ":", "：", "︰", "丨", "｜", NULL };
static const char *const openers[] = { "[",
                                       "(",
                                       "\xE3\x80\x90",
                                       "\xEF\xBC\x88",
                                       "\xE3\x80\x8C",
                                       "|",
                                       ">",
                                       "*",
                                       "#",
                                       "-",
                                       "\xE2\x80\xA2",
                                       "\xC2\xB7",
                                       "\xE2\x97\x8F",
                                       "\xE2\x96\xA0",
                                       "\xE2\x96\xA1",
                                       "\xE2\x97\x86",
                                       "\xE2\x96\xBA",
                                       "\xE2\x80\xBB",
                                       "\xE2\x80\xB9",
                                       NULL };
static const char *const closers[] = { "]",
                                       ")",
                                       "\xE3\x80\x91",
                                       "\xEF\xBC\x89",
                                       "\xE3\x80\x8D",
                                       "|",
                                       ">",
                                       "+",
                                       "\xC2\xBB",
                                       "\xE2\x80\xBA",
                                       ".",
                                       "!",
                                       "\xE2\x80\xA6",
                                       "\xE3\x80\x82",
                                       NULL };

static size_t skip_one(const char *const *set, const char *s, size_t size)
{
    for (; *set; set++) {
        if (size == 0 || **set != *s)
            continue;
        size_t n = strlen(*set);
        if (n <= size && memcmp(*set, s, n) == 0)
            return n;
    }
    return 0;
}

static size_t skip_all(const char *const *set, const char *s, size_t size)
{
    size_t at = 0, n;
    while (at < size && (n = skip_one(set, s + at, size - at)) > 0)
        at += n;
    return at;
}

/* No line has more bullets and brackets before its first word. */
enum { BULLETS = 64 };

static size_t content_start(const char *line, size_t size)
{
    size_t at = 0, n;
    if (size > 0 && (is_word_byte((unsigned char)line[0]) ||
                     ((unsigned char)line[0] >= 0xE4 && (unsigned char)line[0] <= 0xE9)))
        return 0;
    do {
        n = skip_all(blanks, line + at, size - at) + skip_all(openers, line + at, size - at);
        at += n;
    } while (n > 0 && at < BULLETS);
    return at;
}

/* Behind spaces and one colon; *found tells whether there was one. */
static size_t value_start(const char *line, size_t size, size_t at, bool *found)
{
    at += skip_all(blanks, line + at, size - at);
    size_t n = skip_one(colons, line + at, size - at);
    *found = n > 0;
    at += n;
    return at + skip_all(blanks, line + at, size - at);
}

static bool only_closers(const char *line, size_t size, size_t at)
{
    size_t n;
    do {
        n = skip_all(blanks, line + at, size - at);
        n += skip_all(closers, line + at + n, size - at - n);
        n += skip_all(colons, line + at + n, size - at - n);
        at += n;
    } while (n > 0);
    return at == size;
}

/* "发布机构 青石市总工会": a cell of a table before its value. */
static bool is_cell(const entry *v, const char *line, size_t at, size_t end, size_t next)
{
    enum { LONG = 9, WIDEST = 240 };
    bool apart = at == 0 || skip_one(blanks, line + at - 1, 1) > 0;
    bool telling = v->phrase <= BL_PHRASE_SOURCE || v->phrase == BL_PHRASE_KEYWORDS;
    return telling && apart && next > end && v->size >= LONG && (unsigned char)v->text[0] >= 0x80 &&
           next < WIDEST;
}

/* "Jan 3, 2022": a month, and digits soon behind it. */
static bool is_day_with_month(const char *s, size_t size)
{
    enum { LONGEST = 12 };
    if (!bl_month_may_start(s, size))
        return false;
    size_t at = 0;
    while (at < size && at < LONGEST && !(s[at] >= '0' && s[at] <= '9'))
        at++;
    return at < size && at < LONGEST;
}

/* "13 Feb", "2015-11-03", "05/06/2013": as against "300 letters". */
static bool is_day_in_digits(const char *s, size_t size)
{
    size_t at = 0;
    while (at < size && at < 5 && s[at] >= '0' && s[at] <= '9')
        at++;
    if (at == 0 || at == 5 || at >= size)
        return false;
    if (s[at] == '-' || s[at] == '/' || s[at] == '.' || (unsigned char)s[at] >= 0x80)
        return true;
    for (size_t end = at + 2; at < end && at < size && is_word_byte((unsigned char)s[at]); at++)
        ; /* st, nd, rd, th */
    while (at < size && s[at] == ' ')
        at++;
    return bl_month_may_start(s + at, size - at);
}

static bool is_label(const entry *v, const char *line, size_t size, size_t at, size_t end, bool colon)
{
    if (colon)
        return true;
    size_t next = end + skip_all(blanks, line + end, size - end);
    if (next >= size)
        return at == 0;
    if (is_cell(v, line, at, end, next))
        return true;
    unsigned char c = (unsigned char)line[next];
    if (v->phrase == BL_PHRASE_EDITOR && at == 0 && (c == '/' || c == '|'))
        return true;
    if (v->phrase <= BL_PHRASE_SIGNED && is_day_with_month(line + next, size - next))
        return true;
    bool latin = (unsigned char)v->text[0] < 0x80 && v->phrase <= BL_PHRASE_OTHER_TIME;
    if (latin && (c == '#' || (c >= '0' && c <= '9' && !is_day_in_digits(line + next, size - next))))
        return false;
    return (c >= '0' && c <= '9') || skip_one(closers, line + next, size - next) > 0 ||
           skip_one(openers, line + next, size - next) > 0;
}

static bool edges_are_whole_words(const char *line, size_t size, size_t at, size_t end)
{
    unsigned char first = (unsigned char)line[at], last = (unsigned char)line[end - 1];
    if (is_word_byte(first) && at > 0 && is_word_byte((unsigned char)line[at - 1]))
        return false;
    return !(is_word_byte(last) && end < size && is_word_byte((unsigned char)line[end]));
}

static bool ends_with(const char *line, size_t at, const char *const *set)
{
    for (; *set; set++) {
        size_t n = strlen(*set);
        if (n <= at && memcmp(line + at - n, *set, n) == 0)
            return true;
    }
    return false;
}

/* 时间 behind another character is part of a longer word: of some other time. Behind a publisher's name it is
 * the next label, glued to it. */
static bool behind_han(const char *line, size_t at)
{
    static const char *const publishers[] = { "工会", "工會",   "协会",   "協會",   "总会",
                                              "總會", "联合会", "聯合會", "商会",   "商會",
                                              "网",   "網",     "日报",   "日報",   "晚报",
                                              "晚報", "电视台", "办公室", "辦公室", NULL };
    return at >= 3 && (unsigned char)line[at - 3] >= 0xE4 && (unsigned char)line[at - 3] <= 0xE9 &&
           !ends_with(line, at, publishers);
}

static bool stands(const entry *v, const char *line, size_t size, size_t start, bl_hit *hit)
{
    bool colon;
    hit->value = (uint32_t)value_start(line, size, hit->end, &colon);
    if (!edges_are_whole_words(line, size, hit->at, hit->end))
        return false;
    switch (v->where) {
    case START:
        return hit->at == start;
    case WHOLE:
        return hit->at == start &&
               (only_closers(line, size, hit->end) || (colon && v->phrase == BL_PHRASE_RELATED));
    case LABEL:
        return is_label(v, line, size, hit->at, hit->end, colon) &&
               !(v->phrase == BL_PHRASE_TIME && behind_han(line, hit->at));
    default:
        return true;
    }
}

/* The longest phrase of a slot that stands at `at`, when it is longer than *best. */
static bool phrase_of(unsigned slot, const char *line, size_t size, size_t start, size_t at, bl_hit *best)
{
    bool found = false;
    for (unsigned i = phrase_first[slot]; i > 0; i = phrase_next[i - 1]) {
        const entry *v = &vocabulary[i - 1];
        bl_hit hit = { (uint32_t)at, (uint32_t)(at + v->size), 0, (bl_phrase)v->phrase };
        if (hit.end > best->end && matches(v, line + at, size - at) && stands(v, line, size, start, &hit)) {
            *best = hit;
            found = true;
        }
    }
    return found;
}

/* The longest phrase that stands at `at`. */
static bool phrase_at(const char *line, size_t size, size_t start, size_t at, bl_hit *best)
{
    const char *s = line + at;
    unsigned slot = slot_of(s, size - at), short_slot = slot_of(s, short_size(s));
    if (!(phrase_first[slot] | phrase_first[short_slot]))
        return false;
    best->end = 0;
    bool found = phrase_of(slot, line, size, start, at, best);
    if (short_slot != slot)
        found = phrase_of(short_slot, line, size, start, at, best) || found;
    return found;
}

/* Labels stand within so many bytes of either end of a line. */
enum { WINDOW = 240 };

/* The next place where a phrase may start: at a character that starts one, and not inside a word of letters.
 */
static size_t next_start(const char *line, size_t size, size_t at)
{
    while (at + 3 <= size) {
        unsigned char c = (unsigned char)line[at];
        unsigned code = code_at(line + at);
        if ((c & 0xC0) != 0x80 && (phrase_starts[code / 64] >> code % 64 & 1))
            return at;
        at += c >= 0xE0 ? 3 : 1;
        if (is_word_byte(c))
            while (at < size && is_word_byte((unsigned char)line[at]))
                at++;
    }
    return size;
}

static size_t behind_word(const char *line, size_t size, size_t at)
{
    if (!is_word_byte((unsigned char)line[at]))
        return at + 1;
    while (at < size && is_word_byte((unsigned char)line[at]))
        at++;
    return at;
}

size_t bl_phrases_find(const char *line, size_t size, bl_hit *hits, size_t most)
{
    size_t count = 0, start = content_start(line, size), at = start;
    while (count < most && (at = next_start(line, size, at)) < size) {
        if (at >= WINDOW && size - at > WINDOW)
            at = size - WINDOW;
        else if (phrase_at(line, size, start, at, &hits[count]))
            at = hits[count++].end;
        else
            at = behind_word(line, size, at);
    }
    return count;
}
