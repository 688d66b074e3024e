/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* How fast pages are read: bench_page FILE... reads them all in one thread and prints MB/s; without a file it
 * makes up pages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "page/page.h"

/* Read it again and again for a second. */
static void measure(const char *name, const char *page, size_t size)
{
    double start = now(), spent = 0;
    size_t rounds = 0;
    for (; spent < 1.0; spent = now() - start, rounds++) {
        bl_error e = BL_ERROR_INIT;
        bl_article article;
        bl_page_read(&e, page, size, NULL, &article);
        bl_article_free(&article);
    }
    printf("%-24s %10zu bytes %8.1f MB/s %8.1f us a page\n", name, size,
           (double)(size * rounds) / spent / 1e6, spent * 1e6 / (double)rounds);
}

/* Pages of the sizes in which they are saved: most have a few paragraphs, some have many. */
static void measure_mix(void)
{
    static const size_t paragraphs[] = { 1, 2, 3, 4, 5, 6, 8, 12, 20 };
    enum { PAGES = sizeof paragraphs / sizeof paragraphs[0] };
    char *pages[PAGES];
    size_t sizes[PAGES], rounds = 0, sum = 0;
    for (size_t i = 0; i < PAGES; i++) {
        pages[i] = made_up(paragraphs[i], &sizes[i]);
        sum += sizes[i];
    }
    double start = now(), spent = 0;
    for (; spent < 1.0; spent = now() - start, rounds++)
        for (size_t i = 0; i < PAGES; i++) {
            bl_error e = BL_ERROR_INIT;
            bl_article article;
            bl_page_read(&e, pages[i], sizes[i], NULL, &article);
            bl_article_free(&article);
        }
    printf("%-24s %10zu bytes %8.1f MB/s %8.1f us a page\n", "mixed sizes, mean of", sum / PAGES,
           (double)(sum * rounds) / spent / 1e6, spent * 1e6 / (double)(rounds * PAGES));
    for (size_t i = 0; i < PAGES; i++)
        free(pages[i]);
}

/* The same as a record that lacks every field but its body. */
static void measure_record(const char *page, size_t size)
{
    double start = now(), spent = 0;
    size_t rounds = 0;
    for (; spent < 1.0; spent = now() - start, rounds++) {
        bl_error e = BL_ERROR_INIT;
        bl_article record = { .body = strdup(page) };
        bl_page_complete(&e, ~0u, NULL, &record);
        bl_article_free(&record);
    }
    printf("%-24s %10zu bytes %8.1f MB/s %8.1f us a record\n", "as a record", size,
           (double)(size * rounds) / spent / 1e6, spent * 1e6 / (double)rounds);
}

int main(int argc, char **argv)
{
    static const size_t paragraphs[] = { 3, 30, 300, 18000 };
    for (int i = 1; i < argc; i++) {
        size_t size;
        char *page = slurp(argv[i], &size);
        if (page)
            measure(argv[i], page, size);
        free(page);
    }
    if (argc == 1)
        measure_mix();
    for (size_t i = 0; argc == 1 && i < sizeof paragraphs / sizeof paragraphs[0]; i++) {
        size_t size;
        char *page = made_up(paragraphs[i], &size);
        if (page)
            measure("made up", page, size);
        if (page)
            measure_record(page, size);
        free(page);
    }
    return 0;
}
