/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Standard output into a pager that a person reads it with. */
#include "pager.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "terminal.h"

static const char usual_pager[] = "less";

/* Whether a program of this name lies in PATH. */
static bool is_installed(const char *name)
{
    const char *path = getenv("PATH");
    char file[4096];
    while (path != NULL && *path != '\0') {
        size_t size = strcspn(path, ":");
        int length = snprintf(file, sizeof file, "%.*s/%s", (int)size, path, name);
        if (length > 0 && (size_t)length < sizeof file && access(file, X_OK) == 0)
            return true;
        path += size + (path[size] == ':');
    }
    return false;
}

/* The command line of the pager; NULL when none is wanted. */
static const char *find_pager(void)
{
    const char *own = getenv("BULLETIN_PAGER");
    const char *named = own != NULL ? own : getenv("PAGER");
    if (named == NULL)
        return is_installed(usual_pager) ? usual_pager : NULL;
    return *named == '\0' || strcmp(named, "cat") == 0 ? NULL : named;
}

/* less leaves at once what fits on the screen, keeps colours, and leaves the screen as it is. */
static void run_pager(const char *command, const int ends[2])
{
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);
    setenv("LESSCHARSET", "utf-8", 0);
    setenv("LV", "-c", 0);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

void pager_start(client *c)
{
    const char *command = find_pager();
    int ends[2];
    if (c->no_pager || command == NULL || !terminal_is_interactive(STDOUT_FILENO) || pipe(ends) != 0)
        return;
    writer_flush(&c->out);
    c->pager = fork();
    if (c->pager == 0)
        run_pager(command, ends);
    if (c->pager > 0) {
        dup2(ends[1], STDOUT_FILENO);
        if (isatty(STDERR_FILENO))
            dup2(ends[1], STDERR_FILENO);
    }
    close(ends[0]);
    close(ends[1]);
}

void pager_finish(client *c)
{
    if (c->pager <= 0)
        return;
    writer_flush(&c->out);
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    while (waitpid(c->pager, NULL, 0) < 0 && errno == EINTR)
        continue;
    c->pager = 0;
}
