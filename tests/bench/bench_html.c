/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* How fast pages of markup are read: bench_html FILE... reads them all in one thread, each for a while, and
 * prints MB/s; without a file it makes up pages, and some that are meant to take long. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"
#include "page/page.h"

static double peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void repeat(bl_buffer *b, const char *what, size_t bytes)
{
    for (size_t n = strlen(what), i = 0; i < bytes; i += n)
        bl_buffer_append(b, what, n);
}

static void read_once(const char *page, size_t size)
{
    bl_page_hints hints = { .name = "page.html" };
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, page, size, &hints, &article);
    if (bl_failed(&e))
        printf("  failed: %s\n", e.message);
    bl_article_free(&article);
}

static void measure(const char *name, const char *page, size_t size, double seconds)
{
    double start = now(), spent = 0;
    size_t rounds = 0;
    do {
        read_once(page, size);
        rounds++;
        spent = now() - start;
    } while (spent < seconds);
    printf("%-40s %8.2f MB %8.1f MB/s %8.3f s  peak %.0f MB\n", name, (double)size / 1e6,
           (double)size * (double)rounds / spent / 1e6, spent / (double)rounds, peak());
}

/* Pages that are easy to make long, and hard to read when something is not linear. */
static void measure_made_up(size_t bytes)
{
    static const struct {
        const char *name;
        const char *before;
        const char *unit;
    } pages[] = {
        { "paragraphs", "<title>x</title><div>",
          "<p class=\"text\">The hall was full, and <a href=\"/a\">the treasurer</a> read, line by line, "
          "what "
          "the year had cost.</p>\n<p>大会听取了财务报告，代表们逐项讨论了预算。</p>" },
        { "links", "<body>", "<li><a href=\"/x.html\">某镇工会换届</a><span>2024-05-01</span></li>" },
        { "nested divisions", "<body>", "<div>" },
        { "nested spans with text", "<body>", "<span>字" },
        { "unclosed paragraphs", "<body>", "<p>字" },
        { "unmatched ends", "<body><div>", "</span>" },
        { "unclosed comments", "<body>", "<!-- " },
        { "unclosed scripts", "<body>", "<script>" },
        { "unclosed quotes", "<body>", "<a b='" },
        { "open tags", "<body>", "<a " },
        { "nested tables", "<body>", "<table><tr><td>字" },
        { "cells", "<body><table>", "<tr><td>1</td><td>二</td></tr>" },
        { "character references", "<body><p>", "&#20013;&amp;" },
        { "formatting", "<body><p>", "<b><i>x</b></i>" },
        { "hidden", "<body>", "<div style=\"display:none\"><p>字</p></div>" },
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        bl_buffer b = { 0 };
        bl_buffer_puts(&b, pages[i].before);
        repeat(&b, pages[i].unit, bytes);
        measure(pages[i].name, b.data, b.size, 0);
        bl_buffer_free(&b);
    }
}

int main(int argc, char **argv)
{
    double total = 0, start = now();
    if (argc == 3 && strcmp(argv[1], "--size") == 0) {
        measure_made_up((size_t)strtoull(argv[2], NULL, 10));
        return 0;
    }
    if (argc == 1)
        measure_made_up(1000000);
    for (int i = 1; i < argc; i++) {
        size_t size;
        char *page = slurp(argv[i], &size);
        for (int round = 0; page && round < 5; round++)
            read_once(page, size);
        total += 5 * (double)size;
        free(page);
    }
    if (argc > 1)
        printf("%d pages: %.1f MB/s, peak %.0f MB\n", argc - 1, total / 1e6 / (now() - start), peak());
    return 0;
}
