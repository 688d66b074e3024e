/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_INPUT_H
#define BL_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* One piece of input: a saved page, or a line that holds a record. */
typedef struct bl_input {
    char *path;    /* as given or found, new */
    uint64_t line; /* 1-based; 0 = the whole file */
    char *bytes;   /* new */
    size_t size;
    bool page; /* a saved page; else a JSON record */
} bl_input;

void bl_input_free(bl_input *input);

/* What receives the pieces, in order. */
typedef struct bl_input_sink {
    void *context;
    void (*take)(bl_error *e, void *context, bl_input *input); /* takes the piece over */
    void (*problem)(void *context, const char *path, uint64_t line, const char *reason);
    void (*skip)(void *context, const char *path);
} bl_input_sink;

/* Read a file, a folder and all below it, or "-" (JSON Lines from `descriptor`). What cannot be read goes to
 * sink->problem; `e` fails only when the sink lets it. */
void bl_input_read(bl_error *e, const char *path, int descriptor, const bl_input_sink *sink);

#endif
