/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SLOT_H
#define BL_SLOT_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"

/* Document numbers run in order of publication: a slot is the numbers of one day, of a month without a day,
 * or of a year without a month. 14 bits below the day measured 9 % more index than consecutive numbers; 20
 * bits cost 13 %. */
enum { BL_SLOT_BITS = 14 };
#define BL_SLOT_SIZE ((int64_t)1 << BL_SLOT_BITS)
/* The undated, in order of import. */
#define BL_SLOT_UNDATED ((int64_t)1 << 40)
/* What a full slot cannot hold; these rows are asked for their dates. */
#define BL_SLOT_SPILL ((int64_t)1 << 41)
#define BL_SLOT_END ((int64_t)1 << 42)

/* The same for all documents of a day, of a month without one, or of a year without a month. */
static inline int64_t bl_slot_day(int64_t doc)
{
    return doc >> BL_SLOT_BITS;
}

/* The same for all documents of a month, with a day and without. */
static inline int64_t bl_slot_month(int64_t doc)
{
    return doc >> (BL_SLOT_BITS + 5);
}

/* The same for all documents of a year. */
static inline int64_t bl_slot_year(int64_t doc)
{
    return bl_slot_month(doc) / 13;
}

/* Of all but the spilled, by date: greater is newer; the undated come last, as they were imported. */
static inline int64_t bl_slot_order(int64_t doc)
{
    return doc < BL_SLOT_UNDATED ? doc : BL_SLOT_UNDATED - 1 - doc;
}

/* Documents [first, last]. */
typedef struct bl_slot_range {
    int64_t first, last;
} bl_slot_range;

/* First number of a date's slot; BL_SLOT_UNDATED when the year is 0. */
int64_t bl_slot_of(bl_day day);

/* The rows whose span of days overlaps [from, until]: the year's slot, the month's slot and the days, at most
 * three ranges. Both ends are full days; year 0 leaves an end open. Returns how many. */
size_t bl_slot_ranges(bl_day from, bl_day until, bl_slot_range out[3]);

#endif
