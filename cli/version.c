/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin version`: which library this is, and what the archive says of itself. */
#include <stdlib.h>

#include "archive.h"
#include "message.h"
#include "option.h"

static const struct {
    bulletin_fact fact;
    const char *name;
} facts[] = {
    { BULLETIN_FACT_UUID, "uuid" },           { BULLETIN_FACT_REVISION, "revision" },
    { BULLETIN_FACT_BULLETINS, "bulletins" }, { BULLETIN_FACT_SCHEMA, "schema" },
    { BULLETIN_FACT_TOKENIZER, "tokenizer" }, { BULLETIN_FACT_ICU, "icu" },
};

static int print_facts(client *c, const archive *a)
{
    int exit = EXIT_DONE;
    for (size_t i = 0; i < sizeof facts / sizeof *facts && exit == EXIT_DONE; i++) {
        char *text = NULL;
        exit = archive_status(a, "version", bulletin_read_fact(a->handle, facts[i].fact, &text));
        if (text != NULL)
            writer_format(&c->out, "%-11s%s\n", facts[i].name, text);
        bulletin_free(text);
    }
    return exit;
}

int command_version(client *c, int argc, char **argv)
{
    archive a;
    const option_usage usage = {
        .command = "bulletin version",
        .operands = "",
        .no_operands = true,
        .summary = "Show the library's version, and with --db what the archive says of itself.",
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    writer_format(&c->out, "bulletin %s\n", bulletin_version());
    const char *named = getenv("BULLETIN_DB");
    if (c->db == NULL && (named == NULL || *named == '\0'))
        return EXIT_DONE;
    status = archive_open(c, "version", ARCHIVE_READ, NULL, &a);
    if (status == EXIT_DONE)
        status = print_facts(c, &a);
    archive_close(&a);
    return status;
}
