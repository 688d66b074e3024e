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
    char *origin;   /* the file's absolute path, or "-"; new */
    const struct bl_pipeline *pipeline;
} bl_job;

/* What reads paths and hands on items in order of input, on the thread that runs it. */
typedef struct bl_pipeline {
    unsigned jobs; /* threads; 0 = one a processor */
    int stdin_descriptor;
    bool cut;           /* tokens are wanted */
    bool keys_as_given; /* pages have the path as given for their key, else the absolute path */
    void *context;
    void (*item)(bl_error *e, void *context, bl_job *job); /* also for jobs that failed */
    void (*problem)(void *context, const char *path, uint64_t line, const char *reason);
    void (*skip)(void *context, const char *path);
} bl_pipeline;

void bl_pipeline_run(bl_error *e, const bl_pipeline *pipeline, const char *const *paths, size_t count);

/* Make a job's input into its item; for one page or record without a pipeline. */
void bl_job_work(bl_job *job, bl_cutter *cutter, bl_tokens *scratch);
void bl_job_free(bl_job *job);

#endif
