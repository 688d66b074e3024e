/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Dates and fields asked for to ranges of documents and tests of each row. */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/sql.h"
#include "index/statement.h"
#include "spilled.h"

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

/* ---- fields ---- */

/* A new predicate at the end of a list; NULL when it is none, or on failure. */
static bl_predicate *add(bl_error *e, const bl_filter *f, bl_predicate **list, size_t *count,
                         size_t *capacity, bl_field field, const char *text)
{
    if (bl_failed(e))
        return NULL;
    if (!bl_grow(list, capacity, *count + 1, sizeof **list)) {
        bl_fail_nomem(e);
        return NULL;
    }
    bl_predicate *predicate = &(*list)[*count];
    if (!bl_predicate_open(e, &f->context, field, text, predicate) || bl_failed(e)) {
        bl_predicate_free(predicate);
        return NULL;
    }
    ++*count;
    return predicate;
}

static bl_predicate *add_test(bl_error *e, bl_filter *f, bl_field field, const char *text)
{
    return add(e, f, &f->tests, &f->test_count, &f->test_capacity, field, text);
}

static void cut(bl_predicate *list, size_t *count, size_t size)
{
    while (*count > size)
        bl_predicate_free(&list[--*count]);
}

/* ---- organizations ---- */

static void set_organizations(bl_error *e, bl_filter *f, const bulletin_search_options *options)
{
    size_t count = options->organization_count;
    if (bl_failed(e) || count == 0)
        return;
    f->named = calloc(count, sizeof *f->named);
    f->how = calloc(count, sizeof *f->how);
    f->narrows = calloc(count, sizeof *f->narrows);
    if (!f->named || !f->how || !f->narrows) {
        bl_fail_nomem(e);
        return;
    }
    bl_totals totals;
    bl_database_totals(e, f->context.db, &totals);
    f->named_count = count;
    for (size_t i = 0; i < count; i++) {
        f->how[i] = bl_named_docs(e, f->context.db, options->organizations[i], options->scope, &f->named[i]);
        f->narrows[i] = f->how[i] != BULLETIN_NAMED_NOTHING && (int64_t)f->named[i].count < totals.bulletins;
        f->narrowing += f->narrows[i] || f->how[i] == BULLETIN_NAMED_NOTHING; /* which a phrase stands for */
    }
}

const bl_docs *bl_filter_docs(const bl_filter *f)
{
    const bl_docs *fewest = f->among;
    for (size_t i = 0; i < f->named_count && !f->among; i++)
        if (f->narrows[i] && (!fewest || f->named[i].count < fewest->count))
            fewest = &f->named[i];
    for (size_t i = 0; i < f->test_count && !f->among; i++)
        if (f->tests[i].listed && !f->tests[i].negative &&
            (!fewest || f->tests[i].docs.count < fewest->count))
            fewest = &f->tests[i].docs;
    return fewest;
}

static bool organizations_pass(const bl_filter *f, int64_t doc)
{
    for (size_t i = 0; i < f->named_count; i++)
        if (f->narrows[i] && !bl_docs_hold(&f->named[i], doc))
            return false;
    return true;
}

void bl_filter_open(bl_error *e, bl_database *db, const bulletin_search_options *options, bl_filter *out)
{
    *out = (bl_filter){ 0 };
    out->context = (bl_field_context){ db, bl_date_today(e, options->today), options->scope };
    out->given = bl_date_range(e, options->from, options->until, out->context.today);
    out->span = out->given;
    set_ranges(out);
    if (options->source && *options->source)
        add_test(e, out, BL_FIELD_SOURCE, options->source);
    if (options->lang && *options->lang)
        add_test(e, out, BL_FIELD_LANG, options->lang);
    out->option_tests = out->test_count;
    set_organizations(e, out, options);
    out->min_sources = options->min_sources > UINT32_MAX ? UINT32_MAX : (uint32_t)options->min_sources;
    out->row = bl_statement_get(e, db, BL_SQL_HEAD);
}

/* What is spilled stands outside its day's slot. */
static bool date_passes(bl_error *e, const bl_filter *f, int64_t doc)
{
    bl_spilled_day day;
    if (!f->dated || doc < BL_SLOT_SPILL)
        return true;
    if (!bl_spilled_find(e, f->context.db, f->revision, doc, &day) || !day.earliest.year || !day.latest.year)
        return false;
    return (!f->span.from.year || bl_day_compare(day.latest, f->span.from) >= 0) &&
           (!f->span.until.year || bl_day_compare(day.earliest, f->span.until) <= 0);
}

/* ---- fields of the query ---- */

/* What nobody has for a name, and what is no kind or number, is looked for as it stands. */
static void make_text(bl_error *e, bl_node *node)
{
    if (node->field != BL_FIELD_ORG) {
        bl_query_field_to_text(e, node);
        return;
    }
    node->kind = BL_NODE_LEAF;
    node->quoted = node->filter = true;
}

/* A range of dates that all must be in narrows the walk. */
static bool take_date(bl_error *e, bl_filter *f, const bl_node *node)
{
    const bl_span span = bl_date_words(e, node->text, f->context.today);
    if (!span.from.year && !span.until.year)
        return false;
    f->span = bl_span_meet(f->span, span);
    return true;
}

static bool take_one(bl_error *e, bl_filter *f, bl_node *node)
{
    const bool negative = node->kind == BL_NODE_NOT;
    bl_node *field = negative ? node->child : node;
    if (field->kind != BL_NODE_FIELD || bl_failed(e))
        return false;
    if (field->field == BL_FIELD_DATE && !negative && take_date(e, f, field))
        return true;
    bl_predicate *test = add_test(e, f, field->field, field->text);
    if (test)
        test->negative = negative;
    else
        make_text(e, field);
    return test != NULL;
}

static void take_top(bl_error *e, bl_filter *f, bl_node **tree)
{
    bool list = *tree && (*tree)->kind == BL_NODE_AND;
    for (bl_node **link = list ? &(*tree)->child : tree; *link;) {
        bl_node *node = *link;
        if (!take_one(e, f, node)) {
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
}

/* The set that the same field stands for elsewhere; their count when there is none. */
static size_t known_set(const bl_filter *f, const bl_node *node)
{
    size_t i = 0;
    while (i < f->set_count && (f->sets[i].field != node->field || strcmp(f->sets[i].typed, node->text) != 0))
        i++;
    return i;
}

static void find_sets(bl_error *e, bl_filter *f, bl_node *node)
{
    for (; node && !bl_failed(e); node = node->next) {
        find_sets(e, f, node->child);
        if (node->kind != BL_NODE_FIELD)
            continue;
        size_t number = known_set(f, node);
        bl_predicate *set = NULL;
        if (number == f->set_count)
            set = add(e, f, &f->sets, &f->set_count, &f->set_capacity, node->field, node->text);
        if (set) {
            bl_predicate_list(e, set);
            number = f->set_count - 1;
        }
        if (number < f->set_count) {
            node->term = number;
            node->has_term = true;
        } else {
            make_text(e, node);
        }
    }
}

static bool has_field(const bl_node *node)
{
    for (; node; node = node->next)
        if (node->kind == BL_NODE_FIELD || has_field(node->child))
            return true;
    return false;
}

void bl_filter_take(bl_error *e, bl_filter *f, bl_node **tree)
{
    f->fields = has_field(*tree);
    cut(f->tests, &f->test_count, f->option_tests);
    cut(f->sets, &f->set_count, 0);
    f->span = f->given;
    take_top(e, f, tree);
    find_sets(e, f, *tree);
    set_ranges(f);
}

void bl_filter_plan(bl_error *e, bl_filter *f, const char *query, size_t size, const bl_plan *plan)
{
    bl_node *typed = plan->tree || f->fields ? NULL : bl_query_literal(e, query, size);
    if (typed)
        f->range_count = 0;
    bl_query_free(typed);
}

static const char *text(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

/* Whether the row must be looked at, and not only the document's number. */
static bool asks_row(const bl_filter *f)
{
    bool asks = false;
    for (size_t i = 0; i < f->test_count && !asks; i++)
        asks = !f->tests[i].listed && f->tests[i].field != BL_FIELD_IS;
    return asks;
}

static bool tests_pass(bl_error *e, bl_filter *f, const bl_row_head *row)
{
    for (size_t i = 0; i < f->test_count; i++)
        if (!bl_predicate_passes(e, &f->tests[i], row))
            return false;
    return true;
}

bool bl_filter_asks(bl_error *e, bl_filter *f, int64_t doc)
{
    bl_row_head row = { .doc = doc };
    if (!organizations_pass(f, doc) || !date_passes(e, f, doc))
        return false;
    if (f->min_sources > 1 && (!f->stories || bl_stories_publishers(f->stories, doc) < f->min_sources))
        return false;
    if (!asks_row(f))
        return tests_pass(e, f, &row);
    bl_sql_int(e, f->row, 1, doc);
    if (!bl_sql_row(e, f->row))
        return false;
    row = (bl_row_head){ doc, text(f->row, 0), text(f->row, 1), text(f->row, 2) };
    bool passes = tests_pass(e, f, &row);
    sqlite3_reset(f->row);
    return passes;
}

int64_t bl_filter_undated_order(bl_error *e, bl_filter *f, int64_t doc)
{
    if (doc < BL_SLOT_SPILL)
        return bl_slot_order(doc);
    bl_spilled_day day = { 0 };
    bl_spilled_find(e, f->context.db, f->revision, doc, &day);
    return day.earliest.year ? bl_slot_of(day.earliest) + BL_SLOT_SIZE - 1 : bl_slot_order(doc);
}

void bl_filter_free(bl_filter *f)
{
    cut(f->tests, &f->test_count, 0);
    cut(f->sets, &f->set_count, 0);
    for (size_t i = 0; i < f->named_count; i++)
        bl_docs_free(&f->named[i]);
    free(f->tests);
    free(f->sets);
    free(f->named);
    free(f->how);
    free(f->narrows);
    *f = (bl_filter){ 0 };
}
