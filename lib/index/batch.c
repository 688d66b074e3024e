/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Prepared items to batches of bounded size. */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* Large batches make few, long segments; 88 MiB of text with its tokens keep an import under 400 MB. */
enum { BATCH_BYTES = 88 << 20, BATCH_ITEMS = 50000, BATCH_FILES = 10000 };

/* FNV-1a, 64 bits (Fowler, Noll, Vo). A false positive only writes a batch early. */
static uint64_t hash_key(const bl_record *r)
{
    uint64_t hash = 0xcbf29ce484222325u;
    const char *parts[] = { r->collection ? r->collection : "", r->key };
    for (size_t i = 0; i < 2; i++)
        for (const char *s = parts[i];; s++) {
            hash = (hash ^ (unsigned char)*s) * 0x100000001b3u;
            if (*s == '\0')
                break;
        }
    return hash ? hash : 1;
}

static uint64_t *key_slot(uint64_t *keys, size_t slots, uint64_t hash)
{
    size_t at = hash & (slots - 1);
    while (keys[at] != 0 && keys[at] != hash)
        at = (at + 1) & (slots - 1);
    return &keys[at];
}

static bool grow_keys(bl_batch *batch)
{
    if ((batch->count + 1) * 2 <= batch->key_slots)
        return true;
    size_t slots = batch->key_slots ? batch->key_slots * 2 : 1024;
    uint64_t *keys = calloc(slots, sizeof *keys);
    if (!keys)
        return false;
    for (size_t i = 0; i < batch->key_slots; i++)
        if (batch->keys[i])
            *key_slot(keys, slots, batch->keys[i]) = batch->keys[i];
    free(batch->keys);
    batch->keys = keys;
    batch->key_slots = slots;
    return true;
}

bool bl_batch_holds(const bl_batch *batch, const bl_item *item)
{
    if (batch->key_slots == 0)
        return false;
    return *key_slot(batch->keys, batch->key_slots, hash_key(&item->record)) != 0;
}

bool bl_batch_full(const bl_batch *batch)
{
    size_t most = batch->most && batch->most < BATCH_BYTES ? batch->most : BATCH_BYTES;
    return batch->bytes >= most || batch->count >= BATCH_ITEMS || batch->file_count >= BATCH_FILES;
}

static size_t weight(const bl_item *item)
{
    const bl_article *a = &item->record.article;
    return sizeof *item + item->title.size + item->body.size + item->furniture.size + item->names.size +
           strlen(a->body) + strlen(a->furniture);
}

void bl_batch_add(bl_error *e, bl_batch *batch, bl_item *item)
{
    if (bl_failed(e))
        return;
    if (!bl_grow(&batch->items, &batch->capacity, batch->count + 1, sizeof *batch->items) ||
        !grow_keys(batch)) {
        bl_fail_nomem(e);
        return;
    }
    uint64_t hash = hash_key(&item->record);
    *key_slot(batch->keys, batch->key_slots, hash) = hash;
    batch->bytes += weight(item);
    batch->tokens += item->title.token_size + item->body.token_size + item->furniture.token_size;
    batch->items[batch->count++] = *item;
    *item = (bl_item){ 0 };
}

void bl_batch_add_file(bl_error *e, bl_batch *batch, bl_file *file)
{
    if (!bl_failed(e) &&
        !bl_grow(&batch->files, &batch->file_capacity, batch->file_count + 1, sizeof *batch->files))
        bl_fail_nomem(e);
    if (bl_failed(e))
        free(file->path);
    else
        batch->files[batch->file_count++] = *file;
    *file = (bl_file){ 0 };
}

void bl_batch_clear(bl_batch *batch)
{
    for (size_t i = 0; i < batch->file_count; i++)
        free(batch->files[i].path);
    batch->file_count = 0;
    for (size_t i = 0; i < batch->count; i++)
        bl_item_free(&batch->items[i]);
    batch->count = 0;
    batch->bytes = batch->tokens = 0;
    if (batch->keys)
        memset(batch->keys, 0, batch->key_slots * sizeof *batch->keys);
}

void bl_batch_free(bl_batch *batch)
{
    bl_batch_clear(batch);
    free(batch->items);
    free(batch->files);
    free(batch->keys);
    *batch = (bl_batch){ .most = batch->most };
}
