/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_POSITIONS_H
#define BL_POSITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A place is one number: the column, then the position. */
enum { BL_POSITION_BITS = 30 };
static inline uint32_t bl_position(uint32_t column, uint32_t position)
{
    return column << BL_POSITION_BITS | position;
}
static inline uint32_t bl_position_column(uint32_t place)
{
    return place >> BL_POSITION_BITS;
}
static inline uint32_t bl_position_in_column(uint32_t place)
{
    return place & ((1u << BL_POSITION_BITS) - 1);
}

/* Where words stand, in no order: in which document, by a number of its own, and the place there. */
typedef struct bl_scattered_place {
    uint32_t number, place;
} bl_scattered_place;

typedef struct bl_scattered {
    bl_scattered_place *list;
    size_t count, capacity;
} bl_scattered;

/* Room for so many more. */
void bl_scattered_reserve(bl_error *e, bl_scattered *scattered, size_t more);
static inline void bl_scattered_put(bl_scattered *scattered, uint32_t number, uint32_t place)
{
    scattered->list[scattered->count++] = (bl_scattered_place){ number, place };
}

/* The same by document, each from first[i] to first[i + 1]; NULL = not kept. */
typedef struct bl_positions {
    uint32_t *list;
    size_t *first;
    bool *sorted; /* of each document: they are in order already */
} bl_positions;

/* Room for `count` documents with `places` in all. Free in any case. */
void bl_positions_open(bl_error *e, bl_positions *out, size_t count, size_t places);
/* Add those of `more` later documents to those of `count`. */
void bl_positions_join(bl_error *e, bl_positions *out, size_t count, const bl_positions *later, size_t more);
/* Those of one document, ascending: put in order when first asked for, since most never are. */
const uint32_t *bl_positions_of(const bl_positions *positions, size_t i, size_t *count);
void bl_positions_free(bl_positions *positions);

#endif
