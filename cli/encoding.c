/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bytes as a user typed them into UTF-8: checked, and decoded by the locale where they are something else. */
#include "encoding.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Smallest code point that needs so many continuation bytes: anything below is an overlong form. */
static const uint32_t shortest[] = { 0, 0x80, 0x800, 0x10000 };

static size_t continuation_bytes(unsigned char lead)
{
    if (lead < 0x80)
        return 0;
    if (lead >= 0xC2 && lead < 0xE0)
        return 1;
    if (lead >= 0xE0 && lead < 0xF0)
        return 2;
    return lead >= 0xF0 && lead < 0xF5 ? 3 : SIZE_MAX;
}

size_t encoding_next(const char *text, size_t size, size_t at, uint32_t *code)
{
    unsigned char lead = (unsigned char)text[at];
    size_t wanted = continuation_bytes(lead);
    *code = ENCODING_ILL_FORMED;
    if (wanted == SIZE_MAX)
        return at + 1;
    uint32_t value = wanted == 0 ? lead : lead & (0x3Fu >> wanted);
    size_t end = at + 1;
    for (size_t i = 0; i < wanted; i++, end++) {
        if (end >= size || ((unsigned char)text[end] & 0xC0) != 0x80)
            return end;
        value = value << 6 | ((unsigned char)text[end] & 0x3F);
    }
    if (value >= shortest[wanted] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF))
        *code = value;
    return end;
}

size_t encoding_put(uint32_t code, char bytes[4])
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)((0xF00u >> size & 0xF0) | code);
    return size;
}

bool encoding_is_utf8(const char *text, size_t size)
{
    uint32_t code = 0;
    for (size_t at = 0; at < size;) {
        at = encoding_next(text, size, at, &code);
        if (code == ENCODING_ILL_FORMED)
            return false;
    }
    return true;
}

static const char *locale_name(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "C";
}

/* What a locale is written in when its name does not say, or says UTF-8 although the bytes are none: a text
 * from an older system of the same country. */
static const struct {
    const char *locale, *charset;
} customary[] = {
    { "zh_TW", "BIG5" }, { "zh_HK", "BIG5-HKSCS" }, { "zh_MO", "BIG5-HKSCS" },
    { "zh", "GB18030" }, { "ja", "SHIFT_JIS" },     { "ko", "CP949" },
};

/* The charset of the locale, by its name: the locale itself need not be installed. "" when it tells none. */
static void locale_charset(char *charset, size_t size)
{
    const char *name = locale_name();
    const char *dot = strchr(name, '.');
    charset[0] = '\0';
    if (dot != NULL) {
        size_t length = strcspn(dot + 1, "@");
        if (length < size && strncasecmp(dot + 1, "utf", 3) != 0) {
            memcpy(charset, dot + 1, length);
            charset[length] = '\0';
            return;
        }
    }
    for (size_t i = 0; i < sizeof customary / sizeof *customary; i++)
        if (strncmp(name, customary[i].locale, strlen(customary[i].locale)) == 0) {
            memcpy(charset, customary[i].charset, strlen(customary[i].charset) + 1);
            return;
        }
}

/* Into UTF-8 by iconv; false when the charset is unknown or the bytes are not in it. */
static bool convert(const char *charset, const char *text, size_t size, char *utf8, size_t *utf8_size)
{
    if (charset[0] == '\0')
        return false;
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1)
        return false;
    char *input = (char *)(uintptr_t)text; /* iconv() takes it without const but does not write */
    char *output = utf8;
    size_t room = *utf8_size;
    size_t result = iconv(converter, &input, &size, &output, &room);
    iconv_close(converter);
    *utf8_size -= room;
    return result != (size_t)-1;
}

static size_t replace_ill_formed(const char *text, size_t size, char *utf8)
{
    size_t used = 0;
    uint32_t code = 0;
    for (size_t at = 0; at < size;) {
        at = encoding_next(text, size, at, &code);
        used += encoding_put(code == ENCODING_ILL_FORMED ? 0xFFFD : code, utf8 + used);
    }
    return used;
}

char *encoding_to_utf8(const char *text, size_t size, size_t *utf8_size)
{
    /* Four bytes for each byte hold the worst of every encoding, U+FFFD included. */
    size_t room = size > (SIZE_MAX - 1) / 4 ? 0 : size * 4 + 1;
    char *utf8 = room == 0 ? NULL : malloc(room);
    *utf8_size = 0;
    if (utf8 == NULL)
        return NULL;
    char charset[32];
    locale_charset(charset, sizeof charset);
    size_t used = room - 1;
    if (encoding_is_utf8(text, size)) {
        memcpy(utf8, text, size);
        used = size;
    } else if (!convert(charset, text, size, utf8, &used)) {
        used = replace_ill_formed(text, size, utf8);
    }
    utf8[used] = '\0';
    *utf8_size = used;
    return utf8;
}
