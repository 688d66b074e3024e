/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words and phrases to the terms that find them. */
#include "expand.h"

#include <stdlib.h>
#include <string.h>

#include "phrase.h"
#include "synonym.h"

/* A run of so many characters may be a sentence: its words are looked for as well. */
enum { LONG_RUN = 5 };
/* Beside a run's words, its pairs of characters find what the dictionary cuts otherwise; a longer run has
 * words enough. */
enum { MOST_PAIRS = 48 };

/* What a long run as it stands, its words and its pairs weigh beside each other; see docs/ranking.md. */
static const double exact_weight = 1.0, word_weight = 1.5, pair_weight = 1.0;

typedef struct planner {
    bl_error *e;
    const bl_expander *expander;
    bl_tokens tokens; /* of the leaf */
    bl_tokens inner;  /* of a part of it */
    bl_units units;
    bl_plan *plan;
    size_t typed; /* terms so far */
    bool any;
    bool pairs;     /* of characters, beside words */
    bool grouped;   /* inside words that are a term together */
    uint16_t group; /* the number of those words */
} planner;

bl_term *bl_plan_add_term(bl_error *e, bl_plan *plan, bl_node *leaf, double weight)
{
    if (!bl_failed(e) && !bl_grow(&plan->terms, &plan->capacity, plan->count + 1, sizeof *plan->terms))
        bl_fail_nomem(e);
    if (bl_failed(e))
        return NULL;
    leaf->term = plan->count;
    leaf->has_term = true;
    bl_term *term = &plan->terms[plan->count++];
    *term = (bl_term){ .filter = leaf->filter, .weight = weight, .columns = leaf->columns };
    return term;
}

/* Typed, not added for it; too many are refused before they cost anything. */
static bl_term *add_term(planner *p, bl_node *leaf, double weight)
{
    if (++p->typed > BL_PLAN_TERMS)
        bl_fail(p->e, BULLETIN_BAD_QUERY, "the query has more than %d terms; ask for fewer", BL_PLAN_TERMS);
    bl_term *term = bl_plan_add_term(p->e, p->plan, leaf, weight);
    if (term)
        term->group = p->group;
    return term;
}

static void append(bl_node *parent, bl_node *child)
{
    bl_node **end = &parent->child;
    while (*end)
        end = &(*end)->next;
    *end = child;
}

static bl_node *add_leaf(planner *p, bl_node *parent, const char *text, size_t size)
{
    bl_node *leaf = bl_query_leaf(p->e, text, size, false);
    if (leaf) {
        leaf->filter = parent->filter;
        leaf->columns = parent->columns;
        append(parent, leaf);
    }
    return leaf;
}

/* The leaf that was typed, of a choice between it and its other words. */
static const bl_node *typed_leaf(const bl_node *node)
{
    while (node->kind == BL_NODE_OR && node->choice && node->child)
        node = node->child;
    return node;
}

/* The leaf of a list that asks for these very characters already. */
static const bl_node *find_leaf(const bl_node *parent, const char *text, size_t size)
{
    for (const bl_node *node = parent->child; node; node = node->next) {
        const bl_node *leaf = typed_leaf(node);
        if (leaf->kind == BL_NODE_LEAF && strlen(leaf->text) == size && memcmp(leaf->text, text, size) == 0)
            return leaf;
    }
    return NULL;
}

/* What is asked for again is one term that weighs more. */
static bool weighs_more(planner *p, const bl_node *parent, const char *text, size_t size, double weight)
{
    const bl_node *leaf = find_leaf(parent, text, size);
    if (leaf && leaf->has_term)
        p->plan->terms[leaf->term].weight += weight;
    return leaf != NULL;
}

/* ---- long runs ---- */

/* Words that hold a sentence together and say nothing: they never decide a match unless they are quoted. */
static bool is_function_word(const char *word, size_t size)
{
    static const char *const list[] = {
        "的",   "了",     "与",     "和",   "及",   "在",     "是",     "于",     "由",     "对",
        "为",   "以",     "而",     "之",   "其",   "也",     "就",     "都",     "被",     "把",
        "从",   "到",     "吗",     "呢",   "吧",   "啊",     "着",     "过",     "地",     "得",
        "等",   "什么",   "哪些",   "哪个", "怎么", "如何",   "多少",   "为什么", "是什么", "有哪些",
        "哪",   "哪里",   "哪家",   "谁",   "怎样", "怎么样", "怎么办", "是否",   "何时",   "为何",
        "请问", "有没有", "什么样", "の",   "に",   "は",     "を",     "が",     "と",     "で"
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strncmp(list[i], word, size) == 0 && list[i][size] == '\0')
            return true;
    return false;
}

static void add_unit(planner *p, bl_node *parent, const char *text, size_t size, double weight)
{
    if (is_function_word(text, size) || weighs_more(p, parent, text, size, weight))
        return;
    bl_cut(p->e, p->expander->cutter, text, size, &p->inner);
    bl_node *leaf = p->inner.count > 0 ? add_leaf(p, parent, text, size) : NULL;
    bl_term *term = leaf ? add_term(p, leaf, weight) : NULL;
    if (term) {
        bl_phrase_add_word(p->e, term, &p->inner, 0, p->inner.count, false, 1);
        if (!p->grouped)
            bl_synonym_add(p->e, p->expander, p->plan, leaf, &p->inner, 0, p->inner.count, text, size);
    }
}

static bool is_one_character(const bl_unit *unit)
{
    return unit->kind == BL_UNIT_SINGLES && unit->end - unit->start <= strlen("会");
}

/* A character alone is found nearly everywhere: it goes with the word before it (联合 and 会), or behind it.
 */
static void join_singles(bl_units *units, const char *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < units->count; i++) {
        bl_unit unit = units->items[i];
        bl_unit *before = kept > 0 ? &units->items[kept - 1] : NULL;
        bool touches = before && before->end == unit.start;
        bool says_nothing = is_function_word(text + unit.start, unit.end - unit.start);
        if (touches && is_one_character(&unit) && !says_nothing &&
            !is_function_word(text + before->start, before->end - before->start))
            before->end = unit.end;
        else if (touches && is_one_character(before) && !says_nothing &&
                 !is_function_word(text + before->start, before->end - before->start))
            *before = (bl_unit){ before->start, unit.end, unit.kind };
        else
            units->items[kept++] = unit;
    }
    units->count = kept;
}

/* The text was cut. */
static void add_units(planner *p, bl_node *parent, const char *text)
{
    if (!p->any)
        join_singles(&p->units, text);
    for (size_t i = 0; i < p->units.count && !bl_failed(p->e); i++) {
        const bl_unit *unit = &p->units.items[i];
        if (!(p->any && is_one_character(unit)))
            add_unit(p, parent, text + unit->start, unit->end - unit->start, word_weight);
    }
}

static void add_pairs(planner *p, bl_node *parent, size_t first, size_t end)
{
    for (size_t i = first; i < end && !bl_failed(p->e); i++) {
        const bl_token *token = &p->tokens.items[i];
        const char *pair = p->tokens.text + token->at;
        if (token->kind != BULLETIN_TOKEN_CJK || weighs_more(p, parent, pair, token->size, pair_weight))
            continue;
        bl_node *leaf = add_leaf(p, parent, pair, token->size);
        bl_term *term = leaf ? add_term(p, leaf, pair_weight) : NULL;
        if (term)
            bl_phrase_add_run(p->e, term, &p->tokens, i, i + 1, false, 1);
    }
}

static size_t count_characters(const bl_tokens *tokens, size_t first, size_t end)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += tokens->items[i].kind == BULLETIN_TOKEN_CJK || tokens->items[i].kind == BULLETIN_TOKEN_LAST;
    return count;
}

/* Cut a text; whether it is one word, and not several. */
static bool is_one_unit(planner *p, const char *text, size_t size)
{
    bl_words_cut(p->e, p->expander->words, text, size, p->expander->list, &p->units);
    return p->units.count == 1 && p->units.items[0].start == 0 && p->units.items[0].end == size;
}

/* The piece as it stands, or else all its words, into which it was cut; where any word is enough, or any of
 * its words and pairs. */
static void widen(planner *p, bl_node *leaf, size_t first, size_t end, const char *text, size_t size)
{
    size_t characters = count_characters(&p->tokens, first, end);
    bl_node *exact = bl_query_leaf(p->e, text, size, leaf->quoted);
    bl_node *words = bl_query_leaf(p->e, "", 0, false);
    if (!exact || !words) {
        bl_query_free(exact);
        bl_query_free(words);
        return;
    }
    exact->term = leaf->term;
    exact->has_term = true;
    exact->columns = words->columns = leaf->columns;
    p->plan->terms[exact->term].spare = true;
    leaf->has_term = false;
    leaf->kind = BL_NODE_OR;
    leaf->choice = true;
    words->kind = p->any ? BL_NODE_OR : BL_NODE_AND;
    append(leaf, exact);
    append(leaf, words);
    add_units(p, words, text);
    if (p->pairs && characters <= MOST_PAIRS)
        add_pairs(p, words, first, end);
}

/* ---- pieces of a leaf ---- */

/* The end of the piece that starts at i: only symbols and line breaks end it, unless a joined form
 * (e-commerce) reaches across them. */
static size_t piece_end(const bl_tokens *tokens, size_t i)
{
    uint32_t reach = 0;
    size_t end = i;
    while (end < tokens->count) {
        const bl_token *token = &tokens->items[end];
        bool separates = token->kind == BULLETIN_TOKEN_SYMBOL || token->kind == BULLETIN_TOKEN_BREAK;
        if (separates && token->start >= reach)
            break;
        if (token->kind == BULLETIN_TOKEN_JOINED && token->end > reach)
            reach = token->end;
        end++;
    }
    return end;
}

/* The tokens [first, end) of a leaf, which are `text`. */
static void add_piece(planner *p, bl_node *leaf, size_t first, size_t end, const char *text, size_t size)
{
    bl_term *term = add_term(p, leaf, exact_weight);
    if (!term)
        return;
    bl_phrase_add_word(p->e, term, &p->tokens, first, end, leaf->prefix, 1);
    if (p->expander->guards)
        bl_thesaurus_guard(p->expander->guards, &p->tokens, first, end, &term->not_after, &term->not_before);
    size_t least = p->any ? LONG_RUN - 2 : LONG_RUN;
    if (p->expander->words && !leaf->prefix && count_characters(&p->tokens, first, end) >= least &&
        (!is_one_unit(p, text, size) || p->pairs))
        widen(p, leaf, first, end, text, size);
    if (!leaf->prefix && !p->grouped)
        bl_synonym_add(p->e, p->expander, p->plan, leaf, &p->tokens, first, end, text, size);
}

static size_t piece_size(const bl_tokens *tokens, size_t first, size_t end)
{
    return tokens->items[end - 1].end - tokens->items[first].start;
}

/* A leaf of several pieces (产改，工会) becomes their conjunction in its place, beside its other words where
 * all of them are one term (甲联-乙联). */
static void split(planner *p, bl_node *leaf)
{
    bl_node whole = *leaf;
    const bool before = p->grouped;
    const bool term = !before && !leaf->prefix && bl_synonym_knows(p->e, p->expander, &p->tokens);
    leaf->kind = BL_NODE_AND;
    p->grouped = before || term;
    for (size_t i = 0; i < p->tokens.count && !bl_failed(p->e);) {
        size_t end = piece_end(&p->tokens, i);
        if (end == i) {
            i++;
            continue;
        }
        const char *text = whole.text + p->tokens.items[i].start;
        const size_t size = piece_size(&p->tokens, i, end);
        const bool prefix = whole.prefix && end == p->tokens.count;
        bl_node *piece = find_leaf(leaf, text, size) && !prefix ? NULL : add_leaf(p, leaf, text, size);
        if (piece) {
            piece->prefix = prefix;
            add_piece(p, piece, i, end, text, size);
        }
        i = end;
    }
    p->grouped = before;
    if (term)
        bl_synonym_add(p->e, p->expander, p->plan, leaf, &p->tokens, 0, p->tokens.count, whole.text,
                       strlen(whole.text));
}

static bool only_symbols(const bl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kind != BULLETIN_TOKEN_SYMBOL)
            return false;
    return true;
}

/* The first token from i on that is no separator. */
static size_t skip_separators(const bl_tokens *tokens, size_t i)
{
    while (i < tokens->count && piece_end(tokens, i) == i)
        i++;
    return i;
}

static void plan_leaf(planner *p, bl_node *leaf)
{
    bl_cut(p->e, p->expander->cutter, leaf->text, strlen(leaf->text), &p->tokens);
    size_t count = p->tokens.count;
    if (bl_failed(p->e) || count == 0)
        return;
    if (leaf->quoted || only_symbols(&p->tokens)) {
        bl_term *term = add_term(p, leaf, 1);
        if (term)
            bl_phrase_add_run(p->e, term, &p->tokens, 0, count, leaf->prefix, 1);
        return;
    }
    size_t first = skip_separators(&p->tokens, 0), end = piece_end(&p->tokens, first);
    const size_t number = p->plan->count;
    if (skip_separators(&p->tokens, end) == count)
        add_piece(p, leaf, first, end, leaf->text + p->tokens.items[first].start,
                  piece_size(&p->tokens, first, end));
    else
        split(p, leaf);
    if (!bl_failed(p->e) && bl_synonym_is_particle(leaf))
        p->plan->terms[number].spare = true;
}

static void plan_tree(planner *p, bl_node *node);

/* Words that are a term together are not also looked up one by one. */
static void plan_list(planner *p, bl_node *node)
{
    bool grouped = node->kind == BL_NODE_AND && node->choice, before = p->grouped;
    if (node->kind == BL_NODE_AND && !node->filter && !grouped && !before)
        bl_synonym_group(p->e, p->expander, p->plan, node);
    p->grouped = before || grouped;
    uint16_t group = p->group;
    if (grouped)
        p->group = (uint16_t)node->term;
    plan_tree(p, node->child);
    p->group = group;
    p->grouped = before;
    if (node->kind == BL_NODE_AND && !node->choice && !before && !p->any)
        bl_synonym_loosen(p->e, p->plan, node);
}

/* Words that must stand near each other are looked for as typed, in any inflection. */
static void plan_near(planner *p, bl_node *near)
{
    for (bl_node *leaf = near->child; leaf && !bl_failed(p->e); leaf = leaf->next) {
        bl_cut(p->e, p->expander->cutter, leaf->text, strlen(leaf->text), &p->tokens);
        const size_t count = p->tokens.count;
        bl_term *term = count > 0 && !leaf->has_term ? add_term(p, leaf, 1) : NULL;
        if (term && (leaf->quoted || only_symbols(&p->tokens)))
            bl_phrase_add_run(p->e, term, &p->tokens, 0, count, leaf->prefix, 1);
        else if (term)
            bl_phrase_add_word(p->e, term, &p->tokens, 0, count, leaf->prefix, 1);
        if (term) {
            term->columns = near->columns;
            term->near = true;
        }
    }
}

/* One of the words will do; what excludes, and fields, hold as they did. */
static void loosen(planner *p, bl_node *list)
{
    bl_node *words = bl_query_leaf(p->e, "", 0, false), *required = NULL;
    if (!words)
        return;
    words->kind = BL_NODE_OR;
    bl_node **word = &words->child, **other = &required;
    for (bl_node *child = list->child; child; child = child->next) {
        bool requires = child->kind == BL_NODE_NOT || child->kind == BL_NODE_FIELD || child->filter;
        bl_node ***end = requires ? &other : &word;
        **end = child;
        *end = &child->next;
    }
    *word = *other = NULL;
    list->child = words->child;
    list->kind = BL_NODE_OR;
    if (required && words->child) {
        list->kind = BL_NODE_AND;
        list->child = required;
        *other = words;
        return;
    }
    if (required) {
        list->kind = BL_NODE_AND;
        list->child = required;
    }
    words->child = NULL;
    bl_query_free(words);
}

/* Children that planning adds are planned already: the next leaf is remembered before. */
static void plan_tree(planner *p, bl_node *node)
{
    while (node && !bl_failed(p->e)) {
        bl_node *next = node->next;
        if (node->kind == BL_NODE_FIELD && !node->has_term) /* nobody knows its documents */
            bl_query_field_to_text(p->e, node);
        if (node->kind == BL_NODE_LEAF && !node->has_term)
            plan_leaf(p, node);
        else if (node->kind == BL_NODE_NEAR)
            plan_near(p, node);
        else if (node->kind != BL_NODE_LEAF && node->kind != BL_NODE_FIELD)
            plan_list(p, node);
        if (p->any && node->kind == BL_NODE_AND && !node->filter)
            loosen(p, node);
        node = next;
    }
}

/* Leaves that hold no token say nothing: take them out, and what is empty without them. */
static void prune(bl_node **link)
{
    while (*link) {
        bl_node *node = *link;
        prune(&node->child);
        if (node->kind == BL_NODE_LEAF || node->kind == BL_NODE_FIELD ? node->has_term
                                                                      : node->child != NULL) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        node->next = NULL;
        bl_query_free(node);
    }
}

/* What only excludes neither ranks nor is shown. */
static void mark_excluded(bl_plan *plan, const bl_node *node, bool excluded)
{
    for (; node; node = node->next) {
        if (node->kind == BL_NODE_LEAF && excluded)
            plan->terms[node->term].filter = true;
        mark_excluded(plan, node->child, excluded != (node->kind == BL_NODE_NOT));
    }
}

size_t bl_plan_phrases(const bl_plan *plan)
{
    size_t phrases = 0;
    for (size_t i = 0; i < plan->count; i++)
        phrases += plan->terms[i].count;
    return phrases;
}

size_t bl_plan_wanted(const bl_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        count += bl_term_is_wanted(&plan->terms[i]);
    return count;
}

void bl_plan_make(bl_error *e, const bl_expander *expander, bl_node *tree, bl_plan_mode mode, bl_plan *out)
{
    *out = (bl_plan){ .tree = tree };
    planner p = {
        .e = e, .expander = expander, .plan = out, .any = mode != BL_PLAN_ALL, .pairs = mode == BL_PLAN_ANY
    };
    plan_tree(&p, tree);
    prune(&out->tree);
    if (!bl_failed(e))
        mark_excluded(out, out->tree, false);
    bl_tokens_free(&p.tokens);
    bl_tokens_free(&p.inner);
    bl_units_free(&p.units);
}

void bl_plan_free(bl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        for (size_t j = 0; j < plan->terms[i].count; j++)
            free(plan->terms[i].phrases[j].tokens);
        free(plan->terms[i].phrases);
    }
    free(plan->terms);
    for (size_t i = 0; i < plan->expansion_count; i++) {
        free(plan->expansions[i].typed);
        free(plan->expansions[i].text);
    }
    free(plan->expansions);
    bl_query_free(plan->tree);
    *plan = (bl_plan){ 0 };
}
