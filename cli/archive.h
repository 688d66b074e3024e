/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <stdbool.h>

#include "bulletin.h"
#include "client.h"
#include "option.h"

typedef enum archive_mode {
    ARCHIVE_NONE, /* no archive: for extract and tokenize */
    ARCHIVE_READ,
    ARCHIVE_WRITE,
    ARCHIVE_CREATE,  /* made when there is none */
    ARCHIVE_REHEARSE /* as CREATE, but what would be made is thrown away again */
} archive_mode;

typedef struct archive {
    bulletin *handle;
    char *path;    /* NULL for ARCHIVE_NONE */
    char *scratch; /* the folder of a thrown-away archive */
} archive;

/* Find the archive (--db, BULLETIN_DB, the user's data folder) and open it; from then on Ctrl-C interrupts
 * what runs on it. Release with archive_close() in every case.
 * @param what  the command, for complaints.
 * @param wait  --wait; not given = the library's default.
 * @return EXIT_DONE, or the exit status after a complaint. */
int archive_open(client *c, const char *what, archive_mode mode, const option_number *wait, archive *a);

/* What a command begins with: read its options, then open the archive, named in complaints by the command.
 * @return OPTION_GO_ON with an open archive, or the exit status. Release with archive_close() in every case. */
int archive_begin(client *c, const option_usage *usage, int *argc, char **argv, archive_mode mode,
                  const option_number *wait, archive *a);

void archive_close(archive *a);

/* Whether Ctrl-C was pressed since the archive was opened. */
bool archive_interrupted(void);

/* The signal that asked the program to end, SIGINT or SIGTERM; 0 while none has. */
int archive_signal(void);

/* How a command ends whose call on this archive came to `status`; failures are said. */
int archive_status(const archive *a, const char *what, bulletin_status status);

#endif
