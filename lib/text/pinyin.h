/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PINYIN_H
#define BL_PINYIN_H

#include <stddef.h>
#include <stdint.h>

/* The usual romanization of a Han character, without its tone; "" for what has none. For offering what may
 * have been meant: never for matching. */
const char *bl_pinyin(uint32_t character);

/* A number that characters of one romanization share; 0 for what has none. */
unsigned bl_pinyin_class(uint32_t character);

/* The number of the romanization that is written so; 0 when none is. */
unsigned bl_pinyin_syllable(const char *text, size_t size);

/* The next character after `character` (0 = from the first) that is romanized as that class; 0 after the
 * last. */
uint32_t bl_pinyin_next(unsigned class, uint32_t character);

#endif
