/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Pieces of text: what they start with, end with and hold. */
#include "piece.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Whether p starts with `what`, of *size bytes; most strings differ in their first byte. */
static inline bool starts_with(bl_piece p, const char *what, size_t *size)
{
    *size = 0;
    if (p.size == 0 || *what != *p.text)
        return false;
    *size = strlen(what);
    return *size <= p.size && memcmp(p.text, what, *size) == 0;
}

bool bl_piece_is(bl_piece p, const char *const *set)
{
    for (; *set; set++)
        if ((p.size == 0 || **set == *p.text) && strlen(*set) == p.size && memcmp(*set, p.text, p.size) == 0)
            return true;
    return false;
}

bool bl_piece_starts(bl_piece p, const char *const *set)
{
    size_t n;
    for (; *set; set++)
        if (starts_with(p, *set, &n))
            return true;
    return false;
}

size_t bl_piece_prefix(bl_piece p, const char *const *set)
{
    size_t n;
    for (; *set; set++)
        if (starts_with(p, *set, &n))
            return n;
    return 0;
}

size_t bl_piece_ends(bl_piece p, const char *const *set)
{
    size_t longest = 0;
    for (; *set; set++) {
        size_t n = strlen(*set);
        if (n > longest && n <= p.size && (*set)[n - 1] == p.text[p.size - 1] &&
            memcmp(p.text + p.size - n, *set, n) == 0)
            longest = n;
    }
    return longest;
}

size_t bl_piece_ends_in(bl_piece p, const bl_piece *set)
{
    size_t longest = 0;
    char last = p.size > 0 ? p.text[p.size - 1] : '\0';
    for (; set->text; set++) {
        size_t n = set->size;
        if (set->text[n - 1] == last && n > longest && n <= p.size &&
            memcmp(p.text + p.size - n, set->text, n) == 0)
            longest = n;
    }
    return longest;
}

size_t bl_piece_find_piece(bl_piece p, bl_piece what)
{
    if (what.size == 0 || what.size > p.size)
        return BL_NOWHERE;
    /* In Han every third byte is one of a few leads; the byte behind tells more. */
    size_t key = what.size > 2 && (unsigned char)what.text[0] >= 0xE3 ? 1 : 0;
    const char *at = p.text + key, *end = p.text + p.size - what.size + key + 1;
    while (at < end) {
        const char *hit = memchr(at, what.text[key], (size_t)(end - at));
        if (!hit)
            break;
        if (hit[-(ptrdiff_t)key] == what.text[0] && memcmp(hit - key, what.text, what.size) == 0)
            return (size_t)(hit - key - p.text);
        at = hit + 1;
    }
    return BL_NOWHERE;
}

size_t bl_piece_find(bl_piece p, size_t from, const char *what)
{
    if (from > p.size)
        return BL_NOWHERE;
    bl_piece rest = { p.text + from, p.size - from }, needle = { what, strlen(what) };
    size_t at = bl_piece_find_piece(rest, needle);
    return at == BL_NOWHERE ? at : at + from;
}

bl_piece bl_piece_part(bl_piece p, size_t from, size_t end)
{
    bl_piece part = { p.text + from, end > from ? end - from : 0 };
    return bl_piece_trim(part);
}

/* Bytes of the blank that s starts with; 0 when it starts with none. */
static size_t blank_size(const char *s, size_t size)
{
    unsigned char a = (unsigned char)s[0], b = size > 1 ? (unsigned char)s[1] : 0;
    if (a <= ' ' || a == 0x7F)
        return 1;
    if (a == 0xC2 && (b == 0xA0 || b == 0x85 || b == 0xAD))
        return 2;
    if (size < 3 || (a != 0xE2 && a != 0xE3 && a != 0xEF))
        return 0;
    uint32_t c = (uint32_t)(a & 0x0F) << 12 | (uint32_t)(b & 0x3F) << 6 | (uint32_t)(s[2] & 0x3F);
    bool blank = (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
                 (c >= 0x205F && c <= 0x2064) || c == 0x3000 || c == 0xFEFF;
    return blank ? 3 : 0;
}

bl_piece bl_piece_trim(bl_piece p)
{
    size_t blank;
    while (p.size > 0 && (blank = blank_size(p.text, p.size)) > 0) {
        p.text += blank;
        p.size -= blank;
    }
    while (p.size > 0) {
        size_t last = bl_utf8_before(p.text, p.size);
        if (blank_size(p.text + last, p.size - last) == 0)
            break;
        p.size = last;
    }
    return p;
}

bl_piece bl_piece_strip(bl_piece p, const char *const *set)
{
    size_t n;
    do {
        p = bl_piece_trim(p);
        n = bl_piece_prefix(p, set);
        p.text += n;
        p.size -= n;
        size_t m = bl_piece_ends(p, set);
        p.size -= m;
        n += m;
    } while (n > 0);
    return p;
}

static size_t parting_size(bl_piece p, size_t at)
{
    static const char *const partings[] = { "|", "\t", "  ", "\xE3\x80\x80", "｜", "\xC2\xA0\xC2\xA0", NULL };
    bl_piece rest = { p.text + at, p.size - at };
    return bl_piece_prefix(rest, partings);
}

bool bl_piece_field(bl_piece *rest, bl_piece *field)
{
    while (rest->size > 0) {
        size_t at = 0, n = 0;
        while (at < rest->size && (n = parting_size(*rest, at)) == 0)
            at++;
        *field = bl_piece_part(*rest, 0, at);
        rest->text += at + n;
        rest->size -= at + n;
        if (field->size > 0)
            return true;
    }
    return false;
}

size_t bl_piece_characters(bl_piece p)
{
    size_t count = 0;
    for (size_t i = 0; i < p.size; i++)
        if (((unsigned char)p.text[i] & 0xC0) != 0x80)
            count++;
    return count;
}
