/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STEP_H
#define BL_STEP_H

#include <stdint.h>

#include "base/buffer.h"

/* Ascending numbers are kept as the steps between them: seven bits a byte, the lowest first, the highest bit
 * set in all bytes but the last (LEB128). */
void bl_step_put(bl_buffer *out, int64_t step);
/* How many bytes the step took; 0 when it does not end, or is of more than 49 bits. */
size_t bl_step_get_long(const unsigned char *bytes, size_t size, int64_t *out);
/* The same without a call for the many that take one byte. */
static inline size_t bl_step_get(const unsigned char *bytes, size_t size, int64_t *out)
{
    if (size == 0 || *bytes >= 0x80)
        return bl_step_get_long(bytes, size, out);
    *out = *bytes;
    return 1;
}

/* The numbers behind `from`, none above `last`, into `out`, which has room for `size`; how many they are, 0
 * when there are none or the steps are none that this library writes. */
size_t bl_steps_get(const unsigned char *bytes, size_t size, int64_t from, int64_t last, int64_t *out);
/* The steps to `count` ascending numbers, the first of them from `from`. */
void bl_steps_put(bl_buffer *out, int64_t from, const int64_t *list, size_t count);

#endif
