/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TEXT_CACHE_H
#define BL_TEXT_CACHE_H

#include "index/database.h"
#include "index/fingerprint.h"

/* A bulletin and its text. */
typedef struct bl_carrier {
    int64_t doc;
    bl_fingerprint fingerprint;
    const bl_prepared *body; /* borrowed; NULL = in the archive alone */
    bool known;              /* another bulletin had the text before */
} bl_carrier;

/* By text, once they are all there. */
typedef struct bl_carriers {
    bl_carrier *list;
    size_t count, capacity;
} bl_carriers;

/* The first of a text; NULL when there is none. */
const bl_carrier *bl_carriers_find(const bl_carriers *all, int64_t text);

/* Texts that are read to be compared are kept with the connection, for they are compared again soon; those
 * that are at hand are not read. */

/* The fingerprint of a stored text, borrowed until the next call; NULL when no bulletin has it. */
const bl_fingerprint *bl_text_labels(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text);

/* Whether one text is a copy of the other. Their sketches are asked first: most texts need not be read. */
bool bl_text_is_copy(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text, int64_t other);

/* The fingerprint of a text that is at hand. */
void bl_text_fingerprint(bl_error *e, bl_database *db, const char *body, bl_fingerprint *out);

/* How much the bodies of two bulletins have in common, 0 to 1. */
double bl_text_similarity(bl_error *e, bl_database *db, int64_t doc, int64_t other);

#endif
