/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The many documents that name one organization to blocks of a few bytes each, and back. */
#include "mention_block.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/step.h"
#include "organization_block.h"
#include "slot.h"
#include "sql.h"

/* Documents of a block as it is packed first; fewer than the least are no block, for so few rows are read at
 * once. */
enum { BLOCK_DOCS = 4096, LEAST_DOCS = 256 };

/* What is in no block is packed when so many bulletins were written, and as many more as are this share of
 * the archive: to read all mentions takes a thousandth of the time in which those were written. */
enum { FEW = 1024, SHARE = 4 };

#define UNPACKED "unpacked"

/* ---- one block ---- */

bl_mention_block bl_mention_block_read(sqlite3_stmt *row)
{
    return (bl_mention_block){ .first = sqlite3_column_int64(row, 1),
                               .last = sqlite3_column_int64(row, 2),
                               .bytes = sqlite3_column_blob(row, 3),
                               .size = (size_t)sqlite3_column_bytes(row, 3) };
}

size_t bl_mention_block_unpack(const bl_mention_block *block, int64_t *out)
{
    if (block->first < 0 || block->first > block->last || block->last >= BL_SLOT_END)
        return 0;
    out[0] = block->first;
    const size_t more = bl_steps_get(block->bytes, block->size, block->first, block->last, out + 1);
    return (more > 0 || block->size == 0) && out[more] == block->last ? more + 1 : 0;
}

/* ---- packing ---- */

/* Blocks are written as their rows are read; the last may be as large as two. */
typedef struct packer {
    bl_database *db;
    sqlite3_stmt *rows, *insert;
    int64_t *docs;
    size_t count;
    bl_buffer bytes;
} packer;

static void open_packer(bl_error *e, bl_database *db, packer *p)
{
    *p = (packer){
        .db = db,
        .rows = bl_sql_prepare(
            e, db->sql,
            "SELECT doc FROM mention WHERE organization = ?1 AND doc BETWEEN ?2 AND ?3 ORDER BY doc"),
        .insert = bl_sql_prepare(
            e, db->sql, "INSERT INTO mention_block(organization, last, first, docs) VALUES(?1, ?2, ?3, ?4)"),
        .docs = malloc(2 * BLOCK_DOCS * sizeof *p->docs),
    };
    if (!p->docs)
        bl_fail_nomem(e);
}

static void close_packer(packer *p)
{
    sqlite3_finalize(p->rows);
    sqlite3_finalize(p->insert);
    free(p->docs);
    bl_buffer_free(&p->bytes);
}

/* The first documents become a block. */
static void write_block(bl_error *e, packer *p, int64_t organization, size_t count)
{
    bl_buffer_cut(&p->bytes, 0);
    bl_buffer_reserve(&p->bytes, 1); /* no bytes are not NULL */
    bl_steps_put(&p->bytes, p->docs[0], p->docs + 1, count - 1);
    if (p->bytes.failed)
        bl_fail_nomem(e);
    bl_sql_int(e, p->insert, 1, organization);
    bl_sql_int(e, p->insert, 2, p->docs[count - 1]);
    bl_sql_int(e, p->insert, 3, p->docs[0]);
    bl_sql_blob(e, p->insert, 4, p->bytes.data, p->bytes.size);
    bl_sql_done(e, p->insert);
    p->count -= count;
    memmove(p->docs, p->docs + count, p->count * sizeof *p->docs);
}

static void pack_range(bl_error *e, packer *p, int64_t organization, int64_t first, int64_t last)
{
    p->count = 0;
    bl_sql_int(e, p->rows, 1, organization);
    bl_sql_int(e, p->rows, 2, first);
    bl_sql_int(e, p->rows, 3, last);
    while (bl_sql_row(e, p->rows)) {
        if (p->count == 2 * BLOCK_DOCS)
            write_block(e, p, organization, BLOCK_DOCS);
        p->docs[p->count++] = sqlite3_column_int64(p->rows, 0);
    }
    if (p->count >= LEAST_DOCS && !bl_failed(e))
        write_block(e, p, organization, p->count);
}

void bl_mention_pack(bl_error *e, bl_database *db)
{
    packer p;
    open_packer(e, db, &p);
    bl_sql_exec(e, db->sql, "DELETE FROM mention_block");
    sqlite3_stmt *s = bl_sql_prepare(
        e, db->sql, "SELECT organization FROM mention GROUP BY organization HAVING count(*) >= ?1");
    bl_sql_int(e, s, 1, LEAST_DOCS);
    while (bl_sql_row(e, s))
        pack_range(e, &p, sqlite3_column_int64(s, 0), 0, INT64_MAX);
    sqlite3_finalize(s);
    close_packer(&p);
}

/* Blocks whose rows changed. */
typedef struct range {
    int64_t organization, first, last;
} range;

static range *read_changed(bl_error *e, bl_database *db, size_t *count)
{
    range *list = NULL;
    size_t capacity = 0;
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql, "SELECT organization, first, last FROM mention_block WHERE docs IS NULL");
    *count = 0;
    while (bl_sql_row(e, s)) {
        if (bl_grow(&list, &capacity, *count + 1, sizeof *list))
            list[(*count)++] =
                (range){ sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2) };
        else
            bl_fail_nomem(e);
    }
    sqlite3_finalize(s);
    return list;
}

static void pack_changed(bl_error *e, bl_database *db)
{
    packer p;
    size_t count;
    range *list = read_changed(e, db, &count);
    if (count > 0 && !bl_failed(e)) {
        bl_sql_exec(e, db->sql, "DELETE FROM mention_block WHERE docs IS NULL");
        open_packer(e, db, &p);
        for (size_t i = 0; i < count && !bl_failed(e); i++)
            pack_range(e, &p, list[i].organization, list[i].first, list[i].last);
        close_packer(&p);
    }
    free(list);
}

static uint64_t meta_number(bl_error *e, bl_database *db, const char *name)
{
    char *text = bl_database_meta(e, db, name);
    const uint64_t number = text ? strtoull(text, NULL, 10) & UINT32_MAX : 0;
    free(text);
    return number;
}

void bl_mention_wrote(bl_error *e, bl_database *db, size_t count)
{
    char now[24];
    const uint64_t unpacked = meta_number(e, db, UNPACKED) + count;
    const bool due = unpacked >= FEW + meta_number(e, db, "bulletins") / SHARE;
    if (due)
        bl_mention_pack(e, db);
    else
        pack_changed(e, db);
    snprintf(now, sizeof now, "%" PRIu64, due ? 0 : unpacked);
    bl_database_set_meta(e, db, UNPACKED, now);
    if (!db->bulk)
        bl_organization_settle(e, db);
}

void bl_mention_finish(bl_error *e, bl_database *db)
{
    bl_database_begin(e, db);
    bl_organization_settle(e, db);
    bl_database_end(e, db);
}

/* ---- comparing ---- */

static bool rows_are(bl_error *e, sqlite3_stmt *rows, int64_t organization, const bl_mention_block *block,
                     const int64_t *docs, size_t count)
{
    size_t at = 0;
    bool same = count > 0;
    bl_sql_int(e, rows, 1, organization);
    bl_sql_int(e, rows, 2, block->first);
    bl_sql_int(e, rows, 3, block->last);
    while (same && bl_sql_row(e, rows)) {
        same = at < count && docs[at] == sqlite3_column_int64(rows, 0);
        at++;
    }
    if (rows)
        sqlite3_reset(rows);
    return same && at == count;
}

static bool block_is_right(bl_error *e, sqlite3_stmt *rows, sqlite3_stmt *row)
{
    const bl_mention_block block = bl_mention_block_read(row);
    int64_t *docs = malloc((block.size + 1) * sizeof *docs);
    if (!docs) {
        bl_fail_nomem(e);
        return false;
    }
    const size_t count = bl_mention_block_unpack(&block, docs);
    const bool right = rows_are(e, rows, sqlite3_column_int64(row, 0), &block, docs, count);
    free(docs);
    return right;
}

int64_t bl_mention_blocks_differ(bl_error *e, bl_database *db)
{
    int64_t wrong = 0;
    sqlite3_stmt *rows = bl_sql_prepare(
        e, db->sql, "SELECT doc FROM mention WHERE organization = ?1 AND doc BETWEEN ?2 AND ?3 ORDER BY doc");
    sqlite3_stmt *blocks = bl_sql_prepare(
        e, db->sql, "SELECT organization, first, last, docs FROM mention_block WHERE docs IS NOT NULL");
    while (bl_sql_row(e, blocks))
        wrong += !block_is_right(e, rows, blocks);
    sqlite3_finalize(blocks);
    sqlite3_finalize(rows);
    return bl_failed(e) ? 0 : wrong;
}
