/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MENTION_BLOCK_H
#define BL_MENTION_BLOCK_H

#include "index/database.h"

/* An organization's documents from `first` to `last` as a row of mention_block holds them, borrowed from it.
 */
typedef struct bl_mention_block {
    int64_t first, last;
    const unsigned char *bytes;
    size_t size;
} bl_mention_block;

/* Blocks of an organization, by `last`: its only parameter is the organization. */
#define BL_MENTION_BLOCKS                                                                                    \
    "SELECT organization, first, last, docs FROM mention_block WHERE organization = ?1 AND docs IS NOT "     \
    "NULL ORDER BY last"
/* The block of a row of it. */
bl_mention_block bl_mention_block_read(sqlite3_stmt *row);

/* The documents in ascending order into `out`, which has room for size + 1; how many they are, 0 when the
 * block is none that this library writes. */
size_t bl_mention_block_unpack(const bl_mention_block *block, int64_t *out);

/* Within a transaction, when the mentions of so many bulletins were written: blocks whose rows changed are
 * packed anew, and when enough has changed, what is in no block. */
void bl_mention_wrote(bl_error *e, bl_database *db, size_t bulletins);
/* The same once a bulk is over, in a transaction of its own. */
void bl_mention_finish(bl_error *e, bl_database *db);
/* Pack everything anew. */
void bl_mention_pack(bl_error *e, bl_database *db);
/* How many blocks do not say what the rows say. */
int64_t bl_mention_blocks_differ(bl_error *e, bl_database *db);

#endif
