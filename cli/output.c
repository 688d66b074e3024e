/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Answers, bulletins and counts into JSON. */
#include "output.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "message.h"
#include "progress.h"

enum { HEADER_COLUMN = 20 };

/* Write JSON with DEL and the C1 controls as escapes: the same value, but nothing a terminal would obey. */
static void put_json(writer *out, const char *json)
{
    const char *rest = json;
    for (; *json != '\0'; json++) {
        unsigned char byte = (unsigned char)*json;
        unsigned char next = (unsigned char)json[1];
        bool c1 = byte == 0xC2 && next >= 0x80 && next < 0xA0;
        if (byte != 0x7F && !c1)
            continue;
        writer_put(out, rest, (size_t)(json - rest));
        writer_format(out, "\\u%04x", c1 ? next : byte);
        json += c1;
        rest = json + 1;
    }
    writer_put(out, rest, (size_t)(json - rest));
}

/* Print a value on one line and release it; NULL stands for memory that ran out. */
static void put_value(writer *out, cJSON *value)
{
    char *text = value == NULL ? NULL : cJSON_PrintUnformatted(value);
    if (text != NULL)
        put_json(out, text);
    else if (out->failure == 0)
        out->failure = ENOMEM;
    cJSON_free(text);
    cJSON_Delete(value);
}

static cJSON *string_or_null(const char *text)
{
    if (text == NULL)
        return cJSON_CreateNull();
    size_t size = strlen(text);
    if (encoding_is_utf8(text, size))
        return cJSON_CreateString(text);
    char *utf8 = encoding_to_utf8(text, size, &size); /* keys can be file names of any encoding */
    cJSON *string = utf8 == NULL ? NULL : cJSON_CreateString(utf8);
    free(utf8);
    return string;
}

/* Whole numbers as they are: cJSON itself would round those beyond 2^53. */
static cJSON *whole_number(int64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, number);
    return cJSON_CreateRaw(text);
}

/* At most six digits that mean something; null for what is no number. */
static cJSON *decimal_number(double number)
{
    char text[32];
    if (number - number != 0)
        return cJSON_CreateNull();
    snprintf(text, sizeof text, "%.6g", number);
    return cJSON_CreateRaw(text);
}

static void start_member(output *o, const char *name)
{
    bool first = strcmp(name, "schema") == 0;
    writer_format(o->out, o->one_line ? "%s\"%s\":" : "%s\"%s\": ",
                  first         ? "{"
                  : o->one_line ? ","
                                : ",\n ",
                  name);
}

static void put_member(output *o, const char *name, cJSON *value)
{
    start_member(o, name);
    put_value(o->out, value);
}

/* A figure of the search; null when the library did not count it. */
static void put_total(output *o, const char *name, const bulletin_hits *hits, bulletin_total total)
{
    int64_t figure = bulletin_hits_total(hits, total);
    put_member(o, name, figure < 0 ? cJSON_CreateNull() : whole_number(figure));
}

static cJSON *archive_object(const output *o, const bulletin_hits *hits)
{
    cJSON *archive = cJSON_CreateObject();
    cJSON_AddItemToObject(archive, "uuid", string_or_null(o->uuid));
    cJSON_AddItemToObject(archive, "revision",
                          whole_number(bulletin_hits_total(hits, BULLETIN_TOTAL_REVISION)));
    cJSON_AddItemToObject(archive, "bulletins",
                          whole_number(bulletin_hits_total(hits, BULLETIN_TOTAL_ARCHIVE)));
    return archive;
}

/* The other words that were looked for, by the typed word they stand for. */
static cJSON *expansions_array(const bulletin_hits *hits)
{
    cJSON *units = cJSON_CreateArray(), *to = NULL;
    const char *typed = NULL;
    bulletin_expansion one;
    for (size_t i = 0; bulletin_hits_expansion(hits, i, &one) == BULLETIN_OK; i++) {
        if (typed == NULL || strcmp(typed, one.typed) != 0) {
            cJSON *unit = cJSON_CreateObject();
            cJSON_AddItemToObject(unit, "unit", string_or_null(typed = one.typed));
            to = cJSON_AddArrayToObject(unit, "to");
            cJSON_AddItemToArray(units, unit);
        }
        cJSON *word = cJSON_CreateObject();
        cJSON_AddItemToObject(word, "text", string_or_null(one.text));
        cJSON_AddItemToObject(word, "quality", string_or_null(one.quality));
        cJSON_AddItemToObject(word, "own", cJSON_CreateBool(one.own));
        cJSON_AddItemToObject(word, "bulletins", whole_number(one.bulletins));
        cJSON_AddItemToArray(to, word);
    }
    return units;
}

/* Queries that may have been meant, when nothing was found. */
static cJSON *suggestions_array(const bulletin_hits *hits)
{
    cJSON *array = cJSON_CreateArray();
    const char *query;
    for (size_t i = 0; (query = bulletin_hits_suggestion(hits, i)) != NULL; i++)
        cJSON_AddItemToArray(array, string_or_null(query));
    return array;
}

static void json_begin(output *o, bulletin_hits *hits)
{
    put_member(o, "schema", whole_number(OUTPUT_SCHEMA));
    put_member(o, "archive", archive_object(o, hits));
    put_member(o, "query", string_or_null(o->query));
    put_member(o, "parsed", string_or_null(bulletin_hits_parsed(hits)));
    put_member(o, "partial", cJSON_CreateBool(bulletin_hits_total(hits, BULLETIN_TOTAL_PARTIAL) == 1));
    put_total(o, "stories", hits, BULLETIN_TOTAL_STORIES);
    put_total(o, "bulletins", hits, BULLETIN_TOTAL_BULLETINS);
    put_total(o, "as_typed", hits, BULLETIN_TOTAL_AS_TYPED);
    put_total(o, "inside_other_words", hits, BULLETIN_TOTAL_INSIDE_WORDS);
    put_total(o, "undated_excluded", hits, BULLETIN_TOTAL_UNDATED_EXCLUDED);
    put_total(o, "furniture_only", hits, BULLETIN_TOTAL_FURNITURE_ONLY);
    if (bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES) >= 0)
        put_total(o, "candidates", hits, BULLETIN_TOTAL_CANDIDATES);
    put_member(o, "expansions", expansions_array(hits));
    put_member(o, "did_you_mean", suggestions_array(hits));
    start_member(o, "hits");
    writer_text(o->out, "[");
}

static cJSON *highlights_array(bulletin_hits *hits, bulletin_field field)
{
    size_t count = 0;
    const bulletin_range *ranges = bulletin_hits_highlights(hits, field, &count);
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        cJSON *pair = cJSON_CreateArray();
        cJSON_AddItemToArray(pair, whole_number((int64_t)ranges[i].start));
        cJSON_AddItemToArray(pair, whole_number((int64_t)ranges[i].end));
        cJSON_AddItemToArray(array, pair);
    }
    return array;
}

static cJSON *snippet_object(bulletin_hits *hits)
{
    const char *text = bulletin_hits_text(hits, BULLETIN_SNIPPET);
    cJSON *snippet = cJSON_CreateObject();
    cJSON_AddItemToObject(snippet, "text", string_or_null(text == NULL ? "" : text));
    cJSON_AddItemToObject(snippet, "highlights", highlights_array(hits, BULLETIN_SNIPPET));
    return snippet;
}

static cJSON *organizations_array(bulletin_hits *hits)
{
    cJSON *names = cJSON_CreateArray();
    const char *name;
    for (size_t i = 0; (name = bulletin_hits_organization(hits, i)) != NULL; i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(name));
    return names;
}

static cJSON *reposts_array(bulletin_hits *hits)
{
    cJSON *array = cJSON_CreateArray();
    bulletin_repost one;
    for (size_t i = 0; bulletin_hits_repost(hits, i, &one) == BULLETIN_OK; i++) {
        cJSON *repost = cJSON_CreateObject();
        cJSON_AddItemToObject(repost, "id", whole_number(one.id));
        cJSON_AddItemToObject(repost, "source", string_or_null(one.source));
        cJSON_AddItemToObject(repost, "site", string_or_null(one.site));
        cJSON_AddItemToObject(repost, "published", string_or_null(one.published));
        cJSON_AddItemToObject(repost, "similarity", decimal_number(one.similarity));
        cJSON_AddItemToArray(array, repost);
    }
    return array;
}

static cJSON *field_value(bulletin_hits *hits, hit_field field)
{
    switch (field) {
    case FIELD_RANK:
        return whole_number((int64_t)bulletin_hits_rank(hits));
    case FIELD_SCORE:
        return decimal_number(bulletin_hits_score(hits));
    case FIELD_ID:
        return whole_number(bulletin_hits_id(hits));
    case FIELD_SNIPPET:
        return snippet_object(hits);
    case FIELD_TITLE_HIGHLIGHTS:
        return highlights_array(hits, BULLETIN_TITLE);
    case FIELD_ORGANIZATIONS:
        return organizations_array(hits);
    case FIELD_REPOSTS:
        return reposts_array(hits);
    default:
        return string_or_null(field_text(hits, field));
    }
}

static void put_hit(output *o, bulletin_hits *hits)
{
    cJSON *hit = cJSON_CreateObject();
    for (size_t i = 0; i < o->fields.count; i++)
        cJSON_AddItemToObjectCS(hit, field_name(o->fields.items[i]), field_value(hits, o->fields.items[i]));
    put_value(o->out, hit);
}

static void json_hit(output *o, bulletin_hits *hits)
{
    writer_text(o->out, o->shown > 0 ? "," : "");
    writer_text(o->out, o->one_line ? "" : "\n  ");
    put_hit(o, hits);
}

static void json_end(output *o, bulletin_hits *hits, const char *error)
{
    (void)hits;
    writer_text(o->out, "]");
    if (o->timing)
        put_member(o, "elapsed_ms", decimal_number((progress_clock() - o->started) * 1000));
    if (error != NULL)
        put_member(o, "error", string_or_null(error));
    writer_text(o->out, "}\n");
}

static void lines_begin(output *o, bulletin_hits *hits)
{
    (void)o;
    (void)hits;
}

static void lines_hit(output *o, bulletin_hits *hits)
{
    put_hit(o, hits);
    writer_text(o->out, "\n");
}

static void lines_end(output *o, bulletin_hits *hits, const char *error)
{
    (void)o;
    (void)hits;
    (void)error;
}

void output_failed_query(output *o, const char *error)
{
    writer_text(o->out, "{\"query\":");
    put_value(o->out, string_or_null(o->query));
    writer_text(o->out, ",\"error\":");
    put_value(o->out, string_or_null(error));
    writer_text(o->out, "}\n");
}

#define JSON_FIELDS                                                                                          \
    "rank,score,id,key,title,published,source,url,lang,organizations,snippet,title_highlights,reposts"

static const output_format json_format = { "json", true, true, JSON_FIELDS, json_begin, json_hit, json_end };
static const output_format jsonl_format = { "jsonl",     false,     true,     JSON_FIELDS,
                                            lines_begin, lines_hit, lines_end };

const output_format *output_find(const char *name)
{
    static const output_format *const formats[] = { &output_text, &json_format, &jsonl_format, &output_csv,
                                                    &output_ids,  &output_keys, &output_kwic };
    size_t i = 0;
    while (i + 1 < sizeof formats / sizeof *formats && strcmp(formats[i]->name, name) != 0)
        i++;
    return formats[i];
}

record_format output_record_format(const char *name)
{
    if (strcmp(name, "text") == 0)
        return RECORD_TEXT;
    return strcmp(name, "json") == 0 ? RECORD_JSON : RECORD_JSON_LINE;
}

void output_string(writer *out, const char *text)
{
    put_value(out, string_or_null(text));
}

/* The words of a list's items: strings as they are, objects by their name. */
static void put_items(writer *out, const cJSON *array)
{
    const cJSON *item = NULL;
    const char *separator = "";
    cJSON_ArrayForEach(item, array)
    {
        const cJSON *name = cJSON_IsObject(item) ? cJSON_GetObjectItemCaseSensitive(item, "name") : item;
        if (!cJSON_IsString(name))
            continue;
        writer_text(out, separator);
        terminal_put_line(out, name->valuestring, 0);
        separator = "; ";
    }
}

/* "source      Workers' Daily"; nothing for what is empty, and for the long texts that come after. */
static void put_header(writer *out, const cJSON *member)
{
    bool empty = cJSON_IsNull(member) || (cJSON_IsArray(member) && member->child == NULL) ||
                 cJSON_IsObject(member) || (cJSON_IsArray(member) && cJSON_IsArray(member->child));
    if (empty || strcmp(member->string, "body") == 0 || strcmp(member->string, "furniture") == 0)
        return;
    size_t columns = terminal_put_line(out, member->string, 0);
    writer_format(out, "%*s", columns < HEADER_COLUMN ? (int)(HEADER_COLUMN - columns) : 1, "");
    if (cJSON_IsString(member))
        terminal_put_line(out, member->valuestring, 0);
    else if (cJSON_IsArray(member))
        put_items(out, member);
    else
        writer_format(out, "%.15g", member->valuedouble);
    writer_text(out, "\n");
}

/* A long text of the record; `heading` is left out where there is none to show under it. */
static void put_long_text(writer *out, const cJSON *record, const char *name, const char *heading)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, name));
    if (text == NULL || *text == '\0')
        return;
    writer_text(out, heading);
    terminal_put_lines(out, text, strlen(text));
    writer_text(out, "\n");
}

static void put_record_text(writer *out, const cJSON *record, bool whole)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, record) put_header(out, member);
    put_long_text(out, record, "body", "\n");
    if (whole)
        put_long_text(out, record, "furniture", message_text("\nAround the article:\n"));
}

bool output_record(writer *out, record_format format, const char *json, size_t size)
{
    if (format == RECORD_JSON_LINE && memchr(json, '\n', size) == NULL) {
        put_json(out, json);
        writer_text(out, "\n");
        return true;
    }
    cJSON *record = cJSON_ParseWithLength(json, size);
    char *text = NULL;
    bool readable = format == RECORD_TEXT || format == RECORD_TEXT_WHOLE;
    if (record != NULL && readable)
        put_record_text(out, record, format == RECORD_TEXT_WHOLE);
    else if (record != NULL)
        text = format == RECORD_JSON ? cJSON_Print(record) : cJSON_PrintUnformatted(record);
    if (text != NULL) {
        put_json(out, text);
        writer_text(out, "\n");
    }
    bool done = text != NULL || (record != NULL && readable);
    cJSON_free(text);
    cJSON_Delete(record);
    return done;
}

char *output_record_member(const char *json, const char *name)
{
    cJSON *record = cJSON_Parse(json);
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, name));
    char *copy = text == NULL ? NULL : strdup(text);
    cJSON_Delete(record);
    return copy;
}

static const char *const skipped_names[BULLETIN_SKIPPED_COUNT] = {
    [BULLETIN_SKIPPED_FOLDER] = "folder",     [BULLETIN_SKIPPED_HIDDEN] = "hidden",
    [BULLETIN_SKIPPED_EXCLUDED] = "excluded", [BULLETIN_SKIPPED_OTHER] = "other",
    [BULLETIN_SKIPPED_STATUS] = "status",     [BULLETIN_SKIPPED_TYPE] = "type",
    [BULLETIN_SKIPPED_CODING] = "coding",     [BULLETIN_SKIPPED_EMPTY] = "empty"
};

/* As text only what there is: " (folder 1, other 2)". */
static void put_skipped(writer *out, bool json, const bulletin_counts *counts)
{
    const char *separator = json ? ", \"skipped_by\": {" : " (";
    if (!json && counts->skipped == 0)
        return;
    for (size_t i = 0; i < BULLETIN_SKIPPED_COUNT; i++) {
        if (!json && counts->skipped_by[i] == 0)
            continue;
        writer_format(out, json ? "%s\"%s\": %" PRIu64 : "%s%s %" PRIu64, separator, skipped_names[i],
                      counts->skipped_by[i]);
        separator = ", ";
    }
    writer_text(out, json ? "}" : ")");
}

void output_counts(writer *out, bool json, const bulletin_counts *counts)
{
    const struct {
        const char *name;
        uint64_t figure;
    } rows[] = {
        { "added", counts->added },           { "updated", counts->updated },
        { "unchanged", counts->unchanged },   { "reposts", counts->reposts },
        { "collisions", counts->collisions }, { "skipped", counts->skipped },
        { "failed", counts->failed },
    };
    writer_text(out, json ? "{" : "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        writer_format(out, json ? "%s\"%s\": %" PRIu64 : "%s%s %" PRIu64, i == 0 ? "" : ", ", rows[i].name,
                      rows[i].figure);
        if (strcmp(rows[i].name, "skipped") == 0)
            put_skipped(out, json, counts);
    }
    writer_text(out, json ? "}\n" : "\n");
}

/* "zh-Hans 12, en 3" */
static void put_numbers(writer *out, const cJSON *object)
{
    const cJSON *member = NULL;
    const char *separator = "";
    cJSON_ArrayForEach(member, object)
    {
        writer_text(out, separator);
        terminal_put_line(out, member->string, 0);
        writer_format(out, " %.17g", member->valuedouble);
        separator = ", ";
    }
    writer_text(out, separator[0] == '\0' ? "-\n" : "\n");
}

static void put_figure(writer *out, const cJSON *member)
{
    writer_format(out, "%-*s", HEADER_COLUMN, member->string);
    if (cJSON_IsObject(member))
        put_numbers(out, member);
    else if (cJSON_IsString(member))
        writer_format(out, "%s\n", member->valuestring);
    else if (cJSON_IsNumber(member))
        writer_format(out, "%.17g\n", member->valuedouble);
    else
        writer_text(out, "-\n");
}

bool output_figures(writer *out, bool json, const char *figures)
{
    if (json)
        return output_record(out, RECORD_JSON, figures, strlen(figures));
    cJSON *object = cJSON_Parse(figures);
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object) put_figure(out, member);
    cJSON_Delete(object);
    return object != NULL;
}

void output_organization(writer *out, const bulletin_organization *o, bool first)
{
    cJSON *object = cJSON_CreateObject(), *names = cJSON_CreateArray();
    cJSON_AddItemToObject(object, "id", string_or_null(o->id));
    cJSON_AddItemToObject(object, "name", string_or_null(o->name));
    cJSON_AddItemToObject(object, "kind", string_or_null(o->kind));
    cJSON_AddItemToObject(object, "resolved", cJSON_CreateBool(o->resolved));
    cJSON_AddItemToObject(object, "bulletins", whole_number(o->bulletins));
    for (size_t i = 0; i < o->name_count; i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(o->names[i]));
    cJSON_AddItemToObject(object, "names", names);
    writer_text(out, first ? "\n " : ",\n ");
    put_value(out, object);
}

void output_organization_line(writer *out, const bulletin_organization *o)
{
    writer_format(out, "%8" PRId64 "  ", o->bulletins);
    terminal_put_line(out, o->name, 0);
    if (o->kind != NULL)
        writer_format(out, "  [%s]", o->kind);
    for (size_t i = 0, put = 0; i < o->name_count; i++) {
        if (strcmp(o->names[i], o->name) == 0)
            continue;
        writer_text(out, put++ > 0 ? "; " : "  ");
        terminal_put_line(out, o->names[i], 0);
    }
    writer_text(out, "\n");
}

void output_finding(writer *out, const bulletin_finding *finding, bool first)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "kind", string_or_null(finding->kind));
    cJSON_AddItemToObject(object, "bulletins", whole_number(finding->count));
    cJSON_AddItemToObject(object, "query", string_or_null(finding->query));
    cJSON_AddItemToObject(object, "what", string_or_null(finding->what));
    writer_text(out, first ? "\n " : ",\n ");
    put_value(out, object);
}

static cJSON *hex_string(const char *bytes)
{
    size_t size = strlen(bytes);
    char *hex = size > SIZE_MAX / 2 - 1 ? NULL : malloc(size * 2 + 1);
    for (size_t i = 0; hex != NULL && i < size; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)bytes[i]);
    if (hex != NULL)
        hex[2 * size] = '\0';
    cJSON *string = hex == NULL ? NULL : cJSON_CreateString(hex);
    free(hex);
    return string;
}

void output_problem(writer *out, const bulletin_problem *problem)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "path", string_or_null(problem->path));
    if (!encoding_is_utf8(problem->path, strlen(problem->path)))
        cJSON_AddItemToObject(object, "path_hex", hex_string(problem->path));
    cJSON_AddItemToObject(object, "line",
                          problem->line == 0 ? cJSON_CreateNull() : whole_number((int64_t)problem->line));
    cJSON_AddItemToObject(object, "reason", string_or_null(problem->reason));
    put_value(out, object);
    writer_text(out, "\n");
    writer_flush(out);
}

/* The bytes that hex_string() wrote, in place; false when they are none. */
static bool read_hex(char *text)
{
    size_t size = strlen(text) / 2;
    unsigned byte = 0;
    bool good = strlen(text) % 2 == 0 && strspn(text, "0123456789abcdef") == strlen(text);
    for (size_t i = 0; good && i < size; i++) {
        good = sscanf(text + 2 * i, "%2x", &byte) == 1 && byte != 0;
        text[i] = (char)byte;
    }
    text[good ? size : 0] = '\0';
    return good;
}

char *output_problem_path(const char *line)
{
    char *hex = output_record_member(line, "path_hex");
    if (hex != NULL && read_hex(hex))
        return hex;
    free(hex);
    return output_record_member(line, "path");
}

void output_token(writer *out, const bulletin_token *token, const char *kind, bool first)
{
    writer_text(out, first ? "[\n " : ",\n ");
    writer_format(out, "{\"start\": %zu, \"end\": %zu, \"kind\": \"%s\", \"text\": ", token->start,
                  token->end, kind);
    put_value(out, string_or_null(token->text));
    writer_text(out, "}");
}
