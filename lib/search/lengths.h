/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LENGTHS_H
#define BL_LENGTHS_H

#include "search/docs.h"
#include "search/found.h"

/* Tokens of title and body of every document, for whoever asks for nearly all of them again and again; 16
 * bytes each. */
typedef struct bl_lengths {
    bl_docs docs;
    uint32_t (*list)[2]; /* of each */
    size_t capacity;
} bl_lengths;

/* Free in any case. */
void bl_lengths_read(bl_error *e, bl_reader *reader, bl_lengths *out);
void bl_lengths_free(bl_lengths *lengths);

#endif
