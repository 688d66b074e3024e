/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A plan to the documents that satisfy it, each with the places of its terms, by walking FTS5. */
#include "match.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "expression.h"
#include "index/database.h"
#include "index/sql.h"
#include "walk.h"

typedef struct fts_match {
    bl_match base; /* first, so that a bl_match is one of these */
    sqlite3_stmt *walk;
    bl_expression expression;
    bl_occurrence *list;
} fts_match;

#define POINTER_TYPE "bl_match"

/* ---- inside FTS5 ---- */

static void collect_phrase(fts_match *m, const Fts5ExtensionApi *api, Fts5Context *context, size_t i)
{
    Fts5PhraseIter iterator;
    int column, position;
    if (api->xPhraseFirst(context, (int)i, &iterator, &column, &position) != SQLITE_OK || column < 0)
        return;
    const bl_leaf *leaf = &m->expression.leaves[i];
    bl_occurrence *o = &m->list[m->base.count++];
    *o = bl_occurrence_none(leaf->term, leaf->phrase);
    for (; column >= 0; api->xPhraseNext(context, &iterator, &column, &position))
        bl_occurrence_note(o, (uint32_t)column, (uint32_t)position);
}

/* bl_occurrences(table, match): called by FTS5 on each matching row; fills the match that is being stepped.
 */
static void occurrences(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count,
                        sqlite3_value **arguments)
{
    fts_match *m = count == 1 ? sqlite3_value_pointer(arguments[0], POINTER_TYPE) : NULL;
    if (!m) {
        sqlite3_result_error(result, "bl_occurrences is for the library alone", -1);
        return;
    }
    m->base.count = 0;
    for (size_t i = 0; i < m->expression.count; i++)
        collect_phrase(m, api, context, i);
    sqlite3_result_int64(result, api->xRowid(context));
}

static void need_function(bl_error *e, bl_database *db)
{
    if (bl_failed(e) || db->matches)
        return;
    fts5_api *api = bl_fts_api(e, db->sql);
    if (bl_failed(e))
        return;
    int code = api->xCreateFunction(api, "bl_occurrences", NULL, occurrences, NULL);
    if (code != SQLITE_OK)
        bl_sql_fail(e, db->sql, code);
    db->matches = code == SQLITE_OK;
}

/* ---- the cursor ---- */

static bool next(bl_error *e, bl_match *match)
{
    fts_match *m = (fts_match *)match;
    m->base.count = 0;
    if (!bl_sql_row(e, m->walk))
        return false;
    m->base.doc = sqlite3_column_int64(m->walk, 0);
    m->base.occurrences = m->list;
    return true;
}

static void close_match(bl_match *match)
{
    fts_match *m = (fts_match *)match;
    if (!m)
        return;
    sqlite3_finalize(m->walk);
    bl_expression_free(&m->expression);
    free(m->list);
    free(m);
}

/* What the walk reads: everything, what FTS5 finds, or what it does not find. */
static const char *walk_text(const bl_plan *plan, const bl_expression *expression, bool occurrences)
{
    if (!plan->tree)
        return "SELECT doc FROM length WHERE doc BETWEEN ?2 AND ?3 ORDER BY doc";
    if (expression->negative)
        return "SELECT doc FROM length WHERE doc BETWEEN ?2 AND ?3 AND doc NOT IN (SELECT rowid FROM "
               "bulletin_fts"
               " WHERE bulletin_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3) ORDER BY doc";
    if (!occurrences)
        return "SELECT rowid FROM bulletin_fts WHERE bulletin_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3";
    return "SELECT bl_occurrences(bulletin_fts, ?4) FROM bulletin_fts WHERE bulletin_fts MATCH ?1"
           " AND rowid BETWEEN ?2 AND ?3";
}

static bl_match *open_fts(bl_error *e, bl_database *db, const bl_plan *plan, bl_extent extent)
{
    fts_match *m = bl_failed(e) ? NULL : calloc(1, sizeof *m);
    if (!m) {
        bl_fail_nomem(e);
        return NULL;
    }
    m->base.next = next;
    m->base.close = close_match;
    need_function(e, db);
    if (plan->tree)
        bl_expression_make(e, plan, &m->expression);
    m->list = calloc(m->expression.count + 1, sizeof *m->list);
    if (!m->list)
        bl_fail_nomem(e);
    bool walks_phrases = extent.occurrences && plan->tree && !m->expression.negative;
    m->walk = bl_sql_prepare(e, db->sql, walk_text(plan, &m->expression, extent.occurrences));
    if (plan->tree)
        bl_sql_text(e, m->walk, 1, m->expression.text);
    bl_sql_int(e, m->walk, 2, extent.first);
    bl_sql_int(e, m->walk, 3, extent.last);
    if (!bl_failed(e) && walks_phrases)
        sqlite3_bind_pointer(m->walk, 4, m, POINTER_TYPE, NULL);
    if (bl_failed(e)) {
        close_match(&m->base);
        return NULL;
    }
    return &m->base;
}

/* FTS5 answers where the index is of a format that is not known here. */
bl_match *bl_match_open(bl_error *e, bl_database *db, const bl_plan *plan, bl_extent extent)
{
    bl_match *match = bl_walk_open(e, db, plan, extent);
    return match || bl_failed(e) ? match : open_fts(e, db, plan, extent);
}

int64_t bl_match_frequency(bl_error *e, bl_database *db, const bl_plan *plan, size_t term)
{
    bl_expression expression = { 0 };
    int64_t frequency = bl_walk_frequency(e, db, plan, term);
    if (frequency >= 0 || bl_failed(e))
        return frequency;
    frequency = 0;
    bl_expression_term(e, plan, term, &expression);
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql, "SELECT count(*) FROM bulletin_fts WHERE bulletin_fts MATCH ?1");
    bl_sql_text(e, s, 1, expression.text);
    if (bl_sql_row(e, s))
        frequency = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    bl_expression_free(&expression);
    return frequency;
}
