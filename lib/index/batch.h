/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BATCH_H
#define BL_BATCH_H

#include "base/buffer.h"
#include "index/store.h"

/* Items collected for one transaction. Start from {0}, or from `most` alone. */
typedef struct bl_batch {
    bl_item *items;
    size_t count, capacity;
    size_t bytes;   /* text and packed tokens held */
    size_t tokens;  /* bytes of the tokens, unpacked */
    size_t most;    /* of them; 0 = as many as are of use */
    bl_file *files; /* that end among them */
    size_t file_count, file_capacity;
    uint64_t *keys; /* hashes of the items' keys, open addressing, 0 = free */
    size_t key_slots;
} bl_batch;

/* Whether an item of the same key is in it already: then it must be written first, or the later would not
 * find the earlier to replace it. */
bool bl_batch_holds(const bl_batch *batch, const bl_item *item);
/* Large enough to be written. */
bool bl_batch_full(const bl_batch *batch);
/* Take over an item; the caller's is empty afterwards. */
void bl_batch_add(bl_error *e, bl_batch *batch, bl_item *item);
/* Note a file whose records are all in this batch or in earlier ones; takes over its path. */
void bl_batch_add_file(bl_error *e, bl_batch *batch, bl_file *file);
void bl_batch_clear(bl_batch *batch);
void bl_batch_free(bl_batch *batch);

#endif
