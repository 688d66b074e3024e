/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What is read many bytes at once is what it would be one by one. */
#include "support.h"

#include "base/bytes.h"
#include "base/step.h"

static uint32_t state = 7;

static uint32_t below(uint32_t limit)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
}

/* A copy that ends where its memory does, so that a sanitizer sees whoever reads on. */
static char *copy_of(const char *bytes, size_t size)
{
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    if (size > 0)
        memcpy(copy, bytes, size);
    char *exact = realloc(copy, size > 0 ? size : 1);
    return exact ? exact : copy;
}

static size_t zeros_of(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += bytes[i] == '\0';
    return count;
}

/* ---- tests ---- */

/* Every place, and the zeros before it, by looking at each byte. */
static void assert_places(const char *bytes, size_t size, const char *part, size_t part_size)
{
    char *copy = copy_of(bytes, size);
    bl_bytes_search places = bl_bytes_search_of(copy, size, part, part_size);
    for (size_t i = 0; i + part_size <= size; i++) {
        if (memcmp(bytes + i, part, part_size) != 0)
            continue;
        if (!bl_bytes_search_next(&places) || places.place != copy + i)
            fail_msg("%zu bytes in %zu do not stand at %zu", part_size, size, i);
        if (places.zeros != zeros_of(bytes, i))
            fail_msg("%zu zeros before place %zu of %zu, not %zu", zeros_of(bytes, i), i, size, places.zeros);
    }
    if (bl_bytes_search_next(&places))
        fail_msg("%zu bytes in %zu stand where they do not", part_size, size);
    assert_int_equal(places.zeros, zeros_of(bytes, size));
    for (size_t i = 0, start = 0; i <= size; i++) {
        start = i > 0 && bytes[i - 1] == '\0' ? i : start;
        if (bl_bytes_start(copy, copy + i) != copy + start)
            fail_msg("what holds place %zu of %zu does not start at %zu", i, size, start);
    }
    free(copy);
}

/* Of a few letters, so that parts nearly match and stand everywhere. */
static void parts_are_found_wherever_they_stand(void **unused)
{
    (void)unused;
    for (int round = 0; round < 40000; round++) {
        char bytes[100], part[24];
        const size_t size = below(sizeof bytes), part_size = 1 + below(round % 2 ? 3 : sizeof part - 1);
        const uint32_t letters = 1 + below(3);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)below(letters + 1);
        for (size_t i = 0; i < part_size; i++)
            part[i] = (char)(1 + below(letters));
        assert_places(bytes, size, part, part_size);
    }
}

static void zeros_are_counted_over_any_length(void **unused)
{
    (void)unused;
    static const uint32_t kinds[] = { 1, 2, 3, 30, 300 };
    char bytes[1800];
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        for (size_t size = 0; size < sizeof bytes; size += size < 80 ? 1 : 37) {
            for (size_t i = 0; i < size; i++)
                bytes[i] = (char)(below(kinds[kind]) ? 1 + below(255) : 0);
            assert_places(bytes, size, "\x7F", 1);
            assert_places(bytes, size, "\x01\xFF\x80", 3);
        }
}

static void steps_come_back_whatever_follows_them(void **unused)
{
    (void)unused;
    for (unsigned bits = 0; bits < 49; bits++)
        for (int64_t near = -1; near <= 1; near++) {
            const int64_t step = ((int64_t)1 << bits) + near;
            bl_buffer out = { 0 };
            int64_t back = -1;
            bl_step_put(&out, step);
            const size_t size = out.size;
            for (uint32_t more = 0; more < 12; more++) {
                char *copy = copy_of(out.data, out.size);
                if (bl_step_get((unsigned char *)copy, out.size, &back) != size || back != step)
                    fail_msg("%lld is %lld with %u bytes behind it", (long long)step, (long long)back, more);
                free(copy);
                bl_buffer_putc(&out, (char)below(256));
            }
            bl_buffer_free(&out);
        }
}

static void steps_that_do_not_end_are_none(void **unused)
{
    (void)unused;
    static const unsigned char bytes[] = { 0x80, 0x81, 0xFF, 0x80, 0xFF, 0x80, 0x80, 0x01, 0x01, 0x01 };
    int64_t step;
    for (size_t size = 0; size <= sizeof bytes; size++)
        assert_int_equal(bl_step_get(bytes, size, &step), 0);
    for (size_t size = 0; size < 6; size++)
        assert_int_equal(bl_step_get(bytes + 2, size, &step), 0);
    assert_int_equal(bl_step_get(bytes + 2, 6, &step), 6);
    assert_int_equal(bl_step_get(bytes + 2, 8, &step), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_found_wherever_they_stand),
        cmocka_unit_test(zeros_are_counted_over_any_length),
        cmocka_unit_test(steps_come_back_whatever_follows_them),
        cmocka_unit_test(steps_that_do_not_end_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
