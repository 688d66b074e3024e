/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_WORDS_H
#define BL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Words of CJK text, for queries and ranking. The index knows none (it holds pairs of characters), so what is
 * a word may change with the word list and with ICU without making the index anew. */

/* Holds what finding words needs. One thread at a time. */
typedef struct bl_words bl_words;

bl_words *bl_words_open(bl_error *e); /* new */
void bl_words_close(bl_words *words);

/* The caller's own words: thesaurus, organization names, a glossary. */
typedef struct bl_word_list {
    /* Bytes of the longest listed word that `folded` begins with; 0 for none. */
    size_t (*longest)(void *context, const char *folded, size_t size);
    void *context;
} bl_word_list;

typedef enum bl_unit_kind {
    BL_UNIT_LISTED, /* in the caller's list */
    BL_UNIT_WORD,   /* in ICU's dictionary, or letters and digits */
    BL_UNIT_SINGLES /* single characters that stand side by side */
} bl_unit_kind;

/* A piece to be looked for as it stands. */
typedef struct bl_unit {
    uint32_t start; /* bytes [start, end) of the text */
    uint32_t end;
    bl_unit_kind kind;
} bl_unit;

/* Start from {0}; reused by the next cut. */
typedef struct bl_units {
    bl_unit *items;
    size_t count;
    size_t capacity;
} bl_units;

/* Cut a query that is written without spaces into units, in order and without overlap: the longest listed
 * word wherever one begins (a pair of characters not where ICU sees other words on both sides), ICU's words
 * between those. White space and symbols belong to no unit, unless a listed word holds them. `list` may be
 * NULL. */
void bl_words_cut(bl_error *e, bl_words *words, const char *text, size_t size, const bl_word_list *list,
                  bl_units *out);
void bl_units_free(bl_units *units);

enum { BL_EDGE_START = 1, BL_EDGE_END = 2 };

/* Which edges of the bytes [start, end) of a text fall between words: both for 工会 in 市工会, none in
 * 员工会议. Looks at some characters around, so it takes the same time in a long text. */
unsigned bl_words_edges(bl_error *e, bl_words *words, const char *text, size_t size, size_t start,
                        size_t end);

#endif
