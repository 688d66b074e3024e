/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BYTES_H
#define BL_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* A walk over the places where a part stands in bytes, in which zeros part one text from the next. */
typedef struct bl_bytes_search {
    const char *at, *end;
    const char *part; /* borrowed */
    size_t size;      /* of the part, which holds no zero */
    const char *place;
    size_t zeros; /* before the place; behind the last, of all bytes */
} bl_bytes_search;

/* The part has one byte at least. */
bl_bytes_search bl_bytes_search_of(const char *bytes, size_t size, const char *part, size_t part_size);
/* False when it stands nowhere behind the last place; places may overlap. */
bool bl_bytes_search_next(bl_bytes_search *search);

/* Behind the last zero before a place, `from` when there is none. */
const char *bl_bytes_start(const char *from, const char *place);

#endif
