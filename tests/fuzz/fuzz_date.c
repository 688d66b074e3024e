/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates in any text: ranges ascend and lie inside it, every date exists, and an address gives a date or none.
 * The first byte chooses the order of day and month. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "page/date.h"
#include "page/stamp.h"

static void check(bool right)
{
    if (!right)
        abort();
}

static void check_stamp(const bl_stamp *s, size_t from, size_t size)
{
    bl_day day = { s->year ? s->year : 2000, s->month, s->day };
    check(s->at >= from && s->end > s->at && s->end <= size);
    check(s->month > 0 && bl_day_valid(day));
    check(s->year == 0 || (s->year >= 1900 && s->year <= 2100));
}

static void check_address(const uint8_t *data, size_t size)
{
    bl_day day;
    char *url = malloc(size + 1);
    if (!url)
        return;
    memcpy(url, data, size);
    url[size] = '\0';
    check(!bl_date_in_url(url, &day) || bl_day_valid(day));
    free(url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    bl_day_order order = data[0] & 1 ? BL_DAY_FIRST : BL_MONTH_FIRST;
    char *text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    bl_stamp stamp;
    for (size_t from = 0, before = 0; bl_stamp_next(text, size - 1, &from, order, &stamp); before = from)
        check_stamp(&stamp, before, size - 1);
    check_address(data + 1, size - 1);
    free(text);
    return 0;
}
