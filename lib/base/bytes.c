/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Megabytes to what stands in them, sixteen bytes at once. */
#include "bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 16 };
typedef uint8_t lanes __attribute__((vector_size(LANES)));

static lanes load(const char *at)
{
    lanes bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

static bool any(lanes bytes)
{
    uint64_t halves[2];
    memcpy(halves, &bytes, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The first lane that is not 0, where there is any. */
static unsigned first(lanes bytes)
{
    uint64_t halves[2];
    memcpy(halves, &bytes, sizeof halves);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    halves[0] = __builtin_bswap64(halves[0]);
    halves[1] = __builtin_bswap64(halves[1]);
#endif
    return (unsigned)(halves[0] ? __builtin_ctzll(halves[0]) : 64 + __builtin_ctzll(halves[1])) / 8;
}

/* Of lanes whose sums are below 256 for each half. */
static size_t sum(lanes bytes)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t halves[2];
    memcpy(halves, &bytes, sizeof halves);
    return (size_t)((halves[0] * ones >> 56) + (halves[1] * ones >> 56));
}

/* Fewer than LANES. */
static size_t zeros_of_few(const char *from, const char *to)
{
    size_t count = 0;
    while (from < to)
        count += *from++ == '\0';
    return count;
}

size_t bl_bytes_zeros(const char *from, const char *to)
{
    enum { MOST = 255 / (LANES / 2) }; /* for sum() */
    static const lanes places = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    size_t count = 0;
    if (to - from < LANES)
        return zeros_of_few(from, to);
    while (to - from >= LANES) {
        lanes zeros = { 0 };
        for (int i = 0; i < MOST && to - from >= LANES; i++, from += LANES)
            zeros -= (lanes)(load(from) == 0); /* a comparison that holds is -1 */
        count += sum(zeros);
    }
    const uint8_t counted = (uint8_t)(LANES - (to - from)); /* of the last sixteen */
    return count + sum((lanes)(load(to - LANES) == 0) & (lanes)(places >= counted) & 1);
}

/* By its last two bytes: of characters of one script the first is mostly the same. */
const char *bl_bytes_find(const char *from, const char *end, const char *part, size_t size)
{
    const size_t two = size > 1;
    const uint8_t last = (uint8_t)part[size - 1], before = (uint8_t)part[size - 1 - two];
    if ((size_t)(end - from) < size)
        return NULL;
    const char *at = from + size - 1; /* where the last byte may be */
    for (; end - at >= LANES; at += LANES) {
        lanes found = (lanes)(load(at) == last) & (lanes)(load(at - two) == before);
        for (; any(found); found[first(found)] = 0)
            if (memcmp(at + first(found) + 1 - size, part, size) == 0)
                return at + first(found) + 1 - size;
    }
    for (; at < end; at++)
        if ((uint8_t)*at == last && memcmp(at + 1 - size, part, size) == 0)
            return at + 1 - size;
    return NULL;
}
