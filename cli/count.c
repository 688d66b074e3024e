/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin count`: a query into numbers: one, or a row for each year, source, organization. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "encoding.h"
#include "filter.h"
#include "input.h"
#include "matrix.h"
#include "message.h"
#include "option.h"
#include "output.h"

enum { OPTION_ROWS = 6, MOST_BY = 2, BAR_COLUMNS = 40 };

typedef struct counted {
    char *keys[MOST_BY]; /* NULL for those that have none; the row before may have the same one */
    int64_t stories, bulletins, base;
} counted;

typedef struct counting {
    client *client;
    archive archive;
    filter filter;
    option_list names; /* --by */
    bulletin_by by[MOST_BY];
    size_t by_count;
    const char *format, *batch;
    bool no_expand, no_collapse, excel, found;
    bool refused;  /* a query of the batch could not be answered */
    output output; /* for cells */
    counted *rows;
    size_t count, room;
    bool failed;
} counting;

static const struct {
    const char *name;
    bulletin_by by;
} kinds[] = {
    { "year", BULLETIN_BY_YEAR },        { "month", BULLETIN_BY_MONTH },   { "day", BULLETIN_BY_DAY },
    { "org", BULLETIN_BY_ORGANIZATION }, { "source", BULLETIN_BY_SOURCE }, { "lang", BULLETIN_BY_LANG },
};

static int choose_by(const option_usage *usage, counting *c)
{
    if (c->names.count > MOST_BY)
        return option_complain(usage, "--by can be given twice");
    for (size_t i = 0; i < c->names.count; i++) {
        size_t k = 0;
        while (k < sizeof kinds / sizeof *kinds && strcmp(kinds[k].name, c->names.items[i]) != 0)
            k++;
        if (k == sizeof kinds / sizeof *kinds)
            return option_complain(usage, "--by is year, month, day, org, source or lang, not %s",
                                   c->names.items[i]);
        c->by[c->by_count++] = kinds[k].by;
    }
    return OPTION_GO_ON;
}

/* ---- rows ---- */

/* Rows of one organization follow one another. */
static char *copy_key(counting *c, const counted *before, size_t k, const char *key)
{
    if (key == NULL)
        return NULL;
    if (before != NULL && before->keys[k] != NULL && strcmp(before->keys[k], key) == 0)
        return before->keys[k];
    char *copy = strdup(key);
    c->failed = c->failed || copy == NULL;
    return copy;
}

static bool keep_row(void *context, const bulletin_count_row *row)
{
    counting *c = context;
    if (c->count == c->room) {
        size_t room = c->room > 0 ? c->room * 2 : 64;
        counted *grown = realloc(c->rows, room * sizeof *grown);
        if (grown == NULL)
            return !(c->failed = true);
        c->rows = grown;
        c->room = room;
    }
    counted *one = &c->rows[c->count], *before = c->count > 0 ? one - 1 : NULL;
    *one = (counted){ { NULL, NULL }, row->stories, row->bulletins, row->base };
    for (size_t k = 0; k < c->by_count; k++)
        one->keys[k] = copy_key(c, before, k, row->keys[k]);
    c->count++;
    return !c->failed;
}

static void forget_rows(counting *c)
{
    for (; c->count > 0; c->count--) {
        const counted *one = &c->rows[c->count - 1];
        for (size_t k = 0; k < MOST_BY; k++)
            if (c->count == 1 || one->keys[k] != one[-1].keys[k])
                free(one->keys[k]);
    }
}

static double share(int64_t bulletins, int64_t base)
{
    return base > 0 ? (double)bulletins / (double)base : 0;
}

/* ---- as JSON ---- */

static void put_figures(writer *out, int64_t stories, int64_t bulletins, int64_t base)
{
    writer_format(out,
                  "\"stories\":%" PRId64 ",\"bulletins\":%" PRId64 ",\"base\":%" PRId64 ",\"share\":%.6g",
                  stories, bulletins, base, share(bulletins, base));
}

/* Behind the name of a field that is given twice. */
static const char *second(const counting *c, size_t k)
{
    return k > 0 && c->by[0] == c->by[1] ? "_2" : "";
}

static void put_json(counting *c, const char *query, const bulletin_count_row *total)
{
    writer *out = &c->client->out;
    const char *line = c->batch != NULL ? "" : "\n ";
    writer_format(out, "{\"schema\":%d,\"query\":", OUTPUT_SCHEMA);
    output_string(out, query);
    writer_format(out, ",%s\"by\":[", line);
    for (size_t i = 0; i < c->by_count; i++)
        writer_format(out, "%s\"%s\"", i > 0 ? "," : "", c->names.items[i]);
    writer_format(out, "],%s", line);
    put_figures(out, total->stories, total->bulletins, total->base);
    writer_format(out, ",%s\"rows\":[", line);
    for (size_t i = 0; i < c->count; i++) {
        writer_format(out, "%s%s{", i > 0 ? "," : "", c->batch != NULL ? "" : "\n  ");
        for (size_t k = 0; k < c->by_count; k++) {
            writer_format(out, "\"%s%s\":", c->names.items[k], second(c, k));
            output_string(out, c->rows[i].keys[k]);
            writer_text(out, ",");
        }
        put_figures(out, c->rows[i].stories, c->rows[i].bulletins, c->rows[i].base);
        writer_text(out, "}");
    }
    writer_text(out, "]}\n");
}

/* ---- as CSV: an empty cell is undated, or none ---- */

static void put_csv(counting *c, const bulletin_count_row *total)
{
    writer *out = &c->client->out;
    c->output.out = out;
    writer_text(out, c->excel ? "\xEF\xBB\xBF" : "");
    for (size_t k = 0; k < c->by_count; k++)
        writer_format(out, "%s%s,", c->names.items[k], second(c, k));
    writer_text(out, "stories,bulletins,base,share\r\n");
    for (size_t i = 0; i < c->count; i++) {
        const counted *row = &c->rows[i];
        for (size_t k = 0; k < c->by_count; k++) {
            output_cell(&c->output, row->keys[k]);
            writer_text(out, ",");
        }
        writer_format(out, "%" PRId64 ",%" PRId64 ",%" PRId64 ",%.6g\r\n", row->stories, row->bulletins,
                      row->base, share(row->bulletins, row->base));
    }
    if (c->by_count == 0)
        writer_format(out, "%" PRId64 ",%" PRId64 ",%" PRId64 ",%.6g\r\n", total->stories, total->bulletins,
                      total->base, share(total->bulletins, total->base));
}

/* ---- for people ---- */

static const char *none(const counting *c, size_t k)
{
    return c->by[k] <= BULLETIN_BY_DAY ? message_text("undated") : message_text("none");
}

static const char *label(const counting *c, const counted *row, size_t k)
{
    return row->keys[k] != NULL ? row->keys[k] : none(c, k);
}

static void put_padded(writer *out, const char *text, size_t columns)
{
    size_t used = terminal_put_line(out, text, 0);
    writer_blanks(out, used < columns ? columns - used : 0);
}

/* As "%8d %8d %8d %7.2f%%". */
static void put_row_figures(writer *out, const counted *row)
{
    enum { COLUMNS = 8 };
    int64_t base = row->base > 0 ? row->base : 1;
    int64_t hundredths = (row->bulletins * 20000 / base + 1) / 2;
    writer_number(out, row->stories, COLUMNS);
    writer_number(out, row->bulletins, COLUMNS + 1);
    writer_number(out, row->base, COLUMNS + 1);
    writer_number(out, hundredths / 100, COLUMNS - 3);
    const char end[] = { '.', (char)('0' + hundredths / 10 % 10), (char)('0' + hundredths % 10), '%' };
    writer_put(out, end, sizeof end);
}

static int64_t figure(const counting *c, const counted *row)
{
    return c->no_collapse ? row->bulletins : row->stories;
}

static void put_bar(writer *out, int64_t number, int64_t most)
{
    int64_t columns = most > 0 ? (number * BAR_COLUMNS + most - 1) / most : 0;
    writer_text(out, columns > 0 ? "  " : "");
    while (columns-- > 0)
        writer_text(out, "█");
}

/* A cross table; false where there are too many columns to be read. */
static bool put_matrix(counting *c)
{
    if (c->count == 0)
        return false;
    matrix m = { .row_none = none(c, 0), .column_none = none(c, 1), .by_date = c->by[1] <= BULLETIN_BY_DAY };
    m.cells = malloc((c->count + 1) * sizeof *m.cells);
    if (m.cells == NULL)
        return !(c->failed = true);
    for (size_t i = 0; i < c->count; i++)
        m.cells[m.count++] =
            (matrix_cell){ c->rows[i].keys[0], c->rows[i].keys[1], figure(c, &c->rows[i]), 0 };
    bool done = matrix_put(&c->client->out, &m);
    free(m.cells);
    return done;
}

static void put_table(counting *c)
{
    writer *out = &c->client->out;
    size_t widths[MOST_BY] = { 0, 0 };
    int64_t most = 0;
    for (size_t i = 0; i < c->count; i++) {
        most = figure(c, &c->rows[i]) > most ? figure(c, &c->rows[i]) : most;
        for (size_t k = 0; k < c->by_count; k++) {
            size_t columns = terminal_columns(label(c, &c->rows[i], k));
            widths[k] = columns > widths[k] ? columns : widths[k];
        }
    }
    for (size_t i = 0; i < c->count; i++) {
        const counted *row = &c->rows[i];
        for (size_t k = 0; k < c->by_count; k++)
            put_padded(out, label(c, row, k), widths[k] + 2);
        put_row_figures(out, row);
        if (c->output.terminal.interactive)
            put_bar(out, figure(c, row), most);
        writer_text(out, "\n");
    }
}

static void put_text(counting *c, const bulletin_count_row *total)
{
    if (c->by_count == 0)
        writer_format(&c->client->out, "%" PRId64 "\n", c->no_collapse ? total->bulletins : total->stories);
    else if ((c->by_count == 1 || !put_matrix(c)) && !c->failed)
        put_table(c);
}

/* ---- the whole ---- */

static bulletin_status ask(counting *c, const char *query, size_t size)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_count_row total;
    filter_apply(&c->filter, &options);
    options.flags |= c->no_expand ? (unsigned)BULLETIN_NO_EXPAND : 0;
    bulletin_status status =
        bulletin_count(c->archive.handle, query, size, &options, c->by, c->by_count, &total, keep_row, c);
    if (status == BULLETIN_OK) {
        c->found = c->found || total.bulletins > 0;
        if (c->batch != NULL || strcmp(c->format, "json") == 0)
            put_json(c, query, &total);
        else if (strcmp(c->format, "csv") == 0)
            put_csv(c, &total);
        else
            put_text(c, &total);
    }
    forget_rows(c);
    return status;
}

static int count_words(counting *c, int argc, char **argv)
{
    char *query = client_join(argc, argv);
    if (query == NULL)
        return message_no_memory("count");
    bulletin_status status = ask(c, query, strlen(query));
    free(query);
    if (status < 0 || c->failed)
        return c->failed ? message_no_memory("count") : archive_status(&c->archive, "count", status);
    return c->found ? EXIT_DONE : EXIT_NOTHING;
}

/* One line of the batch. Returns OK when the next may follow. */
static bulletin_status ask_line(counting *c, const char *line, size_t size)
{
    char *decoded = encoding_is_utf8(line, size) ? NULL : encoding_to_utf8(line, size, &size);
    const char *query = decoded != NULL ? decoded : line;
    bulletin_status status = ask(c, query, size);
    if (status == BULLETIN_BAD_QUERY || status == BULLETIN_MISUSE) {
        c->output.out = &c->client->out;
        c->output.query = query;
        output_failed_query(&c->output, bulletin_message(c->archive.handle));
        c->refused = true;
        status = BULLETIN_OK;
    }
    free(decoded);
    return status;
}

static int count_lines(counting *c)
{
    input in;
    size_t size = 0;
    bulletin_status status = BULLETIN_OK;
    if (!input_open(&in, c->batch, &c->client->out)) {
        message_say("cannot read %s: %s", c->batch, strerror(errno));
        return EXIT_FAILED;
    }
    for (char *line; status == BULLETIN_OK && !writer_stopped(&c->client->out) && !archive_interrupted() &&
                     (line = input_line(&in, &size)) != NULL;)
        status = ask_line(c, line, size);
    int failure = in.failure;
    input_close(&in);
    if (archive_interrupted())
        return EXIT_INTERRUPTED;
    if (failure != 0)
        message_say("cannot read %s: %s", c->batch, strerror(failure));
    if (failure != 0 || status < 0 || c->failed)
        return status < 0  ? archive_status(&c->archive, "count", status)
               : c->failed ? message_no_memory("count")
                           : EXIT_FAILED;
    return c->refused ? EXIT_PARTIAL : c->found ? EXIT_DONE : EXIT_NOTHING;
}

static int count(counting *c, int argc, char **argv)
{
    int status = archive_open(c->client, "count", ARCHIVE_READ, NULL, &c->archive);
    c->output.terminal = terminal_of_output(c->client->color);
    if (status == EXIT_DONE)
        status = c->batch != NULL ? count_lines(c) : count_words(c, argc, argv);
    archive_close(&c->archive);
    free(c->rows);
    return status;
}

static const char count_notes[] =
    "The columns are stories, bulletins, base and share: base is what the filters leave without QUERY,\n"
    "share is bulletins of base. A story counts once, at the earliest dated of its bulletins found.\n"
    "Two fields make a table of stories, the second across, unless there are more than 32 of it.";

int command_count(client *program, int argc, char **argv)
{
    counting c = { .client = program, .format = "text" };
    option_spec options[FILTER_OPTIONS + OPTION_ROWS] = {
        { "by", 0, OPTION_LIST, &c.names, "FIELD",
          "a row each year, month, day, org, source or lang; twice: both" },
        { "format", 0, OPTION_CHOICE, &c.format, "text|json|csv", "how numbers are printed" },
        { "excel", 0, OPTION_SWITCH, &c.excel, NULL, "csv that a spreadsheet reads as UTF-8" },
        { "no-expand", 0, OPTION_SWITCH, &c.no_expand, NULL,
          "no other names of a thing, only what was typed" },
        { "no-collapse", 0, OPTION_SWITCH, &c.no_collapse, NULL,
          "count bulletins, not stories: each repost" },
        { "batch", 0, OPTION_PATH, &c.batch, "FILE",
          "one query a line (- = standard input), JSON Lines out" },
    };
    filter_list(&c.filter, options + OPTION_ROWS);
    const option_usage usage = {
        .command = "bulletin count",
        .operands = "[QUERY...]",
        .summary = "Count stories and bulletins.",
        .notes = count_notes,
        .options = options,
        .option_count = FILTER_OPTIONS + OPTION_ROWS,
        .text_operands = true,
    };
    int status = option_parse(program, &usage, &argc, argv);
    if (status == OPTION_GO_ON)
        status = choose_by(&usage, &c);
    if (status == OPTION_GO_ON && c.batch != NULL && argc > 0)
        status = option_complain(&usage, "with --batch the queries are in the file, not %s", argv[0]);
    if (status == OPTION_GO_ON) {
        c.format = c.excel ? "csv" : c.format;
        status = count(&c, argc, argv);
    }
    option_list_free(&c.names);
    filter_free(&c.filter);
    return status;
}
