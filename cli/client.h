/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "writer.h"

/* What all commands share: the global options and standard output. */
typedef struct client {
    const char *db;    /* --db, or NULL */
    const char *color; /* auto, always or never */
    bool no_pager;
    pid_t pager; /* the process that shows the output; 0 = none */
    char **kept; /* decoded arguments, released at the end */
    size_t kept_count;
    writer out;
} client;

/* The argument as UTF-8: itself, or a decoded copy that lives as long as the client. NULL when memory ran
 * out. */
const char *client_utf8(client *c, const char *argument);

/* Words with a blank between each two; new, free(); NULL when memory ran out. */
char *client_join(int count, char **words);

/* Release the decoded arguments. */
void client_close(client *c);

/* The commands. argv[0] is the command's name; each returns its exit status. */
int command_import(client *c, int argc, char **argv);
int command_extract(client *c, int argc, char **argv);
int command_search(client *c, int argc, char **argv);
int command_count(client *c, int argc, char **argv);
int command_export(client *c, int argc, char **argv);
int command_show(client *c, int argc, char **argv);
int command_remove(client *c, int argc, char **argv);
int command_orgs(client *c, int argc, char **argv);
int command_thesaurus(client *c, int argc, char **argv);
int command_stats(client *c, int argc, char **argv);
int command_audit(client *c, int argc, char **argv);
int command_backup(client *c, int argc, char **argv);
int command_reindex(client *c, int argc, char **argv);
int command_check(client *c, int argc, char **argv);
int command_tokenize(client *c, int argc, char **argv);
int command_completion(client *c, int argc, char **argv);
int command_version(client *c, int argc, char **argv);

#endif
