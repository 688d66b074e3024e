/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The rows of a table to JSON objects. */
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"

/* More columns than this is no table of bulletins. */
enum { MOST_COLUMNS = 1024 };

typedef enum place {
    IN_CELL,   /* among its characters */
    AT_CELL,   /* before its first character */
    IN_QUOTES, /* inside a quoted cell */
    AT_QUOTE   /* behind a quote inside a quoted cell: its end, or the first of two */
} place;

typedef struct cells {
    bl_buffer text;             /* the cells, each with a NUL behind it */
    size_t start[MOST_COLUMNS]; /* of each cell in the text */
    size_t count;
    uint64_t line; /* where the row begins */
} cells;

typedef struct table {
    char separator; /* 0 = not known yet */
    place place;
    uint64_t line;
    char previous;
    cells row;
    bool headed;
    bool hopeless;                    /* no column is the text */
    bl_buffer names;                  /* of the columns, each with a NUL behind it */
    size_t columns;                   /* that have a name */
    const char *column[MOST_COLUMNS]; /* NULL: not a field */
    bool text[MOST_COLUMNS];          /* the column is the bulletin's text: it counts even when empty */
    bl_buffer json;
} table;

/* ---- the separator ---- */

/* Which of the three stands most often outside quotes in the first line. A comma when none does. */
static char most_often(const char *line, size_t size)
{
    static const char candidates[] = ",;\t";
    size_t counts[3] = { 0 };
    bool quoted = false;
    for (size_t i = 0; i < size && line[i] != '\r' && line[i] != '\n'; i++) {
        const char *found = line[i] ? strchr(candidates, line[i]) : NULL;
        quoted ^= line[i] == '"';
        if (found && !quoted)
            counts[found - candidates]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

/* Excel lets a first line "sep=;" name the separator. Returns the size of that line. */
static size_t choose_separator(table *t, const char *window, size_t size, bool tabs)
{
    if (size >= 5 && memcmp(window, "sep=", 4) == 0) {
        const char *newline = memchr(window, '\n', size);
        t->separator = window[4];
        t->line += newline != NULL;
        return newline ? (size_t)(newline + 1 - window) : size;
    }
    t->separator = most_often(window, size);
    if (tabs && t->separator == ',')
        t->separator = '\t';
    return 0;
}

/* ---- a row as JSON ---- */

static void put_string(bl_buffer *out, const char *text)
{
    bl_buffer_putc(out, '"');
    for (const char *s = text; *s != '\0';) {
        size_t plain = 0;
        while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\')
            plain++;
        bl_buffer_append(out, s, plain);
        s += plain;
        if (*s != '\0')
            bl_buffer_printf(out, "\\u%04x", (unsigned)*s++);
    }
    bl_buffer_putc(out, '"');
}

static const char *cell(const cells *row, size_t i)
{
    return i < row->count ? row->text.data + row->start[i] : "";
}

/* What a cell does not say is to be found in the text, so empty cells are left out. */
static void print_row(table *t)
{
    bool any = false;
    bl_buffer_cut(&t->json, 0);
    bl_buffer_putc(&t->json, '{');
    for (size_t i = 0; i < t->columns; i++) {
        const char *text = cell(&t->row, i);
        if (!t->column[i] || (*text == '\0' && !t->text[i]))
            continue;
        if (any)
            bl_buffer_putc(&t->json, ',');
        put_string(&t->json, t->column[i]);
        bl_buffer_putc(&t->json, ':');
        put_string(&t->json, text);
        any = true;
    }
    bl_buffer_putc(&t->json, '}');
}

/* ---- rows ---- */

static bool is_blank_row(const cells *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*cell(row, i) != '\0')
            return false;
    return true;
}

/* Without a name a column is none; of two columns for the text an empty one gives way to the other. */
static void read_head(bl_error *e, const bl_reader *r, table *t)
{
    bool text = false;
    size_t rank;
    bl_buffer_append(&t->names, t->row.text.data, t->row.text.size);
    if (t->names.failed) {
        bl_fail_nomem(e);
        return;
    }
    t->columns = t->row.count;
    for (size_t i = 0; i < t->columns; i++) {
        bl_field field = bl_field_of(t->names.data + t->row.start[i], &rank);
        t->column[i] = field == BL_FIELD_NONE ? NULL : t->names.data + t->row.start[i];
        t->text[i] = field == BL_FIELD_BODY && !text;
        text |= field == BL_FIELD_BODY || field == BL_FIELD_HTML;
    }
    t->headed = true;
    t->hopeless = !text;
    if (!text)
        bl_reader_problem(
            r, t->row.line,
            "no column is the text of the bulletins; name one body, text, content, html, 正文 or 内容");
}

static void finish_row(bl_error *e, bl_reader *r, table *t)
{
    char reason[96];
    if (is_blank_row(&t->row))
        return;
    if (!t->headed) {
        read_head(e, r, t);
        return;
    }
    size_t count = t->row.count;
    while (count > t->columns && *cell(&t->row, count - 1) == '\0')
        count--;
    if (count > t->columns) {
        snprintf(reason, sizeof reason, "the row has %zu cells under %zu headings", count, t->columns);
        bl_reader_problem(r, t->row.line, reason);
        return;
    }
    print_row(t);
    if (t->json.failed)
        bl_fail_nomem(e);
    else
        bl_reader_give_record(e, r, t->row.line, t->json.data, t->json.size);
}

/* Cells beyond the most are lost: they are no fields. */
static void end_cell(table *t)
{
    cells *row = &t->row;
    bl_buffer_putc(&row->text, '\0');
    if (row->count + 1 < MOST_COLUMNS)
        row->start[++row->count] = row->text.size;
    t->place = AT_CELL;
}

static void end_row(bl_error *e, bl_reader *r, table *t)
{
    end_cell(t);
    if (t->row.text.failed)
        bl_fail_nomem(e);
    else
        finish_row(e, r, t);
    bl_buffer_cut(&t->row.text, 0);
    t->row.count = 0;
    t->row.start[0] = 0;
}

/* A NUL would end the cell. */
static void put(table *t, char c)
{
    if (t->row.text.size == 0 && t->row.count == 0)
        t->row.line = t->line;
    bl_buffer_putc(&t->row.text, c ? c : ' ');
}

/* Take a character outside quotes. */
static void take_plain(bl_error *e, bl_reader *r, table *t, char c)
{
    if (c == '"' && t->place == AT_CELL) {
        if (t->row.count == 0)
            t->row.line = t->line;
        t->place = IN_QUOTES;
    } else if (c == t->separator) {
        if (t->row.count == 0 && t->place == AT_CELL)
            t->row.line = t->line;
        end_cell(t);
    } else if (c == '\n' || c == '\r') {
        end_row(e, r, t);
    } else {
        put(t, c);
        t->place = IN_CELL;
    }
}

static void take(bl_error *e, bl_reader *r, table *t, char c)
{
    bool second = t->previous == '\r' && c == '\n';
    t->previous = c;
    if (second)
        return;
    if (t->place == IN_QUOTES && c == '"') {
        t->place = AT_QUOTE;
    } else if (t->place == IN_QUOTES) {
        put(t, c == '\r' ? '\n' : c);
    } else if (t->place == AT_QUOTE && c == '"') {
        put(t, c);
        t->place = IN_QUOTES;
    } else {
        take_plain(e, r, t, c);
    }
    t->line += c == '\n' || c == '\r';
}

static bool take_window(bl_error *e, bl_reader *r, table *t, const char *window, size_t size)
{
    for (size_t i = 0; i < size && !bl_failed(e) && !t->hopeless; i++)
        take(e, r, t, window[i]);
    if (t->row.text.size > BL_MOST_BYTES) {
        bl_reader_problem(r, t->row.line,
                          "the row is larger than 512 MiB; the rest of the file was not read");
        t->hopeless = true;
    }
    return !bl_failed(e) && !t->hopeless;
}

/* The last row may lack its newline; of a file that breaks off it is not whole. */
static void finish(bl_error *e, bl_reader *r, table *t)
{
    if (bl_failed(e) || t->hopeless || bl_stream_problem(r->stream))
        return;
    if (t->place == IN_QUOTES)
        bl_reader_problem(r, t->row.line, "a quoted cell of the row that begins here does not end");
    else if (t->row.count > 0 || t->row.text.size > 0)
        end_row(e, r, t);
}

void bl_table_read(bl_error *e, bl_reader *r, bool tabs)
{
    table *t = calloc(1, sizeof *t);
    size_t size;
    if (!t) {
        bl_fail_nomem(e);
        return;
    }
    t->line = 1;
    t->place = AT_CELL;
    bl_stream_decode(e, r->stream);
    const char *window = bl_stream_window(e, r->stream, &size);
    size_t skipped = choose_separator(t, window, size, tabs);
    while (size > 0 && take_window(e, r, t, window + skipped, size - skipped)) {
        bl_stream_take(r->stream, size);
        window = bl_stream_window(e, r->stream, &size);
        skipped = 0;
    }
    finish(e, r, t);
    bl_buffer_free(&t->row.text);
    bl_buffer_free(&t->names);
    bl_buffer_free(&t->json);
    free(t);
}
