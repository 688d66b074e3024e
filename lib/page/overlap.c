/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A heading and a text to how much of the one is in the other. */
#include "overlap.h"

#include "base/utf8.h"

typedef void visit(void *context, uint32_t hash);

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool is_letter(uint32_t c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || (c >= 0xC0 && c < 0x2000);
}

static bool is_cjk(uint32_t c)
{
    return (c >= 0x3041 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) || c >= 0x20000;
}

/* Words of four letters and more, and each two neighbouring characters of CJK. */
static inline void each_part(bl_piece p, visit *see, void *context)
{
    uint32_t word = 2166136261u, letters = 0, before = 0;
    for (size_t at = 0; at <= p.size;) {
        bool end = at == p.size;
        uint32_t c = end ? ' ' : bl_utf8_step(p.text, p.size, &at);
        if (is_letter(c)) {
            word = (word ^ lower(c)) * 16777619u;
            letters++;
        } else {
            if (letters >= 4)
                see(context, word);
            word = 2166136261u;
            letters = 0;
        }
        if (is_cjk(c) && before)
            see(context, (before * 16777619u) ^ c * 2654435761u);
        before = is_cjk(c) ? c : 0;
        if (end)
            break;
    }
}

static uint32_t bit_of(uint32_t hash)
{
    return (hash ^ hash >> 15) % BL_OVERLAP_BITS;
}

static void set_bit(void *context, uint32_t hash)
{
    bl_overlap *set = context;
    set->bits[bit_of(hash) / 64] |= (uint64_t)1 << bit_of(hash) % 64;
}

typedef struct tally {
    const bl_overlap *set;
    unsigned all;
    unsigned found;
} tally;

static void test_bit(void *context, uint32_t hash)
{
    tally *t = context;
    t->all++;
    t->found += (unsigned)(t->set->bits[bit_of(hash) / 64] >> bit_of(hash) % 64 & 1);
}

void bl_overlap_add(bl_overlap *set, bl_piece text)
{
    each_part(text, set_bit, set);
}

unsigned bl_overlap_percent(const bl_overlap *set, bl_piece piece)
{
    tally t = { set, 0, 0 };
    each_part(piece, test_bit, &t);
    return t.all ? t.found * 100 / t.all : 0;
}
