/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Places in the order of an index's terms to the places of each document, in order. */
#include "positions.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

void bl_scattered_reserve(bl_error *e, bl_scattered *scattered, size_t more)
{
    if (!bl_grow(&scattered->list, &scattered->capacity, scattered->count + more, sizeof *scattered->list))
        bl_fail_nomem(e);
}

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void insert(uint32_t *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const uint32_t one = list[i];
        size_t at = i;
        for (; at > 0 && list[at - 1] > one; at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
}

/* The places of one column stand close together: a bit for each sorts them. */
enum { SPAN = 1 << 14, FEW = 12 };

static void mark(uint32_t *list, size_t count, uint32_t least, uint32_t most)
{
    uint64_t bits[SPAN / 64];
    const size_t words = (most - least) / 64 + 1;
    memset(bits, 0, words * sizeof *bits);
    for (size_t i = 0; i < count; i++)
        bits[(list[i] - least) / 64] |= (uint64_t)1 << (list[i] - least) % 64;
    for (size_t word = 0; word < words; word++)
        for (uint64_t left = bits[word]; left; left &= left - 1)
            *list++ = least + (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(left);
}

/* Different places, in ascending order. */
static void sort(uint32_t *list, size_t count)
{
    uint32_t least = UINT32_MAX, most = 0;
    if (count <= FEW) {
        insert(list, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        least = list[i] < least ? list[i] : least;
        most = list[i] > most ? list[i] : most;
    }
    if (most - least < SPAN)
        mark(list, count, least, most);
    else
        qsort(list, count, sizeof *list, ascending);
}

/* Most documents have places in the last columns only; those before are few. */
static void sort_columns(uint32_t *list, size_t count)
{
    size_t body = 0;
    for (size_t i = 0; i < count; i++)
        if (bl_position_column(list[i]) == 0) {
            const uint32_t one = list[i];
            list[i] = list[body];
            list[body++] = one;
        }
    sort(list, body);
    sort(list + body, count - body);
}

void bl_positions_open(bl_error *e, bl_positions *out, size_t count, size_t places)
{
    *out = (bl_positions){ malloc((places + 1) * sizeof *out->list), calloc(count + 1, sizeof *out->first),
                           calloc(count + 1, sizeof *out->sorted) };
    if (!out->list || !out->first || !out->sorted)
        bl_fail_nomem(e);
}

void bl_positions_join(bl_error *e, bl_positions *out, size_t count, const bl_positions *later, size_t more)
{
    const size_t before = out->first[count], places = later->first[more];
    bl_positions joined;
    bl_positions_open(e, &joined, count + more, before + places);
    if (!bl_failed(e)) {
        memcpy(joined.list, out->list, before * sizeof *joined.list);
        memcpy(joined.list + before, later->list, places * sizeof *joined.list);
        memcpy(joined.first, out->first, count * sizeof *joined.first);
        for (size_t i = 0; i <= more; i++)
            joined.first[count + i] = before + later->first[i];
        memcpy(joined.sorted, out->sorted, count * sizeof *joined.sorted);
        memcpy(joined.sorted + count, later->sorted, more * sizeof *joined.sorted);
    }
    bl_positions_free(out);
    *out = joined;
}

const uint32_t *bl_positions_of(const bl_positions *positions, size_t i, size_t *count)
{
    uint32_t *list = positions->list + positions->first[i];
    *count = positions->first[i + 1] - positions->first[i];
    if (!positions->sorted[i])
        sort_columns(list, *count);
    positions->sorted[i] = true;
    return list;
}

void bl_positions_free(bl_positions *positions)
{
    free(positions->list);
    free(positions->first);
    free(positions->sorted);
    *positions = (bl_positions){ 0 };
}
