/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SHAPE_H
#define BL_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a line looks like from afar: how many of what, nothing of what it says. */
typedef struct bl_shape {
    uint32_t han;
    uint32_t kana;
    uint32_t hangul;
    uint32_t letters; /* of other scripts */
    uint32_t digits;
    uint32_t words; /* runs of letters */
    uint32_t loose; /* words of one or two letters */
    uint32_t spaces;
    uint32_t symbols;
    uint32_t commas; /* pauses inside a sentence, CJK and Latin */
    uint32_t stops;  /* full stops that end a sentence inside or at the end of the line */
    bool closed;     /* ends with a full stop, perhaps inside quotes or brackets */
    bool cut;        /* ends with an ellipsis */
    bool han_year;   /* a year in numbers of Han, or the first of an era */
} bl_shape;

void bl_shape_of(const char *text, size_t size, bl_shape *out);

/* Han, kana and Hangul together. */
static inline uint32_t bl_shape_cjk(const bl_shape *s)
{
    return s->han + s->kana + s->hangul;
}

/* Length as a reader feels it: a CJK character is one, a word of letters is two. */
static inline uint32_t bl_shape_length(const bl_shape *s)
{
    return bl_shape_cjk(s) + 2 * s->words;
}

/* Running text, as against a heading, an item of a list or a label. */
bool bl_shape_is_prose(const bl_shape *s);

#endif
