/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits to the bytes in which the archive keeps them, and back. */
#include "kept_hit.h"

#include "index/slot.h"
#include "rank.h"

/* The dated are ordered by their documents; of others the order stands behind. */
enum { HIT = BL_KEPT_DOC + BL_KEPT_SCORE + BL_KEPT_PLACES + BL_KEPT_FIRST, ORDER = 8 };

/* So many or more are not told. */
#define MANY_PLACES UINT16_MAX

void bl_kept_put(bl_buffer *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        bl_buffer_putc(out, (char)(unsigned char)(value >> 8 * i));
}

void bl_kept_put_score(bl_buffer *out, double score)
{
    bl_kept_put(out, (uint64_t)(score * BL_RANK_STEPS), BL_KEPT_SCORE);
}

double bl_kept_get_score(const unsigned char **at)
{
    return (double)bl_kept_get(at, BL_KEPT_SCORE) / BL_RANK_STEPS;
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

/* A text is read from there on: steps are shorter than what is read at once. */
enum { FIRST_STEP = 8, FIRST_MOST = UINT8_MAX - 1, FIRST_NOWHERE = UINT8_MAX };

void bl_kept_put_first(bl_buffer *out, uint32_t first)
{
    const uint32_t step = first / FIRST_STEP;
    const uint32_t known = step < FIRST_MOST ? step : FIRST_MOST;
    bl_kept_put(out, first == BL_OCCURRENCE_NOWHERE ? FIRST_NOWHERE : known, BL_KEPT_FIRST);
}

uint32_t bl_kept_get_first(const unsigned char **at)
{
    const uint32_t step = (uint32_t)bl_kept_get(at, BL_KEPT_FIRST);
    return step == FIRST_NOWHERE ? BL_OCCURRENCE_NOWHERE : step * FIRST_STEP;
}

void bl_kept_hit_print(const bl_hit *hit, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)hit->doc, BL_KEPT_DOC);
    bl_kept_put_score(out, hit->score);
    bl_kept_put_places(out, hit->places);
    bl_kept_put_first(out, hit->first);
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
    hit->first = bl_kept_get_first(&at);
    hit->order = hit->doc;
    if (hit->doc < BL_SLOT_UNDATED)
        return HIT;
    hit->order = size < HIT + ORDER ? -1 : (int64_t)bl_kept_get(&at, ORDER);
    return size < HIT + ORDER ? 0 : HIT + ORDER;
}
