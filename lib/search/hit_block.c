/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The hits of a common term to blocks of a few bytes, and back. */
#include "hit_block.h"

#include "base/step.h"
#include "kept_hit.h"

/* How many undated hits there are stands before all blocks, in 8 bytes. A block as it is kept: its last
 * document (8 bytes), how many hits, how many of the best, how many bytes of copies, the place before these
 * (4 each), the best (document, score, places), and the steps from place to place. */
enum { FRONT = 8, HEAD = 24, HIT_DOC = 6, HIT = HIT_DOC + 12 };

static void print_hit(const bl_hit *hit, bl_buffer *out)
{
    bl_kept_put(out, (uint64_t)hit->doc, HIT_DOC);
    bl_kept_put_score(out, hit->score);
    bl_kept_put(out, hit->places, 4);
}

/* The dated are ordered by their documents. */
static bl_hit parse_hit(const unsigned char **at)
{
    bl_hit hit = { .doc = (int64_t)bl_kept_get(at, HIT_DOC) };
    hit.order = hit.doc;
    hit.score = bl_kept_get_score(at);
    hit.places = (uint32_t)bl_kept_get(at, 4);
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
    bl_kept_put(&m->out, (uint64_t)m->last, 8);
    bl_kept_put(&m->out, m->count, 4);
    bl_kept_put(&m->out, m->best.count, 4);
    bl_kept_put(&m->out, m->copies.size, 4);
    bl_kept_put(&m->out, (uint64_t)m->copies_from, 4);
    for (size_t i = 0; i < m->best.count; i++)
        print_hit(&m->best.list[i], &m->out);
    bl_buffer_append(&m->out, m->copies.data, m->copies.size);
    if (m->out.failed || m->copies.failed)
        bl_fail_nomem(e);
    m->best.count = m->count = 0;
    m->copies_from = m->last_copy;
    bl_buffer_cut(&m->copies, 0);
}

void bl_hit_block_note(bl_error *e, bl_hit_block_maker *m, int64_t doc, int64_t place)
{
    if (m->count == BL_HIT_BLOCK_SIZE)
        write_block(e, m);
    m->count++;
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
    *out = (bl_hit_block){ .first = s->behind + 1, .last = (int64_t)bl_kept_get(&at, 8) };
    out->count = (size_t)bl_kept_get(&at, 4);
    out->best_count = (size_t)bl_kept_get(&at, 4);
    out->copies_size = (size_t)bl_kept_get(&at, 4);
    out->copy = (int64_t)bl_kept_get(&at, 4);
    const size_t size = HEAD + out->best_count * HIT + out->copies_size;
    if (out->best_count > BL_HIT_BLOCK_BEST || size > s->size || out->last < out->first)
        return false;
    out->best = at;
    out->copies = at + out->best_count * HIT;
    s->bytes += size;
    s->size -= size;
    s->behind = out->last;
    return true;
}

size_t bl_hit_block_best(const bl_hit_block *block, bl_hit *out)
{
    const unsigned char *at = block->best;
    for (size_t i = 0; i < block->best_count; i++)
        out[i] = parse_hit(&at);
    return block->best_count;
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
