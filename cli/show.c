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
#include "pager.h"

enum { SIMILAR_SHOWN = 10 };

typedef struct showing {
    client *client;
    record_format format;
    bool versions, reposts, similar;
    size_t shown; /* texts printed: the next is set apart */
    bool failed;
} showing;

static bool show_record(void *context, const char *json, size_t size)
{
    showing *s = context;
    if (s->shown > 0 && s->format != RECORD_JSON)
        writer_text(&s->client->out, "\n---\n");
    s->shown++;
    s->failed = !output_record(&s->client->out, s->format, json, size);
    return !s->failed && !writer_stopped(&s->client->out) && !archive_interrupted();
}

static bulletin_status read_one(showing *s, const archive *a, int64_t id)
{
    char *json = NULL;
    if (s->versions)
        return bulletin_versions(a->handle, id, show_record, s);
    if (s->reposts)
        return bulletin_reposts(a->handle, id, show_record, s);
    if (s->similar)
        return bulletin_similar(a->handle, id, SIMILAR_SHOWN, show_record, s);
    bulletin_status status = bulletin_show(a->handle, id, &json);
    if (json != NULL)
        show_record(s, json, strlen(json));
    bulletin_free(json);
    return status;
}

/* Print one; a number that is none, or no longer, is said and the others follow. */
static int show_one(showing *s, const archive *a, const char *number)
{
    uint64_t id = 0;
    size_t before = s->shown;
    option_read_number(number, &id);
    bulletin_status status = read_one(s, a, (int64_t)id);
    bool none = status == BULLETIN_OK && s->shown == before;
    if (s->failed)
        return message_no_memory("show");
    if (writer_stopped(&s->client->out) && !archive_interrupted())
        return EXIT_DONE;
    if (status == BULLETIN_NOT_FOUND || none)
        writer_flush(&s->client->out);
    if (none && s->reposts)
        message_note("there is no copy of bulletin %s", number);
    if (none && s->similar)
        message_note("no bulletin is like bulletin %s", number);
    if (none && s->versions)
        message_note("bulletin %s was never replaced", number);
    if (status != BULLETIN_NOT_FOUND)
        return archive_status(a, "show", status);
    message_say("no bulletin has the id %s", number);
    return EXIT_NOTHING;
}

static int show_all(showing *s, const archive *a, int argc, char **argv)
{
    int worst = EXIT_DONE;
    for (int i = 0; i < argc && worst <= EXIT_NOTHING; i++) {
        int exit = show_one(s, a, argv[i]);
        worst = exit > worst ? exit : worst;
    }
    return worst;
}

int command_show(client *c, int argc, char **argv)
{
    const char *format = "text";
    bool furniture = false;
    showing s = { .client = c };
    archive a;
    const option_spec options[] = {
        { "format", 0, OPTION_CHOICE, &format, "text|json", "text to read, or one object each" },
        { "furniture", 0, OPTION_SWITCH, &furniture, NULL, "as text, also what was left out of the article" },
        { "versions", 0, OPTION_SWITCH, &s.versions, NULL, "the former texts instead, oldest first" },
        { "reposts", 0, OPTION_SWITCH, &s.reposts, NULL, "the other bulletins of its story instead" },
        { "similar", 0, OPTION_SWITCH, &s.similar, NULL, "the 10 bulletins most like it instead" },
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
    if (s.versions + s.reposts + s.similar > 1)
        return option_complain(&usage, "--versions, --reposts and --similar do not go together");
    for (int i = 0; i < argc; i++) {
        uint64_t id = 0;
        if (!option_read_number(argv[i] + (argv[i][0] == '#'), &id) || id > INT64_MAX)
            return option_complain(&usage, "an id is a whole number, not %s", argv[i]);
        argv[i] += argv[i][0] == '#';
    }
    s.format = output_record_format(format);
    if (s.format == RECORD_TEXT)
        pager_start(c);
    if (s.format == RECORD_TEXT && furniture)
        s.format = RECORD_TEXT_WHOLE;
    status = archive_open(c, "show", ARCHIVE_READ, NULL, &a);
    if (status == EXIT_DONE)
        status = show_all(&s, &a, argc, argv);
    archive_close(&a);
    return status;
}
