/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The bytes of a file to UTF-8 text. */
#include "decode.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "base/utf8.h"
#include "charset.h"
#include "decoder.h"

/* An encoding is told from so many bytes. */
enum { SAMPLE = 32768, CHUNK = 4096, CONVINCING = 15, DECLARED_BONUS = 10 };

/* Behind the plain characters at `at`: ASCII, eight bytes at a time, and the common block of Han. */
static size_t skip_plain(const char *s, size_t size, size_t at)
{
    static const uint64_t highs = 0x8080808080808080u, ones = 0x0101010101010101u;
    uint64_t eight;
    while (at + 8 <= size) {
        const unsigned char *u = (const unsigned char *)s + at;
        if (u[0] >= 0xE4 && u[0] <= 0xE9 && (u[1] & 0xC0) == 0x80 && (u[2] & 0xC0) == 0x80) {
            at += 3;
            continue;
        }
        memcpy(&eight, u, sizeof eight);
        if (((eight | (eight - ones)) & highs) != 0)
            break;
        at += 8;
    }
    return at;
}

typedef void sink(void *context, uint32_t c);

/* Hand every character to `give`; broken pieces come as U+FFFD. */
static void convert(bl_error *e, const char *charset, const char *bytes, size_t size, sink *give,
                    void *context)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = bl_decoder_converter(charset);
    UChar units[CHUNK];
    const char *from = bytes, *end = bytes + size;
    UChar high = 0;
    bool more = converter != NULL;
    while (more) {
        UChar *to = units;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, units + CHUNK, &from, end, NULL, true, &status);
        more = status == U_BUFFER_OVERFLOW_ERROR;
        for (const UChar *u = units; u < to; u++) {
            if (U16_IS_LEAD(*u)) {
                if (high)
                    give(context, BL_REPLACEMENT);
                high = *u;
                continue;
            }
            bool pair = high && U16_IS_TRAIL(*u);
            if (high && !pair)
                give(context, BL_REPLACEMENT);
            give(context, pair               ? (uint32_t)U16_GET_SUPPLEMENTARY(high, *u)
                          : U16_IS_TRAIL(*u) ? BL_REPLACEMENT
                                             : *u);
            high = 0;
        }
    }
    if (high)
        give(context, BL_REPLACEMENT);
    if (!converter || status == U_MEMORY_ALLOCATION_ERROR)
        bl_fail_nomem(e);
    ucnv_close(converter);
}

typedef struct trial {
    const bl_common *common;
    bl_look look;
} trial;

static void look(void *context, uint32_t c)
{
    trial *t = context;
    bl_look_at(t->common, c, &t->look);
}

typedef struct guess {
    const char *charset;
    int score;
} guess;

static bl_look look_in(bl_error *e, const bl_common *common, const char *charset, const char *bytes,
                       size_t size)
{
    trial t = { common, { 0, 0, 0, 0 } };
    convert(e, charset, bytes, size, look, &t);
    return t.look;
}

static void consider(guess *best, const char *charset, int score, int bonus)
{
    if (score >= CONVINCING && score + bonus > best->score)
        *best = (guess){ charset, score + bonus };
}

/* What a page calls its encoding, to the widest one that browsers read under that name. */
static const char *widest(const char *name)
{
    static const char *const names[][2] = { { "gb2312", "gb18030" },
                                            { "gbk", "gb18030" },
                                            { "gb18030", "gb18030" },
                                            { "big5", "Big5-HKSCS" },
                                            { "big5-hkscs", "Big5-HKSCS" },
                                            { "shift_jis", "windows-31j" },
                                            { "sjis", "windows-31j" },
                                            { "euc-kr", "windows-949" },
                                            { "ks_c_5601-1987", "windows-949" },
                                            { "euc-jp", "EUC-JP" },
                                            { "iso-8859-1", "windows-1252" } };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i][0]) == 0)
            return names[i][1];
    return name;
}

static const char *const east_asian[] = { "gb18030", "Big5-HKSCS", "windows-31j", "windows-949", "EUC-JP" };
static const char *const wide[] = { "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" };

/* Encodings that switch to Chinese or Japanese by escapes hold nothing beyond ASCII. */
static const char *escaped_charset(const char *bytes, size_t size)
{
    static const char *const marks[][2] = {
        { "\x1B$B", "ISO-2022-JP" }, { "\x1B$@", "ISO-2022-JP" }, { "\x1B$)C", "ISO-2022-KR" }, { "~{", "HZ" }
    };
    const char *found = NULL;
    for (size_t at = 0; at < size; at++) {
        if ((unsigned char)bytes[at] >= 0x80)
            return NULL;
        for (size_t i = 0; !found && i < sizeof marks / sizeof marks[0]; i++)
            if (bytes[at] == marks[i][0][0] && size - at > 4 &&
                memcmp(bytes + at, marks[i][0], strlen(marks[i][0])) == 0)
                found = marks[i][1];
    }
    return found;
}

static bool is_alphabetic(const char *charset)
{
    for (size_t i = 0; i < sizeof east_asian / sizeof east_asian[0]; i++)
        if (strcmp(charset, east_asian[i]) == 0)
            return false;
    if (strncmp(charset, "utf", 3) == 0 || *charset == '\0')
        return false;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_close(ucnv_open(charset, &status));
    return U_SUCCESS(status);
}

/* Languages with alphabets: what they state is believed, since no byte of theirs can be wrong; else ICU knows
 * their letter statistics. */
static const char *alphabetic(const char *bytes, size_t size, const char *stated, char *name)
{
    if (is_alphabetic(stated))
        return stated;
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    ucsdet_setText(detector, bytes, (int32_t)size, &status);
    const UCharsetMatch *match = U_SUCCESS(status) ? ucsdet_detect(detector, &status) : NULL;
    const char *found = match ? ucsdet_getName(match, &status) : NULL;
    /* The detector names forms of IBM420 and IBM424 for which there is no converter. */
    bool usable = found && U_SUCCESS(status) && strlen(found) < BL_CHARSET_NAME &&
                  strncmp(found, "UTF", 3) != 0 && strncmp(found, "IBM42", 5) != 0;
    strcpy(name, usable ? found : "windows-1252");
    ucsdet_close(detector);
    return name;
}

/* Sequences that only UTF-8 has, against bytes that it cannot have: a few broken ones do not make it another
 * encoding. The last character may be cut. */
static bool looks_like_utf8(const char *s, size_t size)
{
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < size;) {
        size_t start = at;
        if ((unsigned char)s[at] < 0x80) {
            at++;
            continue;
        }
        if (bl_utf8_next(s, size, &at) == BL_REPLACEMENT && at - start != 3)
            bad += size - start > 3;
        else
            good++;
    }
    return good >= 2 * bad;
}

static const char *guess_wide(bl_error *e, const bl_common *common, const char *bytes, size_t size)
{
    guess best = { NULL, 0 };
    size_t sample = (size < SAMPLE ? size : SAMPLE) & ~(size_t)3;
    if (sample == 0 || !memchr(bytes, 0, sample))
        return NULL;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        bl_look seen = look_in(e, common, wide[i], bytes, sample);
        consider(&best, wide[i], bl_look_score_wide(&seen), 0);
    }
    return best.charset;
}

static const char *guess_east_asian(bl_error *e, const bl_common *common, const char *bytes, size_t size,
                                    const char *stated)
{
    guess best = { NULL, 0 };
    size_t sample = size < SAMPLE ? size : SAMPLE;
    for (size_t i = 0; i < sizeof east_asian / sizeof east_asian[0]; i++) {
        bl_look seen = look_in(e, common, east_asian[i], bytes, sample);
        consider(&best, east_asian[i], bl_look_score(&seen),
                 strcmp(stated, east_asian[i]) == 0 ? DECLARED_BONUS : 0);
    }
    return best.charset;
}

/* What the text was said to be in, by who sent it, else by itself; "" when neither says. */
static const char *stated_charset(const char *bytes, size_t size, const char *declared, char *name)
{
    size_t length = declared ? strlen(declared) : 0;
    if (length == 0 || length >= BL_CHARSET_NAME)
        return bl_charset_declared(bytes, size, name, BL_CHARSET_NAME) ? widest(name) : "";
    for (size_t i = 0; i <= length; i++)
        name[i] = declared[i] >= 'A' && declared[i] <= 'Z' ? (char)(declared[i] + 32) : declared[i];
    return widest(name);
}

/* Zero bytes are looked at first: no other text has them. */
static const char *guess_charset(bl_error *e, const char *bytes, size_t size, const char *declared,
                                 char *name)
{
    char own[BL_CHARSET_NAME];
    const char *stated = stated_charset(bytes, size, declared, own);
    size_t sample = size < SAMPLE ? size : SAMPLE;
    bl_common *common = malloc(sizeof *common);
    if (!common) {
        bl_fail_nomem(e);
        return NULL;
    }
    bl_common_make(common);
    const char *charset = guess_wide(e, common, bytes, size);
    bool binary = !charset && bl_charset_is_binary((const unsigned char *)bytes, size);
    if (!charset && !binary)
        charset = escaped_charset(bytes, sample);
    if (!charset && !binary && looks_like_utf8(bytes, size))
        charset = "UTF-8";
    if (!charset && !binary)
        charset = guess_east_asian(e, common, bytes, size, stated);
    if (!charset && !binary)
        charset = alphabetic(bytes, sample, stated, name);
    free(common);
    /* It may stand in `own`, which ends here, or in `name` already. */
    return charset ? memmove(name, charset, strlen(charset) + 1) : NULL;
}

typedef struct writer {
    bl_buffer *out;
    size_t *replaced;
} writer;

/* NUL ends strings: it becomes a blank. */
static void put(void *context, uint32_t c)
{
    writer *w = context;
    char bytes[4];
    if (c == 0)
        c = ' ';
    else if (c == BL_REPLACEMENT)
        ++*w->replaced;
    bl_buffer_append(w->out, bytes, bl_utf8_put(bytes, c));
}

/* Copies runs of whole characters, and U+FFFD for what is broken between them. */
static void put_utf8(const char *s, size_t size, bl_buffer *out, size_t *replaced)
{
    size_t from = 0;
    bl_buffer_reserve(out, size);
    for (size_t at = 0; at < size;) {
        at = skip_plain(s, size, at);
        if (at == size)
            break;
        size_t start = at;
        if ((unsigned char)s[at] < 0x80 && s[at] != 0) {
            at++;
            continue;
        }
        uint32_t c = bl_utf8_next(s, size, &at);
        if (c != 0 && c != BL_REPLACEMENT)
            continue;
        bl_buffer_append(out, s + from, start - from);
        put(&(writer){ out, replaced }, c);
        from = at;
    }
    bl_buffer_append(out, s + from, size - from);
}

/* The common case, told in one pass: valid, without zeros and escapes, and no picture or archive. */
static bool is_valid(const char *s, size_t size)
{
    for (size_t at = skip_plain(s, size, 0); at < size; at = skip_plain(s, size, at)) {
        size_t start = at;
        unsigned char lead = (unsigned char)s[at];
        bool common = lead > 0xE0 && lead < 0xED && size - at >= 3;
        if (common && (s[at + 1] & 0xC0) == 0x80 && (s[at + 2] & 0xC0) == 0x80)
            at += 3;
        else if (bl_utf8_next(s, size, &at) == BL_REPLACEMENT && at - start != 3)
            return false;
    }
    return true;
}

static bool is_plain_utf8(const char *s, size_t size)
{
    size_t sample = size < SAMPLE ? size : SAMPLE;
    bool escapes = memchr(s, 0x1B, sample) || memchr(s, '~', sample);
    return !memchr(s, 0, sample) && !bl_charset_is_binary((const unsigned char *)s, size) &&
           !(escapes && escaped_charset(s, sample)) && is_valid(s, size);
}

const char *bl_decode_charset(bl_error *e, const void *bytes, size_t size, const char *declared,
                              char name[BL_CHARSET_NAME], size_t *mark)
{
    *mark = 0;
    if (bl_failed(e))
        return NULL;
    const char *charset = bl_charset_of_mark(bytes, size, mark);
    const char *s = (const char *)bytes + *mark;
    size -= *mark;
    if (charset)
        return charset;
    if (size == 0 || is_plain_utf8(s, size))
        return "UTF-8";
    return guess_charset(e, s, size, declared, name);
}

/* No-break spaces become plain ones, in place: they part words and fields as those do. */
static void plain_spaces(bl_buffer *text)
{
    if (text->size == 0)
        return;
    char *to = text->data;
    const char *from = text->data, *end = from + text->size;
    while (from < end) {
        const char *lead = memchr(from, 0xC2, (size_t)(end - from));
        size_t n = (size_t)((lead ? lead : end) - from);
        memmove(to, from, n);
        to += n;
        from += n;
        if (!lead)
            break;
        bool space = end - lead > 1 && (unsigned char)lead[1] == 0xA0;
        *to++ = space ? ' ' : *lead;
        from += space ? 2 : 1;
    }
    *to = '\0';
    text->size = (size_t)(to - text->data);
}

void bl_decode(bl_error *e, const void *bytes, size_t size, const char *declared, bl_buffer *out,
               size_t *replaced)
{
    char name[BL_CHARSET_NAME];
    size_t mark;
    *replaced = 0;
    const char *charset = bl_decode_charset(e, bytes, size, declared, name, &mark);
    if (!charset)
        bl_fail(e, BULLETIN_BAD_INPUT, "this is no text");
    if (bl_failed(e))
        return;
    const char *s = (const char *)bytes + mark;
    size -= mark;
    if (strcmp(charset, "UTF-8") == 0)
        put_utf8(s, size, out, replaced);
    else
        convert(e, charset, s, size, put, &(writer){ out, replaced });
    if (out->failed)
        bl_fail_nomem(e);
    else
        plain_spaces(out);
}
