/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin search`: a query, or a file of them, into an answer each. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "encoding.h"
#include "explain.h"
#include "filter.h"
#include "input.h"
#include "message.h"
#include "option.h"
#include "output.h"
#include "pager.h"
#include "progress.h"
#include "provenance.h"
#include "saved.h"

enum {
    LIMIT_FOR_PEOPLE = 10,
    SNIPPET_LINES = 2,
    SNIPPET_LEAST = 80,
    SNIPPET_MOST = 100000,
    OPTION_OWN = 20,
    OPTION_ROWS = FILTER_OPTIONS + SAVED_OPTIONS + OPTION_OWN
};

typedef struct searching {
    client *client;
    archive archive;
    const output_format *format;
    bulletin_search_options options;
    output output;
    bool found;  /* by any query so far */
    bool failed; /* a query of the batch could not be answered */
    const char *provenance;
    int recorded; /* how writing it went */
    char *uuid;
    const char *glossary_file;
    char **glossary; /* ends with NULL */
    size_t glossary_count;
    /* as typed */
    filter filter;
    const char *sort, *expand, *format_name, *fields, *batch;
    option_number limit, offset, snippet;
    saved saved;
    bool any, all_text, no_expand, no_partial, no_collapse, words, excel, timing, explain, quiet;
} searching;

static bool formatted(const searching *s, const char *name)
{
    return strcmp(s->format->name, name) == 0;
}

/* Whether the options fit together; --batch and --excel choose the format when none is named. */
static int choose_format(const option_usage *usage, searching *s)
{
    const char *usual = s->batch != NULL ? "json" : s->excel ? "csv" : "text";
    s->format = output_find(s->format_name != NULL ? s->format_name : usual);
    if (s->batch != NULL && formatted(s, "jsonl"))
        s->format = output_find("json");
    if (s->batch != NULL && !formatted(s, "json"))
        return option_complain(usage, "--batch prints json, not %s", s->format->name);
    if (s->excel && !formatted(s, "csv") && !formatted(s, "kwic"))
        return option_complain(usage, "--excel goes with --format csv or kwic");
    if (s->fields != NULL && !s->format->has_fields)
        return option_complain(usage, "--fields goes with --format json, jsonl or csv");
    return OPTION_GO_ON;
}

static int choose_fields(const option_usage *usage, searching *s)
{
    field_parse(s->format->fields, &s->output.fields);
    const char *wrong = s->fields == NULL ? NULL : field_parse(s->fields, &s->output.fields);
    if (wrong == NULL)
        return OPTION_GO_ON;
    const char *names[FIELD_COUNT];
    char word[64] = "";
    strncat(word, wrong, strcspn(wrong, ",") < sizeof word - 1 ? strcspn(wrong, ",") : sizeof word - 1);
    for (int i = 0; i < FIELD_COUNT; i++)
        names[i] = field_name((hit_field)i);
    const char *nearest = option_nearest(word, names, FIELD_COUNT);
    if (nearest == NULL)
        return option_complain(usage, "a hit has no field %s", word);
    return option_complain(usage, "a hit has no field %s; did you mean %s?", word, nearest);
}

/* One word a line; blank lines and those that begin with # are none. */
static int read_glossary(searching *s)
{
    input in;
    size_t size, room = 0;
    if (s->glossary_file == NULL)
        return EXIT_DONE;
    if (!input_open(&in, s->glossary_file, NULL)) {
        message_say("cannot read %s: %s", s->glossary_file, strerror(errno));
        return EXIT_FAILED;
    }
    for (char *line; (line = input_line(&in, &size)) != NULL;) {
        if (size == 0 || line[0] == '#')
            continue;
        if (s->glossary_count + 2 > room) {
            room = room > 0 ? room * 2 : 64;
            char **grown = realloc(s->glossary, room * sizeof *grown);
            if (grown == NULL)
                break;
            s->glossary = grown;
        }
        char *word = strdup(line);
        if (word == NULL)
            break;
        s->glossary[s->glossary_count++] = word;
        s->glossary[s->glossary_count] = NULL;
    }
    input_close(&in);
    s->options.glossary = (const char *const *)s->glossary;
    return EXIT_DONE;
}

static void free_glossary(searching *s)
{
    for (size_t i = 0; i < s->glossary_count; i++)
        free(s->glossary[i]);
    free(s->glossary);
}

static unsigned choose_flags(const searching *s)
{
    bool whole = !s->format->for_people || s->quiet; /* programs are never given half a match */
    bool none = s->snippet.given && s->snippet.value == 0;
    bool snippet = field_wanted(&s->output.fields, FIELD_SNIPPET) && !s->quiet && !none;
    return (s->any ? (unsigned)BULLETIN_ANY : 0) | (s->no_expand ? (unsigned)BULLETIN_NO_EXPAND : 0) |
           (whole ? 0 : (unsigned)BULLETIN_SUGGEST) | (s->explain ? (unsigned)BULLETIN_EXPLAIN : 0) |
           (s->words ? (unsigned)BULLETIN_WORDS : 0) |
           (s->expand != NULL && strcmp(s->expand, "exact") == 0 ? (unsigned)BULLETIN_EXPAND_EXACT : 0) |
           (s->no_partial || whole ? (unsigned)BULLETIN_NO_PARTIAL : 0) |
           (s->all_text ? (unsigned)BULLETIN_ALL_TEXT : 0) |
           (formatted(s, "json") && !s->quiet ? (unsigned)BULLETIN_COUNT_FURNITURE : 0) |
           (s->no_collapse ? (unsigned)BULLETIN_NO_COLLAPSE : 0) |
           (snippet ? 0 : (unsigned)BULLETIN_NO_SNIPPET);
}

static bulletin_sort choose_sort(const char *name)
{
    if (strcmp(name, "newest") == 0)
        return BULLETIN_NEWEST;
    return strcmp(name, "oldest") == 0 ? BULLETIN_OLDEST : BULLETIN_RELEVANCE;
}

static uint64_t choose_limit(const searching *s)
{
    if (s->quiet)
        return 1;
    if (s->limit.given)
        return s->limit.value;
    return s->format->for_people ? LIMIT_FOR_PEOPLE : 0;
}

/* As asked for, else two lines of the terminal; the library's own measure where there is none. */
static unsigned snippet_columns(const searching *s)
{
    const terminal *t = &s->output.terminal;
    unsigned columns = SNIPPET_LINES * (t->width - t->width / 10);
    if (s->snippet.given)
        return s->snippet.value > SNIPPET_MOST ? SNIPPET_MOST : (unsigned)s->snippet.value;
    return t->width == 0 ? 0 : columns < SNIPPET_LEAST ? SNIPPET_LEAST : columns;
}

static void fill_options(searching *s)
{
    s->output.terminal = terminal_of_output(s->client->color);
    s->options = (bulletin_search_options)BULLETIN_SEARCH_INIT;
    s->options.flags = choose_flags(s);
    s->options.sort = choose_sort(s->sort);
    s->options.limit = choose_limit(s);
    s->options.offset = s->quiet ? 0 : s->offset.value;
    filter_apply(&s->filter, &s->options);
    s->options.snippet_columns = snippet_columns(s);
    s->output.out = &s->client->out;
    s->output.one_line = s->batch != NULL;
    s->output.excel = s->excel;
    s->output.collapse = !s->no_collapse;
    s->output.timing = s->timing;
    s->output.offset = s->options.offset;
    s->output.limit = s->options.limit;
}

static bulletin_status walk(searching *s, bulletin_hits *hits)
{
    bulletin_status status = BULLETIN_OK;
    while (!writer_stopped(s->output.out) && (status = bulletin_hits_next(hits)) == BULLETIN_OK) {
        if (archive_interrupted()) /* while no call ran that could have noticed */
            return BULLETIN_INTERRUPTED;
        s->format->hit(&s->output, hits);
        s->output.shown++;
    }
    return status;
}

/* Print the hits. What fails on the way is part of the answer, and returned. */
static bulletin_status answer(searching *s, bulletin_hits *hits)
{
    s->output.shown = 0;
    s->format->begin(&s->output, hits);
    bulletin_status status = walk(s, hits);
    s->format->end(&s->output, hits, status < 0 ? bulletin_message(s->archive.handle) : NULL);
    return status < 0 ? status : BULLETIN_OK;
}

/* Search and print; `answered` is whether anything of it was printed. */
static bulletin_status ask(searching *s, const char *query, size_t size, bool *answered)
{
    bulletin_hits *hits = NULL;
    s->output.query = query;
    s->output.started = progress_clock();
    bulletin_status status = bulletin_search(s->archive.handle, query, size, &s->options, &hits);
    *answered = status == BULLETIN_OK;
    if (status == BULLETIN_OK) {
        const bool counted = bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES) < 0;
        s->found = s->found || (counted ? bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS) > 0
                                        : s->quiet && bulletin_hits_next(hits) == BULLETIN_OK);
        if (s->explain)
            explain_search(hits);
        if (!s->quiet) {
            filter_explain(&s->filter, s->archive.handle, hits);
            status = answer(s, hits);
            s->found = s->found || (!counted && s->output.shown > 0);
        }
        if (status == BULLETIN_OK && s->provenance != NULL)
            s->recorded = provenance_write(&s->archive, s->provenance, query, &s->options, hits);
    }
    bulletin_hits_close(hits);
    return status;
}

/* One line of the batch. Returns OK when the next may follow. */
static bulletin_status ask_line(searching *s, const char *line, size_t size)
{
    bool answered = false;
    char *decoded = encoding_is_utf8(line, size) ? NULL : encoding_to_utf8(line, size, &size);
    bulletin_status status = ask(s, decoded != NULL ? decoded : line, size, &answered);
    if (status == BULLETIN_BAD_QUERY || status == BULLETIN_MISUSE) {
        if (!answered)
            output_failed_query(&s->output, bulletin_message(s->archive.handle));
        s->failed = true;
        status = BULLETIN_OK;
    }
    free(decoded);
    return status;
}

static int search_lines(searching *s)
{
    input in;
    size_t size = 0;
    char *line = NULL;
    bulletin_status status = BULLETIN_OK;
    if (!input_open(&in, s->batch, &s->client->out)) {
        message_say("cannot read %s: %s", s->batch, strerror(errno));
        return EXIT_FAILED;
    }
    while (status == BULLETIN_OK && !writer_stopped(&s->client->out) && !archive_interrupted() &&
           (line = input_line(&in, &size)) != NULL)
        status = ask_line(s, line, size);
    int failure = in.failure;
    input_close(&in);
    if (archive_interrupted())
        return EXIT_INTERRUPTED;
    if (failure != 0)
        message_say("cannot read %s: %s", s->batch, strerror(failure));
    if (failure != 0 || status < 0)
        return status < 0 ? archive_status(&s->archive, "search", status) : EXIT_FAILED;
    return s->failed ? EXIT_PARTIAL : s->found ? EXIT_DONE : EXIT_NOTHING;
}

static int search_words(searching *s, int argc, char **argv)
{
    bool answered = false;
    char *query = client_join(argc, argv);
    if (query == NULL)
        return message_no_memory("search");
    bulletin_status status = ask(s, query, strlen(query), &answered);
    free(query);
    if (status < 0) {
        writer_flush(&s->client->out);
        return archive_status(&s->archive, "search", status);
    }
    return s->recorded != EXIT_DONE ? s->recorded : s->found ? EXIT_DONE : EXIT_NOTHING;
}

static int search(searching *s, int argc, char **argv)
{
    int status = archive_open(s->client, "search", ARCHIVE_READ, NULL, &s->archive);
    if (status == EXIT_DONE && formatted(s, "json"))
        status = archive_status(&s->archive, "search",
                                bulletin_read_fact(s->archive.handle, BULLETIN_FACT_UUID, &s->uuid));
    s->output.uuid = s->uuid;
    if (status == EXIT_DONE)
        status = s->batch != NULL ? search_lines(s) : search_words(s, argc, argv);
    bulletin_free(s->uuid);
    archive_close(&s->archive);
    return status;
}

static const char search_notes[] =
    "Words side by side must all occur; OR between words; \"quoted\" text is found as it stands.\n"
    "The shell eats one pair of quotes: write '\"产改\"', or use -F. Without QUERY all that pass\n"
    "the filters are listed. Exit status 0: something was found, 1: nothing.";

static void list_options(searching *s, option_spec rows[OPTION_ROWS])
{
    const option_spec all[OPTION_OWN] = {
        { "any", 0, OPTION_SWITCH, &s->any, NULL, "best matches first, not every word required" },
        { "sort", 0, OPTION_CHOICE, &s->sort, "relevance|newest|oldest",
          "order of the hits; undated ones last" },
        { "limit", 0, OPTION_NUMBER, &s->limit, "N", "so many hits; 0 = all (default 10 for text and json)" },
        { "offset", 0, OPTION_NUMBER, &s->offset, "N", "leave out the first N hits" },
        { "format", 0, OPTION_CHOICE, &s->format_name, "text|json|jsonl|csv|ids|keys|kwic",
          "how hits are printed; kwic: a row for each place that matched" },
        { "snippet", 0, OPTION_NUMBER, &s->snippet, "COLUMNS",
          "length of a snippet; 0 = none (default 160)" },
        { "excel", 0, OPTION_SWITCH, &s->excel, NULL, "csv that a spreadsheet reads as UTF-8" },
        { "fields", 0, OPTION_PATH, &s->fields, "LIST", "only these fields of a hit: id,title,published" },
        { "no-expand", 0, OPTION_SWITCH, &s->no_expand, NULL,
          "no other names of a thing, only what was typed" },
        { "expand", 0, OPTION_CHOICE, &s->expand, "exact|machine",
          "how far other names go: exact ones alone, or renderings of machines too (as always)" },
        { "words", 'w', OPTION_SWITCH, &s->words, NULL,
          "characters count only where they are words, not inside others" },
        { "glossary", 0, OPTION_PATH, &s->glossary_file, "FILE",
          "words of your own, one a line, by which a query without spaces is cut" },
        { "no-partial", 0, OPTION_SWITCH, &s->no_partial, NULL,
          "never bulletins with only some of the words" },
        { "all-text", 0, OPTION_SWITCH, &s->all_text, NULL,
          "search what stands around the articles too: menus, lists of other items" },
        { "no-collapse", 0, OPTION_SWITCH, &s->no_collapse, NULL, "each repost a hit of its own" },
        { "batch", 0, OPTION_PATH, &s->batch, "FILE",
          "one query a line (- = standard input), JSON Lines out" },
        { "provenance", 0, OPTION_PATH, &s->provenance, "FILE",
          "also write what repeats and proves this answer, as json" },
        { "timing", 0, OPTION_SWITCH, &s->timing, NULL, "add elapsed_ms to json" },
        { "explain", 0, OPTION_SWITCH, &s->explain, NULL, "show how the query was understood" },
        { "quiet", 'q', OPTION_SWITCH, &s->quiet, NULL, "print nothing, only set the exit status" },
    };
    filter_list(&s->filter, rows);
    memcpy(rows + FILTER_OPTIONS, all, sizeof all);
    saved_list_options(&s->saved, rows + FILTER_OPTIONS + OPTION_OWN);
}

int command_search(client *c, int argc, char **argv)
{
    searching s = { .client = c, .sort = "relevance" };
    option_spec options[OPTION_ROWS];
    list_options(&s, options);
    const option_usage usage = {
        .command = "bulletin search",
        .operands = "[QUERY...]",
        .summary = "Find bulletins.",
        .notes = search_notes,
        .options = options,
        .option_count = OPTION_ROWS,
        .text_operands = true,
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status == OPTION_GO_ON && saved_is_asked(&s.saved))
        status = saved_run(c, &s.saved, &usage, !filter_is_empty(&s.filter) || s.filter.literal, argc, argv);
    if (status == OPTION_GO_ON)
        status = choose_format(&usage, &s);
    if (status == OPTION_GO_ON)
        status = choose_fields(&usage, &s);
    if (status == OPTION_GO_ON && s.batch != NULL && s.provenance != NULL)
        status = option_complain(&usage, "--provenance goes with one query, not with --batch");
    if (status == OPTION_GO_ON && s.batch != NULL && argc > 0)
        status = option_complain(&usage, "with --batch the queries are in the file, not %s", argv[0]);
    if (status == OPTION_GO_ON) {
        fill_options(&s);
        status = read_glossary(&s);
        if (status == EXIT_DONE && (formatted(&s, "text") || formatted(&s, "kwic")) && !s.quiet)
            pager_start(c);
        if (status == EXIT_DONE)
            status = search(&s, argc, argv);
    }
    free_glossary(&s);
    filter_free(&s.filter);
    return status;
}
