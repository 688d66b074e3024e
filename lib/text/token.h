/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TOKEN_H
#define BL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Raised with every change of what is cut, stemmed or joined. What is folded needs no number: the identity
 * holds a digest of the folding table. */
#define BL_TOKEN_SCHEME "1"

/* First byte of a token that stands beside another at the same position, so that a quoted word never
 * matches a stem. No folded text holds these bytes. */
#define BL_MARK_STEM '\x01'
#define BL_MARK_JOINED '\x03'

typedef struct bl_token {
    uint32_t at;    /* offset of its bytes in bl_tokens.text, mark included */
    uint32_t size;  /* bytes, mark included */
    uint32_t start; /* bytes [start, end) of the original text */
    uint32_t end;
    uint8_t kind;   /* bulletin_token_kind */
    bool colocated; /* same position as the token before it */
} bl_token;

/* The tokens of one text, in order. Start from {0}; reused by the next cut, so that cutting allocates nothing
 * once the arrays have grown. */
typedef struct bl_tokens {
    char *text;
    size_t size;
    size_t text_capacity;
    bl_token *items;
    size_t count;
    size_t item_capacity;
    uint32_t positions; /* tokens that are not colocated: the length of the text for ranking */
    size_t replaced;    /* ill-formed pieces and U+FFFD met while folding */
} bl_tokens;

/* Holds what cutting needs: folded text, stemmer, break iterator. One thread at a time. */
typedef struct bl_cutter bl_cutter;

bl_cutter *bl_cutter_open(bl_error *e); /* new */
void bl_cutter_close(bl_cutter *cutter);
/* The fold of the text that was cut last; its own, to read or to swap for another. */
struct bl_folded *bl_cutter_folded(bl_cutter *cutter);

/* Fold and cut a text into the tokens that the index holds for it. */
void bl_cut(bl_error *e, bl_cutter *cutter, const char *text, size_t size, bl_tokens *out);
void bl_tokens_free(bl_tokens *tokens);

/* Names the scheme and everything of ICU that changes tokens (two ICUs that cut alike have the same name);
 * borrowed, for ever. An index made under another identity must be made anew. */
const char *bl_token_identity(void);
/* The version of ICU in use; borrowed, for ever. */
const char *bl_token_icu(void);

#endif
