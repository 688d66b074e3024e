/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SEARCH_NAME_H
#define BL_SEARCH_NAME_H

#include "index/database.h"
#include "search/thesaurus.h"
#include "text/words.h"

enum { BL_NAME_MOST = 4, BL_NAME_BYTES = 48 };

/* Names of people in the other script. Start from { db, words }; both borrowed. */
typedef struct bl_names {
    struct bl_database *db;
    bl_words *words;
    bl_synonym list[BL_NAME_MOST];
    char texts[BL_NAME_MOST][BL_NAME_BYTES];
    int64_t bulletins[BL_NAME_MOST];
    size_t count;
    size_t looks[2]; /* into the index so far: for names of two characters, of three */
} bl_names;

/* How the tokens [first, end) are written in the other script where they may be a Chinese name (周晓岚, Zhou
 * Xiaolan): what the index holds of that, machine quality. How many; the list is borrowed until the next
 * call. */
size_t bl_names_find(bl_error *e, void *names, const bl_tokens *tokens, size_t first, size_t end,
                     const bl_synonym **list);

#endif
