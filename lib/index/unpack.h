/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_UNPACK_H
#define BL_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

typedef enum bl_packing {
    BL_PACKING_NONE,
    BL_PACKING_GZIP,
    BL_PACKING_ZSTD,
    BL_PACKING_ZLIB,   /* what HTTP calls deflate */
    BL_PACKING_DEFLATE /* what some servers take it for */
} bl_packing;

/* What a file is packed with, by its first bytes: gzip, Zstandard or nothing. */
bl_packing bl_packing_of(const void *bytes, size_t size);

typedef enum bl_unpacked {
    BL_UNPACKED_MORE,   /* go on: more input or more room */
    BL_UNPACKED_MEMBER, /* a member or frame ended; another may follow */
    BL_UNPACKED_DAMAGED
} bl_unpacked;

/* Unpacks one member after another. */
typedef struct bl_unpacker bl_unpacker;

bl_unpacker *bl_unpacker_open(bl_error *e, bl_packing packing); /* new */
/* Zstandard frames from here on use a dictionary; copied. */
void bl_unpacker_dictionary(bl_error *e, bl_unpacker *u, const void *bytes, size_t size);
/* Unpack from *in, which moves behind what was used, to *out, which moves behind what was made. */
bl_unpacked bl_unpacker_run(bl_unpacker *u, const unsigned char **in, const unsigned char *in_end, char **out,
                            char *out_end);
void bl_unpacker_close(bl_unpacker *u); /* NULL is fine */

/* Append what the bytes hold, at most `most` of it. False when they are damaged, cut off or hold more; what
 * came before that is there. */
bool bl_unpack(bl_error *e, bl_packing packing, const void *bytes, size_t size, size_t most, bl_buffer *out);

#endif
