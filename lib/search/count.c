/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A query to how many stories and bulletins it finds, by one or two of their properties. */
#include "count.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "collapse.h"
#include "index/slot.h"
#include "index/sql.h"
#include "search.h"
#include "tally.h"

typedef struct counting {
    bl_database *db;
    const bl_count_order *order;
    bl_doc_list base, found;
    const bl_stories *stories;
    bool *matches; /* by place in base: it is found */
    bool *first;   /* its story counts here */
    bl_tally tally;
    const bl_cell **rows;
    size_t row_count;
    bulletin_count_row total;
} counting;

/* ---- what is found ---- */

static int compare_docs(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void sort_docs(bl_doc_list *docs)
{
    bool sorted = true;
    for (size_t i = 1; i < docs->count && sorted; i++)
        sorted = docs->list[i - 1] < docs->list[i];
    if (!sorted)
        qsort(docs->list, docs->count, sizeof *docs->list, compare_docs);
}

static void find_docs(bl_error *e, counting *c, const char *query, size_t size, bl_doc_list *out,
                      int64_t *revision)
{
    bl_result result = { 0 };
    bulletin_search_options options = *c->order->options;
    options.flags = (options.flags | BULLETIN_NO_PARTIAL | BULLETIN_NO_COLLAPSE) & ~(unsigned)BULLETIN_ANY;
    options.sort = BULLETIN_OLDEST;
    options.limit = options.offset = 0;
    bl_search_docs(e, c->db, query, size, &options, &result);
    *revision = result.totals[BULLETIN_TOTAL_REVISION];
    out->list = bl_failed(e) ? NULL : malloc((result.top.count + 1) * sizeof *out->list);
    if (!out->list)
        bl_fail_nomem(e);
    for (size_t i = 0; i < result.top.count && out->list; i++)
        out->list[out->count++] = result.top.list[i].doc;
    sort_docs(out);
    bl_result_free(&result);
}

/* What is left where nothing is asked for. */
static void find_base(bl_error *e, counting *c, int64_t *revision)
{
    size_t blanks = 0;
    while (blanks < c->order->size && c->order->query[blanks] == ' ')
        blanks++;
    if (blanks < c->order->size) {
        find_docs(e, c, "", 0, &c->base, revision);
        return;
    }
    c->base.list = bl_failed(e) ? NULL : malloc((c->found.count + 1) * sizeof *c->base.list);
    if (!c->base.list) {
        bl_fail_nomem(e);
        return;
    }
    c->base.count = c->found.count;
    memcpy(c->base.list, c->found.list, c->found.count * sizeof *c->base.list);
}

enum { MOST_TRIES = 8 };

/* Both of one moment: where somebody wrote in between, again. */
static void find_both(bl_error *e, counting *c)
{
    int64_t first;
    for (int i = 0; i < MOST_TRIES && !bl_failed(e); i++) {
        find_docs(e, c, c->order->query, c->order->size, &c->found, &first);
        int64_t second = first;
        find_base(e, c, &second);
        bl_totals now = { 0 };
        bl_database_begin_read(e, c->db);
        bl_database_totals(e, c->db, &now);
        if (bl_failed(e) || (first == second && now.revision == first)) {
            c->stories = bl_stories_get(e, c->db, now.revision, 0);
            return;
        }
        bl_database_end(e, c->db);
        free(c->found.list);
        free(c->base.list);
        c->found = c->base = (bl_doc_list){ 0 };
    }
    bl_fail(e, BULLETIN_BUSY, "another program keeps changing the archive; try again");
}

/* ---- where a story counts ---- */

static int64_t id_of(bl_error *e, sqlite3_stmt *ids, int64_t doc)
{
    bl_sql_int(e, ids, 1, doc);
    int64_t id = bl_sql_row(e, ids) ? sqlite3_column_int64(ids, 0) : 0;
    sqlite3_reset(ids);
    return id;
}

/* The earliest dated, then the lowest id. */
static bool goes_before(bl_error *e, bl_database *db, sqlite3_stmt *ids, int64_t a, int64_t b)
{
    bl_day x = bl_facet_day(e, db, a), y = bl_facet_day(e, db, b);
    if (!x.year != !y.year)
        return x.year != 0;
    int order = x.year ? bl_day_compare(bl_day_earliest(x), bl_day_earliest(y)) : 0;
    return order != 0 ? order < 0 : id_of(e, ids, a) < id_of(e, ids, b);
}

/* Where a document stands in a list, or would; walks ascend. */
static size_t step_to(const bl_doc_list *docs, size_t at, int64_t doc)
{
    while (at < docs->count && docs->list[at] < doc)
        at++;
    return at;
}

/* Of each story one of the bulletins that are found. */
static void choose_firsts(bl_error *e, counting *c)
{
    const bl_doc_list all = { c->stories ? c->stories->docs : NULL, c->stories ? c->stories->count : 0 };
    sqlite3_stmt *ids = bl_sql_prepare(e, c->db->sql, "SELECT id FROM bulletin WHERE doc = ?1");
    size_t *best = calloc(all.count + 1, sizeof *best); /* place in base + 1 */
    if (!best)
        bl_fail_nomem(e);
    for (size_t i = 0, place = 0, at = 0; i < c->found.count && !bl_failed(e); i++) {
        int64_t doc = c->found.list[i];
        place = step_to(&c->base, place, doc);
        if (place == c->base.count || c->base.list[place] != doc)
            continue;
        c->matches[place] = true;
        at = step_to(&all, at, doc);
        size_t story = at < all.count && all.list[at] == doc ? c->stories->leaders[at] : all.count;
        if (story == all.count)
            c->first[place] = true;
        else if (!best[story] || goes_before(e, c->db, ids, doc, c->base.list[best[story] - 1]))
            best[story] = place + 1;
    }
    sqlite3_finalize(ids);
    for (size_t i = 0; best && i < all.count; i++)
        if (best[i])
            c->first[best[i] - 1] = true;
    free(best);
}

/* ---- the whole ---- */

static void prepare(bl_error *e, counting *c)
{
    c->matches = calloc(c->base.count + 1, sizeof *c->matches);
    c->first = calloc(c->base.count + 1, sizeof *c->first);
    if (!c->matches || !c->first)
        bl_fail_nomem(e);
    if (!bl_failed(e))
        choose_firsts(e, c);
    c->total = (bulletin_count_row){ .bulletins = (int64_t)c->found.count, .base = (int64_t)c->base.count };
    for (size_t i = 0; i < c->base.count && !bl_failed(e); i++)
        c->total.stories += c->first[i];
}

static void count_by(bl_error *e, counting *c)
{
    c->tally = (bl_tally){
        .docs = &c->base, .matches = c->matches, .first = c->first, .facet_count = c->order->by_count
    };
    bl_tally_make(e, c->db, c->order->by, &c->tally);
    c->rows = bl_tally_rows(e, c->db, &c->tally, &c->row_count);
}

static void tell_rows(bl_error *e, const counting *c, bulletin_count_callback tell, void *context)
{
    for (size_t i = 0; i < c->row_count && !bl_failed(e); i++) {
        const bl_cell *one = c->rows[i];
        bulletin_count_row out = { { NULL, NULL }, one->stories, one->bulletins, one->base };
        for (size_t f = 0; f < c->order->by_count; f++)
            out.keys[f] = c->tally.facets[f].names[one->keys[f]];
        if (!tell(context, &out))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
    }
}

void bl_count(bl_error *e, bl_database *db, const bl_count_order *order, bulletin_count_row *total,
              bulletin_count_callback tell, void *context)
{
    counting c = { .db = db, .order = order };
    find_both(e, &c);
    if (!bl_failed(e))
        prepare(e, &c);
    if (!bl_failed(e) && order->by_count > 0)
        count_by(e, &c);
    bl_database_end(e, db);
    if (!bl_failed(e) && total)
        *total = c.total;
    if (!bl_failed(e) && tell)
        tell_rows(e, &c, tell, context);
    bl_tally_free(&c.tally);
    free(c.rows);
    free(c.base.list);
    free(c.found.list);
    free(c.matches);
    free(c.first);
}
