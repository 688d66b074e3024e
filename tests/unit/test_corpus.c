/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The corpus against what a reader says of it: the rows of expected.tsv, which the corpus' README explains.
 * The variable CORPUS names its folder. */
#include "support.h"

#include "base/buffer.h"
#include "page/page.h"

typedef enum column { FILE_NAME, TITLE, PUBLISHED, SOURCE, LANG, BODY_HAS, FURNITURE_ONLY, COLUMNS } column;

typedef struct row {
    const char *fields[COLUMNS];
} row;

static char *table; /* the file, cut into fields */
static row *rows;
static size_t row_count;
static size_t failures;

static char *slurp(const char *name, size_t *size)
{
    char path[4096], part[65536];
    bl_buffer b = { 0 };
    snprintf(path, sizeof path, "%s/%s", getenv("CORPUS"), name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(&b, part, n);
    fclose(file);
    *size = b.size;
    return bl_buffer_steal(&b);
}

static row cut_row(char *line)
{
    row r;
    for (size_t i = 0; i < COLUMNS; i++) {
        char *end = line + strcspn(line, "\t");
        r.fields[i] = line;
        line = *end ? end + 1 : end;
        *end = '\0';
    }
    return r;
}

static int read_table(void **state)
{
    (void)state;
    size_t size;
    table = slurp("expected.tsv", &size);
    char *rest = table, *line = strtok_r(rest, "\r\n", &rest); /* the header */
    while ((line = strtok_r(NULL, "\r\n", &rest))) {
        rows = realloc(rows, (row_count + 1) * sizeof *rows);
        rows[row_count++] = cut_row(line);
    }
    return 0;
}

static int free_table(void **state)
{
    (void)state;
    free(rows);
    free(table);
    return 0;
}

static bl_article read_page(const row *r)
{
    char name[1024];
    size_t size;
    snprintf(name, sizeof name, "bulletins/%s", r->fields[FILE_NAME]);
    char *page = slurp(name, &size);
    bl_page_hints hints = { .name = name };
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, page, size, &hints, &article);
    if (bl_failed(&e))
        fail_msg("%s: %s", name, e.message);
    free(page);
    return article;
}

/* The next of words or names parted by " | ", in `out`; NULL behind the last. */
static const char *next_part(const char **rest, char out[1000])
{
    if (**rest == '\0')
        return NULL;
    const char *bar = strstr(*rest, " | ");
    size_t n = bar ? (size_t)(bar - *rest) : strlen(*rest);
    assert_true(n < 1000);
    memcpy(out, *rest, n);
    out[n] = '\0';
    *rest += bar ? n + 3 : n;
    return out;
}

/* Tell of every row before the test fails, not of the first alone. */
static void blame(const row *r, const char *what, const char *got, const char *expected)
{
    print_error("%s: %s is [%s], not [%s]\n", r->fields[FILE_NAME], what, got ? got : "", expected);
    failures++;
}

static void for_each_page(void (*check)(const row *r, const bl_article *a))
{
    failures = 0;
    assert_true(row_count > 0);
    for (size_t i = 0; i < row_count; i++) {
        bl_article article = read_page(&rows[i]);
        check(&rows[i], &article);
        bl_article_free(&article);
    }
    assert_int_equal(failures, 0);
}

static bool same(const char *got, const char *expected)
{
    return strcmp(got ? got : "", expected) == 0;
}

static void check_title(const row *r, const bl_article *a)
{
    if (!same(a->title, r->fields[TITLE]))
        blame(r, "title", a->title, r->fields[TITLE]);
}

static void check_published(const row *r, const bl_article *a)
{
    if (!same(a->published, r->fields[PUBLISHED]))
        blame(r, "published", a->published, r->fields[PUBLISHED]);
}

/* One name may hold the other: a newspaper with its channel, or without. */
static void check_source(const row *r, const bl_article *a)
{
    const char *rest = r->fields[SOURCE];
    char name[1000];
    bool right = *rest == '\0';
    while (!right && a->source && next_part(&rest, name))
        right = strstr(name, a->source) || strstr(a->source, name);
    if (!right)
        blame(r, "source", a->source, r->fields[SOURCE]);
}

static void check_lang(const row *r, const bl_article *a)
{
    if (!same(r->fields[LANG], "mixed") ? !same(a->lang, r->fields[LANG]) : !a->lang)
        blame(r, "lang", a->lang, r->fields[LANG]);
}

static bool holds(const bl_article *a, const char *words)
{
    return strstr(a->body, words) || (a->title && strstr(a->title, words));
}

static void check_body(const row *r, const bl_article *a)
{
    const char *rest = r->fields[BODY_HAS];
    char words[1000];
    while (next_part(&rest, words))
        if (!holds(a, words))
            blame(r, "body", "without its words", words);
}

/* No page at all may hold what stands in lists and advertisements alone. */
static void check_furniture(const row *r, const bl_article *a)
{
    char words[1000];
    for (size_t i = 0; i < row_count; i++)
        for (const char *rest = rows[i].fields[FURNITURE_ONLY]; next_part(&rest, words);) {
            if (holds(a, words))
                blame(r, "article", words, "in any article");
            if (i == (size_t)(r - rows) && !strstr(a->furniture, words))
                blame(r, "furniture", "without its words", words);
        }
}

static void every_title_is_the_one_printed(void **state)
{
    (void)state;
    for_each_page(check_title);
}

static void every_date_is_the_day_of_publication_or_none(void **state)
{
    (void)state;
    for_each_page(check_published);
}

static void every_source_is_the_one_stated(void **state)
{
    (void)state;
    for_each_page(check_source);
}

static void every_language_is_told(void **state)
{
    (void)state;
    for_each_page(check_lang);
}

static void every_article_is_in_its_body(void **state)
{
    (void)state;
    for_each_page(check_body);
}

static void no_menu_list_or_advertisement_is_in_any_article(void **state)
{
    (void)state;
    for_each_page(check_furniture);
}

static void no_search_finds_what_stands_around_articles(void **state)
{
    test_archive *t = *state;
    char folder[4096], words[1000];
    snprintf(folder, sizeof folder, "%s/bulletins", getenv("CORPUS"));
    const char *paths[] = { folder };
    bulletin_counts counts;
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, &counts), BULLETIN_OK);
    assert_true(counts.added >= row_count);
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_LITERAL | BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL;
    failures = 0;
    for (size_t i = 0; i < row_count; i++)
        for (const char *rest = rows[i].fields[FURNITURE_ONLY]; next_part(&rest, words);) {
            char keys[1000];
            if (*found(t, words, &options, keys))
                blame(&rows[i], words, keys, "found nowhere");
        }
    assert_int_equal(failures, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_title_is_the_one_printed),
        cmocka_unit_test(every_date_is_the_day_of_publication_or_none),
        cmocka_unit_test(every_source_is_the_one_stated),
        cmocka_unit_test(every_language_is_told),
        cmocka_unit_test(every_article_is_in_its_body),
        cmocka_unit_test(no_menu_list_or_advertisement_is_in_any_article),
        cmocka_unit_test_setup_teardown(no_search_finds_what_stands_around_articles, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, read_table, free_table);
}
