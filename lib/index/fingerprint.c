/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text's tokens to the few numbers by which its copies are found. */
#include "fingerprint.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Two bins make a label's prefix: texts that share half of their shingles have equal ones in a quarter of all
 * labels. */
enum { BINS = 2 * BL_LABELS };

/* Bins of a sketch are narrower. It takes a text of some length to fill them. */
enum { FINE_BINS = BL_SKETCH, SKETCH_UNITS_LEAST = 2 * BL_SKETCH };
_Static_assert((int)FINE_BINS % (int)BINS == 0, "a bin of labels is made of whole bins of the sketch");

/* Copies share a sixth of their shingles or more. Texts that stand together share two bins of a label, which
 * are two of these at least. */
enum { SKETCH_LEAST = 11 };

/* Moremur (Pelle Evensen): a bijection of 64 bits that spreads every bit. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 27;
    x *= 0x3C79AC492BA7B653u;
    x ^= x >> 33;
    x *= 0x1C69B3F74AC4AE35u;
    return x ^ x >> 27;
}

/* In one order on every machine. */
static uint64_t read_four(const unsigned char *s)
{
    return s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;
}

/* One to eight bytes, the same twice where there are fewer. */
static uint64_t read_word(const unsigned char *s, size_t size)
{
    if (size < 4)
        return s[0] | (uint32_t)s[size >> 1] << 8 | (uint32_t)s[size - 1] << 16;
    return read_four(s) << 32 | read_four(s + size - 4);
}

static uint64_t hash(const unsigned char *s, size_t size)
{
    uint64_t value = size * 0xD6E8FEB86659FD93u;
    for (; size > 8; s += 8, size -= 8)
        value = mix(value ^ read_word(s, 8));
    return (value ^ read_word(s, size)) * 0x9E3779B97F4A7C15u;
}

/* ---- units ---- */

/* Chinese figures as bytes of UTF-8: 一二三四五六七八九十百千万亿两零〇, each in a slot of its own. */
#define SLOT(bytes) ((uint32_t)((bytes)*0x803468B7u) >> 26)
#define FIGURE(bytes) [SLOT(bytes)] = (bytes)
static const uint32_t figures[64] = {
    FIGURE(0x80B8E4u), FIGURE(0x8CBAE4u), FIGURE(0x89B8E4u), FIGURE(0x9B9BE5u), FIGURE(0x94BAE4u),
    FIGURE(0xAD85E5u), FIGURE(0x83B8E4u), FIGURE(0xAB85E5u), FIGURE(0x9DB9E4u), FIGURE(0x818DE5u),
    FIGURE(0xBE99E7u), FIGURE(0x838DE5u), FIGURE(0x87B8E4u), FIGURE(0xBFBAE4u), FIGURE(0xA4B8E4u),
    FIGURE(0xB69BE9u), FIGURE(0x8780E3u),
};

static bool is_chinese_figure(uint32_t bytes)
{
    return figures[SLOT(bytes)] == bytes;
}

/* Of a pair of characters the first: the second stands in the next token. */
static bl_text_unit unit_of(const unsigned char *s, size_t size)
{
    if (s[0] < 0xE1 || size > 8)
        return (bl_text_unit)((hash(s, size) >> 48 & ~1u) | (s[0] >= '0' && s[0] <= '9'));
    uint32_t bytes = s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16;
    if (s[0] >= 0xF0)
        bytes |= (uint32_t)s[3] << 24;
    return (bl_text_unit)((bytes * 0x9E3779B97F4A7C15u >> 48 & ~1u) | is_chinese_figure(bytes));
}

/* Copies differ in their punctuation: ASCII, U+0080 to U+00BF, U+2000 to U+2FFF, U+3000 to U+303F, emoji. */
static bool is_symbol(const unsigned char *s)
{
    if (s[0] < 0x80)
        return !((s[0] >= '0' && s[0] <= '9') || (s[0] >= 'a' && s[0] <= 'z'));
    return s[0] == 0xC2 || s[0] == 0xE2 || (s[0] == 0xE3 && s[1] == 0x80 && s[2] != 0x87) ||
           (s[0] == 0xF0 && s[1] == 0x9F);
}

bl_text_unit *bl_text_units(bl_error *e, const bl_prepared *text, size_t *count)
{
    *count = 0;
    bl_text_unit *units = bl_failed(e) ? NULL : malloc((text->token_size / 3 + 1) * sizeof *units);
    if (!units) {
        bl_fail_nomem(e);
        return NULL;
    }
    bl_prepared_walk w = bl_prepared_begin(text);
    while (*count < BL_UNITS_MOST && bl_prepared_next(&w))
        if (!w.colocated && w.size > 0 && !is_symbol(w.token))
            units[(*count)++] = unit_of(w.token, w.size);
    return units;
}

/* ---- labels ---- */

/* One permutation hashing (Li, Owen, Zhang 2012): each shingle falls into one bin, and each bin keeps its
 * least. */
static void fill_bins(const bl_text_unit *units, size_t count, uint32_t bins[FINE_BINS])
{
    const uint64_t base = 0x9E3779B97F4A7C15u;
    uint64_t rolling = 0, out = 1;
    for (int i = 0; i < BL_SHINGLE; i++)
        out *= base;
    for (size_t i = 0; i < count; i++) {
        rolling = rolling * base + units[i] + 1;
        if (i >= BL_SHINGLE)
            rolling -= out * (units[i - BL_SHINGLE] + (uint64_t)1);
        if (i + 1 < BL_SHINGLE)
            continue;
        uint64_t shingle = (rolling ^ rolling >> 29) * 0x3C79AC492BA7B653u;
        uint32_t bin = (uint32_t)((shingle >> 32) * FINE_BINS >> 32), value = (uint32_t)shingle;
        if (value < bins[bin])
            bins[bin] = value;
    }
}

/* An empty bin borrows from the next that is not (Shrivastava, Li 2014), told apart by the way it came. */
static void densify(uint32_t bins[], size_t count)
{
    uint32_t filled[FINE_BINS];
    memcpy(filled, bins, count * sizeof *filled);
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 1; k < count && bins[i] == UINT32_MAX; k++)
            if (filled[(i + k) % count] != UINT32_MAX)
                bins[i] = filled[(i + k) % count] + k * 0x9E3779B9u;
}

static void join_bins(const uint32_t fine[FINE_BINS], uint32_t bins[BINS])
{
    for (size_t i = 0; i < FINE_BINS; i++) {
        uint32_t *bin = &bins[i * BINS / FINE_BINS];
        if (fine[i] < *bin)
            *bin = fine[i];
    }
}

/* Two bins decide what is looked at, two more who stands next to whom in a crowd. */
static int64_t label(const uint32_t bins[BINS], size_t i)
{
    uint64_t first = mix((uint64_t)bins[2 * i] << 32 | bins[2 * i + 1]) + i;
    uint64_t second = mix(bins[(2 * i + 2) % BINS]) >> 48, third = mix(bins[(2 * i + 3) % BINS]) >> 48;
    return (int64_t)((first << 32) | second << 16 | third);
}

static void make_sketch(uint32_t fine[FINE_BINS], bl_sketch *out)
{
    densify(fine, FINE_BINS);
    out->full = true;
    for (size_t i = 0; i < BL_SKETCH; i++)
        out->bytes[i] = (unsigned char)(mix(fine[i]) >> 56);
}

bool bl_sketches_meet(const bl_sketch *a, const bl_sketch *b)
{
    size_t equal = 0;
    for (size_t i = 0; i < BL_SKETCH; i++)
        equal += a->bytes[i] == b->bytes[i];
    return !a->full || !b->full || equal >= SKETCH_LEAST;
}

/* Four units a step. */
static int64_t hash_whole(const bl_text_unit *units, size_t count, size_t token_size)
{
    uint64_t whole = count == BL_UNITS_MOST ? token_size : 0, rest = count;
    size_t i = 0;
    for (; i + 3 < count; i += 4) {
        uint64_t four = units[i] | (uint64_t)units[i + 1] << 16 | (uint64_t)units[i + 2] << 32 |
                        (uint64_t)units[i + 3] << 48;
        whole = (whole ^ four) * 0x9E3779B97F4A7C15u;
        whole ^= whole >> 29;
    }
    for (; i < count; i++)
        rest = rest << 16 | units[i];
    whole = mix(mix(whole) ^ rest);
    return whole ? (int64_t)whole : 1;
}

void bl_fingerprint_of(const bl_text_unit *units, size_t count, size_t token_size, bl_fingerprint *out)
{
    uint32_t fine[FINE_BINS], bins[BINS];
    *out = (bl_fingerprint){ 0 };
    if (count < BL_UNITS_LEAST)
        return;
    memset(fine, 0xFF, sizeof fine);
    memset(bins, 0xFF, sizeof bins);
    fill_bins(units, count, fine);
    join_bins(fine, bins);
    densify(bins, BINS);
    if (count >= SKETCH_UNITS_LEAST)
        make_sketch(fine, &out->sketch);
    out->text = hash_whole(units, count, token_size);
    for (size_t i = 0; i < BL_LABELS; i++)
        out->labels[i] = label(bins, i);
}

void bl_fingerprint_make(bl_error *e, const bl_prepared *text, bl_fingerprint *out)
{
    size_t count;
    bl_text_unit *units = bl_text_units(e, text, &count);
    bl_fingerprint_of(units, count, text->token_size, out);
    free(units);
}
