/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PACKED_H
#define BL_PACKED_H

#include "search/docs.h"

/* Add the ids of organizations other than the authority's bodies whose keys hold a part, in no order and some
 * of them twice. */
void bl_packed_with(bl_error *e, bl_database *db, const char *part, bl_docs *out);

/* Add the documents of organizations, whose ids ascend, and of those others whose keys hold a part, in no
 * order and some of them twice; `part` may be NULL. Ids of those whose rows are to be read instead are added
 * to `rest` in the same way. Whether any keys hold the part. */
bool bl_packed_docs(bl_error *e, bl_database *db, const char *part, const int64_t *ids, size_t count,
                    bl_docs *out, bl_docs *rest);

#endif
