/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CHARSET_H
#define BL_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The encoding that a byte order mark tells, and the size of the mark; NULL when there is none. */
const char *bl_charset_of_mark(const unsigned char *bytes, size_t size, size_t *mark);

/* The charset that the first kilobyte declares, written to `name`; false when it declares none. */
bool bl_charset_declared(const char *bytes, size_t size, char *name, size_t room);

/* Files that are certainly no text: pictures, archives, PDF, or too many control characters. */
bool bl_charset_is_binary(const unsigned char *bytes, size_t size);

/* Which characters are common in Chinese, Japanese and Korean. */
typedef struct bl_common {
    uint64_t bits[65536 / 64];
} bl_common;

void bl_common_make(bl_common *out);

/* What decoded text looks like. */
typedef struct bl_look {
    size_t wide;   /* characters beyond ASCII */
    size_t common; /* of these, common ones */
    size_t plain;  /* ASCII letters, digits and blanks */
    size_t broken; /* replaced, unassigned by anyone or private */
} bl_look;

void bl_look_at(const bl_common *common, uint32_t c, bl_look *look);

/* How likely it is that this is real text, in percent; below 15 it is not. */
int bl_look_score(const bl_look *look);

/* The same for encodings of two or four bytes a character, where ASCII is evidence as well. */
int bl_look_score_wide(const bl_look *look);

#endif
