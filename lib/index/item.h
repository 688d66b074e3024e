/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ITEM_H
#define BL_ITEM_H

#include "index/database.h"
#include "index/fingerprint.h"
#include "index/input.h"
#include "index/mention.h"
#include "index/record.h"

/* What became of a record. */
typedef enum bl_outcome { BL_ADDED, BL_UPDATED, BL_UNCHANGED } bl_outcome;

/* A record on its way into the archive. */
typedef struct bl_item {
    bl_record record;
    bl_prepared title, body, furniture; /* its tokens; those of an unchanged item are never needed */
    bl_names names;                     /* of the organizations; needed with the tokens */
    bool named;                         /* they were looked for */
    bl_fingerprint fingerprint;         /* of the body */
    bool page;                          /* a file of its own, whose row names its bulletin */
    bool keep;                          /* leave a bulletin that is there already as it is */
    bl_stamp stamp;                     /* of the page's file */

    /* Set by the store: */
    bl_outcome outcome;
    bool collision;          /* another text has its key: stored under key#2, key#3 … */
    int64_t old_doc;         /* the row it replaces, 0 = none */
    struct bl_item *same_as; /* an earlier page of the same text in the same batch */
    int64_t doc;
    bool repost; /* a copy of another bulletin, which stands for both */
} bl_item;

/* Cut the record's text. */
void bl_item_prepare(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, bl_item *item);
/* Look for the organizations that it names. `cutter` is the one that the item was just prepared by; NULL =
 * another. */
void bl_item_name(bl_error *e, bl_finder *finder, bl_cutter *cutter, bl_item *item);
void bl_item_free(bl_item *item);

#endif
