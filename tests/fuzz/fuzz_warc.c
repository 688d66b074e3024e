/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Reads any bytes as a web archive, plain or packed, or as a message, and checks that every capture has an
 * address, a body inside its block and a place that does not go back, and that its page can be read. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/mime.h"
#include "index/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a page may grow to here: packed zeros would only take time. */
enum { MOST = 1 << 20 };

static void require(bool true_always, const char *what)
{
    if (true_always)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static void take(bl_error *e, void *context, bl_input *input)
{
    bl_error own = BL_ERROR_INIT;
    bl_buffer page = { 0 };
    (void)e;
    (void)context;
    require(input->kind == BL_INPUT_CAPTURE && input->url && *input->url, "a capture has an address");
    require(input->head < input->size, "a capture has a body");
    require(!input->http.unreadable, "a capture can be read");
    bl_http_body(&own, &input->http, input->bytes + input->head, input->size - input->head, MOST, &page);
    require(own.status == BULLETIN_OK || own.status == BULLETIN_BAD_INPUT, "a body is read or too large");
    bl_buffer_free(&page);
    bl_input_free(input);
}

static void problem(void *context, const char *path, uint64_t line, const char *reason)
{
    (void)context;
    (void)path;
    (void)line;
    require(reason && *reason, "a problem has a reason");
}

static void skip(void *context, const char *path, bulletin_skipped kind)
{
    (void)kind;
    (void)context;
    (void)path;
}

static void check_message(const char *bytes, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_mime mime;
    if (!bl_mime_is(bytes, size))
        return;
    bl_mime_read(&e, bytes, size, &mime);
    require(e.status == BULLETIN_OK || e.status == BULLETIN_BAD_INPUT, "a message is read or has no page");
    require(mime.page.size <= size, "undoing a transfer encoding adds nothing");
    bl_mime_free(&mime);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    const bl_input_sink sink = { .take = take, .problem = problem, .skip = skip };
    const char *bytes = (const char *)data;
    bl_reader r = {
        .sink = &sink, .path = "fuzz", .stream = bl_stream_of(&e, bytes, size), .stamp = { -1, 0 }
    };
    bl_warc_read(&e, &r);
    require(!bl_failed(&e), "a bad archive is no failure");
    bl_stream_close(r.stream);
    check_message(bytes, size);
    return 0;
}
