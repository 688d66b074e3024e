/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The records of a web archive to captured pages. */
#include "warc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/day.h"
#include "header.h"

/* A head longer than this is none; of a record that is long, so much is read to find the page's own head. */
enum { MOST_HEAD = 256 << 10, FIRST = 16 << 10 };

/* One record while it is read. */
typedef struct record {
    uint64_t place;  /* where it is found again */
    uint64_t length; /* of its block */
    bl_buffer head;
    bl_buffer block;
    bl_buffer value; /* scratch */
} record;

static void problem(const bl_reader *r, uint64_t place, const char *reason)
{
    const char *why = bl_stream_problem(r->stream);
    char text[160];
    snprintf(text, sizeof text, "at byte %" PRIu64 ": %s%s%s", place, reason, why ? ": " : "",
             why ? why : "");
    bl_reader_problem(r, 0, text);
}

/* ---- what a record is ---- */

static bool field_is(record *rec, const char *name, const char *value)
{
    return bl_header_field(rec->head.data, rec->head.size, name, &rec->value) &&
           strcasecmp(rec->value.data, value) == 0;
}

/* Answers of a server, files that a crawler wrote as they are, revisits, and text that was taken out of
 * pages. */
static bool may_be_page(record *rec)
{
    return field_is(rec, "WARC-Type", "response") || field_is(rec, "WARC-Type", "resource") ||
           field_is(rec, "WARC-Type", "revisit") || field_is(rec, "WARC-Type", "conversion");
}

static bool is_http(record *rec)
{
    return bl_header_field(rec->head.data, rec->head.size, "Content-Type", &rec->value) &&
           strncasecmp(rec->value.data, "application/http", 16) == 0;
}

/* The address that was visited, new; NULL for what is no page: DNS lookups, logs of the crawler, robots.txt.
 */
static char *find_url(bl_error *e, record *rec)
{
    static const char *const schemes[] = { "http://", "https://", "ftp://", "file://" };
    if (!bl_header_field(rec->head.data, rec->head.size, "WARC-Target-URI", &rec->value))
        return NULL;
    const char *start = rec->value.data;
    size_t size = rec->value.size;
    if (*start == '<' && start[size - 1] == '>') { /* as some crawlers read WARC 1.0 */
        start++;
        size -= 2;
    }
    const char *slash = strstr(start, "://");
    const char *path = slash ? strchr(slash + 3, '/') : NULL;
    bool page = !(path && strncmp(path, "/robots.txt", 11) == 0);
    for (size_t i = 0; page && i < sizeof schemes / sizeof *schemes; i++)
        if (strncasecmp(start, schemes[i], strlen(schemes[i])) == 0) {
            char *url = strndup(start, size);
            if (!url)
                bl_fail_nomem(e);
            return url;
        }
    return NULL;
}

static bool is_text(const char *type)
{
    static const char *const types[] = { "", "text/html", "application/xhtml+xml", "text/plain" };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

/* Why a block is no page; BULLETIN_SKIPPED_COUNT when it may be one. */
static bulletin_skipped why_skipped(const bl_http *http, bool empty)
{
    return http->status != 0 && http->status != 200 ? BULLETIN_SKIPPED_STATUS
           : !is_text(http->type)                   ? BULLETIN_SKIPPED_TYPE
           : http->unreadable                       ? BULLETIN_SKIPPED_CODING
           : empty                                  ? BULLETIN_SKIPPED_EMPTY
                                                    : BULLETIN_SKIPPED_COUNT;
}

/* ---- reading one ---- */

static bool is_version(const bl_buffer *line)
{
    return line->size > 5 && memcmp(line->data, "WARC/", 5) == 0;
}

static bool is_blank(const bl_buffer *line)
{
    return strspn(line->data, "\r\n") == line->size;
}

/* The lines up to the empty one; false when the file ends before it. */
static bool read_head(bl_error *e, bl_reader *r, record *rec)
{
    bl_buffer line = { 0 };
    bool more;
    bl_buffer_cut(&rec->head, 0);
    if (!bl_buffer_reserve(&rec->head, 0))
        bl_fail_nomem(e);
    while ((more = bl_stream_line(e, r->stream, MOST_HEAD, &line)) && !is_blank(&line))
        if (rec->head.size <= MOST_HEAD)
            bl_buffer_append(&rec->head, line.data, line.size);
    if (rec->head.failed)
        bl_fail_nomem(e);
    bl_buffer_free(&line);
    return more;
}

static bool read_length(record *rec)
{
    char *end;
    if (!bl_header_field(rec->head.data, rec->head.size, "Content-Length", &rec->value))
        return false;
    unsigned long long length = strtoull(rec->value.data, &end, 10);
    rec->length = length;
    return *end == '\0' && rec->value.data[0] >= '0' && rec->value.data[0] <= '9' && length < UINT64_MAX / 2;
}

/* Bring the block to at least `wanted` bytes; false when the file ends before. */
static bool read_block(bl_error *e, bl_reader *r, record *rec, uint64_t wanted)
{
    uint64_t missing = wanted > rec->block.size ? wanted - rec->block.size : 0;
    return bl_stream_read(e, r->stream, missing, &rec->block) == missing;
}

/* Read as much as tells what the page is; false when the file ends before. */
static bool read_http(bl_error *e, bl_reader *r, record *rec, bl_http *http, size_t *head)
{
    *head = 0;
    if (!is_http(rec)) {
        if (bl_header_field(rec->head.data, rec->head.size, "Content-Type", &rec->value))
            bl_http_type(e, rec->value.data, http);
        return true;
    }
    for (uint64_t most = FIRST; most <= MOST_HEAD; most *= 4) {
        if (!read_block(e, r, rec, rec->length < most ? rec->length : most))
            return false;
        *head = rec->block.data ? bl_header_end(rec->block.data, rec->block.size) : 0;
        if (*head < rec->block.size || rec->length <= most)
            break;
    }
    bl_http_head(e, rec->block.data ? rec->block.data : "", *head, http);
    return true;
}

static char *find_date(bl_error *e, record *rec)
{
    bl_day day;
    if (!bl_header_field(rec->head.data, rec->head.size, "WARC-Date", &rec->value) ||
        !bl_day_parse(rec->value.data, &day))
        return NULL;
    char *date = strdup(rec->value.data);
    if (!date)
        bl_fail_nomem(e);
    return date;
}

static void give(bl_error *e, bl_reader *r, record *rec, char *url, const bl_http *http, size_t head)
{
    bl_input input = {
        .kind = BL_INPUT_CAPTURE, .place = rec->place, .head = head, .http = *http, .url = url
    };
    input.captured = find_date(e, rec);
    input.size = rec->block.size;
    input.bytes = bl_buffer_steal(&rec->block);
    bl_reader_give(e, r, &input);
}

/* The block of a record that may be a page; takes over the url. False when the file ends inside. */
static bool read_page(bl_error *e, bl_reader *r, record *rec, char *url)
{
    bl_http http = { 0 };
    size_t head;
    bool whole = read_http(e, r, rec, &http, &head);
    bulletin_skipped why = why_skipped(&http, rec->length <= head);
    bool wanted = why == BULLETIN_SKIPPED_COUNT, large = rec->length > BL_MOST_BYTES;
    if (whole && wanted && !large) {
        whole = read_block(e, r, rec, rec->length);
        if (whole && !bl_failed(e)) {
            give(e, r, rec, url, &http, head);
            return true;
        }
    } else if (whole) {
        if (wanted)
            problem(r, rec->place, "the page is larger than 512 MiB");
        else
            bl_reader_skip(r, why);
        uint64_t rest = rec->length - rec->block.size;
        whole = bl_stream_read(e, r->stream, rest, NULL) == rest;
    }
    free(url);
    return whole;
}

/* False when the file ends inside the record. */
static bool read_record(bl_error *e, bl_reader *r, record *rec)
{
    if (!read_head(e, r, rec))
        return false;
    if (!read_length(rec)) {
        problem(r, rec->place, "the record has no Content-Length");
        return true;
    }
    bl_buffer_cut(&rec->block, 0);
    bool page = may_be_page(rec);
    char *url = page ? find_url(e, rec) : NULL;
    if (url)
        return read_page(e, r, rec, url);
    if (page)
        bl_reader_skip(r, BULLETIN_SKIPPED_TYPE);
    return bl_stream_read(e, r->stream, rec->length, NULL) == rec->length;
}

bool bl_warc_read(bl_error *e, bl_reader *r)
{
    record rec = { 0 };
    bl_buffer line = { 0 };
    bool whole = true, lost = false;
    size_t size;
    while (whole && !bl_failed(e)) {
        bl_stream_window(e, r->stream, &size);
        rec.place = bl_stream_place(r->stream);
        if (!bl_stream_line(e, r->stream, MOST_HEAD, &line))
            break;
        bool version = is_version(&line);
        /* What is not where a record should begin is passed over up to the next that is. */
        if (!version && !lost && !is_blank(&line))
            problem(r, rec.place, "no record begins here");
        lost = !version && (lost || !is_blank(&line));
        if (version)
            whole = read_record(e, r, &rec);
    }
    if (!whole && !bl_failed(e))
        problem(r, rec.place, "the record is cut off");
    bl_buffer_free(&rec.head);
    bl_buffer_free(&rec.block);
    bl_buffer_free(&rec.value);
    bl_buffer_free(&line);
    return whole;
}
