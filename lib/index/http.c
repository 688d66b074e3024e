/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The stored answer of a web server to the page that was sent. */
#include "http.h"

#include <stdio.h>
#include <string.h>

#include "header.h"

/* ---- the head ---- */

static void copy_name(const bl_buffer *from, char to[BL_HTTP_NAME])
{
    if (from->size > 0 && from->size < BL_HTTP_NAME)
        memcpy(to, from->data, from->size + 1);
}

void bl_http_type(bl_error *e, const char *value, bl_http *http)
{
    bl_buffer part = { 0 };
    bl_header_type(value, &part);
    copy_name(&part, http->type);
    bl_header_parameter(value, "charset", &part);
    copy_name(&part, http->charset);
    if (part.failed)
        bl_fail_nomem(e);
    bl_buffer_free(&part);
}

static void read_coding(const char *value, bl_http *http)
{
    static const struct {
        const char *name;
        bl_packing packing;
    } codings[] = { { "gzip", BL_PACKING_GZIP },     { "x-gzip", BL_PACKING_GZIP },
                    { "deflate", BL_PACKING_ZLIB },  { "zstd", BL_PACKING_ZSTD },
                    { "identity", BL_PACKING_NONE }, { "none", BL_PACKING_NONE },
                    { "utf-8", BL_PACKING_NONE } };
    bl_buffer name = { 0 };
    bl_header_type(value, &name);
    http->unreadable = name.size > 0;
    for (size_t i = 0; name.size > 0 && i < sizeof codings / sizeof *codings; i++)
        if (strcmp(name.data, codings[i].name) == 0) {
            http->packing = codings[i].packing;
            http->unreadable = false;
        }
    bl_buffer_free(&name);
}

/* "HTTP/1.1 200 OK"; the head is not NUL-terminated. */
static int read_status(const char *head, size_t size)
{
    int status = 0;
    char line[32];
    size_t length = size < sizeof line - 1 ? size : sizeof line - 1;
    memcpy(line, head, length);
    line[length] = '\0';
    return sscanf(line, "HTTP/%*[0-9.] %3d", &status) == 1 ? status : 0;
}

void bl_http_head(bl_error *e, const char *head, size_t size, bl_http *out)
{
    bl_buffer value = { 0 };
    *out = (bl_http){ .status = size > 0 ? read_status(head, size) : 0 };
    if (bl_header_field(head, size, "Content-Type", &value))
        bl_http_type(e, value.data, out);
    if (bl_header_field(head, size, "Content-Encoding", &value))
        read_coding(value.data, out);
    out->chunked = bl_header_field(head, size, "Transfer-Encoding", &value) && strstr(value.data, "chunked");
    if (value.failed)
        bl_fail_nomem(e);
    bl_buffer_free(&value);
}

/* ---- the body ---- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The size of a chunk, and where its bytes begin; false when this is none. */
static bool read_chunk(const char **at, const char *end, size_t *size)
{
    const char *s = *at;
    int digits = 0;
    *size = 0;
    while (s < end && digits < 8 && hex_digit(*s) >= 0) {
        *size = *size * 16 + (size_t)hex_digit(*s++);
        digits++;
    }
    const char *newline = memchr(s, '\n', (size_t)(end - s));
    bool alone = newline && (newline == s || *s == '\r' || *s == ';' || *s == ' ');
    if (digits == 0 || !alone)
        return false;
    *at = newline + 1;
    return true;
}

/* Join the chunks; false when the body is not in chunks. */
static bool join_chunks(const char *body, size_t size, bl_buffer *out)
{
    const char *s = body, *end = body + size;
    size_t chunk;
    for (bool first = true; read_chunk(&s, end, &chunk) && chunk > 0; first = false) {
        size_t have = (size_t)(end - s) < chunk ? (size_t)(end - s) : chunk;
        bool cut = have < chunk || (s + have < end && s[have] != '\r' && s[have] != '\n');
        if (first && cut && have == chunk)
            return false;
        bl_buffer_append(out, s, have);
        s += have;
        s += s < end && *s == '\r';
        s += s < end && *s == '\n';
    }
    return s > body;
}

static bool unpack(bl_error *e, bl_packing packing, const char *bytes, size_t size, size_t most,
                   bl_buffer *out)
{
    if (packing == BL_PACKING_NONE)
        return false;
    bl_unpack(e, packing, bytes, size, most, out);
    if (out->size == 0 && packing == BL_PACKING_ZLIB)
        bl_unpack(e, BL_PACKING_DEFLATE, bytes, size, most, out);
    return out->size > 0;
}

void bl_http_body(bl_error *e, const bl_http *http, const char *body, size_t size, size_t most,
                  bl_buffer *out)
{
    bl_buffer joined = { 0 };
    if (http->chunked && join_chunks(body, size, &joined)) {
        body = joined.data ? joined.data : "";
        size = joined.size;
    }
    if (!unpack(e, http->packing, body, size, most, out))
        bl_buffer_append(out, body, size);
    if (out->failed || joined.failed)
        bl_fail_nomem(e);
    else if (out->size > most && !bl_failed(e))
        bl_fail(e, BULLETIN_BAD_INPUT, "the page is larger than %zu MiB", most >> 20);
    bl_buffer_free(&joined);
}
