/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns an English word into the stem its inflections and spellings share. */
#include "english.h"

#include <libstemmer.h>
#include <stdlib.h>

#define LONGEST 64

struct bl_english {
    struct sb_stemmer *stemmer;
};

bl_english *bl_english_open(bl_error *e)
{
    if (bl_failed(e))
        return NULL;
    bl_english *english = calloc(1, sizeof *english);
    if (english)
        english->stemmer = sb_stemmer_new("english", "UTF_8");
    if (!english || !english->stemmer) {
        bl_fail_nomem(e);
        bl_english_close(english);
        return NULL;
    }
    return english;
}

void bl_english_close(bl_english *english)
{
    if (english)
        sb_stemmer_delete(english->stemmer);
    free(english);
}

const char *bl_english_stem(bl_english *english, const char *word, size_t size, size_t *stem_size)
{
    *stem_size = 0;
    if (size > LONGEST)
        return NULL;
    const sb_symbol *stem = sb_stemmer_stem(english->stemmer, (const sb_symbol *)word, (int)size);
    *stem_size = stem ? (size_t)sb_stemmer_length(english->stemmer) : 0;
    return (const char *)stem;
}
