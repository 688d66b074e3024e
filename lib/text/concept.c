/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A line of a table of concepts to the term in it. */
#include "concept.h"

#include <stdbool.h>
#include <string.h>

static const char *const relations[] = { "same", "narrower", "broader" };
static const char *const directions[] = { "both", "to", "from" };
static const char *const qualities[] = { "exact", "machine", "ambiguous" };

const char *bl_relation_name(bl_relation relation)
{
    return relations[relation];
}

const char *bl_direction_name(bl_direction direction)
{
    return directions[direction];
}

const char *bl_quality_name(bl_quality quality)
{
    return qualities[quality];
}

static bool one_of(const char *word, const char *const list[3], int *which)
{
    *which = 0;
    for (int i = 0; i < 3; i++)
        if (*word == '\0' || strcmp(word, list[i]) == 0) {
            *which = i;
            return true;
        }
    return false;
}

const char *bl_concept_read(const char *const fields[BL_CONCEPT_COLUMNS], bl_concept *out)
{
    int relation, direction, quality;
    if (*fields[BL_CONCEPT_NAME] == '\0' || *fields[BL_CONCEPT_TERM] == '\0')
        return "concept and term must not be empty";
    if (strlen(fields[BL_CONCEPT_TERM]) > BL_CONCEPT_MOST)
        return "the term is longer than 200 bytes";
    if (!one_of(fields[BL_CONCEPT_RELATION], relations, &relation))
        return "relation is none of same, narrower, broader";
    if (!one_of(fields[BL_CONCEPT_DIRECTION], directions, &direction))
        return "direction is none of both, to, from";
    if (!one_of(fields[BL_CONCEPT_QUALITY], qualities, &quality))
        return "quality is none of exact, machine, ambiguous";
    *out = (bl_concept){ (bl_relation)relation, (bl_direction)direction, (bl_quality)quality };
    return NULL;
}

size_t bl_concept_split(char *line, char *fields[], size_t most)
{
    size_t count = 0;
    char *end = line + strlen(line);
    for (char *s = line; s && count < most; count++) {
        fields[count] = s;
        s = strchr(s, '\t');
        if (s)
            *s++ = '\0';
    }
    for (size_t i = count; i < most; i++)
        fields[i] = end; /* "" */
    return count;
}
