/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef TEST_FILES_H
#define TEST_FILES_H

/* What tests of file formats share: bytes put together, packed, written, and read by the library. Needs
 * support.h before it. */
#include <cjson/cJSON.h>
#include <sys/stat.h>
#include <utime.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buffer.h"

/* Append one gzip member. */
static inline void put_gzip(bl_buffer *out, const char *bytes, size_t size)
{
    z_stream z = { 0 };
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    bl_buffer_reserve(out, deflateBound(&z, size) + 64);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)size;
    z.next_out = (Bytef *)out->data + out->size;
    z.avail_out = (uInt)(out->capacity - out->size - 1);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->size += z.total_out;
    deflateEnd(&z);
}

/* Append one Zstandard frame. */
static inline void put_zstd(bl_buffer *out, const char *bytes, size_t size)
{
    size_t bound = ZSTD_compressBound(size);
    bl_buffer_reserve(out, bound);
    size_t made = ZSTD_compress(out->data + out->size, bound, bytes, size, 3);
    assert_false(ZSTD_isError(made));
    out->size += made;
}

static inline void write_bytes(const test_archive *t, const char *name, const char *bytes, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/in", t->folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/in/%s", t->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    /* Old enough to be trusted when it is unchanged. */
    struct utimbuf old = { 1700000000, 1700000000 + (time_t)size };
    utime(path, &old);
}

static inline void write_buffer(const test_archive *t, const char *name, bl_buffer *bytes)
{
    write_bytes(t, name, bytes->data, bytes->size);
    bl_buffer_free(bytes);
}

/* What was read: the records, and the problems as "line: reason" lines. */
typedef struct reading {
    cJSON *records;
    char problems[4000];
    bulletin_counts counts;
} reading;

static inline void note_problem(void *context, const bulletin_problem *problem)
{
    reading *r = context;
    size_t used = strlen(r->problems);
    snprintf(r->problems + used, sizeof r->problems - used, "%d: %s\n", (int)problem->line, problem->reason);
}

static inline bool note_record(void *context, const char *json, size_t size)
{
    reading *r = context;
    cJSON *record = cJSON_ParseWithLength(json, size);
    assert_non_null(record);
    cJSON_AddItemToArray(r->records, record);
    return true;
}

/* Read a file of the folder without an archive. */
static inline reading extract(test_archive *t, const char *name)
{
    reading r = { .records = cJSON_CreateArray() };
    char path[256];
    snprintf(path, sizeof path, "%s/in/%s", t->folder, name);
    const char *const paths[] = { path };
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    options.problem = note_problem;
    options.context = &r;
    bulletin_status status = bulletin_extract(t->archive, paths, 1, &options, note_record, &r);
    assert_true(status == BULLETIN_OK || status == BULLETIN_PARTIAL);
    return r;
}

/* Import the whole folder. */
static inline reading import_folder(test_archive *t)
{
    reading r = { .records = cJSON_CreateArray() };
    char path[128];
    snprintf(path, sizeof path, "%s/in", t->folder);
    const char *const paths[] = { path };
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    options.problem = note_problem;
    options.context = &r;
    bulletin_status status = bulletin_import(t->archive, paths, 1, &options, &r.counts);
    assert_true(status == BULLETIN_OK || status == BULLETIN_PARTIAL);
    return r;
}

static inline void reading_free(reading *r)
{
    cJSON_Delete(r->records);
    *r = (reading){ 0 };
}

/* A field of a record; "" when it is null; "origin.path" is looked up inside. */
static inline const char *text_at(const reading *r, int i, const char *field)
{
    const cJSON *object = cJSON_GetArrayItem(r->records, i);
    assert_non_null(object);
    if (strncmp(field, "origin.", 7) == 0) {
        object = cJSON_GetObjectItem(object, "origin");
        field += 7;
    }
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, field));
    return text ? text : "";
}

static inline int record_count(const reading *r)
{
    return cJSON_GetArraySize(r->records);
}

#endif
