/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A name of an organization to the bulletins that name it, under whichever of its names. */
#include "named.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/mention.h"
#include "index/mention_block.h"
#include "index/sql.h"
#include "packed.h"
#include "page/authority.h"

typedef struct naming {
    bl_database *db;
    bl_rows *out;
    sqlite3_stmt *row;
    bool current; /* no bulletin was looked through by other names */
    char *taken;  /* of each body: whether its rows are there already */
    char *part;   /* what other names are to hold, folded; NULL = nothing */
    bl_buffer key;
    bl_folded folded;
} naming;

/* ---- rows ---- */

static void add_row(bl_error *e, bl_rows *rows, int64_t id)
{
    if (!bl_failed(e) && !bl_grow(&rows->list, &rows->capacity, rows->count + 1, sizeof *rows->list))
        bl_fail_nomem(e);
    if (!bl_failed(e))
        rows->list[rows->count++] = id;
}

static void sort_rows(bl_rows *rows)
{
    bl_docs numbers = { rows->list, rows->count, rows->capacity, 0 };
    bl_docs_sort(&numbers);
    rows->count = numbers.count;
}

void bl_rows_free(bl_rows *rows)
{
    free(rows->list);
    *rows = (bl_rows){ 0 };
}

static bool take_key(bl_error *e, naming *n, const char *mark, const char *text)
{
    bl_buffer_cut(&n->key, 0);
    bl_buffer_puts(&n->key, mark);
    bl_buffer_puts(&n->key, text);
    if (n->key.failed)
        bl_fail_nomem(e);
    bl_sql_text(e, n->row, 1, n->key.data);
    bool found = bl_sql_row(e, n->row);
    if (!found)
        return false;
    add_row(e, n->out, sqlite3_column_int64(n->row, 0));
    sqlite3_reset(n->row);
    return true;
}

/* ---- bodies ---- */

/* A body's own row, and those of its names that were taken for others before the authority knew them. */
static void take_body(bl_error *e, naming *n, int32_t body)
{
    const bl_authority *a = n->db->authority;
    if (n->taken[body] || bl_failed(e))
        return;
    n->taken[body] = 1;
    take_key(e, n, BL_KEY_BODY, a->bodies[body].id);
    for (int32_t i = n->current ? -1 : a->bodies[body].first_name; i >= 0 && !bl_failed(e);
         i = a->names[i].next_of_body) {
        if (a->names[i].relative || *a->names[i].when)
            continue;
        bl_fold(e, a->names[i].text, strlen(a->names[i].text), &n->folded);
        if (!bl_failed(e))
            take_key(e, n, BL_KEY_NAME, n->folded.text);
    }
}

/* Whether `from` leads to a body that is taken, by parents or by successors. */
static bool leads_to_taken(const naming *n, int32_t from, bulletin_scope scope)
{
    const bl_authority *a = n->db->authority;
    for (size_t steps = 0; from >= 0 && steps <= a->body_count; steps++) {
        if (n->taken[from])
            return true;
        const bl_body *body = &a->bodies[from];
        const char *id = scope == BULLETIN_SCOPE_UNDER ? body->parent : body->successor;
        from = *id ? bl_authority_body(a, id) : -1;
    }
    return false;
}

static void take_scope(bl_error *e, naming *n, bulletin_scope scope)
{
    const bl_authority *a = n->db->authority;
    char *own = malloc(a->body_count + 1);
    if (!own)
        bl_fail_nomem(e);
    for (size_t i = 0; i < a->body_count && !bl_failed(e); i++)
        own[i] = leads_to_taken(n, (int32_t)i, scope);
    for (size_t i = 0; i < a->body_count && !bl_failed(e); i++)
        if (own[i])
            take_body(e, n, (int32_t)i);
    free(own);
}

/* The bodies that have a name of these letters, either without or with a condition. */
static bool take_same(bl_error *e, naming *n, int32_t i, bool conditional)
{
    const bl_authority *a = n->db->authority;
    bool any = false;
    for (; i >= 0 && !bl_failed(e); i = a->names[i].next_same)
        if (!a->names[i].relative && (*a->names[i].when != '\0') == conditional) {
            take_body(e, n, a->names[i].body);
            any = true;
        }
    return any;
}

static bool take_whole(bl_error *e, naming *n, const char *name)
{
    const bl_authority *a = n->db->authority;
    int32_t first = bl_authority_find(e, a, name, strlen(name));
    /* Bodies that need something else to be meant are meant where no other is. */
    bool whole = take_same(e, n, first, false) || take_same(e, n, first, true);
    int32_t id = whole ? -1 : bl_authority_body(a, name);
    if (id >= 0) {
        take_body(e, n, id);
        return true;
    }
    bl_fold(e, name, strlen(name), &n->folded);
    return !bl_failed(e) && (take_key(e, n, BL_KEY_NAME, n->folded.text) || whole);
}

/* ---- parts of names ---- */

/* What names may hold: its folded text, and the codes of that. */
typedef struct name_part {
    const char *text;
    const bl_glyph *glyphs;
    size_t count;
    bool ascii;
} name_part;

static bool codes_hold(const uint32_t *codes, size_t count, const name_part *part)
{
    for (size_t at = 0; at + part->count <= count; at++) {
        size_t i = 0;
        while (i < part->count && codes[at + i] == part->glyphs[i].code)
            i++;
        if (i == part->count)
            return true;
    }
    return false;
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

/* Folding a name whole is the last resort, for thousands are asked. */
static bool name_holds(bl_error *e, naming *n, const char *name, const name_part *part)
{
    enum { LONGEST = 192 };
    uint32_t codes[LONGEST];
    if (!part->ascii && is_ascii(name))
        return false;
    const size_t size = strlen(name);
    const size_t count = size <= LONGEST ? bl_fold_plain(name, size, codes) : 0;
    if (count > 0)
        return codes_hold(codes, count, part);
    bl_fold(e, name, size, &n->folded);
    return !bl_failed(e) && strstr(n->folded.text, part->text);
}

static void take_bodies_with(bl_error *e, naming *n, const name_part *part)
{
    const bl_authority *a = n->db->authority;
    for (size_t i = 0; i < a->name_count && !bl_failed(e); i++)
        if (!n->taken[a->names[i].body] && !a->names[i].relative && name_holds(e, n, a->names[i].text, part))
            take_body(e, n, a->names[i].body);
}

/* Rows of names that hold it are for the caller to find. */
static void take_part(bl_error *e, naming *n, const char *name)
{
    bl_folded folded = { 0 };
    bl_fold(e, name, strlen(name), &folded);
    if (!bl_failed(e) && folded.size > 0) {
        const name_part part = { folded.text, folded.glyphs, folded.count, is_ascii(folded.text) };
        take_bodies_with(e, n, &part);
        n->part = strdup(folded.text);
        if (!n->part)
            bl_fail_nomem(e);
    }
    bl_folded_free(&folded);
}

/* ---- the whole ---- */

/* False when there is nothing to be found. */
static bool open_naming(bl_error *e, bl_database *db, bl_rows *out, naming *n)
{
    *n = (naming){ .db = db, .out = out };
    if (bl_failed(e) || !db->authority)
        return false;
    n->taken = calloc(db->authority->body_count + 1, 1);
    if (!n->taken)
        bl_fail_nomem(e);
    n->row = bl_sql_prepare(e, db->sql, "SELECT id FROM organization WHERE key = ?1");
    n->current = bl_mention_current(e, db);
    return !bl_failed(e);
}

static void close_naming(naming *n)
{
    sqlite3_finalize(n->row);
    bl_buffer_free(&n->key);
    bl_folded_free(&n->folded);
    free(n->taken);
    free(n->part);
}

/* The rows of those that are known without looking at all names: WHOLE or NOTHING, and a part is to be found
 * yet if n->part says it. */
static bulletin_named take_known(bl_error *e, naming *n, const char *name, bulletin_scope scope)
{
    const bool whole = take_whole(e, n, name);
    if (!whole && !bl_failed(e))
        take_part(e, n, name);
    if (!bl_failed(e) && scope != BULLETIN_SCOPE_SELF)
        take_scope(e, n, scope);
    sort_rows(n->out);
    return whole && !bl_failed(e) ? BULLETIN_NAMED_WHOLE : BULLETIN_NAMED_NOTHING;
}

static void take_rows_with(bl_error *e, naming *n)
{
    bl_docs found = { 0 };
    bl_packed_with(e, n->db, n->part, &found);
    for (size_t i = 0; i < found.count; i++)
        add_row(e, n->out, found.list[i]);
    bl_docs_free(&found);
    sort_rows(n->out);
}

bulletin_named bl_named_rows(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                             bl_rows *out)
{
    return bl_named_find(e, db, name, scope, out, NULL);
}

bulletin_named bl_named_find(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                             bl_rows *out, bl_rows *bodies)
{
    naming n;
    bulletin_named how = BULLETIN_NAMED_NOTHING;
    if (open_naming(e, db, out, &n)) {
        how = take_known(e, &n, name, scope);
        if (n.part)
            take_rows_with(e, &n);
        if (how == BULLETIN_NAMED_NOTHING && out->count > 0)
            how = BULLETIN_NAMED_PART;
        for (size_t i = 0; bodies && i < db->authority->body_count; i++)
            if (n.taken[i])
                add_row(e, bodies, (int64_t)i);
    }
    close_naming(&n);
    return how;
}

/* ---- documents ---- */

/* Those that were read last, kept while the archive and the names stay the same: who reads on asks for them
 * again. */
struct bl_named_docs {
    char *name;
    bulletin_scope scope;
    bulletin_named how;
    int64_t revision;
    uint64_t authority;
    bl_docs docs;
};

/* More are too much to keep. */
enum { MOST_KEPT = 1 << 21 };

static void close_kept(struct bl_named_docs *kept)
{
    if (!kept)
        return;
    free(kept->name);
    bl_docs_free(&kept->docs);
    free(kept);
}

static int64_t revision_of(bl_error *e, bl_database *db)
{
    char *text = bl_database_meta(e, db, "revision");
    int64_t revision = text ? strtoll(text, NULL, 10) : 0;
    free(text);
    return revision;
}

static bool is_kept(const bl_database *db, const char *name, bulletin_scope scope, int64_t revision)
{
    const struct bl_named_docs *kept = db->named;
    return kept && kept->revision == revision && db->authority &&
           kept->authority == db->authority->identity && kept->scope == scope &&
           strcmp(kept->name, name) == 0;
}

static void copy_docs(bl_error *e, const bl_docs *from, bl_docs *out)
{
    if (from->count == 0)
        return;
    if (!bl_grow(&out->list, &out->capacity, from->count, sizeof *out->list)) {
        bl_fail_nomem(e);
        return;
    }
    memcpy(out->list, from->list, from->count * sizeof *from->list);
    out->count = from->count;
}

static void keep(bl_error *e, bl_database *db, const struct bl_named_docs *what, const char *name,
                 const bl_docs *docs)
{
    if (bl_failed(e) || docs->count > MOST_KEPT)
        return;
    close_kept(db->named);
    db->close_named = close_kept;
    db->named = malloc(sizeof *db->named);
    if (db->named)
        *db->named = *what;
    if (db->named && (db->named->name = strdup(name)) != NULL) {
        copy_docs(e, docs, &db->named->docs);
        return;
    }
    free(db->named);
    db->named = NULL;
    bl_fail_nomem(e);
}

/* Reading one organization after another: blocks where there are any, rows between them. */
typedef struct reading {
    bl_docs *out;
    bl_docs packed; /* organizations that have blocks */
    sqlite3_stmt *blocks;
    sqlite3_stmt *rows;
} reading;

static void read_rows(bl_error *e, const reading *r, int64_t organization, int64_t first, int64_t last)
{
    bl_sql_int(e, r->rows, 2, organization);
    bl_sql_int(e, r->rows, 3, first);
    bl_sql_int(e, r->rows, 4, last);
    bl_docs_run(e, r->rows);
}

/* False when nothing was added: the block is not what it should be. */
static bool read_block(bl_error *e, bl_docs *out, const bl_mention_block *block)
{
    if (bl_failed(e) ||
        !bl_grow(&out->list, &out->capacity, out->count + block->size + 1, sizeof *out->list)) {
        bl_fail_nomem(e);
        return false;
    }
    const size_t count = bl_mention_block_unpack(block, out->list + out->count);
    out->count += count;
    return count > 0;
}

static void read_organization(bl_error *e, reading *r, int64_t organization)
{
    int64_t next = 0;
    const bool packed = bl_docs_hold(&r->packed, organization);
    bl_sql_int(e, r->blocks, 1, organization);
    while (packed && bl_sql_row(e, r->blocks)) {
        const bl_mention_block block = bl_mention_block_read(r->blocks);
        if (block.first < next)
            continue;
        read_rows(e, r, organization, next, block.first - 1);
        next = read_block(e, r->out, &block) ? block.last + 1 : block.first;
    }
    read_rows(e, r, organization, next, INT64_MAX);
}

/* Those that blocks of organizations do not tell, by their own blocks and rows. */
static void read_rest(bl_error *e, bl_database *db, bl_docs *rest, bl_docs *out)
{
    reading r = {
        .out = out,
        .blocks = bl_sql_prepare(e, db->sql, BL_MENTION_BLOCKS),
        .rows = bl_docs_prepare(e, db, out,
                                "SELECT bl_collect(?1, doc) FROM mention WHERE organization = ?2"
                                " AND doc BETWEEN ?3 AND ?4"),
    };
    bl_docs_read(
        e, &r.packed,
        bl_sql_prepare(e, db->sql, "SELECT DISTINCT organization FROM mention_block ORDER BY organization"));
    bl_docs_sort(rest);
    for (size_t i = 0; i < rest->count && !bl_failed(e); i++)
        read_organization(e, &r, rest->list[i]);
    bl_docs_free(&r.packed);
    sqlite3_finalize(r.blocks);
    sqlite3_finalize(r.rows);
}

/* Whether any names hold the part. */
static bool read_docs(bl_error *e, bl_database *db, const naming *n, bl_docs *out)
{
    const bl_rows *rows = n->out;
    bl_docs rest = { 0 };
    const bool any = bl_packed_docs(e, db, n->part, rows->list, rows->count, out, &rest);
    if (rest.count > 0)
        read_rest(e, db, &rest, out);
    bl_docs_free(&rest);
    if (any || rows->count > 1)
        bl_docs_sort(out);
    return any;
}

static bulletin_named find_docs(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                                bl_docs *out)
{
    naming n;
    bl_rows rows = { 0 };
    bulletin_named how = BULLETIN_NAMED_NOTHING;
    if (open_naming(e, db, &rows, &n)) {
        how = take_known(e, &n, name, scope);
        const bool any = (n.part || rows.count > 0) && read_docs(e, db, &n, out);
        if (how == BULLETIN_NAMED_NOTHING && (any || rows.count > 0))
            how = BULLETIN_NAMED_PART;
    }
    close_naming(&n);
    bl_rows_free(&rows);
    return how;
}

/* The revision is read first: what is kept is never older than it says. */
bulletin_named bl_named_docs(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                             bl_docs *out)
{
    struct bl_named_docs now = { .scope = scope, .revision = revision_of(e, db) };
    if (bl_failed(e))
        return BULLETIN_NAMED_NOTHING;
    if (is_kept(db, name, scope, now.revision)) {
        copy_docs(e, &db->named->docs, out);
        return db->named->how;
    }
    now.authority = db->authority ? db->authority->identity : 0;
    now.how = find_docs(e, db, name, scope, out);
    keep(e, db, &now, name, out);
    return now.how;
}
