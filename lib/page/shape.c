/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A line of text to counts of what it is made of. */
#include "shape.h"

#include "base/utf8.h"

typedef struct counter {
    bl_shape *s;
    uint32_t run;  /* letters of the word being read */
    uint32_t last; /* last code point that is no closing quote, bracket or space */
    uint32_t before;
} counter;

static bool is_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xFF0E || c == 0xFF61;
}

static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == ' ' || c == 0x3000 || c == 0x201D ||
           c == 0x2019 || c == 0xFF09 || c == 0x300D || c == 0x300F || c == 0x3011;
}

/* 一 to 十, the noughts and 百. */
static bool is_han_number(uint32_t c)
{
    static const uint16_t numbers[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                        0x516B, 0x4E5D, 0x5341, 0x3007, 0x96F6, 0x25CB, 0xFF2F,
                                        'O',    0x767E, 0x58F9, 0x8CB3, 0x8D30, 0x5EFF };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (c == numbers[i])
            return true;
    return false;
}

static void end_word(counter *k)
{
    if (k->run == 0)
        return;
    k->s->words++;
    if (k->run <= 2)
        k->s->loose++;
    k->run = 0;
}

static void count_ascii(counter *k, uint32_t c, bool blank_next)
{
    bl_shape *s = k->s;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        s->letters++;
        k->run++;
        return;
    }
    if (c == '\'' && k->run > 0)
        return;
    end_word(k);
    if (c >= '0' && c <= '9')
        s->digits++;
    else if (c == ' ' || c == '\t')
        s->spaces++;
    else if (c == ',')
        s->commas++;
    else if (c == '.' && blank_next)
        s->stops++;
    else
        s->symbols++;
}

static bool is_letter_beyond_ascii(uint32_t c)
{
    return (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || (c >= 0x2C00 && c < 0x2E00) ||
           (c >= 0xA4D0 && c < 0xAC00);
}

static void count_wide(counter *k, uint32_t c)
{
    bl_shape *s = k->s;
    if (c >= 0x4E00 && c < 0xA000) {
        end_word(k);
        s->han++;
        return;
    }
    if (is_letter_beyond_ascii(c)) {
        s->letters++;
        k->run++;
        return;
    }
    if (c == 0x2019 && k->run > 0)
        return;
    end_word(k);
    if ((c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || c >= 0x20000 || c == 0x3005 ||
        c == 0x3007)
        s->han++;
    else if ((c >= 0x3041 && c < 0x3100 && c != 0x30FB) || (c >= 0xFF66 && c < 0xFFA0))
        s->kana++;
    else if ((c >= 0xAC00 && c < 0xD7B0) || (c >= 0x1100 && c < 0x1200))
        s->hangul++;
    else if (c >= 0xFF10 && c <= 0xFF19)
        s->digits++;
    else if (is_stop(c))
        s->stops++;
    else if (c == 0xFF0C || c == 0x3001 || c == 0xFF1B)
        s->commas++;
    else if (c == 0x3000 || c == 0xA0)
        s->spaces++;
    else
        s->symbols++;
}

void bl_shape_of(const char *text, size_t size, bl_shape *out)
{
    *out = (bl_shape){ 0 };
    counter k = { .s = out };
    for (size_t at = 0; at < size;) {
        uint32_t c = bl_utf8_step(text, size, &at);
        if (c < 0x80)
            count_ascii(&k, c, at == size || text[at] == ' ' || text[at] == '"' || text[at] == ')');
        else
            count_wide(&k, c);
        if (c == 0x5E74) /* 年 */
            out->han_year =
                out->han_year || k.last == 0x5143 || (is_han_number(k.last) && is_han_number(k.before));
        if (!is_closing(c)) {
            k.before = k.last;
            k.last = c;
        }
    }
    end_word(&k);
    out->cut = k.last == 0x2026 || (k.last == '.' && k.before == '.');
    out->closed = !out->cut && (is_stop(k.last) || k.last == '.' || k.last == '!' || k.last == '?' ||
                                k.last == 0xFF01 || k.last == 0xFF1F || k.last == 0xFF1B || k.last == ';');
}

/* A headline seldom has a full stop, two commas or this many characters; a paragraph seldom has none of the
 * three. The numbers come from counting both on real pages. */
bool bl_shape_is_prose(const bl_shape *s)
{
    uint32_t cjk = bl_shape_cjk(s);
    if (cjk >= 2 * s->words) {
        return cjk >= 60 || (s->stops > 0 && cjk >= 12) || (s->commas >= 2 && cjk >= 30) ||
               (s->closed && s->commas > 0 && cjk >= 24);
    }
    return s->words >= 30 || (s->words >= 8 && s->stops >= 2) || (s->words >= 6 && s->closed && s->stops > 0);
}
