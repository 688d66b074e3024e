/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tokenizer, query language, ranking and snippets for any program with SQLite: the shell, Python, Datasette.
 *
 *   .load bulletin_fts
 *   SELECT b.id, b.title, bulletin_snippet(bulletin_fts, 1, '[', ']', 80)
 *     FROM bulletin_fts JOIN bulletin AS b ON b.doc = bulletin_fts.rowid
 *    WHERE bulletin_fts MATCH bulletin_query('产改 OR "industrial reform"')
 *    ORDER BY bulletin_rank(bulletin_fts) DESC LIMIT 10;
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/fts.h"
#include "index/sql.h"
#include "search/expression.h"
#include "search/rank.h"
#include "search/snippet.h"
#include "text/fold.h"

SQLITE_EXTENSION_INIT1

static void report(sqlite3_context *result, const bl_error *e)
{
    if (e->status == BULLETIN_NOMEM)
        sqlite3_result_error_nomem(result);
    else
        sqlite3_result_error(result, e->message, -1);
}

/* Hand a buffer's bytes to SQLite, which copies them. */
static void give(sqlite3_context *result, const bl_error *e, const bl_buffer *text)
{
    if (bl_failed(e) || text->failed)
        report(result, e);
    else
        sqlite3_result_text64(result, text->data ? text->data : "", text->size, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
}

/* ---- bulletin_fold(text), bulletin_query(text) ---- */

static void fold(sqlite3_context *result, int count, sqlite3_value **arguments)
{
    (void)count;
    bl_error e = BL_ERROR_INIT;
    bl_folded folded = { 0 };
    const char *text = (const char *)sqlite3_value_text(arguments[0]);
    if (text) {
        bl_fold(&e, text, (size_t)sqlite3_value_bytes(arguments[0]), &folded);
        const bl_buffer out = { folded.text, folded.size, folded.size + 1, false };
        give(result, &e, &out);
    }
    bl_folded_free(&folded);
}

/* A query as it is typed, as what MATCH takes; with a true second argument of any column, else of title and
 * body alone. */
static void query(sqlite3_context *result, int count, sqlite3_value **arguments)
{
    bl_error e = BL_ERROR_INIT;
    bl_fts *fts = sqlite3_user_data(result);
    bl_plan plan = { 0 };
    bl_expression expression = { 0 };
    const char *text = (const char *)sqlite3_value_text(arguments[0]);
    size_t size = (size_t)sqlite3_value_bytes(arguments[0]);
    const bl_expander expander = { .cutter = fts->cutter };
    bl_plan_make(&e, &expander, bl_query_parse(&e, text ? text : "", text ? size : 0), BL_PLAN_ALL, &plan);
    if (!plan.tree)
        bl_fail(&e, BULLETIN_BAD_QUERY, "the query holds no word");
    plan.articles_only = count < 2 || !sqlite3_value_int(arguments[1]);
    if (!bl_failed(&e))
        bl_expression_make(&e, &plan, &expression);
    if (!bl_failed(&e) && expression.negative)
        bl_fail(&e, BULLETIN_BAD_QUERY, "the query only excludes; name something to find");
    if (bl_failed(&e))
        report(result, &e);
    else
        sqlite3_result_text(result, expression.text, -1, SQLITE_TRANSIENT);
    bl_expression_free(&expression);
    bl_plan_free(&plan);
}

/* ---- bulletin_rank(bulletin_fts) ---- */

/* What ranking needs of a query, made on its first row. Each of FTS5's phrases counts as a term. */
typedef struct ranking {
    bl_plan plan;
    double *idf;
    bl_statistics statistics;
    bl_occurrence *list; /* room for each of the phrases */
} ranking;

static void free_ranking(void *memory)
{
    ranking *r = memory;
    if (!r)
        return;
    bl_plan_free(&r->plan);
    free(r->idf);
    free(r->list);
    free(r);
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *context, void *count)
{
    (void)api;
    (void)context;
    ++*(int64_t *)count;
    return SQLITE_OK;
}

static bool fill(ranking *r, const Fts5ExtensionApi *api, Fts5Context *context)
{
    int phrases = api->xPhraseCount(context);
    sqlite3_int64 documents = 0;
    api->xRowCount(context, &documents);
    r->idf = calloc((size_t)phrases + 1, sizeof *r->idf);
    r->plan.terms = calloc((size_t)phrases + 1, sizeof *r->plan.terms);
    r->list = calloc((size_t)phrases + 1, sizeof *r->list);
    if (!r->idf || !r->plan.terms || !r->list)
        return false;
    for (int i = 0; i < phrases; i++) {
        int64_t frequency = 0;
        if (api->xQueryPhrase(context, i, &frequency, count_row) != SQLITE_OK)
            return false;
        bl_term *term = &r->plan.terms[r->plan.count++];
        term->phrases = calloc(1, sizeof *term->phrases);
        if (!term->phrases)
            return false;
        term->count = 1;
        term->weight = term->phrases[0].weight = 1;
        r->idf[i] = bl_rank_idf((double)documents, (double)frequency);
    }
    for (int column = 0; column < BL_FTS_RANKED && documents > 0; column++) {
        sqlite3_int64 total = 0;
        api->xColumnTotalSize(context, column, &total);
        r->statistics.average[column] = (double)total / (double)documents;
    }
    r->statistics.idf = r->idf;
    return true;
}

static ranking *ranking_of(const Fts5ExtensionApi *api, Fts5Context *context)
{
    ranking *r = api->xGetAuxdata(context, 0);
    if (r)
        return r;
    r = calloc(1, sizeof *r);
    if (!r || !fill(r, api, context)) {
        free_ranking(r);
        return NULL;
    }
    return api->xSetAuxdata(context, r, free_ranking) == SQLITE_OK ? r : NULL;
}

static size_t collect(ranking *r, const Fts5ExtensionApi *api, Fts5Context *context)
{
    size_t count = 0;
    for (size_t i = 0; i < r->plan.count; i++) {
        Fts5PhraseIter iterator;
        int column, position;
        if (api->xPhraseFirst(context, (int)i, &iterator, &column, &position) != SQLITE_OK || column < 0)
            continue;
        bl_occurrence *o = &r->list[count++];
        *o = bl_occurrence_none((uint32_t)i, 0);
        for (; column >= 0; api->xPhraseNext(context, &iterator, &column, &position))
            bl_occurrence_note(o, (uint32_t)column, (uint32_t)position);
    }
    return count;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int arguments,
                 sqlite3_value **values)
{
    (void)arguments;
    (void)values;
    ranking *r = ranking_of(api, context);
    if (!r) {
        sqlite3_result_error_nomem(result);
        return;
    }
    size_t count = collect(r, api, context);
    uint32_t length[BL_FTS_RANKED];
    for (int column = 0; column < BL_FTS_RANKED; column++) {
        int size = 0;
        api->xColumnSize(context, column, &size);
        length[column] = (uint32_t)size;
    }
    sqlite3_result_double(result, bl_rank(&r->statistics, &r->plan, r->list, count, length));
}

/* ---- bulletin_snippet(bulletin_fts, column, before, after, columns) ---- */

static size_t token_of_position(const bl_tokens *tokens, size_t from, uint32_t *at, uint32_t position)
{
    while (from < tokens->count && *at < position) {
        from++;
        while (from < tokens->count && tokens->items[from].colocated)
            from++;
        ++*at;
    }
    return from;
}

/* FTS5's instances, which come in order of position, as ranges of the text. */
static int mark(bl_error *e, const Fts5ExtensionApi *api, Fts5Context *context, int wanted,
                const bl_tokens *tokens, bl_highlights *marks)
{
    int count = 0, code = api->xInstCount(context, &count);
    size_t token = 0;
    uint32_t at = 0;
    for (int i = 0; i < count && code == SQLITE_OK; i++) {
        int phrase, column, position;
        code = api->xInst(context, i, &phrase, &column, &position);
        if (code != SQLITE_OK || column != wanted)
            continue;
        token = token_of_position(tokens, token, &at, (uint32_t)position);
        uint32_t end_at = at;
        size_t last = token_of_position(tokens, token, &end_at,
                                        (uint32_t)(position + api->xPhraseSize(context, phrase) - 1));
        if (last < tokens->count)
            bl_highlights_put(e, marks,
                              (bulletin_range){ tokens->items[token].start, tokens->items[last].end },
                              (uint32_t)phrase);
    }
    return code;
}

static const char *text_argument(sqlite3_value **values, int count, int i, const char *otherwise)
{
    const char *text = i < count ? (const char *)sqlite3_value_text(values[i]) : NULL;
    return text ? text : otherwise;
}

static void write_marked(const bl_buffer *passage, const bl_highlights *marks, const char *before,
                         const char *after, bl_buffer *out)
{
    size_t at = 0;
    for (size_t i = 0; i < marks->count; i++) {
        bl_buffer_append(out, passage->data + at, marks->list[i].start - at);
        bl_buffer_puts(out, before);
        bl_buffer_append(out, passage->data + marks->list[i].start,
                         marks->list[i].end - marks->list[i].start);
        bl_buffer_puts(out, after);
        at = marks->list[i].end;
    }
    bl_buffer_append(out, passage->data + at, passage->size - at);
}

enum { SNIPPET_COLUMNS = 160 };

static void snippet(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count,
                    sqlite3_value **values)
{
    bl_error e = BL_ERROR_INIT;
    bl_fts *fts = api->xUserData(context);
    bl_highlights marks = { 0 };
    bl_buffer passage = { 0 }, out = { 0 };
    bl_tokens tokens = { 0 };
    bl_layout layout = { 0 };
    int column = count > 0 ? sqlite3_value_int(values[0]) : 1;
    int columns = count > 3 ? sqlite3_value_int(values[3]) : SNIPPET_COLUMNS;
    const char *text = NULL;
    int size = 0;
    if (column < 0 || column >= BL_FTS_COLUMNS || columns <= 0)
        bl_fail(&e, BULLETIN_MISUSE,
                "bulletin_snippet(table, 0 title, 1 body or 2 furniture, before, after, columns)");
    else if (api->xColumnText(context, column, &text, &size) != SQLITE_OK)
        bl_fail(&e, BULLETIN_IO, "the bulletin's text cannot be read");
    if (!bl_failed(&e) && text) {
        bl_cut(&e, fts->cutter, text, (size_t)size, &tokens);
        if (!bl_failed(&e) && mark(&e, api, context, column, &tokens, &marks) != SQLITE_OK)
            bl_fail_nomem(&e);
        if (!bl_failed(&e))
            bl_snippet(&e, fts->cutter, &layout, text, (size_t)size, (unsigned)columns, &marks, &passage);
        if (!bl_failed(&e))
            write_marked(&passage, &marks, text_argument(values, count, 1, "【"),
                         text_argument(values, count, 2, "】"), &out);
    }
    give(result, &e, &out);
    bl_tokens_free(&tokens);
    bl_layout_free(&layout);
    bl_highlights_free(&marks);
    bl_buffer_free(&passage);
    bl_buffer_free(&out);
}

/* ---- loading ---- */

static void release(void *memory)
{
    bl_fts_free(memory);
    free(memory);
}

static int register_all(bl_error *e, sqlite3 *sql, bl_fts *fts)
{
    enum { PURE = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };
    bl_fts_register(e, sql, fts);
    fts5_api *api = bl_fts_api(e, sql);
    if (bl_failed(e))
        return SQLITE_ERROR;
    int code = sqlite3_create_function_v2(sql, "bulletin_fold", 1, PURE, NULL, fold, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = api->xCreateFunction(api, "bulletin_rank", fts, rank, NULL);
    if (code == SQLITE_OK)
        code = api->xCreateFunction(api, "bulletin_snippet", fts, snippet, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function_v2(sql, "bulletin_query", 2, PURE, fts, query, NULL, NULL, NULL);
    /* Last, since from then on SQLite releases the tokenizer's state, also when this call fails. */
    if (code == SQLITE_OK)
        code = sqlite3_create_function_v2(sql, "bulletin_query", 1, PURE, fts, query, NULL, NULL, release);
    return code;
}

#ifdef _WIN32
__declspec(dllexport)
#else
__attribute__((visibility("default")))
#endif
    int sqlite3_bulletinfts_init(sqlite3 *sql, char **message, const sqlite3_api_routines *routines);

int sqlite3_bulletinfts_init(sqlite3 *sql, char **message, const sqlite3_api_routines *routines)
{
    SQLITE_EXTENSION_INIT2(routines);
    bl_error e = BL_ERROR_INIT;
    bl_fts *fts = calloc(1, sizeof *fts);
    if (!fts)
        return SQLITE_NOMEM;
    int code = register_all(&e, sql, fts);
    if (bl_failed(&e))
        *message = sqlite3_mprintf("%s", e.message);
    return code;
}
