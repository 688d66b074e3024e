/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Parts of names to organizations, and these to documents, by reading packed blocks instead of rows. */
#include "packed.h"

#include <string.h>

#include "base/buffer.h"
#include "index/mention.h"
#include "index/organization_block.h"
#include "index/sql.h"

/* ---- which organizations ---- */

typedef struct scan {
    bl_docs *out;
    const char *part;
    size_t part_size;
    bl_docs changed;
    sqlite3_stmt *rows; /* of ids from ?3 to ?4 */
} scan;

/* Eight bytes at once: a bit is left where a byte is 0 (Warren, Hacker's Delight, 6-1). */
static size_t count_ends(const char *from, const char *to)
{
    const uint64_t low = 0x7F7F7F7F7F7F7F7F;
    size_t count = 0;
    for (uint64_t bytes; to - from >= (ptrdiff_t)sizeof bytes; from += sizeof bytes) {
        memcpy(&bytes, from, sizeof bytes);
        count += (size_t)((~(((bytes & low) + low) | bytes | low) >> 7) * 0x0101010101010101 >> 56);
    }
    for (; from < to; from++)
        count += *from == '\0';
    return count;
}

/* As memmem(), by the last byte: of characters of one script the first byte is mostly the same. */
static const char *find_part(const char *at, const char *end, const char *part, size_t size)
{
    const char last = part[size - 1];
    for (const char *from = at + size - 1; from < end; from++) {
        from = memchr(from, last, (size_t)(end - from));
        if (!from)
            return NULL;
        if (memcmp(from + 1 - size, part, size) == 0)
            return from + 1 - size;
    }
    return NULL;
}

/* The key around a place. */
static const char *start_of_key(const char *keys, const char *at)
{
    while (at > keys && at[-1] != '\0')
        at--;
    return at;
}

/* Whether it is a name, and the part stands behind its mark. */
static bool is_name(const char *key, const char *at)
{
    enum { MARK = sizeof BL_KEY_BODY - 1 };
    return memcmp(key, BL_KEY_BODY, MARK) != 0 && at >= key + MARK;
}

/* False when the block is none that this library writes. */
static bool scan_block(bl_error *e, scan *s, const bl_organization_block *block)
{
    const char *const end = block->keys + block->key_size, *counted = block->keys, *found;
    int64_t id = block->first; /* of the key at `counted` */
    if (block->key_size == 0 || end[-1] != '\0')
        return false;
    for (const char *at = block->keys; (found = find_part(at, end, s->part, s->part_size)) != NULL;) {
        const char *key = start_of_key(block->keys, found);
        id += (int64_t)count_ends(counted, key);
        counted = key;
        if (!is_name(key, found)) {
            at = found + 1;
            continue;
        }
        if (!bl_docs_hold(&s->changed, id))
            bl_docs_append(e, s->out, id);
        at = found + strlen(found);
    }
    return id + (int64_t)count_ends(counted, end) == block->last + 1;
}

static void scan_rows(bl_error *e, const scan *s, int64_t first, int64_t last)
{
    if (first > last)
        return;
    bl_sql_int(e, s->rows, 3, first);
    bl_sql_int(e, s->rows, 4, last);
    bl_docs_run(e, s->rows);
}

static void scan_changed(bl_error *e, bl_database *db, const scan *s)
{
    sqlite3_stmt *rows = bl_docs_prepare(
        e, db, s->out,
        "SELECT bl_collect_with(?1, ?2, o.id, o.key) FROM organization_changed c JOIN organization o"
        " ON o.id = c.organization WHERE o.key > 'b'");
    bl_sql_text(e, rows, 2, s->part);
    bl_docs_run(e, rows);
    sqlite3_finalize(rows);
}

void bl_packed_with(bl_error *e, bl_database *db, const char *part, bl_docs *out)
{
    scan s = { .out = out, .part = part, .part_size = strlen(part) };
    int64_t next = 1;
    bl_docs_read(e, &s.changed, bl_sql_prepare(e, db->sql, BL_ORGANIZATIONS_CHANGED));
    s.rows = bl_docs_prepare(e, db, out,
                             "SELECT bl_collect_with(?1, ?2, id, key) FROM organization"
                             " WHERE id BETWEEN ?3 AND ?4 AND key > 'b'");
    bl_sql_text(e, s.rows, 2, part);
    sqlite3_stmt *blocks = bl_sql_prepare(e, db->sql, BL_ORGANIZATION_BLOCKS);
    while (bl_sql_row(e, blocks)) {
        const bl_organization_block block = bl_organization_block_read(blocks);
        const size_t before = out->count;
        if (block.first < next || !scan_block(e, &s, &block)) {
            out->count = before;
            continue;
        }
        scan_rows(e, &s, next, block.first - 1);
        next = block.last + 1;
    }
    scan_rows(e, &s, next, INT64_MAX);
    if (s.changed.count > 0)
        scan_changed(e, db, &s);
    sqlite3_finalize(blocks);
    sqlite3_finalize(s.rows);
    bl_docs_free(&s.changed);
}

/* ---- their documents ---- */

/* False where the rows are to be read. */
static bool take_docs(bl_error *e, const bl_organization_entry *entry, bl_docs *out)
{
    if (entry->size == 0)
        return false;
    if (!bl_grow(&out->list, &out->capacity, out->count + entry->size, sizeof *out->list)) {
        bl_fail_nomem(e);
        return false;
    }
    const size_t count = bl_organization_docs(entry, out->list + out->count);
    out->count += count;
    return count > 0;
}

/* The documents of those of the ids that the block holds; those that it does not tell go to the rest. False
 * when it is none that this library writes. */
static bool read_block(bl_error *e, bl_organization_block block, bl_docs *changed, const int64_t *ids,
                       size_t count, bl_docs *out, bl_docs *rest)
{
    bl_organization_entry entry = { .id = block.first - 1 };
    size_t at = 0;
    while (bl_organization_next(&block, &entry) && !bl_failed(e)) {
        if (at == count || entry.id != ids[at])
            continue;
        if (bl_docs_hold(changed, ids[at]) || !take_docs(e, &entry, out))
            bl_docs_append(e, rest, ids[at]);
        at++;
    }
    return at == count && entry.id == block.last && block.doc_size == 0;
}

/* As read_block(), but what a wrong block says is not taken. */
static void read_right_block(bl_error *e, const bl_organization_block *block, bl_docs *changed,
                             const int64_t *ids, size_t count, bl_docs *out, bl_docs *rest)
{
    const size_t docs_before = out->count, rest_before = rest->count;
    if (read_block(e, *block, changed, ids, count, out, rest))
        return;
    out->count = docs_before;
    rest->count = rest_before;
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        bl_docs_append(e, rest, ids[i]);
}

void bl_packed_docs(bl_error *e, bl_database *db, const int64_t *ids, size_t count, bl_docs *out,
                    bl_docs *rest)
{
    enum { FEW = 32 }; /* whose rows are read sooner */
    bl_docs changed = { 0 };
    size_t at = 0;
    sqlite3_stmt *blocks = count > FEW ? bl_sql_prepare(e, db->sql, BL_ORGANIZATION_BLOCKS) : NULL;
    if (blocks)
        bl_docs_read(e, &changed, bl_sql_prepare(e, db->sql, BL_ORGANIZATIONS_CHANGED));
    while (blocks && at < count && bl_sql_row(e, blocks)) {
        const bl_organization_block block = bl_organization_block_read(blocks);
        for (; at < count && ids[at] < block.first; at++)
            bl_docs_append(e, rest, ids[at]);
        size_t here = 0;
        while (at + here < count && ids[at + here] <= block.last)
            here++;
        if (here > 0)
            read_right_block(e, &block, &changed, ids + at, here, out, rest);
        at += here;
    }
    for (; at < count && !bl_failed(e); at++)
        bl_docs_append(e, rest, ids[at]);
    sqlite3_finalize(blocks);
    bl_docs_free(&changed);
}
