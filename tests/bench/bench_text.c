/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Measures folding and cutting of a file, line by line, on one thread:
 *     bench_text FILE [RUNS]
 * Prints the median of the runs in MB of text a second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "text/fold.h"
#include "text/token.h"

#define MOST_RUNS 99

typedef struct work {
    bl_error e;
    bl_cutter *cutter;
    bl_tokens tokens;
    bl_folded folded;
    size_t count; /* tokens of all lines */
} work;

static void fold_line(work *w, const char *line, size_t size)
{
    bl_fold(&w->e, line, size, &w->folded);
}

static void cut_line(work *w, const char *line, size_t size)
{
    bl_cut(&w->e, w->cutter, line, size, &w->tokens);
    w->count += w->tokens.count;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double run(work *w, const bl_buffer *text, void (*step)(work *, const char *, size_t))
{
    double start = seconds();
    w->count = 0;
    for (size_t at = 0; at < text->size;) {
        const char *end = memchr(text->data + at, '\n', text->size - at);
        size_t size = end ? (size_t)(end - text->data) - at : text->size - at;
        step(w, text->data + at, size);
        at += size + 1;
    }
    return (double)text->size / 1e6 / (seconds() - start);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(work *w, const bl_buffer *text, const char *name, int runs,
                   void (*step)(work *, const char *, size_t))
{
    double rate[MOST_RUNS];
    for (int i = 0; i < runs; i++)
        rate[i] = run(w, text, step);
    qsort(rate, (size_t)runs, sizeof *rate, ascending);
    printf("%s: median %.1f MB/s (%.1f to %.1f, %d runs)\n", name, rate[runs / 2], rate[0], rate[runs - 1],
           runs);
}

static bool read_file(const char *path, bl_buffer *text)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return false;
    }
    char part[65536];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(text, part, got);
    fclose(file);
    return !text->failed && text->size > 0;
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[2]) : 5;
    bl_buffer text = { 0 };
    if (argc < 2 || runs < 1 || runs > MOST_RUNS || !read_file(argv[1], &text)) {
        fprintf(stderr, "usage: bench_text FILE [RUNS, 1 to %d]\n", MOST_RUNS);
        return 2;
    }
    work w = { .e = BL_ERROR_INIT };
    w.cutter = bl_cutter_open(&w.e);
    report(&w, &text, "fold", runs, fold_line);
    report(&w, &text, "fold and cut", runs, cut_line);
    printf("%zu bytes, %zu tokens\n", text.size, w.count);
    if (bl_failed(&w.e))
        fprintf(stderr, "%s\n", w.e.message);
    bl_cutter_close(w.cutter);
    bl_tokens_free(&w.tokens);
    bl_folded_free(&w.folded);
    bl_buffer_free(&text);
    return bl_failed(&w.e) ? 1 : 0;
}
