/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A plan to lines that tell how a query is answered. */
#include "explain_plan.h"

#include <inttypes.h>

#include "match.h"
#include "walk.h"

static void put_units(bl_error *e, bl_database *db, const bl_plan *plan, const bl_node *node, bl_buffer *out)
{
    for (; node && !bl_failed(e); node = node->next) {
        const bl_term *term = node->kind == BL_NODE_LEAF && node->has_term ? &plan->terms[node->term] : NULL;
        if (term && !term->filter && !term->expansion) {
            const char *quote = node->quoted ? "\"" : "";
            bl_buffer_printf(out, "unit\t%s%s%s%s (%.2g) %" PRId64 "\n", quote, node->text, quote,
                             node->prefix ? "*" : "", term->weight,
                             bl_match_frequency(e, db, plan, node->term));
        }
        put_units(e, db, plan, node->child, out);
    }
}

static void put_dates(const bl_filter *filter, bl_buffer *out)
{
    char first[BL_DAY_TEXT] = "", last[BL_DAY_TEXT] = "";
    if (!filter->dated)
        return;
    if (bl_day_valid(filter->span.from)) /* an open end is no day */
        bl_day_print(filter->span.from, first);
    if (bl_day_valid(filter->span.until))
        bl_day_print(filter->span.until, last);
    bl_buffer_printf(out, "dates\t%s..%s (%zu)\n", first, last, filter->range_count);
}

/* Which engine bl_match_open() would choose. */
static const char *engine_of(bl_error *e, bl_database *db, const bl_plan *plan)
{
    bl_match *walk = plan->tree ? bl_walk_open(e, db, plan, (bl_extent){ 0 }) : NULL;
    if (walk)
        walk->close(walk);
    return !plan->tree ? "rows" : walk ? "lists" : "FTS5";
}

void bl_explain_plan(bl_error *e, bl_database *db, const bl_plan *plan, const bl_filter *filter,
                     bl_buffer *out)
{
    put_units(e, db, plan, plan->tree, out);
    put_dates(filter, out);
    bl_buffer_printf(out, "plan\t%s\n", engine_of(e, db, plan));
    if (out->failed)
        bl_fail_nomem(e);
}
