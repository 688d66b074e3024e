/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Two texts' tokens to how much they share. */
#include "resemblance.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash(const unsigned char *s, size_t size)
{
    uint64_t value = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        value = (value ^ s[i]) * 0x100000001b3u;
    return value;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Hashes of the distinct tokens, ascending; new. */
static uint64_t *distinct(const bl_prepared *list, size_t *count)
{
    uint64_t *hashes = malloc((list->token_size / 2 + 1) * sizeof *hashes);
    size_t all = 0;
    *count = 0;
    if (!hashes)
        return NULL;
    for (bl_prepared_walk w = bl_prepared_begin(list); bl_prepared_next(&w);)
        hashes[all++] = hash(w.token, w.size);
    qsort(hashes, all, sizeof *hashes, compare);
    for (size_t i = 0; i < all; i++)
        if (i == 0 || hashes[i] != hashes[i - 1])
            hashes[(*count)++] = hashes[i];
    return hashes;
}

double bl_resemblance(bl_error *e, const bl_prepared *a, const bl_prepared *b)
{
    size_t counts[2], both = 0;
    uint64_t *x = distinct(a, &counts[0]), *y = distinct(b, &counts[1]);
    if (!x || !y)
        bl_fail_nomem(e);
    for (size_t i = 0, j = 0; x && y && i < counts[0] && j < counts[1];) {
        both += x[i] == y[j];
        bool first = x[i] <= y[j], second = y[j] <= x[i];
        i += first;
        j += second;
    }
    free(x);
    free(y);
    size_t either = bl_failed(e) ? 0 : counts[0] + counts[1] - both;
    return either > 0 ? (double)both / (double)either : 1;
}
