/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A query and its filters to the best documents and the exact number of all. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "best.h"
#include "collapse.h"
#include "explain_plan.h"
#include "filter.h"
#include "found.h"
#include "index/sql.h"
#include "lexicon.h"
#include "match.h"
#include "newest.h"
#include "query.h"
#include "recall.h"
#include "score.h"
#include "whole.h"

typedef struct search {
    bl_database *db;
    const bulletin_search_options *options;
    bl_result *out;
    bl_filter filter;
    bl_totals totals;
    bl_scorer scorer;
    bool *present;   /* terms that a document holds as typed, and behind them those of other words */
    size_t required; /* of them, in a partial search */
    bl_collapse collapse;
    int64_t as_typed;
    int64_t doc;      /* that is looked at */
    int64_t walked;   /* hits so far */
    bl_newest newest; /* of a walk whose newest are wanted */
    bl_whole *whole;  /* NULL = words count wherever they stand */
    bool other;       /* the document has other words for what was typed */
    bool anew;        /* without what is kept of other searches */
} search;

/* ---- before the walk ---- */

/* What no organization is called stands above the query as a condition of its own. */
static bl_node *add_phrases(bl_error *e, const search *s, bl_node *tree)
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

static void make_plan(bl_error *e, search *s, const char *query, size_t size, bl_plan_mode mode)
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

/* ---- the walk ---- */

static bool ranks(const search *s)
{
    return s->options->sort == BULLETIN_RELEVANCE && s->out->plan.count > 0;
}

/* Lengths are read only for documents that could enter with the most favourable ones. */
static void offer(bl_error *e, search *s, bl_match *match)
{
    bl_hit hit = { .doc = match->doc,
                   .order = bl_filter_order(e, &s->filter, match->doc),
                   .other = s->other };
    if (ranks(s)) {
        bool enters = bl_score_may_enter(&s->scorer, match, &s->out->top, &hit);
        if (enters && match->bounds > 0) {
            match->complete(e, match);
            enters = bl_score_may_enter(&s->scorer, match, &s->out->top, &hit);
        }
        if (!enters && !bl_collapse_concerns(&s->collapse, hit.doc))
            return;
        hit.score = enters ? bl_score(e, &s->scorer, match) : 0; /* its story may enter by another bulletin */
    }
    for (size_t i = 0; i < match->count; i++)
        hit.places += match->occurrences[i].count[0] + match->occurrences[i].count[1];
    if (bl_collapse_take(e, &s->collapse, &hit))
        return;
    if (s->newest.docs && hit.doc < BL_SLOT_UNDATED)
        bl_newest_put(&s->newest, hit.doc);
    else
        bl_top_offer(e, &s->out->top, &hit);
}

static size_t kept(const bulletin_search_options *options)
{
    if (options->limit == 0)
        return 0;
    uint64_t sum = options->limit + options->offset;
    return sum < options->limit || sum > SIZE_MAX / 2 ? 0 : (size_t)sum;
}

/* Word boundaries order the best hits. Few hits are all looked at, so that the number of those that stand
 * only inside other words is exact; of many, no query reads more texts than these. */
enum { MOST_COUNTED = 500, MOST_ALIGNED = 200 };

/* As soon as there are too many to look at them all, fewer need be kept: what cannot be among them is passed
 * over more cheaply. */
static void keep_fewer(search *s)
{
    size_t enough = kept(s->options) > MOST_ALIGNED ? kept(s->options) : MOST_ALIGNED;
    if (s->out->top.limit == MOST_COUNTED && enough < MOST_COUNTED)
        bl_top_shrink(&s->out->top, enough);
}

/* A document of which it is enough to know that it is there. */
static void offer_seen(bl_error *e, search *s, int64_t doc)
{
    if (bl_collapse_concerns(&s->collapse, doc)) {
        const bl_hit hit = {
            doc, bl_filter_order(e, &s->filter, doc), 0, BL_HIT_PLACES_UNKNOWN, false, false
        };
        if (bl_collapse_take(e, &s->collapse, &hit))
            return;
    }
    if (s->newest.docs && doc < BL_SLOT_UNDATED)
        bl_newest_put(&s->newest, doc);
    else if (s->newest.docs)
        bl_top_offer(e, &s->out->top, &(bl_hit){ .doc = doc, .order = bl_filter_order(e, &s->filter, doc) });
}

/* Documents that nothing need be asked of. Most are told at a glance not to be among the best. */
static void offer_run(bl_error *e, search *s, bl_match *match, const bl_sighting *list, size_t count)
{
    const bl_top *top = &s->out->top;
    for (size_t i = 0; i < count; i++) {
        bool full = top->count == top->limit;
        if (s->newest.docs || (full && bl_score_most(&s->scorer, &list[i]) < top->list[0].score)) {
            offer_seen(e, s, list[i].doc);
        } else {
            match->look(e, match, &list[i]);
            offer(e, s, match);
        }
        if (++s->walked == MOST_COUNTED + 1)
            keep_fewer(s);
    }
}

static bool holds(search *s, const bl_node *node)
{
    if (node->kind == BL_NODE_LEAF)
        return s->present[node->term];
    if (node->kind == BL_NODE_FIELD)
        return bl_docs_hold(&s->out->plan.sets[node->term].docs, s->doc);
    if (node->kind == BL_NODE_NOT)
        return !holds(s, node->child);
    bool all = node->kind != BL_NODE_OR;
    for (const bl_node *child = node->child; child; child = child->next)
        if (holds(s, child) != all)
            return !all;
    return all;
}

/* What a document holds of the query: which terms as they were typed, and which other words; `found` counts
 * what those have found. */
static void note_words(search *s, const bl_match *match, bool found)
{
    bl_plan *plan = &s->out->plan;
    size_t last = 0;
    s->other = false;
    s->doc = match->doc;
    memset(s->present, 0, 2 * plan->count * sizeof *s->present);
    for (size_t i = 0; i < match->count; i++) {
        const bl_occurrence *o = &match->occurrences[i];
        size_t expansion = plan->terms[o->term].phrases[o->phrase].expansion;
        s->present[expansion > 0 ? plan->count + o->term : o->term] = true;
        s->other = s->other || expansion > 0;
        if (found && expansion > 0 && expansion != last && !plan->terms[o->term].filter)
            plan->expansions[expansion - 1].bulletins++;
        last = expansion;
    }
}

/* Whether the document has a word, itself or by another word for it. */
static bool has_word(const search *s, size_t number)
{
    const bl_plan *plan = &s->out->plan;
    const bl_term *term = &plan->terms[number];
    bool has = s->present[number];
    for (size_t i = 0; i < plan->count && !has && term->group; i++)
        has =
            s->present[plan->count + i] && plan->terms[i].group == term->group && !plan->terms[i].conditional;
    return has;
}

static size_t count_words(const search *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->out->plan.count; i++)
        count += bl_term_is_wanted(&s->out->plan.terms[i]) && has_word(s, i);
    return count;
}

/* Whether a document has words enough; counts those that need no other words. */
static bool suffices(search *s, const bl_match *match)
{
    if (s->required == 0 && s->out->plan.expansion_count == 0)
        return true;
    note_words(s, match, s->required == 0);
    if (s->required > 0 && count_words(s) < s->required)
        return false;
    if (s->required > 0)
        note_words(s, match, true);
    s->as_typed += holds(s, s->out->plan.tree);
    return true;
}

static bool needs_occurrences(const search *s)
{
    return ranks(s) || s->required > 0 || s->out->plan.expansion_count > 0;
}

static bool takes_runs(const search *s, const bl_match *match, bl_slot_range range)
{
    bool skims = s->newest.docs || (ranks(s) && s->scorer.has_ceiling && s->out->top.limit > 0 &&
                                    s->required == 0 && s->out->plan.expansion_count == 0);
    return skims && match->run && !s->whole && bl_filter_is_free(&s->filter, range.last);
}

static int64_t walk_runs(bl_error *e, search *s, bl_match *match)
{
    const bl_sighting *list;
    int64_t total = 0;
    for (size_t count; (count = match->run(e, match, &list)) > 0; total += (int64_t)count)
        offer_run(e, s, match, list, count);
    return total;
}

static int64_t walk(bl_error *e, search *s, bl_slot_range range, bool keep)
{
    int64_t count = 0;
    const bl_plan *plan = &s->out->plan;
    const bl_extent extent = { range.first, range.last, bl_filter_docs(&s->filter),
                               keep && needs_occurrences(s) };
    bl_match *match = !plan->tree && extent.among ? bl_docs_match(e, extent.among, range.first, range.last)
                                                  : bl_match_open(e, s->db, plan, extent);
    if (keep && s->options->sort == BULLETIN_NEWEST && s->out->top.limit > 0)
        bl_newest_open(&s->newest, s->out->top.limit);
    if (match && keep && takes_runs(s, match, range))
        count = walk_runs(e, s, match);
    while (match && match->next(e, match)) {
        if (!bl_filter_passes(e, &s->filter, match->doc) ||
            (s->whole && !bl_whole_holds(e, s->whole, match->doc)) || (keep && !suffices(s, match)))
            continue;
        count++;
        if (keep)
            offer(e, s, match);
        if (keep && ++s->walked == MOST_COUNTED + 1)
            keep_fewer(s);
    }
    bl_newest_close(e, &s->newest, &s->out->top);
    if (match)
        match->close(match);
    return count;
}

/* Undated documents are in no range of dates; how many would match is told. */
static int64_t count_undated(bl_error *e, search *s)
{
    if (!s->filter.dated)
        return 0;
    s->filter.dated = false;
    int64_t count = walk(e, s, (bl_slot_range){ BL_SLOT_UNDATED, BL_SLOT_SPILL - 1 }, false);
    s->filter.dated = true;
    return count;
}

/* How many documents of a range satisfy the plan only when their furniture counts: two walks side by side. */
static int64_t count_beyond(bl_error *e, search *s, bl_slot_range range)
{
    bl_plan *plan = &s->out->plan;
    int64_t count = 0;
    bool scope = plan->articles_only;
    plan->articles_only = false;
    const bl_extent extent = { range.first, range.last, bl_filter_docs(&s->filter), false };
    bl_match *all = bl_match_open(e, s->db, plan, extent);
    plan->articles_only = true;
    bl_match *articles = bl_match_open(e, s->db, plan, extent);
    plan->articles_only = scope;
    bool more = articles && articles->next(e, articles);
    while (all && all->next(e, all)) {
        while (more && articles->doc < all->doc)
            more = articles->next(e, articles);
        count += (!more || articles->doc != all->doc) && bl_filter_passes(e, &s->filter, all->doc);
    }
    if (all)
        all->close(all);
    if (articles)
        articles->close(articles);
    return count;
}

/* Whoever found nothing is told where it stands all the same; others have to ask for it. */
static int64_t count_furniture_only(bl_error *e, search *s, int64_t found)
{
    if (s->totals.furniture == 0 || !s->out->plan.tree)
        return 0;
    if (s->whole || (found > 0 && !(s->options->flags & BULLETIN_COUNT_FURNITURE)))
        return -1;
    int64_t count = 0;
    for (size_t i = 0; i < s->filter.range_count && !bl_failed(e); i++)
        count += count_beyond(e, s, s->filter.ranges[i]);
    return count;
}

static bool aligns(const search *s)
{
    return ranks(s) && !s->anew && !(s->options->flags & BULLETIN_ANY) && bl_align_applies(&s->out->plan);
}

/* Bulletins, not stories: each of a story's stands inside other words or not. */
static size_t count_inside(bl_error *e, search *s, const bl_top *marked)
{
    size_t inside = bl_align_hits(e, s->db, s->scorer.memo, &s->out->plan, s->collapse.each,
                                  s->collapse.each_count, SIZE_MAX);
    for (size_t i = 0; i < marked->count; i++)
        inside += marked->list[i].inside && !bl_collapse_concerns(&s->collapse, marked->list[i].doc);
    return inside;
}

static void align(bl_error *e, search *s, int64_t count)
{
    bl_top *top = &s->out->top;
    bool all = count <= MOST_COUNTED;
    bl_top best = *top; /* a part of the same list */
    if (!all && best.count > MOST_ALIGNED)
        best.count = MOST_ALIGNED;
    /* Of many only the first page must be known, the same on every page. */
    size_t wanted = all || kept(s->options) == 0 ? SIZE_MAX : kept(s->options);
    bl_align_hits(e, s->db, s->scorer.memo, &s->out->plan, best.list, best.count, wanted);
    if (all) {
        s->out->totals[BULLETIN_TOTAL_INSIDE_WORDS] = (int64_t)count_inside(e, s, &best);
        bl_collapse_mark(&s->collapse, best.list, best.count);
    }
    bl_top_sort(&best);
}

/* Whether every bulletin passes, and what is kept of a term is what would be found of it. */
static bool is_unfiltered(const search *s)
{
    return bl_filter_is_free(&s->filter, INT64_MAX) && !s->filter.dated && !bl_filter_docs(&s->filter) &&
           !s->whole && s->required == 0 && !(s->options->flags & BULLETIN_NO_COLLAPSE) &&
           s->out->plan.articles_only == (s->totals.furniture > 0);
}

/* What is kept of a common term spares the walk. */
static bool take_kept(bl_error *e, search *s, int64_t *count)
{
    bl_buffer key = { 0 };
    const bulletin_sort sort = s->options->sort;
    const size_t wanted = kept(s->options), most = sort == BULLETIN_RELEVANCE ? BL_BEST_KEPT
                                                   : sort == BULLETIN_NEWEST  ? BL_BEST_NEWEST
                                                                              : 0;
    int64_t stories = 0;
    bool known = !s->anew && wanted > 0 && wanted <= most && is_unfiltered(s) &&
                 bl_best_key(&s->out->plan, &key) &&
                 bl_best_read(e, s->db, key.data, s->totals.revision, sort, &s->out->top, count, &stories);
    s->collapse.repeated = known ? *count - stories : 0;
    bl_buffer_free(&key);
    return known;
}

/* How many; the best of them are offered. */
static int64_t find_all(bl_error *e, search *s)
{
    bl_top *top = &s->out->top;
    int64_t count = 0;
    if (take_kept(e, s, &count))
        return count;
    if (!(s->options->flags & BULLETIN_NO_COLLAPSE))
        s->collapse.stories = bl_stories_get(e, s->db, s->totals.revision, false);
    for (size_t i = 0; i < s->filter.range_count && !bl_failed(e); i++)
        count += walk(e, s, s->filter.ranges[i], true);
    bl_collapse_offer(e, &s->collapse, top);
    if (s->scorer.terms == 1)
        for (size_t i = 0; i < top->count; i++)
            top->list[i].score *= bl_rank_idf((double)s->totals.bulletins, (double)count);
    return count;
}

static void walk_all(bl_error *e, search *s)
{
    bl_result *out = s->out;
    out->top.limit = kept(s->options);
    if (aligns(s) && out->top.limit > 0 && out->top.limit < MOST_COUNTED)
        out->top.limit = MOST_COUNTED;
    s->collapse.each_most = aligns(s) ? MOST_COUNTED : 0;
    const int64_t count = find_all(e, s);
    out->totals[BULLETIN_TOTAL_STORIES] = count - s->collapse.repeated;
    out->totals[BULLETIN_TOTAL_BULLETINS] = count;
    out->totals[BULLETIN_TOTAL_AS_TYPED] = out->plan.expansion_count > 0 ? s->as_typed : count;
    out->totals[BULLETIN_TOTAL_INSIDE_WORDS] = -1;
    out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED] = count_undated(e, s);
    if (s->required == 0)
        out->totals[BULLETIN_TOTAL_FURNITURE_ONLY] = count_furniture_only(e, s, count);
    out->totals[BULLETIN_TOTAL_ARCHIVE] = s->totals.bulletins;
    out->totals[BULLETIN_TOTAL_REVISION] = s->totals.revision;
    bl_top_sort(&out->top);
    if (aligns(s) && !bl_failed(e))
        align(e, s, count);
    size_t wanted = kept(s->options);
    if (wanted > 0 && out->top.count > wanted)
        out->top.count = wanted;
    bl_collapse_free(&s->collapse);
}

/* ---- the whole ---- */

static void run(bl_error *e, search *s)
{
    const bl_plan *plan = &s->out->plan;
    s->present = bl_failed(e) ? NULL : calloc(2 * plan->count + 1, sizeof *s->present);
    if (!s->present)
        bl_fail_nomem(e);
    if (!bl_failed(e))
        bl_scorer_open(e, s->db, plan, &s->totals, &s->scorer);
    if (s->options->flags & BULLETIN_WORDS && bl_whole_applies(plan))
        s->whole = bl_whole_open(e, s->db, plan);
    if (!bl_failed(e))
        walk_all(e, s);
    bl_whole_close(s->whole);
    bl_scorer_close(&s->scorer);
    free(s->present);
    s->whole = NULL;
    s->present = NULL;
}

/* Nothing has all the words: show what has at least half of them; of a short run of characters, what has all
 * the words in it. */
static void run_partial(bl_error *e, search *s, const char *query, size_t size)
{
    const unsigned never = BULLETIN_NO_PARTIAL | BULLETIN_LITERAL | BULLETIN_ANY;
    if (bl_failed(e) || s->out->totals[BULLETIN_TOTAL_BULLETINS] > 0 || s->options->flags & never)
        return;
    const bool one = bl_plan_wanted(&s->out->plan) < 2;
    int64_t undated = s->out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED];
    bl_plan_free(&s->out->plan);
    make_plan(e, s, query, size, BL_PLAN_PARTIAL);
    const size_t words = bl_plan_wanted(&s->out->plan);
    if (words < 2)
        return;
    s->required = one ? words : (words + 1) / 2;
    s->as_typed = s->walked = 0;
    run(e, s);
    s->out->totals[BULLETIN_TOTAL_PARTIAL] = s->out->totals[BULLETIN_TOTAL_BULLETINS] > 0;
    s->out->totals[BULLETIN_TOTAL_UNDATED_EXCLUDED] = undated;
}

/* Nothing was found, not even part of it: which queries would find something near. */
static void suggest(bl_error *e, search *s, const char *query, size_t size)
{
    const unsigned flags = s->options->flags;
    if (bl_failed(e) || s->out->totals[BULLETIN_TOTAL_BULLETINS] > 0 || !(flags & BULLETIN_SUGGEST) ||
        flags & BULLETIN_LITERAL)
        return;
    bl_node *tree = bl_query_parse(e, query, size);
    bl_suggest(e, s->db, tree, &s->out->suggestions);
    bl_query_free(tree);
}

static void explain(bl_error *e, search *s)
{
    bl_buffer out = { 0 };
    if (bl_failed(e) || !(s->options->flags & BULLETIN_EXPLAIN))
        return;
    bl_explain_plan(e, s->db, &s->out->plan, &s->filter, &out);
    if (!bl_failed(e))
        s->out->explained = bl_buffer_steal(&out);
    bl_buffer_free(&out);
}

static bool is_kept(const search *s)
{
    bl_buffer key = { 0 };
    const bool kept_so = bl_best_key(&s->out->plan, &key);
    bl_buffer_free(&key);
    return kept_so;
}

static void search_all(bl_error *e, bl_database *db, const char *query, size_t size,
                       const bulletin_search_options *options, bool anew, bl_result *out)
{
    search s = { .db = db, .options = options, .out = out, .anew = anew };
    bl_reader reader = { 0 };
    bl_database_need_index(e, db);
    /* One view of the archive for figures and walks, whatever others write meanwhile. */
    const bool within = !sqlite3_get_autocommit(db->sql);
    if (!within)
        bl_database_begin_read(e, db);
    bl_filter_open(e, db, options, &s.filter);
    bl_database_totals(e, db, &s.totals);
    if (s.filter.min_sources > 1)
        s.filter.stories = bl_stories_get(e, db, s.totals.revision, true);
    db->reader = bl_reader_open(e, db, &reader) ? &reader : NULL;
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
    *out = (bl_result){ .top = { .sort = options->sort, .limit = kept(options) } };
    search_all(e, db, query, size, options, false, out);
}

void bl_search_anew(bl_error *e, bl_database *db, const char *query, size_t size,
                    const bulletin_search_options *options, bl_result *out)
{
    *out = (bl_result){ .top = { .sort = options->sort, .limit = kept(options) } };
    search_all(e, db, query, size, options, true, out);
}

void bl_search_docs(bl_error *e, bl_database *db, const char *query, size_t size,
                    const bulletin_search_options *options, bl_result *out)
{
    *out = (bl_result){ .top = { .sort = BULLETIN_OLDEST, .unordered = true } };
    search_all(e, db, query, size, options, false, out);
}

void bl_result_free(bl_result *result)
{
    bl_suggestions_free(&result->suggestions);
    free(result->explained);
    bl_plan_free(&result->plan);
    bl_top_free(&result->top);
    free(result->parsed);
    free(result->named);
    *result = (bl_result){ 0 };
}
