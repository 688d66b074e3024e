/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths to items: read on the caller's thread, decode, extract, fold and cut on others, back in order. */
#include "pipeline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/pool.h"
#include "lookup.h"
#include "reader.h"

enum { MOST_THREADS = 16 };
/* What waits in the queue: about a batch, so that threads make the next one while the writer writes the last.
 */
enum { QUEUE_JOBS = 32768, QUEUE_BYTES = 24 << 20 };

typedef struct worker_state {
    bl_cutter *cutter;
    bl_tokens tokens;
    bl_finder finder;
    bl_lookup *lookup;
} worker_state;

typedef struct progress {
    const bl_pipeline *pipeline;
    bl_pool *pool;
    size_t bytes;        /* of input in the queue */
    char *path, *origin; /* the last file and its absolute path */
} progress;

void bl_job_free(bl_job *job)
{
    bl_input_free(&job->input);
    bl_item_free(&job->item);
    free(job->origin);
    *job = (bl_job){ 0 };
}

/* ---- on a worker's thread ---- */

static void name_record(bl_error *e, const bl_job *job, bl_record *r)
{
    const bl_pipeline *pipeline = job->pipeline;
    const char *collection = r->collection ? NULL : pipeline->collection;
    if (!r->key)
        r->key = strdup(pipeline->keys_as_given ? job->input.path : job->origin);
    if (collection)
        r->collection = strdup(collection);
    if (!r->key || (collection && !r->collection))
        bl_fail_nomem(e);
}

/* The ending of its name may tell what it is, but not that it was packed. */
static void read_page(bl_error *e, const bl_job *job, bl_record *out)
{
    char *name = strndup(job->origin, bl_input_plain_name(job->origin));
    const bl_page_hints hints = { .name = name, .explain = job->pipeline->explain };
    if (!name)
        bl_fail_nomem(e);
    bl_record_page(e, job->input.bytes, job->input.size, &hints, job->origin, out);
    if (job->input.folder && bl_shared_remove(e, bl_folder_shared(job->input.folder), &out->article))
        bl_record_hash(out, out->content);
    free(name);
}

/* A capture goes by its address. */
static void read_capture(bl_error *e, const bl_job *job, bl_record *out)
{
    const bl_input *in = &job->input;
    bl_error own = BL_ERROR_INIT;
    bl_buffer page = { 0 };
    const bl_page_hints hints = { .url = in->url,
                                  .captured = in->captured,
                                  .charset = *in->http.charset ? in->http.charset : NULL,
                                  .type = *in->http.type ? in->http.type : NULL,
                                  .explain = job->pipeline->explain };
    bl_http_body(&own, &in->http, in->bytes + in->head, in->size - in->head, BL_MOST_BYTES, &page);
    bl_record_page(&own, page.data ? page.data : "", page.size, &hints, job->origin, out);
    bl_buffer_free(&page);
    if (bl_failed(&own))
        bl_fail(e, own.status, "at byte %" PRIu64 ": %s", in->place, own.message);
    else if (!(out->key = strdup(in->url)))
        bl_fail_nomem(e);
}

static void read_input(bl_error *e, const bl_job *job, bl_record *out)
{
    const bl_input *in = &job->input;
    if (in->kind == BL_INPUT_PAGE)
        read_page(e, job, out);
    else if (in->kind == BL_INPUT_CAPTURE)
        read_capture(e, job, out);
    else
        bl_record_parse(e, in->bytes, in->size, job->origin, out);
}

static void work(void *state, void *argument)
{
    worker_state *own = state;
    bl_job *job = argument;
    bl_error *e = &job->error;
    const bl_input *in = &job->input;
    if (in->kind == BL_INPUT_END)
        return;
    read_input(e, job, &job->item.record);
    if (!bl_failed(e))
        name_record(e, job, &job->item.record);
    job->item.page = in->kind == BL_INPUT_PAGE;
    job->item.stamp = in->stamp;
    job->item.keep = job->pipeline->keep;
    bool wanted = job->pipeline->archive && !(own->lookup && bl_lookup_unchanged(own->lookup, &job->item));
    if (!bl_failed(e) && !job->pipeline->archive && job->pipeline->authority)
        bl_record_find_organizations(e, &own->finder, &job->item.record);
    if (!bl_failed(e) && wanted) {
        bl_item_prepare(e, own->cutter, &own->tokens, &job->item);
        bl_item_name(e, &own->finder, own->cutter, &job->item);
    }
    free(job->input.bytes);
    job->input.bytes = NULL;
}

/* ---- on the caller's thread ---- */

/* False when no job is left. */
static bool finish_oldest(bl_error *e, progress *p)
{
    bl_job *job = bl_pool_take(p->pool);
    if (!job)
        return false;
    p->bytes -= job->input.size;
    if (!bl_failed(e)) {
        if (bl_failed(&job->error) && job->error.status != BULLETIN_BAD_INPUT)
            bl_fail(e, job->error.status, "%s", job->error.message);
        else
            p->pipeline->item(e, p->pipeline->context, job);
    }
    bl_job_free(job);
    free(job);
    return true;
}

/* A file of many records is resolved once. */
static const char *origin_of(bl_error *e, progress *p, const char *path)
{
    if (p->path && strcmp(p->path, path) == 0)
        return p->origin;
    free(p->path);
    free(p->origin);
    p->path = strdup(path);
    p->origin = strcmp(path, "-") == 0 ? strdup(path) : realpath(path, NULL);
    if (!p->origin)
        p->origin = strdup(path);
    if (!p->path || !p->origin)
        bl_fail_nomem(e);
    return p->origin;
}

/* Of a capture with the place of its record: FILE#PLACE. */
static char *copy_origin(const char *origin, const bl_input *input)
{
    bl_buffer copy = { 0 };
    bl_buffer_puts(&copy, origin);
    if (input->kind == BL_INPUT_CAPTURE)
        bl_buffer_printf(&copy, "#%" PRIu64, input->place);
    return bl_buffer_steal(&copy);
}

static void take(bl_error *e, void *context, bl_input *input)
{
    progress *p = context;
    while (!bl_failed(e) && (bl_pool_full(p->pool) || p->bytes > QUEUE_BYTES))
        finish_oldest(e, p);
    const char *origin = bl_failed(e) ? NULL : origin_of(e, p, input->path);
    bl_job *job = bl_failed(e) ? NULL : calloc(1, sizeof *job);
    char *copy = job ? copy_origin(origin, input) : NULL;
    if (!copy) {
        bl_fail_nomem(e);
        free(job);
        bl_input_free(input);
        return;
    }
    *job = (bl_job){ .input = *input, .origin = copy, .pipeline = p->pipeline };
    p->bytes += input->size;
    bl_pool_give(p->pool, job);
    /* What is done goes on at once, unless that would make the threads wait for the writer. */
    while (!bl_failed(e) && bl_pool_ready(p->pool) &&
           !(p->pipeline->full && p->pipeline->full(p->pipeline->context)))
        finish_oldest(e, p);
}

static void problem(void *context, const char *path, uint64_t line, const char *reason)
{
    const bl_pipeline *pipeline = ((progress *)context)->pipeline;
    pipeline->problem(pipeline->context, path, line, reason);
}

static void skip(void *context, const char *path, bulletin_skipped kind)
{
    const bl_pipeline *pipeline = ((progress *)context)->pipeline;
    pipeline->skip(pipeline->context, path, kind);
}

static bool known(bl_error *e, void *context, const char *path, bl_stamp stamp)
{
    progress *p = context;
    const char *origin = origin_of(e, p, path);
    return !bl_failed(e) && p->pipeline->known && p->pipeline->known(e, p->pipeline->context, origin, stamp);
}

void bl_pipeline_run(bl_error *e, const bl_pipeline *pipeline, const char *const *paths, size_t count)
{
    worker_state states[MOST_THREADS] = { 0 };
    void *pointers[MOST_THREADS];
    size_t threads = bl_pool_threads(pipeline->jobs, MOST_THREADS);
    for (size_t i = 0; i < threads; i++) {
        states[i].cutter = bl_cutter_open(e);
        states[i].finder.authority = pipeline->authority;
        states[i].lookup = pipeline->archive ? bl_lookup_open(e, pipeline->archive) : NULL;
        pointers[i] = &states[i];
    }
    progress p = { .pipeline = pipeline, .pool = bl_pool_open(e, threads, QUEUE_JOBS, work, pointers) };
    const bl_input_sink sink = { &p, take, problem, skip, known };
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        bl_input_read(e, paths[i], &pipeline->rules, &sink);
    while (p.pool && finish_oldest(e, &p)) {
    }
    bl_pool_close(p.pool);
    for (size_t i = 0; i < threads; i++) {
        bl_cutter_close(states[i].cutter);
        bl_lookup_close(states[i].lookup);
        bl_tokens_free(&states[i].tokens);
        bl_finder_free(&states[i].finder);
    }
    free(p.path);
    free(p.origin);
}
