/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin extract`: what import would store, without an archive. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "output.h"

typedef struct extracting {
    client *client;
    record_format format;
    bool first;
    bool explain;
    bool failed; /* a record could not be printed */
} extracting;

static void show_problem(void *context, const bulletin_problem *problem)
{
    (void)context;
    if (problem->line > 0)
        message_note("%s:%" PRIu64 ": %s", problem->path, problem->line, problem->reason);
    else
        message_note("%s: %s", problem->path, problem->reason);
}

static void show_reading(void *context, const char *path, const char *text)
{
    (void)context;
    message_note("%s", path);
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = text + strcspn(text, "\n");
        message_note("%.*s", (int)(end - text), text);
    }
}

static bool show_record(void *context, const char *json, size_t size)
{
    extracting *e = context;
    if (e->format == RECORD_TEXT && !e->first)
        writer_text(&e->client->out, "\n---\n");
    e->first = false;
    e->failed = !output_record(&e->client->out, e->format, json, size);
    return !e->failed && !writer_stopped(&e->client->out) && !archive_interrupted();
}

static int extract_paths(extracting *e, const archive *a, int argc, char **argv)
{
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    options.stdin_descriptor = STDIN_FILENO;
    options.problem = show_problem;
    options.explain = e->explain ? show_reading : NULL;
    bulletin_status status =
        bulletin_extract(a->handle, (const char *const *)argv, (size_t)argc, &options, show_record, e);
    writer_flush(&e->client->out);
    if (e->failed)
        return message_no_memory("extract");
    if (writer_stopped(&e->client->out))
        return EXIT_DONE;
    return archive_status(a, "extract", status);
}

int command_extract(client *c, int argc, char **argv)
{
    const char *format = "json";
    bool explain = false;
    archive a;
    const option_spec options[] = {
        { "format", 0, OPTION_CHOICE, &format, "json|jsonl|text", "one object a bulletin, or text to read" },
        { "explain", 0, OPTION_SWITCH, &explain, NULL, "show how each page was read: its lines with their roles" },
    };
    const option_usage usage = {
        .command = "bulletin extract",
        .operands = "PATH...",
        .summary = "Show what import would store: title, date, source and article, without an archive.",
        .notes = "PATH is a file, a folder (searched through), or - for JSON Lines on standard input.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    if (argc == 0)
        return option_complain(&usage, "name what to extract: files, folders, or - for standard input");
    status = archive_open(c, "extract", ARCHIVE_NONE, NULL, &a);
    extracting e = { .client = c, .format = output_record_format(format), .explain = explain, .first = true };
    if (status == EXIT_DONE)
        status = extract_paths(&e, &a, argc, argv);
    archive_close(&a);
    return status;
}
