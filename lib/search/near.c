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

/* The places of a phrase in a document, ascending; of the index, or of what was found before. */
typedef struct bl_near_source {
    const uint64_t *starts;
    const uint32_t *positions;
    size_t at, count;
    size_t length; /* in words */
    uint32_t leaf;
    uint64_t next;
} bl_near_source;

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
    free(near->sources);
    bl_tokens_free(&near->tokens);
    free(near->last);
    free(near->open);
    free(near);
}

static size_t places_of(const bl_operator *op)
{
    const bl_positions *p = op->kind == BL_OP_FOUND ? &op->found->positions : NULL;
    return p && p->list ? p->first[op->found->count] : (size_t)bl_operator_cost(op);
}

/* The phrases of a word follow each other; the word with the fewest places comes first, for where two are far
 * from each other the others are not looked at. */
static void order_phrases(bl_near *near)
{
    for (size_t done = 0; done < near->phrase_count;) {
        size_t best = done, best_end = done, best_places = SIZE_MAX;
        for (size_t i = done, end; i < near->phrase_count; i = end) {
            size_t places = 0;
            for (end = i; end < near->phrase_count && near->phrases[end]->term == near->phrases[i]->term;
                 end++)
                places += places_of(near->phrases[end]);
            if (places < best_places) {
                best = i;
                best_end = end;
                best_places = places;
            }
        }
        for (; best < best_end; best++, done++) {
            bl_operator *const first = near->phrases[best];
            memmove(&near->phrases[done + 1], &near->phrases[done], (best - done) * sizeof(bl_operator *));
            near->phrases[done] = first;
        }
    }
}

void bl_near_read(bl_error *e, bl_near *near, bl_operator *const *phrases, size_t count)
{
    near->phrases = bl_failed(e) ? NULL : calloc(count + 1, sizeof(bl_operator *));
    near->sources = bl_failed(e) ? NULL : calloc(count + 1, sizeof *near->sources);
    if (!near->phrases || !near->sources) {
        bl_fail_nomem(e);
        return;
    }
    memcpy(near->phrases, phrases, count * sizeof(bl_operator *));
    near->phrase_count = count;
    order_phrases(near);
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

static const bl_phrase *phrase_of(const bl_near *near, const bl_operator *op)
{
    return &near->plan->terms[op->term].phrases[op->phrase];
}

/* The joined form (US) of several words (U.S.) stands at the first of them alone. */
static bool tells_length(const bl_near *near, const bl_operator *op)
{
    return phrase_of(near, op)->tokens[0] != BL_MARK_JOINED;
}

static uint32_t leaf_of(const bl_near *near, uint32_t term)
{
    uint32_t number = 0;
    for (const bl_node *leaf = near->node->child; leaf && leaf->term != term; leaf = leaf->next)
        number++;
    return number;
}

/* False after the last place. */
static bool step(bl_near_source *s)
{
    if (s->at == s->count)
        return false;
    const uint32_t narrow = s->starts ? 0 : s->positions[s->at];
    s->next = s->starts ? s->starts[s->at]
                        : (uint64_t)bl_position_column(narrow) << 32 | bl_position_in_column(narrow);
    s->at++;
    return true;
}

/* False when the places of the phrase are not known. */
static bool add_source(bl_error *e, bl_near *near, bl_operator *op)
{
    const bl_phrase *phrase = phrase_of(near, op);
    bl_near_source *s = &near->sources[near->source_count];
    *s = (bl_near_source){ .length = phrase->count + phrase->overlaps, .leaf = leaf_of(near, op->term) };
    if (op->kind == BL_OP_PHRASE) {
        s->starts = bl_operator_places(e, op, &s->count);
    } else if (op->kind == BL_OP_FOUND && op->found->positions.list) {
        s->positions = bl_positions_of(&op->found->positions, op->found_at, &s->count);
    } else {
        return false;
    }
    near->source_count++;
    return true;
}

/* The places of all words. Those that may reach further than a word reach just one, or with `openly`
 * anywhere, as do those whose places are not known: false then. */
static bool gather(bl_error *e, bl_near *near, int64_t doc, bool openly)
{
    bool known = true;
    near->source_count = 0;
    near->reaches = false;
    memset(near->open, 0, near->count * sizeof *near->open);
    for (size_t i = 0; i < near->phrase_count && !bl_failed(e); i++) {
        bl_operator *op = near->phrases[i];
        if (op->doc != doc)
            continue;
        const bool reaches = !tells_length(near, op);
        const bool placed = !(reaches && openly) && add_source(e, near, op);
        near->reaches = near->reaches || reaches;
        near->open[leaf_of(near, op->term)] |= !placed;
        known = known && placed;
    }
    for (size_t i = 0; i < near->source_count;)
        if (step(&near->sources[i]))
            i++;
        else
            near->sources[i] = near->sources[--near->source_count];
    return known;
}

/* The next place of all: of two at the same the shorter, since of a word's phrases the longer is the word. */
static bl_near_source *nearest(const bl_near *near)
{
    bl_near_source *best = near->source_count > 0 ? near->sources : NULL;
    for (size_t i = 1; i < near->source_count; i++) {
        bl_near_source *s = &near->sources[i];
        if (s->next < best->next || (s->next == best->next && s->length < best->length))
            best = s;
    }
    return best;
}

/* Whether the words whose places are known stand near each other. */
static bool places_meet(bl_near *near)
{
    uint64_t start = 0;
    forget(near);
    for (bl_near_source *s = nearest(near); s;) {
        if (s->next >> 32 != start >> 32) /* another column */
            forget(near);
        start = s->next;
        near->last[s->leaf] = (bl_near_place){ start, start + s->length, s->leaf, true };
        if (!step(s))
            *s = near->sources[--near->source_count];
        s = nearest(near);
        if (!(s && s->next == start) && is_close(near, start))
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

/* ---- at a glance ---- */

static void mark(bl_near *near, uint32_t position)
{
    const uint32_t bucket = position >> near->bucket_bits;
    near->own[bucket / 64 % BL_NEAR_MARKS] |= (uint64_t)1 << bucket % 64;
}

/* Where a phrase stands, by buckets. False when that is not known. */
static bool mark_phrase(bl_error *e, bl_near *near, bl_operator *op)
{
    if (op->kind == BL_OP_FOUND && op->found->positions.list) {
        const bl_positions *p = &op->found->positions;
        for (size_t i = p->first[op->found_at]; i < p->first[op->found_at + 1]; i++)
            mark(near, bl_position_in_column(p->list[i]));
        return true;
    }
    size_t count = 0;
    const uint64_t *places = op->kind == BL_OP_PHRASE ? bl_operator_places(e, op, &count) : NULL;
    for (size_t i = 0; i < count && places; i++)
        mark(near, (uint32_t)places[i]);
    return places != NULL;
}

/* Only the buckets stay in which, or behind which, the word stands; whether there are any. */
static bool keep_common(bl_near *near)
{
    uint64_t any = 0;
    for (size_t i = 0; i < BL_NEAR_MARKS; i++) {
        const uint64_t behind = near->own[i] >> 1 | near->own[(i + 1) % BL_NEAR_MARKS] << 63;
        near->common[i] &= near->own[i] | behind;
        any |= near->common[i];
    }
    return any != 0;
}

/* False where no two neighbouring buckets, each as wide as words may be apart, hold all the words. Buckets
 * far from each other share a mark, so that a text may take any length. */
static bool may_stand(bl_error *e, bl_near *near, int64_t doc)
{
    bool may = true, known = true;
    memset(near->common, 0xFF, sizeof near->common);
    for (size_t i = 0; i < near->phrase_count && may && known && !bl_failed(e);) {
        const uint32_t term = near->phrases[i]->term;
        memset(near->own, 0, sizeof near->own);
        for (; i < near->phrase_count && near->phrases[i]->term == term; i++)
            if (near->phrases[i]->doc == doc)
                known =
                    known && tells_length(near, near->phrases[i]) && mark_phrase(e, near, near->phrases[i]);
        may = keep_common(near);
    }
    return may || !known;
}

static void set_buckets(bl_near *near)
{
    size_t longest = 0;
    for (size_t i = 0; i < near->phrase_count; i++) {
        const bl_phrase *phrase = phrase_of(near, near->phrases[i]);
        const size_t length = phrase->count + phrase->overlaps;
        longest = length > longest ? length : longest;
    }
    const uint64_t apart = (uint64_t)near->node->distance + longest;
    while (near->bucket_bits < 31 && (uint64_t)1 << near->bucket_bits < apart)
        near->bucket_bits++;
}

/* A glance is of no use where most pass. */
static bool glances(const bl_near *near)
{
    enum { TRIED = 256 };
    return near->glanced < TRIED || near->passed * 2 < near->glanced;
}

bool bl_near_stands(bl_error *e, bl_near *near, int64_t doc)
{
    if (!near->phrases)
        return stands_in_texts(e, near, doc);
    if (near->bucket_bits == 0)
        set_buckets(near);
    if (glances(near)) {
        const bool may = may_stand(e, near, doc);
        near->glanced++;
        near->passed += may;
        if (!may)
            return false;
    }
    const bool known = gather(e, near, doc, false), meets = known && places_meet(near);
    if (bl_failed(e) || meets || (known && !near->reaches))
        return meets && !bl_failed(e);
    gather(e, near, doc, true);
    if (bl_failed(e) || (near->source_count > 0 && !places_meet(near)))
        return false;
    return stands_in_texts(e, near, doc);
}
