/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_OWN_H
#define BL_OWN_H

#include "index/database.h"
#include "page/authority.h"

/* The user's own entries of the authority: rows of the archive in the columns of corpus/organizations.tsv. */

/* How often they were changed, 0 = there are none. */
int64_t bl_own_revision(bl_error *e, bl_database *db);

/* Add them to what was read before. */
void bl_own_read(bl_error *e, bl_database *db, bl_authority *authority);

/* The table that bulletin_organizations_import() takes back; new, release with free(). */
char *bl_own_print(bl_error *e, bl_database *db);

/* Within a transaction: one more name of an entry, the first of a new one with its facts. Empty fields may be
 * NULL. */
typedef struct bl_own_row {
    const char *id, *name, *lang, *form, *kind, *parent, *place, *successor, *when, *not_after, *not_before;
} bl_own_row;
void bl_own_insert(bl_error *e, bl_database *db, const bl_own_row *row);

/* An id that no entry has; new. */
char *bl_own_id(bl_error *e, bl_database *db, const bl_authority *authority);

/* Within the same transaction, once the new names are db->authority: look through the bulletins again that
 * hold a name, or name the body with this id (NULL = none). */
void bl_own_renew(bl_error *e, bl_database *db, const char *name, const char *id);

#endif
