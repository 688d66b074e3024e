/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words and phrases to the tokens that find them. */
#include "expand.h"

#include <stdlib.h>
#include <string.h>

#include "index/fts.h"

typedef struct planner {
    bl_error *e;
    bl_cutter *cutter;
    bl_tokens tokens;
    bl_plan *plan;
    size_t phrases;
} planner;

/* ---- phrases ---- */

static void add_phrase(planner *p, bl_unit *unit, bl_phrase phrase, bl_buffer *tokens)
{
    if (tokens->failed)
        bl_fail_nomem(p->e);
    if (++p->phrases > BL_PLAN_PHRASES)
        bl_fail(p->e, BULLETIN_BAD_QUERY, "the query has more than %d terms; ask for fewer", BL_PLAN_PHRASES);
    if (!bl_failed(p->e) && !bl_grow(&unit->phrases, &unit->capacity, unit->count + 1, sizeof *unit->phrases))
        bl_fail_nomem(p->e);
    if (bl_failed(p->e)) {
        bl_buffer_free(tokens);
        return;
    }
    phrase.size = tokens->size;
    phrase.tokens = bl_buffer_steal(tokens);
    unit->phrases[unit->count++] = phrase;
}

static void put_token(bl_buffer *out, const char *text, size_t size)
{
    bl_buffer_append(out, text, size);
    bl_buffer_putc(out, BL_FTS_TOKEN_END);
}

/* The phrase of the tokens [first, end), none of them colocated. The character that ends a run of two or more
 * is left out at the phrase's end, for the run may go on in a text; a run of one is the beginning of whatever
 * stands there. */
static void add_run(planner *p, bl_unit *unit, size_t first, size_t end, bool prefix)
{
    bl_phrase phrase = { .prefix = prefix, .weight = 1 };
    bl_buffer tokens = { 0 };
    size_t last = first;
    for (size_t i = first; i < end; i++)
        if (!p->tokens.items[i].colocated)
            last = i;
    const bl_token *final = &p->tokens.items[last];
    if (final->kind == BULLETIN_TOKEN_LAST) {
        bool longer = last > first && p->tokens.items[last - 1].kind == BULLETIN_TOKEN_CJK;
        phrase.prefix = !longer;
        end = longer ? last : last + 1;
    }
    for (size_t i = first; i < end; i++) {
        const bl_token *token = &p->tokens.items[i];
        if (token->colocated)
            continue;
        put_token(&tokens, p->tokens.text + token->at, token->size);
        phrase.count++;
    }
    add_phrase(p, unit, phrase, &tokens);
}

static void add_token(planner *p, bl_unit *unit, const char *text, size_t size)
{
    bl_buffer tokens = { 0 };
    put_token(&tokens, text, size);
    add_phrase(p, unit, (bl_phrase){ .count = 1, .weight = 1 }, &tokens);
}

/* ---- units ---- */

static bl_unit *add_unit(planner *p, bl_node *leaf)
{
    bl_plan *plan = p->plan;
    if (!bl_failed(p->e) && !bl_grow(&plan->units, &plan->capacity, plan->count + 1, sizeof *plan->units))
        bl_fail_nomem(p->e);
    if (bl_failed(p->e))
        return NULL;
    leaf->unit = plan->count;
    leaf->has_unit = true;
    bl_unit *unit = &plan->units[plan->count++];
    *unit = (bl_unit){ .filter = leaf->filter };
    return unit;
}

/* A colocated token: its marked form, and the unmarked, for a text may hold the stem or the joined form
 * itself as a word. */
static void add_colocated(planner *p, bl_unit *unit, const bl_token *token)
{
    const char *text = p->tokens.text + token->at;
    add_token(p, unit, text, token->size);
    add_token(p, unit, text + 1, token->size - 1u);
}

static void add_marked(planner *p, bl_unit *unit, char mark, const bl_token *token)
{
    bl_buffer marked = { 0 };
    bl_buffer_putc(&marked, mark);
    put_token(&marked, p->tokens.text + token->at, token->size);
    add_phrase(p, unit, (bl_phrase){ .count = 1, .weight = 1 }, &marked);
}

/* A word is found as it stands, as the joined form of others (US of U.S.), and by its stem, which the index
 * holds only beside words that differ from it: a word that is its own stem is looked for under the mark too.
 */
static void add_inflections(planner *p, bl_unit *unit, size_t word, size_t end)
{
    const bl_token *token = &p->tokens.items[word];
    bool stemmed = false;
    add_marked(p, unit, BL_MARK_JOINED, token);
    for (size_t i = word + 1; i < end; i++)
        if (p->tokens.items[i].kind == BULLETIN_TOKEN_STEM) {
            add_colocated(p, unit, &p->tokens.items[i]);
            stemmed = true;
        }
    if (!stemmed)
        add_marked(p, unit, BL_MARK_STEM, token);
}

static size_t next_position(const bl_tokens *tokens, size_t i)
{
    do
        i++;
    while (i < tokens->count && tokens->items[i].colocated);
    return i;
}

/* The end of the piece that starts at i: tokens up to white space do not count, only symbols and line breaks
 * end it, unless a joined form (e-commerce) reaches across them. */
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

static void add_piece(planner *p, bl_node *leaf, size_t first, size_t end)
{
    bl_unit *unit = add_unit(p, leaf);
    if (!unit)
        return;
    add_run(p, unit, first, end, leaf->prefix);
    size_t words = 0;
    for (size_t i = first; i < end; i = next_position(&p->tokens, i))
        words++;
    bool joined = false;
    for (size_t i = first; i < end; i++)
        if (p->tokens.items[i].kind == BULLETIN_TOKEN_JOINED && !joined) {
            const bl_token *token = &p->tokens.items[i];
            /* Only a form that covers the whole piece stands for it. */
            joined =
                token->start == p->tokens.items[first].start && token->end == p->tokens.items[end - 1].end;
            if (joined)
                add_colocated(p, unit, token);
        }
    if (words == 1 && !leaf->prefix && p->tokens.items[first].kind == BULLETIN_TOKEN_WORD && !joined)
        add_inflections(p, unit, first, end);
}

/* A leaf of several pieces (产改，工会) becomes their conjunction in its place. */
static void split(planner *p, bl_node *leaf)
{
    bl_node *pieces = NULL;
    for (size_t i = 0; i < p->tokens.count && !bl_failed(p->e);) {
        size_t end = piece_end(&p->tokens, i);
        if (end == i) {
            i++;
            continue;
        }
        bl_node *piece = bl_query_leaf(p->e, "", 0, false);
        if (piece) {
            piece->filter = leaf->filter;
            piece->prefix = leaf->prefix && end == p->tokens.count;
            add_piece(p, piece, i, end);
            piece->next = pieces;
            pieces = piece;
        }
        i = end;
    }
    leaf->kind = BL_NODE_AND;
    for (bl_node *piece = pieces; piece;) { /* they were collected last first */
        bl_node *next = piece->next;
        piece->next = leaf->child;
        leaf->child = piece;
        piece = next;
    }
}

static bool only_symbols(const bl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kind != BULLETIN_TOKEN_SYMBOL)
            return false;
    return true;
}

static size_t first_word(const bl_tokens *tokens)
{
    size_t i = 0;
    while (i < tokens->count && piece_end(tokens, i) == i)
        i++;
    return i;
}

static void plan_leaf(planner *p, bl_node *leaf)
{
    bl_cut(p->e, p->cutter, leaf->text, strlen(leaf->text), &p->tokens);
    size_t count = p->tokens.count;
    if (bl_failed(p->e) || count == 0)
        return;
    if (leaf->quoted || only_symbols(&p->tokens)) {
        bl_unit *unit = add_unit(p, leaf);
        if (unit)
            add_run(p, unit, 0, count, leaf->prefix);
        return;
    }
    size_t first = first_word(&p->tokens), end = piece_end(&p->tokens, first), rest = end;
    while (rest < count && piece_end(&p->tokens, rest) == rest)
        rest++;
    if (rest == count)
        add_piece(p, leaf, first, end);
    else
        split(p, leaf);
}

static void plan_tree(planner *p, bl_node *node, bool any)
{
    for (; node && !bl_failed(p->e); node = node->next) {
        if (node->kind == BL_NODE_LEAF)
            plan_leaf(p, node);
        else
            plan_tree(p, node->child, any);
        if (any && node->kind == BL_NODE_AND && !node->filter)
            node->kind = BL_NODE_OR;
    }
}

/* Leaves that hold no token say nothing: take them out, and what is empty without them. */
static void prune(bl_node **link)
{
    while (*link) {
        bl_node *node = *link;
        prune(&node->child);
        if (node->kind == BL_NODE_LEAF ? node->has_unit : node->child != NULL) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        node->next = NULL;
        bl_query_free(node);
    }
}

void bl_plan_make(bl_error *e, bl_cutter *cutter, bl_node *tree, bool any, bl_plan *out)
{
    *out = (bl_plan){ .tree = tree };
    planner p = { .e = e, .cutter = cutter, .plan = out };
    plan_tree(&p, tree, any);
    prune(&out->tree);
    bl_tokens_free(&p.tokens);
}

void bl_plan_free(bl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        for (size_t j = 0; j < plan->units[i].count; j++)
            free(plan->units[i].phrases[j].tokens);
        free(plan->units[i].phrases);
    }
    free(plan->units);
    bl_query_free(plan->tree);
    *plan = (bl_plan){ 0 };
}
