/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin import`: saved pages and records into the archive. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "output.h"
#include "progress.h"

typedef struct importing {
    const char *collection, *format;
    bool strict, dry_run, no_create, quiet;
    option_number wait;
    progress progress;
} importing;

static bool show_progress(void *context, const bulletin_progress *now)
{
    importing *i = context;
    return progress_show(&i->progress, now);
}

static void show_problem(void *context, const bulletin_problem *problem)
{
    importing *i = context;
    progress_clear(&i->progress);
    if (problem->line > 0)
        message_note("%s:%" PRIu64 ": %s", problem->path, problem->line, problem->reason);
    else
        message_note("%s: %s", problem->path, problem->reason);
}

static int import_paths(client *c, importing *i, const archive *a, int argc, char **argv)
{
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    bulletin_counts counts = { 0 };
    options.collection = i->collection;
    options.strict = i->strict;
    options.dry_run = i->dry_run;
    options.stdin_descriptor = STDIN_FILENO;
    options.progress = show_progress;
    options.problem = show_problem;
    options.context = i;
    progress_start(&i->progress, i->quiet);
    bulletin_status status =
        bulletin_import(a->handle, (const char *const *)argv, (size_t)argc, &options, &counts);
    progress_clear(&i->progress);
    if (!i->quiet)
        output_counts(&c->out, strcmp(i->format, "json") == 0, &counts);
    writer_flush(&c->out);
    if (status == BULLETIN_INTERRUPTED)
        message_note("run it again and it goes on where it stopped");
    return archive_status(a, "import", status);
}

static archive_mode mode_of(const importing *i)
{
    if (i->no_create)
        return ARCHIVE_WRITE;
    return i->dry_run ? ARCHIVE_REHEARSE : ARCHIVE_CREATE;
}

int command_import(client *c, int argc, char **argv)
{
    importing i = { .format = "text" };
    archive a;
    const option_spec options[] = {
        { "collection", 0, OPTION_TEXT, &i.collection, "NAME",
          "keep these keys apart from those of other sources" },
        { "strict", 0, OPTION_SWITCH, &i.strict, NULL, "stop at the first input that fails" },
        { "dry-run", 'n', OPTION_SWITCH, &i.dry_run, NULL, "read and count, store nothing" },
        { "format", 0, OPTION_CHOICE, &i.format, "text|json", "how the counts are printed" },
        { "no-create", 0, OPTION_SWITCH, &i.no_create, NULL, "fail where there is no archive" },
        { "wait", 0, OPTION_NUMBER, &i.wait, "SECONDS", "how long to wait for another writer (default 5)" },
        { "quiet", 'q', OPTION_SWITCH, &i.quiet, NULL, "no progress and no counts" },
    };
    const option_usage usage = {
        .command = "bulletin import",
        .operands = "PATH...",
        .summary = "Put saved pages (.txt, .md) and records (.jsonl, .ndjson) into the archive.",
        .notes = "PATH is a file, a folder (searched through), or - for JSON Lines on standard input.\n"
                 "Importing again what is unchanged changes nothing. What cannot be read is reported as\n"
                 "path:line: reason and left out.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    if (argc == 0)
        return option_complain(&usage, "name what to import: files, folders, or - for standard input");
    status = archive_open(c, "import", mode_of(&i), &i.wait, &a);
    if (status == EXIT_DONE)
        status = import_paths(c, &i, &a, argc, argv);
    archive_close(&a);
    return status;
}
