/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin export`: bulletins into records that import takes back. */
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "filter.h"
#include "message.h"
#include "option.h"
#include "output.h"

enum { OPTION_ROWS = 3 };

typedef struct exporting {
    client *client;
    filter filter;
    const char *format;
    output output; /* of references */
    bool no_expand, excel;
    bool failed; /* a record could not be printed */
} exporting;

static bool put_record(void *context, const char *json, size_t size)
{
    exporting *x = context;
    x->failed = strcmp(x->format, "jsonl") == 0
                    ? !output_record(&x->client->out, RECORD_JSON_LINE, json, size)
                    : !output_citation(&x->output, x->format, json, size);
    return !x->failed && !writer_stopped(&x->client->out) && !archive_interrupted();
}

static int export_found(exporting *x, const archive *a, int argc, char **argv)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    char *query = client_join(argc, argv);
    if (query == NULL)
        return message_no_memory("export");
    filter_apply(&x->filter, &options);
    options.flags |= x->no_expand ? (unsigned)BULLETIN_NO_EXPAND : 0;
    x->output.out = &x->client->out;
    writer_text(x->output.out, x->excel ? "\xEF\xBB\xBF" : "");
    bulletin_status status = bulletin_export(a->handle, query, strlen(query), &options, put_record, x);
    free(query);
    output_citations_end(&x->output, x->format);
    writer_flush(&x->client->out);
    if (x->failed)
        return message_no_memory("export");
    if (writer_stopped(&x->client->out) && !archive_interrupted())
        return EXIT_DONE; /* how it went is said when the program ends */
    return archive_status(a, "export", status);
}

int command_export(client *c, int argc, char **argv)
{
    exporting x = { .client = c, .format = "jsonl" };
    archive a;
    option_spec options[FILTER_OPTIONS + OPTION_ROWS] = {
        { "format", 0, OPTION_CHOICE, &x.format, "jsonl|csv|bibtex|ris|csl-json",
          "how bulletins are written; jsonl alone is whole" },
        { "excel", 0, OPTION_SWITCH, &x.excel, NULL, "csv that a spreadsheet reads as UTF-8" },
        { "no-expand", 0, OPTION_SWITCH, &x.no_expand, NULL,
          "no other names of a thing, only what was typed" },
    };
    filter_list(&x.filter, options + OPTION_ROWS);
    const option_usage usage = {
        .command = "bulletin export",
        .operands = "[QUERY...]",
        .summary = "Write bulletins as records that import takes back, as references or as a table.",
        .notes = "Without QUERY and filters all are written, lowest id first. Never those that have only\n"
                 "some of the words. Former texts are not part of it: bulletin backup copies everything.",
        .options = options,
        .option_count = FILTER_OPTIONS + OPTION_ROWS,
        .text_operands = true,
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status == OPTION_GO_ON && x.excel) {
        if (strcmp(x.format, "jsonl") == 0)
            x.format = "csv";
        if (strcmp(x.format, "csv") != 0)
            status = option_complain(&usage, "--excel goes with --format csv");
    }
    if (status == OPTION_GO_ON) {
        status = archive_open(c, "export", ARCHIVE_READ, NULL, &a);
        if (status == EXIT_DONE)
            status = export_found(&x, &a, argc, argv);
        archive_close(&a);
    }
    filter_free(&x.filter);
    return status;
}
