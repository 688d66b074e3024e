/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A page to its markup alone, without comments and programs: these are most of the bytes of many pages. */
#include "html_raw.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Elements whose content is no part of the page, or never markup. */
static const char *const raw_names[] = { "script", "style", "svg", "iframe", "template", "noembed", "xmp" };
enum { SCRIPT = 0, SVG = 2, RAWS = sizeof raw_names / sizeof raw_names[0] };

typedef struct cleaner {
    const char *text;
    size_t size;
    bl_buffer *out;
    bl_buffer *json;
    size_t from;         /* copied up to here */
    bool unclosed[RAWS]; /* nothing closes this element any more */
    bool comment_unclosed;
} cleaner;

static inline char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static void flush(cleaner *c, size_t at)
{
    bl_buffer_append(c->out, c->text + c->from, at - c->from);
}

static bool starts_with(const char *s, size_t size, const char *name)
{
    size_t n = strlen(name);
    if (size <= n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (lower(s[i]) != name[i])
            return false;
    return is_space(s[n]) || s[n] == '>' || s[n] == '/';
}

/* Behind one attribute's value, which stands behind '='. */
static size_t behind_value(const cleaner *c, size_t at)
{
    while (at < c->size && is_space(c->text[at]))
        at++;
    if (at < c->size && (c->text[at] == '"' || c->text[at] == '\'')) {
        const char *close = memchr(c->text + at + 1, c->text[at], c->size - at - 1);
        return close ? (size_t)(close - c->text) + 1 : c->size;
    }
    while (at < c->size && !is_space(c->text[at]) && c->text[at] != '>')
        at++;
    return at;
}

/* Behind the '>' of the tag at `at`, quotes aside; 0 when nothing ends it. */
static size_t behind_tag(const cleaner *c, size_t at)
{
    while (at < c->size) {
        char b = c->text[at];
        if (b == '>')
            return at + 1;
        at = b == '=' ? behind_value(c, at + 1) : at + 1;
    }
    return 0;
}

/* Where the end tag of the element begins. */
static size_t find_end_tag(cleaner *c, size_t raw, size_t at)
{
    const char *s = c->text + at, *end = c->text + c->size;
    while (!c->unclosed[raw] && (s = memchr(s, '<', (size_t)(end - s)))) {
        if (end - s > 2 && s[1] == '/' && starts_with(s + 2, (size_t)(end - s - 2), raw_names[raw]))
            return (size_t)(s - c->text);
        s++;
    }
    c->unclosed[raw] = true;
    return 0;
}

static bool holds(const char *s, size_t size, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= size; i++) {
        size_t k = 0;
        while (k < n && lower(s[i + k]) == what[k])
            k++;
        if (k == n)
            return true;
    }
    return false;
}

static size_t skip_raw(cleaner *c, size_t raw, size_t start, size_t at)
{
    size_t end = find_end_tag(c, raw, at);
    if (end == 0)
        return at;
    if (raw == SCRIPT && holds(c->text + start, at - start, "ld+json")) {
        bl_buffer_append(c->json, c->text + at, end - at);
        bl_buffer_putc(c->json, '\0');
    }
    flush(c, at);
    c->from = end;
    return end;
}

/* Comments, declarations, processing instructions. */
static size_t skip_declaration(cleaner *c, size_t at)
{
    const char *s = c->text + at, *end = c->text + c->size;
    bool comment = end - s >= 4 && memcmp(s, "<!--", 4) == 0;
    const char *close = comment ? s + 2 : memchr(s, '>', (size_t)(end - s));
    if (comment && c->comment_unclosed)
        close = NULL;
    while (comment && close && (close = memchr(close, '>', (size_t)(end - close))) &&
           !(close[-1] == '-' && close[-2] == '-') &&
           !(close[-1] == '!' && close[-2] == '-' && close[-3] == '-'))
        close++;
    if (comment && !close)
        c->comment_unclosed = true;
    flush(c, at);
    c->from = close ? (size_t)(close - c->text) + 1 : at + (comment ? 4 : 1);
    return c->from;
}

/* Behind the tag at `at`; the end of the text when nothing ends it, and the rest is text. */
static size_t pass_tag(cleaner *c, size_t at)
{
    size_t end = behind_tag(c, at + 1);
    if (end == 0)
        return c->size;
    for (size_t i = 0; i < RAWS; i++)
        if (starts_with(c->text + at + 1, c->size - at - 1, raw_names[i]))
            return i == SVG && c->text[end - 2] == '/' ? end : skip_raw(c, i, at, end);
    return end;
}

/* A NUL would end the page for a parser of C strings. */
static void replace_nuls(bl_buffer *b, size_t from)
{
    for (char *s = b->data + from, *end = b->data + b->size;
         s < end && (s = memchr(s, 0, (size_t)(end - s)));)
        *s++ = ' ';
}

void bl_html_raw(bl_error *e, const char *text, size_t size, bl_buffer *out, bl_buffer *json)
{
    cleaner c = { .text = text, .size = size, .out = out, .json = json };
    size_t from = out->size;
    if (bl_failed(e))
        return;
    for (size_t at = 0; at + 1 < size;) {
        const char *next = memchr(text + at, '<', size - at - 1);
        if (!next)
            break;
        at = (size_t)(next - text);
        if (next[1] == '!' || next[1] == '?')
            at = skip_declaration(&c, at);
        else
            at = is_letter(next[1]) ? pass_tag(&c, at) : at + 1;
    }
    if (c.from < size)
        flush(&c, size);
    if (out->failed || json->failed)
        bl_fail_nomem(e);
    else if (out->data)
        replace_nuls(out, from);
}
