/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Han characters to their romanization. */
#include "pinyin.h"

#include <string.h>

#include "pinyin_table.h"

unsigned bl_pinyin_class(uint32_t character)
{
    return character >= PINYIN_FIRST && character <= PINYIN_LAST ? pinyin_of[character - PINYIN_FIRST] : 0;
}

const char *bl_pinyin(uint32_t character)
{
    return pinyin_syllables[bl_pinyin_class(character)];
}

unsigned bl_pinyin_syllable(const char *text, size_t size)
{
    const size_t count = sizeof pinyin_syllables / sizeof *pinyin_syllables;
    size_t low = 1, high = count;
    if (size == 0 || size >= sizeof *pinyin_syllables)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(pinyin_syllables[middle], text, size);
        if (order == 0 && pinyin_syllables[middle][size] == '\0')
            return (unsigned)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

uint32_t bl_pinyin_next(unsigned class, uint32_t character)
{
    uint32_t code = character < PINYIN_FIRST ? PINYIN_FIRST : character + 1;
    for (; code <= PINYIN_LAST; code++)
        if (pinyin_of[code - PINYIN_FIRST] == class)
            return code;
    return 0;
}
