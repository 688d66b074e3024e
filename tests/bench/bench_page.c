/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* How fast pages are read: bench_page FILE... reads them all in one thread and prints MB/s; without a file it
 * makes up pages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "page/page.h"

/* Time of this process alone: others on the machine do not count. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *slurp(const char *path, size_t *size)
{
    bl_buffer b = { 0 };
    FILE *file = fopen(path, "rb");
    char part[65536];
    for (size_t n; file && (n = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(&b, part, n);
    if (file)
        fclose(file);
    *size = b.size;
    return bl_buffer_steal(&b);
}

static char *made_up(size_t paragraphs, size_t *size)
{
    bl_buffer b = { 0 };
    bl_buffer_puts(&b, "首页 > 新闻\n某县总工会为环卫工人开办夜间茶摊\n发布时间:2024-05-06 10:00 "
                       "来源:某县工会网 浏览次数:12\n");
    for (size_t i = 0; i < paragraphs; i++)
        bl_buffer_puts(&b, "茶摊设在汽车站旁边,每晚八点到十二点开着,有热水、凳子和充电的插座,"
                           "谁路过都可以坐下来歇一歇。县总工会说,"
                           "一年下来来过三万人次,花的钱比一场晚会少。\nThe stall keeps a book in which "
                           "people write what they need.\n\n");
    bl_buffer_puts(&b, "责任编辑:某某\n相关新闻\n另一条消息 2024-05-01\n");
    *size = b.size;
    return bl_buffer_steal(&b);
}

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
