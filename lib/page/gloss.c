/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text with pinyin in brackets behind its characters to text without. */
#include "gloss.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* So many glosses make a habit of a page; with tone marks, so few. */
enum { HABIT = 3, HABIT_WITH_TONES = 2, LONGEST = 6 };

/* A vowel with its tone taken off, or the letter itself; 0 when it is no letter of pinyin. */
static char plain_letter(uint32_t c, bool *tone)
{
    static const char *const rows[] = { "aāáǎàɑ", "eēéěè", "iīíǐì", "oōóǒò", "uūúǔùǖǘǚǜü" };
    if (c >= 'a' && c <= 'z')
        return (char)c;
    if (c < 0x80)
        return 0;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        size_t size = strlen(rows[r]);
        for (size_t at = 0; at < size;)
            if (bl_utf8_next(rows[r], size, &at) == c) {
                *tone = true;
                return rows[r][0];
            }
    }
    return 0;
}

static size_t initial_size(const char *s)
{
    static const char *const initials[] = { "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g",
                                            "k",  "h",  "j",  "q", "x", "r", "z", "c", "s", "y", "w" };
    for (size_t i = 0; i < sizeof initials / sizeof initials[0]; i++)
        if (strncmp(s, initials[i], strlen(initials[i])) == 0)
            return strlen(initials[i]);
    return 0;
}

static bool is_syllable(const char *s)
{
    static const char *const finals[] = { "a",   "o",  "e",   "i",   "u",    "v",   "ai",   "ei", "ao",
                                          "ou",  "an", "en",  "ang", "eng",  "ong", "er",   "ia", "ie",
                                          "iao", "iu", "ian", "in",  "iang", "ing", "iong", "ua", "uo",
                                          "uai", "ui", "uan", "un",  "uang", "ue" };
    s += initial_size(s);
    for (size_t i = 0; i < sizeof finals / sizeof finals[0]; i++)
        if (strcmp(s, finals[i]) == 0)
            return true;
    return false;
}

static size_t bracket_size(const char *s, size_t size, char narrow, const char *wide)
{
    if (s[0] == narrow)
        return 1;
    return size >= 3 && memcmp(s, wide, 3) == 0 ? 3 : 0;
}

static bool is_han_lead(unsigned char lead)
{
    return lead >= 0xE3 && lead <= 0xE9;
}

/* The next bracket of either width; "（" is found by its last byte, which is rarer than the others. */
static size_t next_bracket(const char *s, size_t size, size_t at)
{
    enum { LAST = 0x88 };
    const char *narrow = at < size ? memchr(s + at, '(', size - at) : NULL, *end = narrow ? narrow : s + size;
    for (const char *p = s + at + 2; p < end && (p = memchr(p, LAST, (size_t)(end - p))); p++)
        if (memcmp(p - 2, "（", 3) == 0)
            return (size_t)(p - 2 - s);
    return (size_t)(end - s);
}

/* Bytes of the gloss at s, brackets included; 0 when there is none. */
static size_t gloss_size(const char *s, size_t size, bool *tone)
{
    char word[LONGEST + 1];
    size_t n = 0, bracket = bracket_size(s, size, '(', "（"), at = bracket;
    while (at < size && !bracket_size(s + at, size - at, ')', "）")) {
        char c = plain_letter(bl_utf8_next(s, size, &at), tone);
        if (!c || n == LONGEST)
            return 0;
        word[n++] = c;
    }
    word[n] = '\0';
    return n > 0 && at < size && is_syllable(word) ? at + bracket_size(s + at, size - at, ')', "）") : 0;
}

/* The next gloss at or behind *at: its size, with *at at its bracket; 0 when there is none. */
static size_t next_gloss(const char *text, size_t size, size_t *at, bool *tone)
{
    while ((*at = next_bracket(text, size, *at)) < size) {
        bool has_tone = false;
        size_t n = *at >= 3 && is_han_lead((unsigned char)text[*at - 3])
                       ? gloss_size(text + *at, size - *at, &has_tone)
                       : 0;
        if (n > 0) {
            *tone = has_tone;
            return n;
        }
        ++*at;
    }
    return 0;
}

static bool is_habit(const char *text, size_t size)
{
    size_t found = 0, toned = 0, n;
    bool tone;
    for (size_t at = 0; (n = next_gloss(text, size, &at, &tone)) > 0; at += n) {
        found++;
        toned += tone;
        if (found >= HABIT || toned >= HABIT_WITH_TONES)
            return true;
    }
    return false;
}

static void note(bl_error *e, bl_gloss *out, size_t sum)
{
    if (!bl_grow(&out->at, &out->at_capacity, out->count + 1, sizeof *out->at) ||
        !bl_grow(&out->sums, &out->sum_capacity, out->count + 1, sizeof *out->sums)) {
        bl_fail_nomem(e);
        return;
    }
    out->at[out->count] = (uint32_t)out->text.size;
    out->sums[out->count++] = (uint32_t)sum;
}

void bl_gloss_remove(bl_error *e, const char *text, size_t size, bl_gloss *out)
{
    size_t from = 0, n, sum = 0;
    bool tone;
    if (bl_failed(e) || size >= UINT32_MAX || !is_habit(text, size))
        return;
    bl_buffer_reserve(&out->text, size);
    for (size_t at = 0; !bl_failed(e) && (n = next_gloss(text, size, &at, &tone)) > 0; at += n, from = at) {
        bl_buffer_append(&out->text, text + from, at - from);
        sum += n;
        note(e, out, sum);
    }
    bl_buffer_append(&out->text, text + from, size - from);
    if (out->text.failed)
        bl_fail_nomem(e);
}

size_t bl_gloss_original(const bl_gloss *gloss, size_t at, int behind)
{
    size_t low = 0, high = gloss->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gloss->at[middle] < at || (behind && gloss->at[middle] == at))
            low = middle + 1;
        else
            high = middle;
    }
    return at + (low > 0 ? gloss->sums[low - 1] : 0);
}

void bl_gloss_free(bl_gloss *gloss)
{
    bl_buffer_free(&gloss->text);
    free(gloss->at);
    free(gloss->sums);
    *gloss = (bl_gloss){ 0 };
}
