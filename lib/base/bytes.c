/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Megabytes to the places where a part stands in them, sixteen bytes at once. */
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

/* Two numbers, of which the first lane is the lowest byte. */
typedef struct halves {
    uint64_t low, high;
} halves;

static halves halves_of(lanes bytes)
{
    halves h;
    memcpy(&h, &bytes, sizeof h);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    h.low = __builtin_bswap64(h.low);
    h.high = __builtin_bswap64(h.high);
#endif
    return h;
}

static bool any(lanes bytes)
{
    const halves h = halves_of(bytes);
    return (h.low | h.high) != 0;
}

/* The first lane that is not 0, where there is any. */
static unsigned first(lanes bytes)
{
    const halves h = halves_of(bytes);
    return (unsigned)(h.low ? __builtin_ctzll(h.low) : 64 + __builtin_ctzll(h.high)) / 8;
}

/* The last of them. */
static unsigned last(lanes bytes)
{
    const halves h = halves_of(bytes);
    return (unsigned)(h.high ? 127 - __builtin_clzll(h.high) : 63 - __builtin_clzll(h.low)) / 8;
}

/* Of lanes whose sums are below 256 for each half. */
static size_t sum(lanes bytes)
{
    const uint64_t ones = 0x0101010101010101;
    const halves h = halves_of(bytes);
    return (size_t)((h.low * ones >> 56) + (h.high * ones >> 56));
}

bl_bytes_search bl_bytes_search_of(const char *bytes, size_t size, const char *part, size_t part_size)
{
    bl_bytes_search p = { .at = bytes, .end = bytes + size, .part = part, .size = part_size };
    for (; p.at < p.end && p.at < bytes + part_size - 1; p.at++)
        p.zeros += *p.at == '\0';
    return p;
}

/* `at` is where the last byte of the part may stand. */
static bool stands(const bl_bytes_search *p, const char *at)
{
    return memcmp(at + 1 - p->size, p->part, p->size) == 0;
}

/* Whether it ends at one of those lanes; then at the first. */
static bool find_first(bl_bytes_search *p, lanes ends, lanes bytes)
{
    static const lanes numbers = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    for (; any(ends); ends[first(ends)] = 0) {
        const unsigned lane = first(ends);
        if (!stands(p, p->at + lane))
            continue;
        p->zeros += sum((lanes)(bytes == 0) & (lanes)(numbers < (uint8_t)lane) & 1);
        p->place = p->at + lane + 1 - p->size;
        p->at += lane + 1;
        return true;
    }
    return false;
}

static bool find_in_rest(bl_bytes_search *p)
{
    for (; p->at < p->end; p->at++) {
        if (stands(p, p->at)) {
            p->place = ++p->at - p->size;
            return true;
        }
        p->zeros += *p->at == '\0';
    }
    return false;
}

/* By its last two bytes: of characters of one script the first is mostly the same. */
bool bl_bytes_search_next(bl_bytes_search *p)
{
    enum { MOST = 255 / (LANES / 2) }; /* for sum() */
    const size_t two = p->size > 1;
    const uint8_t end = (uint8_t)p->part[p->size - 1], before = (uint8_t)p->part[p->size - 1 - two];
    while (p->end - p->at >= LANES) {
        lanes zeros = { 0 };
        bool found = false;
        for (int i = 0; i < MOST && !found && p->end - p->at >= LANES; i++) {
            const lanes bytes = load(p->at),
                        ends = (lanes)(bytes == end) & (lanes)(load(p->at - two) == before);
            found = any(ends) && find_first(p, ends, bytes);
            if (!found) {
                zeros -= (lanes)(bytes == 0); /* a comparison that holds is -1 */
                p->at += LANES;
            }
        }
        p->zeros += sum(zeros);
        if (found)
            return true;
    }
    return find_in_rest(p);
}

const char *bl_bytes_start(const char *from, const char *place)
{
    for (; place - from >= LANES; place -= LANES) {
        const lanes zeros = (lanes)(load(place - LANES) == 0);
        if (any(zeros))
            return place - LANES + last(zeros) + 1;
    }
    while (place > from && place[-1] != '\0')
        place--;
    return place;
}
