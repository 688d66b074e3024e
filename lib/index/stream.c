/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A file to its plain bytes, window by window. */
#include "stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page/decode.h"
#include "page/decoder.h"
#include "unpack.h"

enum { WINDOW = 64 << 10, MOST_DICTIONARY = 16 << 20 };

struct bl_stream {
    int descriptor; /* -1: memory */
    const unsigned char *memory;
    size_t memory_left;

    unsigned char *raw; /* [raw_at, raw_end) was read and not used */
    size_t raw_at, raw_end;
    uint64_t raw_offset; /* in the file, of raw_end */
    bool exhausted;

    bl_unpacker *unpacker; /* NULL: the file is plain */
    char *plain;           /* room for unpacked bytes */
    uint64_t member;       /* where the member of the window begins in the file */
    bool begun;            /* a member was begun and has not ended */
    bool first;            /* the window is the beginning of its member */

    bl_decoder *decoder; /* NULL: the bytes are wanted as they are */
    bl_buffer text;

    const char *window; /* [at, size) is not taken */
    size_t at, size;
    uint64_t offset; /* among the plain bytes, of the window */
    const char *problem;
};

/* ---- bytes of the file ---- */

static size_t read_some(bl_stream *s, unsigned char *to, size_t room)
{
    ssize_t got;
    if (s->descriptor < 0) {
        got = (ssize_t)(s->memory_left < room ? s->memory_left : room);
        if (got > 0)
            memcpy(to, s->memory, (size_t)got);
        s->memory += got;
        s->memory_left -= (size_t)got;
        return (size_t)got;
    }
    do
        got = read(s->descriptor, to, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        s->problem = strerror(errno);
    return got > 0 ? (size_t)got : 0;
}

/* Have at least `wanted` unused bytes, if the file has them. */
static void fill_raw(bl_stream *s, size_t wanted)
{
    if (s->raw_end - s->raw_at >= wanted)
        return;
    memmove(s->raw, s->raw + s->raw_at, s->raw_end - s->raw_at);
    s->raw_end -= s->raw_at;
    s->raw_at = 0;
    while (!s->exhausted && s->raw_end < wanted) {
        size_t got = read_some(s, s->raw + s->raw_end, WINDOW - s->raw_end);
        s->exhausted = got == 0;
        s->raw_end += got;
        s->raw_offset += got;
    }
}

static uint64_t raw_place(const bl_stream *s)
{
    return s->raw_offset - (s->raw_end - s->raw_at);
}

/* ---- unpacking ---- */

/* Only zeros may stand behind the last member: tapes and downloaders fill up with them. */
static bool has_member(bl_stream *s)
{
    fill_raw(s, 4);
    if (s->raw_at == s->raw_end)
        return false;
    if (bl_packing_of(s->raw + s->raw_at, s->raw_end - s->raw_at) != BL_PACKING_NONE)
        return true;
    while (s->raw_at < s->raw_end && s->raw[s->raw_at] == 0) {
        s->raw_at++;
        fill_raw(s, 1);
    }
    if (s->raw_at < s->raw_end)
        s->problem = "what follows the compressed data is something else";
    return false;
}

/* Bytes of one member, up to a window full. */
static size_t unpack_some(bl_stream *s)
{
    char *to = s->plain;
    bool going = true;
    while (going && to < s->plain + WINDOW) {
        fill_raw(s, 1);
        if (!s->begun && !has_member(s))
            break;
        if (!s->begun) {
            s->member = raw_place(s);
            s->first = true;
            s->begun = true;
        }
        const unsigned char *in = s->raw + s->raw_at;
        char *before = to;
        bl_unpacked status = bl_unpacker_run(s->unpacker, &in, s->raw + s->raw_end, &to, s->plain + WINDOW);
        bool moved = in > s->raw + s->raw_at || to > before;
        s->raw_at = (size_t)(in - s->raw);
        s->begun = status != BL_UNPACKED_MEMBER;
        /* A window holds bytes of one member only: then its place is known. */
        going = s->begun ? moved : to == s->plain;
        if (status == BL_UNPACKED_DAMAGED)
            s->problem = "the compressed data is damaged";
        else if (!moved && !s->problem)
            s->problem = "the compressed data is cut off";
        going = going && !s->problem;
    }
    return (size_t)(to - s->plain);
}

/* ---- the window ---- */

static void fill_plain(bl_stream *s)
{
    s->first = false;
    s->at = 0;
    if (s->unpacker) {
        s->window = s->plain;
        s->size = s->problem ? 0 : unpack_some(s);
        return;
    }
    fill_raw(s, 1);
    s->window = (const char *)s->raw + s->raw_at;
    s->size = s->raw_end - s->raw_at;
    s->raw_at = s->raw_end;
}

static void fill_window(bl_error *e, bl_stream *s)
{
    s->offset += s->size;
    fill_plain(s);
    while (s->decoder && !bl_failed(e)) {
        bool last = s->size == 0;
        bl_buffer_cut(&s->text, 0);
        bl_decoder_feed(e, s->decoder, s->window, s->size, last, &s->text);
        if (last) {
            bl_decoder_close(s->decoder);
            s->decoder = NULL;
        }
        s->window = s->text.data ? s->text.data : "";
        s->size = s->text.size;
        if (s->size > 0 || last)
            break;
        fill_plain(s);
    }
}

const char *bl_stream_window(bl_error *e, bl_stream *s, size_t *size)
{
    if (!bl_failed(e) && s->at == s->size)
        fill_window(e, s);
    *size = bl_failed(e) ? 0 : s->size - s->at;
    return s->window + s->at;
}

void bl_stream_take(bl_stream *s, size_t size)
{
    s->at += size;
}

void bl_stream_decode(bl_error *e, bl_stream *s)
{
    char name[BL_CHARSET_NAME];
    size_t size, mark;
    const char *window = bl_stream_window(e, s, &size);
    const char *charset = bl_decode_charset(e, window, size, NULL, name, &mark);
    if (bl_failed(e) || !charset)
        return;
    bl_stream_take(s, mark);
    if (strcmp(charset, "UTF-8") == 0 || !(s->decoder = bl_decoder_open(charset)))
        return;
    bl_decoder_feed(e, s->decoder, window + mark, size - mark, false, &s->text);
    s->window = s->text.data ? s->text.data : "";
    s->at = 0;
    s->size = s->text.size;
}

uint64_t bl_stream_read(bl_error *e, bl_stream *s, uint64_t size, bl_buffer *out)
{
    uint64_t done = 0;
    while (done < size && !bl_failed(e)) {
        size_t have;
        const char *window = bl_stream_window(e, s, &have);
        if (have == 0)
            break;
        if (have > size - done)
            have = (size_t)(size - done);
        if (out)
            bl_buffer_append(out, window, have);
        if (out && out->failed)
            bl_fail_nomem(e);
        bl_stream_take(s, have);
        done += have;
    }
    return done;
}

bool bl_stream_line(bl_error *e, bl_stream *s, size_t most, bl_buffer *line)
{
    bool any = false;
    bl_buffer_cut(line, 0);
    for (const char *newline = NULL; !newline;) {
        size_t have;
        const char *window = bl_stream_window(e, s, &have);
        if (have == 0)
            break;
        any = true;
        newline = memchr(window, '\n', have);
        size_t size = newline ? (size_t)(newline + 1 - window) : have;
        size_t room = most + 1 - line->size;
        bl_buffer_append(line, window, size < room ? size : room);
        bl_stream_take(s, size);
        if (line->failed)
            bl_fail_nomem(e);
    }
    return any && !bl_failed(e);
}

uint64_t bl_stream_place(const bl_stream *s)
{
    return s->first && s->at == 0 ? s->member : s->offset + s->at;
}

uint64_t bl_stream_progress(const bl_stream *s)
{
    return raw_place(s);
}

const char *bl_stream_problem(const bl_stream *s)
{
    return s->problem;
}

/* ---- opening ---- */

/* A web archive in Zstandard may begin with the dictionary of all its frames, in a frame that others skip
 * (IIPC, WARC compression with Zstandard): magic number, size in four bytes, and the dictionary, plain or
 * itself a frame. */
static void load_dictionary(bl_error *e, bl_stream *s)
{
    static const unsigned char magic[] = { 0x5D, 0x2A, 0x4D, 0x18 };
    fill_raw(s, 8);
    const unsigned char *head = s->raw + s->raw_at;
    if (s->raw_end - s->raw_at < 8 || memcmp(head, magic, sizeof magic) != 0)
        return;
    size_t size = head[4] | (size_t)head[5] << 8 | (size_t)head[6] << 16 | (size_t)head[7] << 24;
    if (size > MOST_DICTIONARY)
        return;
    bl_buffer stored = { 0 }, plain = { 0 };
    s->raw_at += 8;
    while (stored.size < size) {
        fill_raw(s, 1);
        size_t have = s->raw_end - s->raw_at, rest = size - stored.size;
        if (have == 0)
            break;
        bl_buffer_append(&stored, s->raw + s->raw_at, have < rest ? have : rest);
        s->raw_at += have < rest ? have : rest;
    }
    bool packed = bl_packing_of(stored.data, stored.size) == BL_PACKING_ZSTD;
    if (packed)
        bl_unpack(e, BL_PACKING_ZSTD, stored.data, stored.size, MOST_DICTIONARY, &plain);
    const bl_buffer *dictionary = packed ? &plain : &stored;
    if (stored.failed || plain.failed)
        bl_fail_nomem(e);
    bl_unpacker_dictionary(e, s->unpacker, dictionary->data, dictionary->size);
    bl_buffer_free(&stored);
    bl_buffer_free(&plain);
}

static bl_stream *open_stream(bl_error *e, bl_stream start)
{
    bl_stream *s = bl_failed(e) ? NULL : malloc(sizeof *s);
    if (!s) {
        bl_fail_nomem(e);
        return NULL;
    }
    *s = start;
    s->window = "";
    s->raw = malloc(WINDOW);
    if (!s->raw) {
        bl_fail_nomem(e);
        bl_stream_close(s);
        return NULL;
    }
    fill_raw(s, 4);
    bl_packing packing = bl_packing_of(s->raw, s->raw_end);
    if (packing == BL_PACKING_NONE)
        return s;
    s->plain = malloc(WINDOW);
    s->unpacker = s->plain ? bl_unpacker_open(e, packing) : NULL;
    if (!s->plain)
        bl_fail_nomem(e);
    if (s->unpacker && packing == BL_PACKING_ZSTD)
        load_dictionary(e, s);
    if (!bl_failed(e))
        return s;
    bl_stream_close(s);
    return NULL;
}

bl_stream *bl_stream_open(bl_error *e, int descriptor)
{
    return open_stream(e, (bl_stream){ .descriptor = descriptor });
}

bl_stream *bl_stream_of(bl_error *e, const void *bytes, size_t size)
{
    return open_stream(e, (bl_stream){ .descriptor = -1, .memory = bytes, .memory_left = size });
}

void bl_stream_close(bl_stream *s)
{
    if (!s)
        return;
    bl_unpacker_close(s->unpacker);
    bl_decoder_close(s->decoder);
    bl_buffer_free(&s->text);
    free(s->plain);
    free(s->raw);
    free(s);
}
