/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HANDLE_H
#define BL_HANDLE_H

#include <string.h>

#include "bulletin.h"
#include "index/database.h"
#include "page/authority.h"
#include "search/hits.h"

/* What the files with public functions share: a handle, and what their calls start with. */
struct bulletin {
    bl_error error;
    bl_database *database; /* NULL for a handle without an archive */
    bulletin_options options;
    char *data_folder;
    bl_authority *authority; /* read when it is first needed */
    int64_t own_names;       /* how often the user's own had been changed when it was read */
    bulletin_hits *hits;     /* open ones, linked by next */
};

struct bulletin_hits {
    bulletin *archive;
    bl_hits inner;
    bool started, ended, stale;
    bulletin_hits *next;
};

/* A program built against an earlier header hands over fewer fields. */
#define BL_COPY_OPTIONS(to, from) memcpy(&(to), (from), (from)->size < sizeof(to) ? (from)->size : sizeof(to))

/* Every call starts without a failure: one that may do without an archive; one that reads it, with its own
 * deadline; one that writes it, which stops open hits. */
bl_error *bl_handle_start(bulletin *archive);
bl_error *bl_handle_start_read(bulletin *archive);
bl_error *bl_handle_start_write(bulletin *archive);

/* The organizations as the archive knows them now, within a transaction that changes them too; read with the
 * first call that needs them. NULL after a failure. */
const bl_authority *bl_handle_names(bulletin *archive);

/* Where the last call of the handle says how it failed. */
bl_error *bl_handle_error(bulletin *archive);

/* Start to read or to write with the organizations known. */
bl_error *bl_handle_read(bulletin *archive, bl_database **db);
bl_error *bl_handle_write(bulletin *archive, bl_database **db);

/* A write takes the ground from under open hits. */
void bl_handle_stop_hits(bulletin *archive);

#endif
