/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths to stored bulletins, batch by batch, or to extracted ones without an archive. */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "batch.h"
#include "merge.h"
#include "pipeline.h"

/* Items between two calls of the progress callback. */
enum { PROGRESS_EVERY = 64 };

typedef struct import {
    bl_database *db;
    const bulletin_import_options *options;
    bulletin_counts *counts;
    bulletin_progress progress;
    bl_batch batch;
    bl_error stop; /* strict: the first failure, found where no step can fail */
    uint64_t written;
} import;

static void report(import *im, const char *path, uint64_t line, const char *reason, bool skipped)
{
    const bulletin_problem problem = { path, line, reason, skipped };
    if (im->options->problem)
        im->options->problem(im->options->context, &problem);
}

static void failed(void *context, const char *path, uint64_t line, const char *reason)
{
    import *im = context;
    im->counts->failed++;
    im->progress.failed++;
    report(im, path, line, reason, true);
    if (im->options->strict && !bl_failed(&im->stop)) {
        if (line)
            bl_fail(&im->stop, BULLETIN_BAD_INPUT, "stopped at %s:%llu: %s", path, (unsigned long long)line,
                    reason);
        else
            bl_fail(&im->stop, BULLETIN_BAD_INPUT, "stopped at %s: %s", path, reason);
    }
}

static void skipped(void *context, const char *path)
{
    import *im = context;
    (void)path;
    im->counts->skipped++;
}

static void show_progress(bl_error *e, import *im, const char *path)
{
    im->progress.path = path;
    if (im->options->progress && !im->options->progress(im->options->context, &im->progress))
        bl_fail(e, BULLETIN_INTERRUPTED, "stopped; what was committed before stays");
}

static void count(import *im, const bl_item *item)
{
    uint64_t *const by_outcome[] = { [BL_ADDED] = &im->counts->added,
                                     [BL_UPDATED] = &im->counts->updated,
                                     [BL_UNCHANGED] = &im->counts->unchanged };
    ++*by_outcome[item->outcome];
}

static void write_batch(bl_error *e, import *im)
{
    if (im->batch.count > 0) {
        if (im->options->dry_run)
            bl_store_look(e, im->db, im->batch.items, im->batch.count);
        else
            bl_store_write(e, im->db, im->batch.items, im->batch.count);
        if (!bl_failed(e)) {
            im->written += im->batch.bytes;
            for (size_t i = 0; i < im->batch.count; i++)
                count(im, &im->batch.items[i]);
        }
    }
    bl_batch_clear(&im->batch);
}

static void set_collection(bl_error *e, const import *im, bl_record *r)
{
    if (!im->options->collection || r->collection)
        return;
    r->collection = strdup(im->options->collection);
    if (!r->collection)
        bl_fail_nomem(e);
}

static void take_item(bl_error *e, void *context, bl_job *job)
{
    import *im = context;
    im->progress.done++;
    im->progress.bytes += job->input.size;
    if (bl_failed(&job->error)) {
        failed(im, job->input.path, job->input.line, job->error.message);
    } else {
        if (job->item.record.article.replaced > 0)
            report(im, job->input.path, job->input.line, "some bytes are no text and were replaced by U+FFFD",
                   false);
        set_collection(e, im, &job->item.record);
        if (bl_batch_holds(&im->batch, &job->item))
            write_batch(e, im);
        bl_batch_add(e, &im->batch, &job->item);
        if (bl_batch_full(&im->batch))
            write_batch(e, im);
    }
    if (bl_failed(&im->stop))
        bl_fail(e, im->stop.status, "%s", im->stop.message);
    if (im->progress.done % PROGRESS_EVERY == 0)
        show_progress(e, im, job->input.path);
    bl_database_poll(e, im->db);
}

void bl_import(bl_error *e, bl_database *db, const char *const *paths, size_t path_count,
               const bulletin_import_options *options, bulletin_counts *counts)
{
import im = {.db = db, .options = options, .counts = counts };
    const bl_pipeline pipeline = { .jobs = options->jobs,
                                   .stdin_descriptor = options->stdin_descriptor,
                                   .cut = !options->dry_run,
                                   .context = &im,
                                   .item = take_item,
                                   .problem = failed,
                                   .skip = skipped };
    bl_database_need_index(e, db);
    if (!options->dry_run)
        bl_merge_prepare(e, db);
    if (!bl_failed(e))
        bl_pipeline_run(e, &pipeline, paths, path_count);
    if (bl_failed(&im.stop))
        bl_fail(e, im.stop.status, "%s", im.stop.message);
    if (!bl_failed(e))
        write_batch(e, &im);
    if (!options->dry_run)
        bl_merge_finish(e, db, im.written);
    if (!bl_failed(e))
        show_progress(e, &im, path_count ? paths[path_count - 1] : "");
    bl_batch_free(&im.batch);
    if (!bl_failed(e) && counts->failed > 0)
        e->status = BULLETIN_PARTIAL;
}

/* ---- without an archive ---- */

typedef struct extraction {
import import; /* for problems */
    bulletin_record_callback record;
    void *context;
} extraction;

static void print_item(bl_error *e, void *context, bl_job *job)
{
    extraction *ex = context;
    if (bl_failed(&job->error)) {
        failed(&ex->import, job->input.path, job->input.line, job->error.message);
    } else {
        char *json = bl_record_print(e, &job->item.record);
        if (json && !ex->record(ex->context, json, strlen(json)))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
        free(json);
    }
    if (bl_failed(&ex->import.stop))
        bl_fail(e, ex->import.stop.status, "%s", ex->import.stop.message);
}

void bl_extract(bl_error *e, const char *const *paths, size_t path_count,
                const bulletin_import_options *options, bulletin_record_callback record, void *context)
{
    bulletin_counts counts = { 0 };
    extraction ex = { .import = { .options = options, .counts = &counts },
                      .record = record,
                      .context = context };
    const bl_pipeline pipeline = { .jobs = options->jobs,
                                   .stdin_descriptor = options->stdin_descriptor,
                                   .keys_as_given = true,
                                   .context = &ex,
                                   .item = print_item,
                                   .problem = failed,
                                   .skip = skipped };
    bl_pipeline_run(e, &pipeline, paths, path_count);
    if (!bl_failed(e) && counts.failed > 0)
        e->status = BULLETIN_PARTIAL;
}
