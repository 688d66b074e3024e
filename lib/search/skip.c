/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A place counted in tokens to bytes that stand before it. */
#include "skip.h"

#include <stdbool.h>

#include "text/fold_entry.h"

/* Longer words are taken for several, whatever the index makes of them. */
enum { LONGEST_WORD = 64 };

static bool is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_in(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

/* Whether a character is one token at most. Others may fold to several: a square with four characters in it.
 */
static bool is_plain(uint32_t code)
{
    return is_in(code, 0x4E00, 0x9FFF) || is_in(code, 0x3400, 0x4DBF) || is_in(code, 0xAC00, 0xD7A3) ||
           is_in(code, 0x3041, 0x3096) || is_in(code, 0x30A1, 0x30FA) || is_in(code, 0x3001, 0x3003) ||
           is_in(code, 0x3008, 0x3011) || is_in(code, 0xFF01, 0xFF5E);
}

/* Of three bytes, as nearly all beyond ASCII; 0 = of another length, or ill-formed. */
static uint32_t code_at(const unsigned char *at, size_t left)
{
    if (left < 3 || at[0] >> 4 != 0xE || at[1] >> 6 != 2 || at[2] >> 6 != 2)
        return 0;
    return (uint32_t)(at[0] & 0xF) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
}

size_t bl_skip(const char *text, size_t size, uint32_t position)
{
    size_t at = 0, next = 0, word = 0;
    for (uint64_t most = 0; next < size; at = next) { /* tokens that begin before `next` */
        const unsigned char c = (unsigned char)text[at];
        const uint32_t code = c < 0x80 ? c : code_at((const unsigned char *)text + at, size - at);
        if (is_word(c)) {
            most += word % LONGEST_WORD == 0;
            word++;
        } else {
            most += c == ' ' ? 0 : c < 0x80 || is_plain(code) ? 1 : BL_FOLD_LONGEST;
            word = 0;
        }
        if (most > position)
            break;
        next = at + (c >= 0x80 && code > 0 ? 3 : 1);
    }
    return at;
}
