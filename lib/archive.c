/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions that fill an archive and keep it in order, each handed to the room that does it. */
#include "bulletin.h"

#include <inttypes.h>

#include "handle.h"
#include "index/audit.h"
#include "index/import.h"
#include "index/maintain.h"
#include "index/mention.h"
#include "index/own.h"
#include "index/pipeline.h"
#include "search/best.h"

bulletin_status bulletin_add(bulletin *b, const char *json, size_t size, int64_t *id)
{
    if (id)
        *id = 0;
    if (!b || !json)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_write(b);
    bl_item item = { 0 };
    bl_record_parse(e, json, size, NULL, &item.record);
    bl_handle_names(b);
    if (!bl_failed(e)) {
        bl_item_prepare(e, b->database->fts.cutter, &b->database->fts.tokens, &item);
        bl_store_write(e, b->database, &(bl_write){ .items = &item, .count = 1 });
    }
    if (!bl_failed(e)) {
        if (id)
            *id = item.record.id;
        if (item.outcome == BL_UNCHANGED)
            e->status = BULLETIN_END;
    }
    bl_item_free(&item);
    return e->status;
}

/* What is kept of common terms may be found anew; what was done before stays either way. */
static void keep_best(bulletin *b, size_t jobs, bool due)
{
    bl_error *e = &b->error;
    bl_error own = BL_ERROR_INIT;
    if (e->status == BULLETIN_OK || e->status == BULLETIN_PARTIAL)
        bl_best_renew(&own, b->database, jobs, due);
    if (own.status == BULLETIN_INTERRUPTED)
        *e = own;
}

/* Names that another program added meanwhile hold for the batches that did not know them, too. */
static void catch_up(bulletin *b)
{
    bl_error *e = &b->error;
    bulletin_status status = e->status;
    if (status != BULLETIN_OK && status != BULLETIN_PARTIAL)
        return;
    e->status = BULLETIN_OK;
    int64_t names = bl_own_revision(e, b->database);
    if (!bl_failed(e) && names != b->own_names && bl_handle_names(b))
        bl_mention_renew_all(e, b->database);
    if (!bl_failed(e))
        e->status = status;
}

bulletin_status bulletin_import(bulletin *b, const char *const *paths, size_t count,
                                const bulletin_import_options *options, bulletin_counts *counts)
{
    bulletin_counts own = { 0 };
    if (counts)
        *counts = own;
    if (!b || (!paths && count))
        return BULLETIN_MISUSE;
    bulletin_import_options full = BULLETIN_IMPORT_INIT;
    if (options)
        BL_COPY_OPTIONS(full, options);
    bl_error *e = bl_handle_start_write(b);
    bl_handle_names(b);
    if (!bl_failed(e))
        bl_import(e, b->database, paths, count, &full, &own);
    if (!full.dry_run)
        catch_up(b);
    if (!full.dry_run && own.added + own.updated > 0)
        keep_best(b, full.jobs, true);
    if (counts)
        *counts = own;
    return e->status;
}

bulletin_status bulletin_remove(bulletin *b, int64_t id)
{
    size_t removed = 0;
    bulletin_status status = bulletin_remove_all(b, &id, 1, &removed);
    if (status == BULLETIN_OK && removed == 0) {
        bl_fail(&b->error, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
        return b->error.status;
    }
    return status;
}

bulletin_status bulletin_remove_all(bulletin *b, const int64_t *ids, size_t count, size_t *removed)
{
    size_t own = 0;
    if (removed)
        *removed = 0;
    if (!b || (!ids && count))
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_write(b);
    if (!bl_failed(e) && count > 0)
        bl_store_remove(e, b->database, ids, count, &own);
    bl_error renewing = BL_ERROR_INIT; /* they are gone, whatever becomes of the lists */
    if (own > 0 && !bl_failed(e))
        bl_best_renew(&renewing, b->database, 0, true);
    if (removed)
        *removed = own;
    return e->status;
}

bulletin_status bulletin_reindex(bulletin *b, bulletin_progress_callback progress, void *context)
{
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_write(b);
    bl_handle_names(b);
    if (!bl_failed(e))
        bl_reindex(e, b->database, progress, context);
    keep_best(b, 0, false);
    return e->status;
}

bulletin_status bulletin_check(bulletin *b, bulletin_problem_callback problem, void *context)
{
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start(b);
    if (!b->database)
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    bl_handle_names(b);
    if (!bl_failed(e))
        bl_check(e, b->database, problem, context);
    bl_best_check(e, b->database, false, problem, context);
    return e->status;
}

bulletin_status bulletin_repair(bulletin *b, bulletin_problem_callback problem, void *context)
{
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_write(b);
    bl_handle_names(b);
    if (!bl_failed(e))
        bl_repair(e, b->database, problem, context);
    bl_best_check(e, b->database, true, problem, context);
    return e->status;
}

bulletin_status bulletin_audit(bulletin *b, bulletin_finding_callback finding, void *context)
{
    if (!b || !finding)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e))
        bl_audit(e, b->database, finding, context);
    return e->status;
}

bulletin_status bulletin_stats(bulletin *b, char **json)
{
    if (json)
        *json = NULL;
    if (!b || !json)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e))
        *json = bl_statistics(e, b->database);
    return e->status;
}

bulletin_status bulletin_backup(bulletin *b, const char *path, bool overwrite,
                                bulletin_progress_callback progress, void *context)
{
    if (!b || !path || *path == '\0')
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start(b);
    if (!b->database)
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    else
        bl_backup(e, b->database, path, overwrite, progress, context);
    return e->status;
}
