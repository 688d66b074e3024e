/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STORY_H
#define BL_STORY_H

#include "index/statement.h"

/* Texts by their hashes. Start from {0}. */
typedef struct bl_texts {
    int64_t *list;
    size_t count, capacity;
} bl_texts;

void bl_texts_add(bl_error *e, bl_texts *to, int64_t text);
/* Ascending, each once. */
void bl_texts_sort(bl_texts *texts);
void bl_texts_free(bl_texts *texts);

/* Whether any bulletin has this text. */
bool bl_story_has_text(bl_error *e, bl_database *db, int64_t text);
/* Note or forget a pair of numbers: that a bulletin has a text, that two texts are copies, a label of a text.
 */
void bl_story_set(bl_error *e, bl_database *db, bl_statement how, int64_t first, int64_t second);

/* The copies that were found of a text; whether two are such. */
void bl_story_read_edges(bl_error *e, bl_database *db, int64_t text, bl_texts *out);
bool bl_story_has_edge(bl_error *e, bl_database *db, int64_t text, int64_t other);

/* The document that stands for the story of a bulletin; 0 when there is no copy of it. */
int64_t bl_story_of(bl_error *e, bl_database *db, int64_t doc);

/* Write the stories of these texts, and of all that are joined to them. */
void bl_story_tell(bl_error *e, bl_database *db, bl_texts *texts);

#endif
