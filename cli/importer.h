/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef IMPORTER_H
#define IMPORTER_H

#include "archive.h"
#include "bulletin.h"
#include "progress.h"
#include "writer.h"

/* One import in as many calls of the library as it takes, told as one. */
typedef struct importer {
    const archive *archive;
    bulletin_import_options options; /* callbacks are set by importer_start() */
    const char *error_list;          /* a file, or NULL */
    bool quiet;
    bool in_parts; /* there is more than the paths of one call, so that no total is known */
    bulletin_counts counts;
    bulletin_status status; /* the worst of all calls */
    /* its own: */
    progress progress;
    bulletin_progress before, now; /* of the calls that are done, and of the one that runs */
    writer errors;
} importer;

/* Open the error list. Returns EXIT_DONE, or an exit status after a complaint. */
int importer_start(importer *im);

/* Import these, add up what became of them. Negative when no further call makes sense. */
bulletin_status importer_run(importer *im, const char *const *paths, size_t count);

/* Close the error list and give the command's exit status; failures are said. */
int importer_finish(importer *im);

#endif
