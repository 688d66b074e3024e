/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_KEPT_HIT_H
#define BL_KEPT_HIT_H

#include "base/buffer.h"
#include "search/top.h"

/* Bytes of a hit in the archive: document, order, score, places. */
enum { BL_KEPT_HIT = 28 };
void bl_kept_hit_print(const bl_hit *hit, bl_buffer *out);
/* Moves `at` behind it. */
bl_hit bl_kept_hit_parse(const unsigned char **at);

/* Numbers stand with their lowest byte first, whatever machine wrote them. */
void bl_kept_put(bl_buffer *out, uint64_t value, size_t bytes);
uint64_t bl_kept_get(const unsigned char **at, size_t bytes);
void bl_kept_put_score(bl_buffer *out, double score);
double bl_kept_get_score(const unsigned char **at);

#endif
