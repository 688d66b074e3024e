/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates to document numbers, so that a span of days is a range of rows. */
#include "slot.h"

int64_t bl_slot_of(bl_day d)
{
    if (d.year == 0)
        return BL_SLOT_UNDATED;
    return (((int64_t)d.year * 13 + d.month) * 32 + d.day) << BL_SLOT_BITS;
}

static bl_slot_range slot(int year, int month, int day)
{
    int64_t first = bl_slot_of((bl_day){ year, month, day });
    return (bl_slot_range){ first, first + BL_SLOT_SIZE - 1 };
}

size_t bl_slot_ranges(bl_day from, bl_day until, bl_slot_range out[3])
{
    size_t count = 0;
    int64_t last = until.year ? slot(until.year, until.month, until.day).last : BL_SLOT_UNDATED - 1;
    if (from.year == 0) {
        out[count++] = (bl_slot_range){ 0, last };
        return count;
    }
    if (bl_slot_of(from) > last)
        return 0;
    /* A year's own slot stands before its first month's, and that before its first day: on the first day of
     * either they are neighbours and one range holds both. */
    bl_slot_range days = { bl_slot_of(from), last };
    bl_slot_range month = slot(from.year, from.month, 0), year = slot(from.year, 0, 0);
    if (from.day == 1)
        days.first = month.first;
    if (from.day == 1 && from.month == 1)
        days.first = year.first;
    if (days.first > year.first)
        out[count++] = year;
    if (days.first > month.first)
        out[count++] = month;
    out[count++] = days;
    return count;
}
