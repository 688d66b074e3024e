/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin orgs`: organizations that bulletins name, and what they go by. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "filter.h"
#include "message.h"
#include "option.h"
#include "output.h"
#include "terminal.h"

typedef struct listing {
    client *client;
    bool json;
    uint64_t shown;
} listing;

static bool show_organization(void *context, const bulletin_organization *organization)
{
    listing *l = context;
    if (l->json)
        output_organization(&l->client->out, organization, l->shown == 0);
    else
        output_organization_line(&l->client->out, organization);
    l->shown++;
    return !writer_stopped(&l->client->out) && !archive_interrupted();
}

typedef struct request {
    const char *format, *scope, *related;
    bool suggest;
    option_number limit;
} request;

static int list(listing *l, const archive *a, const request *r, const char *name)
{
    uint64_t limit = r->limit.given ? r->limit.value : l->json || name ? 0 : 50;
    const bulletin_scope scope = filter_scope(r->scope);
    if (l->json)
        writer_text(&l->client->out, "[");
    bulletin_status status =
        r->suggest   ? bulletin_short_forms(a->handle, limit, show_organization, l)
        : r->related ? bulletin_related(a->handle, r->related, scope, limit, show_organization, l)
                     : bulletin_organizations(a->handle, name, scope, limit, show_organization, l);
    if (l->json)
        writer_text(&l->client->out, "]\n");
    int exit = archive_status(a, "orgs", status);
    if (exit == EXIT_DONE && l->shown == 0)
        return EXIT_NOTHING;
    return exit;
}

static const char orgs_notes[] = "Without a name the organizations that most bulletins name. A name that is "
                            "nobody's whole name means all\n"
                            "whose names it is part of.";

int command_orgs(client *c, int argc, char **argv)
{
    request r = { .format = "text" };
    archive a;
    const option_spec options[] = {
        { "related", 0, OPTION_TEXT, &r.related, "NAME", "those named beside this one" },
        { "suggest", 0, OPTION_SWITCH, &r.suggest, NULL,
          "short forms that several bulletins introduce and nobody has noted yet" },
        { "org-scope", 0, OPTION_CHOICE, &r.scope, "self|former|under",
          "of NAME: itself, with those it followed, with all below it" },
        { "limit", 0, OPTION_NUMBER, &r.limit, "N", "at most so many; 0 is all" },
        { "format", 0, OPTION_CHOICE, &r.format, "text|json", "how they are printed" },
    };
    const option_usage usage = {
        .command = "bulletin orgs",
        .operands = "[NAME]",
        .summary = "List organizations that bulletins name, with their names, kind and number of bulletins.",
        .notes = orgs_notes,
        .options = options,
        .option_count = OPTION_COUNT(options),
        .text_operands = true,
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    if (argc > 1 || (argc == 1 && (r.related || r.suggest)))
        return option_complain(&usage, "orgs takes one name");
    listing l = { .client = c, .json = strcmp(r.format, "json") == 0 };
    status = archive_open(c, "orgs", ARCHIVE_READ, NULL, &a);
    if (status == EXIT_DONE)
        status = list(&l, &a, &r, argc == 1 ? argv[0] : NULL);
    archive_close(&a);
    return status;
}
