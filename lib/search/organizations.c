/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Rows of organizations to what is told of them: names, kind, and how many bulletins name them. */
#include "organizations.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/mention.h"
#include "index/sql.h"
#include "page/authority.h"

/* One of the list. */
typedef struct listed {
    int32_t body; /* of the authority, -1 = none */
    char *key, *name;
    char *form; /* the only name to be told; NULL = all that are known */
    int64_t bulletins;
} listed;

typedef struct listing {
    bl_error *e;
    bl_database *db;
    listed *list;
    size_t count, capacity;
    const char **names;
    size_t name_capacity;
} listing;

/* ---- rows ---- */

/* The body that a row is of: by its id, or because the authority has learned its name since. */
static int32_t body_of(bl_error *e, const bl_authority *a, const char *key, const char *name)
{
    if (strncmp(key, BL_KEY_BODY, 2) == 0)
        return bl_authority_body(a, key + 2);
    if (strncmp(key, BL_KEY_NAME, 2) != 0)
        return -1;
    return bl_authority_alone(e, a, name, NULL);
}

static listed *add(listing *l)
{
    if (!bl_failed(l->e) && !bl_grow(&l->list, &l->capacity, l->count + 1, sizeof *l->list))
        bl_fail_nomem(l->e);
    if (bl_failed(l->e))
        return NULL;
    l->list[l->count] = (listed){ .body = -1 };
    return &l->list[l->count++];
}

/* Columns: key, name, bulletins and, where there is a fourth, the only form to be told. */
static void add_rows(listing *l, sqlite3_stmt *s, bool forms)
{
    while (bl_sql_row(l->e, s)) {
        listed *one = add(l);
        if (!one)
            return;
        one->key = bl_sql_copy(l->e, s, 0);
        one->name = bl_sql_copy(l->e, s, 1);
        one->bulletins = sqlite3_column_int64(s, 2);
        one->form = forms ? bl_sql_copy(l->e, s, 3) : NULL;
        if (!bl_failed(l->e))
            one->body = body_of(l->e, l->db->authority, one->key, one->name);
    }
}

static int compare(const void *a, const void *b)
{
    const listed *x = a, *y = b;
    if (x->bulletins != y->bulletins)
        return x->bulletins > y->bulletins ? -1 : 1;
    return strcmp(x->name ? x->name : "", y->name ? y->name : "");
}

/* ---- telling ---- */

static size_t names_of(listing *l, const listed *one)
{
    const bl_authority *a = l->db->authority;
    size_t count = 0;
    int32_t i = one->body >= 0 && !one->form ? a->bodies[one->body].first_name : -1;
    if (!bl_grow(&l->names, &l->name_capacity, 1, sizeof *l->names))
        bl_fail_nomem(l->e);
    else if (i < 0)
        l->names[count++] = one->form ? one->form : one->name;
    for (; i >= 0 && !bl_failed(l->e); i = a->names[i].next_of_body) {
        if (!bl_grow(&l->names, &l->name_capacity, count + 1, sizeof *l->names))
            bl_fail_nomem(l->e);
        else
            l->names[count++] = a->names[i].text;
    }
    return count;
}

static bool tell(listing *l, const listed *one, bulletin_organization_callback take, void *context)
{
    const bl_body *body = one->body >= 0 ? &l->db->authority->bodies[one->body] : NULL;
    size_t count = names_of(l, one);
    if (bl_failed(l->e))
        return false;
    const bulletin_organization out = { body ? body->id : NULL,
                                        body ? body->name : one->name,
                                        body && *body->kind ? body->kind : NULL,
                                        body || strncmp(one->key, BL_KEY_UNRESOLVED, 2) != 0,
                                        one->bulletins,
                                        l->names,
                                        count };
    if (!take(context, &out))
        bl_fail(l->e, BULLETIN_INTERRUPTED, "stopped");
    return !bl_failed(l->e);
}

static void tell_all(listing *l, uint64_t limit, bulletin_organization_callback take, void *context)
{
    for (size_t i = 0; i < l->count && (limit == 0 || i < limit); i++)
        if (!tell(l, &l->list[i], take, context))
            return;
}

static void close_listing(listing *l)
{
    for (size_t i = 0; i < l->count; i++) {
        free(l->list[i].key);
        free(l->list[i].name);
        free(l->list[i].form);
    }
    free(l->list);
    free(l->names);
}

/* ---- lists ---- */

/* Rows of one body are one organization. */
static void join_bodies(listing *l)
{
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = i + 1; k < l->count && l->list[i].body >= 0;) {
            if (l->list[k].body != l->list[i].body) {
                k++;
                continue;
            }
            l->list[i].bulletins += l->list[k].bulletins;
            free(l->list[k].key);
            free(l->list[k].name);
            l->list[k] = l->list[--l->count];
        }
}

static void add_bodies(listing *l, const bl_rows *bodies)
{
    const bl_authority *a = l->db->authority;
    for (size_t i = 0; i < bodies->count; i++) {
        bool there = false;
        for (size_t k = 0; k < l->count; k++)
            there = there || l->list[k].body == (int32_t)bodies->list[i];
        listed *one = there ? NULL : add(l);
        if (one) {
            one->body = (int32_t)bodies->list[i];
            one->key = strdup("");
            one->name = strdup(a->bodies[one->body].name);
            if (!one->key || !one->name)
                bl_fail_nomem(l->e);
        }
    }
}

static void list_named(listing *l, const char *name, bulletin_scope scope)
{
    bl_rows rows = { 0 }, bodies = { 0 };
    bl_named_find(l->e, l->db, name, scope, &rows, &bodies);
    sqlite3_stmt *s =
        bl_sql_prepare(l->e, l->db->sql,
                       "SELECT key, name, (SELECT count(*) FROM mention WHERE organization = id)"
                       " FROM organization WHERE id = ?1");
    for (size_t i = 0; i < rows.count && !bl_failed(l->e); i++) {
        bl_sql_int(l->e, s, 1, rows.list[i]);
        add_rows(l, s, false);
    }
    sqlite3_finalize(s);
    join_bodies(l);
    add_bodies(l, &bodies);
    if (l->count > 1)
        qsort(l->list, l->count, sizeof *l->list, compare);
    bl_rows_free(&rows);
    bl_rows_free(&bodies);
}

static void list_all(listing *l, uint64_t limit)
{
    sqlite3_stmt *s = bl_sql_prepare(
        l->e, l->db->sql,
        "SELECT o.key, o.name, m.number FROM (SELECT organization, count(*) AS number FROM mention"
        " GROUP BY organization) m JOIN organization o ON o.id = m.organization"
        " ORDER BY m.number DESC, o.name LIMIT ?1");
    bl_sql_int(l->e, s, 1, limit > 0 && limit < INT64_MAX ? (int64_t)limit : -1);
    add_rows(l, s, false);
    sqlite3_finalize(s);
}

void bl_organizations_list(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                           uint64_t limit, bulletin_organization_callback take, void *context)
{
    listing l = { .e = e, .db = db };
    if (bl_failed(e))
        return;
    if (name)
        list_named(&l, name, scope);
    else
        list_all(&l, limit);
    tell_all(&l, limit, take, context);
    close_listing(&l);
}

/* Those without a place are many bodies, so that they stand beside nobody. */
void bl_organizations_related(bl_error *e, bl_database *db, const char *name, bulletin_scope scope,
                              uint64_t limit, bulletin_organization_callback take, void *context)
{
    listing l = { .e = e, .db = db };
    bl_rows rows = { 0 };
    bl_buffer in = { 0 }, text = { 0 };
    bl_named_rows(e, db, name, scope, &rows);
    for (size_t i = 0; i < rows.count; i++)
        bl_buffer_printf(&in, "%s%" PRId64, i ? "," : "", rows.list[i]);
    bl_buffer_printf(
        &text,
        "SELECT o.key, o.name, count(DISTINCT b.doc) FROM mention a JOIN mention b ON b.doc = a.doc"
        " JOIN organization o ON o.id = b.organization WHERE a.organization IN (%s)"
        " AND b.organization NOT IN (%s) AND o.key NOT LIKE 'u:%%'"
        " GROUP BY o.id ORDER BY 3 DESC, o.name LIMIT ?1",
        in.data ? in.data : "", in.data ? in.data : "");
    if (in.failed || text.failed)
        bl_fail_nomem(e);
    sqlite3_stmt *s = rows.count > 0 ? bl_sql_prepare(e, db->sql, text.data) : NULL;
    if (s) {
        bl_sql_int(e, s, 1, limit > 0 && limit < INT64_MAX ? (int64_t)limit : -1);
        add_rows(&l, s, false);
    }
    sqlite3_finalize(s);
    tell_all(&l, limit, take, context);
    close_listing(&l);
    bl_rows_free(&rows);
    bl_buffer_free(&in);
    bl_buffer_free(&text);
}

/* Whether a body, or another row, goes by this form already. */
static bool known_form(bl_error *e, const bl_authority *a, const listed *one)
{
    int32_t i = bl_authority_find(e, a, one->form, strlen(one->form));
    for (; i >= 0; i = a->names[i].next_same)
        if (a->names[i].body == one->body)
            return true;
    return false;
}

void bl_organizations_suggest(bl_error *e, bl_database *db, uint64_t limit,
                              bulletin_organization_callback take, void *context)
{
    listing l = { .e = e, .db = db };
    uint64_t told = 0;
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql,
                       "SELECT o.key, o.name, count(*), s.form FROM short_form s JOIN organization o ON o.id "
                       "= s.organization"
                       " WHERE o.key NOT LIKE 'u:%' GROUP BY s.organization, s.form HAVING count(*) > 1"
                       " ORDER BY 3 DESC, 2, 4");
    add_rows(&l, s, true);
    sqlite3_finalize(s);
    for (size_t i = 0; i < l.count && !bl_failed(e) && (limit == 0 || told < limit); i++)
        if (!known_form(e, db->authority, &l.list[i]))
            told += tell(&l, &l.list[i], take, context);
    close_listing(&l);
}
