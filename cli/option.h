/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client.h"

typedef enum option_kind {
    OPTION_SWITCH, /* bool: set to true */
    OPTION_PATH,   /* const char *: as given */
    OPTION_TEXT,   /* const char *: decoded into UTF-8 */
    OPTION_CHOICE, /* const char *: one of the words in `argument`, separated by | */
    OPTION_WHEN,   /* the same, but the value may be left out: then the first word */
    OPTION_NUMBER, /* option_number */
    OPTION_LIST    /* option_list: each use adds one */
} option_kind;

typedef struct option_number {
    bool given;
    uint64_t value;
} option_number;

typedef struct option_list {
    const char **items; /* borrowed from argv or the client; the array is new, option_list_free() */
    size_t count;
} option_list;

/* One option: its row is what is parsed and what the help shows. */
typedef struct option_spec {
    const char *name; /* without the two dashes */
    char letter;      /* 0 = none */
    option_kind kind;
    void *value;
    const char *argument; /* what the help calls the value, or the choices; NULL for switches */
    const char *summary;
} option_spec;

typedef struct option_usage {
    const char *command;  /* "bulletin search" */
    const char *operands; /* "[QUERY...]" */
    const char *summary;
    const char *notes; /* lines after the options; NULL = none */
    const option_spec *options;
    size_t option_count;
    bool leading_only;  /* everything from the first operand on is left alone */
    bool text_operands; /* operands are decoded into UTF-8 */
    bool no_operands;   /* any is a wrong usage */
} option_usage;

#define OPTION_COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What option_parse() answers when the command should go on; otherwise it is an exit status. */
enum { OPTION_GO_ON = -1 };

/* Read the options and leave the operands in argv[0] to argv[*argc - 1]. argv[0] comes in as the command's
 * name. --help is answered here; a wrong option is said with the nearest name. */
int option_parse(client *c, const option_usage *usage, int *argc, char **argv);

/* Print what --help shows. */
void option_help(client *c, const option_usage *usage);

/* Say what is wrong with the command line and where to read on; returns EXIT_USAGE. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int option_complain(const option_usage *usage, const char *format, ...);

/* "--what" or "what" near to `word` among `count` names; NULL when none is near. */
const char *option_nearest(const char *word, const char *const *names, size_t count);

bool option_read_number(const char *text, uint64_t *number);
void option_list_free(option_list *list);

#endif
