/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The ends of columns to the lengths of all documents. */
#include "lengths.h"

#include <stdlib.h>

#include "base/buffer.h"

void bl_lengths_read(bl_error *e, bl_reader *reader, bl_lengths *out)
{
    uint32_t length[2];
    *out = (bl_lengths){ 0 };
    for (int64_t doc = 0; !bl_failed(e); doc++) {
        bl_reader_lengths(e, reader, doc, length); /* stands at the next one now */
        doc = reader->ends.doc;
        if (doc == BL_LIST_END)
            return;
        bl_reader_lengths(e, reader, doc, length);
        bl_docs_append(e, &out->docs, doc);
        if (!bl_grow(&out->list, &out->capacity, out->docs.count, sizeof *out->list)) {
            bl_fail_nomem(e);
            return;
        }
        out->list[out->docs.count - 1][0] = length[0];
        out->list[out->docs.count - 1][1] = length[1];
    }
}

void bl_lengths_free(bl_lengths *l)
{
    bl_docs_free(&l->docs);
    free(l->list);
    *l = (bl_lengths){ 0 };
}
