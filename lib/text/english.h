/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ENGLISH_H
#define BL_ENGLISH_H

#include <stddef.h>

#include "base/error.h"

/* Finds the stem that the inflections and the British and American spellings of a word share. One thread at
 * a time. */
typedef struct bl_english bl_english;

bl_english *bl_english_open(bl_error *e); /* new */
void bl_english_close(bl_english *english);

/* The stem of a word of ASCII lower-case letters; borrowed until the next call. NULL when memory ran out or
 * the word is longer than any of English. */
const char *bl_english_stem(bl_english *english, const char *word, size_t size, size_t *stem_size);

#endif
