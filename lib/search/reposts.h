/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_REPOSTS_H
#define BL_REPOSTS_H

#include "index/database.h"

/* A list of copies; start from {0}. */
typedef struct bl_reposts {
    bulletin_repost *list; /* its texts are its own */
    size_t count, capacity;
} bl_reposts;

/* The other bulletins of a document's story, earliest first, in place of what the list held. */
void bl_reposts_read(bl_error *e, bl_database *db, int64_t doc, bl_reposts *out);
void bl_reposts_free(bl_reposts *list);

/* To whom bulletins are told. */
typedef struct bl_telling {
    bulletin_record_callback record;
    void *context;
} bl_telling;

/* One bulletin in a few words, as JSON, and how similar it is; nothing where it is no longer there. */
void bl_repost_tell(bl_error *e, bl_database *db, int64_t id, double similarity, const bl_telling *to);

/* What bulletin_reposts() does. */
void bl_reposts_tell(bl_error *e, bl_database *db, int64_t id, bulletin_record_callback record,
                     void *context);

#endif
