/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns an English word into the stem its inflections and spellings share. */
#include "english.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "spelling.h"

#define LONGEST 64

/* Stems met lately: the same words come again and again, and finding one takes longer than all else that is
 * done to a word. A power of two; small enough to stay in the processor's cache. */
#define REMEMBERED 8192
#define REMEMBERED_SIZE 15

typedef struct memory {
    uint8_t size; /* 0: empty */
    uint8_t stem_size;
    char word[REMEMBERED_SIZE];
    char stem[REMEMBERED_SIZE];
} memory;

struct bl_english {
    struct sb_stemmer *stemmer;
    memory memory[REMEMBERED];
};

bl_english *bl_english_open(bl_error *e)
{
    if (bl_failed(e))
        return NULL;
    bl_english *english = calloc(1, sizeof *english);
    if (english)
        english->stemmer = sb_stemmer_new("english", "UTF_8");
    if (english && english->stemmer)
        return english;
    bl_fail_nomem(e);
    bl_english_close(english);
    return NULL;
}

void bl_english_close(bl_english *english)
{
    if (english)
        sb_stemmer_delete(english->stemmer);
    free(english);
}

static memory *place_of(bl_english *english, const char *word, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)word[i]) * 16777619u;
    return &english->memory[(hash ^ hash >> 15) % REMEMBERED];
}

static void remember(memory *place, const char *word, size_t size, const char *stem, size_t stem_size)
{
    if (size > REMEMBERED_SIZE || stem_size > REMEMBERED_SIZE)
        return;
    place->size = (uint8_t)size;
    place->stem_size = (uint8_t)stem_size;
    memcpy(place->word, word, size);
    memcpy(place->stem, stem, stem_size);
}

const char *bl_english_stem(bl_english *english, const char *word, size_t size, size_t *stem_size)
{
    *stem_size = 0;
    if (size == 0 || size > LONGEST)
        return NULL;
    memory *place = place_of(english, word, size);
    if (place->size == size && memcmp(place->word, word, size) == 0) {
        *stem_size = place->stem_size;
        return place->stem;
    }
    char spelled[LONGEST + BL_SPELLING_GROWTH];
    size_t american = bl_spelling_american(word, size, spelled);
    const char *base = american > 0 ? spelled : word;
    const sb_symbol *stem =
        sb_stemmer_stem(english->stemmer, (const sb_symbol *)base, (int)(american > 0 ? american : size));
    if (!stem)
        return NULL;
    *stem_size = (size_t)sb_stemmer_length(english->stemmer);
    remember(place, word, size, (const char *)stem, *stem_size);
    return (const char *)stem;
}
