/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The bytes of a long file to UTF-8, piece by piece. */
#include "decoder.h"

#include <stdlib.h>
#include <unicode/ucnv_cb.h>

#include "base/utf8.h"

enum { CHUNK = 4096 };

struct bl_decoder {
    UConverter *converter;
    UChar high; /* the first half of a character whose second half is in the next piece */
};

/* ICU would write U+001A for what some tables cannot decode. */
static void replace_broken(const void *context, UConverterToUnicodeArgs *arguments, const char *units,
                           int32_t size, UConverterCallbackReason reason, UErrorCode *status)
{
    static const UChar replacement = BL_REPLACEMENT;
    (void)context;
    (void)units;
    (void)size;
    if (reason > UCNV_IRREGULAR)
        return;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
}

struct UConverter *bl_decoder_converter(const char *charset)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &status);
    ucnv_setToUCallBack(converter, replace_broken, NULL, NULL, NULL, &status);
    return U_SUCCESS(status) ? converter : NULL;
}

bl_decoder *bl_decoder_open(const char *charset)
{
    bl_decoder *d = calloc(1, sizeof *d);
    UConverter *converter = d ? bl_decoder_converter(charset) : NULL;
    if (!converter) {
        free(d);
        return NULL;
    }
    d->converter = converter;
    return d;
}

static void put(bl_buffer *out, uint32_t c)
{
    char bytes[4];
    bl_buffer_append(out, bytes, bl_utf8_put(bytes, c));
}

static void put_unit(bl_decoder *d, UChar unit, bl_buffer *out)
{
    bool pair = d->high && U16_IS_TRAIL(unit);
    if (d->high && !pair)
        put(out, BL_REPLACEMENT);
    if (pair)
        put(out, (uint32_t)U16_GET_SUPPLEMENTARY(d->high, unit));
    else if (U16_IS_TRAIL(unit))
        put(out, BL_REPLACEMENT);
    else if (!U16_IS_LEAD(unit))
        put(out, unit);
    d->high = !pair && U16_IS_LEAD(unit) ? unit : 0;
}

void bl_decoder_feed(bl_error *e, bl_decoder *d, const char *bytes, size_t size, bool last, bl_buffer *out)
{
    UChar units[CHUNK];
    const char *from = bytes, *end = bytes + size;
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (!bl_failed(e) && status == U_BUFFER_OVERFLOW_ERROR) {
        UChar *to = units;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(d->converter, &to, units + CHUNK, &from, end, NULL, last, &status);
        for (const UChar *u = units; u < to; u++)
            put_unit(d, *u, out);
        if (out->failed || status == U_MEMORY_ALLOCATION_ERROR)
            bl_fail_nomem(e);
    }
    if (last && d->high)
        put(out, BL_REPLACEMENT);
}

void bl_decoder_close(bl_decoder *d)
{
    if (d)
        ucnv_close(d->converter);
    free(d);
}
