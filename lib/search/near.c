/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A document to whether terms stand near each other in one of its texts. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "highlight.h"
#include "index/database.h"
#include "index/sql.h"
#include "operator.h"
#include "phrase.h"

bl_near *bl_near_open(bl_error *e, bl_database *db, const bl_plan *plan, const bl_node *node,
                      uint32_t columns)
{
    bl_near *near = bl_failed(e) ? NULL : calloc(1, sizeof *near);
    if (!near) {
        bl_fail_nomem(e);
        return NULL;
    }
    *near = (bl_near){ .db = db, .plan = plan, .node = node, .columns = columns };
    for (const bl_node *leaf = node->child; leaf; leaf = leaf->next)
        near->count++;
    near->last = calloc(near->count + 1, sizeof *near->last);
    near->open = calloc(near->count + 1, sizeof *near->open);
    if (!near->last || !near->open)
        bl_fail_nomem(e);
    near->row = bl_sql_prepare(e, db->sql, "SELECT title, body, furniture FROM bulletin WHERE doc = ?1");
    return near;
}

void bl_near_close(bl_near *near)
{
    if (!near)
        return;
    sqlite3_finalize(near->row);
    free(near->phrases);
    free(near->places);
    bl_tokens_free(&near->tokens);
    free(near->last);
    free(near->open);
    free(near);
}

void bl_near_read(bl_error *e, bl_near *near, bl_operator *const *phrases, size_t count)
{
    near->phrases = bl_failed(e) ? NULL : calloc(count + 1, sizeof(bl_operator *));
    if (!near->phrases) {
        bl_fail_nomem(e);
        return;
    }
    memcpy(near->phrases, phrases, count * sizeof(bl_operator *));
    near->phrase_count = count;
}

/* ---- how near ---- */

/* The latest places of all words are the closest ones behind this one. Open words may stand anywhere. */
static bool is_close(const bl_near *near, uint64_t start)
{
    const bl_near_place *first = NULL;
    for (size_t i = 0; i < near->count; i++) {
        if (near->open[i])
            continue;
        if (!near->last[i].seen)
            return false;
        if (!first || near->last[i].start < first->start)
            first = &near->last[i];
    }
    return !first || start <= first->end + (uint64_t)near->node->distance;
}

static void forget(bl_near *near)
{
    memset(near->last, 0, near->count * sizeof *near->last);
}

/* ---- by places ---- */

/* The joined form (US) of several words (U.S.) stands at the first of them alone. */
static bool tells_length(const bl_near *near, const bl_operator *op)
{
    return op->kind == BL_OP_PHRASE &&
           near->plan->terms[op->term].phrases[op->phrase].tokens[0] != BL_MARK_JOINED;
}

static uint32_t leaf_of(const bl_near *near, uint32_t term)
{
    uint32_t number = 0;
    for (const bl_node *leaf = near->node->child; leaf && leaf->term != term; leaf = leaf->next)
        number++;
    return number;
}

static void add_places(bl_error *e, bl_near *near, bl_operator *op)
{
    size_t count;
    const uint64_t *starts = bl_operator_places(e, op, &count);
    const bl_phrase *phrase = &near->plan->terms[op->term].phrases[op->phrase];
    const uint32_t leaf = leaf_of(near, op->term);
    if (!bl_grow(&near->places, &near->place_capacity, near->place_count + count, sizeof *near->places)) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 0; i < count; i++)
        near->places[near->place_count++] =
            (bl_near_place){ starts[i], starts[i] + phrase->count + phrase->overlaps, leaf, true };
}

/* False when the places do not tell all; those of the words that are left open are none then. */
static bool gather(bl_error *e, bl_near *near, int64_t doc)
{
    bool all = true;
    near->place_count = 0;
    memset(near->open, 0, near->count * sizeof *near->open);
    for (size_t i = 0; i < near->phrase_count && !bl_failed(e); i++) {
        bl_operator *op = near->phrases[i];
        if (op->doc != doc)
            continue;
        if (tells_length(near, op))
            add_places(e, near, op);
        else
            all = !(near->open[leaf_of(near, op->term)] = true);
    }
    return all;
}

/* Of two phrases of one word at a place the longer is the word. */
static int compare(const void *a, const void *b)
{
    const bl_near_place *x = a, *y = b;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->end > y->end) - (x->end < y->end);
}

/* Whether the words whose places are known stand near each other. */
static bool places_meet(bl_near *near)
{
    const bl_near_place *list = near->places;
    const size_t count = near->place_count;
    if (count > 1)
        qsort(near->places, count, sizeof *near->places, compare);
    forget(near);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && list[i].start >> 32 != list[i - 1].start >> 32) /* another column */
            forget(near);
        near->last[list[i].leaf] = list[i];
        bool more = i + 1 < count && list[i + 1].start == list[i].start;
        if (!more && is_close(near, list[i].start))
            return true;
    }
    return false;
}

/* ---- by the text ---- */

/* Whether a phrase of the term starts at token i; sets the first token behind the longest. */
static bool starts_here(const bl_near *near, const bl_term *term, size_t i, size_t *words)
{
    bulletin_range range = { 0, 0 };
    size_t end = 0;
    for (size_t k = 0; k < term->count; k++)
        if (bl_highlight_phrase(&near->tokens, i, &term->phrases[k], &range) && range.end > end)
            end = range.end;
    for (*words = 0; end > 0 && i < near->tokens.count && near->tokens.items[i].start < end;
         i = bl_phrase_next(&near->tokens, i))
        ++*words;
    return end > 0;
}

static bool note(bl_near *near, size_t i, size_t position)
{
    size_t number = 0, words;
    bool noted = false;
    for (const bl_node *leaf = near->node->child; leaf; leaf = leaf->next, number++)
        if (starts_here(near, &near->plan->terms[leaf->term], i, &words)) {
            near->last[number] = (bl_near_place){ position, position + words, (uint32_t)number, true };
            noted = true;
        }
    return noted && is_close(near, position);
}

static bool stands_in(bl_error *e, bl_near *near, const char *text)
{
    size_t position = 0;
    if (!text || !*text)
        return false;
    bl_cut(e, near->db->fts.cutter, text, strlen(text), &near->tokens);
    forget(near);
    for (size_t i = 0; i < near->tokens.count && !bl_failed(e); i = bl_phrase_next(&near->tokens, i))
        if (note(near, i, position++))
            return true;
    return false;
}

static bool stands_in_texts(bl_error *e, bl_near *near, int64_t doc)
{
    bool stands = false;
    memset(near->open, 0, near->count * sizeof *near->open);
    bl_sql_int(e, near->row, 1, doc);
    if (!bl_sql_row(e, near->row))
        return false;
    for (int column = 0; column < 3 && !stands; column++)
        if (near->columns >> column & 1)
            stands = stands_in(e, near, (const char *)sqlite3_column_text(near->row, column));
    sqlite3_reset(near->row);
    return stands;
}

bool bl_near_stands(bl_error *e, bl_near *near, int64_t doc)
{
    if (!near->phrases)
        return stands_in_texts(e, near, doc);
    bool all = gather(e, near, doc);
    if (bl_failed(e) || (near->place_count > 0 && !places_meet(near)))
        return false;
    return all ? near->place_count > 0 : stands_in_texts(e, near, doc);
}
