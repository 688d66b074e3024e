/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Any bytes decoded: the result is well-formed, holds no NUL, and every broken piece was counted. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "page/decode.h"

static void check(bool right)
{
    if (!right)
        abort();
}

static size_t replacements(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t at = 0; at < size;)
        count += bl_utf8_next(text, size, &at) == BL_REPLACEMENT;
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer out = { 0 };
    size_t replaced;
    bl_decode(&e, data, size, NULL, &out, &replaced);
    if (!bl_failed(&e)) {
        const char *text = out.data ? out.data : "";
        check(bl_utf8_valid(text, out.size));
        check(!memchr(text, 0, out.size));
        check(replacements(text, out.size) == replaced);
    }
    bl_buffer_free(&out);
    return 0;
}
