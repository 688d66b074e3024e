/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin check`: whether file, index and text of the archive agree. */
#include "archive.h"
#include "message.h"
#include "option.h"
#include "terminal.h"

/* What is found is the answer, so it goes to standard output. */
static void show_finding(void *context, const bulletin_problem *problem)
{
    client *c = context;
    terminal_put_line(&c->out, problem->reason, 0);
    writer_text(&c->out, "\n");
}

static int check(client *c, const archive *a, bool repair)
{
    char *count = NULL;
    bulletin_status status =
        repair ? bulletin_repair(a->handle, show_finding, c) : bulletin_check(a->handle, show_finding, c);
    if (status == BULLETIN_OK)
        status = bulletin_read_fact(a->handle, BULLETIN_FACT_BULLETINS, &count);
    if (status == BULLETIN_OK)
        writer_format(&c->out, message_text("no fault found in %s bulletins\n"), count);
    writer_flush(&c->out);
    int exit = archive_status(a, "check", status);
    bulletin_free(count);
    return exit;
}

int command_check(client *c, int argc, char **argv)
{
    archive a;
    bool repair = false;
    const option_spec options[] = {
        { "repair", 0, OPTION_SWITCH, &repair, NULL, "mend what the stored text allows" },
    };
    const option_usage usage = {
        .command = "bulletin check",
        .operands = "",
        .no_operands = true,
        .summary = "Check the archive's file, its index against the text, and every cross-reference.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    /* FTS5 takes its own check as a write. */
    int status = archive_begin(c, &usage, &argc, argv, ARCHIVE_WRITE, NULL, &a);
    if (status == OPTION_GO_ON)
        status = check(c, &a, repair);
    archive_close(&a);
    return status;
}
