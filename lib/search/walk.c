/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A plan to the documents that satisfy it, over the lists of the index. */
#include "walk.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "catalogue.h"
#include "ending.h"
#include "field.h"
#include "index/database.h"
#include "index/sql.h"
#include "operator.h"
#include "sequence.h"

/* Documents between two looks at whether the call is to end. */
enum { POLL_EVERY = 4096 };

/* Documents of one token that are taken at once. */
enum { RUN = 128 };

/* A run of characters beside its words: whatever has the run has the words, so that it is looked for only
 * where it can matter. */
typedef struct spare_run {
    bl_operator *run;
    size_t first, end; /* leaves of its words */
    size_t length;     /* tokens */
    bl_occurrence most;
} spare_run;

typedef struct list_match {
    bl_match base; /* first, so that a bl_match is one of these */
    bl_database *db;
    bl_operator *root;
    bl_operator **leaves; /* of root, as the terms and phrases of the plan are numbered */
    size_t leaf_count, leaf_capacity;
    spare_run *spares;
    size_t spare_count, spare_capacity;
    bl_occurrence *list; /* of the leaves, then of the spare runs */
    int64_t last;
    size_t steps;
    bl_sighting run[RUN]; /* of one token that is all */
    size_t run_at, run_count;
} list_match;

typedef struct builder {
    bl_error *e;
    bl_reader *reader;
    const bl_plan *plan;
    list_match *match;
    uint32_t columns;
    bool placed;  /* phrases must know their places */
    bool spares;  /* runs beside their words may wait */
    bool unknown; /* something is left to FTS5 */
} builder;

static uint32_t columns_of(const bl_plan *plan)
{
    return plan->articles_only ? (1u << BL_FTS_RANKED) - 1 : BL_ALL_COLUMNS;
}

uint32_t bl_walk_columns(const bl_plan *plan, size_t term)
{
    const uint32_t own = plan->terms[term].columns;
    return columns_of(plan) & (own ? own : BL_ALL_COLUMNS);
}

/* ---- a plan to operators ---- */

/* Words one after another whose last may go on are found once a search. */
static bl_operator *phrase_of(builder *b, size_t term, size_t number, uint32_t columns)
{
    const bl_phrase *phrase = &b->plan->terms[term].phrases[number];
    if (phrase->prefix && phrase->count > 1 && !bl_found_get(b->reader, phrase, columns))
        bl_found_ending(b->e, b->reader, phrase, columns);
    return b->placed && !phrase->prefix ? bl_operator_placed(b->e, b->reader, b->plan, term, number, columns)
                                        : bl_operator_phrase(b->e, b->reader, b->plan, term, number, columns);
}

/* An operator of one child is that child, and one of none is none. */
static bl_operator *simplify(bl_operator *op)
{
    if (!op || op->count > 1)
        return op;
    if (op->count == 0) {
        bl_operator_free(op);
        return NULL;
    }
    bl_operator *child = op->children[0];
    op->count = 0;
    bl_operator_free(op);
    return child;
}

static bl_operator *build_term(builder *b, size_t term)
{
    const bl_term *t = &b->plan->terms[term];
    const uint32_t columns = bl_walk_columns(b->plan, term);
    bl_operator *any = bl_operator_new(b->e, BL_OP_ANY, columns);
    for (size_t i = 0; i < t->count && !bl_failed(b->e) && !b->unknown; i++) {
        bl_operator *phrase = phrase_of(b, term, i, columns);
        b->unknown = !phrase;
        bl_operator_add(b->e, any, phrase);
        list_match *m = b->match;
        if (!phrase || !m)
            continue;
        if (bl_grow(&m->leaves, &m->leaf_capacity, m->leaf_count + 1, sizeof(bl_operator *)))
            m->leaves[m->leaf_count++] = phrase;
        else
            bl_fail_nomem(b->e);
    }
    return simplify(any);
}

static bl_operator *build(builder *b, const bl_node *node);

static bl_operator *build_everything(builder *b)
{
    return bl_operator_docs(b->e, bl_catalogue_docs(b->e, b->reader->index.db));
}

static bl_operator *build_except(builder *b, bl_operator *wanted, bl_operator *unwanted)
{
    if (!unwanted)
        return wanted;
    bl_operator *op = bl_operator_new(b->e, BL_OP_EXCEPT, b->columns);
    bl_operator_add(b->e, op, wanted ? wanted : build_everything(b));
    bl_operator_add(b->e, op, unwanted);
    return op;
}

/* What all the positive children hold, without any of the negative ones. */
static bl_operator *build_all(builder *b, const bl_node *node)
{
    bl_operator *wanted = bl_operator_new(b->e, BL_OP_ALL, b->columns);
    bl_operator *unwanted = bl_operator_new(b->e, BL_OP_ANY, b->columns);
    for (const bl_node *child = node->child; child && !bl_failed(b->e) && !b->unknown; child = child->next)
        if (child->kind == BL_NODE_NOT)
            bl_operator_add(b->e, unwanted, build(b, child->child));
        else
            bl_operator_add(b->e, wanted, build(b, child));
    return build_except(b, simplify(wanted), simplify(unwanted));
}

/* Whether a node is a run that nothing depends on, or else its words. */
static bool is_run_or_words(const builder *b, const bl_node *node)
{
    const bl_node *run = node->child, *words = run ? run->next : NULL;
    return b->spares && !b->placed && node->choice && words && !words->next && run->kind == BL_NODE_LEAF &&
           b->plan->terms[run->term].spare && b->plan->terms[run->term].count == 1 &&
           words->kind == BL_NODE_AND;
}

/* The words; the run waits. NULL where it cannot. */
static bl_operator *build_words(builder *b, const bl_node *node)
{
    list_match *m = b->match;
    const size_t term = node->child->term, first = m->leaf_count;
    const bl_phrase *phrase = &b->plan->terms[term].phrases[0];
    const uint32_t columns = bl_walk_columns(b->plan, term);
    if (phrase->prefix || bl_found_get(b->reader, phrase, columns))
        return NULL;
    bl_operator *words = build_all(b, node->child->next);
    bl_operator *run = words ? bl_operator_placed(b->e, b->reader, b->plan, term, 0, columns) : NULL;
    if (!run || !bl_grow(&m->spares, &m->spare_capacity, m->spare_count + 1, sizeof *m->spares)) {
        bl_operator_free(run);
        bl_operator_free(words);
        m->leaf_count = first;
        return NULL;
    }
    m->spares[m->spare_count++] =
        (spare_run){ .run = run, .first = first, .end = m->leaf_count, .length = phrase->count };
    return words;
}

static bl_operator *build_any(builder *b, const bl_node *node)
{
    bl_operator *words = is_run_or_words(b, node) ? build_words(b, node) : NULL;
    if (words)
        return words;
    bl_operator *any = bl_operator_new(b->e, BL_OP_ANY, b->columns);
    for (const bl_node *child = node->child; child && !bl_failed(b->e) && !b->unknown; child = child->next)
        bl_operator_add(b->e, any, build(b, child));
    return simplify(any);
}

static bl_operator *build_near(builder *b, const bl_node *node)
{
    const list_match *m = b->match;
    const size_t before = m->leaf_count;
    b->placed = true;
    bl_operator *all = build_all(b, node);
    b->placed = false;
    if (!all || !node->child->next)
        return all;
    bl_operator *op = bl_operator_new(b->e, BL_OP_NEAR, b->columns);
    bl_operator_add(b->e, op, all);
    if (op)
        op->near = bl_near_open(b->e, m->db, b->plan, node,
                                b->columns & (node->columns ? node->columns : BL_ALL_COLUMNS));
    if (op && op->near)
        bl_near_read(b->e, op->near, m->leaves + before, m->leaf_count - before);
    return op;
}

static bl_operator *build(builder *b, const bl_node *node)
{
    switch (node->kind) {
    case BL_NODE_LEAF:
        return build_term(b, node->term);
    case BL_NODE_FIELD:
        return bl_operator_docs(b->e, &b->plan->sets[node->term].docs);
    case BL_NODE_NEAR:
        return build_near(b, node);
    case BL_NODE_NOT:
        return build_except(b, NULL, build(b, node->child));
    case BL_NODE_OR:
        return build_any(b, node);
    case BL_NODE_AND:
        return build_all(b, node);
    }
    return NULL;
}

/* ---- the cursor ---- */

static void collect_leaves(bl_error *e, list_match *m, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (m->leaves[i]->doc == m->base.doc)
            bl_operator_collect(e, m->leaves[i], &m->list[m->base.count++]);
}

/* The forms of a word are one; how many of the occurrences are its own. */
static size_t join_forms(const bl_occurrence *list, size_t count, bl_occurrence *word)
{
    size_t i = 1;
    *word = list[0];
    for (; i < count && list[i].term == word->term; i++) {
        word->count[0] += list[i].count[0];
        word->count[1] += list[i].count[1];
        word->first = list[i].first < word->first ? list[i].first : word->first;
    }
    return i;
}

/* How a run can stand where its words do: no more often than the rarest of them, and no farther before the
 * last of them than it is long. */
static bl_occurrence bound_run(const spare_run *spare, const bl_occurrence *words, size_t count)
{
    bl_occurrence most = bl_occurrence_none(spare->run->term, spare->run->phrase), word;
    uint32_t first = 0;
    most.count[0] = most.count[1] = count > 0 ? UINT32_MAX : 0;
    for (size_t i = 0; i < count;) {
        i += join_forms(words + i, count - i, &word);
        for (size_t column = 0; column < 2; column++)
            if (word.count[column] < most.count[column])
                most.count[column] = word.count[column];
        if (word.first != BL_OCCURRENCE_NOWHERE && word.first > first)
            first = word.first;
    }
    if (most.count[1] > 0)
        most.first = first > spare->length ? first - (uint32_t)spare->length : 0;
    return most;
}

static void collect(bl_error *e, list_match *m)
{
    size_t done = 0;
    for (size_t i = 0; i < m->spare_count; i++) {
        spare_run *spare = &m->spares[i];
        collect_leaves(e, m, done, spare->first);
        const size_t words = m->base.count;
        collect_leaves(e, m, spare->first, spare->end);
        spare->most = bound_run(spare, m->list + words, m->base.count - words);
        done = spare->end;
    }
    collect_leaves(e, m, done, m->leaf_count);
    m->base.bounds = 0;
    for (size_t i = 0; i < m->spare_count; i++)
        if (m->spares[i].most.count[0] + m->spares[i].most.count[1] > 0)
            m->list[m->base.count + m->base.bounds++] = m->spares[i].most;
}

static void complete(bl_error *e, bl_match *match)
{
    list_match *m = (list_match *)match;
    m->base.bounds = 0;
    for (size_t i = 0; i < m->spare_count; i++) {
        bl_operator *run = m->spares[i].run;
        bl_operator_seek(e, run, m->base.doc);
        if (run->doc == m->base.doc)
            bl_operator_collect(e, run, &m->list[m->base.count++]);
    }
}

static bool fill_run(bl_error *e, list_match *m)
{
    bl_database_poll(e, m->db);
    m->run_at = 0;
    m->run_count = bl_operator_run(e, m->root, m->last, m->run, RUN);
    return m->run_count > 0;
}

static size_t run(bl_error *e, bl_match *match, const bl_sighting **list)
{
    list_match *m = (list_match *)match;
    if (m->run_at == m->run_count)
        fill_run(e, m);
    size_t left = m->run_count - m->run_at;
    *list = m->run + m->run_at;
    m->run_at = m->run_count;
    return left;
}

static void look(bl_error *e, bl_match *match, const bl_sighting *at)
{
    list_match *m = (list_match *)match;
    (void)e;
    m->base.doc = at->doc;
    m->base.count = m->list != NULL;
    if (m->list)
        bl_operator_look(m->root, at, m->list);
}

static bool next_of_run(bl_error *e, bl_match *match)
{
    list_match *m = (list_match *)match;
    m->base.count = 0;
    if (m->run_at == m->run_count && !fill_run(e, m))
        return false;
    look(e, match, &m->run[m->run_at++]);
    return true;
}

static bool next(bl_error *e, bl_match *match)
{
    list_match *m = (list_match *)match;
    m->base.count = 0;
    if (++m->steps % POLL_EVERY == 0)
        bl_database_poll(e, m->db);
    if (m->base.doc >= m->last || bl_failed(e))
        return false;
    bl_operator_seek(e, m->root, m->base.doc + 1);
    m->base.doc = m->root->doc;
    if (bl_failed(e) || m->base.doc > m->last)
        return false;
    if (m->list)
        collect(e, m);
    return !bl_failed(e);
}

static void until(bl_match *match, int64_t last)
{
    list_match *m = (list_match *)match;
    m->last = last;
    bl_operator_until(m->root, last);
}

static void close_match(bl_match *match)
{
    list_match *m = (list_match *)match;
    if (!m)
        return;
    bl_operator_free(m->root);
    for (size_t i = 0; i < m->spare_count; i++)
        bl_operator_free(m->spares[i].run);
    free(m->spares);
    free(m->leaves);
    free(m->list);
    free(m);
}

/* Nothing but what is among these is wanted. */
static bl_operator *narrow(builder *b, bl_operator *root, const bl_docs *among)
{
    if (!root || !among)
        return root;
    bl_operator *all = bl_operator_new(b->e, BL_OP_ALL, b->columns);
    bl_operator_add(b->e, all, bl_operator_docs(b->e, among));
    bl_operator_add(b->e, all, root);
    return all;
}

bl_match *bl_walk_open(bl_error *e, bl_database *db, const bl_plan *plan, bl_extent extent)
{
    if (bl_failed(e) || !db->reader || !plan->tree)
        return NULL;
    list_match *m = calloc(1, sizeof *m);
    if (!m) {
        bl_fail_nomem(e);
        return NULL;
    }
    m->base = (bl_match){
        .doc = extent.first - 1, .next = next, .complete = complete, .until = until, .close = close_match
    };
    m->db = db;
    m->last = extent.last;
    builder b = { e, db->reader, plan, m, columns_of(plan), false, plan->expansion_count == 0, false };
    m->root = narrow(&b, build(&b, plan->tree), extent.among);
    bool runs = !b.unknown && !bl_failed(e) && m->root && bl_operator_runs(m->root);
    if (extent.occurrences && !b.unknown && !bl_failed(e) &&
        !(m->list = calloc(m->leaf_count + m->spare_count + 1, sizeof *m->list)))
        bl_fail_nomem(e);
    m->base.occurrences = m->list;
    if (b.unknown || bl_failed(e) || !m->root) {
        close_match(&m->base);
        return NULL;
    }
    bl_operator_until(m->root, m->last);
    m->base.cost = bl_operator_cost(m->root);
    if (runs) {
        m->base.next = next_of_run;
        m->base.run = run;
        m->base.look = look;
        bl_operator_seek(e, m->root, extent.first);
    }
    return &m->base;
}

/* ---- how often ---- */

/* What is put together of several lists is kept for the walk: it is not done twice. */
static void keep_phrases(bl_error *e, bl_reader *reader, const bl_plan *plan, size_t term)
{
    const uint32_t columns = bl_walk_columns(plan, term);
    for (size_t i = 0; i < plan->terms[term].count && !bl_failed(e); i++) {
        const bl_phrase *phrase = &plan->terms[term].phrases[i];
        if (phrase->count > 1 && !phrase->prefix && !bl_found_get(reader, phrase, columns))
            bl_found_sequence(e, reader, phrase, columns);
    }
}

static int64_t count_runs(bl_error *e, bl_database *db, bl_operator *op)
{
    bl_sighting list[RUN];
    int64_t total = 0;
    bl_operator_seek(e, op, 0);
    for (size_t count; (count = bl_operator_run(e, op, BL_LIST_END - 1, list, RUN)) > 0;) {
        total += (int64_t)count;
        bl_database_poll(e, db);
    }
    return total;
}

static int64_t count_docs(bl_error *e, bl_database *db, bl_operator *op)
{
    int64_t count = 0;
    if (op->kind == BL_OP_FOUND)
        return (int64_t)op->found->count;
    for (bl_operator_seek(e, op, 0); op->doc != BL_LIST_END && !bl_failed(e);
         bl_operator_seek(e, op, op->doc + 1))
        if (++count % POLL_EVERY == 0)
            bl_database_poll(e, db);
    return count;
}

int64_t bl_walk_frequency(bl_error *e, bl_database *db, const bl_plan *plan, size_t term)
{
    builder b = { e, db->reader, plan, NULL, columns_of(plan), false, false, false };
    if (bl_failed(e) || !db->reader)
        return -1;
    keep_phrases(e, db->reader, plan, term);
    bl_operator *op = build_term(&b, term);
    int64_t count = -1;
    if (!b.unknown)
        count = !op ? 0 : bl_operator_runs(op) ? count_runs(e, db, op) : count_docs(e, db, op);
    bl_operator_free(op);
    return count;
}
