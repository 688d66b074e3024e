/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DECODER_H
#define BL_DECODER_H

#include "base/buffer.h"
#include "base/error.h"

/* ICU's converter, told to write U+FFFD for all that is broken. New, release with ucnv_close(); NULL when
 * there is none of this name. */
struct UConverter *bl_decoder_converter(const char *charset);

/* Decoding piece by piece, for files that are too long to be held whole. */
typedef struct bl_decoder bl_decoder;

/* By a name that bl_decode_charset() gave or that ICU knows. New; NULL, without failure, when ICU does not.
 */
bl_decoder *bl_decoder_open(const char *charset);

/* Append the next bytes as UTF-8; broken pieces become U+FFFD. `last`: no more will come. */
void bl_decoder_feed(bl_error *e, bl_decoder *d, const char *bytes, size_t size, bool last, bl_buffer *out);

void bl_decoder_close(bl_decoder *d); /* NULL is fine */

#endif
