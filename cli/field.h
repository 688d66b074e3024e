/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "bulletin.h"

/* What can be asked of a hit with --fields. */
typedef enum hit_field {
    FIELD_RANK,
    FIELD_SCORE,
    FIELD_ID,
    FIELD_KEY,
    FIELD_TITLE,
    FIELD_PUBLISHED,
    FIELD_PUBLISHED_FROM,
    FIELD_SOURCE,
    FIELD_SITE,
    FIELD_AUTHOR,
    FIELD_URL,
    FIELD_LANG,
    FIELD_ORGANIZATIONS,
    FIELD_BODY,
    FIELD_FURNITURE,
    FIELD_SNIPPET,
    FIELD_TITLE_HIGHLIGHTS,
    FIELD_REPOSTS,
    FIELD_COUNT
} hit_field;

/* Fields in the order they are shown; each at most once. */
typedef struct field_list {
    size_t count;
    hit_field items[FIELD_COUNT];
} field_list;

const char *field_name(hit_field field);

/* The hit's text for a field that is one; NULL for the others, and where the bulletin has none. Borrowed
 * until the next hit. */
const char *field_text(bulletin_hits *hits, hit_field field);

bool field_wanted(const field_list *list, hit_field field);

/* Read "id,title"; `list` is left alone when a name is none. Returns that name, or NULL when all are. */
const char *field_parse(const char *names, field_list *list);

#endif
