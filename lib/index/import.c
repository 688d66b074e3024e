/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths to stored bulletins, batch by batch, or to extracted ones without an archive. */
#include "import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "batch.h"
#include "mention_block.h"
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
    bl_error stop;    /* a failure that ends the import, found where no step can fail */
    bl_file current;  /* records and failures since the last end of a file */
    uint64_t written; /* bytes of tokens */
} import;

/* ---- reporting ---- */

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
    im->current.failed++;
    report(im, path, line, reason, true);
    char place[32] = "";
    if (line)
        snprintf(place, sizeof place, ":%llu", (unsigned long long)line);
    if (im->options->strict)
        bl_fail(&im->stop, BULLETIN_BAD_INPUT, "stopped at %s%s: %s", path, place, reason);
    else if (im->options->max_failures && im->counts->failed >= im->options->max_failures)
        bl_fail(&im->stop, BULLETIN_BAD_INPUT, "stopped after %llu failures, the last at %s%s: %s",
                (unsigned long long)im->counts->failed, path, place, reason);
}

static void skipped(void *context, const char *path, bulletin_skipped kind)
{
    import *im = context;
    (void)path;
    im->counts->skipped++;
    im->counts->skipped_by[kind]++;
}

static void show_progress(bl_error *e, import *im, const char *path)
{
    im->progress.path = path;
    if (im->options->progress && !im->options->progress(im->options->context, &im->progress))
        bl_fail(e, BULLETIN_INTERRUPTED, "stopped; what was committed before stays");
}

/* ---- writing ---- */

static void count(import *im, const bl_item *item)
{
    uint64_t *const by_outcome[] = { [BL_ADDED] = &im->counts->added,
                                     [BL_UPDATED] = &im->counts->updated,
                                     [BL_UNCHANGED] = &im->counts->unchanged };
    ++*by_outcome[item->outcome];
    im->counts->reposts += item->repost;
    if (!item->collision)
        return;
    im->counts->collisions++;
    char reason[512];
    snprintf(reason, sizeof reason, "another text has this key; kept as %.400s", item->record.key);
    report(im, item->record.path ? item->record.path : "", 0, reason, false);
}

static void write_batch(bl_error *e, import *im)
{
    bl_batch *batch = &im->batch;
    const bl_write what = { batch->items, batch->count, batch->files, batch->file_count,
                            im->options->collection };
    if (!bl_failed(e) && batch->count + batch->file_count > 0) {
        if (im->options->dry_run)
            bl_store_look(e, im->db, batch->items, batch->count);
        else
            bl_store_write(e, im->db, &what);
        im->written += batch->tokens;
        for (size_t i = 0; i < batch->count && !bl_failed(e); i++)
            count(im, &batch->items[i]);
    }
    bl_batch_clear(batch);
}

/* ---- taking ---- */

static void take_record(bl_error *e, import *im, bl_job *job)
{
    im->progress.done++;
    if (bl_failed(&job->error)) {
        failed(im, job->input.path, job->input.line, job->error.message);
        return;
    }
    im->current.records++;
    if (job->item.record.article.replaced > 0 && !job->item.record.stated_path)
        report(im, job->input.path, job->input.line, "some bytes are no text and were replaced by U+FFFD",
               false);
    if (bl_batch_holds(&im->batch, &job->item))
        write_batch(e, im);
    bl_batch_add(e, &im->batch, &job->item);
}

/* A page is a file of its own; its row is written with its bulletin. One that failed gets its row here, so
 * that the failure is told once. */
static void take_end(bl_error *e, import *im, bl_job *job)
{
    bool page = job->input.kind == BL_INPUT_PAGE;
    if (page && !bl_failed(&job->error)) {
        im->current = (bl_file){ 0 };
        return;
    }
    bl_file file = { strdup(job->origin), job->input.stamp, im->current.records, im->current.failed };
    if (!file.path)
        bl_fail_nomem(e);
    bl_batch_add_file(e, &im->batch, &file);
    im->current = (bl_file){ 0 };
}

static void take_item(bl_error *e, void *context, bl_job *job)
{
    import *im = context;
    if (bl_batch_full(&im->batch))
        write_batch(e, im);
    im->progress.bytes += job->input.read;
    if (job->input.kind != BL_INPUT_END)
        take_record(e, im, job);
    if (job->input.kind == BL_INPUT_PAGE || job->input.kind == BL_INPUT_END)
        take_end(e, im, job);
    if (bl_failed(&im->stop))
        bl_fail(e, im->stop.status, "%s", im->stop.message);
    if (im->progress.done % PROGRESS_EVERY == 0)
        show_progress(e, im, job->input.path);
    bl_database_poll(e, im->db);
}

static bool full(const void *context)
{
    return bl_batch_full(&((const import *)context)->batch);
}

static bool known(bl_error *e, void *context, const char *origin, bl_stamp stamp)
{
    import *im = context;
    int64_t records;
    if (!bl_store_knows(e, im->db, origin, im->options->collection, stamp, !im->options->refresh, &records))
        return false;
    im->counts->unchanged += (uint64_t)records;
    im->progress.done += (uint64_t)records;
    im->progress.bytes += (uint64_t)stamp.size;
    return true;
}

void bl_import(bl_error *e, bl_database *db, const char *const *paths, size_t path_count,
               const bulletin_import_options *options, bulletin_counts *counts)
{
import im = {.db = db, .options = options, .counts = counts, .batch = {.most = db->memory } };
    const bl_pipeline pipeline = { .jobs = options->jobs,
                                   .rules = { options->stdin_descriptor, options->include, options->exclude,
                                              options->found },
                                   .archive = db,
                                   .authority = db->authority,
                                   .collection = options->collection,
                                   .keep = options->resume,
                                   .context = &im,
                                   .item = take_item,
                                   .full = full,
                                   .problem = failed,
                                   .skip = skipped,
                                   .known = known };
    bl_database_need_index(e, db);
    bl_database_start_bulk(db);
    if (!options->dry_run) {
        bl_database_begin(e, db);
        bl_merge_prepare(e, db, BL_MERGE_INDEX);
        bl_database_end(e, db);
    }
    im.progress.bytes_total = bl_input_size(paths, path_count);
    if (!bl_failed(e))
        bl_pipeline_run(e, &pipeline, paths, path_count);
    if (bl_failed(&im.stop))
        bl_fail(e, im.stop.status, "%s", im.stop.message);
    write_batch(e, &im);
    if (!options->dry_run) {
        bl_merge_finish(e, db, BL_MERGE_INDEX, im.written);
        bl_mention_finish(e, db);
    }
    bl_database_end_bulk(db);
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
    if (job->input.kind == BL_INPUT_END)
        return;
    if (bl_failed(&job->error)) {
        failed(&ex->import, job->input.path, job->input.line, job->error.message);
    } else {
        char *json = bl_record_print(e, &job->item.record);
        const bulletin_import_options *options = ex->import.options;
        if (job->item.record.article.explanation)
            options->explain(options->context, job->input.path, job->item.record.article.explanation);
        if (json && !ex->record(ex->context, json, strlen(json)))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
        free(json);
    }
    if (bl_failed(&ex->import.stop))
        bl_fail(e, ex->import.stop.status, "%s", ex->import.stop.message);
}

void bl_extract(bl_error *e, const bl_authority *authority, const char *const *paths, size_t path_count,
                const bulletin_import_options *options, bulletin_record_callback record, void *context)
{
    bulletin_counts counts = { 0 };
    extraction ex = { .import = { .options = options, .counts = &counts },
                      .record = record,
                      .context = context };
    const bl_pipeline pipeline = { .jobs = options->jobs,
                                   .rules = { options->stdin_descriptor, options->include, options->exclude,
                                              options->found },
                                   .authority = authority,
                                   .keys_as_given = true,
                                   .explain = options->explain != NULL,
                                   .context = &ex,
                                   .item = print_item,
                                   .problem = failed,
                                   .skip = skipped };
    bl_pipeline_run(e, &pipeline, paths, path_count);
    if (!bl_failed(e) && counts.failed > 0)
        e->status = BULLETIN_PARTIAL;
}
