/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_OPENINGS_H
#define BL_OPENINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Folded codes, by their hashes: some others seem to be among them. */
typedef struct bl_code_set {
    uint32_t bits[32];
} bl_code_set;

/* How what is looked for begins once it is folded: with the two characters of a pair, or with one code.
 * Start from {0}. */
typedef struct bl_openings {
    bl_code_set first;  /* all that something begins with */
    bl_code_set single; /* those behind which anything may stand */
    bl_code_set second; /* what stands behind the others */
} bl_openings;

/* Of a token as the index holds it (token.h). */
void bl_openings_add(bl_openings *openings, const char *token, size_t size);
/* Whether a text may hold something that begins so, told without folding it; false is sure. */
bool bl_openings_may_stand(const char *text, size_t size, const bl_openings *openings);

#endif
