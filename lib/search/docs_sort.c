/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents in any order, some of them many times, to ascending order and each once. */
#include <stdlib.h>
#include <string.h>

#include "docs.h"
#include "index/slot.h"

/* ---- by bits ---- */

/* A set of bits: of each slot as many words as its highest document needs. Slots of the dated and of all
 * others are two runs, for the years between them are those of nobody. */
enum { DATED, OTHERS, RUNS };
typedef struct bits {
    int64_t least[RUNS], most[RUNS]; /* documents; most < least = no such */
    int64_t first[RUNS];             /* number of the slot that would be the run's place 0 in `starts` */
    size_t slots;
    uint32_t *starts; /* of each slot its first word, and behind them the end */
    uint64_t *set;
} bits;

/* More slots than those of 300 years, or words that are mostly empty, take longer than digits. */
enum { MOST_SLOTS = 1 << 17, WORDS_A_DOC = 8, WORD_BITS = 6 };

/* Without a branch: dated and others are mixed. */
static void find_ends(const bl_docs *docs, bits *b)
{
    int64_t least = INT64_MAX, other_least = INT64_MAX, dated_most = -1, most = -1;
    for (size_t i = 0; i < docs->count; i++) {
        const int64_t doc = docs->list[i];
        const int64_t dated = doc < BL_SLOT_UNDATED ? doc : -1,
                      other = doc < BL_SLOT_UNDATED ? INT64_MAX : doc;
        least = doc < least ? doc : least;
        dated_most = dated > dated_most ? dated : dated_most;
        other_least = other < other_least ? other : other_least;
        most = doc > most ? doc : most;
    }
    b->least[DATED] = least;
    b->most[DATED] = dated_most;
    b->least[OTHERS] = other_least;
    b->most[OTHERS] = most;
}

/* False when they are too many. */
static bool number_slots(bits *b)
{
    for (int run = 0; run < RUNS; run++) {
        const int64_t first = b->least[run] >> BL_SLOT_BITS, last = b->most[run] >> BL_SLOT_BITS;
        b->first[run] = first - (int64_t)b->slots;
        if (b->most[run] < b->least[run])
            continue;
        if (b->least[run] < 0 || last - first >= MOST_SLOTS)
            return false;
        b->slots += (size_t)(last - first) + 1;
    }
    return true;
}

static size_t place_of(const bits *b, int64_t doc)
{
    return (size_t)((doc >> BL_SLOT_BITS) - b->first[doc < BL_SLOT_UNDATED ? DATED : OTHERS]);
}

/* How many words each slot has becomes where they start. False when there is no memory, or too many words. */
static bool make_words(const bl_docs *docs, bits *b)
{
    size_t words = 0;
    for (size_t i = 0; i < docs->count; i++) {
        uint32_t *size = &b->starts[place_of(b, docs->list[i])];
        const uint32_t needed = (uint32_t)((docs->list[i] & (BL_SLOT_SIZE - 1)) >> WORD_BITS) + 1;
        *size = needed > *size ? needed : *size;
    }
    for (size_t i = 0; i <= b->slots; i++) {
        const uint32_t size = b->starts[i];
        b->starts[i] = (uint32_t)words;
        words += size;
    }
    b->set = words > docs->count * WORDS_A_DOC ? NULL : calloc(words, sizeof *b->set);
    return b->set != NULL;
}

static void set_bits(const bl_docs *docs, bits *b)
{
    for (size_t i = 0; i < docs->count; i++) {
        const uint32_t within = (uint32_t)(docs->list[i] & (BL_SLOT_SIZE - 1));
        b->set[b->starts[place_of(b, docs->list[i])] + (within >> WORD_BITS)] |= (uint64_t)1 << within % 64;
    }
}

static void list_bits(const bits *b, bl_docs *docs)
{
    int64_t *out = docs->list;
    for (size_t slot = 0; slot < b->slots; slot++) {
        const int run = (int64_t)slot + b->first[DATED] > b->most[DATED] >> BL_SLOT_BITS ? OTHERS : DATED;
        int64_t doc = ((int64_t)slot + b->first[run]) * BL_SLOT_SIZE;
        for (uint32_t word = b->starts[slot]; word < b->starts[slot + 1]; word++, doc += 64)
            for (uint64_t left = b->set[word]; left; left &= left - 1)
                *out++ = doc + __builtin_ctzll(left);
    }
    docs->count = (size_t)(out - docs->list);
}

static bool sort_by_bits(bl_docs *docs)
{
    bits b = { .slots = 0 };
    find_ends(docs, &b);
    b.starts = number_slots(&b) ? calloc(b.slots + 1, sizeof *b.starts) : NULL;
    const bool sorted = b.starts && make_words(docs, &b);
    if (sorted) {
        set_bits(docs, &b);
        list_bits(&b, docs);
    }
    free(b.starts);
    free(b.set);
    return sorted;
}

/* ---- by digits ---- */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* One pass of a radix sort: by the digit at `shift`, all else in the order it has. */
static void sort_by_digit(const int64_t *from, int64_t *to, size_t count, unsigned shift)
{
    size_t starts[DIGITS] = { 0 }, start = 0;
    for (size_t i = 0; i < count; i++)
        starts[(uint64_t)from[i] >> shift & (DIGITS - 1)]++;
    for (size_t i = 0; i < DIGITS; i++) {
        const size_t size = starts[i];
        starts[i] = start;
        start += size;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[(uint64_t)from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

/* Four digits are all that the number of a document has; false when there is no memory, or a larger number.
 */
static bool sort_by_digits(bl_docs *docs)
{
    uint64_t all = 0;
    for (size_t i = 0; i < docs->count; i++)
        all |= (uint64_t)docs->list[i];
    int64_t *other = all >> 4 * DIGIT_BITS ? NULL : malloc(docs->count * sizeof *other);
    if (!other)
        return false;
    for (unsigned pass = 0; pass < 4; pass += 2) {
        sort_by_digit(docs->list, other, docs->count, pass * DIGIT_BITS);
        sort_by_digit(other, docs->list, docs->count, (pass + 1) * DIGIT_BITS);
    }
    free(other);
    return true;
}

/* ---- the whole ---- */

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void drop_repeats(bl_docs *docs)
{
    size_t kept = 0;
    for (size_t i = 0; i < docs->count; i++)
        if (i == 0 || docs->list[i] != docs->list[kept - 1])
            docs->list[kept++] = docs->list[i];
    docs->count = kept;
}

void bl_docs_sort(bl_docs *docs)
{
    enum { FEW = 2048 };
    if (docs->count >= FEW && sort_by_bits(docs))
        return;
    if (docs->count > 1 && (docs->count < FEW || !sort_by_digits(docs)))
        qsort(docs->list, docs->count, sizeof *docs->list, compare);
    drop_repeats(docs);
}
