/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SPELLING_H
#define BL_SPELLING_H

#include <stddef.h>
#include <stdint.h>

/* No American form is longer than the British by more. */
#define BL_SPELLING_GROWTH 2

/* Write the American spelling of a word of ASCII lower-case letters to out, which has room for size +
 * BL_SPELLING_GROWTH bytes, and return its size; 0 when it is spelled alike. */
size_t bl_spelling_american(const char *word, size_t size, char *out);

/* With which letters words may begin whose American spelling begins with this one: a bit each, the lowest for
 * a. */
uint32_t bl_spelling_openings(char american);

#endif
