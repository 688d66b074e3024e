/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The user's wish for an archive into an open handle: where it is, whether it may be made, what Ctrl-C does.
 */
#include "archive.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

/* A signal handler has no argument: these two are how Ctrl-C finds the handle. */
static bulletin *volatile watched;
static volatile sig_atomic_t interrupted; /* by which signal; 0 = not */

static void interrupt_watched(int number)
{
    interrupted = number;
    bulletin *handle = watched;
    if (handle != NULL)
        bulletin_interrupt(handle);
}

/* The first Ctrl-C ends in good order, a second one at once. */
static void watch(bulletin *handle)
{
    struct sigaction action = { 0 };
    action.sa_handler = interrupt_watched;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    watched = handle;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool archive_interrupted(void)
{
    return interrupted != 0;
}

int archive_signal(void)
{
    return interrupted;
}

static char *join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* Make a folder and those above it that are missing, for this user alone. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int made = mkdir(path, 0700);
        int reason = errno;
        *slash = '/';
        if (made != 0 && reason != EEXIST) {
            message_say("cannot make the folder for %s: %s", path, strerror(reason));
            return false;
        }
    }
    return true;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/* The archive's path; new, NULL when there is no home or no memory. `own_place`: nobody named it. */
static char *find_path(const client *c, bool *own_place)
{
    const char *named = c->db != NULL ? c->db : variable("BULLETIN_DB");
    *own_place = named == NULL;
    if (named != NULL)
        return strdup(named);
    const char *data = variable("XDG_DATA_HOME");
    if (data != NULL && data[0] == '/')
        return join(data, "bulletin/bulletin.db");
    const char *home = variable("HOME");
    return home == NULL ? NULL : join(home, ".local/share/bulletin/bulletin.db");
}

/* A new folder for an archive that is thrown away; false after a complaint. */
static bool move_to_scratch(archive *a)
{
    const char *folder = variable("TMPDIR");
    a->scratch = join(folder == NULL ? "/tmp" : folder, "bulletin-XXXXXX");
    if (a->scratch != NULL && mkdtemp(a->scratch) == NULL) {
        message_say("cannot make the folder for %s: %s", a->scratch, strerror(errno));
        free(a->scratch);
        a->scratch = NULL;
    }
    free(a->path);
    a->path = a->scratch == NULL ? NULL : join(a->scratch, "bulletin.db");
    return a->path != NULL;
}

static void remove_scratch(const archive *a)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s%s", a->path == NULL ? "" : a->path, endings[i]);
        unlink(path);
    }
    rmdir(a->scratch);
}

/* What is wrong with a table of the data folder. */
static void tell(void *context, const char *text)
{
    (void)context;
    message_told(text);
}

static bulletin_options options_for(archive_mode mode, const option_number *wait)
{
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.data_folder = variable("BULLETIN_DATA");
    options.log = tell;
    options.read_only = options.map_file = mode == ARCHIVE_READ;
    options.no_create = mode == ARCHIVE_READ || mode == ARCHIVE_WRITE;
    if (wait != NULL && wait->given)
        options.busy_milliseconds = wait->value > INT_MAX / 1000 ? INT_MAX : (int)wait->value * 1000;
    return options;
}

static int no_archive(const archive *a)
{
    message_say("no archive at %s; make one with: bulletin import PATH", a->path);
    return EXIT_ARCHIVE;
}

static int open_path(archive *a, const char *what, archive_mode mode, const option_number *wait, bool exists)
{
    const bulletin_options options = options_for(mode, wait);
    bulletin_status status = bulletin_open(a->path, &options, &a->handle);
    if (status == BULLETIN_NOT_FOUND)
        return no_archive(a);
    if (status < 0)
        return archive_status(a, what, status);
    watch(a->handle);
    if (!exists && mode == ARCHIVE_CREATE)
        message_note("new archive: %s", a->path);
    return EXIT_DONE;
}

/* Before opening: is there one, and may it be made? */
static int prepare(archive *a, archive_mode mode, bool own_place, bool *exists)
{
    struct stat facts;
    *exists = stat(a->path, &facts) == 0;
    if (*exists)
        return EXIT_DONE;
    if (mode == ARCHIVE_CREATE)
        return !own_place || make_folders(a->path) ? EXIT_DONE : EXIT_FAILED;
    if (mode == ARCHIVE_REHEARSE)
        return move_to_scratch(a) ? EXIT_DONE : EXIT_FAILED;
    return no_archive(a);
}

int archive_open(client *c, const char *what, archive_mode mode, const option_number *wait, archive *a)
{
    bool own_place = false;
    bool exists = true;
    *a = (archive){ NULL, NULL, NULL };
    if (mode == ARCHIVE_NONE)
        return open_path(a, what, mode, wait, exists);
    a->path = find_path(c, &own_place);
    if (a->path == NULL) {
        message_say("no place for an archive: give --db PATH or set HOME");
        return EXIT_ARCHIVE;
    }
    int status = prepare(a, mode, own_place, &exists);
    return status == EXIT_DONE ? open_path(a, what, mode, wait, exists) : status;
}

int archive_begin(client *c, const option_usage *usage, int *argc, char **argv, archive_mode mode,
                  const option_number *wait, archive *a)
{
    const char *name = strrchr(usage->command, ' ');
    *a = (archive){ NULL, NULL, NULL };
    int status = option_parse(c, usage, argc, argv);
    if (status != OPTION_GO_ON)
        return status;
    status = archive_open(c, name == NULL ? usage->command : name + 1, mode, wait, a);
    return status == EXIT_DONE ? OPTION_GO_ON : status;
}

void archive_close(archive *a)
{
    watched = NULL;
    bulletin_close(a->handle);
    if (a->scratch != NULL)
        remove_scratch(a);
    free(a->scratch);
    free(a->path);
    *a = (archive){ NULL, NULL, NULL };
}

int archive_status(const archive *a, const char *what, bulletin_status status)
{
    return message_status(what, status, bulletin_message(a->handle));
}
