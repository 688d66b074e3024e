/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* UTF-8 to code points and back, never stumbling over ill-formed bytes. */
#include "utf8.h"

/* How many continuation bytes follow a lead byte, and the range of the first of them (table 3-7 of the
 * standard: E0, ED, F0 and F4 narrow it). 0 for a byte that cannot lead. */
static unsigned continuation(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (lead == 0xE0)
            *low = 0xA0;
        else if (lead == 0xED)
            *high = 0x9F;
        return 2;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (lead == 0xF0)
            *low = 0x90;
        else if (lead == 0xF4)
            *high = 0x8F;
        return 3;
    }
    return 0;
}

uint32_t bl_utf8_next(const char *text, size_t size, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text;
    unsigned char lead = s[(*at)++];
    if (lead < 0x80)
        return lead;
    unsigned char low, high;
    unsigned more = continuation(lead, &low, &high);
    if (more == 0)
        return BL_REPLACEMENT;
    uint32_t code = lead & (0x3Fu >> more);
    for (unsigned i = 0; i < more; i++) {
        if (*at >= size || s[*at] < low || s[*at] > high)
            return BL_REPLACEMENT;
        code = code << 6 | (s[(*at)++] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    return code;
}

size_t bl_utf8_before(const char *text, size_t at)
{
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)text[start] & 0xC0) == 0x80)
        start--;
    size_t end = start;
    bl_utf8_next(text, at, &end);
    return end == at ? start : at - 1;
}

size_t bl_utf8_put(char out[4], uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

bool bl_utf8_valid(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t start = at;
        if (bl_utf8_next(text, size, &at) == BL_REPLACEMENT &&
            (at - start != 3 || (unsigned char)text[start] != 0xEF))
            return false;
    }
    return true;
}
