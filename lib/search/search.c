/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A query and its filters to the best documents and the exact number of all. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "explain_plan.h"
#include "found.h"
#include "index/sql.h"
#include "lexicon.h"
#include "query.h"
#include "recall.h"
#include "sift.h"
#include "whole.h"

/* ---- before the walk ---- */

/* What no organization is called stands above the query as a condition of its own. */
static bl_node *add_phrases(bl_error *e, const bl_collector *s, bl_node *tree)
{
    for (size_t i = 0; i < s->filter.named_count && !bl_failed(e); i++) {
        const char *name = s->options->organizations[i];
        if (s->filter.how[i] != BULLETIN_NAMED_NOTHING)
            continue;
        bl_node *leaf = bl_query_literal(e, name, strlen(name));
        if (leaf)
            leaf->filter = true;
        tree = leaf ? bl_query_join(e, BL_NODE_AND, leaf, tree) : tree;
        if (tree)
            tree->filter = true;
    }
    return tree;
}

static void make_plan(bl_error *e, bl_collector *s, const char *query, size_t size, bl_plan_mode mode)
{
    const unsigned flags = s->options->flags;
    bl_node *tree =
        flags & BULLETIN_LITERAL ? bl_query_literal(e, query, size) : bl_query_parse(e, query, size);
    if (!(flags & BULLETIN_LITERAL))
        bl_recall(e, s->db, &tree);
    if (!s->out->parsed) {
        bl_buffer parsed = { 0 };
        bl_query_print(tree, &parsed);
        s->out->parsed = bl_buffer_steal(&parsed);
        if (!s->out->parsed)
            bl_fail_nomem(e);
    }
    bl_query_distinct(tree);
    if (!(flags & BULLETIN_LITERAL))
        bl_filter_take(e, &s->filter, &tree);
    tree = add_phrases(e, s, tree);
    bl_lexicon lexicon;
    bl_lexicon_open(e, s->db, !(flags & (BULLETIN_NO_EXPAND | BULLETIN_LITERAL)), s->options->glossary,
                    &lexicon);
    if (flags & BULLETIN_EXPAND_EXACT)
        lexicon.expander.worst = BL_QUALITY_EXACT;
    bl_plan_make(e, &lexicon.expander, tree, mode, &s->out->plan);
    s->out->plan.sets = s->filter.sets;
    bl_lexicon_close(&lexicon);
    bl_filter_plan(e, &s->filter, query, size, &s->out->plan);
    /* Without furniture in the archive the index need not be told to leave it out, and is faster. */
    s->out->plan.articles_only = s->totals.furniture > 0 && !(flags & BULLETIN_ALL_TEXT);
}

/* ---- the whole ---- */

static void run(bl_error *e, bl_collector *s)
{
    bl_plan *plan = &s->out->plan;
    bl_held_open(e, plan, s->required, &s->held);
    if (!bl_failed(e))
        bl_scorer_open(e, s->db, plan, &s->totals, s->lists, &s->scorer);
    if (s->options->flags & BULLETIN_WORDS && bl_whole_applies(plan))
        s->whole = bl_whole_open(e, s->db, plan);
    if (!bl_failed(e))
        bl_sift(e, s);
    bl_whole_close(s->whole);
    bl_scorer_close(&s->scorer);
    bl_held_close(&s->held);
    s->whole = NULL;
}

/* Whether a plan of one word is that word alone, and not the only word of a run (入会 of 如何入会). */
static bool is_word_alone(const bl_plan *plan)
{
    bool spare = false;
    for (size_t i = 0; i < plan->count; i++)
        spare = spare || plan->terms[i].spare;
    return !spare;
}

/* Nothing has all the words: show what has at least half of them; of a short run of characters, what has all
 * the words in it. */
static void run_partial(bl_error *e, bl_collector *s, const char *query, size_t size)
{
    const unsigned never = BULLETIN_NO_PARTIAL | BULLETIN_LITERAL | BULLETIN_ANY;
    if (bl_failed(e) || s->out->totals[BULLETIN_TOTAL_BULLETINS] != 0 || s->options->flags & never)
        return;
    const bool one = bl_plan_wanted(&s->out->plan) < 2;
    int64_t undated = s->out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED];
    bl_plan_free(&s->out->plan);
    make_plan(e, s, query, size, BL_PLAN_PARTIAL);
    const size_t words = bl_plan_wanted(&s->out->plan);
    if (words == 0 || (words == 1 && (!one || is_word_alone(&s->out->plan))))
        return;
    s->required = one ? words : (words + 1) / 2;
    s->walked = 0;
    run(e, s);
    s->out->totals[BULLETIN_TOTAL_PARTIAL] = s->out->totals[BULLETIN_TOTAL_BULLETINS] != 0;
    s->out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED] = undated;
}

/* Nothing was found, not even part of it: which queries would find something near. */
static void suggest(bl_error *e, bl_collector *s, const char *query, size_t size)
{
    const unsigned flags = s->options->flags;
    if (bl_failed(e) || s->out->totals[BULLETIN_TOTAL_BULLETINS] != 0 || !(flags & BULLETIN_SUGGEST) ||
        flags & BULLETIN_LITERAL)
        return;
    bl_node *tree = bl_query_parse(e, query, size);
    bl_suggest(e, s->db, tree, &s->out->suggestions);
    bl_query_free(tree);
}

static void explain(bl_error *e, bl_collector *s)
{
    bl_buffer out = { 0 };
    if (bl_failed(e) || !(s->options->flags & BULLETIN_EXPLAIN))
        return;
    bl_explain_plan(e, s->db, &s->out->plan, &s->filter, &out);
    if (!bl_failed(e))
        s->out->explained = bl_buffer_steal(&out);
    bl_buffer_free(&out);
}

/* Whether what it finds may be kept. What begins with a character takes long to walk, however few of the
 * documents are asked for. */
static bool is_kept(const bl_collector *s)
{
    bl_buffer key = { 0 };
    const bool kept_so = bl_best_key(&s->out->plan, &key);
    bl_buffer_free(&key);
    s->maker->blocks.lists_all = kept_so && s->out->plan.terms[0].phrases[0].prefix;
    return kept_so;
}

static void search_all(bl_error *e, bl_database *db, const char *query, size_t size,
                       const bulletin_search_options *options, bl_best_maker *maker, bl_result *out)
{
    const bool anew = maker != NULL;
    bl_collector s = { .db = db, .options = options, .out = out, .maker = maker, .candidates = -1 };
    bl_reader reader = { 0 };
    bl_database_need_index(e, db);
    /* One view of the archive for figures and walks, whatever others write meanwhile. */
    const bool within = !sqlite3_get_autocommit(db->sql);
    s.alone = within;
    if (!within)
        bl_database_begin_read(e, db);
    bl_filter_open(e, db, options, &s.filter);
    bl_database_totals(e, db, &s.totals);
    s.filter.revision = s.totals.revision;
    s.lists = anew ? NULL : bl_kept_state_get(e, db, &s.totals);
    if (s.filter.min_sources > 1)
        s.filter.stories = bl_stories_get(e, db, s.totals.revision, BL_STORIES_PUBLISHERS);
    db->reader = bl_reader_open(e, db, &reader) ? &reader : NULL;
    reader.alone = s.alone || anew;
    make_plan(e, &s, query, size, options->flags & BULLETIN_ANY ? BL_PLAN_ANY : BL_PLAN_ALL);
    if (!anew || is_kept(&s))
        run(e, &s);
    if (!anew)
        run_partial(e, &s, query, size);
    suggest(e, &s, query, size);
    explain(e, &s);
    out->named = s.filter.how;
    out->named_count = s.filter.named_count;
    s.filter.how = NULL;
    bl_filter_free(&s.filter);
    out->plan.sets = NULL;
    db->reader = NULL;
    bl_reader_close(&reader);
    if (!within)
        bl_database_end(e, db);
    if (bl_failed(e))
        bl_result_free(out);
}

void bl_search(bl_error *e, bl_database *db, const char *query, size_t size,
               const bulletin_search_options *options, bl_result *out)
{
    *out = (bl_result){ .top = { .sort = options->sort, .limit = bl_scan_wanted(options) } };
    search_all(e, db, query, size, options, NULL, out);
}

void bl_search_anew(bl_error *e, bl_database *db, const char *query, size_t size,
                    const bulletin_search_options *options, bl_result *out)
{
    *out = (bl_result){ .top = { .sort = options->sort, .limit = bl_scan_wanted(options) } };
    bl_best_maker maker;
    bl_best_open(&maker);
    search_all(e, db, query, size, options, &maker, out);
    bl_best_close(e, &maker, &out->blocks, &out->newest);
    if (bl_failed(e))
        bl_result_free(out);
}

void bl_search_docs(bl_error *e, bl_database *db, const char *query, size_t size,
                    const bulletin_search_options *options, bl_result *out)
{
    *out = (bl_result){ .top = { .sort = BULLETIN_OLDEST, .unordered = true } };
    search_all(e, db, query, size, options, NULL, out);
}

void bl_result_free(bl_result *result)
{
    bl_suggestions_free(&result->suggestions);
    free(result->explained);
    bl_plan_free(&result->plan);
    bl_top_free(&result->top);
    free(result->parsed);
    free(result->named);
    bl_top_free(&result->newest);
    bl_buffer_free(&result->blocks);
    *result = (bl_result){ 0 };
}
