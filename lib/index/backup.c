/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to a copy of it in another file, as it was at one moment, while others go on writing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "maintain.h"
#include "sql.h"

/* Pages between two looks at progress and interruption: 8 MiB of the usual ones. */
enum { PAGES_A_STEP = 256 };

typedef struct copying {
    bl_database *db;
    const char *path;
    char *part; /* the copy under its first name, beside its last */
    bulletin_progress_callback progress;
    void *context;
} copying;

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static void check_target(bl_error *e, const copying *c, bool overwrite)
{
    struct stat st;
    if (same_file(sqlite3_db_filename(c->db->sql, "main"), c->path))
        bl_fail(e, BULLETIN_MISUSE, "%s is the archive itself", c->path);
    else if (lstat(c->path, &st) == 0 && !overwrite)
        bl_fail(e, BULLETIN_IO, "%s exists already", c->path);
    else if (stat(c->path, &st) == 0 && !S_ISREG(st.st_mode))
        bl_fail(e, BULLETIN_IO, "%s is no regular file", c->path);
}

/* The copy is private from its first byte on, as the archive is. */
static void create_part(bl_error *e, copying *c)
{
    bl_buffer name = { 0 };
    bl_buffer_printf(&name, "%s.XXXXXX", c->path);
    c->part = bl_buffer_steal(&name);
    if (!c->part)
        bl_fail_nomem(e);
    if (bl_failed(e))
        return;
    int fd = mkstemp(c->part);
    if (fd < 0) {
        bl_fail(e, BULLETIN_IO, "cannot write beside %s: %s", c->path, strerror(errno));
        free(c->part);
        c->part = NULL;
    } else {
        close(fd);
    }
}

static void show(bl_error *e, const copying *c, sqlite3_backup *backup, int64_t page_size)
{
    int64_t all = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);
    const bulletin_progress now = { .bytes = (uint64_t)((all - left) * page_size),
                                    .bytes_total = (uint64_t)(all * page_size),
                                    .path = c->path };
    if (c->progress && !c->progress(c->context, &now))
        bl_fail(e, BULLETIN_INTERRUPTED, "stopped; there is no backup");
}

static void copy_pages(bl_error *e, const copying *c, sqlite3 *to)
{
    int64_t page_size = bl_sql_get_int(e, c->db->sql, "PRAGMA page_size");
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", c->db->sql, "main");
    int code = SQLITE_OK;
    while (backup && code == SQLITE_OK && !bl_failed(e)) {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        show(e, c, backup, page_size);
        bl_database_poll(e, c->db);
    }
    sqlite3_backup_finish(backup);
    if (!bl_failed(e) && code != SQLITE_DONE)
        bl_sql_fail(e, to, backup ? code : sqlite3_errcode(to));
}

/* One read transaction around all steps: otherwise each change by another process would start it over. */
static void copy_all(bl_error *e, const copying *c)
{
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(c->part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        bl_sql_fail(e, to, code);
    bl_sql_exec(e, c->db->sql, "BEGIN");
    bl_sql_get_int(e, c->db->sql, "PRAGMA user_version");
    if (!bl_failed(e))
        copy_pages(e, c, to);
    bl_database_end(e, c->db);
    sqlite3_close_v2(to);
}

/* What another file of this name left beside it would be taken for changes of the new one. */
static void clear_beside(const copying *c)
{
    static const char *const endings[] = { "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        bl_buffer name = { 0 };
        bl_buffer_printf(&name, "%s%s", c->path, endings[i]);
        if (name.data && !name.failed)
            unlink(name.data);
        bl_buffer_free(&name);
    }
}

void bl_backup(bl_error *e, bl_database *db, const char *path, bool overwrite,
               bulletin_progress_callback progress, void *context)
{
    copying c = { db, path, NULL, progress, context };
    check_target(e, &c, overwrite);
    create_part(e, &c);
    if (!bl_failed(e))
        copy_all(e, &c);
    if (!bl_failed(e))
        clear_beside(&c);
    if (!bl_failed(e) && rename(c.part, path) != 0)
        bl_fail(e, BULLETIN_IO, "cannot write %s: %s", path, strerror(errno));
    if (bl_failed(e) && c.part)
        unlink(c.part);
    free(c.part);
}
