/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text at a place to the words and numbers that stand there. */
#include "cursor.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool bl_take(bl_cursor *c, const char *what)
{
    if (c->at >= c->size || *what != c->s[c->at])
        return false;
    size_t n = strlen(what);
    if (n > c->size - c->at || memcmp(c->s + c->at, what, n) != 0)
        return false;
    c->at += n;
    return true;
}

bool bl_take_any(bl_cursor *c, const char *const *set)
{
    for (; *set; set++)
        if (bl_take(c, *set))
            return true;
    return false;
}

void bl_skip_blanks(bl_cursor *c)
{
    while (bl_take(c, " ") || bl_take(c, "\t") || bl_take(c, "\xC2\xA0") || bl_take(c, "\xE3\x80\x80"))
        ;
}

/* One digit, also full-width; -1 when there is none. */
static int take_digit(bl_cursor *c)
{
    if (c->at < c->size && is_digit(c->s[c->at]))
        return c->s[c->at++] - '0';
    if (c->size - c->at >= 3 && memcmp(c->s + c->at, "\xEF\xBC", 2) == 0) {
        int d = (unsigned char)c->s[c->at + 2] - 0x90;
        if (d >= 0 && d <= 9) {
            c->at += 3;
            return d;
        }
    }
    return -1;
}

/* How many digits were read, at most `most`; 0 when more stand there. */
int bl_take_number(bl_cursor *c, int most, int *value)
{
    size_t start = c->at;
    int digits = 0, d;
    *value = 0;
    while ((d = take_digit(c)) >= 0) {
        if (++digits > most) {
            c->at = start;
            return 0;
        }
        *value = *value * 10 + d;
    }
    return digits;
}

static const char *const han_digits[][5] = { { "〇", "○", "零", "Ｏ", NULL },
                                             { "一", "壹", NULL },
                                             { "二", "貳", "贰", NULL },
                                             { "三", NULL },
                                             { "四", NULL },
                                             { "五", NULL },
                                             { "六", NULL },
                                             { "七", NULL },
                                             { "八", NULL },
                                             { "九", NULL } };

static int take_han_digit(bl_cursor *c)
{
    for (int d = 0; d < 10; d++)
        if (bl_take_any(c, han_digits[d]))
            return d;
    return -1;
}

bool bl_take_han_year(bl_cursor *c, int *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++) {
        int d = take_han_digit(c);
        if (d < 0 && i > 0 && bl_take(c, "O"))
            d = 0;
        if (d < 0)
            return false;
        *value = *value * 10 + d;
    }
    return true;
}

/* Behind its first digit, digit by digit: 三, 二〇, 一一二. */
static int more_digits(bl_cursor *c, int value)
{
    for (int i = 0, d; i < 2 && (d = take_han_digit(c)) >= 0; i++)
        value = value * 10 + d;
    return value;
}

bool bl_take_han_number(bl_cursor *c, int *value)
{
    int first = take_han_digit(c), hundreds = 0, ones;
    if (first > 0 && bl_take(c, "百")) {
        hundreds = 100 * first;
        bl_take(c, "零");
        first = take_han_digit(c);
    }
    if (bl_take(c, "十"))
        *value = 10 * (first < 0 ? 1 : first);
    else if (first < 0 && (bl_take(c, "廿") || bl_take(c, "卅")))
        *value = memcmp(c->s + c->at - 3, "廿", 3) == 0 ? 20 : 30;
    else {
        *value = hundreds + (first < 0 ? 0 : hundreds ? first : more_digits(c, first));
        return first >= 0 || hundreds > 0;
    }
    ones = take_han_digit(c);
    *value += hundreds + (ones < 0 ? 0 : ones);
    return true;
}
