/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* How fast organizations are found: bench_organization FILE... looks through each in one thread and prints
 * MB/s; without a file it makes up articles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "page/organization.h"

/* Look through it again and again for a second. */
static void measure(const char *name, const bl_authority *authority, char *text, size_t size)
{
    bl_finder finder = { .authority = authority };
    const bl_article article = { .body = text };
    double start = now(), spent = 0;
    size_t rounds = 0, found = 0;
    for (; spent < 1.0; spent = now() - start, rounds++) {
        bl_error e = BL_ERROR_INIT;
        bl_organizations organizations;
        bl_organizations_find(&e, &finder, &article, &organizations);
        found = organizations.count;
        bl_organizations_free(&organizations);
    }
    bl_finder_free(&finder);
    printf("%-24s %10zu bytes %8.1f MB/s, %zu organizations\n", name, size,
           (double)(size * rounds) / spent / 1e6, found);
}

int main(int argc, char **argv)
{
    static const size_t paragraphs[] = { 3, 30, 300, 100000 };
    bl_error e = BL_ERROR_INIT;
    double start = now();
    bl_authority *authority = bl_authority_open(&e, NULL, NULL, NULL);
    if (!authority)
        return 1;
    printf("authority of %zu names read in %.1f ms\n", authority->name_count, (now() - start) * 1e3);
    for (int i = 1; i < argc; i++) {
        size_t size;
        char *page = slurp(argv[i], &size);
        if (page)
            measure(argv[i], authority, page, size);
        free(page);
    }
    for (size_t i = 0; argc == 1 && i < sizeof paragraphs / sizeof paragraphs[0]; i++) {
        size_t size;
        char *page = made_up(paragraphs[i], &size);
        if (page)
            measure("made up", authority, page, size);
        free(page);
    }
    bl_authority_close(authority);
    return 0;
}
