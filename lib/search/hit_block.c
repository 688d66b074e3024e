/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The hits of a common term to blocks of a few bytes, and back. */
#include "hit_block.h"

#include <stdlib.h>

#include "base/step.h"
#include "index/slot.h"
#include "kept_hit.h"

/* How many undated and spilled hits there are stands before all blocks, in 8 bytes each. A block as it is
 * kept: its first and its last document (6 bytes each); how many bytes it has, how many hits, how many of the
 * best, how many that repeat a story of the block, how many an earlier one, and how many bytes of newest, of
 * earlier and of copies (2 each); how far back the farthest of the earlier is, and the place before the
 * copies (4 each); the best (how far behind the first document, and in the highest bit whether it is a copy
 * 3, score 2, places 2, the first 1); the steps from the newest to the one before it, from the place before
 * the copies back to the earlier, and from copy to copy; and the scores from the newest on, or none.
 */
enum { NUMBER = 8, FRONT = 2 * NUMBER, DOC = BL_KEPT_DOC, HEAD = 2 * DOC + 8 * 2 + 2 * 4 };
enum { STEP = 3, HIT = STEP + BL_KEPT_SCORE + BL_KEPT_PLACES + BL_KEPT_FIRST };

/* A block is of one year: steps are shorter. */
#define COPY (UINT32_C(1) << 23)

/* ---- making ---- */

static void print_hit(const bl_hit_block_maker *m, const bl_hit *hit, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)(hit->doc - m->first) | (hit->copy ? COPY : 0), STEP);
    bl_kept_put_score(out, hit->score);
    bl_kept_put_places(out, hit->places);
    bl_kept_put_first(out, hit->first);
}

void bl_hit_block_open(bl_hit_block_maker *m)
{
    *m = (bl_hit_block_maker){ .best = { .sort = BULLETIN_RELEVANCE, .limit = BL_HIT_BLOCK_BEST } };
    bl_kept_put(&m->out, 0, NUMBER);
    bl_kept_put(&m->out, 0, NUMBER);
}

/* Ranges of days cut blocks of several days. */
static int64_t count_days(const bl_hit_block_maker *m)
{
    return bl_slot_day(m->last) - bl_slot_day(m->first) + 1;
}

static bool lists_all(const bl_hit_block_maker *m)
{
    enum { MANY = 12 }; /* hits a day: a walk of an end takes long, and a list takes a byte each */
    const int64_t days = count_days(m);
    return m->count <= BL_HIT_BLOCK_NEWEST ||
           (days > 1 && (m->lists_all || (int64_t)m->count >= MANY * days));
}

static void print_newest(const bl_hit_block_maker *m, bl_buffer *out)
{
    const bool all = lists_all(m);
    for (size_t i = m->count - 1; i > 0 && (all || i > m->count - BL_HIT_BLOCK_NEWEST); i--)
        bl_step_put(out, m->docs[i] - m->docs[i - 1]);
}

static void print_scores(const bl_hit_block_maker *m, bl_buffer *out)
{
    const bool wanted = m->lists_all && count_days(m) > 1;
    for (size_t i = m->count; i > 0 && wanted; i--)
        bl_kept_put_score(out, m->scores[i - 1]);
}

static int farther(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x < y) - (x > y);
}

/* The nearest first; returns how far the last is. */
static int64_t print_earlier(bl_hit_block_maker *m, bl_buffer *out)
{
    int64_t at = m->copies_from + 1;
    qsort(m->earlier, m->earlier_count, sizeof *m->earlier, farther);
    for (size_t i = 0; i < m->earlier_count; i++) {
        bl_step_put(out, at - ((int64_t)m->earlier[i] + 1));
        at = (int64_t)m->earlier[i] + 1;
    }
    return m->copies_from + 1 - at;
}

static void write_block(bl_error *e, bl_hit_block_maker *m)
{
    bl_buffer newest = { 0 }, earlier = { 0 }, scores = { 0 };
    print_newest(m, &newest);
    print_scores(m, &scores);
    const int64_t farthest = print_earlier(m, &earlier);
    bl_top_sort(&m->best);
    bl_kept_put(&m->out, (uint64_t)m->first, DOC);
    bl_kept_put(&m->out, (uint64_t)m->last, DOC);
    const size_t size =
        HEAD + m->best.count * HIT + newest.size + earlier.size + m->copies.size + scores.size;
    const size_t sizes[] = { size,        m->count,     m->best.count, m->repeated, m->earlier_count,
                             newest.size, earlier.size, m->copies.size };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        bl_kept_put(&m->out, sizes[i], 2);
    bl_kept_put(&m->out, (uint64_t)farthest, 4);
    bl_kept_put(&m->out, (uint64_t)m->copies_from, 4);
    for (size_t i = 0; i < m->best.count; i++)
        print_hit(m, &m->best.list[i], &m->out);
    bl_buffer_append(&m->out, newest.data, newest.size);
    bl_buffer_append(&m->out, earlier.data, earlier.size);
    bl_buffer_append(&m->out, m->copies.data, m->copies.size);
    bl_buffer_append(&m->out, scores.data, scores.size);
    if (m->out.failed || newest.failed || earlier.failed || m->copies.failed || scores.failed)
        bl_fail_nomem(e);
    bl_buffer_free(&scores);
    bl_buffer_free(&newest);
    bl_buffer_free(&earlier);
    m->best.count = m->count = m->repeated = m->earlier_count = 0;
    m->copies_from = m->last_copy;
    bl_buffer_cut(&m->copies, 0);
}

bool bl_hit_block_ends_before(const bl_hit_block_maker *m, int64_t doc)
{
    const bool ends_day = bl_slot_day(doc) != bl_slot_day(m->last),
               ends_month = bl_slot_month(doc) != bl_slot_month(m->last),
               ends_year = bl_slot_year(doc) != bl_slot_year(m->last);
    return m->count == BL_HIT_BLOCK_SIZE ||
           (m->count > 0 && (ends_year || (ends_day && m->day_hits >= BL_HIT_BLOCK_DAY) ||
                             (ends_month && (m->count >= BL_HIT_BLOCK_LEAST || m->within))));
}

static void note_copy(bl_hit_block_maker *m, int64_t place, int64_t previous)
{
    bl_step_put(&m->copies, place + 1 - m->last_copy);
    m->last_copy = place + 1;
    if (previous >= m->copies_from)
        m->repeated++;
    else if (previous >= 0)
        m->earlier[m->earlier_count++] = (uint32_t)previous;
}

void bl_hit_block_note(bl_error *e, bl_hit_block_maker *m, int64_t doc, int64_t place, int64_t previous)
{
    if (bl_hit_block_ends_before(m, doc))
        write_block(e, m);
    if (m->count == 0) {
        m->first = doc;
        m->within = m->last > 0 && bl_slot_month(doc) == bl_slot_month(m->last);
    }
    m->day_hits = m->last > 0 && bl_slot_day(doc) == bl_slot_day(m->last) ? m->day_hits + 1 : 1;
    m->docs[m->count++] = m->last = doc;
    if (place >= 0)
        note_copy(m, place, previous);
}

/* A day of many hits ends its block: what begins on it is of this day alone. */
bool bl_hit_block_scores(const bl_hit_block_maker *m, int64_t doc)
{
    const int64_t day = bl_slot_day(doc);
    const bool fills = m->count > 0 && m->day_hits >= BL_HIT_BLOCK_DAY && bl_slot_day(m->first) == day;
    return m->lists_all && !fills;
}

void bl_hit_block_offer(bl_error *e, bl_hit_block_maker *m, const bl_hit *hit)
{
    m->scores[m->count - 1] = hit->score;
    bl_top_offer(e, &m->best, hit);
}

static void set_number(bl_buffer *out, size_t at, uint64_t value)
{
    for (size_t i = 0; i < NUMBER && !out->failed; i++)
        out->data[at + i] = (char)(unsigned char)(value >> 8 * i);
}

void bl_hit_block_close(bl_error *e, bl_hit_block_maker *m, bl_buffer *out)
{
    if (m->count > 0)
        write_block(e, m);
    set_number(&m->out, 0, m->undated);
    set_number(&m->out, NUMBER, m->spilled);
    if (m->out.failed)
        bl_fail_nomem(e);
    *out = m->out;
    bl_top_free(&m->best);
    bl_buffer_free(&m->copies);
    m->out = m->copies = (bl_buffer){ 0 };
}

/* ---- reading ---- */

bl_hit_blocks bl_hit_blocks_open(const unsigned char *bytes, size_t size)
{
    bl_hit_blocks blocks = { .size = 1, .undated = -1, .spilled = -1 };
    if (size < FRONT)
        return blocks;
    blocks.undated = (int64_t)bl_kept_get(&bytes, NUMBER);
    blocks.spilled = (int64_t)bl_kept_get(&bytes, NUMBER);
    blocks.bytes = bytes;
    blocks.size = size - FRONT;
    return blocks;
}

/* What stands behind first, last and size; false where it is of another size. */
static bool parse_block(const unsigned char *at, size_t size, bl_hit_block *out)
{
    size_t *const sizes[] = { &out->count,       &out->best_count,   &out->repeated,   &out->earlier_count,
                              &out->newest_size, &out->earlier_size, &out->copies_size };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        *sizes[i] = (size_t)bl_kept_get(&at, 2);
    out->farthest = (int64_t)bl_kept_get(&at, 4);
    out->copy = (int64_t)bl_kept_get(&at, 4);
    const size_t parts =
        HEAD + out->best_count * HIT + out->newest_size + out->earlier_size + out->copies_size;
    const bool scored = size == parts + out->count * BL_KEPT_SCORE;
    if (size != parts && !scored)
        return false;
    out->best = at;
    out->newest = out->best + out->best_count * HIT;
    out->earlier = out->newest + out->newest_size;
    out->copies = out->earlier + out->earlier_size;
    out->scores = scored ? out->copies + out->copies_size : NULL;
    return out->count <= BL_HIT_BLOCK_SIZE && out->best_count > 0 && out->best_count <= BL_HIT_BLOCK_BEST &&
           out->best_count <= out->count && out->repeated + out->earlier_count <= out->count;
}

bool bl_hit_blocks_next(bl_hit_blocks *s, int64_t from, bl_hit_block *out)
{
    while (s->size >= HEAD) {
        const unsigned char *at = s->bytes;
        out->first = (int64_t)bl_kept_get(&at, DOC);
        out->last = (int64_t)bl_kept_get(&at, DOC);
        const size_t size = (size_t)bl_kept_get(&at, 2);
        if (size < HEAD || size > s->size || out->first <= s->behind || out->last < out->first ||
            !(out->last < from || parse_block(at, size, out)))
            return false;
        s->bytes += size;
        s->size -= size;
        s->behind = out->last;
        if (out->last >= from)
            return true;
    }
    return false;
}

bl_hit bl_hit_block_best(const bl_hit_block *block, size_t i)
{
    const unsigned char *at = block->best + i * HIT;
    const uint32_t step = (uint32_t)bl_kept_get(&at, STEP);
    bl_hit hit = { .doc = block->first + (int64_t)(step & ~COPY), .copy = step & COPY };
    hit.order = bl_slot_order(hit.doc);
    hit.score = bl_kept_get_score(&at);
    hit.places = bl_kept_get_places(&at);
    hit.first = bl_kept_get_first(&at);
    return hit;
}

size_t bl_hit_block_newest(const bl_hit_block *block, int64_t out[BL_HIT_BLOCK_SIZE])
{
    size_t count = 1;
    int64_t step;
    out[0] = block->last;
    for (size_t at = 0, length; at < block->newest_size && count < block->count; at += length) {
        length = bl_step_get(block->newest + at, block->newest_size - at, &step);
        if (length == 0 || step <= 0)
            break;
        out[count] = out[count - 1] - step;
        count++;
    }
    return count;
}

bool bl_hit_block_all_scores(const bl_hit_block *block, double out[BL_HIT_BLOCK_SIZE])
{
    const unsigned char *at = block->scores;
    for (size_t i = 0; at && i < block->count; i++)
        out[i] = bl_kept_get_score(&at);
    return block->scores;
}

/* They lie ever farther back from the place before the copies, + 1. */
size_t bl_hit_block_earlier(const bl_hit_block *block, size_t from, uint32_t out[BL_HIT_BLOCK_SIZE])
{
    const int64_t reach = block->copy - (int64_t)from; /* back to it */
    int64_t away = 0, step;
    size_t count = 0;
    for (size_t at = 0, length; at < block->earlier_size && count < block->earlier_count; at += length) {
        length = bl_step_get(block->earlier + at, block->earlier_size - at, &step);
        if (length == 0 || step < 0 || step > reach - away)
            break;
        away += step;
        out[count++] = (uint32_t)(block->copy - away);
    }
    return count;
}

size_t bl_hit_block_repeated(const bl_hit_block *block, size_t from)
{
    uint32_t earlier[BL_HIT_BLOCK_SIZE];
    if (block->farthest <= block->copy - (int64_t)from)
        return block->repeated + block->earlier_count;
    return block->repeated + bl_hit_block_earlier(block, from, earlier);
}

size_t bl_hit_block_copies(const bl_hit_block *block, uint32_t out[BL_HIT_BLOCK_SIZE])
{
    int64_t copy = block->copy, step;
    size_t count = 0;
    for (size_t at = 0, length; at < block->copies_size && count < block->count; at += length) {
        length = bl_step_get(block->copies + at, block->copies_size - at, &step);
        if (length == 0 || step <= 0 || step > UINT32_MAX - copy)
            break;
        copy += step;
        out[count++] = (uint32_t)(copy - 1);
    }
    return count;
}

bool bl_hit_block_holds(const bl_hit_block *block, size_t place)
{
    const int64_t wanted = (int64_t)place + 1;
    int64_t copy = block->copy, step;
    for (size_t at = 0, length; at < block->copies_size && copy < wanted; at += length) {
        length = bl_step_get(block->copies + at, block->copies_size - at, &step);
        if (length == 0)
            break;
        copy += step;
    }
    return copy == wanted && block->copy < wanted;
}
