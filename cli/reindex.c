/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin reindex`: the index made anew from the stored text. */
#include "archive.h"
#include "memory.h"
#include "message.h"
#include "option.h"
#include "progress.h"

static bool show_progress(void *context, const bulletin_progress *now)
{
    return progress_show(context, now);
}

static int reindex(client *c, const archive *a, bool quiet)
{
    progress shown;
    char *count = NULL;
    progress_start(&shown, quiet);
    memory_expect_index();
    bulletin_status status = bulletin_reindex(a->handle, show_progress, &shown);
    progress_clear(&shown);
    if (status == BULLETIN_OK && !quiet) {
        status = bulletin_read_fact(a->handle, BULLETIN_FACT_BULLETINS, &count);
        if (count != NULL)
            writer_format(&c->out, "reindexed %s\n", count);
    }
    int exit = archive_status(a, "reindex", status);
    bulletin_free(count);
    return exit;
}

int command_reindex(client *c, int argc, char **argv)
{
    bool quiet = false;
    option_number wait = { 0 };
    archive a;
    const option_spec options[] = {
        { "wait", 0, OPTION_NUMBER, &wait, "SECONDS", "how long to wait for another writer (default 5)" },
        { "quiet", 'q', OPTION_SWITCH, &quiet, NULL, "no progress and no counts" },
    };
    const option_usage usage = {
        .command = "bulletin reindex",
        .operands = "",
        .no_operands = true,
        .summary = "Make the index anew from the stored text.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = archive_begin(c, &usage, &argc, argv, ARCHIVE_WRITE, &wait, &a);
    if (status == OPTION_GO_ON)
        status = reindex(c, &a, quiet);
    archive_close(&a);
    return status;
}
