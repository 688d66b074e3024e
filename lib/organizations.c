/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions about organizations, each handed to the room that does it. */
#include "search/organizations.h"
#include "bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "handle.h"
#include "index/mention.h"
#include "index/own.h"

bulletin_status bulletin_organizations(bulletin *b, const char *name, bulletin_scope scope, uint64_t limit,
                                       bulletin_organization_callback callback, void *context)
{
    bl_database *db;
    if (!b || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_organizations_list(e, db, name, scope, limit, callback, context);
    return e->status;
}

bulletin_status bulletin_related(bulletin *b, const char *name, bulletin_scope scope, uint64_t limit,
                                 bulletin_organization_callback callback, void *context)
{
    bl_database *db;
    if (!b || !name || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_organizations_related(e, db, name, scope, limit, callback, context);
    return e->status;
}

bulletin_status bulletin_short_forms(bulletin *b, uint64_t limit, bulletin_organization_callback callback,
                                     void *context)
{
    bl_database *db;
    if (!b || !callback)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        bl_organizations_suggest(e, db, limit, callback, context);
    return e->status;
}

/* ---- the user's own entries ---- */

/* A change under way: one transaction that ends with the bulletins looked through again. */
typedef struct change {
    bulletin *archive;
    bl_error *e;
    bl_database *db;
    bool begun;
    bool current; /* the bulletins were looked through by the names that were known before */
} change;

static void begin_change(change *c, bulletin *b)
{
    *c = (change){ .archive = b };
    c->e = bl_handle_write(b, &c->db);
    if (bl_failed(c->e))
        return;
    bl_database_begin(c->e, c->db);
    c->begun = !bl_failed(c->e);
    bl_database_need_index(c->e, c->db);
    c->current = bl_mention_current(c->e, c->db);
}

/* `name` is one that came in, `id` the body whose bulletins are to be looked through; each may be NULL. */
static void renew(change *c, const char *name, const char *id)
{
    bl_handle_names(c->archive);
    bl_own_renew(c->e, c->db, name, id);
}

static bulletin_status end_change(change *c)
{
    bl_totals totals;
    char identity[24];
    if (!c->db || !c->begun)
        return c->e->status;
    if (!bl_failed(c->e)) {
        bl_handle_names(c->archive);
        bl_mention_identity(c->db, identity);
        bl_database_set_meta(c->e, c->db, BL_MENTION_META, c->current ? identity : BL_MENTION_SEVERAL);
        bl_database_totals(c->e, c->db, &totals);
        totals.revision++;
        bl_database_set_totals(c->e, c->db, &totals);
    }
    bl_database_end(c->e, c->db);
    return c->e->status;
}

/* The body that a name or an id means, -1 = none. */
static int32_t body_of(bl_error *e, const bl_authority *a, const char *name)
{
    if (bl_failed(e))
        return -1;
    int32_t body = bl_authority_alone(e, a, name, NULL);
    return body >= 0 ? body : bl_authority_body(a, name);
}

/* The id of the body with this name, an entry made where there was none; new. */
static char *entry_of(change *c, const char *name, const char *kind)
{
    int32_t body = body_of(c->e, c->db->authority, name);
    if (bl_failed(c->e))
        return NULL;
    if (body >= 0) {
        char *id = strdup(c->db->authority->bodies[body].id);
        if (!id)
            bl_fail_nomem(c->e);
        return id;
    }
    char *id = bl_own_id(c->e, c->db, c->db->authority);
    if (!bl_failed(c->e))
        bl_own_insert(c->e, c->db, &(bl_own_row){ .id = id, .name = name, .form = "full", .kind = kind });
    renew(c, name, NULL);
    return id;
}

bulletin_status bulletin_organization_add(bulletin *b, const char *name, const char *kind, char **id)
{
    change c;
    if (id)
        *id = NULL;
    if (!b || !name || !*name)
        return BULLETIN_MISUSE;
    begin_change(&c, b);
    int32_t body = bl_failed(c.e) ? -1 : body_of(c.e, c.db->authority, name);
    if (body >= 0)
        bl_fail(c.e, BULLETIN_BAD_INPUT, "%.200s has an entry already: %s", name,
                c.db->authority->bodies[body].id);
    char *made = bl_failed(c.e) ? NULL : entry_of(&c, name, kind);
    bulletin_status status = end_change(&c);
    if (id && status == BULLETIN_OK)
        *id = made;
    else
        free(made);
    return status;
}

bulletin_status bulletin_organization_alias(bulletin *b, const char *name, const char *alias)
{
    change c;
    if (!b || !name || !*name || !alias || !*alias)
        return BULLETIN_MISUSE;
    begin_change(&c, b);
    int32_t other = bl_failed(c.e) ? -1 : body_of(c.e, c.db->authority, alias);
    if (other >= 0)
        bl_fail(c.e, BULLETIN_BAD_INPUT, "%.200s is the name of %s already; merge them instead", alias,
                c.db->authority->bodies[other].id);
    char *id = bl_failed(c.e) ? NULL : entry_of(&c, name, NULL);
    if (!bl_failed(c.e)) {
        bl_own_insert(c.e, c.db, &(bl_own_row){ .id = id, .name = alias, .form = "variant" });
        renew(&c, alias, NULL);
    }
    free(id);
    return end_change(&c);
}

bulletin_status bulletin_organization_merge(bulletin *b, const char *name, const char *into)
{
    change c;
    if (!b || !name || !*name || !into || !*into)
        return BULLETIN_MISUSE;
    begin_change(&c, b);
    int32_t from = bl_failed(c.e) ? -1 : body_of(c.e, c.db->authority, name);
    char *id = bl_failed(c.e) ? NULL : entry_of(&c, into, NULL);
    from = bl_failed(c.e) || from < 0 ? -1 : body_of(c.e, c.db->authority, name);
    if (!bl_failed(c.e) && from >= 0 && strcmp(c.db->authority->bodies[from].id, id) == 0) {
        bl_fail(c.e, BULLETIN_BAD_INPUT, "%.200s and %.200s are one already", name, into);
    } else if (!bl_failed(c.e) && from >= 0) {
        char *gone = strdup(c.db->authority->bodies[from].id);
        if (!gone)
            bl_fail_nomem(c.e);
        bl_own_insert(c.e, c.db,
                      &(bl_own_row){ .id = gone, .name = name, .form = "merged", .successor = id });
        renew(&c, NULL, gone);
        free(gone);
    } else if (!bl_failed(c.e)) {
        bl_own_insert(c.e, c.db, &(bl_own_row){ .id = id, .name = name, .form = "variant" });
        renew(&c, name, NULL);
    }
    free(id);
    return end_change(&c);
}

/* ---- tables ---- */

typedef struct complaints {
    bulletin_problem_callback problem;
    void *context;
    const char *path;
} complaints;

static void complain(void *context, size_t line, const char *reason)
{
    const complaints *c = context;
    if (c->problem)
        c->problem(c->context, &(bulletin_problem){ c->path, line, reason, true });
}

/* The names that a table added to an authority, as rows. */
static void insert_new(change *c, const bl_authority *a, size_t first)
{
    for (size_t i = first; i < a->name_count && !bl_failed(c->e); i++) {
        const bl_name *n = &a->names[i];
        const bl_body *body = &a->bodies[n->body];
        bool head = body->first_name == (int32_t)i;
        bl_own_insert(c->e, c->db,
                      &(bl_own_row){ .id = body->id,
                                     .name = n->text,
                                     .lang = n->lang,
                                     .form = n->form,
                                     .kind = head ? body->kind : NULL,
                                     .parent = head ? body->parent : NULL,
                                     .place = head ? body->place : NULL,
                                     .successor = head ? body->successor : NULL,
                                     .when = n->when,
                                     .not_after = n->not_after,
                                     .not_before = n->not_before });
    }
}

bulletin_status bulletin_organizations_import(bulletin *b, const char *table, size_t size, const char *path,
                                              bulletin_problem_callback problem, void *context)
{
    change c;
    complaints said = { problem, context, path ? path : "" };
    if (!b || (!table && size))
        return BULLETIN_MISUSE;
    begin_change(&c, b);
    /* A second authority, to which the table is added, tells what of it can be used. */
    bl_authority *a = bl_failed(c.e) ? NULL : bl_authority_open(c.e, NULL, NULL, NULL);
    if (a) {
        bl_own_read(c.e, c.db, a);
        size_t first = a->name_count;
        bl_authority_read(c.e, a, table ? table : "", size, complain, &said);
        insert_new(&c, a, first);
    }
    bl_authority_close(a);
    c.current = false;
    if (end_change(&c) == BULLETIN_OK)
        bl_mention_renew_all(c.e, c.db);
    return c.e->status;
}

bulletin_status bulletin_organizations_export(bulletin *b, char **table)
{
    bl_database *db;
    if (table)
        *table = NULL;
    if (!b || !table)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_read(b, &db);
    if (!bl_failed(e))
        *table = bl_own_print(e, db);
    return e->status;
}
