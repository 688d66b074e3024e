/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin tokenize`: text into the tokens that the index would hold for it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "input.h"
#include "message.h"
#include "option.h"
#include "output.h"

static const char *const kinds[] = {
    [BULLETIN_TOKEN_WORD] = "word",     [BULLETIN_TOKEN_CJK] = "cjk",     [BULLETIN_TOKEN_LAST] = "last",
    [BULLETIN_TOKEN_SYMBOL] = "symbol", [BULLETIN_TOKEN_BREAK] = "break", [BULLETIN_TOKEN_STEM] = "stem",
    [BULLETIN_TOKEN_JOINED] = "joined",
};

typedef struct tokenizing {
    writer *out;
    bool json, first;
} tokenizing;

static const char *kind_name(bulletin_token_kind kind)
{
    size_t i = (size_t)kind;
    return i < sizeof kinds / sizeof *kinds ? kinds[i] : "other";
}

/* Columns: start, end, kind, token. A line break is shown as the sign of one, so that a token is a line. */
static void put_text(writer *out, const bulletin_token *token)
{
    writer_format(out, "%zu\t%zu\t%s\t", token->start, token->end, kind_name(token->kind));
    if (strcmp(token->text, "\n") == 0)
        writer_text(out, "␊");
    else
        terminal_put_line(out, token->text, 0);
    writer_text(out, "\n");
}

static bool show_token(void *context, const bulletin_token *token)
{
    tokenizing *t = context;
    if (t->json)
        output_token(t->out, token, kind_name(token->kind), t->first);
    else
        put_text(t->out, token);
    t->first = false;
    return !writer_stopped(t->out) && !archive_interrupted();
}

static int tokenize(client *c, const archive *a, bool json, const char *text, size_t size)
{
    tokenizing t = { &c->out, json, true };
    bulletin_status status = bulletin_tokenize(a->handle, text, size, show_token, &t);
    if (json)
        writer_text(&c->out, t.first ? "[]\n" : "\n]\n");
    if (writer_stopped(&c->out))
        return EXIT_DONE;
    return archive_status(a, "tokenize", status);
}

static int tokenize_input(client *c, const archive *a, bool json)
{
    input in;
    size_t size = 0;
    input_open(&in, "-", NULL);
    char *text = input_all(&in, &size);
    int status = EXIT_FAILED;
    if (text != NULL)
        status = tokenize(c, a, json, text, size);
    else if (archive_interrupted())
        status = EXIT_INTERRUPTED;
    else
        message_say("cannot read %s: %s", "-", strerror(in.failure));
    input_close(&in);
    return status;
}

static int tokenize_words(client *c, const archive *a, bool json, int argc, char **argv)
{
    char *text = client_join(argc, argv);
    if (text == NULL)
        return message_no_memory("tokenize");
    int status = tokenize(c, a, json, text, strlen(text));
    free(text);
    return status;
}

int command_tokenize(client *c, int argc, char **argv)
{
    const char *format = "text";
    archive a;
    const option_spec options[] = {
        { "format", 0, OPTION_CHOICE, &format, "text|json", "columns, or an array of objects" },
    };
    const option_usage usage = {
        .command = "bulletin tokenize",
        .operands = "[TEXT...]",
        .summary = "Show the tokens that the index holds for a text, with their bytes and kinds.",
        .notes = "Without TEXT, standard input is read. Columns: start, end, kind, token.",
        .options = options,
        .option_count = OPTION_COUNT(options),
        .text_operands = true,
    };
    int status = archive_begin(c, &usage, &argc, argv, ARCHIVE_NONE, NULL, &a);
    bool json = strcmp(format, "json") == 0;
    if (status == OPTION_GO_ON)
        status = argc > 0 ? tokenize_words(c, &a, json, argc, argv) : tokenize_input(c, &a, json);
    archive_close(&a);
    return status;
}
