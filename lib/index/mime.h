/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MIME_H
#define BL_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* The page in a MIME message: a page saved with its pictures (MHTML, RFC 2557), or a mail. Start from {0}. */
typedef struct bl_mime {
    bl_buffer page; /* its bytes, unpacked from base64 or quoted-printable */
    char *type, *charset, *url;
    char *captured; /* the message's date, RFC 3339 */
    char *title;    /* its subject */
} bl_mime;          /* strings are new, NULL where the message does not say */

/* Whether the bytes begin as a message with the field MIME-Version. */
bool bl_mime_is(const char *bytes, size_t size);

/* Read the part that a reader would see first. Fails with BAD_INPUT when no part is text. */
void bl_mime_read(bl_error *e, const char *bytes, size_t size, bl_mime *out);

void bl_mime_free(bl_mime *mime);

#endif
