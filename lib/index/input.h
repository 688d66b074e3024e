/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_INPUT_H
#define BL_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/folder.h"
#include "index/http.h"

typedef enum bl_input_kind {
    BL_INPUT_PAGE,
    BL_INPUT_RECORD,  /* one JSON object */
    BL_INPUT_CAPTURE, /* a page in a web archive, as a server sent it */
    BL_INPUT_END      /* the file of the records or captures before it was read to its end */
} bl_input_kind;

/* What tells a changed file from an unchanged one without opening it. */
typedef struct bl_stamp {
    int64_t size;  /* bytes; -1 when it is no regular file */
    int64_t mtime; /* nanoseconds; 0 when the file is so young that it may change within the same tick */
} bl_stamp;

/* One piece of input. */
typedef struct bl_input {
    bl_input_kind kind;
    char *path;    /* as given or found, new */
    uint64_t line; /* of a record, 1-based; 0 = the whole file */
    char *bytes;   /* new */
    size_t size;
    uint64_t read;     /* bytes of the file that it stands for */
    bl_stamp stamp;    /* of a page, and at the end of records and captures */
    bl_folder *folder; /* that a page was found in, held; NULL = it was named, or stands alone */
    /* Of a capture: */
    uint64_t place; /* where in the file its record is found again */
    size_t head;    /* bytes before its body */
    bl_http http;
    char *url, *captured; /* new; captured may be NULL */
} bl_input;

void bl_input_free(bl_input *input);

/* What receives the pieces, in order. */
typedef struct bl_input_sink {
    void *context;
    void (*take)(bl_error *e, void *context, bl_input *input); /* takes the piece over */
    void (*problem)(void *context, const char *path, uint64_t line, const char *reason);
    void (*skip)(void *context, const char *path, bulletin_skipped kind);
    /* Whether a file is known and unchanged, so that it need not be opened. */
    bool (*known)(bl_error *e, void *context, const char *path, bl_stamp stamp);
} bl_input_sink;

/* Which files of a folder are read; lists end with NULL, and NULL is no list. A pattern with a slash is held
 * against the path, another against the name alone (fnmatch(3)). What is excluded is not, also if included.
 */
typedef struct bl_input_rules {
    int descriptor; /* what "-" reads; -1 = nothing */
    const char *const *include;
    const char *const *exclude;
    bool found; /* the paths come from folders: the rules hold for them too */
} bl_input_rules;

/* Bytes of the files named; 0 when a folder or a pipe is among them, whose size nobody knows beforehand. */
uint64_t bl_input_size(const char *const *paths, size_t count);

/* The size of a path without the ending of a packed file: page.html of page.html.gz. */
size_t bl_input_plain_name(const char *path);

/* Read a file, a folder and all below it, or "-" (JSON Lines). What cannot be read goes to sink->problem; `e`
 * fails only when the sink lets it. */
void bl_input_read(bl_error *e, const char *path, const bl_input_rules *rules, const bl_input_sink *sink);

#endif
