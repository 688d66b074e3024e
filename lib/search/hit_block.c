/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The hits of a common term to blocks of a few bytes, and back. */
#include "hit_block.h"

#include "base/step.h"
#include "index/slot.h"
#include "kept_hit.h"

/* How many undated hits there are stands before all blocks, in 8 bytes. A block as it is kept: its first and
 * its last document (6 bytes each), how many hits, how many of the best (2 each), how many bytes of copies,
 * the place before these (4 each), the best (how far behind the first document 4, score 8, places 2), and the
 * steps from place to place. */
enum { FRONT = 8, DOC = BL_KEPT_DOC, HEAD = 2 * DOC + 12, STEP = 4, HIT = STEP + 8 + BL_KEPT_PLACES };

#define MOST_STEP UINT32_MAX

static void print_hit(const bl_hit_block_maker *m, const bl_hit *hit, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)(hit->doc - m->first), STEP);
    bl_kept_put_score(out, hit->score);
    bl_kept_put_places(out, hit->places);
}

/* The dated are ordered by their documents. */
static bl_hit parse_hit(int64_t first, const unsigned char *at)
{
    bl_hit hit = { .doc = first + (int64_t)bl_kept_get(&at, STEP) };
    hit.order = hit.doc;
    hit.score = bl_kept_get_score(&at);
    hit.places = bl_kept_get_places(&at);
    return hit;
}

void bl_hit_block_open(bl_hit_block_maker *m)
{
    *m = (bl_hit_block_maker){ .best = { .sort = BULLETIN_RELEVANCE, .limit = BL_HIT_BLOCK_BEST } };
    bl_kept_put(&m->out, 0, FRONT);
}

static void write_block(bl_error *e, bl_hit_block_maker *m)
{
    bl_top_sort(&m->best);
    bl_kept_put(&m->out, (uint64_t)m->first, DOC);
    bl_kept_put(&m->out, (uint64_t)m->last, DOC);
    bl_kept_put(&m->out, m->count, 2);
    bl_kept_put(&m->out, m->best.count, 2);
    bl_kept_put(&m->out, m->copies.size, 4);
    bl_kept_put(&m->out, (uint64_t)m->copies_from, 4);
    for (size_t i = 0; i < m->best.count; i++)
        print_hit(m, &m->best.list[i], &m->out);
    bl_buffer_append(&m->out, m->copies.data, m->copies.size);
    if (m->out.failed || m->copies.failed)
        bl_fail_nomem(e);
    m->best.count = m->count = 0;
    m->copies_from = m->last_copy;
    bl_buffer_cut(&m->copies, 0);
}

bool bl_hit_block_ends_before(const bl_hit_block_maker *m, int64_t doc)
{
    return m->count == BL_HIT_BLOCK_SIZE || (m->count > 0 && doc - m->first > MOST_STEP) ||
           (m->count >= BL_HIT_BLOCK_LEAST && bl_slot_month(doc) != bl_slot_month(m->last));
}

void bl_hit_block_note(bl_error *e, bl_hit_block_maker *m, int64_t doc, int64_t place)
{
    if (bl_hit_block_ends_before(m, doc))
        write_block(e, m);
    if (m->count++ == 0)
        m->first = doc;
    m->last = doc;
    if (place < 0)
        return;
    bl_step_put(&m->copies, place + 1 - m->last_copy);
    m->last_copy = place + 1;
}

void bl_hit_block_close(bl_error *e, bl_hit_block_maker *m, bl_buffer *out)
{
    if (m->count > 0)
        write_block(e, m);
    for (size_t i = 0; i < FRONT && !m->out.failed; i++)
        m->out.data[i] = (char)(unsigned char)((uint64_t)m->undated >> 8 * i);
    if (m->out.failed)
        bl_fail_nomem(e);
    *out = m->out;
    bl_top_free(&m->best);
    bl_buffer_free(&m->copies);
    *m = (bl_hit_block_maker){ 0 };
}

bl_hit_blocks bl_hit_blocks_open(const bl_buffer *bytes, int64_t *undated)
{
    const unsigned char *at = (const unsigned char *)bytes->data;
    *undated = 0;
    if (bytes->size < FRONT)
        return (bl_hit_blocks){ 0 };
    *undated = (int64_t)bl_kept_get(&at, FRONT);
    return (bl_hit_blocks){ at, bytes->size - FRONT, 0 };
}

bool bl_hit_blocks_next(bl_hit_blocks *s, bl_hit_block *out)
{
    if (s->size < HEAD)
        return false;
    const unsigned char *at = s->bytes;
    *out = (bl_hit_block){ 0 };
    out->first = (int64_t)bl_kept_get(&at, DOC);
    out->last = (int64_t)bl_kept_get(&at, DOC);
    out->count = (size_t)bl_kept_get(&at, 2);
    out->best_count = (size_t)bl_kept_get(&at, 2);
    out->copies_size = (size_t)bl_kept_get(&at, 4);
    out->copy = (int64_t)bl_kept_get(&at, 4);
    const size_t size = HEAD + out->best_count * HIT + out->copies_size;
    if (out->best_count == 0 || out->best_count > BL_HIT_BLOCK_BEST || out->best_count > out->count ||
        size > s->size || out->first <= s->behind || out->last < out->first)
        return false;
    out->best = at;
    out->copies = at + out->best_count * HIT;
    s->bytes += size;
    s->size -= size;
    s->behind = out->last;
    return true;
}

bl_hit bl_hit_block_best(const bl_hit_block *block, size_t i)
{
    return parse_hit(block->first, block->best + i * HIT);
}

bool bl_hit_block_next_copy(bl_hit_block *block, size_t *place)
{
    int64_t step;
    const size_t size = bl_step_get(block->copies, block->copies_size, &step);
    if (size == 0 || step <= 0)
        return false;
    block->copy += step;
    *place = (size_t)(block->copy - 1);
    block->copies += size;
    block->copies_size -= size;
    return true;
}
