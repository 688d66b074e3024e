/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ORGANIZATIONS_H
#define BL_ORGANIZATIONS_H

#include "index/database.h"
#include "search/named.h"

/* What bulletin_organizations(), bulletin_related() and bulletin_short_forms() do. All need db->authority. */
void bl_organizations_list(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                           uint64_t limit, bulletin_organization_callback take, void *context);
void bl_organizations_related(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                              uint64_t limit, bulletin_organization_callback take, void *context);
void bl_organizations_suggest(bl_error *e, bl_database *db, uint64_t limit,
                              bulletin_organization_callback take, void *context);

#endif
