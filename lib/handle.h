/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HANDLE_H
#define BL_HANDLE_H

#include "bulletin.h"
#include "index/database.h"
#include "page/authority.h"
#include "search/hits.h"

/* What the public calls of other files start with: the handle's failure, its archive's connection with the
 * organizations that are known. */
/* The names as the archive has them now, within a transaction that changes them too. */
const bl_authority *bl_handle_names(bulletin *archive);

bl_error *bl_handle_read(bulletin *archive, bl_database **db);
bl_error *bl_handle_write(bulletin *archive, bl_database **db);

/* Where the last call of the handle says how it failed. */
bl_error *bl_handle_error(bulletin *archive);

struct bulletin_hits {
    bulletin *archive;
    bl_hits inner;
    bool started, ended, stale;
    bulletin_hits *next;
};

#endif
