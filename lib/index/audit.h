/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_AUDIT_H
#define BL_AUDIT_H

#include "index/database.h"

/* What may be wrong with a bulletin, as an SQL condition on a row of the table `bulletin`, which must go by
 * that name in the statement; NULL when there is no such kind. Borrowed, for ever. The function that it may
 * call is known to every connection of bl_database_open(). */
const char *bl_audit_condition(const char *kind);

/* Whether an index tells which bulletins it holds of; else every one is looked at. */
bool bl_audit_is_indexed(const char *kind);

/* Make the SQL function known that the conditions use. */
void bl_audit_register(bl_error *e, bl_database *db);

/* What bulletin_audit() does. */
void bl_audit(bl_error *e, bl_database *db, bulletin_finding_callback finding, void *context);

#endif
