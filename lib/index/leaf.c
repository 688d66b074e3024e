/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Rows of FTS5's data table to its segments and their leaf pages. */
#include "leaf.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "sql.h"
#include "statement.h"

/* Rows of the data table: 31 bits of page, 5 of height, 1 for other kinds of page, then the segment. */
enum { PAGE_BITS = 37 };

/* ---- numbers ---- */

size_t bl_varint_long(const uint8_t *bytes, uint64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < 8; i++) {
        value = value << 7 | (bytes[i] & 0x7f);
        if (bytes[i] < 0x80) {
            *out = value;
            return i + 1;
        }
    }
    *out = value << 8 | bytes[8];
    return 9;
}

static size_t read16(const uint8_t *bytes)
{
    return (size_t)bytes[0] << 8 | bytes[1];
}

void bl_leaf_fail(bl_error *e)
{
    bl_fail(e, BULLETIN_CORRUPT, "the index is damaged; run \"bulletin check --repair\"");
}

/* ---- the index ---- */

/* The structure record: a cookie of 4 bytes, then levels of segments, oldest first in each, the newest level
 * first. */
static bool read_structure(bl_error *e, bl_index *index, const uint8_t *bytes, size_t size)
{
    const uint8_t *at = bytes + 4, *end = bytes + size;
    uint64_t levels, total, ignored, capacity = 0, count;
    if (size < 7 || *at == 0xff) /* a later form starts so */
        return false;
    at += bl_varint(at, &levels);
    at += bl_varint(at, &total);
    at += bl_varint(at, &ignored);
    index->segments = total < size ? calloc(total + 1, sizeof *index->segments) : NULL;
    if (!index->segments) {
        bl_fail_nomem(e);
        return false;
    }
    for (; levels > 0 && at < end; levels--) {
        at += bl_varint(at, &ignored);
        at += bl_varint(at, &count);
        if (count > total - capacity)
            return false;
        for (uint64_t i = count; i > 0 && at < end; i--) {
            uint64_t id, first, last;
            at += bl_varint(at, &id);
            at += bl_varint(at, &first);
            at += bl_varint(at, &last);
            index->segments[capacity + i - 1] = (bl_segment){ (int64_t)id, (int64_t)first, (int64_t)last };
        }
        capacity += count;
    }
    index->count = (size_t)capacity;
    return capacity == total && at == end;
}

bool bl_index_open(bl_error *e, bl_database *db, bl_index *out)
{
    *out = (bl_index){ .db = db };
    bool known = false;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_INDEX_STRUCTURE);
    if (!bl_sql_row(e, s))
        return false;
    uint8_t copy[4096 + BL_LEAF_MARGIN] = { 0 };
    size_t size = (size_t)sqlite3_column_bytes(s, 0);
    if (size <= sizeof copy - BL_LEAF_MARGIN) {
        memcpy(copy, sqlite3_column_blob(s, 0), size);
        known = read_structure(e, out, copy, size);
    }
    sqlite3_reset(s);
    return known && !bl_failed(e);
}

void bl_index_close(bl_index *index)
{
    sqlite3_blob_close(index->pages);
    free(index->segments);
    *index = (bl_index){ 0 };
}

static int64_t look_up(bl_error *e, bl_index *index, bl_statement which, const bl_segment *segment,
                       const uint8_t *term, size_t size, int64_t otherwise)
{
    sqlite3_stmt *s = bl_statement_get(e, index->db, which);
    bl_sql_int(e, s, 1, segment->id);
    bl_sql_blob(e, s, 2, term, size);
    int64_t page = otherwise;
    if (bl_sql_row(e, s)) {
        page = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    }
    return page < segment->first ? segment->first : page;
}

int64_t bl_leaf_find(bl_error *e, bl_index *index, const bl_segment *segment, const uint8_t *term,
                     size_t size)
{
    return look_up(e, index, BL_SQL_INDEX_PAGE, segment, term, size, segment->first);
}

int64_t bl_leaf_limit(bl_error *e, bl_index *index, const bl_segment *segment, const uint8_t *term,
                      size_t size)
{
    return look_up(e, index, BL_SQL_INDEX_LIMIT, segment, term, size, segment->last);
}

/* ---- pages ---- */

static bool open_page(bl_error *e, bl_index *index, int64_t row)
{
    int code = index->pages ? sqlite3_blob_reopen(index->pages, row) : SQLITE_ABORT;
    if (code == SQLITE_ABORT) {
        sqlite3_blob_close(index->pages);
        index->pages = NULL;
        code = sqlite3_blob_open(index->db->sql, "main", "bulletin_fts_data", "block", row, 0, &index->pages);
    }
    if (code != SQLITE_OK)
        bl_sql_fail(e, index->db->sql, code);
    return code == SQLITE_OK;
}

bool bl_leaf_load(bl_error *e, bl_index *index, const bl_segment *segment, int64_t number, bl_leaf_page *leaf)
{
    if (bl_failed(e) || !open_page(e, index, (segment->id << PAGE_BITS) + number))
        return false;
    size_t size = (size_t)sqlite3_blob_bytes(index->pages);
    if (!bl_grow(&leaf->bytes, &leaf->capacity, size + BL_LEAF_MARGIN, 1)) {
        bl_fail_nomem(e);
        return false;
    }
    int code = sqlite3_blob_read(index->pages, leaf->bytes, (int)size, 0);
    memset(leaf->bytes + size, 0, BL_LEAF_MARGIN);
    if (code != SQLITE_OK)
        bl_sql_fail(e, index->db->sql, code);
    leaf->number = number;
    leaf->size = size;
    leaf->first_row = read16(leaf->bytes);
    leaf->end = read16(leaf->bytes + 2);
    uint64_t first = 0;
    if (size < 4 || leaf->end > size || leaf->first_row > leaf->end)
        bl_leaf_fail(e);
    else if (leaf->end < size)
        bl_varint(leaf->bytes + leaf->end, &first);
    leaf->first_term = (size_t)first;
    if (leaf->first_term > leaf->end)
        bl_leaf_fail(e);
    return !bl_failed(e);
}
