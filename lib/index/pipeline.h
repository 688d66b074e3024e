/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PIPELINE_H
#define BL_PIPELINE_H

#include "bulletin.h"
#include "index/input.h"
#include "index/store.h"

/* One piece of input on its way: read, then made into an item by some thread. */
typedef struct bl_job {
    bl_input input;
    bl_item item;
    bl_error error; /* why there is no item */
    char *origin;   /* the file's absolute path, of a capture with #PLACE behind it, or "-"; new */
    const struct bl_pipeline *pipeline;
} bl_job;

/* What reads paths and hands on items in order of input, on the thread that runs it. */
typedef struct bl_pipeline {
    unsigned jobs; /* threads; 0 = one a processor */
    bl_input_rules rules;
    bl_database *
        archive; /* where unchanged items are looked up, to spare cutting them; NULL = no tokens are wanted */
    const bl_authority *authority; /* of organizations; NULL = none are looked for */
    const char *collection;        /* of records that state none; NULL = none */
    bool keys_as_given;            /* pages have the path as given for their key, else the absolute path */
    bool explain;                  /* pages come with article.explanation */
    bool keep; /* bulletins that are there already stay as they are, whatever the input says */
    void *context;
    /* Each job, also those that failed and the ends of files. */
    void (*item)(bl_error *e, void *context, bl_job *job);
    /* Whether the next item would be long in the taking, so that the queue is to be filled before; or NULL.
     */
    bool (*full)(const void *context);
    void (*problem)(void *context, const char *path, uint64_t line, const char *reason);
    void (*skip)(void *context, const char *path, bulletin_skipped kind);
    bool (*known)(bl_error *e, void *context, const char *origin, bl_stamp stamp);
} bl_pipeline;

void bl_pipeline_run(bl_error *e, const bl_pipeline *pipeline, const char *const *paths, size_t count);

void bl_job_free(bl_job *job);

#endif
