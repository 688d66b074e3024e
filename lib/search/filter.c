/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates, source and language asked for to ranges of documents and a test of each row. */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/audit.h"
#include "index/sql.h"
#include "page/authority.h"
#include "text/fold.h"

/* Folded text, new. */
static char *folded(bl_error *e, const char *text)
{
    bl_folded out = { 0 };
    bl_fold(e, text, strlen(text), &out);
    char *copy = bl_failed(e) ? NULL : strdup(out.text ? out.text : "");
    if (!copy)
        bl_fail_nomem(e);
    bl_folded_free(&out);
    return copy;
}

static void set_ranges(bl_filter *f)
{
    f->dated = f->span.from.year || f->span.until.year;
    f->range_count = 0;
    if (!f->dated) {
        f->ranges[f->range_count++] = (bl_slot_range){ 0, BL_SLOT_END };
        return;
    }
    f->range_count = bl_slot_ranges(f->span.from, f->span.until, f->ranges);
    f->ranges[f->range_count++] = (bl_slot_range){ BL_SLOT_SPILL, BL_SLOT_END };
}

/* ---- sources and organizations ---- */

static void add_source(bl_error *e, bl_filter *f, const char *name)
{
    char *text = folded(e, name);
    if (text && !bl_grow(&f->sources, &f->source_capacity, f->source_count + 1, sizeof *f->sources))
        bl_fail_nomem(e);
    if (bl_failed(e))
        free(text);
    else
        f->sources[f->source_count++] = text;
}

/* As it is typed, and under the other names of the body that has this one. */
static void set_sources(bl_error *e, bl_filter *f, const char *source)
{
    const bl_authority *a = f->db->authority;
    add_source(e, f, source);
    int32_t i = a ? bl_authority_find(e, a, source, strlen(source)) : -1;
    if (i < 0 || a->names[i].relative)
        return;
    for (i = a->bodies[a->names[i].body].first_name; i >= 0 && !bl_failed(e); i = a->names[i].next_of_body)
        if (!a->names[i].relative && !*a->names[i].when)
            add_source(e, f, a->names[i].text);
}

static void set_organizations(bl_error *e, bl_filter *f, const bulletin_search_options *options)
{
    size_t count = options->organization_count;
    if (bl_failed(e) || count == 0)
        return;
    f->named = calloc(count, sizeof *f->named);
    f->how = calloc(count, sizeof *f->how);
    if (!f->named || !f->how) {
        bl_fail_nomem(e);
        return;
    }
    f->named_count = count;
    for (size_t i = 0; i < count; i++)
        f->how[i] = bl_named_docs(e, f->db, options->organizations[i], options->scope, &f->named[i]);
}

const bl_docs *bl_filter_docs(const bl_filter *f)
{
    const bl_docs *fewest = NULL;
    for (size_t i = 0; i < f->named_count; i++)
        if (f->how[i] != BULLETIN_NAMED_NOTHING && (!fewest || f->named[i].count < fewest->count))
            fewest = &f->named[i];
    return fewest;
}

static bool organizations_pass(const bl_filter *f, int64_t doc)
{
    for (size_t i = 0; i < f->named_count; i++)
        if (f->how[i] != BULLETIN_NAMED_NOTHING && !bl_docs_hold(&f->named[i], doc))
            return false;
    return true;
}

void bl_filter_open(bl_error *e, bl_database *db, const bulletin_search_options *options, bl_filter *out)
{
    *out = (bl_filter){ .db = db };
    out->today = bl_date_today(e, options->today);
    out->span = bl_date_range(e, options->from, options->until, out->today);
    set_ranges(out);
    if (options->source && *options->source)
        set_sources(e, out, options->source);
    set_organizations(e, out, options);
    if (options->lang && *options->lang)
        out->lang = options->lang;
    out->min_sources = options->min_sources > UINT32_MAX ? UINT32_MAX : (uint32_t)options->min_sources;
    out->row = bl_sql_prepare(
        e, db->sql, "SELECT source, lang, published_earliest, published_latest FROM bulletin WHERE doc = ?1");
}

static bool lang_passes(const char *wanted, const char *lang)
{
    size_t size = strlen(wanted);
    return lang && strncmp(lang, wanted, size) == 0 && (lang[size] == '\0' || lang[size] == '-');
}

static bool source_passes(bl_error *e, const bl_filter *f, const char *source)
{
    char *text = source ? folded(e, source) : NULL;
    bool passes = false;
    for (size_t i = 0; i < f->source_count && text && !passes; i++)
        passes = strstr(text, f->sources[i]) != NULL;
    free(text);
    return passes;
}

/* The spilled rows of full days stand outside their day's slot: they are asked. */
static bool date_passes(const bl_filter *f, const char *earliest, const char *latest)
{
    bl_day first, last;
    if (!earliest || !latest || !bl_day_parse(earliest, &first) || !bl_day_parse(latest, &last))
        return false;
    return (!f->span.from.year || bl_day_compare(last, f->span.from) >= 0) &&
           (!f->span.until.year || bl_day_compare(first, f->span.until) <= 0);
}

/* The condition of an is:… leaf, or NULL. */
static const char *condition_of(const bl_node *node)
{
    if (node->kind != BL_NODE_LEAF || node->quoted || strncmp(node->text, "is:", 3) != 0)
        return NULL;
    return bl_audit_condition(node->text + 3);
}

static bool take_one(const bl_node *node, bl_buffer *where)
{
    bool negative = node->kind == BL_NODE_NOT;
    const char *condition = condition_of(negative ? node->child : node);
    if (!condition)
        return false;
    bl_buffer_printf(where, " AND %s(%s)", negative ? "NOT " : "", condition);
    return true;
}

void bl_filter_take(bl_error *e, bl_filter *f, bl_node **tree)
{
    bl_buffer where = { 0 };
    bl_buffer_puts(&where, "SELECT 1 FROM bulletin WHERE doc = ?1");
    size_t before = where.size;
    bool list = *tree && (*tree)->kind == BL_NODE_AND;
    for (bl_node **link = list ? &(*tree)->child : tree; *link;) {
        bl_node *node = *link;
        if (!take_one(node, &where)) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        node->next = NULL;
        bl_query_free(node);
    }
    if (list && !(*tree)->child) {
        bl_query_free(*tree);
        *tree = NULL;
    }
    if (where.failed)
        bl_fail_nomem(e);
    else if (where.size > before)
        f->state = bl_sql_prepare(e, f->db->sql, where.data);
    bl_buffer_free(&where);
}

static bool state_passes(bl_error *e, const bl_filter *f, int64_t doc)
{
    if (!f->state)
        return true;
    bl_sql_int(e, f->state, 1, doc);
    bool passes = bl_sql_row(e, f->state);
    sqlite3_reset(f->state);
    return passes;
}

static const char *text(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

bool bl_filter_passes(bl_error *e, bl_filter *f, int64_t doc)
{
    if (!organizations_pass(f, doc) || !state_passes(e, f, doc))
        return false;
    if (f->min_sources > 1 && (!f->stories || bl_stories_publishers(f->stories, doc) < f->min_sources))
        return false;
    bool dates = f->dated && doc >= BL_SLOT_SPILL;
    if (f->source_count == 0 && !f->lang && !dates)
        return true;
    bl_sql_int(e, f->row, 1, doc);
    if (!bl_sql_row(e, f->row))
        return false;
    bool passes = (!f->lang || lang_passes(f->lang, text(f->row, 1))) &&
                  (!dates || date_passes(f, text(f->row, 2), text(f->row, 3))) &&
                  (f->source_count == 0 || source_passes(e, f, text(f->row, 0)));
    sqlite3_reset(f->row);
    return passes;
}

int64_t bl_filter_order(bl_error *e, bl_filter *f, int64_t doc)
{
    if (doc < BL_SLOT_UNDATED)
        return doc;
    if (doc < BL_SLOT_SPILL)
        return -(doc - BL_SLOT_UNDATED) - 1;
    bl_day day = { 0, 0, 0 };
    bl_sql_int(e, f->row, 1, doc);
    if (bl_sql_row(e, f->row)) {
        if (text(f->row, 2))
            bl_day_parse(text(f->row, 2), &day);
        sqlite3_reset(f->row);
    }
    return day.year ? bl_slot_of(day) + BL_SLOT_SIZE - 1 : -(doc - BL_SLOT_UNDATED) - 1;
}

void bl_filter_free(bl_filter *f)
{
    sqlite3_finalize(f->row);
    sqlite3_finalize(f->state);
    for (size_t i = 0; i < f->source_count; i++)
        free(f->sources[i]);
    for (size_t i = 0; i < f->named_count; i++)
        bl_docs_free(&f->named[i]);
    free(f->sources);
    free(f->named);
    free(f->how);
    *f = (bl_filter){ 0 };
}
