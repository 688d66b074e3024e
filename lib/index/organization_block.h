/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ORGANIZATION_BLOCK_H
#define BL_ORGANIZATION_BLOCK_H

#include "base/buffer.h"
#include "index/database.h"

/* A row of organization_block, borrowed: thousands of organizations, one for each id from first to last. */
typedef struct bl_organization_block {
    int64_t first, last;
    const char *keys; /* of each, with a NUL behind it; empty where no organization has the id */
    size_t key_size;
    const unsigned char *docs; /* of each: how many bytes follow, and those */
    size_t doc_size;
} bl_organization_block;

#define BL_ORGANIZATION_BLOCKS "SELECT first, last, docs, keys FROM organization_block ORDER BY last"
/* Ids whose rows say something else than the blocks do; blocks say nothing of ids above the last of all. */
#define BL_ORGANIZATIONS_CHANGED "SELECT organization FROM organization_changed ORDER BY organization"

/* The block of a row of it. */
bl_organization_block bl_organization_block_read(sqlite3_stmt *row);

/* All blocks, one after the other, each into the memory of the one before: to have SQLite make a value of
 * each takes as long as to read them. */
typedef struct bl_organization_reader {
    bl_organization_block block; /* keys and docs only when they were read */
    sqlite3 *sql;
    sqlite3_stmt *rows;
    sqlite3_blob *keys, *docs;
    bl_buffer key_bytes, doc_bytes;
} bl_organization_reader;

void bl_organization_reader_open(bl_error *e, bl_database *db, bl_organization_reader *out);
/* False behind the last, and on failure. */
bool bl_organization_reader_next(bl_error *e, bl_organization_reader *reader);
void bl_organization_reader_keys(bl_error *e, bl_organization_reader *reader);
void bl_organization_reader_docs(bl_error *e, bl_organization_reader *reader);
void bl_organization_reader_close(bl_organization_reader *reader);

/* One of a block. */
typedef struct bl_organization_entry {
    int64_t id;
    const unsigned char *docs; /* steps to the documents that name it; none = the rows say it */
    size_t size;
} bl_organization_entry;

/* The entry of the next id, which is first - 1 before the first; the block goes on behind it. False at the
 * end, and where the block is none that this library writes. */
bool bl_organization_next(bl_organization_block *block, bl_organization_entry *entry);
/* Its documents, ascending, into `out`, which has room for entry->size; how many they are, 0 = the rows say.
 */
size_t bl_organization_docs(const bl_organization_entry *entry, int64_t *out);

/* What a block tells of some organizations: documents, and the ids of those whose rows are to be read. Both
 * lists are the caller's, with room for doc_size and for as many ids as are asked for. */
typedef struct bl_organization_answer {
    int64_t *docs, *rest;
    size_t doc_count, rest_count;
} bl_organization_answer;

/* Those of ids that ascend and may repeat. False when the block is none that this library writes, whatever it
 * told. */
bool bl_organization_ask(bl_organization_block block, const int64_t *ids, size_t count,
                         bl_organization_answer *out);

/* Within a transaction: pack all organizations anew. */
void bl_organization_pack(bl_error *e, bl_database *db);
/* The same when enough has changed since. */
void bl_organization_settle(bl_error *e, bl_database *db);
/* How many entries do not say what the rows say. */
int64_t bl_organization_blocks_differ(bl_error *e, bl_database *db);

#endif
