/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The `bulletin` program: the command line into one command's work. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bulletin.h"
#include "client.h"
#include "memory.h"
#include "message.h"
#include "option.h"
#include "pager.h"
#include "terminal.h"

typedef struct command {
    const char *name;
    int (*run)(client *c, int argc, char **argv);
    const char *summary;
} command;

static int command_help(client *c, int argc, char **argv);

static const command commands[] = {
    { "import", command_import, "put saved pages and records into the archive" },
    { "search", command_search, "find bulletins" },
    { "count", command_count, "count stories and bulletins, by year, source, organization" },
    { "show", command_show, "show bulletins whole" },
    { "export", command_export, "bulletins as records that import takes back" },
    { "extract", command_extract, "show what import would store, without an archive" },
    { "remove", command_remove, "remove bulletins" },
    { "orgs", command_orgs, "organizations that bulletins name" },
    { "thesaurus", command_thesaurus, "terms of this archive for one thing" },
    { "stats", command_stats, "figures of the archive" },
    { "audit", command_audit, "what may be wrong with bulletins" },
    { "check", command_check, "check the archive for damage" },
    { "reindex", command_reindex, "make the index anew" },
    { "backup", command_backup, "copy the archive" },
    { "tokenize", command_tokenize, "show the tokens of a text" },
    { "completion", command_completion, "a script that completes words in a shell" },
    { "version", command_version, "show versions" },
    { "help", command_help, "show how a command is used" },
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const char program_notes[] =
    "The archive is --db PATH, else $BULLETIN_DB, else $XDG_DATA_HOME/bulletin/bulletin.db\n"
    "(~/.local/share/bulletin/bulletin.db). A folder $BULLETIN_DATA may hold an organizations.tsv and a\n"
    "thesaurus.tsv of your own, in place of those that are built in.\n\n"
    "Exit status: 0 done, or something found; 1 nothing found; 2 wrong usage; 3 some input failed;\n"
    "4 archive missing, corrupt or of another version; 5 other failure; 6 archive busy; 130 Ctrl-C.\n\n"
    "bulletin help COMMAND shows the options of a command.";

static const command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    const char *nearest = option_nearest(name, names, COMMAND_COUNT);
    if (nearest != NULL)
        message_say("unknown command %s; did you mean %s?", name, nearest);
    else
        message_say("unknown command %s", name);
    message_note("see: %s --help", "bulletin");
    return EXIT_USAGE;
}

static void list_commands(writer *out)
{
    writer_text(out, message_text("Usage: bulletin [--db PATH] COMMAND [OPTIONS] [ARGUMENTS]\n\n"));
    writer_text(out, message_text("Full-text search of union and industry bulletins."));
    writer_text(out, "\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        writer_format(out, "  %-12s%s\n", commands[i].name, message_text(commands[i].summary));
    writer_text(out, "\n");
    writer_text(out, message_text(program_notes));
    writer_text(out, "\n");
}

/* `help search` is `search --help`: each command owns its help. */
static int command_help(client *c, int argc, char **argv)
{
    char option[] = "--help";
    if (argc < 2 || strcmp(argv[1], "help") == 0 || argv[1][0] == '-') {
        list_commands(&c->out);
        return EXIT_DONE;
    }
    const command *found = find_command(argv[1]);
    char *words[] = { argv[1], option, NULL };
    return found == NULL ? unknown_command(argv[1]) : found->run(c, 2, words);
}

/* --help before the command means the program's; option_parse() would show only the options. */
static bool asks_for_help(int argc, char **argv)
{
    return argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
}

static int run(client *c, int argc, char **argv)
{
    bool version = false;
    const option_spec options[] = {
        { "version", 'V', OPTION_SWITCH, &version, NULL, "show the version" },
    };
    const option_usage usage = {
        .command = "bulletin",
        .operands = "COMMAND",
        .summary = "Full-text search of union and industry bulletins.",
        .options = options,
        .option_count = OPTION_COUNT(options),
        .leading_only = true,
    };
    if (asks_for_help(argc, argv))
        return command_help(c, 0, argv);
    int status = option_parse(c, &usage, &argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    if (version) {
        writer_format(&c->out, "bulletin %s\n", bulletin_version());
        return EXIT_DONE;
    }
    if (argc == 0)
        return option_complain(&usage, "name a command");
    const command *found = find_command(argv[0]);
    return found == NULL ? unknown_command(argv[0]) : found->run(c, argc, argv);
}

int main(int argc, char **argv)
{
    client c = { .color = "auto" };
    struct sigaction ignore = { 0 };
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, NULL); /* a closed pipe is seen where it is written to */
    memory_prepare();
    terminal_prepare();
    writer_open(&c.out, STDOUT_FILENO);
    int status = run(&c, argc, argv);
    client_close(&c);
    status = writer_finish(&c.out, status);
    pager_finish(&c);
    return status;
}
