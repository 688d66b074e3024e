/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Written dates, and the ranges of documents that a span of days is. */
#include "support.h"

#include "base/day.h"
#include "index/slot.h"

static void dates_are_read_as_precisely_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date;
    } rows[] = {
        { "2024", "2024" },
        { "2024-5", "2024-05" },
        { "2024-05-01", "2024-05-01" },
        { "2024/5/1", "2024-05-01" },
        { "2024.05.01", "2024-05-01" },
        { "2024年5月1日", "2024-05-01" },
        { "2024年5月", "2024-05" },
        { "2024年", "2024" },
        { "2024-02-29T10:20:30+08:00", "2024-02-29" },
        { "2024-05-01 10:20", "2024-05-01" },
        { "2023-02-29", NULL },
        { "2024-13", NULL },
        { "2024-05-32", NULL },
        { "2024-00-10", NULL },
        { "20240501", NULL },
        { "24-05-01", NULL },
        { "2024-05-01x", NULL },
        { "yesterday", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bl_day day;
        bool read = bl_day_parse(rows[i].text, &day);
        if (read != (rows[i].date != NULL))
            fail_msg("'%s' is%s a date", rows[i].text, read ? "" : " not");
        char date[BL_DAY_TEXT];
        bl_day_print(day, date);
        if (read)
            assert_string_equal(date, rows[i].date);
    }
}

static bool overlaps(bl_day d, bl_day from, bl_day until)
{
    return bl_day_compare(bl_day_latest(d), from) >= 0 && bl_day_compare(bl_day_earliest(d), until) <= 0;
}

static bool in_ranges(bl_day d, bl_day from, bl_day until)
{
    bl_slot_range ranges[3];
    size_t count = bl_slot_ranges(from, until, ranges);
    int64_t doc = bl_slot_of(d) + 5;
    size_t holding = 0;
    for (size_t i = 0; i < count; i++)
        holding += doc >= ranges[i].first && doc <= ranges[i].last;
    assert_in_range(holding, 0, 1); /* a row in two ranges would be found twice */
    return holding == 1;
}

/* Every precision around every kind of edge, against the definition: the span of days overlaps. */
static void ranges_hold_exactly_what_overlaps(void **state)
{
    (void)state;
    static const bl_day ends[] = { { 2022, 12, 31 }, { 2023, 1, 1 },  { 2023, 1, 2 }, { 2023, 5, 1 },
                                   { 2023, 5, 17 },  { 2023, 5, 31 }, { 2023, 6, 1 }, { 2023, 12, 31 },
                                   { 2024, 1, 1 },   { 2024, 2, 29 } };
    size_t count = sizeof ends / sizeof *ends;
    for (size_t a = 0; a < count; a++)
        for (size_t b = a; b < count; b++)
            for (int year = 2021; year <= 2025; year++)
                for (int month = 0; month <= 12; month++)
                    for (int day = 0; day <= (month ? bl_day_month_length(year, month) : 0); day++) {
                        bl_day d = { year, month, day };
                        if (overlaps(d, ends[a], ends[b]) != in_ranges(d, ends[a], ends[b]))
                            fail_msg("%d-%d-%d in range %zu..%zu", year, month, day, a, b);
                    }
}

static void a_range_that_ends_before_it_starts_is_empty(void **state)
{
    (void)state;
    bl_slot_range ranges[3];
    assert_int_equal(bl_slot_ranges((bl_day){ 2024, 5, 2 }, (bl_day){ 2024, 5, 1 }, ranges), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_as_precisely_as_written),
        cmocka_unit_test(ranges_hold_exactly_what_overlaps),
        cmocka_unit_test(a_range_that_ends_before_it_starts_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
