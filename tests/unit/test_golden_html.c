/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* test_golden_html FILE: what a reader says of a page of markup, then its article, then the page, parted by
 * lines of dashes. Above the first stand `field: value` lines (an empty value: the page does not say); `#`
 * starts a remark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "golden.h"

static const char *path;

static void check_field(const bl_article *a, const char *field, const char *value)
{
    if (!has_field(a, field, value))
        fail_msg("%s is no field", field);
}

/* The first line that differs tells more than both texts. */
static void check_body(const char *got, const char *expected)
{
    while (*got && *expected) {
        size_t n = strcspn(got, "\n"), m = strcspn(expected, "\n");
        if (n != m || memcmp(got, expected, n) != 0)
            fail_msg("the article goes on [%.*s], not [%.*s]", (int)n, got, (int)m, expected);
        got += n + (got[n] == '\n');
        expected += m + (expected[m] == '\n');
    }
    if (*got || *expected)
        fail_msg("the article %s [%.200s]", *got ? "also has" : "lacks", *got ? got : expected);
}

static void a_page_of_markup_is_read_as_a_reader_would(void **state)
{
    (void)state;
    char *head = slurp(path), *body = cut(path, head), *page = cut(path, body);
    const bl_page_hints hints = { .name = "page.html" };
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, page, strlen(page), &hints, &article);
    if (bl_failed(&e))
        fail_msg("%s", e.message);
    check_body(article.body, body);
    check_lines(&article, head, check_field);
    bl_article_free(&article);
    free(head);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(a_page_of_markup_is_read_as_a_reader_would) };
    path = argc > 1 ? argv[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
