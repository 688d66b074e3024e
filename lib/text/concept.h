/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CONCEPT_H
#define BL_CONCEPT_H

#include <stddef.h>

/* The columns of a table of concepts, each line a term of one. */
enum {
    BL_CONCEPT_NAME,
    BL_CONCEPT_TERM,
    BL_CONCEPT_LANG,
    BL_CONCEPT_RELATION,
    BL_CONCEPT_DIRECTION,
    BL_CONCEPT_QUALITY,
    BL_CONCEPT_CONTEXT,
    BL_CONCEPT_NOT_AFTER,
    BL_CONCEPT_NOT_BEFORE,
    BL_CONCEPT_NOTE,
    BL_CONCEPT_COLUMNS
};

/* No term is longer, in bytes; a longer line is a mistake. */
enum { BL_CONCEPT_MOST = 200 };

typedef enum bl_relation { BL_RELATION_SAME, BL_RELATION_NARROWER, BL_RELATION_BROADER } bl_relation;
typedef enum bl_direction { BL_DIRECTION_BOTH, BL_DIRECTION_TO, BL_DIRECTION_FROM } bl_direction;
typedef enum bl_quality { BL_QUALITY_EXACT, BL_QUALITY_MACHINE, BL_QUALITY_AMBIGUOUS } bl_quality;

/* The words of a line that are one of a few. */
typedef struct bl_concept {
    bl_relation relation;
    bl_direction direction;
    bl_quality quality;
} bl_concept;

/* Read a line's columns; why they cannot be used, NULL when they can. An empty word of a few is the first. */
const char *bl_concept_read(const char *const fields[BL_CONCEPT_COLUMNS], bl_concept *out);

/* The names as they are written. */
const char *bl_relation_name(bl_relation relation);
const char *bl_direction_name(bl_direction direction);
const char *bl_quality_name(bl_quality quality);

/* Cut a line at its tabs into `most` fields at the most; those that are missing are "". How many it has. */
size_t bl_concept_split(char *line, char *fields[], size_t most);

#endif
