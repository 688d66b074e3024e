/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A common term to what it finds, from the list that is kept of it. */
#include "best.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/statement.h"

/* One token as it was typed. */
static bool is_token(const bl_phrase *phrase)
{
    return phrase->count == 1 && !phrase->prefix && !phrase->expansion && fabs(phrase->weight - 1) <= 0;
}

static bool is_alone(const bl_plan *plan)
{
    const bl_node *leaf = plan->tree;
    const bl_term *term = plan->terms;
    return plan->count == 1 && plan->expansion_count == 0 && leaf && leaf->kind == BL_NODE_LEAF &&
           !leaf->columns && !term->columns && !term->filter && !term->expansion &&
           fabs(term->weight - 1) <= 0;
}

bool bl_best_key(const bl_plan *plan, bl_buffer *key)
{
    if (!is_alone(plan))
        return false;
    const bl_term *term = plan->terms;
    bl_buffer_putc(key, term->alphabetic ? 'a' : 'c');
    for (size_t i = 0; i < term->count; i++) {
        if (!is_token(&term->phrases[i]))
            return false;
        bl_buffer_append(key, term->phrases[i].tokens, term->phrases[i].size);
    }
    return term->count > 0 && !key->failed;
}

/* Numbers stand with their lowest byte first, whatever machine wrote them. */
static void put(bl_buffer *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        bl_buffer_putc(out, (char)(unsigned char)(value >> 8 * i));
}

static uint64_t get(const unsigned char **at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t) * (*at)++ << 8 * i;
    return value;
}

void bl_best_print(const bl_hit *hit, bl_buffer *out)
{
    uint64_t score;
    memcpy(&score, &hit->score, sizeof score);
    put(out, (uint64_t)hit->doc, 8);
    put(out, (uint64_t)hit->order, 8);
    put(out, score, 8);
    put(out, hit->places, 4);
}

static void parse(bl_error *e, const unsigned char *bytes, size_t size, bl_top *top)
{
    const size_t count = size / BL_BEST_HIT;
    if (!bl_grow(&top->list, &top->capacity, count + 1, sizeof *top->list)) {
        bl_fail_nomem(e);
        return;
    }
    for (; top->count < count; top->count++) {
        bl_hit *hit = &top->list[top->count];
        *hit = (bl_hit){ .doc = (int64_t)get(&bytes, 8), .order = (int64_t)get(&bytes, 8) };
        const uint64_t score = get(&bytes, 8);
        memcpy(&hit->score, &score, sizeof score);
        hit->places = (uint32_t)get(&bytes, 4);
    }
}

bool bl_best_read(bl_error *e, bl_database *db, const char *key, int64_t revision, bulletin_sort sort,
                  bl_top *top, int64_t *bulletins, int64_t *stories)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_BEST);
    bl_sql_text(e, s, 1, key);
    bl_sql_int(e, s, 2, revision);
    if (!bl_sql_row(e, s))
        return false;
    const int column = sort == BULLETIN_NEWEST ? 3 : 2;
    *bulletins = sqlite3_column_int64(s, 0);
    *stories = sqlite3_column_int64(s, 1);
    const unsigned char *bytes = sqlite3_column_blob(s, column);
    parse(e, bytes, bytes ? (size_t)sqlite3_column_bytes(s, column) : 0, top);
    sqlite3_reset(s);
    return !bl_failed(e);
}
