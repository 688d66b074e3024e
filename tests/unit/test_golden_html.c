/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* test_golden_html FILE: what a reader says of a page of markup, then its article, then the page, parted by
 * lines of dashes. Above the first stand `field: value` lines (an empty value: the page does not say); `#`
 * starts a remark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "page/page.h"

static const char *path;

static char *slurp(void)
{
    bl_buffer b = { 0 };
    char part[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(&b, part, n);
    fclose(file);
    return bl_buffer_steal(&b);
}

/* Cut at the next line of dashes; returns what stands behind it. */
static char *cut(char *text)
{
    char *dashes = strstr(text, "\n----\n");
    if (!dashes)
        fail_msg("%s lacks a line of dashes", path);
    *dashes = '\0';
    return dashes + 6;
}

static void check_field(const bl_article *a, const char *field, const char *value)
{
    const struct {
        const char *name;
        const char *got;
    } fields[] = { { "title", a->title },         { "published", a->published },
                   { "from", a->published_from }, { "source", a->source },
                   { "author", a->author },       { "site", a->site },
                   { "lang", a->lang },           { "url", a->url } };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(field, fields[i].name) == 0) {
            if (strcmp(fields[i].got ? fields[i].got : "", value) != 0)
                fail_msg("%s is [%s], not [%s]", field, fields[i].got ? fields[i].got : "", value);
            return;
        }
    fail_msg("%s is no field", field);
}

static void check_fields(const bl_article *a, char *head)
{
    for (char *line = strtok(head, "\n"); line; line = strtok(NULL, "\n")) {
        char *colon = strstr(line, ":");
        if (line[0] == '#' || !colon)
            continue;
        *colon = '\0';
        check_field(a, line, colon[1] == ' ' ? colon + 2 : colon + 1);
    }
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
    char *head = slurp(), *body = cut(head), *page = cut(body);
    const bl_page_hints hints = { .name = "page.html" };
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, page, strlen(page), &hints, &article);
    if (bl_failed(&e))
        fail_msg("%s", e.message);
    check_body(article.body, body);
    check_fields(&article, head);
    bl_article_free(&article);
    free(head);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(a_page_of_markup_is_read_as_a_reader_would) };
    path = argc > 1 ? argv[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
