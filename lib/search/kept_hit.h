/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_KEPT_HIT_H
#define BL_KEPT_HIT_H

#include "base/buffer.h"
#include "search/top.h"

/* Bytes that a document, a score, a number of places and the first of them take in the archive. */
enum { BL_KEPT_DOC = 6, BL_KEPT_SCORE = 2, BL_KEPT_PLACES = 2, BL_KEPT_FIRST = 1 };

void bl_kept_hit_print(const bl_hit *hit, bl_buffer *out);
/* How many bytes the hit took; 0 when they are none. */
size_t bl_kept_hit_parse(const unsigned char *bytes, size_t size, bl_hit *hit);

/* Numbers stand with their lowest byte first, whatever machine wrote them. */
void bl_kept_put(bl_buffer *out, uint64_t value, size_t bytes);
static inline uint64_t bl_kept_get(const unsigned char **at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)(*at)[i] << 8 * i;
    *at += bytes;
    return value;
}
/* Of a term, without its idf: it comes back as it was. */
void bl_kept_put_score(bl_buffer *out, double score);
double bl_kept_get_score(const unsigned char **at);
void bl_kept_put_places(bl_buffer *out, uint32_t places);
uint32_t bl_kept_get_places(const unsigned char **at);
/* What comes back is no later, and mostly near. */
void bl_kept_put_first(bl_buffer *out, uint32_t first);
uint32_t bl_kept_get_first(const unsigned char **at);

#endif
