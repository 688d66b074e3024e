/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The organizations that a bulletin names to rows, and rows away again. */
#include "mention.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "stated.h"
#include "statement.h"

/* ---- names ---- */

typedef struct packing {
    bl_error *e;
    const bl_authority *authority;
    bl_buffer out;
    bl_folded folded;
} packing;

static void put(bl_buffer *out, const char *mark, const char *text)
{
    bl_buffer_puts(out, mark);
    bl_buffer_puts(out, text);
    bl_buffer_putc(out, '\0');
}

static void put_body(packing *p, int32_t body)
{
    put(&p->out, BL_KEY_BODY, p->authority->bodies[body].id);
    put(&p->out, "", p->authority->bodies[body].name);
}

/* What a record states is known by the name alone. */
static void put_stated(void *context, const char *name)
{
    packing *p = context;
    bool relative;
    int32_t body = bl_authority_alone(p->e, p->authority, name, &relative);
    bl_fold(p->e, name, strlen(name), &p->folded);
    if (bl_failed(p->e) || p->folded.size == 0)
        return;
    if (body >= 0) {
        put_body(p, body);
        return;
    }
    put(&p->out, relative ? BL_KEY_UNRESOLVED : BL_KEY_NAME, p->folded.text);
    put(&p->out, "", name);
}

static void put_found(packing *p, const bl_organization *o)
{
    if (o->body >= 0) {
        put_body(p, o->body);
    } else {
        put(&p->out, o->resolved ? BL_KEY_NAME : BL_KEY_UNRESOLVED, o->key);
        put(&p->out, "", o->name);
    }
    for (size_t i = 0; i < o->learned_count; i++) {
        put(&p->out, "", BL_NAMES_FORM);
        put(&p->out, "", o->learned[i]);
    }
}

void bl_mention_find(bl_error *e, bl_finder *finder, bl_record *r, bl_names *out)
{
    packing p = { .e = e, .authority = finder->authority };
    *out = (bl_names){ 0 };
    bl_record_find_organizations(e, finder, r);
    bl_stated_each(e, r->organizations, put_stated, &p);
    for (size_t i = 0; i < r->found.count && !bl_failed(e); i++)
        put_found(&p, &r->found.list[i]);
    bl_organizations_free(&r->found);
    bl_folded_free(&p.folded);
    out->size = p.out.size;
    if (p.out.failed)
        bl_fail_nomem(e);
    else if (out->size > 0)
        out->bytes = bl_buffer_steal(&p.out);
    bl_buffer_free(&p.out);
}

void bl_names_free(bl_names *names)
{
    free(names->bytes);
    *names = (bl_names){ 0 };
}

/* The next pair of strings; false behind the last. */
static bool next_pair(const bl_names *names, size_t *at, const char **first, const char **second)
{
    if (*at >= names->size)
        return false;
    *first = names->bytes + *at;
    *second = *first + strlen(*first) + 1;
    *at += strlen(*first) + strlen(*second) + 2;
    return true;
}

/* ---- rows ---- */

static int64_t organization_of(bl_error *e, bl_database *db, const char *key, const char *name)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_ORGANIZATION);
    bl_sql_text(e, s, 1, key);
    if (bl_sql_row(e, s)) {
        int64_t id = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
        return id;
    }
    s = bl_statement_get(e, db, BL_SQL_INSERT_ORGANIZATION);
    bl_sql_text(e, s, 1, key);
    bl_sql_text(e, s, 2, name);
    bl_sql_done(e, s);
    return sqlite3_last_insert_rowid(db->sql);
}

static void insert_short_form(bl_error *e, bl_database *db, int64_t doc, int64_t organization,
                              const char *form)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_INSERT_SHORT_FORM);
    bl_sql_int(e, s, 1, doc);
    bl_sql_int(e, s, 2, organization);
    bl_sql_text(e, s, 3, form);
    bl_sql_done(e, s);
}

void bl_mention_insert(bl_error *e, bl_database *db, const bl_names *names, int64_t doc)
{
    const char *key, *name;
    int64_t organization = 0;
    for (size_t at = 0; !bl_failed(e) && next_pair(names, &at, &key, &name);) {
        if (strcmp(key, BL_NAMES_FORM) == 0) {
            insert_short_form(e, db, doc, organization, name);
            continue;
        }
        organization = organization_of(e, db, key, name);
        sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_INSERT_MENTION);
        bl_sql_int(e, s, 1, organization);
        bl_sql_int(e, s, 2, doc);
        bl_sql_done(e, s);
    }
}

/* An organization goes with the last bulletin that names it. */
void bl_mention_remove(bl_error *e, bl_database *db, int64_t doc)
{
    int64_t *list = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_MENTIONS);
    bl_sql_int(e, s, 1, doc);
    while (bl_sql_row(e, s)) {
        if (bl_grow(&list, &capacity, count + 1, sizeof *list))
            list[count++] = sqlite3_column_int64(s, 0);
        else
            bl_fail_nomem(e);
    }
    bl_statement_run(e, db, BL_SQL_DELETE_MENTIONS, doc);
    bl_statement_run(e, db, BL_SQL_DELETE_SHORT_FORMS, doc);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        bl_statement_run(e, db, BL_SQL_DELETE_ORGANIZATION, list[i]);
    free(list);
}

void bl_mention_move(bl_error *e, bl_database *db, int64_t doc, int64_t to)
{
    static const char *const moves[] = { "UPDATE mention SET doc = ?1 WHERE doc = ?2",
                                         "UPDATE short_form SET doc = ?1 WHERE doc = ?2" };
    for (size_t i = 0; i < 2; i++) {
        sqlite3_stmt *s = bl_sql_prepare(e, db->sql, moves[i]);
        bl_sql_int(e, s, 1, to);
        bl_sql_int(e, s, 2, doc);
        if (s)
            bl_sql_done(e, s);
        sqlite3_finalize(s);
    }
}

/* ---- comparing ---- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys, ascending and each once; new, the texts borrowed. */
static const char **sorted_keys(bl_error *e, const bl_names *names, size_t *count)
{
    const char **keys = NULL, *key, *name;
    size_t all = 0, capacity = 0;
    for (size_t at = 0; !bl_failed(e) && next_pair(names, &at, &key, &name);) {
        if (strcmp(key, BL_NAMES_FORM) == 0)
            continue;
        if (bl_grow(&keys, &capacity, all + 1, sizeof *keys))
            keys[all++] = key;
        else
            bl_fail_nomem(e);
    }
    if (all > 1)
        qsort(keys, all, sizeof *keys, compare_texts);
    *count = 0;
    for (size_t i = 0; i < all; i++)
        if (i == 0 || strcmp(keys[i], keys[*count - 1]) != 0)
            keys[(*count)++] = keys[i];
    return keys;
}

bool bl_mention_equal(bl_error *e, bl_database *db, const bl_names *names, int64_t doc)
{
    size_t count, at = 0;
    const char **keys = sorted_keys(e, names, &count);
    bool equal = true;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_MENTIONS);
    bl_sql_int(e, s, 1, doc);
    while (bl_sql_row(e, s)) {
        const char *stored = (const char *)sqlite3_column_text(s, 1);
        equal = equal && at < count && stored && strcmp(stored, keys[at]) == 0;
        at++;
    }
    free(keys);
    return equal && at == count;
}

/* ---- by which names ---- */

void bl_mention_identity(const bl_database *db, char out[24])
{
    snprintf(out, 24, "%016" PRIx64, db->authority ? db->authority->identity : 0);
}

void bl_mention_note(bl_error *e, bl_database *db)
{
    char own[24];
    bl_mention_identity(db, own);
    char *noted = bl_database_meta(e, db, BL_MENTION_META);
    const size_t renewing = strlen(BL_MENTION_RENEWING);
    const char *which =
        noted && strncmp(noted, BL_MENTION_RENEWING, renewing) == 0 ? noted + renewing : noted;
    if (!noted)
        bl_database_set_meta(e, db, BL_MENTION_META, own);
    else if (strcmp(which, own) != 0 && strcmp(noted, BL_MENTION_SEVERAL) != 0)
        bl_database_set_meta(e, db, BL_MENTION_META, BL_MENTION_SEVERAL);
    free(noted);
}

bool bl_mention_current(bl_error *e, bl_database *db)
{
    char own[24];
    bl_mention_identity(db, own);
    char *noted = bl_database_meta(e, db, BL_MENTION_META);
    bool current = db->authority && (!noted || strcmp(noted, own) == 0);
    free(noted);
    return current;
}
