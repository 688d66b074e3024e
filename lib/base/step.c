/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Numbers to few bytes, and back. */
#include "step.h"

void bl_step_put(bl_buffer *out, int64_t step)
{
    for (; step >= 0x80; step >>= 7)
        bl_buffer_putc(out, (char)((step & 0x7F) | 0x80));
    bl_buffer_putc(out, (char)step);
}

size_t bl_step_get(const unsigned char *bytes, size_t size, int64_t *out)
{
    enum { LONGEST = 7 };
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
        length = bl_step_get(bytes + at, size - at, &step);
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
