/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions of what searches know beside the bulletins: own terms, saved searches. */
#include "bulletin.h"
#include "handle.h"
#include "index/concepts.h"
#include "index/saved.h"

bulletin_status bulletin_thesaurus_add(bulletin *b, const char *table, size_t size,
                                       bulletin_line_callback problem, void *context, size_t *added)
{
    bl_database *db;
    size_t own = 0;
    if (added)
        *added = 0;
    if (!b || (!table && size))
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_write(b, &db);
    if (!bl_failed(e))
        bl_concepts_add(e, db, table ? table : "", size, problem, context, &own);
    if (added)
        *added = own;
    return e->status;
}

bulletin_status bulletin_thesaurus_remove(bulletin *b, const char *concept, const char *term, size_t *removed)
{
    bl_database *db;
    size_t own = 0;
    if (removed)
        *removed = 0;
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_write(b, &db);
    if (!bl_failed(e))
        bl_concepts_remove(e, db, concept, term, &own);
    if (removed)
        *removed = own;
    return e->status;
}

bulletin_status bulletin_thesaurus_list(bulletin *b, char **table)
{
    bl_database *db;
    if (table)
        *table = NULL;
    if (!b || !table)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    bl_buffer out = { 0 };
    if (!bl_failed(e))
        bl_concepts_print(e, db, &out);
    if (!bl_failed(e))
        *table = bl_buffer_steal(&out);
    bl_buffer_free(&out);
    return e->status;
}

bulletin_status bulletin_query_save(bulletin *b, const char *name, const char *query, size_t size)
{
    bl_database *db;
    if (!b || !name || (!query && size))
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_write(b, &db);
    if (!bl_failed(e))
        bl_saved_keep(e, db, name, query ? query : "", size);
    return e->status;
}

bulletin_status bulletin_query_forget(bulletin *b, const char *name)
{
    bl_database *db;
    if (!b || !name)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_write(b, &db);
    if (!bl_failed(e))
        bl_saved_forget(e, db, name);
    return e->status;
}

bulletin_status bulletin_query_list(bulletin *b, bulletin_saved_callback callback, void *context)
{
    bl_database *db;
    if (!b || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_saved_list(e, db, callback, context);
    return e->status;
}
