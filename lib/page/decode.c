/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The bytes of a file to UTF-8 text. */
#include "decode.h"

#include <string.h>

#include "base/utf8.h"

void bl_decode(bl_error *e, const void *bytes, size_t size, bl_buffer *out, size_t *replaced)
{
    const char *s = bytes;
    if (size >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        s += 3;
        size -= 3;
    }
    for (size_t at = 0; at < size;) {
        size_t start = at;
        if (bl_utf8_next(s, size, &at) == BL_REPLACEMENT && at - start != 3)
            ++*replaced, bl_buffer_puts(out, "\xEF\xBF\xBD");
        else
            bl_buffer_append(out, s + start, at - start);
    }
    if (out->failed)
        bl_fail_nomem(e);
}
