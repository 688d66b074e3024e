/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FTS_H
#define BL_FTS_H

#include "index/sqlite.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/token.h"

/* A column's tokens as they go to FTS5, cut by any thread. Ranges are left out, since an index has no use for
 * them. New; release with free().
 *
 * A token is a two-byte head (size << 1 | colocated) and its bytes. What would take each character twice
 * stands as a run: BL_PREPARED_RUN for a head, two bytes of size, then characters; each with the one after it
 * is a token, and the last alone. So a text takes its own size and little more until it is written. */
typedef struct bl_prepared {
    unsigned char *bytes;
    size_t size;
    size_t token_size;  /* what its tokens would take one by one */
    size_t text_size;   /* of the text that was cut */
    uint32_t positions; /* its length for ranking */
} bl_prepared;
enum { BL_PREPARED_RUN = 1 };

/* A walk over them; start from bl_prepared_begin(). */
typedef struct bl_prepared_walk {
    const unsigned char *at, *end, *run_end;
    const unsigned char *token; /* the one that bl_prepared_next() came to */
    size_t size;
    bool colocated;
} bl_prepared_walk;

static inline bl_prepared_walk bl_prepared_begin(const bl_prepared *list)
{
    return (bl_prepared_walk){ .at = list->bytes, .end = list->bytes + list->size, .run_end = list->bytes };
}

/* Bytes of a character of UTF-8 by its first. */
static inline size_t bl_character_size(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* False behind the last. */
static inline bool bl_prepared_next(bl_prepared_walk *w)
{
    w->token = w->at;
    if (w->at < w->run_end) {
        const size_t first = bl_character_size(*w->at), rest = (size_t)(w->run_end - w->at);
        w->size = first < rest ? first + bl_character_size(w->at[first]) : first;
        w->at += first;
        return true;
    }
    if (w->at == w->end)
        return false;
    const unsigned head = w->at[0] | (unsigned)w->at[1] << 8;
    if (head == BL_PREPARED_RUN) {
        const size_t size = w->at[2] | (size_t)w->at[3] << 8;
        w->at += 4;
        w->run_end = w->at + size;
        w->colocated = false;
        return bl_prepared_next(w);
    }
    w->token += 2;
    w->size = head >> 1;
    w->colocated = head & 1;
    w->at += 2 + w->size;
    return true;
}

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
