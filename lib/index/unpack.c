/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Packed bytes to plain ones: gzip and deflate by zlib, Zstandard by libzstd. */
#define ZLIB_CONST /* zlib then promises not to write what it reads */
#include "unpack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

struct bl_unpacker {
    bl_packing packing;
    z_stream zlib;
    ZSTD_DCtx *zstd;
};

bl_packing bl_packing_of(const void *bytes, size_t size)
{
    const unsigned char *b = bytes;
    if (size >= 3 && b[0] == 0x1F && b[1] == 0x8B && b[2] == Z_DEFLATED)
        return BL_PACKING_GZIP;
    bool frame = size >= 4 && memcmp(b, "\x28\xB5\x2F\xFD", 4) == 0;
    bool skippable = size >= 4 && (b[0] & 0xF0) == 0x50 && memcmp(b + 1, "\x2A\x4D\x18", 3) == 0;
    return frame || skippable ? BL_PACKING_ZSTD : BL_PACKING_NONE;
}

/* zlib's windowBits: 16 asks for gzip's head, a negative number for no head. */
static int window_bits(bl_packing packing)
{
    return packing == BL_PACKING_GZIP ? MAX_WBITS + 16 : packing == BL_PACKING_ZLIB ? MAX_WBITS : -MAX_WBITS;
}

bl_unpacker *bl_unpacker_open(bl_error *e, bl_packing packing)
{
    bl_unpacker *u = bl_failed(e) ? NULL : calloc(1, sizeof *u);
    bool ready = false;
    if (u && packing == BL_PACKING_ZSTD)
        ready = (u->zstd = ZSTD_createDCtx()) != NULL;
    else if (u)
        ready = inflateInit2(&u->zlib, window_bits(packing)) == Z_OK;
    if (u)
        u->packing = packing;
    if (!ready) {
        bl_fail_nomem(e);
        free(u);
        return NULL;
    }
    return u;
}

void bl_unpacker_dictionary(bl_error *e, bl_unpacker *u, const void *bytes, size_t size)
{
    if (!bl_failed(e) && ZSTD_isError(ZSTD_DCtx_loadDictionary(u->zstd, bytes, size)))
        bl_fail_nomem(e);
}

static bl_unpacked run_zlib(bl_unpacker *u, const unsigned char **in, const unsigned char *in_end, char **out,
                            char *out_end)
{
    u->zlib.next_in = *in;
    u->zlib.avail_in = (uInt)(in_end - *in);
    u->zlib.next_out = (Bytef *)*out;
    u->zlib.avail_out = (uInt)(out_end - *out);
    int status = inflate(&u->zlib, Z_NO_FLUSH);
    *in = u->zlib.next_in;
    *out = (char *)u->zlib.next_out;
    if (status == Z_STREAM_END) {
        inflateReset(&u->zlib);
        return BL_UNPACKED_MEMBER;
    }
    return status == Z_OK || status == Z_BUF_ERROR ? BL_UNPACKED_MORE : BL_UNPACKED_DAMAGED;
}

static bl_unpacked run_zstd(bl_unpacker *u, const unsigned char **in, const unsigned char *in_end, char **out,
                            char *out_end)
{
    ZSTD_inBuffer from = { *in, (size_t)(in_end - *in), 0 };
    ZSTD_outBuffer to = { *out, (size_t)(out_end - *out), 0 };
    size_t status = ZSTD_decompressStream(u->zstd, &to, &from);
    *in += from.pos;
    *out += to.pos;
    return ZSTD_isError(status) ? BL_UNPACKED_DAMAGED : status == 0 ? BL_UNPACKED_MEMBER : BL_UNPACKED_MORE;
}

bl_unpacked bl_unpacker_run(bl_unpacker *u, const unsigned char **in, const unsigned char *in_end, char **out,
                            char *out_end)
{
    return u->packing == BL_PACKING_ZSTD ? run_zstd(u, in, in_end, out, out_end)
                                         : run_zlib(u, in, in_end, out, out_end);
}

void bl_unpacker_close(bl_unpacker *u)
{
    if (!u)
        return;
    if (u->packing == BL_PACKING_ZSTD)
        ZSTD_freeDCtx(u->zstd);
    else
        inflateEnd(&u->zlib);
    free(u);
}

/* Room is given in pieces of this size, and input no larger than zlib can count. */
enum { PIECE = 64 << 10, MOST_INPUT = 1 << 30 };

bool bl_unpack(bl_error *e, bl_packing packing, const void *bytes, size_t size, size_t most, bl_buffer *out)
{
    bl_unpacker *u = bl_unpacker_open(e, packing);
    const unsigned char *in = bytes, *end = in + size;
    size_t start = out->size;
    bool whole = false, moved = true;
    bl_unpacked status = BL_UNPACKED_MORE;
    while (u && !bl_failed(e) && moved && status != BL_UNPACKED_DAMAGED && out->size - start <= most) {
        if (!bl_buffer_reserve(out, PIECE)) {
            bl_fail_nomem(e);
            break;
        }
        char *to = out->data + out->size;
        const unsigned char *before = in;
        status = bl_unpacker_run(u, &in, end - in > MOST_INPUT ? in + MOST_INPUT : end, &to, to + PIECE);
        moved = in > before || to > out->data + out->size;
        out->size = (size_t)(to - out->data);
        whole = status == BL_UNPACKED_MEMBER;
        if (whole && (in == end || packing == BL_PACKING_ZLIB || packing == BL_PACKING_DEFLATE))
            break;
    }
    if (out->data)
        out->data[out->size] = '\0';
    bl_unpacker_close(u);
    return whole && out->size - start <= most;
}
