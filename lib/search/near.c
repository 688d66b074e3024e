/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A document to whether terms stand near each other in one of its texts. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include "highlight.h"
#include "index/database.h"
#include "index/sql.h"
#include "phrase.h"

/* In words; a character counts as one. */
typedef struct bl_near_place {
    size_t start, end;
    bool seen;
} place;

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
    if (!near->last)
        bl_fail_nomem(e);
    near->row = bl_sql_prepare(e, db->sql, "SELECT title, body, furniture FROM bulletin WHERE doc = ?1");
    return near;
}

void bl_near_close(bl_near *near)
{
    if (!near)
        return;
    sqlite3_finalize(near->row);
    bl_tokens_free(&near->tokens);
    free(near->last);
    free(near);
}

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

/* The latest places of all terms are the closest ones behind this one. */
static bool is_close(const bl_near *near, size_t start)
{
    const place *first = &near->last[0];
    for (size_t i = 0; i < near->count; i++) {
        if (!near->last[i].seen)
            return false;
        if (near->last[i].start < first->start)
            first = &near->last[i];
    }
    return start <= first->end + (size_t)near->node->distance;
}

static bool note(bl_near *near, size_t i, size_t position)
{
    size_t number = 0, words;
    bool noted = false;
    for (const bl_node *leaf = near->node->child; leaf; leaf = leaf->next, number++)
        if (starts_here(near, &near->plan->terms[leaf->term], i, &words)) {
            near->last[number] = (place){ position, position + words, true };
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
    memset(near->last, 0, near->count * sizeof *near->last);
    for (size_t i = 0; i < near->tokens.count && !bl_failed(e); i = bl_phrase_next(&near->tokens, i))
        if (note(near, i, position++))
            return true;
    return false;
}

bool bl_near_stands(bl_error *e, bl_near *near, int64_t doc)
{
    bool stands = false;
    bl_sql_int(e, near->row, 1, doc);
    if (!bl_sql_row(e, near->row))
        return false;
    for (int column = 0; column < 3 && !stands; column++)
        if (near->columns >> column & 1)
            stands = stands_in(e, near, (const char *)sqlite3_column_text(near->row, column));
    sqlite3_reset(near->row);
    return stands;
}
