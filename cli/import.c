/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin import`: saved pages and records into the archive. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "importer.h"
#include "message.h"
#include "option.h"
#include "output.h"
#include "paths.h"
#include "watch.h"

enum { OPTION_ROWS = 18 };

typedef struct importing {
    importer importer;
    const char *format, *files_from, *retry;
    option_list include, exclude;
    bool no_create, zero, watch;
    option_number wait, jobs, max_failures;
} importing;

/* ---- what is imported ---- */

static int go_on(const importer *im)
{
    return im->status < 0 ? EXIT_FAILED : OPTION_GO_ON; /* importer_finish() says which failure it was */
}

static int import_list(void *context, const paths *list)
{
    importer *im = context;
    importer_run(im, (const char *const *)list->items, list->count);
    return go_on(im);
}

static int import_retried(importing *i, const paths *retried)
{
    return retried->count == 0 ? OPTION_GO_ON : import_list(&i->importer, retried);
}

/* The paths named, those that failed before, those that a file names, in this order. */
static int import_all(importing *i, const paths *retried, int argc, char **argv)
{
    int status = OPTION_GO_ON;
    i->importer.in_parts = i->files_from != NULL || (argc > 0 && retried->count > 0);
    if (argc > 0) {
        importer_run(&i->importer, (const char *const *)argv, (size_t)argc);
        status = go_on(&i->importer);
    }
    if (status == OPTION_GO_ON)
        status = import_retried(i, retried);
    if (status == OPTION_GO_ON && i->files_from != NULL)
        status = paths_read(i->files_from, i->zero ? '\0' : '\n', import_list, &i->importer);
    return i->importer.status < 0 ? OPTION_GO_ON : status;
}

static int run(client *c, importing *i, const archive *a, const paths *retried, int argc, char **argv)
{
    importer *im = &i->importer;
    int status = OPTION_GO_ON;
    im->archive = a;
    int exit = importer_start(im);
    if (exit != EXIT_DONE)
        return exit;
    if (i->watch)
        status = watch_folders(im, (const char *const *)argv, (size_t)argc);
    else
        status = import_all(i, retried, argc, argv);
    if (!im->quiet)
        output_counts(&c->out, strcmp(i->format, "json") == 0, &im->counts);
    writer_flush(&c->out);
    exit = importer_finish(im);
    return status == OPTION_GO_ON ? exit : status;
}

/* ---- what was asked for ---- */

static archive_mode mode_of(const importing *i)
{
    if (i->no_create)
        return ARCHIVE_WRITE;
    return i->importer.options.dry_run ? ARCHIVE_REHEARSE : ARCHIVE_CREATE;
}

/* Standard input can be read once, and by one reader. */
static int readers_of_input(const importing *i, int argc, char **argv)
{
    int count = i->files_from != NULL && strcmp(i->files_from, "-") == 0;
    count += i->retry != NULL && strcmp(i->retry, "-") == 0;
    for (int n = 0; n < argc; n++)
        count += strcmp(argv[n], "-") == 0;
    return count;
}

static int check(const option_usage *usage, const importing *i, int argc, char **argv)
{
    int readers = readers_of_input(i, argc, argv);
    if (argc == 0 && i->files_from == NULL && i->retry == NULL)
        return option_complain(usage, "name what to import: files, folders, or - for standard input");
    if (i->zero && i->files_from == NULL)
        return option_complain(usage, "-0 goes with --files-from");
    if (i->jobs.value > UINT_MAX)
        return option_complain(usage, "--jobs is a number of threads");
    if (i->watch && (i->files_from != NULL || i->retry != NULL || readers > 0 || i->importer.options.dry_run))
        return option_complain(usage, "--watch takes files and folders, and imports them");
    if (readers > 1)
        return option_complain(usage, "standard input can be read for one thing only");
    return OPTION_GO_ON;
}

/* Lists that the library takes end with NULL: there is room for it, as the command itself is a word too. */
static const char *const *ended(const option_list *list)
{
    if (list->count > 0)
        list->items[list->count] = NULL;
    return list->items;
}

static void fill_options(importing *i)
{
    bulletin_import_options *options = &i->importer.options;
    options->stdin_descriptor = STDIN_FILENO;
    options->include = ended(&i->include);
    options->exclude = ended(&i->exclude);
    options->jobs = (unsigned)i->jobs.value;
    options->max_failures = i->max_failures.value;
    options->refresh = options->refresh || i->retry != NULL;
}

static void list_options(importing *i, option_spec rows[OPTION_ROWS])
{
    bulletin_import_options *o = &i->importer.options;
    const option_spec all[OPTION_ROWS] = {
        { "files-from", 0, OPTION_PATH, &i->files_from, "FILE",
          "also what this file names, a path a line (- = standard input)" },
        { "null", '0', OPTION_SWITCH, &i->zero, NULL, "the paths of --files-from end with NUL" },
        { "include", 0, OPTION_LIST, &i->include, "GLOB", "of folders only files like this; repeatable" },
        { "exclude", 0, OPTION_LIST, &i->exclude, "GLOB",
          "no files or folders like this; with a / the whole path counts" },
        { "watch", 0, OPTION_SWITCH, &i->watch, NULL, "go on importing what appears in the folders" },
        { "collection", 0, OPTION_TEXT, &o->collection, "NAME",
          "keep these keys apart from those of other sources" },
        { "refresh", 0, OPTION_SWITCH, &o->refresh, NULL,
          "read unchanged files again that an older version read" },
        { "resume", 0, OPTION_SWITCH, &o->resume, NULL,
          "leave bulletins alone whose key is there: for a pipe that starts anew" },
        { "error-list", 0, OPTION_PATH, &i->importer.error_list, "FILE",
          "write each failure there as JSON Lines: path, line, reason" },
        { "retry", 0, OPTION_PATH, &i->retry, "FILE", "only the files that this error list names" },
        { "max-failures", 0, OPTION_NUMBER, &i->max_failures, "N", "stop after N failures" },
        { "strict", 0, OPTION_SWITCH, &o->strict, NULL, "stop at the first input that fails" },
        { "dry-run", 'n', OPTION_SWITCH, &o->dry_run, NULL, "read and count, store nothing" },
        { "jobs", 'j', OPTION_NUMBER, &i->jobs, "N", "threads that read (default: one a processor)" },
        { "format", 0, OPTION_CHOICE, &i->format, "text|json", "how the counts are printed" },
        { "no-create", 0, OPTION_SWITCH, &i->no_create, NULL, "fail where there is no archive" },
        { "wait", 0, OPTION_NUMBER, &i->wait, "SECONDS", "how long to wait for another writer (default 5)" },
        { "quiet", 'q', OPTION_SWITCH, &i->importer.quiet, NULL, "no progress and no counts" },
    };
    memcpy(rows, all, sizeof all);
}

static int import(client *c, importing *i, int argc, char **argv)
{
    archive a;
    paths retried = { 0 };
    fill_options(i);
    int status = i->retry == NULL ? OPTION_GO_ON : paths_read_errors(i->retry, &retried);
    if (status == OPTION_GO_ON) {
        status = archive_open(c, "import", mode_of(i), &i->wait, &a);
        if (status == EXIT_DONE)
            status = run(c, i, &a, &retried, argc, argv);
        archive_close(&a);
    }
    paths_free(&retried);
    return status;
}

static const char import_notes[] =
    "PATH is a file, a folder (searched through), or - for JSON Lines on standard input.\n"
    "Importing again what is unchanged changes nothing. What cannot be read is reported as\n"
    "path:line: reason and left out.";

int command_import(client *c, int argc, char **argv)
{
    importing i = { .format = "text", .importer = { .options = BULLETIN_IMPORT_INIT } };
    option_spec options[OPTION_ROWS];
    list_options(&i, options);
    const option_usage usage = {
        .command = "bulletin import",
        .operands = "PATH...",
        .summary = "Put saved pages (.txt, .md) and records (.jsonl, .ndjson) into the archive.",
        .notes = import_notes,
        .options = options,
        .option_count = OPTION_ROWS,
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status == OPTION_GO_ON)
        status = check(&usage, &i, argc, argv);
    if (status == OPTION_GO_ON)
        status = import(c, &i, argc, argv);
    option_list_free(&i.include);
    option_list_free(&i.exclude);
    return status;
}
