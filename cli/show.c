/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin show`: stored bulletins whole. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "output.h"

/* Print one; a number that is none, or no longer, is said and the others follow. */
static int show_one(client *c, const archive *a, record_format format, const char *number, bool *shown)
{
    uint64_t id = 0;
    char *json = NULL;
    option_read_number(number, &id);
    bulletin_status status = bulletin_show(a->handle, (int64_t)id, &json);
    int exit = EXIT_DONE;
    if (status == BULLETIN_NOT_FOUND) {
        writer_flush(&c->out);
        message_say("no bulletin has the id %s", number);
        exit = EXIT_NOTHING;
    } else if (status < 0) {
        exit = archive_status(a, "show", status);
    } else {
        if (*shown && format == RECORD_TEXT)
            writer_text(&c->out, "\n---\n");
        *shown = true;
        exit = output_record(&c->out, format, json, strlen(json)) ? EXIT_DONE : message_no_memory("show");
    }
    bulletin_free(json);
    return exit;
}

static int show_all(client *c, const archive *a, record_format format, int argc, char **argv)
{
    int worst = EXIT_DONE;
    bool shown = false;
    for (int i = 0; i < argc && worst <= EXIT_NOTHING; i++) {
        int exit = show_one(c, a, format, argv[i], &shown);
        worst = exit > worst ? exit : worst;
    }
    return worst;
}

int command_show(client *c, int argc, char **argv)
{
    const char *format = "text";
    archive a;
    const option_spec options[] = {
        { "format", 0, OPTION_CHOICE, &format, "text|json", "text to read, or one object each" },
    };
    const option_usage usage = {
        .command = "bulletin show",
        .operands = "ID...",
        .summary = "Show bulletins whole, by the ids that search prints.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    if (argc == 0)
        return option_complain(&usage, "name the ids to show");
    for (int i = 0; i < argc; i++) {
        uint64_t id = 0;
        if (!option_read_number(argv[i] + (argv[i][0] == '#'), &id) || id > INT64_MAX)
            return option_complain(&usage, "an id is a whole number, not %s", argv[i]);
        argv[i] += argv[i][0] == '#';
    }
    status = archive_open(c, "show", ARCHIVE_READ, NULL, &a);
    if (status == EXIT_DONE)
        status = show_all(c, &a, output_record_format(format), argc, argv);
    archive_close(&a);
    return status;
}
