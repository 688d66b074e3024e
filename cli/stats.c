/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin stats`: the figures of an archive. */
#include <string.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "output.h"

static int show_stats(client *c, const archive *a, const char *format)
{
    char *json = NULL;
    int exit = archive_status(a, "stats", bulletin_stats(a->handle, &json));
    if (json != NULL && !output_figures(&c->out, strcmp(format, "json") == 0, json))
        exit = message_no_memory("stats");
    bulletin_free(json);
    return exit;
}

int command_stats(client *c, int argc, char **argv)
{
    const char *format = "text";
    archive a;
    const option_spec options[] = {
        { "format", 0, OPTION_CHOICE, &format, "text|json", "how the figures are printed" },
    };
    const option_usage usage = {
        .command = "bulletin stats",
        .operands = "",
        .no_operands = true,
        .summary = "Show how many bulletins the archive has, from when, from whom and in which languages.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = archive_begin(c, &usage, &argc, argv, ARCHIVE_READ, NULL, &a);
    if (status == OPTION_GO_ON)
        status = show_stats(c, &a, format);
    archive_close(&a);
    return status;
}
