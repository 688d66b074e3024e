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

bool bl_pinyin_spells(const char *text, size_t size)
{
    for (size_t i = 1; i < sizeof pinyin_syllables / sizeof *pinyin_syllables; i++)
        if (strlen(pinyin_syllables[i]) == size && memcmp(pinyin_syllables[i], text, size) == 0)
            return true;
    return false;
}

uint32_t bl_pinyin_next(unsigned class, uint32_t character)
{
    uint32_t code = character < PINYIN_FIRST ? PINYIN_FIRST : character + 1;
    for (; code <= PINYIN_LAST; code++)
        if (pinyin_of[code - PINYIN_FIRST] == class)
            return code;
    return 0;
}
