/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bulletins into what programs for references read: BibTeX, RIS, CSL-JSON, and rows of CSV. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "output.h"

enum { TITLE_CHARACTERS = 40, TITLE_SIZE = 4 * TITLE_CHARACTERS + 4, DAY_SIZE = 10 };

/* What is cited of a bulletin; borrowed from its JSON but for the title of one that has none. */
typedef struct citation {
    const char *title, *author, *source, *site, *url, *lang, *published, *accessed;
    int64_t id;
    int year, month, day; /* of publication; 0 = not known */
    char first_words[TITLE_SIZE];
} citation;

static const char *member(const cJSON *record, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, name));
    return text != NULL && *text != '\0' ? text : NULL;
}

/* The first words of a text, up to a line's end, never half a character. */
static void copy_first_words(const char *body, char out[TITLE_SIZE])
{
    size_t size = 0, characters = 0;
    while (body[size] != '\0' && body[size] != '\n') {
        characters += ((unsigned char)body[size] & 0xC0) != 0x80;
        if (characters > TITLE_CHARACTERS)
            break;
        out[size] = body[size];
        size++;
    }
    strcpy(out + size, characters > TITLE_CHARACTERS ? "…" : "");
}

static void read_citation(const cJSON *record, citation *out)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(record, "id");
    const cJSON *origin = cJSON_GetObjectItemCaseSensitive(record, "origin");
    *out = (citation){ .title = member(record, "title"),
                       .author = member(record, "author"),
                       .source = member(record, "source"),
                       .site = member(record, "site"),
                       .url = member(record, "url"),
                       .lang = member(record, "lang"),
                       .published = member(record, "published"),
                       .accessed = member(origin, "captured"),
                       .id = cJSON_IsNumber(id) ? (int64_t)id->valuedouble : 0 };
    const char *body = member(record, "body");
    if (out->accessed == NULL)
        out->accessed = member(origin, "imported");
    if (out->title == NULL && body != NULL) {
        copy_first_words(body, out->first_words);
        out->title = out->first_words;
    }
    if (out->published != NULL)
        sscanf(out->published, "%d-%d-%d", &out->year, &out->month, &out->day);
}

/* ---- BibTeX ---- */

/* What TeX would obey is escaped; braces go, for they must match. */
static void put_tex(writer *out, const char *text, bool address)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '{' || byte == '}' || byte < ' ' || byte == 0x7F)
            writer_text(out, address ? "" : " ");
        else if (byte == '\\')
            writer_text(out, address ? "%5C" : "{\\textbackslash}");
        else if (!address && (byte == '~' || byte == '^'))
            writer_text(out, byte == '~' ? "{\\textasciitilde}" : "{\\textasciicircum}");
        else if (!address && strchr("%&#$_", byte) != NULL)
            writer_format(out, "\\%c", byte);
        else
            writer_put(out, text, 1);
    }
}

static void put_tex_field(writer *out, const char *name, const char *text, bool address)
{
    if (text == NULL)
        return;
    writer_format(out, ",\n  %s = {", name);
    put_tex(out, text, address);
    writer_text(out, "}");
}

static void put_bibtex(writer *out, const citation *c)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    writer_format(out, "@misc{bulletin%" PRId64 ",\n  title = {{", c->id);
    put_tex(out, c->title == NULL ? "" : c->title, false);
    writer_text(out, "}}");
    if (c->author != NULL) {
        writer_text(out, ",\n  author = {{");
        put_tex(out, c->author, false);
        writer_text(out, "}}");
    }
    put_tex_field(out, "publisher", c->source, false);
    put_tex_field(out, "howpublished", c->site, false);
    if (c->year > 0)
        writer_format(out, ",\n  year = {%04d}", c->year);
    if (c->month > 0 && c->month <= 12)
        writer_format(out, ",\n  month = %.3s", months + 3 * (c->month - 1));
    if (c->day > 0)
        writer_format(out, ",\n  day = {%d}", c->day);
    put_tex_field(out, "url", c->url, true);
    if (c->accessed != NULL)
        writer_format(out, ",\n  urldate = {%.*s}", DAY_SIZE, c->accessed);
    put_tex_field(out, "language", c->lang, false);
    writer_format(out, ",\n  note = {bulletin %" PRId64 "}\n}\n\n", c->id);
}

/* ---- RIS ---- */

/* A field is one line. */
static void put_ris_field(writer *out, const char *tag, const char *text)
{
    if (text == NULL)
        return;
    writer_format(out, "%s  - ", tag);
    for (; *text != '\0'; text++)
        writer_put(out, (unsigned char)*text < ' ' || *text == 0x7F ? " " : text, 1);
    writer_text(out, "\r\n");
}

static void put_ris(writer *out, const citation *c)
{
    writer_text(out, "TY  - NEWS\r\n");
    writer_format(out, "ID  - bulletin%" PRId64 "\r\n", c->id);
    put_ris_field(out, "TI", c->title);
    put_ris_field(out, "AU", c->author);
    put_ris_field(out, "PB", c->source);
    put_ris_field(out, "DP", c->site);
    if (c->year > 0) {
        writer_format(out, "PY  - %04d\r\nDA  - %04d/", c->year, c->year);
        writer_format(out, c->month > 0 ? "%02d/" : "/", c->month);
        writer_format(out, c->day > 0 ? "%02d/\r\n" : "/\r\n", c->day);
    }
    put_ris_field(out, "UR", c->url);
    if (c->accessed != NULL && strlen(c->accessed) >= DAY_SIZE)
        writer_format(out, "Y2  - %.4s/%.2s/%.2s/\r\n", c->accessed, c->accessed + 5, c->accessed + 8);
    put_ris_field(out, "LA", c->lang);
    writer_format(out, "AN  - %" PRId64 "\r\nER  - \r\n\r\n", c->id);
}

/* ---- CSL-JSON ---- */

static void put_csl_field(writer *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    writer_format(out, ",\"%s\":", name);
    output_string(out, text);
}

static void put_csl_date(writer *out, const char *name, int year, int month, int day)
{
    if (year <= 0)
        return;
    writer_format(out, ",\"%s\":{\"date-parts\":[[%d", name, year);
    if (month > 0)
        writer_format(out, ",%d", month);
    if (month > 0 && day > 0)
        writer_format(out, ",%d", day);
    writer_text(out, "]]}");
}

static void put_csl(writer *out, const citation *c, bool first)
{
    int year = 0, month = 0, day = 0;
    writer_text(out, first ? "[\n" : ",\n");
    writer_format(out, "{\"id\":\"bulletin%" PRId64 "\",\"type\":\"article-newspaper\"", c->id);
    put_csl_field(out, "title", c->title);
    if (c->author != NULL) {
        writer_text(out, ",\"author\":[{\"literal\":");
        output_string(out, c->author);
        writer_text(out, "}]");
    }
    put_csl_field(out, "container-title", c->source);
    put_csl_field(out, "publisher", c->site);
    put_csl_date(out, "issued", c->year, c->month, c->day);
    put_csl_field(out, "URL", c->url);
    if (c->accessed != NULL)
        sscanf(c->accessed, "%d-%d-%d", &year, &month, &day);
    put_csl_date(out, "accessed", year, month, day);
    put_csl_field(out, "language", c->lang);
    writer_format(out, ",\"archive\":\"bulletin\",\"archive_location\":\"%" PRId64 "\"}", c->id);
}

/* ---- CSV ---- */

static void put_csv(output *o, const cJSON *record, const citation *c, bool first)
{
    const char *const cells[] = { c->title,
                                  c->published,
                                  c->source,
                                  c->site,
                                  c->author,
                                  c->url,
                                  c->lang,
                                  c->accessed,
                                  member(record, "key"),
                                  member(record, "body") };
    if (first)
        writer_text(o->out, "id,title,published,source,site,author,url,lang,accessed,key,body\r\n");
    writer_format(o->out, "%" PRId64, c->id);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        writer_text(o->out, ",");
        output_cell(o, cells[i] == c->first_words ? NULL : cells[i]);
    }
    writer_text(o->out, "\r\n");
}

/* ---- the whole ---- */

bool output_citation(output *o, const char *format, const char *json, size_t size)
{
    citation c;
    cJSON *record = cJSON_ParseWithLength(json, size);
    if (record == NULL)
        return false;
    read_citation(record, &c);
    if (strcmp(format, "bibtex") == 0)
        put_bibtex(o->out, &c);
    else if (strcmp(format, "ris") == 0)
        put_ris(o->out, &c);
    else if (strcmp(format, "csl-json") == 0)
        put_csl(o->out, &c, o->shown == 0);
    else
        put_csv(o, record, &c, o->shown == 0);
    o->shown++;
    cJSON_Delete(record);
    return true;
}

void output_citations_end(output *o, const char *format)
{
    if (strcmp(format, "csl-json") == 0)
        writer_text(o->out, o->shown > 0 ? "\n]\n" : "[]\n");
}
