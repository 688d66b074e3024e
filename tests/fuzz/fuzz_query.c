/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Any bytes as a query: it is understood or refused, printing and parsing give the same again, and it can be
 * planned and written for FTS5. The same bytes as a date. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "search/date_words.h"
#include "search/expand.h"
#include "search/expression.h"
#include "search/query.h"

static void check(bool right)
{
    if (!right)
        abort();
}

static void check_same(const bl_node *a, const bl_node *b)
{
    for (; a && b; a = a->next, b = b->next) {
        check(a->kind == b->kind && a->quoted == b->quoted && a->prefix == b->prefix &&
              a->columns == b->columns && a->field == b->field && a->distance == b->distance &&
              strcmp(a->text ? a->text : "", b->text ? b->text : "") == 0);
        check_same(a->child, b->child);
    }
    check(!a && !b);
}

static void print_and_parse(const bl_node *tree)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer text = { 0 };
    bl_query_print(tree, &text);
    bl_node *again = bl_query_parse(&e, text.data ? text.data : "", text.size);
    /* Brackets and quotes that closed themselves are written: only that may be too much. */
    if (!bl_failed(&e))
        check_same(tree, again);
    else
        check(text.size > BL_QUERY_BYTES);
    bl_query_free(again);
    bl_buffer_free(&text);
}

static void plan(bl_cutter *cutter, bl_node *tree, bl_plan_mode mode)
{
    bl_error e = BL_ERROR_INIT;
    const bl_expander expander = { .cutter = cutter };
    bl_plan plan = { 0 };
    bl_expression expression = { 0 };
    bl_plan_make(&e, &expander, tree, mode, &plan);
    if (!bl_failed(&e) && plan.tree)
        bl_expression_make(&e, &plan, &expression);
    check(!bl_failed(&e) || e.status == BULLETIN_BAD_QUERY);
    bl_expression_free(&expression);
    bl_plan_free(&plan);
}

static void read_date(const uint8_t *data, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    char text[100];
    size = size < sizeof text ? size : sizeof text - 1;
    memcpy(text, data, size);
    text[size] = '\0';
    const bl_span span = bl_date_words(&e, text, (bl_day){ 2024, 2, 29 });
    check(bl_failed(&e) ? e.status == BULLETIN_BAD_QUERY
                        : (!span.from.year || (bl_day_valid(span.from) && span.from.day > 0)) &&
                              (!span.until.year || (bl_day_valid(span.until) && span.until.day > 0)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bl_cutter *cutter;
    bl_error e = BL_ERROR_INIT;
    if (!cutter)
        cutter = bl_cutter_open(&e);
    check(cutter != NULL);
    read_date(data, size);
    for (int mode = BL_PLAN_ALL; mode <= BL_PLAN_PARTIAL; mode++) {
        bl_node *tree = bl_query_parse(&e, (const char *)data, size);
        if (bl_failed(&e)) {
            check(e.status == BULLETIN_BAD_QUERY && !tree);
            return 0;
        }
        print_and_parse(tree);
        plan(cutter, tree, (bl_plan_mode)mode);
    }
    return 0;
}
