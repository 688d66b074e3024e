/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Fields of a query to tests of bulletins, or to the documents that pass them. */
#include "field.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "index/audit.h"
#include "index/slot.h"
#include "index/sql.h"
#include "page/authority.h"
#include "search/catalogue.h"
#include "search/named.h"
#include "text/fold.h"

/* ---- texts ---- */

/* Take over a text. */
static void add_text(bl_error *e, bl_predicate *p, char *text)
{
    if (!text || !bl_grow(&p->texts, &p->capacity, p->count + 1, sizeof *p->texts))
        bl_fail_nomem(e);
    if (bl_failed(e))
        free(text);
    else
        p->texts[p->count++] = text;
}

/* As it is typed, and under the other names of the body that has this one. */
static void add_sources(bl_error *e, const bl_database *db, bl_predicate *p, const char *source)
{
    const bl_authority *a = db->authority;
    add_text(e, p, bl_fold_copy(e, source));
    int32_t i = a ? bl_authority_find(e, a, source, strlen(source)) : -1;
    if (i < 0 || a->names[i].relative)
        return;
    for (i = a->bodies[a->names[i].body].first_name; i >= 0 && !bl_failed(e); i = a->names[i].next_of_body)
        if (!a->names[i].relative && !*a->names[i].when)
            add_text(e, p, bl_fold_copy(e, a->names[i].text));
}

static bool source_passes(bl_error *e, bl_predicate *p, const char *source)
{
    if (!source)
        return false;
    if (p->last && strcmp(p->last, source) == 0)
        return p->last_passes;
    char *text = bl_fold_copy(e, source);
    p->last_passes = false;
    for (size_t i = 0; i < p->count && text && !p->last_passes; i++)
        p->last_passes = strstr(text, p->texts[i]) != NULL;
    free(text);
    free(p->last);
    p->last = strdup(source);
    return p->last_passes;
}

/* zh takes in zh-Hans; tags are the same in either case. */
static bool lang_passes(const char *wanted, const char *lang)
{
    size_t size = strlen(wanted);
    return lang && strncasecmp(lang, wanted, size) == 0 && (lang[size] == '\0' || lang[size] == '-');
}

static bool url_passes(const char *wanted, const char *url)
{
    size_t size = strlen(wanted), left = url ? strlen(url) : 0;
    for (; left >= size && left > 0; url++, left--)
        if (strncasecmp(url, wanted, size) == 0)
            return true;
    return false;
}

/* ---- documents ---- */

static void list_keys(bl_error *e, const bl_field_context *c, bl_predicate *p, const char *key)
{
    sqlite3_stmt *s = bl_sql_prepare(e, c->db->sql, "SELECT doc FROM bulletin WHERE key = ?1 ORDER BY doc");
    bl_sql_text(e, s, 1, key);
    bl_docs_read(e, &p->docs, s);
}

static bool list_id(bl_error *e, const bl_field_context *c, bl_predicate *p, const char *text)
{
    char *end;
    if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 18)
        return false;
    sqlite3_stmt *s = bl_sql_prepare(e, c->db->sql, "SELECT doc FROM bulletin WHERE id = ?1");
    bl_sql_int(e, s, 1, strtoll(text, &end, 10));
    bl_docs_read(e, &p->docs, s);
    return true;
}

/* The spilled rows of full days stand outside their day's slot: they are asked for their dates. */
static void list_spilled(bl_error *e, const bl_field_context *c, bl_predicate *p, bl_span span)
{
    char from[BL_DAY_TEXT] = "0000", until[BL_DAY_TEXT] = "9999-12-31";
    if (span.from.year)
        bl_day_print(span.from, from);
    if (span.until.year)
        bl_day_print(span.until, until);
    sqlite3_stmt *s =
        bl_sql_prepare(e, c->db->sql,
                       "SELECT doc FROM bulletin WHERE doc >= ?1 AND published_latest >= ?2 AND "
                       "published_earliest <= ?3 ORDER BY doc");
    bl_sql_int(e, s, 1, BL_SLOT_SPILL);
    bl_sql_text(e, s, 2, from);
    bl_sql_text(e, s, 3, until);
    bl_docs_read(e, &p->docs, s);
}

static void list_dates(bl_error *e, const bl_field_context *c, bl_predicate *p, const char *text)
{
    const bl_span span = bl_date_words(e, text, c->today);
    bl_slot_range ranges[3] = { { 0, BL_SLOT_UNDATED - 1 } };
    bool open = !span.from.year && !span.until.year;
    size_t count = bl_failed(e) ? 0 : open ? 1 : bl_slot_ranges(span.from, span.until, ranges);
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        sqlite3_stmt *s =
            bl_sql_prepare(e, c->db->sql, "SELECT doc FROM length WHERE doc BETWEEN ?1 AND ?2 ORDER BY doc");
        bl_sql_int(e, s, 1, ranges[i].first);
        bl_sql_int(e, s, 2, ranges[i].last);
        bl_docs_read(e, &p->docs, s);
    }
    list_spilled(e, c, p, span);
}

/* ---- the whole ---- */

static void set_condition(bl_error *e, const bl_field_context *c, bl_predicate *p, const char *condition)
{
    bl_buffer text = { 0 };
    bl_buffer_printf(&text, "SELECT 1 FROM bulletin WHERE doc = ?1 AND (%s)", condition);
    if (text.failed)
        bl_fail_nomem(e);
    else
        p->condition = bl_sql_prepare(e, c->db->sql, text.data);
    bl_buffer_free(&text);
    add_text(e, p, strdup(condition));
}

bool bl_predicate_open(bl_error *e, const bl_field_context *c, bl_field field, const char *text,
                       bl_predicate *out)
{
    *out = (bl_predicate){ .db = c->db, .field = field, .typed = strdup(text), .listed = true };
    if (!out->typed) {
        bl_fail_nomem(e);
        return false;
    }
    switch (field) {
    case BL_FIELD_ORG:
        return bl_named_docs(e, c->db, text, c->scope, &out->docs) != BULLETIN_NAMED_NOTHING;
    case BL_FIELD_ID:
        return list_id(e, c, out, text);
    case BL_FIELD_KEY:
        list_keys(e, c, out, text);
        return true;
    case BL_FIELD_DATE:
        list_dates(e, c, out, text);
        return true;
    case BL_FIELD_IS:
        out->listed = false;
        if (!bl_audit_condition(text))
            return false;
        set_condition(e, c, out, bl_audit_condition(text));
        return true;
    case BL_FIELD_SOURCE:
        out->listed = false;
        add_sources(e, c->db, out, text);
        return true;
    case BL_FIELD_LANG:
    case BL_FIELD_URL:
        out->listed = false;
        add_text(e, out, strdup(text));
        return true;
    }
    return false;
}

static bool condition_holds(bl_error *e, bl_predicate *p, int64_t doc)
{
    bl_sql_int(e, p->condition, 1, doc);
    bool holds = bl_sql_row(e, p->condition);
    if (p->condition)
        sqlite3_reset(p->condition);
    return holds;
}

static bool passes(bl_error *e, bl_predicate *p, const bl_row_head *row)
{
    if (p->listed)
        return bl_docs_hold(&p->docs, row->doc);
    if (p->field == BL_FIELD_IS)
        return condition_holds(e, p, row->doc);
    if (p->count == 0)
        return false;
    if (p->field == BL_FIELD_SOURCE)
        return source_passes(e, p, row->source);
    return p->field == BL_FIELD_LANG ? lang_passes(p->texts[0], row->lang)
                                     : url_passes(p->texts[0], row->url);
}

/* Where every row is read, in the order in which they stand: what passes is sorted (+) afterwards. */
static void list_condition(bl_error *e, bl_predicate *p)
{
    bl_buffer text = { 0 };
    bl_buffer_printf(&text, "SELECT doc FROM bulletin WHERE %s ORDER BY %sdoc", p->texts[0],
                     bl_audit_is_indexed(p->typed) ? "" : "+");
    if (text.failed)
        bl_fail_nomem(e);
    else
        bl_docs_read(e, &p->docs, bl_sql_prepare(e, p->db->sql, text.data));
    bl_buffer_free(&text);
}

static void list_urls(bl_error *e, bl_predicate *p)
{
    sqlite3_stmt *s =
        bl_sql_prepare(e, p->db->sql, "SELECT doc, url FROM bulletin WHERE url IS NOT NULL ORDER BY doc");
    while (bl_sql_row(e, s))
        if (url_passes(p->texts[0], (const char *)sqlite3_column_text(s, 1)))
            bl_docs_append(e, &p->docs, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
}

/* Each source and language is looked at once, however many documents have it. */
static void list_facet(bl_error *e, bl_predicate *p, bulletin_by by)
{
    const bl_docs *docs = bl_catalogue_docs(e, p->db);
    const bl_facet *facet = bl_catalogue_facet(e, p->db, by);
    bool *pass = facet ? calloc(facet->name_count + 1, sizeof *pass) : NULL;
    if (!pass) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 1; i < facet->name_count; i++)
        pass[i] = by == BULLETIN_BY_SOURCE ? source_passes(e, p, facet->names[i])
                                           : lang_passes(p->texts[0], facet->names[i]);
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++)
        if (pass[facet->keys[i]])
            bl_docs_append(e, &p->docs, docs->list[i]);
    free(pass);
}

void bl_predicate_list(bl_error *e, bl_predicate *p)
{
    if (bl_failed(e) || p->listed)
        return;
    if (p->field == BL_FIELD_IS)
        list_condition(e, p);
    else if (p->field == BL_FIELD_URL)
        list_urls(e, p);
    else
        list_facet(e, p, p->field == BL_FIELD_SOURCE ? BULLETIN_BY_SOURCE : BULLETIN_BY_LANG);
    p->listed = true;
}

/* Looking at so many rows takes longer than finding all that pass; where every row must be read for that, an
 * eighth of all. */
enum { MANY = 300, PART = 8 };

static bool is_many(bl_error *e, const bl_predicate *p)
{
    if (p->asked <= MANY || p->field != BL_FIELD_IS || bl_audit_is_indexed(p->typed))
        return p->asked > MANY;
    if ((p->asked & (p->asked - 1)) != 0) /* how many there are is asked for now and then */
        return false;
    const bl_docs *all = bl_catalogue_docs(e, p->db);
    return all && p->asked > all->count / PART;
}

bool bl_predicate_passes(bl_error *e, bl_predicate *predicate, const bl_row_head *row)
{
    if (!predicate->listed) {
        predicate->asked++;
        if (is_many(e, predicate))
            bl_predicate_list(e, predicate);
    }
    return passes(e, predicate, row) != predicate->negative;
}

void bl_predicate_free(bl_predicate *p)
{
    sqlite3_finalize(p->condition);
    for (size_t i = 0; i < p->count; i++)
        free(p->texts[i]);
    free(p->texts);
    free(p->last);
    free(p->typed);
    bl_docs_free(&p->docs);
    *p = (bl_predicate){ 0 };
}
