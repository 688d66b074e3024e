/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTTP_H
#define BL_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "index/unpack.h"

enum { BL_HTTP_NAME = 64 };

/* What the head of an answer says of its body. Start from {0}: a body without a head. */
typedef struct bl_http {
    int status;                 /* 0 when there is no status line */
    bool chunked;               /* RFC 9112, section 7.1 */
    bl_packing packing;         /* its content coding */
    bool unreadable;            /* a content coding that is none of these (br) */
    char type[BL_HTTP_NAME];    /* media type in lower case; "" when unstated */
    char charset[BL_HTTP_NAME]; /* "" when unstated */
} bl_http;

/* Read a Content-Type. */
void bl_http_type(bl_error *e, const char *value, bl_http *http);

/* Read status line and head. */
void bl_http_head(bl_error *e, const char *head, size_t size, bl_http *out);

/* Append the page that a body holds. Crawlers often store bodies unpacked beside the head that calls them
 * packed: then they are taken as they are. What of it is cut off or damaged is missing at the end. */
void bl_http_body(bl_error *e, const bl_http *http, const char *body, size_t size, size_t most,
                  bl_buffer *out);

#endif
