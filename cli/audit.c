/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin audit`: what may be wrong with the bulletins of an archive, each with the search that lists it.
 */
#include <inttypes.h>
#include <string.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "output.h"

enum { WORDS_COLUMNS = 42 };

typedef struct auditing {
    client *client;
    bool json;
    size_t shown;
} auditing;

/* The library says it in English. */
static const struct {
    const char *kind, *words;
} kinds[] = {
    { "empty", "without text" },
    { "short", "with fewer than 60 characters of text" },
    { "untitled", "without a title" },
    { "undated", "without a date" },
    { "replaced", "with broken bytes that were replaced" },
    { "collision", "whose key another text had already" },
    { "vanished", "whose file no longer exists" },
    { "furniture", "whose page was mostly something else" },
};

static const char *words_of(const bulletin_finding *finding)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, finding->kind) == 0)
            return message_text(kinds[i].words);
    return finding->what;
}

static void show_finding(void *context, const bulletin_finding *finding)
{
    auditing *x = context;
    writer *out = &x->client->out;
    if (x->json) {
        output_finding(out, finding, x->shown++ == 0);
        return;
    }
    if (finding->count == 0)
        return;
    x->shown++;
    writer_format(out, "%8" PRId64 "  ", finding->count);
    size_t columns = terminal_put_line(out, words_of(finding), 0);
    writer_format(out, "%*sbulletin search '%s'\n",
                  columns < WORDS_COLUMNS ? (int)(WORDS_COLUMNS - columns) : 1, "", finding->query);
}

static int audit(auditing *x, const archive *a)
{
    writer_text(&x->client->out, x->json ? "[" : "");
    bulletin_status status = bulletin_audit(a->handle, show_finding, x);
    writer_text(&x->client->out, x->json ? "]\n" : "");
    writer_flush(&x->client->out);
    if (status == BULLETIN_OK && x->shown == 0)
        message_note("nothing stands out");
    return archive_status(a, "audit", status);
}

int command_audit(client *c, int argc, char **argv)
{
    const char *format = "text";
    archive a;
    const option_spec options[] = {
        { "format", 0, OPTION_CHOICE, &format, "text|json", "lines, or an array of objects" },
    };
    const option_usage usage = {
        .command = "bulletin audit",
        .operands = "",
        .no_operands = true,
        .summary = "Count bulletins that may have been read badly, and show the searches that list them.",
        .notes = "Damage of the archive itself is found by: bulletin check",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = archive_begin(c, &usage, &argc, argv, ARCHIVE_READ, NULL, &a);
    auditing x = { c, strcmp(format, "json") == 0, 0 };
    if (status == OPTION_GO_ON)
        status = audit(&x, &a);
    archive_close(&a);
    return status;
}
