/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What mail turns into ASCII, back to bytes and text. */
#include "transfer.h"

#include <string.h>
#include <strings.h>

#include "page/decode.h"
#include "page/decoder.h"

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* ---- quoted-printable ---- */

/* Behind a soft line break at "=", with blanks before the newline allowed; NULL when it is none. */
static const char *soft_break(const char *s, const char *end)
{
    for (s++; s < end && (*s == ' ' || *s == '\t' || *s == '\r'); s++) {
    }
    return s == end ? end : *s == '\n' ? s + 1 : NULL;
}

static void undo_quoted(const char *s, const char *end, bl_buffer *out)
{
    while (s < end) {
        const char *equals = memchr(s, '=', (size_t)(end - s));
        bl_buffer_append(out, s, (size_t)((equals ? equals : end) - s));
        if (!equals)
            return;
        int high = end - equals > 2 ? hex_digit(equals[1]) : -1;
        int low = end - equals > 2 ? hex_digit(equals[2]) : -1;
        const char *next = soft_break(equals, end);
        if (high >= 0 && low >= 0) {
            bl_buffer_putc(out, (char)(high * 16 + low));
            s = equals + 3;
        } else if (next) {
            s = next;
        } else {
            bl_buffer_putc(out, '=');
            s = equals + 1;
        }
    }
}

/* ---- base64 ---- */

static int base64_digit(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static void undo_base64(const char *s, const char *end, bl_buffer *out)
{
    unsigned bits = 0;
    int held = 0;
    bl_buffer_reserve(out, (size_t)(end - s) / 4 * 3);
    for (; s < end; s++) {
        int digit = base64_digit(*s);
        if (*s == '=')
            bits = 0, held = 0; /* what follows begins anew */
        if (digit < 0)
            continue;
        bits = bits << 6 | (unsigned)digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bl_buffer_putc(out, (char)(bits >> held & 0xFF));
        }
    }
}

void bl_transfer_decode(const char *coding, const char *body, size_t size, bl_buffer *out)
{
    if (strcasecmp(coding, "base64") == 0)
        undo_base64(body, body + size, out);
    else if (strcasecmp(coding, "quoted-printable") == 0)
        undo_quoted(body, body + size, out);
    else
        bl_buffer_append(out, body, size);
}

/* ---- encoded words ---- */

typedef struct word {
    const char *charset, *text; /* not terminated */
    size_t charset_size, size;
    char coding;     /* b or q */
    const char *end; /* behind it */
} word;

/* "=?charset?B?text?=" at `s`. */
static bool read_word(const char *s, word *out)
{
    if (s[0] != '=' || s[1] != '?')
        return false;
    const char *charset = s + 2, *coding = strchr(charset, '?');
    if (!coding || coding[1] == '\0' || coding[2] != '?')
        return false;
    const char *text = coding + 3, *end = strstr(text, "?=");
    char letter = (char)(coding[1] | 0x20);
    if (!end || (letter != 'b' && letter != 'q'))
        return false;
    *out = (word){ charset, text, strcspn(charset, "?*"), (size_t)(end - text), letter, end + 2 };
    return true;
}

/* Underlines stand for blanks (RFC 2047, section 4.2). */
static void undo_word(const word *w, bl_buffer *out)
{
    if (w->coding == 'b') {
        undo_base64(w->text, w->text + w->size, out);
        return;
    }
    for (const char *s = w->text, *end = s + w->size; s < end;) {
        size_t run = 0;
        while (s + run < end && s[run] != '_')
            run++;
        undo_quoted(s, s + run, out);
        if (s + run < end)
            bl_buffer_putc(out, ' ');
        s += run + (s + run < end);
    }
}

/* What is no text is left out: a title is not worth the page. */
static void decode_bytes(bl_error *e, const bl_buffer *bytes, const char *charset, bl_buffer *out)
{
    bl_error own = BL_ERROR_INIT;
    size_t replaced;
    bl_decoder *decoder = *charset ? bl_decoder_open(charset) : NULL;
    if (decoder)
        bl_decoder_feed(&own, decoder, bytes->data, bytes->size, true, out);
    else if (bytes->size > 0)
        bl_decode(&own, bytes->data, bytes->size, charset, out, &replaced);
    bl_decoder_close(decoder);
    if (own.status == BULLETIN_NOMEM)
        bl_fail_nomem(e);
}

/* Words of one charset that follow each other are decoded as one: programs cut characters in two. Returns
 * what follows them. */
static const char *take_words(bl_error *e, word w, bl_buffer *out)
{
    char charset[BL_CHARSET_NAME] = "";
    bl_buffer bytes = { 0 };
    word next = w;
    const char *end = w.end;
    if (w.charset_size < sizeof charset)
        memcpy(charset, w.charset, w.charset_size);
    do {
        undo_word(&next, &bytes);
        end = next.end;
    } while (read_word(end + strspn(end, " \t"), &next) && next.charset_size == w.charset_size &&
             strncasecmp(next.charset, w.charset, w.charset_size) == 0);
    if (bytes.size > 0)
        decode_bytes(e, &bytes, charset, out);
    if (bytes.failed)
        bl_fail_nomem(e);
    bl_buffer_free(&bytes);
    return read_word(end + strspn(end, " \t"), &next) ? end + strspn(end, " \t") : end;
}

void bl_transfer_words(bl_error *e, const char *value, bl_buffer *out)
{
    word w;
    for (const char *s = value; *s != '\0' && !bl_failed(e);) {
        if (read_word(s, &w)) {
            s = take_words(e, w, out);
            continue;
        }
        const char *next = strstr(s + 1, "=?");
        bl_buffer plain = { 0 };
        bl_buffer_append(&plain, s, next ? (size_t)(next - s) : strlen(s));
        if (plain.failed)
            bl_fail_nomem(e);
        decode_bytes(e, &plain, "", out);
        s += plain.size;
        bl_buffer_free(&plain);
    }
    if (out->failed)
        bl_fail_nomem(e);
}
