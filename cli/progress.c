/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Figures of a running import into one changing line, or a plain line now and then. */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive.h"
#include "message.h"
#include "terminal.h"

double progress_clock(void)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void progress_start(progress *p, bool quiet)
{
    *p = (progress){ .quiet = quiet, .terminal = terminal_is_interactive(STDERR_FILENO) };
    p->started = p->last = progress_clock();
}

/* "12 s", "3 min", "2 h". */
static void put_duration(char *text, size_t size, double seconds)
{
    if (seconds < 100)
        snprintf(text, size, "%.0f s", seconds);
    else if (seconds < 6000)
        snprintf(text, size, "%.0f min", seconds / 60);
    else
        snprintf(text, size, "%.0f h", seconds / 3600);
}

static void put_figures(char *text, size_t size, const bulletin_progress *now, double elapsed)
{
    double rate = elapsed > 0 ? (double)now->bytes / 1e6 / elapsed : 0;
    char remaining[32] = "";
    if (now->bytes_total > now->bytes && rate > 0)
        put_duration(remaining, sizeof remaining, (double)(now->bytes_total - now->bytes) / 1e6 / rate);
    size_t used = (size_t)snprintf(text, size, message_text("%" PRIu64 " done, "), now->done);
    if (now->bytes_total > 0 && used < size)
        used += (size_t)snprintf(text + used, size - used, message_text("%.1f of %.1f MB, "),
                                 (double)now->bytes / 1e6, (double)now->bytes_total / 1e6);
    if (used < size)
        used += (size_t)snprintf(text + used, size - used, "%.1f MB/s", rate);
    if (remaining[0] != '\0' && used < size)
        used += (size_t)snprintf(text + used, size - used, message_text(", %s left"), remaining);
    if (now->failed > 0 && used < size)
        snprintf(text + used, size - used, message_text(", %" PRIu64 " failed"), now->failed);
}

bool progress_show(progress *p, const bulletin_progress *now)
{
    double clock = progress_clock();
    if (!p->quiet && clock - p->last >= (p->terminal ? 0.2 : 10.0)) {
        char text[160];
        p->last = clock;
        put_figures(text, sizeof text, now, clock - p->started);
        if (p->terminal)
            fprintf(stderr, "\r%s\033[K", text);
        else
            fprintf(stderr, "%s\n", text);
        fflush(stderr);
        p->shown = p->terminal;
    }
    return !archive_interrupted();
}

void progress_clear(progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}
