/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A common term to what it finds, from the list that is kept of it. */
#include "best.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/statement.h"
#include "kept_hit.h"

/* One token as it was typed, or its beginning. */
static bool is_token(const bl_phrase *phrase)
{
    return phrase->count == 1 && !phrase->expansion && fabs(phrase->weight - 1) <= 0;
}

static bool is_alone(const bl_plan *plan)
{
    const bl_node *leaf = plan->tree;
    const bl_term *term = plan->terms;
    return plan->count == 1 && plan->expansion_count == 0 && leaf && leaf->kind == BL_NODE_LEAF &&
           !leaf->columns && !term->columns && !term->filter && !term->expansion &&
           fabs(term->weight - 1) <= 0;
}

/* Each of its forms is one token, or the beginning of one. */
static bool print_key(const bl_term *term, bl_buffer *key)
{
    const bool begins = term->count > 0 && term->phrases[0].prefix;
    bl_buffer_puts(key, BL_BEST_FORMAT);
    bl_buffer_putc(key, term->alphabetic ? 'a' : begins ? 'b' : 'c');
    for (size_t i = 0; i < term->count; i++) {
        if (!is_token(&term->phrases[i]) ||
            (term->phrases[i].prefix && (term->alphabetic || term->count > 1)))
            return false;
        bl_buffer_append(key, term->phrases[i].tokens, term->phrases[i].size);
    }
    return term->count > 0 && !key->failed;
}

bool bl_best_key(const bl_plan *plan, bl_buffer *key)
{
    return is_alone(plan) && print_key(plan->terms, key);
}

int64_t bl_best_count(bl_error *e, bl_database *db, const bl_term *term, const bl_kept_state *lists)
{
    bl_buffer key = { 0 };
    int64_t count = -1;
    sqlite3_stmt *s =
        lists && !term->columns && print_key(term, &key) ? bl_statement_get(e, db, BL_SQL_BEST) : NULL;
    if (s) {
        bl_sql_text(e, s, 1, key.data);
        bl_sql_int(e, s, 2, lists->made);
        if (bl_sql_row(e, s)) {
            count = sqlite3_column_int64(s, 0);
            sqlite3_reset(s);
        }
    }
    bl_buffer_free(&key);
    return count;
}

static void parse(bl_error *e, const unsigned char *bytes, size_t size, bl_top *top)
{
    bl_hit hit;
    for (size_t used; (used = bl_kept_hit_parse(bytes, size, &hit)) > 0; bytes += used, size -= used) {
        if (!bl_grow(&top->list, &top->capacity, top->count + 1, sizeof *top->list)) {
            bl_fail_nomem(e);
            return;
        }
        top->list[top->count++] = hit;
    }
}

bool bl_best_read(bl_error *e, bl_database *db, const char *key, const bl_kept_state *lists,
                  bulletin_sort sort, bl_top *top, int64_t *bulletins, int64_t *stories)
{
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_BEST);
    bl_sql_text(e, s, 1, key);
    bl_sql_int(e, s, 2, lists->made);
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

sqlite3_stmt *bl_best_blocks(bl_error *e, bl_database *db, const char *key, const bl_kept_state *lists)
{
    sqlite3_stmt *s = bl_statement_take(e, db, BL_SQL_BLOCKS);
    bl_sql_text(e, s, 1, key);
    bl_sql_int(e, s, 2, lists->made);
    if (bl_sql_row(e, s))
        return s;
    bl_best_give(db, s);
    return NULL;
}

void bl_best_give(bl_database *db, sqlite3_stmt *blocks)
{
    if (blocks)
        bl_statement_give(db, BL_SQL_BLOCKS, blocks);
}
