/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions about organizations, each handed to the room that does it. */
#include "search/organizations.h"
#include "bulletin.h"
#include "handle.h"

bulletin_status bulletin_organizations(bulletin *b, const char *name, bulletin_scope scope, uint64_t limit,
                                       bulletin_organization_callback callback, void *context)
{
    bl_database *db;
    if (!b || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_organizations_list(e, db, name, scope, limit, callback, context);
    return e->status;
}

bulletin_status bulletin_related(bulletin *b, const char *name, bulletin_scope scope, uint64_t limit,
                                 bulletin_organization_callback callback, void *context)
{
    bl_database *db;
    if (!b || !name || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_organizations_related(e, db, name, scope, limit, callback, context);
    return e->status;
}

bulletin_status bulletin_short_forms(bulletin *b, uint64_t limit, bulletin_organization_callback callback,
                                     void *context)
{
    bl_database *db;
    if (!b || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_organizations_suggest(e, db, limit, callback, context);
    return e->status;
}
