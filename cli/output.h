/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bulletin.h"
#include "field.h"
#include "terminal.h"
#include "writer.h"

/* Raised when the JSON of search changes in a way that breaks its readers; docs/schema.json describes it. */
enum { OUTPUT_SCHEMA = 1 };

/* The answer to a query on its way to standard output. Everything is borrowed. */
typedef struct output {
    writer *out;
    terminal terminal;
    field_list fields;
    const char *query;
    const char *uuid; /* the archive's */
    bool one_line;    /* JSON without line breaks */
    bool excel;       /* CSV with a byte order mark */
    bool collapse;    /* reposts are counted with their story */
    bool timing;
    double started;
    uint64_t offset, limit;
    uint64_t shown; /* hits printed so far */
} output;

/* A way to print answers. */
typedef struct output_format {
    const char *name;
    bool for_people; /* ten hits, and those with some of the words where none has all */
    bool has_fields; /* --fields applies */
    const char *fields;
    void (*begin)(output *o, bulletin_hits *hits);
    void (*hit)(output *o, bulletin_hits *hits);
    /* @param error why the hits are not complete; NULL when they are. */
    void (*end)(output *o, bulletin_hits *hits, const char *error);
} output_format;

/* The format with one of the names text, json, jsonl, csv, ids, keys and kwic. */
const output_format *output_find(const char *name);

extern const output_format output_text, output_csv, output_ids, output_keys, output_kwic;

/* A cell of CSV that no spreadsheet takes for a formula; NULL is an empty one. */
void output_cell(output *o, const char *text);
void output_cell_part(output *o, const char *text, size_t size);

/* A query of --batch that could not be answered. */
void output_failed_query(output *o, const char *error);

/* How a bulletin is printed. */
typedef enum record_format {
    RECORD_TEXT,
    RECORD_TEXT_WHOLE, /* with what was left out of the body */
    RECORD_JSON,
    RECORD_JSON_LINE
} record_format;

/* @param name "text", "json" or "jsonl". */
record_format output_record_format(const char *name);

/* Print a bulletin that the library gave as a JSON object. False when it is none, or memory ran out. */
bool output_record(writer *out, record_format format, const char *json, size_t size);

/* One field of such a bulletin, for a list; new, free(); NULL when it has none. */
char *output_record_member(const char *json, const char *name);

/* Print a bulletin that the library gave as JSON as a reference: "bibtex", "ris", "csl-json", or a row of "csv". False
 * when it is none, or memory ran out. */
bool output_citation(output *o, const char *format, const char *json, size_t size);

/* What ends the list of them. */
void output_citations_end(output *o, const char *format);

/* A JSON string, or null. */
void output_string(writer *out, const char *text);

void output_counts(writer *out, bool json, const bulletin_counts *counts);

/* The figures of an archive, given as a JSON object: that object, or a line each. False when it is none, or
 * memory ran out. */
bool output_figures(writer *out, bool json, const char *figures);

/* An organization as one object, `first` whether it opens the array; or as a line: how many bulletins, the
 * name, kind, and the other names. */
void output_organization(writer *out, const bulletin_organization *organization, bool first);
void output_organization_line(writer *out, const bulletin_organization *organization);

/* A finding of audit as one object; `first` is whether it opens the array. */
void output_finding(writer *out, const bulletin_finding *finding, bool first);

/* A failure as a line of an error list. A path that is no UTF-8 also has its bytes, in "path_hex". */
void output_problem(writer *out, const bulletin_problem *problem);

/* The path in a line of an error list; new, free(); NULL when the line is none, or memory ran out. */
char *output_problem_path(const char *line);

/* A token as one object; `first` is whether it opens the array. */
void output_token(writer *out, const bulletin_token *token, const char *kind, bool first);

#endif
