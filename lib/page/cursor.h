/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CURSOR_H
#define BL_CURSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "stamp.h"

/* A place in a text from which words and numbers are read; what is not there leaves it where it is. */
typedef struct bl_cursor {
    const char *s;
    size_t size;
    size_t at;
    bl_day_order order;
} bl_cursor;

bool bl_take(bl_cursor *c, const char *what);

/* The first of a set, which ends with NULL. */
bool bl_take_any(bl_cursor *c, const char *const *set);

void bl_skip_blanks(bl_cursor *c);

/* How many digits were read, also full-width ones, at most `most`; 0 when more stand there. */
int bl_take_number(bl_cursor *c, int most, int *value);

/* A year of four digits of Han, as 二〇二四. */
bool bl_take_han_year(bl_cursor *c, int *value);

/* A number in Han, digit by digit with two or three of them, or as it is spoken: 三, 十二, 二十, 三十一,
 * 廿一, 一一二. */
bool bl_take_han_number(bl_cursor *c, int *value);

#endif
