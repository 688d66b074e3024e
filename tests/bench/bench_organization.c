/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* How fast organizations are found: bench_organization FILE... looks through each in one thread and prints
 * MB/s; without a file it makes up articles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "page/organization.h"

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
