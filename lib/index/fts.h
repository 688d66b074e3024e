/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FTS_H
#define BL_FTS_H

#include "index/sqlite.h"
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/token.h"

/* A column's tokens as they go to FTS5, cut by any thread: for each a two-byte head (size << 1 | colocated)
 * and its bytes. Ranges are left out, since an index has no use for them. New; release with free(). */
typedef struct bl_prepared {
    unsigned char *bytes;
    size_t size;
    size_t text_size;   /* of the text that was cut */
    uint32_t positions; /* its length for ranking */
} bl_prepared;

void bl_prepare(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, const char *text, bl_prepared *out);

/* Title, body, furniture; the last does not rank. */
enum { BL_FTS_COLUMNS = 3, BL_FTS_RANKED = 2 };

/* The tokenizer of one connection. While `pending` holds prepared columns, the tokenizer hands those to FTS5
 * one after another instead of cutting the text it is given. */
typedef struct bl_fts {
    bl_cutter *cutter;
    bl_tokens tokens;
    const bl_prepared *pending[BL_FTS_COLUMNS];
    int pending_count, pending_next;
} bl_fts;

/* A phrase whose text starts with this byte is a list of finished tokens, each ended by it: how a query hands
 * over exactly the tokens it means. */
#define BL_FTS_TOKEN_END '\x02'

/* Stands behind the last token of each column, so that its place is the column's length: ranking finds
 * lengths beside the hits, by one list more, where a row of a table for each hit took longer than all the
 * rest. No text has it, since it is not UTF-8. */
#define BL_FTS_COLUMN_END "\xff"

/* Register the tokenizer "bulletin" with a connection; `fts` must outlive it. */
void bl_fts_register(bl_error *e, sqlite3 *sql, bl_fts *fts);
void bl_fts_free(bl_fts *fts);

/* FTS5's interface of this connection: `fts5_api *`, untyped so that only those who walk it include it. */
void *bl_fts_api(bl_error *e, sqlite3 *sql);

#endif
