/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CONCEPTS_H
#define BL_CONCEPTS_H

#include "base/buffer.h"
#include "index/database.h"

/* What the functions of bulletin_thesaurus_… do: the archive's own terms, beside those that searches know
 * anyway. */
void bl_concepts_add(bl_error *e, bl_database *db, const char *table, size_t size,
                     bulletin_line_callback problem, void *context, size_t *added);
void bl_concepts_remove(bl_error *e, bl_database *db, const char *concept, const char *term, size_t *removed);

/* All of them as a table with its header line, ordered by concept. */
void bl_concepts_print(bl_error *e, bl_database *db, bl_buffer *out);

/* A number that every change of them raises. */
int64_t bl_concepts_version(bl_error *e, bl_database *db);

#endif
