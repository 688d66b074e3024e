/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Two texts to whether one is a copy of the other: a copy is longer or shorter in places, while another piece
 * of news after the same pattern says something else in the same places. */
#include "copy.h"

#include <stdlib.h>
#include <string.h>

/* Passages in common are at least so long. */
enum { ANCHOR = BL_SHINGLE };

/* Texts under these are notices, whose last or first words tell what they are about. */
enum { SHORT = 64, MEDIUM = 128 };

/* A figure stands in a place no longer than this; what is longer is a passage that was put in for another. */
enum { PLACE = 16 };

/* Places of a text by the hash of the passage that begins there, open addressing; those that stand twice
 * count by the first. */
typedef struct places {
    uint32_t *slots; /* place + 1; 0 = free */
    size_t mask;
} places;

typedef struct passage {
    size_t a, b, size;
} passage;

static size_t hash_at(const bl_text_unit *units)
{
    uint64_t halves[2];
    _Static_assert(sizeof halves == ANCHOR * sizeof *units, "an anchor is two words");
    memcpy(halves, units, sizeof halves);
    uint64_t value = halves[0] * 0x9E3779B97F4A7C15u + halves[1] * 0x3C79AC492BA7B653u;
    return (size_t)((value ^ value >> 29) * 0x1C69B3F74AC4AE35u >> 32);
}

static bool same_at(const bl_text_unit *x, const bl_text_unit *y)
{
    return memcmp(x, y, ANCHOR * sizeof *x) == 0;
}

static bool note_places(const bl_text_unit *units, size_t count, places *out)
{
    size_t room = 64;
    while (room < 2 * count)
        room *= 2;
    *out = (places){ calloc(room, sizeof *out->slots), room - 1 };
    for (size_t i = 0; out->slots && i + ANCHOR <= count; i++) {
        size_t at = hash_at(units + i) & out->mask;
        while (out->slots[at] && !same_at(units + out->slots[at] - 1, units + i))
            at = (at + 1) & out->mask;
        if (!out->slots[at])
            out->slots[at] = (uint32_t)i + 1;
    }
    return out->slots != NULL;
}

static bool find_place(const places *p, const bl_text_unit *of, const bl_text_unit *units, size_t *place)
{
    size_t at = hash_at(units) & p->mask;
    while (p->slots[at] && !same_at(of + p->slots[at] - 1, units))
        at = (at + 1) & p->mask;
    *place = p->slots[at] ? p->slots[at] - 1 : 0;
    return p->slots[at] != 0;
}

/* ---- between two passages ---- */

static bool has_figure(const bl_text_unit *units, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (units[i] & 1)
            return true;
    return false;
}

/* What stands between two passages in either text. Where one has nothing, the other was cut or added to. */
static void count_gap(const bl_text_unit *a, size_t a_size, const bl_text_unit *b, size_t b_size,
                      bl_alignment *out)
{
    size_t less = a_size < b_size ? a_size : b_size;
    if (less == 0)
        return;
    out->changed += less;
    out->places++;
    out->figures += a_size <= PLACE && b_size <= PLACE && has_figure(a, a_size) && has_figure(b, b_size);
}

/* What stands before the first passage or behind the last: lines of agencies and editors, but of short texts
 * also what is as long as a name or a date. */
static void count_edge(const bl_text_unit *a, size_t a_size, const bl_text_unit *b, size_t b_size,
                       size_t below, bl_alignment *out)
{
    if (out->shorter < below && a_size <= PLACE && b_size <= PLACE)
        count_gap(a, a_size, b, b_size, out);
}

static void extend(const bl_text_unit *a, size_t a_count, const bl_text_unit *b, size_t b_count,
                   const passage *last, passage *p)
{
    size_t a_low = last->a + last->size, b_low = p->b >= last->b + last->size ? last->b + last->size : 0;
    while (p->a > a_low && p->b > b_low && a[p->a - 1] == b[p->b - 1]) {
        p->a--;
        p->b--;
        p->size++;
    }
    while (p->a + p->size < a_count && p->b + p->size < b_count && a[p->a + p->size] == b[p->b + p->size])
        p->size++;
}

/* Where the passage goes on behind the last one, give or take a few units: texts repeat themselves, and
 * elsewhere the same words are other ones. */
static bool find_behind(const bl_text_unit *a, size_t i, const bl_text_unit *b, size_t b_count,
                        const passage *last, size_t *place)
{
    enum { DRIFT = 4 };
    size_t expected = last->b + last->size + (i - (last->a + last->size));
    for (size_t drift = 0; last->size > 0 && drift <= DRIFT; drift++) {
        const size_t tries[2] = { expected + drift, expected - drift };
        for (int k = 0; k < 2; k++) {
            *place = tries[k];
            if (*place >= last->b + last->size && *place + ANCHOR <= b_count && same_at(b + *place, a + i))
                return true;
        }
    }
    return false;
}

/* Whether nothing that the rest can add would make it a copy. */
static bool is_other(const bl_alignment *x, size_t rest)
{
    bl_alignment best = *x;
    best.common = x->common + rest < x->shorter ? x->common + rest : x->shorter;
    return !bl_is_copy(&best);
}

static void align(const bl_text_unit *a, size_t a_count, const bl_text_unit *b, size_t b_count,
                  const places *of_b, bool judging, bl_alignment *out)
{
    passage last = { 0, 0, 0 };
    for (size_t i = 0; i + ANCHOR <= a_count;) {
        if (judging && is_other(out, a_count - (last.a + last.size)))
            return;
        passage p = { i, 0, 0 };
        if (!find_behind(a, i, b, b_count, &last, &p.b) && !find_place(of_b, b, a + i, &p.b)) {
            i++;
            continue;
        }
        extend(a, a_count, b, b_count, &last, &p);
        size_t a_end = last.a + last.size, b_end = last.b + last.size;
        if (last.size == 0)
            count_edge(a, p.a, b, p.b, MEDIUM, out);
        else if (p.b >= b_end)
            count_gap(a + a_end, p.a - a_end, b + b_end, p.b - b_end, out);
        out->common += p.size;
        last = p;
        i = p.a + p.size;
    }
    size_t a_end = last.a + last.size, b_end = last.b + last.size;
    count_edge(a + a_end, a_count - a_end, b + b_end, b_count - b_end, SHORT, out);
}

static void align_in_order(bl_error *e, const bl_text_unit *a, size_t a_count, const bl_text_unit *b,
                           size_t b_count, bool judging, bl_alignment *out)
{
    places of_longer = { 0 };
    /* The order of the arguments must not matter. */
    if (a_count > b_count || (a_count == b_count && memcmp(a, b, a_count * sizeof *a) > 0)) {
        align_in_order(e, b, b_count, a, a_count, judging, out);
        return;
    }
    *out = (bl_alignment){ .shorter = a_count, .longer = b_count };
    if (judging && is_other(out, a_count))
        return;
    if (bl_failed(e) || !note_places(b, b_count, &of_longer))
        bl_fail_nomem(e);
    else
        align(a, a_count, b, b_count, &of_longer, judging, out);
    free(of_longer.slots);
    if (out->common > out->shorter)
        out->common = out->shorter;
}

void bl_align_texts(bl_error *e, const bl_text_unit *a, size_t a_count, const bl_text_unit *b, size_t b_count,
                    bl_alignment *out)
{
    align_in_order(e, a, a_count, b, b_count, false, out);
}

/* ---- the verdict ---- */

/* In a short text one name for another makes other news, where one character may be a slip. */
bool bl_is_copy(const bl_alignment *x)
{
    enum { LONG = 200 };
    bool covers = x->common * 5 >= x->shorter * 3 && x->shorter * 5 >= x->longer * 2;
    bool same = x->changed * 50 <= x->common && x->places <= 1 + x->common / LONG;
    bool slips = x->changed < 2 || x->common >= LONG;
    return covers && same && slips && (x->figures == 0 || (x->figures == 1 && x->common >= 400));
}

bool bl_are_copies(bl_error *e, const bl_text_unit *a, size_t a_count, const bl_text_unit *b, size_t b_count)
{
    bl_alignment alignment;
    align_in_order(e, a, a_count, b, b_count, true, &alignment);
    return !bl_failed(e) && bl_is_copy(&alignment);
}

double bl_similarity(const bl_alignment *x)
{
    return x->longer > 0 ? 2.0 * (double)x->common / (double)(x->shorter + x->longer) : 0;
}
