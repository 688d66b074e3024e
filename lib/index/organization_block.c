/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* All organizations and the documents that name them to some blocks, so that very many are read at once. */
#include "organization_block.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/step.h"
#include "slot.h"
#include "sql.h"

/* Organizations of a block; documents of one that has too many for it: those have blocks of their own. */
enum { BLOCK = 4096, MOST_DOCS = 4096 };

/* Blocks are packed anew when so many organizations have changed or are new, and as many more as are this
 * share of all: to pack takes a twentieth of the time in which those were written, and to read so many by
 * rows as long as all blocks. */
enum { FEW = 1024, SHARE = 64 };

/* ---- reading ---- */

bl_organization_block bl_organization_block_read(sqlite3_stmt *row)
{
    const bl_organization_block block = { .first = sqlite3_column_int64(row, 0),
                                          .last = sqlite3_column_int64(row, 1),
                                          .docs = sqlite3_column_blob(row, 2),
                                          .doc_size = (size_t)sqlite3_column_bytes(row, 2),
                                          .keys = sqlite3_column_blob(row, 3),
                                          .key_size = (size_t)sqlite3_column_bytes(row, 3) };
    const bl_organization_block none = { .first = 1 };
    return block.first < 1 || block.first > block.last || block.last == INT64_MAX ? none : block;
}

void bl_organization_reader_open(bl_error *e, bl_database *db, bl_organization_reader *out)
{
    *out = (bl_organization_reader){
        .sql = db->sql,
        .rows =
            bl_sql_prepare(e, db->sql, "SELECT first, last, NULL, NULL FROM organization_block ORDER BY last")
    };
}

bool bl_organization_reader_next(bl_error *e, bl_organization_reader *r)
{
    if (!bl_sql_row(e, r->rows))
        return false;
    r->block = bl_organization_block_read(r->rows);
    return true;
}

/* What is neither text nor a blob has no bytes. */
static void read_bytes(bl_error *e, const bl_organization_reader *r, const char *column, sqlite3_blob **blob,
                       bl_buffer *out)
{
    const int64_t row = sqlite3_column_int64(r->rows, 1);
    bl_buffer_cut(out, 0);
    if (bl_failed(e))
        return;
    int code = *blob ? sqlite3_blob_reopen(*blob, row) : SQLITE_ABORT;
    if (code == SQLITE_ABORT) {
        sqlite3_blob_close(*blob);
        code = sqlite3_blob_open(r->sql, "main", "organization_block", column, row, 0, blob);
    }
    const int size = code == SQLITE_OK ? sqlite3_blob_bytes(*blob) : 0;
    if (!bl_buffer_reserve(out, (size_t)size))
        bl_fail_nomem(e);
    else if (size > 0)
        code = sqlite3_blob_read(*blob, out->data, size, 0);
    if (code == SQLITE_OK)
        out->size = (size_t)size;
    else if (code != SQLITE_ERROR)
        bl_sql_fail(e, r->sql, code);
}

void bl_organization_reader_keys(bl_error *e, bl_organization_reader *r)
{
    read_bytes(e, r, "keys", &r->keys, &r->key_bytes);
    r->block.keys = r->key_bytes.data;
    r->block.key_size = r->key_bytes.size;
}

void bl_organization_reader_docs(bl_error *e, bl_organization_reader *r)
{
    read_bytes(e, r, "docs", &r->docs, &r->doc_bytes);
    r->block.docs = (const unsigned char *)r->doc_bytes.data;
    r->block.doc_size = r->doc_bytes.size;
}

void bl_organization_reader_close(bl_organization_reader *r)
{
    sqlite3_finalize(r->rows);
    sqlite3_blob_close(r->keys);
    sqlite3_blob_close(r->docs);
    bl_buffer_free(&r->key_bytes);
    bl_buffer_free(&r->doc_bytes);
}

bool bl_organization_next(bl_organization_block *b, bl_organization_entry *entry)
{
    int64_t size;
    const size_t length = bl_step_get(b->docs, b->doc_size, &size);
    if (length == 0 || entry->id == b->last || (uint64_t)size > b->doc_size - length)
        return false;
    *entry = (bl_organization_entry){ entry->id + 1, b->docs + length, (size_t)size };
    b->docs = entry->docs + entry->size;
    b->doc_size -= length + entry->size;
    return true;
}

size_t bl_organization_docs(const bl_organization_entry *entry, int64_t *out)
{
    return bl_steps_get(entry->docs, entry->size, -1, BL_SLOT_END - 1, out);
}

static bool seek(bl_organization_block *block, bl_organization_entry *entry, int64_t id)
{
    while (entry->id < id)
        if (!bl_organization_next(block, entry))
            return false;
    return true;
}

bool bl_organization_ask(bl_organization_block block, const int64_t *ids, size_t count,
                         bl_organization_answer *out)
{
    bl_organization_entry entry = { .id = block.first - 1 };
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && ids[i] == ids[i - 1])
            continue;
        if (!seek(&block, &entry, ids[i]))
            return false;
        const size_t docs = bl_organization_docs(&entry, out->docs + out->doc_count);
        out->doc_count += docs;
        if (docs == 0)
            out->rest[out->rest_count++] = ids[i];
    }
    return seek(&block, &entry, block.last) && block.doc_size == 0;
}

/* ---- packing ---- */

/* Organizations and mentions are read side by side, both by the organization. */
typedef struct packer {
    sqlite3_stmt *organizations, *mentions, *insert;
    int64_t first, last; /* of the block */
    size_t count;
    bl_buffer keys, docs, steps;
    int64_t *list; /* of documents of one */
} packer;

static void open_packer(bl_error *e, bl_database *db, packer *p)
{
    *p =
        (packer){ .organizations = bl_sql_prepare(e, db->sql, "SELECT id, key FROM organization ORDER BY id"),
                  .mentions = bl_sql_prepare(
                      e, db->sql, "SELECT organization, doc FROM mention ORDER BY organization, doc"),
                  .insert = bl_sql_prepare(e, db->sql,
                                           "INSERT INTO organization_block(first, last, keys, docs)"
                                           " VALUES(?1, ?2, ?3, ?4)"),
                  .list = malloc(MOST_DOCS * sizeof *p->list) };
    if (!p->list)
        bl_fail_nomem(e);
}

static void close_packer(packer *p)
{
    sqlite3_finalize(p->organizations);
    sqlite3_finalize(p->mentions);
    sqlite3_finalize(p->insert);
    bl_buffer_free(&p->keys);
    bl_buffer_free(&p->docs);
    bl_buffer_free(&p->steps);
    free(p->list);
}

static void write_block(bl_error *e, packer *p)
{
    if (p->keys.failed || p->docs.failed || p->steps.failed)
        bl_fail_nomem(e);
    if (bl_failed(e) || p->count == 0)
        return;
    bl_sql_int(e, p->insert, 1, p->first);
    bl_sql_int(e, p->insert, 2, p->last);
    bl_sql_blob(e, p->insert, 3, p->keys.data, p->keys.size);
    bl_sql_blob(e, p->insert, 4, p->docs.data, p->docs.size);
    bl_sql_done(e, p->insert);
    bl_buffer_cut(&p->keys, 0);
    bl_buffer_cut(&p->docs, 0);
    p->count = 0;
}

/* The documents of an organization; *on says whether the row of mentions is one that was not taken yet. */
static size_t read_docs(bl_error *e, packer *p, int64_t organization, bool *on)
{
    size_t count = 0;
    while (*on && sqlite3_column_int64(p->mentions, 0) <= organization) {
        if (sqlite3_column_int64(p->mentions, 0) == organization && count++ < MOST_DOCS)
            p->list[count - 1] = sqlite3_column_int64(p->mentions, 1);
        *on = bl_sql_row(e, p->mentions);
    }
    return count;
}

static void put(packer *p, const char *key, size_t docs)
{
    bl_buffer_puts(&p->keys, key);
    bl_buffer_putc(&p->keys, '\0');
    bl_buffer_cut(&p->steps, 0);
    if (docs < MOST_DOCS)
        bl_steps_put(&p->steps, -1, p->list, docs);
    bl_step_put(&p->docs, (int64_t)p->steps.size);
    if (p->steps.size > 0)
        bl_buffer_append(&p->docs, p->steps.data, p->steps.size);
    p->last++;
    p->count++;
}

/* Ids that nobody has are few, or the next block starts behind them. */
static void put_organization(bl_error *e, packer *p, int64_t id, size_t docs)
{
    const char *key = (const char *)sqlite3_column_text(p->organizations, 1);
    if (p->count > 0 && (p->count >= BLOCK || id - p->last > BLOCK))
        write_block(e, p);
    if (p->count == 0) {
        p->first = id;
        p->last = id - 1;
    }
    while (p->last < id - 1)
        put(p, "", 0);
    put(p, key ? key : "", docs);
}

void bl_organization_pack(bl_error *e, bl_database *db)
{
    packer p;
    bl_sql_exec(e, db->sql, "DELETE FROM organization_block");
    bl_sql_exec(e, db->sql, "DELETE FROM organization_changed");
    open_packer(e, db, &p);
    bool on = bl_sql_row(e, p.mentions);
    while (bl_sql_row(e, p.organizations)) {
        const int64_t id = sqlite3_column_int64(p.organizations, 0);
        put_organization(e, &p, id, read_docs(e, &p, id, &on));
    }
    write_block(e, &p);
    close_packer(&p);
}

void bl_organization_settle(bl_error *e, bl_database *db)
{
    const int64_t last = bl_sql_get_int(e, db->sql, "SELECT coalesce(max(id), 0) FROM organization");
    const int64_t other =
        last - bl_sql_get_int(e, db->sql, "SELECT coalesce(max(last), 0) FROM organization_block") +
        bl_sql_get_int(e, db->sql, "SELECT count(*) FROM organization_changed");
    if (!bl_failed(e) && other >= FEW + last / SHARE)
        bl_organization_pack(e, db);
}

/* ---- comparing ---- */

static bool docs_are(bl_error *e, sqlite3_stmt *rows, const bl_organization_entry *entry)
{
    int64_t *docs = malloc((entry->size + 1) * sizeof *docs);
    size_t at = 0, count = docs ? bl_organization_docs(entry, docs) : 0;
    bool same = docs && count > 0;
    if (!docs)
        bl_fail_nomem(e);
    bl_sql_int(e, rows, 1, entry->id);
    while (same && bl_sql_row(e, rows)) {
        same = at < count && docs[at] == sqlite3_column_int64(rows, 0);
        at++;
    }
    if (rows)
        sqlite3_reset(rows);
    free(docs);
    return same && at == count;
}

/* What is compared with the blocks: organizations by id. */
typedef struct comparison {
    sqlite3_stmt *organizations; /* that did not change */
    bool on;                     /* it stands at a row */
    sqlite3_stmt *rows, *changed;
    int64_t wrong;
} comparison;

static bool is_changed(bl_error *e, sqlite3_stmt *changed, int64_t id)
{
    bl_sql_int(e, changed, 1, id);
    const bool found = bl_sql_row(e, changed);
    if (changed)
        sqlite3_reset(changed);
    return found;
}

static void compare_entry(bl_error *e, comparison *c, const bl_organization_entry *entry, const char *key)
{
    if (is_changed(e, c->changed, entry->id))
        return;
    while (c->on && sqlite3_column_int64(c->organizations, 0) < entry->id) {
        c->wrong++; /* in no block */
        c->on = bl_sql_row(e, c->organizations);
    }
    const bool there = c->on && sqlite3_column_int64(c->organizations, 0) == entry->id;
    const char *own = there ? (const char *)sqlite3_column_text(c->organizations, 1) : "";
    c->wrong += !own || strcmp(own, key) != 0 || (entry->size > 0 && !docs_are(e, c->rows, entry));
    if (there)
        c->on = bl_sql_row(e, c->organizations);
}

static void compare_block(bl_error *e, comparison *c, bl_organization_block block)
{
    const char *key = block.keys, *end = key ? key + block.key_size : NULL;
    bl_organization_entry entry = { .id = block.first - 1 };
    while (!bl_failed(e) && bl_organization_next(&block, &entry)) {
        const char *behind = key && key < end ? memchr(key, '\0', (size_t)(end - key)) : NULL;
        if (!behind) {
            c->wrong++;
            return;
        }
        compare_entry(e, c, &entry, key);
        key = behind + 1;
    }
    c->wrong += block.doc_size > 0 || key != end || entry.id != block.last;
}

int64_t bl_organization_blocks_differ(bl_error *e, bl_database *db)
{
    comparison c = {
        .organizations = bl_sql_prepare(e, db->sql,
                                        "SELECT id, key FROM organization WHERE id <= (SELECT max(last) FROM"
                                        " organization_block) AND id NOT IN (SELECT organization FROM"
                                        " organization_changed) ORDER BY id"),
        .rows = bl_sql_prepare(e, db->sql, "SELECT doc FROM mention WHERE organization = ?1 ORDER BY doc"),
        .changed = bl_sql_prepare(e, db->sql, "SELECT 1 FROM organization_changed WHERE organization = ?1")
    };
    sqlite3_stmt *blocks = bl_sql_prepare(e, db->sql, BL_ORGANIZATION_BLOCKS);
    c.on = bl_sql_row(e, c.organizations);
    while (bl_sql_row(e, blocks))
        compare_block(e, &c, bl_organization_block_read(blocks));
    for (; c.on; c.on = bl_sql_row(e, c.organizations))
        c.wrong++;
    sqlite3_finalize(blocks);
    sqlite3_finalize(c.organizations);
    sqlite3_finalize(c.rows);
    sqlite3_finalize(c.changed);
    return bl_failed(e) ? 0 : c.wrong;
}
