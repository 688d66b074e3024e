/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A file of JSON to its objects, each taken out by its brackets or its line: no file is held whole. */
#include "json.h"

#include <string.h>

void bl_json_lines(bl_error *e, bl_reader *r)
{
    bl_buffer line = { 0 };
    bl_stream_decode(e, r->stream);
    for (uint64_t number = 1; bl_stream_line(e, r->stream, BL_MOST_BYTES, &line); number++) {
        const char *start = line.data, *end = line.data + line.size;
        while (end > start && (end[-1] == '\n' || end[-1] == '\r' || end[-1] == ' '))
            end--;
        /* Of a file that breaks off the last line is not whole. */
        bool cut = bl_stream_problem(r->stream) && line.data[line.size - 1] != '\n';
        if (end > start && !cut)
            bl_reader_give_record(e, r, number, start, (size_t)(end - start));
    }
    bl_buffer_free(&line);
}

typedef struct scanner {
    bl_buffer object;
    uint64_t line, start;
    int depth;
    bool string, escaped, stray;
} scanner;

/* Take the next character; true when it ends an object. */
static bool scan(scanner *s, char c)
{
    s->line += c == '\n';
    if (s->depth == 0 && c != '{')
        return false;
    if (s->depth == 0)
        s->start = s->line;
    bl_buffer_putc(&s->object, c);
    if (s->string) {
        s->string = c != '"' || s->escaped;
        s->escaped = c == '\\' && !s->escaped;
    } else if (c == '"') {
        s->string = true;
        s->escaped = false;
    } else if (c == '{' || c == '[') {
        s->depth++;
    } else if (c == '}' || c == ']') {
        s->depth--;
        return s->depth == 0;
    }
    return false;
}

/* What stands between objects: brackets, commas and white space; anything else is reported once a run. */
static void note_stray(const bl_reader *r, scanner *s, char c)
{
    bool stray = s->depth == 0 && !strchr("[], \t\r\n{}", c);
    if (stray && !s->stray)
        bl_reader_problem(r, s->line, "not a JSON object");
    s->stray = stray || (s->stray && c != ',');
}

/* False when nothing behind it can be told apart any more. */
static bool scan_window(bl_error *e, bl_reader *r, scanner *s, const char *window, size_t size)
{
    for (size_t i = 0; i < size && !bl_failed(e); i++) {
        note_stray(r, s, window[i]);
        bool whole = scan(s, window[i]);
        if (s->object.failed)
            bl_fail_nomem(e);
        if (s->object.size > BL_MOST_BYTES) {
            bl_reader_problem(r, s->start,
                              "the record is larger than 512 MiB; the rest of the file was not read");
            return false;
        }
        if (!whole)
            continue;
        bl_reader_give_record(e, r, s->start, s->object.data, s->object.size);
        bl_buffer_cut(&s->object, 0);
    }
    return !bl_failed(e);
}

void bl_json_objects(bl_error *e, bl_reader *r)
{
    scanner s = { .line = 1 };
    size_t size;
    bl_stream_decode(e, r->stream);
    const char *window = bl_stream_window(e, r->stream, &size);
    while (size > 0 && scan_window(e, r, &s, window, size)) {
        bl_stream_take(r->stream, size);
        window = bl_stream_window(e, r->stream, &size);
    }
    if (s.depth > 0 && size == 0 && !bl_stream_problem(r->stream) && !bl_failed(e))
        bl_reader_problem(r, s.start, "the record is cut off at the end of the file");
    bl_buffer_free(&s.object);
}
