/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to the bytes in which the archive keeps them, and back. */
#include "kept_hit.h"

#include <string.h>

void bl_kept_put(bl_buffer *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        bl_buffer_putc(out, (char)(unsigned char)(value >> 8 * i));
}

uint64_t bl_kept_get(const unsigned char **at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t) * (*at)++ << 8 * i;
    return value;
}

void bl_kept_put_score(bl_buffer *out, double score)
{
    uint64_t bits;
    memcpy(&bits, &score, sizeof bits);
    bl_kept_put(out, bits, sizeof bits);
}

double bl_kept_get_score(const unsigned char **at)
{
    const uint64_t bits = bl_kept_get(at, sizeof bits);
    double score;
    memcpy(&score, &bits, sizeof score);
    return score;
}

void bl_kept_hit_print(const bl_hit *hit, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)hit->doc, 8);
    bl_kept_put(out, (uint64_t)hit->order, 8);
    bl_kept_put_score(out, hit->score);
    bl_kept_put(out, hit->places, 4);
}

bl_hit bl_kept_hit_parse(const unsigned char **at)
{
    bl_hit hit = { .doc = (int64_t)bl_kept_get(at, 8) };
    hit.order = (int64_t)bl_kept_get(at, 8);
    hit.score = bl_kept_get_score(at);
    hit.places = (uint32_t)bl_kept_get(at, 4);
    return hit;
}
