/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_UTF8_H
#define BL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BL_REPLACEMENT 0xFFFDu

/* The code point at *at, which moves behind it. Ill-formed bytes give U+FFFD, one for each maximal subpart
 * (The Unicode Standard 15.0, section 3.9, "U+FFFD Substitution of Maximal Subparts"). Needs *at < size. */
uint32_t bl_utf8_next(const char *text, size_t size, size_t *at);

/* The same; Han, of which most texts here are made, by the short way. */
static inline uint32_t bl_utf8_step(const char *text, size_t size, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text + *at;
    if (s[0] < 0x80) {
        ++*at;
        return s[0];
    }
    if (s[0] < 0xE1 || s[0] > 0xEC || size - *at < 3 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
        return bl_utf8_next(text, size, at);
    *at += 3;
    return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
}

/* The start of the character before `at` (at > 0), in text that bl_utf8_next() would read from 0. */
size_t bl_utf8_before(const char *text, size_t at);

/* Write a code point; returns its size, 1 to 4. */
size_t bl_utf8_put(char out[4], uint32_t code);

bool bl_utf8_valid(const char *text, size_t size);

#endif
