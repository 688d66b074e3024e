/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits into a row for each place that matched, with the words around it (key word in context). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "output.h"

enum { ID_COLUMNS = 7, DATE_COLUMNS = 10, SOURCE_COLUMNS = 12, AROUND_COLUMNS = 40, AROUND_LEAST = 8 };

/* Where a row's pieces stand in a text. */
typedef struct place {
    const char *text;
    size_t left, start, end, right;
} place;

static bool is_inside_character(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The beginning of so many columns before `start`, in its paragraph. */
static size_t left_of(const char *text, size_t start, unsigned columns)
{
    unsigned used = 0;
    size_t left = start;
    for (size_t at = start; at > 0;) {
        do
            at--;
        while (at > 0 && is_inside_character(text[at]));
        terminal_glyph glyph = terminal_next(text, start, at);
        used += glyph.columns;
        if (used > columns || glyph.code == '\n')
            break;
        if (glyph.columns > 0) /* a mark stays with what it is on */
            left = at;
    }
    return left;
}

static size_t right_of(const char *text, size_t size, size_t end, unsigned columns)
{
    unsigned used = 0;
    size_t at = end;
    while (at < size) {
        terminal_glyph glyph = terminal_next(text, size, at);
        used += glyph.columns;
        if (used > columns || glyph.code == '\n')
            break;
        at = glyph.end;
    }
    return at;
}

/* Columns on each side: what is left of the terminal's line, or a usual measure. */
static unsigned columns_around(const output *o)
{
    unsigned fixed = ID_COLUMNS + DATE_COLUMNS + SOURCE_COLUMNS + 3;
    unsigned room = o->terminal.width > fixed ? (o->terminal.width - fixed) / 2 : 0;
    if (o->terminal.width == 0)
        return AROUND_COLUMNS;
    return room < AROUND_LEAST + 4 ? AROUND_LEAST : room - 4;
}

static size_t put_part(output *o, const char *text, size_t start, size_t end)
{
    size_t columns = 0;
    for (size_t at = start; at < end;) {
        terminal_glyph glyph = terminal_next(text, end, at);
        writer_put(o->out, glyph.bytes, glyph.size);
        columns += glyph.columns;
        at = glyph.end;
    }
    return columns;
}

static size_t columns_of(const char *text, size_t start, size_t end)
{
    size_t columns = 0;
    for (size_t at = start; at < end;) {
        terminal_glyph glyph = terminal_next(text, end, at);
        columns += glyph.columns;
        at = glyph.end;
    }
    return columns;
}

static void pad(output *o, size_t used, size_t columns)
{
    writer_format(o->out, "%*s", used < columns ? (int)(columns - used) : 0, "");
}

static void put_aligned(output *o, bulletin_hits *hits, const place *p, unsigned around)
{
    const char *published = bulletin_hits_text(hits, BULLETIN_PUBLISHED);
    const char *source = bulletin_hits_text(hits, BULLETIN_SOURCE);
    writer_format(o->out, "%*" PRId64 " %-*s ", ID_COLUMNS, bulletin_hits_id(hits), DATE_COLUMNS,
                  published == NULL ? "" : published);
    pad(o, terminal_put_line(o->out, source == NULL ? "" : source, SOURCE_COLUMNS), SOURCE_COLUMNS);
    pad(o, columns_of(p->text, p->left, p->start), around + 1u);
    put_part(o, p->text, p->left, p->start);
    writer_text(o->out, o->terminal.color ? "\033[1;31m" : "【");
    put_part(o, p->text, p->start, p->end);
    writer_text(o->out, o->terminal.color ? "\033[0m" : "】");
    put_part(o, p->text, p->end, p->right);
    writer_text(o->out, "\n");
}

static void put_row(output *o, bulletin_hits *hits, const place *p)
{
    char number[32];
    snprintf(number, sizeof number, "%" PRId64 ",", bulletin_hits_id(hits));
    writer_text(o->out, number);
    output_cell(o, bulletin_hits_text(hits, BULLETIN_PUBLISHED));
    writer_text(o->out, ",");
    output_cell(o, bulletin_hits_text(hits, BULLETIN_SOURCE));
    const size_t edges[] = { p->left, p->start, p->end, p->right };
    for (size_t i = 0; i + 1 < sizeof edges / sizeof *edges; i++) {
        writer_text(o->out, ",");
        output_cell_part(o, p->text + edges[i], edges[i + 1] - edges[i]);
    }
    writer_text(o->out, "\r\n");
}

static void put_places(output *o, bulletin_hits *hits, bulletin_field field)
{
    const char *text = bulletin_hits_text(hits, field);
    size_t count = 0, size = text == NULL ? 0 : strlen(text);
    const bulletin_range *ranges = bulletin_hits_highlights(hits, field, &count);
    unsigned around = columns_around(o);
    for (size_t i = 0; i < count && !writer_stopped(o->out); i++) {
        const place p = { text, left_of(text, ranges[i].start, around), ranges[i].start, ranges[i].end,
                          right_of(text, size, ranges[i].end, around) };
        if (o->terminal.interactive)
            put_aligned(o, hits, &p, around);
        else
            put_row(o, hits, &p);
    }
}

static void kwic_begin(output *o, bulletin_hits *hits)
{
    (void)hits;
    if (o->terminal.interactive)
        return;
    writer_text(o->out, o->excel ? "\xEF\xBB\xBF" : "");
    writer_text(o->out, "id,date,source,left,match,right\r\n");
}

static void kwic_hit(output *o, bulletin_hits *hits)
{
    put_places(o, hits, BULLETIN_TITLE);
    put_places(o, hits, BULLETIN_BODY);
}

static void kwic_end(output *o, bulletin_hits *hits, const char *error)
{
    (void)o;
    (void)hits;
    (void)error;
}

const output_format output_kwic = { "kwic",     false,    false,   "id,published,source,title,body",
                                    kwic_begin, kwic_hit, kwic_end };
