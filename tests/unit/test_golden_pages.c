/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* test_golden_pages FILE: what a reader says of a page, then the page, in one file. Above a line of dashes
 * stand `field: value` lines (an empty value: the page does not say), `has:` words of the article and
 * `lacks:` words that only stand around it; `#` starts a remark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "golden.h"

static const char *path;

static bool article_holds(const bl_article *a, const char *words)
{
    return strstr(a->body, words) || (a->title && strstr(a->title, words));
}

static void check(const bl_article *a, const char *field, const char *value)
{
    if (strcmp(field, "has") == 0 && !article_holds(a, value))
        fail_msg("the article lacks [%s]", value);
    if (strcmp(field, "lacks") == 0 && article_holds(a, value))
        fail_msg("the article holds [%s]", value);
    if (strcmp(field, "body") == 0 && strncmp(a->body, value, strlen(value)) != 0)
        fail_msg("the body starts [%.60s], not [%s]", a->body, value);
    has_field(a, field, value);
}

/* How often each character occurs in a text, blanks aside. */
static void count(const char *text, unsigned *counts, int step)
{
    size_t size = text ? strlen(text) : 0;
    for (size_t at = 0; at < size;) {
        uint32_t c = bl_utf8_next(text, size, &at);
        if (c > ' ' && c != 0x3000 && c != 0xA0 && c < 0x10000)
            counts[c] += (unsigned)step;
    }
}

/* Title, body and furniture together hold what the page holds, each line once; only lines that lost something
 * (glosses, tags, spliced words) are there a second time as printed. */
static void check_nothing_lost(const bl_article *a, const char *page, bool cleaned)
{
    static unsigned counts[0x10000];
    memset(counts, 0, sizeof counts);
    count(page, counts, 1);
    count(a->title, counts, -1);
    count(a->body, counts, -1);
    count(a->furniture, counts, -1);
    for (uint32_t c = 0; c < 0x10000; c++)
        if (cleaned ? (int)counts[c] > 0 : counts[c] != 0)
            fail_msg("U+%04X is there %d times %s", (unsigned)c, abs((int)counts[c]),
                     (int)counts[c] > 0 ? "less" : "more");
}

static void a_page_is_read_as_a_reader_would(void **state)
{
    (void)state;
    char *text = slurp(path);
    const char *page = cut(path, text);
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, page, strlen(page), NULL, &article);
    if (bl_failed(&e))
        fail_msg("%s", e.message);
    bool tags = strstr(text, "# tags") != NULL;
    if (!tags)
        check_nothing_lost(&article, page, strstr(text, "# cleaned") != NULL);
    check_lines(&article, text, check);
    bl_article_free(&article);
    free(text);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(a_page_is_read_as_a_reader_would) };
    path = argc > 1 ? argv[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
