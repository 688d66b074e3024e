/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates as they are typed, on a Wednesday. */
#include "support.h"

#include "search/date_words.h"

static const bl_day today = { 2026, 3, 18 };

static const struct {
    const char *typed, *from, *until; /* "" = open; NULL = no date */
} rows[] = {
    { "2024", "2024-01-01", "2024-12-31" },
    { "2024-02", "2024-02-01", "2024-02-29" },
    { "2024/5/1", "2024-05-01", "2024-05-01" },
    { "2024.5.1", "2024-05-01", "2024-05-01" },
    { "2024-05-01", "2024-05-01", "2024-05-01" },
    { " 2024-05-01 ", "2024-05-01", "2024-05-01" },
    { "２０２４年５月", "2024-05-01", "2024-05-31" },
    { "2024年", "2024-01-01", "2024-12-31" },
    { "2024年5月1日", "2024-05-01", "2024-05-01" },
    { "2024年5月1号", "2024-05-01", "2024-05-01" },
    { "二〇二四年", "2024-01-01", "2024-12-31" },
    { "二零二四年五月", "2024-05-01", "2024-05-31" },
    { "二〇二三年十二月三十一日", "2023-12-31", "2023-12-31" },
    { "二〇二三年十月二十日", "2023-10-20", "2023-10-20" },
    { "二〇二三年十一月十日", "2023-11-10", "2023-11-10" },
    { "5月1日", "2026-05-01", "2026-05-01" },
    { "五月一日", "2026-05-01", "2026-05-01" },
    { "5月", "2026-05-01", "2026-05-31" },
    { "12月31号", "2026-12-31", "2026-12-31" },
    { "2024-Q2", "2024-04-01", "2024-06-30" },
    { "2024q4", "2024-10-01", "2024-12-31" },
    { "2024年第一季度", "2024-01-01", "2024-03-31" },
    { "2024年3季度", "2024-07-01", "2024-09-30" },
    { "2024年下半年", "2024-07-01", "2024-12-31" },
    { "today", "2026-03-18", "2026-03-18" },
    { "Today", "2026-03-18", "2026-03-18" },
    { "今天", "2026-03-18", "2026-03-18" },
    { "昨天", "2026-03-17", "2026-03-17" },
    { "yesterday", "2026-03-17", "2026-03-17" },
    { "前天", "2026-03-16", "2026-03-16" },
    { "本周", "2026-03-16", "2026-03-22" },
    { "上周", "2026-03-09", "2026-03-15" },
    { "上週", "2026-03-09", "2026-03-15" },
    { "last-week", "2026-03-09", "2026-03-15" },
    { "last week", "2026-03-09", "2026-03-15" },
    { "本月", "2026-03-01", "2026-03-31" },
    { "this-month", "2026-03-01", "2026-03-31" },
    { "上个月", "2026-02-01", "2026-02-28" },
    { "上個月", "2026-02-01", "2026-02-28" },
    { "last-month", "2026-02-01", "2026-02-28" },
    { "last_month", "2026-02-01", "2026-02-28" },
    { "last-quarter", "2025-10-01", "2025-12-31" },
    { "今年", "2026-01-01", "2026-12-31" },
    { "去年", "2025-01-01", "2025-12-31" },
    { "last-year", "2025-01-01", "2025-12-31" },
    { "前年", "2024-01-01", "2024-12-31" },
    { "3d", "2026-03-15", "2026-03-18" },
    { "2w", "2026-03-04", "2026-03-18" },
    { "3m", "2025-12-18", "2026-03-18" },
    { "1y", "2025-03-18", "2026-03-18" },
    { "100d", "2025-12-08", "2026-03-18" },
    { "9999y", "0001-01-01", "2026-03-18" },
    { "近3个月", "2025-12-18", "2026-03-18" },
    { "最近三个月", "2025-12-18", "2026-03-18" },
    { "过去两年", "2024-03-18", "2026-03-18" },
    { "3年", "2023-03-18", "2026-03-18" },
    { "2023..2024-06", "2023-01-01", "2024-06-30" },
    { "2023-05..", "2023-05-01", "" },
    { "..2024", "", "2024-12-31" },
    { "..", "", "" },
    { "2023...2024", "2023-01-01", "2024-12-31" },
    { "去年..昨天", "2025-01-01", "2026-03-17" },
    { "1y..3m", "2025-03-18", "2025-12-18" },
    { "2024-Q1..2024-Q3", "2024-01-01", "2024-09-30" },
    { "", NULL, NULL },
    { "soon", NULL, NULL },
    { "昨天的昨天", NULL, NULL },
    { "2024-13", NULL, NULL },
    { "2023-02-29", NULL, NULL },
    { "13月", NULL, NULL },
    { "2月30日", NULL, NULL },
    { "2024-Q5", NULL, NULL },
    { "2024-Q", NULL, NULL },
    { "3x", NULL, NULL },
    { "d", NULL, NULL },
    { "99999d", NULL, NULL },
    { "2023..soon", NULL, NULL },
    { "soon..2024", NULL, NULL },
};

static void assert_day(const char *typed, bl_day day, const char *expected)
{
    char text[BL_DAY_TEXT] = "";
    if (day.year)
        bl_day_print(day, text);
    if (strcmp(text, expected) != 0)
        fail_msg("'%s' is %s, not %s", typed, text, expected);
}

static void typed_dates_are_spans_of_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bl_error e = BL_ERROR_INIT;
        const bl_span span = bl_date_words(&e, rows[i].typed, today);
        if (bl_failed(&e) != !rows[i].from)
            fail_msg("'%s' is%s a date", rows[i].typed, rows[i].from ? " not" : "");
        if (!rows[i].from) {
            assert_int_equal(e.status, BULLETIN_BAD_QUERY);
            assert_non_null(strstr(e.message, "2024-05"));
            continue;
        }
        assert_day(rows[i].typed, span.from, rows[i].from);
        assert_day(rows[i].typed, span.until, rows[i].until);
    }
}

static void ends_given_apart_are_earliest_and_latest(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_span span = bl_date_range(&e, "2023", "上个月", today);
    assert_day("2023", span.from, "2023-01-01");
    assert_day("上个月", span.until, "2026-02-28");
    span = bl_date_range(&e, "3m", "1w", today);
    assert_day("3m", span.from, "2025-12-18");
    assert_day("1w", span.until, "2026-03-11");
    span = bl_date_range(&e, NULL, "", today);
    assert_int_equal(span.from.year + span.until.year, 0);
    assert_false(bl_failed(&e));
}

static void years_and_months_end_where_the_calendar_says(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    assert_day("1m", bl_date_words(&e, "1m", (bl_day){ 2024, 3, 31 }).from, "2024-02-29");
    assert_day("昨天", bl_date_words(&e, "昨天", (bl_day){ 2024, 1, 1 }).from, "2023-12-31");
    assert_day("昨天", bl_date_words(&e, "昨天", (bl_day){ 2024, 3, 1 }).from, "2024-02-29");
    assert_day("上周", bl_date_words(&e, "上周", (bl_day){ 2024, 1, 7 }).from, "2023-12-25");
    assert_day("上周", bl_date_words(&e, "上周", (bl_day){ 2024, 1, 8 }).from, "2024-01-01");
    assert_day("last-month", bl_date_words(&e, "last-month", (bl_day){ 2024, 1, 31 }).until, "2023-12-31");
    assert_false(bl_failed(&e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_dates_are_spans_of_days),
        cmocka_unit_test(ends_given_apart_are_earliest_and_latest),
        cmocka_unit_test(years_and_months_end_where_the_calendar_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
