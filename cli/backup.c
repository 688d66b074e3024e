/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin backup`: the archive into another file. */
#include <string.h>
#include <sys/stat.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "progress.h"

static bool show_progress(void *context, const bulletin_progress *now)
{
    return progress_show(context, now);
}

static int backup(const archive *a, const char *path, bool force, bool quiet)
{
    progress shown;
    struct stat facts;
    if (!force && lstat(path, &facts) == 0) {
        message_say("%s exists; --force replaces it", path);
        return EXIT_FAILED;
    }
    progress_start(&shown, quiet);
    bulletin_status status = bulletin_backup(a->handle, path, force, show_progress, &shown);
    progress_clear(&shown);
    return archive_status(a, "backup", status);
}

int command_backup(client *c, int argc, char **argv)
{
    bool force = false, quiet = false;
    archive a;
    const option_spec options[] = {
        { "force", 'f', OPTION_SWITCH, &force, NULL, "replace a file of that name" },
        { "quiet", 'q', OPTION_SWITCH, &quiet, NULL, "no progress" },
    };
    const option_usage usage = {
        .command = "bulletin backup",
        .operands = "FILE",
        .summary = "Copy the archive as it is now into FILE, while others may go on writing it.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    if (argc != 1 || argv[0][0] == '\0')
        return option_complain(&usage, "name one file to copy the archive to");
    status = archive_open(c, "backup", ARCHIVE_READ, NULL, &a);
    if (status == EXIT_DONE)
        status = backup(&a, argv[0], force, quiet);
    archive_close(&a);
    return status;
}
