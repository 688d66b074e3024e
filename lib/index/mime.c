/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A MIME message to the page in it. */
#include "mime.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "header.h"
#include "timestamp.h"
#include "transfer.h"

/* Messages in messages beyond this hold no page. */
enum { MOST_DEPTH = 8, MOST_HEAD = 64 << 10, MOST_BOUNDARY = 256 };

typedef struct span {
    const char *text;
    size_t size;
} span;

/* How good a part is as the page: the one that the message names as its root, then HTML, then text. */
enum { SCORE_NONE, SCORE_TEXT, SCORE_HTML, SCORE_ROOT = 4 };

typedef struct search {
    bl_error *e;
    span head, body; /* of the best part so far */
    int score;
    bl_buffer root;     /* Content-ID of the root, "" when unstated */
    bl_buffer location; /* address of the page, "" when unstated */
    bl_buffer value, parameter;
} search;

/* ---- finding the part ---- */

static bool field(search *s, span head, const char *name)
{
    return bl_header_field(head.text, head.size, name, &s->value);
}

static bool is_html(const char *type)
{
    return strcmp(type, "text/html") == 0 || strcmp(type, "application/xhtml+xml") == 0;
}

static bool begins_tag(span body)
{
    size_t i = 0;
    while (i < body.size && strchr(" \t\r\n\xEF\xBB\xBF", body.text[i]) && body.text[i])
        i++;
    return i < body.size && body.text[i] == '<';
}

static int score_of(search *s, span head, span body)
{
    bl_buffer *type = &s->parameter;
    int score = SCORE_NONE;
    bl_buffer_cut(type, 0);
    if (field(s, head, "Content-Type"))
        bl_header_type(s->value.data, type);
    if (type->size == 0)
        score = begins_tag(body) ? SCORE_HTML : SCORE_TEXT;
    else if (is_html(type->data))
        score = SCORE_HTML;
    else if (strcmp(type->data, "text/plain") == 0)
        score = SCORE_TEXT;
    if (field(s, head, "Content-Disposition") && strncasecmp(s->value.data, "attachment", 10) == 0)
        return SCORE_NONE;
    bool root = s->root.size > 0 && field(s, head, "Content-ID") && strcmp(s->value.data, s->root.data) == 0;
    bool page = s->location.size > 0 && field(s, head, "Content-Location") &&
                strcmp(s->value.data, s->location.data) == 0;
    return score == SCORE_HTML && (root || page) ? SCORE_ROOT : score;
}

static void consider(search *s, span head, span body)
{
    int score = score_of(s, head, body);
    if (score <= s->score)
        return;
    s->score = score;
    s->head = head;
    s->body = body;
}

static span next_line(span *rest)
{
    const char *newline = memchr(rest->text, '\n', rest->size);
    span line = { rest->text, newline ? (size_t)(newline + 1 - rest->text) : rest->size };
    rest->text += line.size;
    rest->size -= line.size;
    return line;
}

static bool is_boundary(span line, const char *boundary, size_t size)
{
    return line.size >= size + 2 && line.text[0] == '-' && line.text[1] == '-' &&
           memcmp(line.text + 2, boundary, size) == 0;
}

/* Boundary lines that the head does not name, or names wrongly: the first line with two hyphens is one. */
static span first_boundary(span body)
{
    while (body.size > 0) {
        span line = next_line(&body);
        while (line.size > 0 && strchr(" \t\r\n", line.text[line.size - 1]))
            line.size--;
        if (line.size > 2 && line.size < MOST_BOUNDARY && line.text[0] == '-' && line.text[1] == '-')
            return (span){ line.text + 2, line.size - 2 };
    }
    return (span){ NULL, 0 };
}

static bool has_boundary(span body, span boundary)
{
    while (body.size > 0)
        if (is_boundary(next_line(&body), boundary.text, boundary.size))
            return true;
    return false;
}

static void walk(search *s, span message, int depth);

static void walk_parts(search *s, span body, span boundary, int depth)
{
    span rest = body;
    const char *start = NULL;
    while (rest.size > 0) {
        span line = next_line(&rest);
        if (!is_boundary(line, boundary.text, boundary.size))
            continue;
        if (start)
            walk(s, (span){ start, (size_t)(line.text - start) }, depth + 1);
        start = rest.text;
    }
    if (start && rest.text > start)
        walk(s, (span){ start, (size_t)(rest.text - start) }, depth + 1);
}

static span boundary_of(search *s, span body, char room[MOST_BOUNDARY])
{
    span boundary = { room, 0 };
    bl_header_parameter(s->value.data, "boundary", &s->parameter);
    if (s->parameter.size > 0 && s->parameter.size < MOST_BOUNDARY) {
        memcpy(room, s->parameter.data, s->parameter.size);
        boundary.size = s->parameter.size;
    }
    return boundary.size > 0 && has_boundary(body, boundary) ? boundary : first_boundary(body);
}

static void walk(search *s, span message, int depth)
{
    size_t head_size = bl_header_end(message.text, message.size);
    span head = { message.text, head_size }, body = { message.text + head_size, message.size - head_size };
    char room[MOST_BOUNDARY];
    if (!field(s, head, "Content-Type") || strncasecmp(s->value.data, "multipart/", 10) != 0) {
        consider(s, head, body);
        return;
    }
    if (depth == 0 && bl_header_parameter(s->value.data, "start", &s->parameter))
        bl_buffer_append(&s->root, s->parameter.data, s->parameter.size);
    span boundary = depth < MOST_DEPTH ? boundary_of(s, body, room) : (span){ NULL, 0 };
    if (boundary.size > 0)
        walk_parts(s, body, boundary, depth);
    else if (depth == 0)
        consider(s, (span){ head.text, 0 }, body);
}

/* ---- its words ---- */

static char *copy(search *s, const bl_buffer *from)
{
    char *text = from->size > 0 && !from->failed ? strdup(from->data) : NULL;
    if (from->failed || (from->size > 0 && !text))
        bl_fail_nomem(s->e);
    return text;
}

static bool is_address(const char *url)
{
    return strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0;
}

static char *find_url(search *s, span top)
{
    if (field(s, s->head, "Content-Location") && is_address(s->value.data))
        return copy(s, &s->value);
    if (s->location.size > 0 && is_address(s->location.data))
        return copy(s, &s->location);
    return field(s, top, "Content-Location") && is_address(s->value.data) ? copy(s, &s->value) : NULL;
}

static void read_part(search *s, bl_mime *out)
{
    bl_buffer_cut(&s->parameter, 0);
    if (field(s, s->head, "Content-Type")) {
        bl_header_type(s->value.data, &s->parameter);
        out->type = copy(s, &s->parameter);
        bl_header_parameter(s->value.data, "charset", &s->parameter);
        out->charset = copy(s, &s->parameter);
    }
    bool coded = field(s, s->head, "Content-Transfer-Encoding");
    bl_transfer_decode(coded ? s->value.data : "", s->body.text, s->body.size, &out->page);
    if (out->page.failed)
        bl_fail_nomem(s->e);
}

static void read_head(search *s, span top, bl_mime *out)
{
    char date[BL_TIMESTAMP];
    bl_buffer title = { 0 };
    if (field(s, top, "Date") && bl_timestamp_of_mail(s->value.data, date) && !(out->captured = strdup(date)))
        bl_fail_nomem(s->e);
    if (field(s, top, "Subject"))
        bl_transfer_words(s->e, s->value.data, &title);
    out->title = copy(s, &title);
    out->url = find_url(s, top);
    bl_buffer_free(&title);
}

/* ---- the message ---- */

static span skip_blank_lines(const char *bytes, size_t size)
{
    size_t i = 0;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        i = 3;
    while (i < size && (bytes[i] == '\r' || bytes[i] == '\n'))
        i++;
    return (span){ bytes + i, size - i };
}

bool bl_mime_is(const char *bytes, size_t size)
{
    span message = skip_blank_lines(bytes, size < MOST_HEAD ? size : MOST_HEAD);
    bl_buffer value = { 0 };
    size_t name = 0;
    while (name < message.size && name < 64 && message.text[name] > ' ' && message.text[name] != ':' &&
           (unsigned char)message.text[name] < 0x7F)
        name++;
    bool field = name > 0 && name < message.size && message.text[name] == ':';
    bool mime = field && bl_header_field(message.text, message.size, "MIME-Version", &value);
    bl_buffer_free(&value);
    return mime;
}

void bl_mime_read(bl_error *e, const char *bytes, size_t size, bl_mime *out)
{
    span message = skip_blank_lines(bytes, size);
    search s = { .e = e, .head = { "", 0 }, .body = { "", 0 } };
    *out = (bl_mime){ 0 };
    if (bl_failed(e))
        return;
    span top = { message.text, bl_header_end(message.text, message.size) };
    bl_header_field(top.text, top.size, "Snapshot-Content-Location", &s.location);
    walk(&s, message, 0);
    if (s.score == SCORE_NONE)
        bl_fail(e, BULLETIN_BAD_INPUT, "no part of the message is a page");
    else {
        read_part(&s, out);
        read_head(&s, top, out);
    }
    if (s.value.failed || s.parameter.failed || s.root.failed || s.location.failed)
        bl_fail_nomem(e);
    bl_buffer_free(&s.value);
    bl_buffer_free(&s.parameter);
    bl_buffer_free(&s.root);
    bl_buffer_free(&s.location);
    if (bl_failed(e))
        bl_mime_free(out);
}

void bl_mime_free(bl_mime *mime)
{
    bl_buffer_free(&mime->page);
    char *const strings[] = { mime->type, mime->charset, mime->url, mime->captured, mime->title };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        free(strings[i]);
    *mime = (bl_mime){ 0 };
}
