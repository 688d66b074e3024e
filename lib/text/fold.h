/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FOLD_H
#define BL_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* What a folded character is, to the cutter. */
typedef enum bl_class {
    BL_CLASS_SPACE,  /* white space and control characters: no token */
    BL_CLASS_BREAK,  /* line break */
    BL_CLASS_LETTER, /* letter, mark or digit of a script with spaces */
    BL_CLASS_DIGIT,
    BL_CLASS_CJK,     /* Han, kana, Hangul */
    BL_CLASS_COMPLEX, /* letter or mark of a script without spaces: Thai, Lao, Khmer, Burmese */
    BL_CLASS_SYMBOL   /* everything else */
} bl_class;

/* One folded character and where it came from. Several may share a range (ﬁ gives f and i) and one may
 * cover several characters (e and a combining acute). Ranges ascend; together they never overlap otherwise.
 */
typedef struct bl_glyph {
    uint32_t code;  /* folded code point */
    uint32_t at;    /* its byte offset in the folded text */
    uint32_t start; /* bytes [start, end) of the original */
    uint32_t end;
    uint8_t kind; /* bl_class; the same for a whole grapheme cluster */
    bool joined;  /* goes on with the grapheme cluster of the glyph before it */
} bl_glyph;

/* Folded text with an exact map back. Start from {0}; the arrays are reused by the next fold. */
typedef struct bl_folded {
    char *text; /* UTF-8, NUL-terminated */
    size_t size;
    size_t text_capacity;
    bl_glyph *glyphs;
    size_t count;
    size_t glyph_capacity;
    size_t replaced; /* ill-formed pieces and U+FFFD met */
} bl_folded;

/* Bytes that text has room for behind its end, so that short pieces can be copied as one word of memory. */
#define BL_FOLD_SLACK 16

/* The longest text, so that offsets fit 32 bits even where every character expands. */
#define BL_FOLD_LIMIT (UINT32_MAX / 16)

/* Fold text so that what a reader would call the same becomes the same bytes: width, case, diacritics,
 * Traditional and Simplified, kana size, kinds of white space, invisible characters. Fails only when memory
 * ran out or the text is longer than BL_FOLD_LIMIT. */
void bl_fold(bl_error *e, const char *text, size_t size, bl_folded *out);
void bl_folded_free(bl_folded *folded);
/* The codes alone of a text of which each character folds to one whatever stands beside it, and which has no
 * symbol beyond ASCII: most Chinese and most Latin names. `codes` has room for `size`; how many they are, 0
 * when it is another text. */
size_t bl_fold_plain(const char *text, size_t size, uint32_t *codes);
/* The class of a folded code. */
bl_class bl_fold_class(uint32_t code);
/* A text folded, without its map; new, release with free(); NULL on failure. */
char *bl_fold_copy(bl_error *e, const char *text);

#endif
