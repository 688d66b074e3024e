/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Heads of messages to the values of their fields. */
#include "header.h"

#include <string.h>
#include <strings.h>

static const char *line_end(const char *s, const char *end)
{
    const char *newline = memchr(s, '\n', (size_t)(end - s));
    return newline ? newline + 1 : end;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_empty(const char *s, const char *end)
{
    return s < end && (*s == '\n' || (*s == '\r' && (s + 1 == end || s[1] == '\n')));
}

size_t bl_header_end(const char *bytes, size_t size)
{
    const char *end = bytes + size;
    for (const char *s = bytes; s < end; s = line_end(s, end))
        if (is_empty(s, end))
            return (size_t)(line_end(s, end) - bytes);
    return size;
}

static void append_trimmed(bl_buffer *out, const char *s, const char *end)
{
    while (s < end && is_blank(*s))
        s++;
    while (end > s && is_blank(end[-1]))
        end--;
    if (out->size > 0 && s < end)
        bl_buffer_putc(out, ' ');
    for (; s < end; s++)
        bl_buffer_putc(out, *s == '\0' ? ' ' : *s);
}

bool bl_header_field(const char *head, size_t size, const char *name, bl_buffer *value)
{
    const char *end = head + size;
    size_t length = strlen(name);
    bool found = false;
    bl_buffer_cut(value, 0);
    for (const char *s = head; s < end && !is_empty(s, end); s = line_end(s, end)) {
        bool folded = *s == ' ' || *s == '\t';
        if (found && !folded)
            break;
        bool here =
            !folded && (size_t)(end - s) > length && s[length] == ':' && strncasecmp(s, name, length) == 0;
        found |= here;
        if (found)
            append_trimmed(value, here ? s + length + 1 : s, line_end(s, end));
    }
    return found && value->size > 0;
}

/* Behind a value, quoted or not, that starts at `s`; copied to `out` unless that is NULL. */
static const char *take_value(const char *s, bl_buffer *out)
{
    bool quoted = *s == '"';
    for (s += quoted; *s != '\0' && (quoted ? *s != '"' : *s != ';'); s++) {
        if (quoted && *s == '\\' && s[1] != '\0')
            s++;
        if (out)
            bl_buffer_putc(out, *s);
    }
    while (out && !quoted && out->size > 0 && is_blank(out->data[out->size - 1]))
        bl_buffer_cut(out, out->size - 1);
    return s + strcspn(s, ";");
}

bool bl_header_parameter(const char *value, const char *name, bl_buffer *out)
{
    size_t length = strlen(name);
    bl_buffer_cut(out, 0);
    for (const char *s = value + strcspn(value, ";"); *s == ';';) {
        s++;
        while (is_blank(*s))
            s++;
        const char *equals = s + strcspn(s, "=;");
        bool here = *equals == '=' && (size_t)(equals - s) >= length && strncasecmp(s, name, length) == 0 &&
                    strspn(s + length, " \t") == (size_t)(equals - s) - length;
        s = equals;
        if (*equals != '=')
            continue;
        s++;
        while (is_blank(*s))
            s++;
        s = take_value(s, here ? out : NULL);
        if (here)
            return out->size > 0;
    }
    return false;
}

void bl_header_type(const char *value, bl_buffer *out)
{
    for (const char *s = value; *s != '\0' && *s != ';' && *s != ',' && !is_blank(*s); s++)
        bl_buffer_putc(out, *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s);
}
