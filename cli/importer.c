/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths, list after list, into one import with its progress, its problems and its sums. */
#include "importer.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "message.h"
#include "output.h"

static bool show_progress(void *context, const bulletin_progress *now)
{
    importer *im = context;
    bulletin_progress sum = *now;
    im->now = *now;
    sum.done += im->before.done;
    sum.bytes += im->before.bytes;
    sum.failed += im->before.failed;
    sum.bytes_total = im->in_parts ? 0 : sum.bytes_total;
    return progress_show(&im->progress, &sum);
}

static void show_problem(void *context, const bulletin_problem *problem)
{
    importer *im = context;
    progress_clear(&im->progress);
    if (problem->line > 0)
        message_note("%s:%" PRIu64 ": %s", problem->path, problem->line, problem->reason);
    else
        message_note("%s: %s", problem->path, problem->reason);
    if (problem->skipped && im->errors.descriptor >= 0)
        output_problem(&im->errors, problem);
}

int importer_start(importer *im)
{
    int descriptor = -1;
    if (im->error_list != NULL) {
        descriptor = open(im->error_list, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            message_say("cannot write %s: %s", im->error_list, strerror(errno));
            return EXIT_FAILED;
        }
    }
    writer_open(&im->errors, descriptor);
    im->options.progress = show_progress;
    im->options.problem = show_problem;
    im->options.context = im;
    progress_start(&im->progress, im->quiet);
    memory_expect_index();
    return EXIT_DONE;
}

static void add_counts(bulletin_counts *sum, const bulletin_counts *more)
{
    sum->added += more->added;
    sum->updated += more->updated;
    sum->unchanged += more->unchanged;
    sum->reposts += more->reposts;
    sum->collisions += more->collisions;
    sum->skipped += more->skipped;
    sum->failed += more->failed;
    for (size_t i = 0; i < BULLETIN_SKIPPED_COUNT; i++)
        sum->skipped_by[i] += more->skipped_by[i];
}

bulletin_status importer_run(importer *im, const char *const *paths, size_t count)
{
    bulletin_counts counts = { 0 };
    bulletin_import_options options = im->options;
    if (options.max_failures > 0)
        options.max_failures -= im->counts.failed;
    im->now = (bulletin_progress){ 0 };
    bulletin_status status = bulletin_import(im->archive->handle, paths, count, &options, &counts);
    progress_clear(&im->progress);
    add_counts(&im->counts, &counts);
    im->before.done += im->now.done;
    im->before.bytes += im->now.bytes;
    im->before.failed += im->now.failed;
    if (status != BULLETIN_OK)
        im->status = status;
    return status;
}

int importer_finish(importer *im)
{
    int failure = im->errors.failure;
    if (im->errors.descriptor >= 0 && close(im->errors.descriptor) != 0 && failure == 0)
        failure = errno;
    if (im->status == BULLETIN_INTERRUPTED)
        message_note("run it again and it goes on where it stopped");
    int exit = archive_status(im->archive, "import", im->status);
    if (failure == 0)
        return exit;
    message_say("cannot write %s: %s", im->error_list, strerror(failure));
    return exit == EXIT_DONE || exit == EXIT_PARTIAL ? EXIT_FAILED : exit;
}
