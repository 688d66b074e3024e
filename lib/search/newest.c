/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents in ascending order to the last few of them. */
#include "newest.h"

#include <stdlib.h>

void bl_newest_open(bl_newest *n, size_t limit)
{
    *n = (bl_newest){ .docs = calloc(limit, sizeof *n->docs), .limit = limit };
}

void bl_newest_close(bl_error *e, bl_newest *n, bl_top *top)
{
    const size_t count = n->put < n->limit ? n->put : n->limit;
    for (size_t i = 0; i < count; i++)
        bl_top_offer(e, top, &(bl_hit){ .doc = n->docs[i], .order = n->docs[i] });
    free(n->docs);
    *n = (bl_newest){ 0 };
}
