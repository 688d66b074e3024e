/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents in ascending order to the last few of them. */
#include "newest.h"

#include <stdlib.h>

void bl_newest_open(bl_newest *n, size_t limit)
{
    *n = (bl_newest){ .docs = calloc(limit, sizeof *n->docs), .limit = limit };
}

void bl_newest_put(bl_newest *n, const int64_t *docs, size_t count)
{
    for (size_t i = count > n->limit ? count - n->limit : 0; i < count; i++) {
        n->docs[n->at] = docs[i];
        n->at = n->at + 1 < n->limit ? n->at + 1 : 0;
        n->count += n->count < n->limit;
    }
}

void bl_newest_close(bl_error *e, bl_newest *n, bl_top *top)
{
    for (size_t i = 0; i < n->count; i++)
        bl_top_offer(e, top, &(bl_hit){ .doc = n->docs[i], .order = n->docs[i] });
    free(n->docs);
    *n = (bl_newest){ 0 };
}
