/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin search --save`, `--saved` and `--forget`: searches kept under names. */
#include "saved.h"

#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "message.h"
#include "terminal.h"

void saved_list_options(saved *s, option_spec rows[SAVED_OPTIONS])
{
    const option_spec all[SAVED_OPTIONS] = {
        { "save", 0, OPTION_TEXT, &s->save, "NAME",
          "what query:NAME stands for in other queries; QUERY is kept, not searched for" },
        { "saved", 0, OPTION_SWITCH, &s->list, NULL, "list the saved searches" },
        { "forget", 0, OPTION_TEXT, &s->forget, "NAME", "forget a saved search" },
    };
    memcpy(rows, all, sizeof all);
}

bool saved_is_asked(const saved *s)
{
    return s->save != NULL || s->forget != NULL || s->list;
}

static bool show(void *context, const char *name, const char *query)
{
    writer *out = context;
    terminal_put_line(out, name, 0);
    writer_text(out, "\t");
    terminal_put_line(out, query, 0);
    writer_text(out, "\n");
    return !writer_stopped(out);
}

static int run(client *c, const saved *s, const archive *a, const char *query)
{
    bulletin_status status = s->save != NULL ? bulletin_query_save(a->handle, s->save, query, strlen(query))
                             : s->forget != NULL ? bulletin_query_forget(a->handle, s->forget)
                                                 : bulletin_query_list(a->handle, show, &c->out);
    return archive_status(a, "search", status);
}

int saved_run(client *c, const saved *s, const option_usage *usage, bool filtered, int argc, char **argv)
{
    archive a;
    if ((s->save != NULL) + (s->forget != NULL) + s->list > 1)
        return option_complain(usage, "--save, --saved and --forget go alone");
    if (s->save != NULL && argc == 0)
        return option_complain(usage, "--save needs a QUERY to keep");
    if (s->save == NULL && argc > 0)
        return option_complain(usage, "--saved and --forget take no QUERY");
    if (filtered)
        return option_complain(usage, "--save keeps QUERY alone, without options");
    char *query = client_join(argc, argv);
    if (query == NULL)
        return message_no_memory("search");
    int status = archive_open(c, "search",
                              s->list             ? ARCHIVE_READ
                              : s->forget != NULL ? ARCHIVE_WRITE
                                                  : ARCHIVE_CREATE,
                              NULL, &a);
    if (status == EXIT_DONE)
        status = run(c, s, &a, query);
    archive_close(&a);
    free(query);
    return status;
}
