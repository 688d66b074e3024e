/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Numbers to few bytes, and back. */
#include "step.h"

#include <string.h>

void bl_step_put(bl_buffer *out, int64_t step)
{
    for (; step >= 0x80; step >>= 7)
        bl_buffer_putc(out, (char)((step & 0x7F) | 0x80));
    bl_buffer_putc(out, (char)step);
}

/* The groups of seven bits of eight bytes become one number. */
static uint64_t join_groups(uint64_t bytes)
{
    bytes = (bytes & 0x007F007F007F007F) | (bytes & 0x7F007F007F007F00) >> 1;
    bytes = (bytes & 0x00003FFF00003FFF) | (bytes & 0x3FFF00003FFF0000) >> 2;
    return (bytes & 0x000000000FFFFFFF) | (bytes & 0x0FFFFFFF00000000) >> 4;
}

/* Where eight bytes can be read, without a branch for each: how many a step takes is nothing to foretell. */
static size_t get_of_eight(const unsigned char *bytes, int64_t *out)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    const uint64_t ends = ~word & 0x0080808080808080; /* of seven bytes */
    *out = (int64_t)join_groups(word & (ends ^ (ends - 1)));
    return ends ? (size_t)__builtin_ctzll(ends) / 8 + 1 : 0;
}

size_t bl_step_get_long(const unsigned char *bytes, size_t size, int64_t *out)
{
    enum { LONGEST = 7 };
    if (size >= sizeof(uint64_t))
        return get_of_eight(bytes, out);
    *out = 0;
    for (size_t i = 0; i < size && i < LONGEST; i++) {
        *out |= (int64_t)(bytes[i] & 0x7F) << (7 * i);
        if (bytes[i] < 0x80)
            return i + 1;
    }
    return 0;
}

size_t bl_steps_get(const unsigned char *bytes, size_t size, int64_t from, int64_t last, int64_t *out)
{
    size_t count = 0;
    int64_t step;
    for (size_t at = 0, length; at < size; at += length) {
        length = size - at >= sizeof(uint64_t) ? get_of_eight(bytes + at, &step)
                                               : bl_step_get(bytes + at, size - at, &step);
        if (length == 0 || step == 0 || from > last || step > last - from)
            return 0;
        out[count++] = from += step;
    }
    return count;
}

void bl_steps_put(bl_buffer *out, int64_t from, const int64_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bl_step_put(out, list[i] - from);
        from = list[i];
    }
}
