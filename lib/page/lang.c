/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text to its language, by script, by the characters that differ, by the words that every text has. */
#include "lang.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "han_set.h"
#include "han_table.h"

enum { SAMPLE = 4096, ENOUGH = 64 };

static bool has(const uint64_t *set, uint32_t c)
{
    c -= BL_HAN_FIRST;
    return c < BL_HAN_BITS && (set[c / 64] >> c % 64 & 1);
}

/* Whichever has more of the characters that only one of them writes. */
static const char *chinese(const char *text, size_t size)
{
    size_t simple = 0, full = 0;
    for (size_t at = 0; at < size && at < SAMPLE && simple + full < ENOUGH;) {
        uint32_t c = bl_utf8_step(text, size, &at);
        simple += has(only_simplified, c);
        full += has(only_traditional, c);
    }
    if (simple == full)
        return "zh";
    return simple > full ? "zh-Hans" : "zh-Hant";
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_function_word(const char *word, size_t size)
{
    static const char words[][6] = { "the",  "of",   "and", "to",   "in",   "for",  "is",  "on",
                                     "that", "with", "by",  "at",   "from", "as",   "was", "are",
                                     "an",   "be",   "has", "have", "its",  "their" };
    for (size_t i = 0; size <= 5 && i < sizeof words / sizeof words[0]; i++)
        if (words[i][0] == word[0] && words[i][size] == '\0' && memcmp(word, words[i], size) == 0)
            return true;
    return false;
}

/* One word in eight of English is one of these; other languages share a few of them at most. */
static const char *alphabetic(const char *text, size_t size)
{
    char word[8];
    size_t words = 0, function = 0, n = 0;
    for (size_t at = 0; at <= size && at < SAMPLE; at++) {
        if (at < size && is_letter(text[at])) {
            if (n < sizeof word)
                word[n] = (char)(text[at] | 0x20);
            n++;
            continue;
        }
        words += n > 0;
        function += n > 0 && n < sizeof word && is_function_word(word, n);
        n = 0;
    }
    return words > 0 && function * 12 >= words ? "en" : NULL;
}

const char *bl_lang_of(const char *text, size_t size, const bl_shape *shape)
{
    bl_shape own;
    if (!shape) {
        bl_shape_of(text, size < SAMPLE ? size : SAMPLE, &own);
        shape = &own;
    }
    uint32_t cjk = bl_shape_cjk(shape);
    if (cjk <= shape->words)
        return alphabetic(text, size);
    if (shape->hangul * 2 > cjk)
        return "ko";
    if (shape->kana * 8 > cjk)
        return "ja";
    return chinese(text, size);
}
