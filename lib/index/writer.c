/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The process that writes to a line in the archive, and that line to the message of one that has to wait. */
#include "writer.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sql.h"

enum { HOST_SIZE = 256 };

static void read_host(char out[HOST_SIZE])
{
    if (gethostname(out, HOST_SIZE - 1) != 0)
        out[0] = '\0';
    out[HOST_SIZE - 1] = '\0';
    if (out[0] == '\0')
        snprintf(out, HOST_SIZE, "localhost");
}

void bl_writer_enter(bl_error *e, bl_database *db)
{
    char host[HOST_SIZE], since[32], line[HOST_SIZE + 96];
    bl_database_now(since);
    read_host(host);
    snprintf(line, sizeof line, "process %ld on %s since %s", (long)getpid(), host, since);
    bl_database_set_meta(e, db, "writer", line);
}

void bl_writer_leave(bl_error *e, bl_database *db)
{
    bl_sql_exec(e, db->sql, "DELETE FROM meta WHERE name = 'writer'");
}

/* Whether the line can be true: of this machine's processes one can tell. */
static bool is_alive(const char *line)
{
    char host[HOST_SIZE], named[HOST_SIZE];
    long process;
    read_host(host);
    if (sscanf(line, "process %ld on %255s since", &process, named) != 2 || process <= 0 || process > INT_MAX)
        return false;
    return strcmp(host, named) != 0 || kill((pid_t)process, 0) == 0 || errno == EPERM;
}

void bl_writer_busy(bl_error *e, bl_database *db)
{
    bl_error own = BL_ERROR_INIT;
    char *line = bl_database_meta(&own, db, "writer");
    bl_fail(e, BULLETIN_BUSY, "%s is writing to the archive; try again or wait longer",
            line && is_alive(line) ? line : "another program");
    free(line);
}
