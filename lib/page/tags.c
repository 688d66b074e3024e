/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text with stray HTML in it to text. */
#include "tags.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

typedef enum effect { NO_TAG, INLINE, BREAK, HIDDEN } effect;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_name_byte(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '-';
}

static bool is_one_of(const char *name, size_t size, const char *const *set)
{
    for (; *set; set++) {
        size_t i = 0;
        while (i < size && (*set)[i] && lower(name[i]) == (*set)[i])
            i++;
        if (i == size && !(*set)[i])
            return true;
    }
    return false;
}

static effect effect_of(const char *name, size_t size)
{
    static const char *const breaking[] = { "p",      "br",     "div",    "tr",         "li",      "ul",
                                            "ol",     "h1",     "h2",     "h3",         "h4",      "h5",
                                            "h6",     "table",  "tbody",  "thead",      "section", "article",
                                            "header", "footer", "nav",    "blockquote", "hr",      "dl",
                                            "dt",     "dd",     "center", "form",       "pre",     "html",
                                            "head",   "body",   "figure", "figcaption", "title",   NULL };
    static const char *const inlined[] = {
        "a",      "b",           "i",        "u",    "s",     "em",   "strong", "span",   "font",   "img",
        "td",     "th",          "small",    "big",  "sub",   "sup",  "input",  "iframe", "embed",  "object",
        "o:p",    "strike",      "label",    "meta", "link",  "col",  "video",  "audio",  "source", "param",
        "area",   "map",         "wbr",      "ins",  "del",   "code", "tt",     "abbr",   "button", "select",
        "option", "st1:chsdate", "colgroup", "main", "aside", NULL
    };
    static const char *const hidden[] = { "script", "style", "noscript", "textarea", NULL };
    if (is_one_of(name, size, breaking))
        return BREAK;
    if (is_one_of(name, size, inlined))
        return INLINE;
    return is_one_of(name, size, hidden) ? HIDDEN : NO_TAG;
}

/* A tag that does not close within this is no tag. */
enum { LONGEST_TAG = 4096, LONGEST_REFERENCE = 10 };

/* Size of the tag at s and what it does; 0 when there is none. */
static size_t tag_at(const char *s, size_t size, effect *what)
{
    size_t at = 1, limit = size < LONGEST_TAG ? size : LONGEST_TAG;
    if (limit > 4 && memcmp(s, "<!--", 4) == 0) {
        for (at = 4; at + 3 <= limit; at++)
            if (memcmp(s + at, "-->", 3) == 0) {
                *what = INLINE;
                return at + 3;
            }
        return 0;
    }
    at += at < limit && s[at] == '/';
    size_t name = at;
    while (at < limit && is_name_byte(s[at]))
        at++;
    *what = effect_of(s + name, at - name);
    if (*what == NO_TAG || at == limit ||
        (s[at] != '>' && s[at] != ' ' && s[at] != '/' && s[at] != '\n' && s[at] != '\t'))
        return 0;
    if (s[1] == '/' && *what == HIDDEN)
        *what = INLINE;
    const char *close = memchr(s + at, '>', limit - at);
    return close ? (size_t)(close - s) + 1 : 0;
}

static uint32_t numeric_reference(const char *s, size_t n)
{
    uint32_t code = 0;
    bool hex = n > 2 && lower(s[2]) == 'x';
    for (size_t i = hex ? 3 : 2; i < n; i++) {
        char c = lower(s[i]);
        uint32_t d = c >= '0' && c <= '9'          ? (uint32_t)(c - '0')
                     : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                                   : 99;
        if (d == 99 || code > 0x10FFFF)
            return 0;
        code = code * (hex ? 16 : 10) + d;
    }
    return code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) || code < 0x20 ? 0 : code;
}

static uint32_t named_reference(const char *s, size_t n)
{
    static const struct {
        const char *name;
        uint32_t code;
    } names[] = { { "nbsp", ' ' },     { "amp", '&' },       { "lt", '<' },       { "gt", '>' },
                  { "quot", '"' },     { "apos", '\'' },     { "ldquo", 0x201C }, { "rdquo", 0x201D },
                  { "lsquo", 0x2018 }, { "rsquo", 0x2019 },  { "mdash", 0x2014 }, { "ndash", 0x2013 },
                  { "middot", 0xB7 },  { "hellip", 0x2026 }, { "copy", 0xA9 },    { "bull", 0x2022 },
                  { "raquo", 0xBB },   { "laquo", 0xAB },    { "ensp", 0x2002 },  { "emsp", 0x2003 },
                  { "times", 0xD7 },   { "permil", 0x2030 }, { "deg", 0xB0 },     { "yen", 0xA5 },
                  { "reg", 0xAE } };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].name) == n - 1 && memcmp(s + 1, names[i].name, n - 1) == 0)
            return names[i].code;
    return 0;
}

/* Size of the reference at s and its character; 0 when there is none. */
static size_t reference_at(const char *s, size_t size, uint32_t *code)
{
    const char *end = memchr(s, ';', size < LONGEST_REFERENCE ? size : LONGEST_REFERENCE);
    size_t n = end ? (size_t)(end - s) : 0;
    if (n < 3)
        return 0;
    *code = s[1] == '#' ? numeric_reference(s, n) : named_reference(s, n);
    return *code ? n + 1 : 0;
}

typedef struct stripper {
    const char *text;
    size_t size;
    bl_buffer *out;
    size_t from;   /* copied up to here */
    bool unclosed; /* a hidden element was never closed */
} stripper;

static void flush(stripper *s, size_t at)
{
    bl_buffer_append(s->out, s->text + s->from, at - s->from);
}

/* At the tag that ends a hidden element, or just behind its start when nothing ends it. Once nothing was
 * found, nothing is sought again: the time stays linear. */
static size_t behind_hidden(stripper *s, size_t start, size_t at)
{
    size_t name = 0;
    while (is_name_byte(s->text[start + 1 + name]))
        name++;
    for (size_t k = at; !s->unclosed && k + 2 + name <= s->size; k++) {
        size_t i = 0;
        if (s->text[k] != '<' || s->text[k + 1] != '/')
            continue;
        while (i < name && lower(s->text[k + 2 + i]) == lower(s->text[start + 1 + i]))
            i++;
        if (i == name)
            return k;
    }
    s->unclosed = true;
    return at;
}

static size_t handle_tag(stripper *s, size_t at)
{
    effect what;
    size_t n = tag_at(s->text + at, s->size - at, &what);
    if (n == 0)
        return at + 1;
    flush(s, at);
    if (what == BREAK)
        bl_buffer_putc(s->out, '\n');
    s->from = what == HIDDEN ? behind_hidden(s, at, at + n) : at + n;
    return s->from;
}

static size_t handle_reference(stripper *s, size_t at)
{
    uint32_t code;
    char bytes[4];
    size_t n = reference_at(s->text + at, s->size - at, &code);
    if (n == 0)
        return at + 1;
    flush(s, at);
    bl_buffer_append(s->out, bytes, bl_utf8_put(bytes, code));
    s->from = at + n;
    return s->from;
}

static bool has_any(const char *text, size_t size)
{
    for (const char *at = text; (at = memchr(at, '<', size - (size_t)(at - text))); at++) {
        effect what;
        if (tag_at(at, size - (size_t)(at - text), &what) > 0)
            return true;
    }
    for (const char *at = text; (at = memchr(at, '&', size - (size_t)(at - text))); at++) {
        uint32_t code;
        if (reference_at(at, size - (size_t)(at - text), &code) > 0)
            return true;
    }
    return false;
}

void bl_tags_remove(bl_error *e, const char *text, size_t size, bl_buffer *out)
{
    stripper s = { text, size, out, 0, false };
    if (bl_failed(e) || !has_any(text, size))
        return;
    bl_buffer_reserve(out, size);
    for (size_t at = 0; at < size;) {
        if (text[at] == '<')
            at = handle_tag(&s, at);
        else if (text[at] == '&')
            at = handle_reference(&s, at);
        else
            at++;
    }
    flush(&s, size);
    if (out->failed)
        bl_fail_nomem(e);
}
