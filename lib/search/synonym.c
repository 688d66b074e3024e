/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Terms of the thesaurus to other words in the query tree, each where the typed one stands. */
#include "synonym.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "phrase.h"

/* What other words weigh beside those that were typed. */
static const double quality_weight[] = {
    [BL_QUALITY_EXACT] = 0.6, [BL_QUALITY_MACHINE] = 0.4, [BL_QUALITY_AMBIGUOUS] = 0.3
};
static const double narrower_weight = 0.7; /* of the above */
static const double foreign_weight = 0.5;  /* of words in another script than the typed */

/* Phrases that a query may have with its expansions: typed words always find room. */
enum { MOST_PHRASES = 216 };
/* Leaves that may be one term together. */
enum { MOST_WORDS = 8 };

static char *copy(bl_error *e, const char *text, size_t size)
{
    char *own = strndup(text, size);
    if (!own)
        bl_fail_nomem(e);
    return own;
}

/* Note an expansion; its number, + 1. */
static size_t note(bl_error *e, bl_plan *plan, const bl_synonym *synonym, const char *typed, size_t size)
{
    if (!bl_grow(&plan->expansions, &plan->expansion_capacity, plan->expansion_count + 1,
                 sizeof *plan->expansions)) {
        bl_fail_nomem(e);
        return 0;
    }
    plan->expansions[plan->expansion_count++] =
        (bl_expansion){ .typed = copy(e, typed, size),
                        .text = copy(e, synonym->text, strlen(synonym->text)),
                        .quality = synonym->quality,
                        .own = synonym->own };
    return plan->expansion_count;
}

static bl_node *add_child(bl_error *e, bl_node *parent, bl_node_kind kind)
{
    bl_node *child = bl_query_leaf(e, "", 0, false);
    if (!child)
        return NULL;
    child->kind = kind;
    child->columns = parent->columns;
    bl_node **end = &parent->child;
    while (*end)
        end = &(*end)->next;
    return *end = child;
}

/* Turn a node into an OR whose first child is what it was. */
static bool make_choice(bl_error *e, bl_node *node)
{
    if (node->kind == BL_NODE_OR && node->choice)
        return true;
    bl_node *inner = malloc(sizeof *inner);
    if (!inner) {
        bl_fail_nomem(e);
        return false;
    }
    *inner = *node;
    inner->next = NULL;
    *node = (bl_node){
        .kind = BL_NODE_OR, .child = inner, .next = node->next, .choice = true, .columns = node->columns
    };
    return true;
}

static bool is_ascii(const char *text)
{
    return (unsigned char)*text < 0x80;
}

static void add_phrases(bl_error *e, const bl_expander *x, bl_plan *plan, bl_term *term,
                        const bl_synonym *synonym, const char *typed, size_t size)
{
    bl_tokens tokens = { 0 };
    double weight = quality_weight[synonym->quality] * (synonym->narrower ? narrower_weight : 1);
    if (is_ascii(typed) != is_ascii(synonym->text))
        weight *= foreign_weight;
    bl_cut(e, x->cutter, synonym->text, strlen(synonym->text), &tokens);
    if (!bl_failed(e) && tokens.count > 0)
        bl_phrase_add_words(e, term, &tokens, weight, note(e, plan, synonym, typed, size));
    bl_tokens_free(&tokens);
}

/* One of the context's words must stand in the bulletin; it neither ranks nor is shown. */
static void add_context(bl_error *e, const bl_expander *x, bl_plan *plan, bl_node *both, const char *context)
{
    bl_node *leaf = add_child(e, both, BL_NODE_LEAF);
    if (!leaf)
        return;
    leaf->filter = true;
    leaf->columns = 0; /* anywhere in the bulletin */
    bl_term *term = bl_plan_add_term(e, plan, leaf, 1);
    bl_tokens tokens = { 0 };
    for (const char *word = context; term && *word && !bl_failed(e);) {
        size_t size = strcspn(word, "|");
        bl_cut(e, x->cutter, word, size, &tokens);
        if (tokens.count > 0)
            bl_phrase_add_words(e, term, &tokens, 1, 0);
        word += size + (word[size] == '|');
    }
    bl_tokens_free(&tokens);
}

/* All synonyms of one context share a leaf; with a context the leaf stands beside the words it needs. */
static void add_alternative(bl_error *e, const bl_expander *x, bl_plan *plan, bl_node *node,
                            const bl_synonym *list, size_t count, size_t first, const char *typed,
                            size_t size)
{
    const char *context = list[first].context;
    bl_node *both = *context ? add_child(e, node, BL_NODE_AND) : node;
    bl_node *leaf = both ? add_child(e, both, BL_NODE_LEAF) : NULL;
    if (!leaf || !bl_plan_add_term(e, plan, leaf, 1))
        return;
    both->filter = both != node || both->filter;
    size_t number = leaf->term;
    plan->terms[number].group = plan->groups;
    plan->terms[number].expansion = true;
    plan->terms[number].conditional = *context != '\0';
    for (size_t i = first; i < count && !bl_failed(e) && bl_plan_phrases(plan) < MOST_PHRASES; i++)
        if (strcmp(list[i].context, context) == 0)
            add_phrases(e, x, plan, &plan->terms[number], &list[i], typed, size);
    if (*context)
        add_context(e, x, plan, both, context);
}

static bool is_first_of_context(const bl_synonym *list, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(list[k].context, list[i].context) == 0)
            return false;
    return true;
}

/* The typed words below a node belong to the newest group; leaves that are not planned yet find its number in
 * the node. */
static void set_group(bl_plan *plan, bl_node *node)
{
    if (node->kind != BL_NODE_LEAF)
        node->term = plan->groups;
    else if (node->has_term)
        plan->terms[node->term].group = plan->groups;
    for (bl_node *child = node->child; child; child = child->next)
        set_group(plan, child);
}

/* What is no term of the thesaurus may be a person's name. */
static size_t find(bl_error *e, const bl_expander *x, const bl_tokens *tokens, size_t first, size_t end,
                   const bl_synonym **list)
{
    size_t count = x->thesaurus ? bl_thesaurus_find(e, x->thesaurus, tokens, first, end, x->worst, list) : 0;
    if (count == 0 && x->names && x->worst >= BL_QUALITY_MACHINE)
        count = x->names(e, x->name_context, tokens, first, end, list);
    return count;
}

bool bl_synonym_knows(bl_error *e, const bl_expander *expander, const bl_tokens *tokens)
{
    const bl_synonym *list;
    return find(e, expander, tokens, 0, tokens->count, &list) > 0;
}

static void add_others(bl_error *e, const bl_expander *x, bl_plan *plan, bl_node *node,
                       const bl_synonym *list, size_t count, const char *typed, size_t typed_size)
{
    plan->groups++;
    set_group(plan, node);
    if (!make_choice(e, node))
        return;
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        if (is_first_of_context(list, i) && bl_plan_phrases(plan) < MOST_PHRASES)
            add_alternative(e, x, plan, node, list, count, i, typed, typed_size);
}

void bl_synonym_add(bl_error *e, const bl_expander *x, bl_plan *plan, bl_node *node, const bl_tokens *tokens,
                    size_t first, size_t end, const char *typed, size_t typed_size)
{
    const bl_synonym *list;
    size_t count = find(e, x, tokens, first, end, &list);
    if (count > 0)
        add_others(e, x, plan, node, list, count, typed, typed_size);
}

/* ---- neighbouring words ---- */

static bool can_join(const bl_node *leaf)
{
    return leaf && leaf->kind == BL_NODE_LEAF && !leaf->quoted && !leaf->prefix && !leaf->filter &&
           !leaf->has_term && !leaf->columns;
}

/* The texts of `words` leaves from `leaf` on, joined by blanks. */
static void join_texts(const bl_node *leaf, size_t words, bl_buffer *out)
{
    bl_buffer_cut(out, 0);
    for (; words > 0; words--, leaf = leaf->next) {
        if (out->size > 0)
            bl_buffer_putc(out, ' ');
        bl_buffer_puts(out, leaf->text);
    }
}

/* Move `words` nodes, the first of which is *link, below a new AND in their place. */
static bl_node *wrap(bl_error *e, bl_node **link, size_t words)
{
    bl_node *group = bl_query_leaf(e, "", 0, false);
    if (!group)
        return NULL;
    bl_node *last = *link;
    for (size_t i = 1; i < words; i++)
        last = last->next;
    group->kind = BL_NODE_AND;
    group->choice = true;
    group->child = *link;
    group->next = last->next;
    last->next = NULL;
    return *link = group;
}

static bool group_here(bl_error *e, const bl_expander *x, bl_plan *plan, bl_node **link, bl_tokens *tokens,
                       bl_buffer *text)
{
    size_t most = 0;
    for (const bl_node *leaf = *link; can_join(leaf) && most < MOST_WORDS; leaf = leaf->next)
        most++;
    for (size_t words = most; words > 1 && !bl_failed(e); words--) {
        const bl_synonym *list;
        join_texts(*link, words, text);
        bl_cut(e, x->cutter, text->data ? text->data : "", text->size, tokens);
        const size_t count = find(e, x, tokens, 0, tokens->count, &list);
        if (count == 0)
            continue;
        bl_node *group = wrap(e, link, words);
        if (group)
            add_others(e, x, plan, group, list, count, text->data, text->size);
        return true;
    }
    return false;
}

void bl_synonym_group(bl_error *e, const bl_expander *x, bl_plan *plan, bl_node *list)
{
    if (!x->thesaurus)
        return;
    bl_tokens tokens = { 0 };
    bl_buffer text = { 0 };
    for (bl_node **link = &list->child; *link && !bl_failed(e); link = &(*link)->next)
        group_here(e, x, plan, link, &tokens, &text);
    bl_tokens_free(&tokens);
    bl_buffer_free(&text);
}

/* ---- function words ---- */

bool bl_synonym_is_particle(const bl_node *leaf)
{
    static const char *const list[] = {
        "a",    "an",   "the", "of",    "in",    "on",     "at",   "to",   "for",   "from", "by",    "with",
        "and",  "or",   "as",  "about", "into",  "is",     "are",  "was",  "were",  "be",   "been",  "do",
        "does", "did",  "has", "have",  "had",   "how",    "what", "when", "where", "who",  "which", "why",
        "many", "much", "can", "will",  "would", "should", "it",   "its",  "their", "this", "that",  "there",
    };
    if (leaf->kind != BL_NODE_LEAF || leaf->quoted || leaf->prefix || leaf->filter || !leaf->has_term)
        return false;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcasecmp(list[i], leaf->text) == 0)
            return true;
    return false;
}

static void copy_phrase(bl_error *e, bl_term *to, const bl_phrase *phrase)
{
    bl_phrase own = *phrase;
    own.tokens = malloc(phrase->size + 1);
    if (!own.tokens || !bl_grow(&to->phrases, &to->capacity, to->count + 1, sizeof *to->phrases)) {
        bl_fail_nomem(e);
        free(own.tokens);
        return;
    }
    memcpy(own.tokens, phrase->tokens, phrase->size);
    own.tokens[phrase->size] = '\0';
    to->phrases[to->count++] = own;
}

/* Copy the other words below a node to a term. */
static void copy_others(bl_error *e, bl_plan *plan, const bl_node *node, size_t to)
{
    for (; node && !bl_failed(e); node = node->next) {
        copy_others(e, plan, node->child, to);
        if (node->kind != BL_NODE_LEAF || !node->has_term || !plan->terms[node->term].expansion)
            continue;
        const bl_term *from = &plan->terms[node->term];
        for (size_t i = 0; i < from->count && !bl_failed(e); i++)
            copy_phrase(e, &plan->terms[to], &from->phrases[i]);
    }
}

static bool has_others(const bl_plan *plan, const bl_node *node)
{
    bool has = false;
    for (; node && !has; node = node->next)
        has = node->kind == BL_NODE_LEAF ? node->has_term && plan->terms[node->term].expansion
                                         : node->kind != BL_NODE_NOT && has_others(plan, node->child);
    return has;
}

/* The same term for all of them: any of the other words. */
static void loosen_one(bl_error *e, bl_plan *plan, bl_node *list, bl_node *particle, const bl_node **shared)
{
    if (!make_choice(e, particle))
        return;
    bl_node *leaf = add_child(e, particle, BL_NODE_LEAF);
    if (!leaf)
        return;
    leaf->filter = true;
    if (*shared) {
        leaf->term = (*shared)->term;
        leaf->has_term = true;
    } else if (bl_plan_add_term(e, plan, leaf, 1)) {
        copy_others(e, plan, list->child, leaf->term);
        *shared = leaf;
    }
}

void bl_synonym_loosen(bl_error *e, bl_plan *plan, bl_node *list)
{
    const bl_node *shared = NULL;
    if (!has_others(plan, list->child))
        return;
    for (bl_node *child = list->child; child && !bl_failed(e); child = child->next)
        if (bl_synonym_is_particle(child))
            loosen_one(e, plan, list, child, &shared);
}
