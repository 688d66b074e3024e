/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to the bytes in which the archive keeps them, and back. */
#include "kept_hit.h"

#include <string.h>

#include "index/slot.h"

/* The dated are ordered by their documents; of others the order stands behind. */
enum { SCORE = 8, HIT = BL_KEPT_DOC + SCORE + BL_KEPT_PLACES, ORDER = 8 };

/* So many or more are not told. */
#define MANY_PLACES UINT16_MAX

void bl_kept_put(bl_buffer *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        bl_buffer_putc(out, (char)(unsigned char)(value >> 8 * i));
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

void bl_kept_put_places(bl_buffer *out, uint32_t places)
{
    bl_kept_put(out, places < MANY_PLACES ? places : MANY_PLACES, BL_KEPT_PLACES);
}

uint32_t bl_kept_get_places(const unsigned char **at)
{
    const uint32_t places = (uint32_t)bl_kept_get(at, BL_KEPT_PLACES);
    return places < MANY_PLACES ? places : BL_HIT_PLACES_UNKNOWN;
}

void bl_kept_hit_print(const bl_hit *hit, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)hit->doc, BL_KEPT_DOC);
    bl_kept_put_score(out, hit->score);
    bl_kept_put_places(out, hit->places);
    if (hit->doc >= BL_SLOT_UNDATED)
        bl_kept_put(out, (uint64_t)hit->order, ORDER);
}

size_t bl_kept_hit_parse(const unsigned char *bytes, size_t size, bl_hit *hit)
{
    const unsigned char *at = bytes;
    if (size < HIT)
        return 0;
    *hit = (bl_hit){ .doc = (int64_t)bl_kept_get(&at, BL_KEPT_DOC) };
    hit->score = bl_kept_get_score(&at);
    hit->places = bl_kept_get_places(&at);
    hit->order = hit->doc;
    if (hit->doc < BL_SLOT_UNDATED)
        return HIT;
    hit->order = size < HIT + ORDER ? -1 : (int64_t)bl_kept_get(&at, ORDER);
    return size < HIT + ORDER ? 0 : HIT + ORDER;
}
