/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NAMED_H
#define BL_NAMED_H

#include "bulletin.h"
#include "search/docs.h"

/* Organizations of the archive, by their rows, ascending and each once. Start from {0}. */
typedef struct bl_rows {
    int64_t *list;
    size_t count, capacity;
} bl_rows;

/* The rows of the organizations that a name means, under any of their names: it is resolved when it is asked
 * for, so an alias holds for bulletins that were imported before it. `scope` takes in the bodies before them,
 * or all below them. Needs db->authority. */
bulletin_named bl_named_rows(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                             bl_rows *out);
/* The same, and beside the rows the bodies of the authority that were meant, whether or not anybody names
 * them; `bodies` may be NULL. */
bulletin_named bl_named_find(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                             bl_rows *out, bl_rows *bodies);
void bl_rows_free(bl_rows *rows);

/* The bulletins that name them: what `--org` and `org:` pass. Empty when nothing has the name. */
bulletin_named bl_named_docs(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                             bl_docs *out);

#endif
