/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin orgs`: organizations that bulletins name, what they go by, and entries of the user's own. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "filter.h"
#include "input.h"
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
    const char *add, *kind, *alias, *merge, *import;
    bool suggest, export;
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
    if (writer_stopped(&l->client->out) && !archive_interrupted())
        return EXIT_DONE; /* how it went is said when the program ends */
    int exit = archive_status(a, "orgs", status);
    if (exit == EXIT_DONE && l->shown == 0)
        return EXIT_NOTHING;
    return exit;
}

/* ---- the user's own entries ---- */

static void complain(void *context, const bulletin_problem *problem)
{
    (void)context;
    message_line(problem->path, problem->line, problem->reason);
}

static int import_table(const archive *a, const char *path)
{
    input in;
    size_t size = 0;
    bool opened = input_open(&in, path, NULL);
    const char *table = opened ? input_all(&in, &size) : NULL;
    int exit = EXIT_FAILED;
    if (table == NULL)
        message_say("cannot read %s: %s", path, strerror(opened ? in.failure : errno));
    else
        exit = archive_status(a, "orgs",
                              bulletin_organizations_import(a->handle, table, size, path, complain, NULL));
    if (opened)
        input_close(&in);
    return exit;
}

static int change(const archive *a, const request *r, const char *name)
{
    if (r->import != NULL)
        return import_table(a, r->import);
    bulletin_status status = r->add != NULL     ? bulletin_organization_add(a->handle, r->add, r->kind, NULL)
                             : r->alias != NULL ? bulletin_organization_alias(a->handle, name, r->alias)
                                                : bulletin_organization_merge(a->handle, r->merge, name);
    return archive_status(a, "orgs", status);
}

static int print_own(client *c, const archive *a)
{
    char *table = NULL;
    int exit = archive_status(a, "orgs", bulletin_organizations_export(a->handle, &table));
    if (table != NULL)
        writer_text(&c->out, table);
    bulletin_free(table);
    return exit;
}

static const char orgs_notes[] =
    "Without a name the organizations that most bulletins name. A name that is "
    "nobody's whole name means all\n"
    "whose names it is part of. Entries of your own stay in the archive; bulletins in it are looked through "
    "again.\n"
    "--alias ALIAS NAME: ALIAS is a name of NAME too. --merge OTHER NAME: all names of OTHER are NAME's.";

int command_orgs(client *c, int argc, char **argv)
{
    request r = { .format = "text" };
    archive a;
    const option_spec options[] = {
        { "related", 0, OPTION_TEXT, &r.related, "NAME", "those named beside this one" },
        { "suggest", 0, OPTION_SWITCH, &r.suggest, NULL,
          "short forms that several bulletins introduce and nobody has noted yet" },
        { "add", 0, OPTION_TEXT, &r.add, "NAME", "note an organization" },
        { "kind", 0, OPTION_TEXT, &r.kind, "KIND", "of what is added: union, association, company ..." },
        { "alias", 0, OPTION_TEXT, &r.alias, "ALIAS", "another name of NAME" },
        { "merge", 0, OPTION_TEXT, &r.merge, "OTHER", "an organization that is NAME" },
        { "import", 0, OPTION_PATH, &r.import, "FILE", "add the rows of a table like organizations.tsv" },
        { "export", 0, OPTION_SWITCH, &r.export, NULL, "your own entries as such a table" },
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
    int asked = (r.related != NULL) + r.suggest + (r.add != NULL) + (r.import != NULL) + r.export;
    bool needs_name = r.alias != NULL || r.merge != NULL;
    bool writes = needs_name || r.add != NULL || r.import != NULL;
    if (argc > 1 || asked + (r.alias != NULL) + (r.merge != NULL) > 1 || (argc == 1 && asked > 0) ||
        (argc == 0 && needs_name))
        return option_complain(&usage, "orgs takes one name");
    listing l = { .client = c, .json = strcmp(r.format, "json") == 0 };
    status = archive_open(c, "orgs", writes ? ARCHIVE_WRITE : ARCHIVE_READ, NULL, &a);
    if (status == EXIT_DONE && writes)
        status = change(&a, &r, argc == 1 ? argv[0] : NULL);
    else if (status == EXIT_DONE && r.export)
        status = print_own(c, &a);
    else if (status == EXIT_DONE)
        status = list(&l, &a, &r, argc == 1 ? argv[0] : NULL);
    archive_close(&a);
    return status;
}
