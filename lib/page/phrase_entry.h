/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PHRASE_ENTRY_H
#define BL_PHRASE_ENTRY_H

/* The vocabulary, and how its phrases are found by their first bytes: for phrase.c and for the program that
 * writes the table at build time. */
#include <stdint.h>

#include "phrase.h"

/* Where a phrase counts. */
enum {
    ANYWHERE,
    START, /* first thing of the line, bullets and brackets aside */
    WHOLE, /* nothing else on the line */
    LABEL  /* a colon, a bracket, a digit or the end of the line follows, and no letter precedes */
};

typedef struct entry {
    const char *text;
    uint8_t size;
    uint8_t phrase;
    uint8_t where;
} entry;

#define ROW(kind, place, text) { text, sizeof text - 1, BL_PHRASE_##kind, place },

static const entry vocabulary[] = {
#include "phrase.inc"
};

enum { ENTRIES = sizeof vocabulary / sizeof vocabulary[0] };
enum { PHRASE_SLOTS = 8192, PHRASE_CODES = 65536 };

static inline unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

/* By the first two characters of Han or the first three letters; a phrase of fewer bytes has the slot of
 * those. `size` counts the bytes at s, at least two. */
static inline unsigned slot_of(const char *s, size_t size)
{
    unsigned char a = lower((unsigned char)s[0]), b = lower((unsigned char)s[1]);
    unsigned hash = a * 31u + b * 7u;
    if (a < 0xE0)
        return (hash + (size > 2 ? lower((unsigned char)s[2]) * 131u : 0)) % PHRASE_SLOTS;
    hash += (unsigned char)s[2] * 131u;
    return (hash + (size > 5 ? (unsigned char)s[4] * 17u + (unsigned char)s[5] * 257u : 0)) % PHRASE_SLOTS;
}

/* Bytes that tell the slot of the shortest phrases. */
static inline size_t short_size(const char *s)
{
    return (unsigned char)s[0] >= 0xE0 ? 3 : 2;
}

/* The character at s, of up to three bytes, letters in lower case; for longer ones some number. */
static inline unsigned code_at(const char *s)
{
    unsigned char a = (unsigned char)s[0];
    if (a < 0x80)
        return lower(a);
    if (a < 0xE0)
        return (a & 0x1Fu) << 6 | ((unsigned char)s[1] & 0x3Fu);
    return ((a & 0x0Fu) << 12 | ((unsigned char)s[1] & 0x3Fu) << 6 | ((unsigned char)s[2] & 0x3Fu)) & 0xFFFF;
}

#endif
