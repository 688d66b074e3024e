/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Records to items: the same with their tokens and their fingerprint. */
#include "item.h"

#include <stdlib.h>

void bl_item_prepare(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, bl_item *item)
{
    bl_prepare(e, cutter, scratch, item->record.article.title, &item->title);
    bl_prepare(e, cutter, scratch, item->record.article.furniture, &item->furniture);
    /* The body comes last, for bl_item_name() takes its fold over. */
    bl_prepare(e, cutter, scratch, item->record.article.body, &item->body);
    if (!bl_failed(e))
        bl_fingerprint_make(e, &item->body, &item->fingerprint);
}

void bl_item_name(bl_error *e, bl_finder *finder, bl_cutter *cutter, bl_item *item)
{
    if (item->named || !finder->authority || bl_failed(e))
        return;
    finder->ready = cutter ? bl_cutter_folded(cutter) : NULL;
    finder->ready_text = item->record.article.body;
    bl_mention_find(e, finder, &item->record, &item->names);
    finder->ready = NULL;
    item->named = true;
}

void bl_item_free(bl_item *item)
{
    bl_record_free(&item->record);
    free(item->title.bytes);
    free(item->body.bytes);
    free(item->furniture.bytes);
    bl_names_free(&item->names);
    *item = (bl_item){ 0 };
}
