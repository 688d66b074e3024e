/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits into rows: CSV as in RFC 4180, or one id or key a line. */
#include <inttypes.h>
#include <string.h>

#include "output.h"

/* What a spreadsheet takes for the beginning of a formula; the wide signs count in Chinese and Japanese ones.
 */
static bool begins_formula(const char *text, size_t size)
{
    static const char *const wide[] = { "＝", "＋", "－", "＠" };
    if (size > 0 && memchr("=+-@\t\r\n", *text, 7) != NULL)
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (size >= strlen(wide[i]) && memcmp(text, wide[i], strlen(wide[i])) == 0)
            return true;
    return false;
}

/* Bytes as they are for programs, made safe where a person reads them on a terminal. */
static void put_plain(output *o, const char *text, size_t size)
{
    if (o->terminal.interactive)
        terminal_put_lines(o->out, text, size);
    else
        writer_put(o->out, text, size);
}

static void put_doubled(output *o, const char *text, size_t size)
{
    const char *end = text + size, *quote;
    while ((quote = memchr(text, '"', (size_t)(end - text))) != NULL) {
        put_plain(o, text, (size_t)(quote - text));
        writer_text(o->out, "\"\"");
        text = quote + 1;
    }
    put_plain(o, text, (size_t)(end - text));
}

static bool needs_quotes(const char *text, size_t size)
{
    return memchr(text, '"', size) || memchr(text, ',', size) || memchr(text, '\r', size) ||
           memchr(text, '\n', size);
}

void output_cell_part(output *o, const char *text, size_t size)
{
    const char *quote = needs_quotes(text, size) ? "\"" : "";
    writer_text(o->out, quote);
    writer_text(o->out, begins_formula(text, size) ? "'" : "");
    put_doubled(o, text, size);
    writer_text(o->out, quote);
}

void output_cell(output *o, const char *text)
{
    if (text != NULL)
        output_cell_part(o, text, strlen(text));
}

/* "0-6;9-15": the matches in the title. */
static void put_highlights(output *o, bulletin_hits *hits)
{
    size_t count = 0;
    const bulletin_range *ranges = bulletin_hits_highlights(hits, BULLETIN_TITLE, &count);
    for (size_t i = 0; i < count; i++)
        writer_format(o->out, "%s%zu-%zu", i == 0 ? "" : ";", ranges[i].start, ranges[i].end);
}

static void put_field(output *o, bulletin_hits *hits, hit_field field)
{
    switch (field) {
    case FIELD_RANK:
        writer_format(o->out, "%" PRIu64, bulletin_hits_rank(hits));
        break;
    case FIELD_SCORE:
        writer_format(o->out, "%.6g", bulletin_hits_score(hits));
        break;
    case FIELD_ID:
        writer_format(o->out, "%" PRId64, bulletin_hits_id(hits));
        break;
    case FIELD_TITLE_HIGHLIGHTS:
        put_highlights(o, hits);
        break;
    default:
        output_cell(o, field_text(hits, field));
        break;
    }
}

static void csv_begin(output *o, bulletin_hits *hits)
{
    (void)hits;
    writer_text(o->out, o->excel ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < o->fields.count; i++)
        writer_format(o->out, "%s%s", i == 0 ? "" : ",", field_name(o->fields.items[i]));
    writer_text(o->out, "\r\n");
}

static void csv_hit(output *o, bulletin_hits *hits)
{
    for (size_t i = 0; i < o->fields.count; i++) {
        writer_text(o->out, i == 0 ? "" : ",");
        put_field(o, hits, o->fields.items[i]);
    }
    writer_text(o->out, "\r\n");
}

static void list_begin(output *o, bulletin_hits *hits)
{
    (void)o;
    (void)hits;
}

static void id_hit(output *o, bulletin_hits *hits)
{
    writer_format(o->out, "%" PRId64 "\n", bulletin_hits_id(hits));
}

static void key_hit(output *o, bulletin_hits *hits)
{
    const char *key = bulletin_hits_text(hits, BULLETIN_KEY);
    put_plain(o, key == NULL ? "" : key, key == NULL ? 0 : strlen(key));
    writer_text(o->out, "\n");
}

static void list_end(output *o, bulletin_hits *hits, const char *error)
{
    (void)o;
    (void)hits;
    (void)error;
}

const output_format output_csv = {
    "csv", false, true, "rank,id,published,source,title,snippet,url,lang,key", csv_begin, csv_hit, list_end
};
const output_format output_ids = { "ids", false, false, "id", list_begin, id_hit, list_end };
const output_format output_keys = { "keys", false, false, "id,key", list_begin, key_hit, list_end };
