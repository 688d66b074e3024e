/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BEST_TERMS_H
#define BL_BEST_TERMS_H

#include "base/buffer.h"
#include "index/database.h"

/* No term is common that stands in fewer bulletins. */
enum { BL_BEST_BULLETINS = 4096 };

/* The commonest terms of an index of so many bulletins, and the characters that begin the most of it: each as
 * it is asked for, ended by NUL. Nothing where only FTS5 can read the index. */
void bl_best_terms(bl_error *e, bl_database *db, int64_t bulletins, bl_buffer *out);

#endif
