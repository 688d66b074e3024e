/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_POSITIONS_H
#define BL_POSITIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Where words stand, in no order: the number of a document and the place in it. */
typedef struct bl_scattered {
    uint64_t *list;
    size_t count, capacity;
} bl_scattered;

/* The same by document, each from first[i] to first[i + 1] and ascending; NULL = not kept. */
typedef struct bl_positions {
    uint32_t *list;
    size_t *first;
} bl_positions;

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

/* A place of a document whose number is told later. */
void bl_scattered_put(bl_error *e, bl_scattered *scattered, uint32_t place);
static inline void bl_scattered_tell(bl_scattered *scattered, size_t i, uint32_t document)
{
    scattered->list[i] |= (uint64_t)document << 32;
}
/* `rank` renumbers `count` documents. Free in any case. */
void bl_positions_order(bl_error *e, const bl_scattered *scattered, const uint32_t *rank, size_t count,
                        bl_positions *out);
void bl_positions_free(bl_positions *positions);

#endif
