/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Sets of documents are in ascending order and hold each once, whatever they were made of. */
#include "support.h"

#include "index/slot.h"
#include "search/docs.h"

static uint64_t state = 1;

static int64_t below(int64_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)(state >> 1 & INT64_MAX) % limit;
}

/* ---- numbers of documents ---- */

static int64_t dated(int64_t first_year, int64_t years)
{
    const bl_day day = { (int)(first_year + below(years)), (int)below(13), (int)below(29) };
    return bl_slot_of(day) + below(1 + below(BL_SLOT_SIZE));
}

static int64_t of_some_years(void)
{
    return dated(1998, 27);
}

static int64_t of_one_slot(void)
{
    return ((int64_t)840000 << BL_SLOT_BITS) + below(300);
}

/* At the ends of words and of slots. */
static int64_t of_edges(void)
{
    static const int64_t edges[] = { 0, 1, 63, 64, 65, 127, 128, BL_SLOT_SIZE - 64, BL_SLOT_SIZE - 1 };
    return ((int64_t)830000 + below(900)) * BL_SLOT_SIZE + edges[below(sizeof edges / sizeof *edges)];
}

static int64_t of_all_years(void)
{
    return dated(1, 9999);
}

static int64_t undated(void)
{
    return BL_SLOT_UNDATED + below(90000);
}

static int64_t spilled(void)
{
    return BL_SLOT_SPILL + below(5000);
}

static int64_t dated_or_not(void)
{
    return below(3) ? of_some_years() : undated();
}

static int64_t of_any_kind(void)
{
    return below(9) ? dated_or_not() : spilled();
}

static int64_t sparse(void)
{
    return below(BL_SLOT_UNDATED);
}

static int64_t of_rows(void)
{
    return 1 + below(70000);
}

static int64_t of_foreign_rows(void)
{
    return below(4) ? of_rows() : (int64_t)(state >> 1);
}

static int64_t below_all(void)
{
    return below(5) ? of_some_years() : -below(4000);
}

/* ---- what they are compared with ---- */

static int ascending(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t sort_plainly(int64_t *list, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(list, count, sizeof *list, ascending);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

static void assert_sorted(const char *kind, int64_t (*number)(void), size_t count)
{
    bl_docs docs = { .list = malloc((count + 1) * sizeof *docs.list), .count = count, .capacity = count + 1 };
    int64_t *expected = malloc((count + 1) * sizeof *expected);
    assert_true(docs.list && expected);
    for (size_t i = 0; i < count; i++)
        expected[i] = docs.list[i] = i > 0 && below(2) ? docs.list[below((int64_t)i)] : number();
    const size_t kept = sort_plainly(expected, count);
    bl_docs_sort(&docs);
    if (docs.count != kept)
        fail_msg("%zu %s: %zu instead of %zu", count, kind, docs.count, kept);
    for (size_t i = 0; i < kept; i++)
        if (docs.list[i] != expected[i])
            fail_msg("%zu %s: place %zu holds %lld instead of %lld", count, kind, i, (long long)docs.list[i],
                     (long long)expected[i]);
    bl_docs_free(&docs);
    free(expected);
}

static void documents_are_sorted_and_each_is_once(void **unused)
{
    (void)unused;
    static const struct {
        const char *kind;
        int64_t (*number)(void);
    } rows[] = {
        { "of some years", of_some_years },
        { "of one slot", of_one_slot },
        { "at edges", of_edges },
        { "of all years", of_all_years },
        { "undated", undated },
        { "spilled", spilled },
        { "dated or not", dated_or_not },
        { "of any kind", of_any_kind },
        { "far from each other", sparse },
        { "of rows", of_rows },
        { "of foreign rows", of_foreign_rows },
        { "below all documents", below_all },
    };
    static const size_t counts[] = { 0, 1, 2, 3, 2047, 2048, 2049, 6000, 60000 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
            assert_sorted(rows[i].kind, rows[i].number, counts[j]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_sorted_and_each_is_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
