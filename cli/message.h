/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "bulletin.h"

/* How the program ends. */
enum {
    EXIT_DONE = 0,
    EXIT_NOTHING = 1, /* nothing found */
    EXIT_USAGE = 2,
    EXIT_PARTIAL = 3, /* some input failed */
    EXIT_ARCHIVE = 4, /* missing, corrupt or of another version */
    EXIT_FAILED = 5,
    EXIT_BUSY = 6,
    EXIT_INTERRUPTED = 130
};

/* The words of an English sentence or format in the user's language; itself where there is no translation.
 * Borrowed, for ever. */
#if defined(__GNUC__)
__attribute__((format_arg(1)))
#endif
const char *
message_text(const char *english);

/* "bulletin: " and a line on standard error, in the user's language, made safe for terminals. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void message_say(const char *format, ...);

/* The same without the program's name before it: remarks that are no complaint. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void message_note(const char *format, ...);

/* "path:line: reason", what the library says of a line of a table, in the user's language. */
void message_line(const char *path, uint64_t line, const char *reason);
/* The same, where the library wrote all of it. */
void message_told(const char *text);

/* How a command ends when the library answers so. */
int message_exit(bulletin_status status);

/* Say "bulletin: what: detail" when status is a failure. Returns message_exit(status). */
int message_status(const char *what, bulletin_status status, const char *detail);

/* "what: out of memory"; returns EXIT_FAILED. */
int message_no_memory(const char *what);

#endif
