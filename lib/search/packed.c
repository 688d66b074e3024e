/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Parts of names to organizations, and these to documents, by reading packed blocks instead of rows. */
#include "packed.h"

#include <string.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "index/mention.h"
#include "index/organization_block.h"
#include "index/sql.h"

/* One reading of all blocks. */
typedef struct pass {
    const char *part; /* of names; NULL = of none */
    size_t part_size;
    const int64_t *ids; /* of organizations that are asked for beside, ascending */
    size_t count, at;
    bl_docs *docs; /* of all of them; NULL = not asked for */
    bl_docs *rest; /* organizations whose rows are to be read, or all if no documents are asked for */
    bool any;      /* names hold the part */

    bl_docs changed; /* organizations that are not as their blocks say */
    bl_docs found;   /* those of a block that are asked for, or whose names hold the part; ascending */
    bl_organization_reader blocks;
    sqlite3_stmt *rows; /* adds to the rest those of ids from ?3 to ?4 whose names hold the part */
} pass;

/* ---- which organizations ---- */

/* Whether it is a name, and the part stands behind its mark. */
static bool is_name(const char *key, const char *at)
{
    enum { MARK = sizeof BL_KEY_BODY - 1 };
    return memcmp(key, BL_KEY_BODY, MARK) != 0 && at >= key + MARK;
}

/* Those whose names hold the part. False when the keys are none that this library writes. */
static bool find_names(bl_error *e, pass *p, const bl_organization_block *block)
{
    if (block->key_size == 0 || block->keys[block->key_size - 1] != '\0')
        return false;
    bl_bytes_search places = bl_bytes_search_of(block->keys, block->key_size, p->part, p->part_size);
    for (int64_t id, taken = 0; bl_bytes_search_next(&places);) {
        id = block->first + (int64_t)places.zeros;
        if (id == taken || !is_name(bl_bytes_start(block->keys, places.place), places.place))
            continue;
        taken = id;
        if (p->changed.count > 0 && bl_docs_hold(&p->changed, id))
            continue;
        if (p->found.count < p->found.capacity) /* mostly, and without a call */
            p->found.list[p->found.count++] = id;
        else
            bl_docs_append(e, &p->found, id);
    }
    return block->first + (int64_t)places.zeros == block->last + 1;
}

/* Those whose rows are read because no block tells of them. */
static void find_rows(bl_error *e, pass *p, sqlite3_stmt *rows)
{
    const size_t before = p->rest->count;
    bl_docs_run(e, rows);
    p->any = p->any || p->rest->count > before;
}

static void find_rows_between(bl_error *e, pass *p, int64_t first, int64_t last)
{
    if (!p->part || first > last)
        return;
    bl_sql_int(e, p->rows, 3, first);
    bl_sql_int(e, p->rows, 4, last);
    find_rows(e, p, p->rows);
}

static void find_changed(bl_error *e, bl_database *db, pass *p)
{
    if (!p->part || p->changed.count == 0)
        return;
    /* CROSS, or SQLite asks all organizations, in the order of their keys, whether they have changed. */
    sqlite3_stmt *rows = bl_docs_prepare(
        e, db, p->rest,
        "SELECT bl_collect_with(?1, ?2, o.id, o.key) FROM organization_changed c CROSS JOIN organization o"
        " ON o.id = c.organization WHERE o.key > 'b'");
    bl_sql_text(e, rows, 2, p->part);
    find_rows(e, p, rows);
    sqlite3_finalize(rows);
}

/* ---- those that are asked for ---- */

/* Up to the last of a block, to those that were found in it. */
static void join_asked(bl_error *e, pass *p, int64_t last)
{
    bl_docs *found = &p->found;
    size_t left = found->count, end = p->at;
    while (end < p->count && p->ids[end] <= last)
        end++;
    const size_t asked = end - p->at;
    if (!bl_grow(&found->list, &found->capacity, left + asked, sizeof *found->list)) {
        bl_fail_nomem(e);
        return;
    }
    found->count += asked;
    for (size_t at = found->count; end > p->at;)
        found->list[--at] =
            left > 0 && found->list[left - 1] > p->ids[end - 1] ? found->list[--left] : p->ids[--end];
    p->at += asked;
}

static void leave_asked(bl_error *e, pass *p, int64_t last)
{
    for (; p->at < p->count && p->ids[p->at] <= last && !bl_failed(e); p->at++)
        bl_docs_append(e, p->rest, p->ids[p->at]);
}

/* Of those joined, the ones of which the block is no longer true. */
static void leave_changed(bl_error *e, pass *p)
{
    size_t kept = 0;
    for (size_t i = 0; p->changed.count > 0 && i < p->found.count; i++)
        if (bl_docs_hold(&p->changed, p->found.list[i]))
            bl_docs_append(e, p->rest, p->found.list[i]);
        else
            p->found.list[kept++] = p->found.list[i];
    if (p->changed.count > 0)
        p->found.count = kept;
}

static void leave_found(bl_error *e, pass *p)
{
    for (size_t i = 0; i < p->found.count && !bl_failed(e); i++)
        bl_docs_append(e, p->rest, p->found.list[i]);
}

/* ---- their documents ---- */

/* Those of all found; what a wrong block tells is not taken, for its rows are there. */
static void read_block(bl_error *e, pass *p)
{
    bl_docs *docs = p->docs, *rest = p->rest;
    const bl_docs *found = &p->found;
    bl_organization_reader_docs(e, &p->blocks);
    if (bl_failed(e) || p->blocks.block.doc_size == 0) {
        leave_found(e, p);
        return;
    }
    if (!bl_grow(&docs->list, &docs->capacity, docs->count + p->blocks.block.doc_size, sizeof *docs->list) ||
        !bl_grow(&rest->list, &rest->capacity, rest->count + found->count, sizeof *rest->list)) {
        bl_fail_nomem(e);
        return;
    }
    bl_organization_answer answer = { .docs = docs->list + docs->count, .rest = rest->list + rest->count };
    if (bl_organization_ask(p->blocks.block, found->list, found->count, &answer)) {
        docs->count += answer.doc_count;
        rest->count += answer.rest_count;
    } else {
        leave_found(e, p);
    }
}

/* ---- all blocks ---- */

static bool take_block(bl_error *e, pass *p)
{
    const bl_organization_block *block = &p->blocks.block;
    p->found.count = 0;
    if (p->part) {
        bl_organization_reader_keys(e, &p->blocks);
        if (!find_names(e, p, block))
            return false;
    }
    p->any = p->any || p->found.count > 0;
    leave_asked(e, p, block->first - 1);
    join_asked(e, p, block->last);
    leave_changed(e, p);
    if (!p->docs)
        leave_found(e, p);
    else if (p->found.count > 0)
        read_block(e, p);
    return true;
}

static void take_blocks(bl_error *e, bl_database *db, pass *p)
{
    int64_t next = 1;
    bl_docs_read(e, &p->changed, bl_sql_prepare(e, db->sql, BL_ORGANIZATIONS_CHANGED));
    bl_organization_reader_open(e, db, &p->blocks);
    while ((p->part || p->at < p->count) && bl_organization_reader_next(e, &p->blocks)) {
        const bl_organization_block *block = &p->blocks.block;
        if (block->first < next || !take_block(e, p))
            continue;
        find_rows_between(e, p, next, block->first - 1);
        next = block->last + 1;
    }
    find_rows_between(e, p, next, INT64_MAX);
    find_changed(e, db, p);
    bl_organization_reader_close(&p->blocks);
}

static void run(bl_error *e, bl_database *db, pass *p)
{
    enum { FEW = 32 }; /* whose rows are read sooner */
    if (p->part) {
        p->part_size = strlen(p->part);
        p->rows = bl_docs_prepare(e, db, p->rest,
                                  "SELECT bl_collect_with(?1, ?2, id, key) FROM organization"
                                  " WHERE id BETWEEN ?3 AND ?4 AND key > 'b'");
        bl_sql_text(e, p->rows, 2, p->part);
    }
    if (p->part || p->count > FEW)
        take_blocks(e, db, p);
    leave_asked(e, p, INT64_MAX);
    sqlite3_finalize(p->rows);
    bl_docs_free(&p->changed);
    bl_docs_free(&p->found);
}

void bl_packed_with(bl_error *e, bl_database *db, const char *part, bl_docs *out)
{
    pass p = { .part = part, .rest = out };
    run(e, db, &p);
}

bool bl_packed_docs(bl_error *e, bl_database *db, const char *part, const int64_t *ids, size_t count,
                    bl_docs *out, bl_docs *rest)
{
    pass p = { .part = part, .ids = ids, .count = count, .docs = out, .rest = rest };
    run(e, db, &p);
    return p.any;
}
