/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MENTION_H
#define BL_MENTION_H

#include "index/database.h"
#include "index/record.h"

/* The organizations of one bulletin as its rows say them: strings one behind the other, each ending with NUL.
 * An organization is its key and its name; the short forms that the bulletin gives it follow, each behind a
 * string of its own, BL_NAMES_FORM. Start from {0}. */
typedef struct bl_names {
    char *bytes;
    size_t size;
} bl_names;

#define BL_NAMES_FORM "s:"

/* What organizations are told apart by, see schema.sql: of a body, of a folded name, of a form without its
 * place. */
#define BL_KEY_BODY "a:"
#define BL_KEY_NAME "n:"
#define BL_KEY_UNRESOLVED "u:"

/* Those that a record states and those that its text names; new, on any thread. The record keeps none. */
void bl_mention_find(bl_error *e, bl_finder *finder, bl_record *record, bl_names *out);
void bl_names_free(bl_names *names);

/* Within a transaction: the rows of one bulletin. */
void bl_mention_insert(bl_error *e, bl_database *db, const bl_names *names, int64_t doc);
void bl_mention_remove(bl_error *e, bl_database *db, int64_t doc);
/* They are of another document now. */
void bl_mention_move(bl_error *e, bl_database *db, int64_t doc, int64_t to);
/* Whether they are what these names make. */
bool bl_mention_equal(bl_error *e, bl_database *db, const bl_names *names, int64_t doc);

/* What the archive says of the names that its bulletins were looked through by: an identity, the same behind
 * a word while that is being done, or that they were several. */
#define BL_MENTION_META "authority"
#define BL_MENTION_SEVERAL "several"
#define BL_MENTION_RENEWING "renewing "
void bl_mention_identity(const bl_database *db, char out[24]);

/* Within a transaction that writes bulletins: note by which names they were looked through. */
void bl_mention_note(bl_error *e, bl_database *db);
/* Look through bulletins again and write what changed: those that a statement selects the ids of, or all of
 * an archive, in transactions of their own. */
void bl_mention_renew(bl_error *e, bl_database *db, sqlite3_stmt *ids);
void bl_mention_renew_all(bl_error *e, bl_database *db);
/* Whether every bulletin was looked through by the names that are known now. */
bool bl_mention_current(bl_error *e, bl_database *db);

#endif
