/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BENCH_H
#define BENCH_H

/* What benchmarks share: the time, files, and pages where there is no file. */
#include <stdio.h>
#include <time.h>

#include "base/buffer.h"

/* Time of this process alone: others on the machine do not count. */
static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline char *slurp(const char *path, size_t *size)
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

static inline char *made_up(size_t paragraphs, size_t *size)
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

#endif
