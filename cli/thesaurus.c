/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin thesaurus`: the archive's own terms, which searches look for beside those that are built in. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "input.h"
#include "message.h"
#include "option.h"
#include "terminal.h"

typedef struct thesaurus {
    client *client;
    archive archive;
    const char *source; /* of the lines, for complaints */
    const char *concept, *lang, *relation, *direction, *quality, *context;
} thesaurus;

static int fail(const thesaurus *t, bulletin_status status)
{
    return archive_status(&t->archive, "thesaurus", status);
}

static void say_line(void *context, size_t line, const char *reason)
{
    const thesaurus *t = context;
    message_say("%s:%zu: %s", t->source, line, message_text(reason));
}

static int add_table(thesaurus *t, const char *table, size_t size)
{
    size_t added = 0;
    bulletin_status status = bulletin_thesaurus_add(t->archive.handle, table, size, say_line, t, &added);
    if (status < 0)
        return fail(t, status);
    message_note("terms: %zu", added);
    return status == BULLETIN_PARTIAL ? EXIT_PARTIAL : EXIT_DONE;
}

/* ---- the subcommands ---- */

/* A line of the table, as far as it says more than that words stand for each other. */
static void put_term(writer *out, char *line)
{
    static const char *const usual[] = { NULL, NULL, "", "same", "both", "exact", "" };
    for (int column = 0; line != NULL && column < 7; column++) {
        char *end = strchr(line, '\t');
        if (end != NULL)
            *end = '\0';
        if (usual[column] == NULL || (*line != '\0' && strcmp(line, usual[column]) != 0)) {
            writer_text(out, column == 0 ? "" : "  ");
            terminal_put_line(out, line, 0);
        }
        line = end != NULL ? end + 1 : NULL;
    }
    writer_text(out, "\n");
}

static int list(thesaurus *t, int argc, char **argv)
{
    char *table = NULL;
    (void)argc;
    (void)argv;
    bulletin_status status = bulletin_thesaurus_list(t->archive.handle, &table);
    if (status < 0)
        return fail(t, status);
    size_t shown = 0;
    char *line = strchr(table, '\n'); /* behind the header */
    for (line = line ? line + 1 : NULL; line && *line; shown++) {
        char *end = strchr(line, '\n');
        *end = '\0';
        put_term(&t->client->out, line);
        line = end + 1;
    }
    bulletin_free(table);
    return shown > 0 ? EXIT_DONE : EXIT_NOTHING;
}

static int export(thesaurus *t, int argc, char **argv)
{
    char *table = NULL;
    (void)argc;
    (void)argv;
    bulletin_status status = bulletin_thesaurus_list(t->archive.handle, &table);
    if (status < 0)
        return fail(t, status);
    writer_text(&t->client->out, table);
    bulletin_free(table);
    return EXIT_DONE;
}

/* A cell holds neither tabs nor line breaks. */
static void put_cell(char *table, const char *text, char end)
{
    char *out = table + strlen(table);
    for (; *text; text++)
        *out++ = *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text;
    *out++ = end;
    *out = '\0';
}

/* The first word and those that stand for it, a line each. */
static int add(thesaurus *t, int argc, char **argv)
{
    const char *concept = t->concept ? t->concept : argv[0];
    size_t size = 1;
    for (int i = 0; i < argc; i++)
        size += strlen(concept) + strlen(argv[i]) + strlen(t->lang) + strlen(t->relation) +
                strlen(t->direction) + strlen(t->quality) + strlen(t->context) + 8;
    char *table = calloc(size, 1);
    if (table == NULL)
        return message_no_memory("thesaurus");
    for (int i = 0; i < argc; i++) {
        bool further = i > 0 || t->concept != NULL;
        put_cell(table, concept, '\t');
        put_cell(table, argv[i], '\t');
        put_cell(table, t->lang, '\t');
        put_cell(table, further ? t->relation : "", '\t');
        put_cell(table, further ? t->direction : "", '\t');
        put_cell(table, further ? t->quality : "", '\t');
        put_cell(table, further ? t->context : "", '\n');
    }
    t->source = "thesaurus";
    int exit = add_table(t, table, strlen(table));
    free(table);
    return exit;
}

static int remove_terms(thesaurus *t, int argc, char **argv)
{
    size_t removed = 0, all = 0;
    bulletin_status status = BULLETIN_OK;
    if (argc == 0)
        status = bulletin_thesaurus_remove(t->archive.handle, t->concept, NULL, &all);
    for (int i = 0; i < argc && status >= 0; i++) {
        status = bulletin_thesaurus_remove(t->archive.handle, t->concept, argv[i], &removed);
        all += removed;
    }
    if (status < 0)
        return fail(t, status);
    message_note("terms: %zu", all);
    return all > 0 ? EXIT_DONE : EXIT_NOTHING;
}

static int import(thesaurus *t, int argc, char **argv)
{
    int worst = EXIT_DONE;
    for (int i = 0; i < argc && (worst == EXIT_DONE || worst == EXIT_PARTIAL); i++) {
        input in;
        size_t size = 0;
        t->source = argv[i];
        bool opened = input_open(&in, argv[i], &t->client->out);
        char *table = opened ? input_all(&in, &size) : NULL;
        if (table == NULL)
            message_say("cannot read %s: %s", argv[i], strerror(opened ? in.failure : errno));
        int exit = table == NULL ? EXIT_FAILED : add_table(t, table, size);
        worst = exit != EXIT_DONE ? exit : worst;
        if (opened)
            input_close(&in);
    }
    return worst;
}

/* ---- the command ---- */

typedef struct action {
    const char *name;
    int (*run)(thesaurus *t, int argc, char **argv);
    archive_mode mode;
    int least, most; /* words after its name */
} action;

static const action actions[] = {
    { "list", list, ARCHIVE_READ, 0, 0 },
    { "add", add, ARCHIVE_CREATE, 1, 1000 },
    { "remove", remove_terms, ARCHIVE_WRITE, 0, 1000 },
    { "import", import, ARCHIVE_CREATE, 1, 1000 },
    { "export", export, ARCHIVE_READ, 0, 0 },
};

static const action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}

/* Whether the words suit the action; add needs something to add to. */
static bool suits(const action *a, const thesaurus *t, int words)
{
    bool named = t->concept != NULL;
    if (a->run == add && words < (named ? 1 : 2))
        return false;
    if (a->run == remove_terms && words == 0)
        return named;
    return words >= a->least && words <= a->most;
}

static const char thesaurus_notes[] =
    "thesaurus list                    terms of this archive\n"
    "thesaurus add TERM OTHER...       words that stand for each other\n"
    "thesaurus remove TERM...          take terms out; with --concept those of one concept, or all of it\n"
    "thesaurus import FILE...          a table: concept, term, lang, relation, direction, quality, context,\n"
    "                                  not_after, not_before, note, parted by tabs (- = standard input)\n"
    "thesaurus export                  all terms as such a table\n\n"
    "Searches use them beside the built-in ones at once. Lines that cannot be used are reported by their\n"
    "number, and the exit status is 3.";

int command_thesaurus(client *c, int argc, char **argv)
{
    thesaurus t = {
        .client = c, .lang = "", .relation = "same", .direction = "both", .quality = "exact", .context = ""
    };
    const option_spec options[] = {
        { "concept", 0, OPTION_TEXT, &t.concept, "NAME",
          "the concept that terms belong to; without it the first term names it" },
        { "lang", 0, OPTION_TEXT, &t.lang, "TAG", "language of the terms: zh-Hans, en" },
        { "relation", 0, OPTION_CHOICE, &t.relation, "same|narrower|broader",
          "what OTHER is to TERM: narrower is found for it and does not bring it" },
        { "direction", 0, OPTION_CHOICE, &t.direction, "both|to|from",
          "to: found but brings nothing; from: brings the others but is not found" },
        { "quality", 0, OPTION_CHOICE, &t.quality, "exact|machine|ambiguous",
          "machine translation ranks lower; what is ambiguous is only found" },
        { "context", 0, OPTION_TEXT, &t.context, "WORDS",
          "words parted by |, one of which a bulletin must hold" },
    };
    const option_usage usage = {
        .command = "bulletin thesaurus",
        .operands = "list|add|remove|import|export [TERM...]",
        .summary = "List and change this archive's own terms for one thing.",
        .notes = thesaurus_notes,
        .options = options,
        .option_count = OPTION_COUNT(options),
        .text_operands = true,
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    const action *chosen = argc > 0 ? find_action(argv[0]) : NULL;
    if (chosen == NULL)
        return option_complain(&usage, "say what to do: list, add, remove, import or export");
    if (!suits(chosen, &t, argc - 1))
        return option_complain(&usage, "thesaurus %s takes other words than these", chosen->name);
    status = archive_open(c, "thesaurus", chosen->mode, NULL, &t.archive);
    if (status == EXIT_DONE)
        status = chosen->run(&t, argc - 1, argv + 1);
    archive_close(&t.archive);
    return status;
}
