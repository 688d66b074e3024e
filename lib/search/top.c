/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Many scored documents to the few best. */
#include "top.h"

#include <stdlib.h>

#include "base/buffer.h"

static int compare_dates(int64_t a, int64_t b, bool newest)
{
    if ((a < 0) != (b < 0))
        return a < 0 ? 1 : -1; /* undated last either way */
    if (a == b)
        return 0;
    return (a > b) == (newest || a < 0) ? -1 : 1;
}

/* Negative when a stands before b. Ties of score go to the newer, then to the later imported, so that the
 * same query has one order always. */
static int compare(bulletin_sort sort, const bl_hit *a, const bl_hit *b)
{
    if (sort == BULLETIN_RELEVANCE && a->inside != b->inside)
        return a->inside ? 1 : -1;
    if (sort == BULLETIN_RELEVANCE && (a->score > b->score || a->score < b->score))
        return a->score > b->score ? -1 : 1;
    int by_date = compare_dates(a->order, b->order, sort != BULLETIN_OLDEST);
    if (by_date != 0)
        return by_date;
    return a->doc > b->doc ? -1 : a->doc < b->doc;
}

bool bl_top_precedes(bulletin_sort sort, const bl_hit *a, const bl_hit *b)
{
    return compare(sort, a, b) < 0;
}

bool bl_top_admits(const bl_top *top, const bl_hit *hit)
{
    return top->limit == 0 || top->count < top->limit || compare(top->sort, hit, &top->list[0]) < 0;
}

static void swap(bl_hit *a, bl_hit *b)
{
    bl_hit old = *a;
    *a = *b;
    *b = old;
}

static void sift_down(const bl_top *top, size_t at, size_t count)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            return;
        if (child + 1 < count && compare(top->sort, &top->list[child + 1], &top->list[child]) > 0)
            child++;
        if (compare(top->sort, &top->list[child], &top->list[at]) <= 0)
            return;
        swap(&top->list[child], &top->list[at]);
        at = child;
    }
}

static void sift_up(const bl_top *top, size_t at)
{
    while (at > 0 && compare(top->sort, &top->list[at], &top->list[(at - 1) / 2]) > 0) {
        swap(&top->list[at], &top->list[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

void bl_top_offer(bl_error *e, bl_top *top, const bl_hit *hit)
{
    if (bl_failed(e) || !bl_top_admits(top, hit))
        return;
    if (top->limit > 0 && top->count == top->limit) {
        top->list[0] = *hit;
        sift_down(top, 0, top->count);
        return;
    }
    if (!bl_grow(&top->list, &top->capacity, top->count + 1, sizeof *top->list)) {
        bl_fail_nomem(e);
        return;
    }
    top->list[top->count++] = *hit;
    if (!top->unordered)
        sift_up(top, top->count - 1);
}

/* Heapify: what changed since the hits were offered is put in order too. */
static void build(const bl_top *top)
{
    for (size_t i = top->count / 2; i > 0; i--)
        sift_down(top, i - 1, top->count);
}

/* The second half of heapsort: the worst goes behind the rest, again and again. */
void bl_top_sort(bl_top *top)
{
    if (top->unordered)
        return;
    build(top);
    for (size_t left = top->count; left > 1; left--) {
        swap(&top->list[0], &top->list[left - 1]);
        sift_down(top, 0, left - 1);
    }
}

void bl_top_shrink(bl_top *top, size_t limit)
{
    bl_top_sort(top);
    if (top->count > limit)
        top->count = limit;
    top->limit = limit;
    build(top);
}

void bl_top_cut(bl_top *top, const bl_hit *last)
{
    size_t kept = 0;
    for (size_t i = 0; i < top->count; i++)
        if (compare(top->sort, &top->list[i], last) <= 0)
            top->list[kept++] = top->list[i];
    top->count = kept;
}

void bl_top_free(bl_top *top)
{
    free(top->list);
    top->list = NULL;
    top->count = top->capacity = 0;
}
