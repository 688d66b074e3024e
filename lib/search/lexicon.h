/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LEXICON_H
#define BL_LEXICON_H

#include "index/database.h"
#include "search/expand.h"
#include "search/name.h"

/* What understanding a query needs: words and thesaurus of the connection, opened with its first search and
 * closed with it, and the caller's glossary. Start from {0}. */
typedef struct bl_lexicon {
    bl_expander expander;
    bl_word_list list;
    bl_word_list thesaurus;
    bl_names names;
    char **glossary; /* folded */
    size_t glossary_count, glossary_capacity;
} bl_lexicon;

/* Where words begin and end: the connection's, made when it is first asked for; borrowed. */
struct bl_words *bl_lexicon_words(bl_error *e, bl_database *db);
/* Without `expanding` the thesaurus adds no words (it still tells where words are). `glossary` ends with
 * NULL. */
void bl_lexicon_open(bl_error *e, bl_database *db, bool expanding, const char *const *glossary,
                     bl_lexicon *out);
void bl_lexicon_close(bl_lexicon *lexicon);

#endif
