/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Reads any bytes as a JSON record, and as a file of records or a table, and checks what everything built on
 * it takes for granted: a record has a key and a text, its strings are UTF-8, and printed and read again it
 * is the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "index/json.h"
#include "index/record.h"
#include "index/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool true_always, const char *what)
{
    if (true_always)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static void require_text(const char *text)
{
    require(!text || bl_utf8_valid(text, strlen(text)), "a field is UTF-8");
}

static void check_record(const bl_record *r)
{
    const bl_article *a = &r->article;
    require(r->key && a->body && a->furniture, "a record has a key and a text");
    require((a->published != NULL) == (a->published_from != NULL), "a date says where it is from");
    require(!a->published || bl_day_valid(r->day), "a date is one");
    const char *const texts[] = { r->key,    a->title, a->body, a->furniture,  a->source,  a->site,
                                  a->author, a->url,   a->lang, r->collection, r->captured };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        require_text(texts[i]);
}

static void check_again(const char *json)
{
    bl_error e = BL_ERROR_INIT;
    bl_record r;
    bl_record_parse(&e, json, strlen(json), "again", &r);
    require(!bl_failed(&e), "what was printed can be read");
    char *printed = bl_record_print(&e, &r);
    require(printed && strcmp(json, printed) == 0, "printing and reading again changes nothing");
    free(printed);
    bl_record_free(&r);
}

static void check_parse(const char *json, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_record r;
    bl_record_parse(&e, json, size, "fuzz", &r);
    if (!bl_failed(&e)) {
        char *printed = bl_record_print(&e, &r);
        check_record(&r);
        require(printed != NULL, "a record is printed");
        check_again(printed);
        free(printed);
    }
    bl_record_free(&r);
}

static void take(bl_error *e, void *context, bl_input *input)
{
    uint64_t *line = context;
    (void)e;
    require(input->kind == BL_INPUT_RECORD && input->line >= *line, "records come in order of lines");
    *line = input->line;
    check_parse(input->bytes, input->size);
    bl_input_free(input);
}

static void problem(void *context, const char *path, uint64_t line, const char *reason)
{
    (void)context;
    (void)path;
    (void)line;
    require(reason && *reason, "a problem has a reason");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    uint64_t line = 0;
    const bl_input_sink sink = { .context = &line, .take = take, .problem = problem };
    if (size == 0)
        return 0;
    const char *bytes = (const char *)data + 1;
    size--;
    if (data[0] % 4 == 0) {
        check_parse(bytes, size);
        return 0;
    }
    bl_reader r = {
        .sink = &sink, .path = "fuzz", .stream = bl_stream_of(&e, bytes, size), .stamp = { -1, 0 }
    };
    if (data[0] % 4 == 1)
        bl_json_lines(&e, &r);
    else if (data[0] % 4 == 2)
        bl_json_objects(&e, &r);
    else
        bl_table_read(&e, &r, data[0] & 4);
    require(!bl_failed(&e), "a bad file is no failure");
    bl_stream_close(r.stream);
    return 0;
}
