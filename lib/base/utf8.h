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

/* The start of the character before `at` (at > 0), in text that bl_utf8_next() would read from 0. */
size_t bl_utf8_before(const char *text, size_t at);

/* Write a code point; returns its size, 1 to 4. */
size_t bl_utf8_put(char out[4], uint32_t code);

bool bl_utf8_valid(const char *text, size_t size);

#endif
