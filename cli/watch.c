/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What the system tells of changed files into imports of those files, burst by burst. */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* for what readdir() knows of an entry's kind */
#endif
#include "watch.h"

#include "message.h"
#include "option.h"

#if defined(__linux__)

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paths.h"

/* A burst ends when nothing has come for so long, or when it is so long or so large already. */
static const double quiet_seconds = 0.2, longest_burst = 5;
enum { LARGEST_BURST = 8192 };
/* A file found in a new folder may still be written: it is read when it has not changed for so long. Those
 * whose writing is seen from the start are read when they are closed. */
static const double settled_seconds = 2;
/* Until the next try when another program is writing to the archive. */
static const double busy_seconds = 2;
/* Folders in folders beyond this are a loop of links. */
enum { MOST_DEPTH = 128 };

/* A folder that is watched. */
typedef struct folder {
    int number;   /* inotify's */
    char *prefix; /* what goes before a name in it: "pages/", or "" */
    bool root;    /* named by the user */
    bool some;    /* watched for single files that the user named, not for all */
} folder;

/* A file that may still be written. */
typedef struct young {
    char *path;
    off_t size;
    struct timespec changed;
    double since;
} young;

typedef struct watching {
    importer *im;
    const char *const *roots;
    size_t root_count;
    int descriptor;
    folder *folders; /* ascending numbers, as inotify gives them */
    size_t folder_count, folder_room;
    young *young;
    size_t young_count, young_room;
    paths ready;    /* to be imported with the next burst */
    double started; /* of the burst */
    double last;    /* something came */
    double again;   /* not before: the archive was busy */
    bool overflow;  /* the system dropped some of what it had to tell */
    int status;     /* OPTION_GO_ON, or how the command ends */
} watching;

static void *grow(watching *w, void *array, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return array;
    void *larger = realloc(array, (*room * 2 + 16) * size);
    if (larger == NULL) {
        w->status = message_no_memory("import");
        return array;
    }
    *room = *room * 2 + 16;
    return larger;
}

/* "pages/" and "a.txt"; new, NULL with a complaint when memory ran out. */
static char *join(watching *w, const char *prefix, const char *name, const char *end)
{
    size_t size = strlen(prefix) + strlen(name) + strlen(end) + 1;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s%s%s", prefix, name, end);
    else
        w->status = message_no_memory("import");
    return path;
}

/* ---- folders ---- */

static folder *find_folder(const watching *w, int number)
{
    size_t low = 0, high = w->folder_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->folders[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->folder_count && w->folders[low].number == number ? &w->folders[low] : NULL;
}

static void forget_folder(watching *w, folder *f)
{
    size_t after = w->folder_count - (size_t)(f - w->folders) - 1;
    free(f->prefix);
    memmove(f, f + 1, after * sizeof *f);
    w->folder_count--;
}

/* What import passes over is not watched either. */
static bool is_left_out(const watching *w, const char *prefix, const char *name)
{
    size_t size = strlen(name);
    bool left_out = name[0] == '.' || (size > 6 && strcmp(name + size - 6, "_files") == 0);
    const char *const *pattern = w->im->options.exclude;
    char path[4096];
    snprintf(path, sizeof path, "%s%s", prefix, name);
    for (; !left_out && pattern != NULL && *pattern != NULL; pattern++)
        left_out = fnmatch(*pattern, strchr(*pattern, '/') != NULL ? path : name, 0) == 0;
    return left_out;
}

static void complain_of_folder(watching *w, const char *path)
{
    if (errno == ENOSPC)
        message_say(
            "too many folders to watch; raise the system's limit: sysctl fs.inotify.max_user_watches");
    else
        message_say("cannot watch %s: %s", path, strerror(errno));
    w->status = EXIT_FAILED;
}

/* Takes `prefix` over. False when nothing further is to be done: it is watched already, or has gone again. */
static bool add_folder(watching *w, char *prefix, bool root, bool some)
{
    const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_MOVE_SELF |
                            IN_DELETE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;
    const char *path = *prefix == '\0' ? "." : prefix;
    int number = inotify_add_watch(w->descriptor, path, events);
    folder *known = number < 0 ? NULL : find_folder(w, number);
    bool gone = number < 0 && !root && (errno == ENOENT || errno == ENOTDIR || errno == EACCES);
    if (number < 0 && !gone)
        complain_of_folder(w, path);
    if (number >= 0 && known == NULL)
        w->folders = grow(w, w->folders, &w->folder_room, w->folder_count, sizeof *w->folders);
    bool added = number >= 0 && known == NULL && w->status == OPTION_GO_ON;
    if (added)
        w->folders[w->folder_count++] = (folder){ number, prefix, root, some };
    else
        free(prefix);
    bool widened = known != NULL && known->some && !some;
    if (known != NULL) {
        known->some = known->some && some;
        known->root = known->root || root;
    }
    return added || widened;
}

/* A file that was there before its folder was watched. */
static void add_young(watching *w, char *path, const struct stat *st)
{
    w->young = grow(w, w->young, &w->young_room, w->young_count, sizeof *w->young);
    if (w->status == OPTION_GO_ON)
        w->young[w->young_count++] = (young){ path, st->st_size, st->st_mtim, progress_clock() };
    else
        free(path);
}

static void add_tree(watching *w, char *prefix, bool root, bool files, int depth);

/* Takes `path` over. */
static void add_entry(watching *w, char *path, bool files, int depth)
{
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (there && S_ISDIR(st.st_mode)) {
        char *prefix = join(w, path, "", "/");
        free(path);
        if (prefix != NULL)
            add_tree(w, prefix, false, files, depth + 1);
    } else if (there && files && S_ISREG(st.st_mode)) {
        add_young(w, path, &st);
    } else {
        free(path);
    }
}

/* Watch a folder and all below it; with `files`, note what is in them. Takes `prefix` over. */
static void add_tree(watching *w, char *prefix, bool root, bool files, int depth)
{
    char *own = join(w, prefix, "", "");
    bool added = depth < MOST_DEPTH && add_folder(w, prefix, root, false);
    if (depth >= MOST_DEPTH)
        free(prefix);
    DIR *entries = added && own != NULL ? opendir(*own == '\0' ? "." : own) : NULL;
    const struct dirent *entry = NULL;
    while (entries != NULL && w->status == OPTION_GO_ON && (entry = readdir(entries)) != NULL) {
        bool regular = entry->d_type == DT_REG && !files;
        char *path = regular || is_left_out(w, own, entry->d_name) ? NULL : join(w, own, entry->d_name, "");
        if (path != NULL)
            add_entry(w, path, files, depth);
    }
    if (entries != NULL)
        closedir(entries);
    free(own);
}

/* A folder that was moved away, with all below it; it may come back under another name. */
static void drop_tree(watching *w, const char *prefix)
{
    size_t size = strlen(prefix);
    for (size_t i = w->folder_count; i-- > 0;)
        if (strncmp(w->folders[i].prefix, prefix, size) == 0) {
            inotify_rm_watch(w->descriptor, w->folders[i].number);
            forget_folder(w, &w->folders[i]);
        }
}

static void add_root(watching *w, const char *path)
{
    struct stat st;
    const char *slash = strrchr(path, '/');
    if (stat(path, &st) != 0 || S_ISDIR(st.st_mode)) {
        char *prefix = join(w, path, "", *path != '\0' && path[strlen(path) - 1] == '/' ? "" : "/");
        if (prefix != NULL)
            add_tree(w, prefix, true, false, 0);
        return;
    }
    char *prefix = join(w, path, "", "");
    if (prefix != NULL) {
        prefix[slash == NULL ? 0 : slash + 1 - path] = '\0';
        add_folder(w, prefix, true, true);
    }
}

static void add_roots(watching *w)
{
    for (size_t i = 0; i < w->root_count && w->status == OPTION_GO_ON; i++)
        add_root(w, w->roots[i]);
}

/* ---- events ---- */

static void add_ready(watching *w, const char *path)
{
    if (w->ready.count == 0)
        w->started = progress_clock();
    if (!paths_add(&w->ready, path))
        w->status = message_no_memory("import");
}

static bool is_root(const watching *w, const char *path)
{
    for (size_t i = 0; i < w->root_count; i++)
        if (strcmp(w->roots[i], path) == 0)
            return true;
    return false;
}

/* What has no writer when it appears: a link to a file that is there. */
static bool is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && (S_ISLNK(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink > 1));
}

static void take_folder(watching *w, const char *path, uint32_t mask)
{
    char *prefix = join(w, path, "", "/");
    if (prefix == NULL)
        return;
    if ((mask & IN_MOVED_FROM) != 0) {
        drop_tree(w, prefix);
        free(prefix);
        return;
    }
    /* A new folder fills while it is being watched; one that was moved here is as it should be. */
    add_tree(w, prefix, false, (mask & IN_CREATE) != 0, 0);
    if ((mask & IN_MOVED_TO) != 0)
        add_ready(w, path);
}

/* Something happened in a folder. */
static void take_entry(watching *w, const folder *f, const struct inotify_event *event)
{
    char *path = join(w, f->prefix, event->name, "");
    if (path == NULL)
        return;
    bool wanted = f->some ? is_root(w, path) : !is_left_out(w, f->prefix, event->name);
    bool whole = (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0;
    if (wanted && (event->mask & IN_ISDIR) != 0)
        take_folder(w, path, event->mask);
    else if (wanted && (whole || ((event->mask & IN_CREATE) != 0 && is_link(path))))
        add_ready(w, path);
    free(path);
}

/* The folder itself is gone: deleted, unmounted, or moved where nobody follows it. */
static void take_end(watching *w, folder *f)
{
    bool root = f->root;
    char *prefix = join(w, f->prefix, "", "");
    if (root)
        message_note("%s is gone and no longer watched", *f->prefix == '\0' ? "." : f->prefix);
    if (root && prefix != NULL && *prefix != '\0')
        drop_tree(w, prefix);
    else
        forget_folder(w, f);
    free(prefix);
}

static void take_event(watching *w, const struct inotify_event *event)
{
    folder *f = find_folder(w, event->wd);
    if ((event->mask & IN_Q_OVERFLOW) != 0)
        w->overflow = true;
    else if (f == NULL)
        return;
    else if ((event->mask & IN_IGNORED) != 0 || ((event->mask & IN_MOVE_SELF) != 0 && f->root))
        take_end(w, f);
    else if (event->len > 0)
        take_entry(w, f, event);
}

static void read_events(watching *w)
{
    union {
        struct inotify_event event; /* for its alignment */
        char bytes[1 << 16];
    } buffer;
    ssize_t size = read(w->descriptor, buffer.bytes, sizeof buffer.bytes);
    for (ssize_t at = 0; at < size && w->status == OPTION_GO_ON;) {
        const struct inotify_event *event = (const void *)(buffer.bytes + at);
        take_event(w, event);
        at += (ssize_t)(sizeof *event + event->len);
    }
    if (size > 0)
        w->last = progress_clock();
}

/* ---- bursts ---- */

static bool in_paths(const paths *list, const char *path)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], path) == 0)
            return true;
    return false;
}

/* Whether a young file is one no longer: gone, or told of since, or long unchanged, and then ready. */
static bool is_settled(watching *w, young *y)
{
    struct stat st;
    double now = progress_clock();
    if (stat(y->path, &st) != 0 || in_paths(&w->ready, y->path))
        return true;
    bool same = st.st_size == y->size && st.st_mtim.tv_sec == y->changed.tv_sec &&
                st.st_mtim.tv_nsec == y->changed.tv_nsec;
    if (!same)
        *y = (young){ y->path, st.st_size, st.st_mtim, now };
    if (!same || now - y->since < settled_seconds)
        return false;
    add_ready(w, y->path);
    return true;
}

static void settle(watching *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->young_count; i++) {
        if (is_settled(w, &w->young[i]))
            free(w->young[i].path);
        else
            w->young[kept++] = w->young[i];
    }
    w->young_count = kept;
}

static void allow_signals(bool allowed)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(allowed ? SIG_UNBLOCK : SIG_BLOCK, &set, NULL);
}

static void tell(const watching *w, size_t changed, const bulletin_counts *before)
{
    const bulletin_counts *now = &w->im->counts;
    if (!w->im->quiet)
        message_note("%zu changed: added %" PRIu64 ", updated %" PRIu64 ", unchanged %" PRIu64
                     ", skipped %" PRIu64 ", failed %" PRIu64,
                     changed, now->added - before->added, now->updated - before->updated,
                     now->unchanged - before->unchanged, now->skipped - before->skipped,
                     now->failed - before->failed);
}

/* Import; false when it is to be tried again, because another program writes. */
static bool import(watching *w, const char *const *list, size_t count, bool found)
{
    const bulletin_counts before = w->im->counts;
    const bulletin_status was = w->im->status;
    w->im->options.found = found;
    allow_signals(true);
    bulletin_status status = importer_run(w->im, list, count);
    allow_signals(false);
    if (archive_signal() != 0 || status == BULLETIN_BUSY)
        w->im->status = was;
    if (status == BULLETIN_BUSY) {
        w->again = progress_clock() + busy_seconds;
        w->im->counts = before;
        message_note("another program is writing to the archive; this is tried again");
        return false;
    }
    if (status < 0 && archive_signal() == 0)
        w->status = EXIT_FAILED;
    else
        tell(w, count, &before);
    return true;
}

static void import_ready(watching *w)
{
    paths_sort(&w->ready);
    if (import(w, (const char *const *)w->ready.items, w->ready.count, true))
        paths_clear(&w->ready);
}

/* Some events were dropped: all is looked through again, which costs little for what is known. */
static void import_roots(watching *w)
{
    add_roots(w);
    if (w->status == OPTION_GO_ON)
        w->overflow = !import(w, w->roots, w->root_count, false);
}

static bool burst_is_over(const watching *w)
{
    double now = progress_clock();
    return now >= w->again && (now - w->last >= quiet_seconds || now - w->started >= longest_burst ||
                               w->ready.count >= LARGEST_BURST);
}

/* Wait for events or a signal: signals are let in here alone, so that none comes between a look and a wait.
 */
static bool wait_for_events(const watching *w)
{
    bool soon = w->ready.count > 0 || w->young_count > 0 || w->overflow;
    struct timespec time = { 0, 100000000 };
    sigset_t open;
    fd_set set;
    sigprocmask(SIG_BLOCK, NULL, &open);
    sigdelset(&open, SIGINT);
    sigdelset(&open, SIGTERM);
    FD_ZERO(&set);
    FD_SET(w->descriptor, &set);
    return pselect(w->descriptor + 1, &set, NULL, NULL, soon ? &time : NULL, &open) > 0;
}

static void go_on_watching(watching *w)
{
    if (w->folder_count == 0) {
        message_say("nothing is left to watch");
        w->status = EXIT_FAILED;
        return;
    }
    if (wait_for_events(w))
        read_events(w);
    settle(w);
    if (w->overflow && burst_is_over(w))
        import_roots(w);
    if (w->ready.count > 0 && w->status == OPTION_GO_ON && burst_is_over(w))
        import_ready(w);
}

/* ---- from start to end ---- */

/* Watched first, imported then: what changes in between is told afterwards. */
static void begin(watching *w)
{
    allow_signals(false);
    w->descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w->descriptor < 0 || w->descriptor >= FD_SETSIZE) {
        message_say("cannot watch %s: %s", w->roots[0], strerror(w->descriptor < 0 ? errno : EMFILE));
        w->status = EXIT_FAILED;
        return;
    }
    add_roots(w);
    if (w->status == OPTION_GO_ON)
        w->overflow = !import(w, w->roots, w->root_count, false);
    if (w->status == OPTION_GO_ON && archive_signal() == 0 && !w->im->quiet)
        message_note("watching %zu folders", w->folder_count);
}

static void release(watching *w)
{
    for (size_t i = 0; i < w->folder_count; i++)
        free(w->folders[i].prefix);
    for (size_t i = 0; i < w->young_count; i++)
        free(w->young[i].path);
    free(w->folders);
    free(w->young);
    paths_free(&w->ready);
    if (w->descriptor >= 0)
        close(w->descriptor);
    allow_signals(true);
}

int watch_folders(importer *im, const char *const *roots, size_t count)
{
    watching w = { .im = im, .roots = roots, .root_count = count, .status = OPTION_GO_ON };
    begin(&w);
    while (w.status == OPTION_GO_ON && archive_signal() == 0)
        go_on_watching(&w);
    release(&w);
    if (archive_signal() != 0)
        return archive_signal() == SIGTERM ? EXIT_DONE : EXIT_INTERRUPTED;
    return im->status < 0 ? OPTION_GO_ON : w.status;
}

#else

int watch_folders(importer *im, const char *const *roots, size_t count)
{
    (void)im;
    (void)roots;
    (void)count;
    message_say("this system has no inotify to watch folders with; import them from time to time instead");
    return EXIT_FAILED;
}

#endif
