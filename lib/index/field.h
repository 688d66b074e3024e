/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FIELD_H
#define BL_FIELD_H

#include <stddef.h>

/* What a record or the heading of a column may state. */
typedef enum bl_field {
    BL_FIELD_KEY,
    BL_FIELD_ID,
    BL_FIELD_TITLE,
    BL_FIELD_BODY,
    BL_FIELD_HTML,
    BL_FIELD_FURNITURE,
    BL_FIELD_PUBLISHED,
    BL_FIELD_PUBLISHED_FROM,
    BL_FIELD_SOURCE,
    BL_FIELD_SITE,
    BL_FIELD_AUTHOR,
    BL_FIELD_URL,
    BL_FIELD_LANG,
    BL_FIELD_CAPTURED,
    BL_FIELD_COLLECTION,
    BL_FIELD_ORGANIZATIONS,
    BL_FIELD_ORIGIN,
    BL_FIELD_COUNT,
    BL_FIELD_NONE = BL_FIELD_COUNT
} bl_field;

/* The field that goes by a name, in English or Chinese; case, blanks, hyphens and underlines do not matter.
 * BL_FIELD_NONE when no field does. *rank tells how much the name is ours: 0 is the field's own, and of two
 * names of one field in one record the lower is meant. */
bl_field bl_field_of(const char *name, size_t *rank);

#endif
