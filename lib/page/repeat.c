/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lines to the lists that are printed more than once. */
#include "repeat.h"

#include <stdlib.h>
#include <string.h>

/* So many lines in a row make a list; shorter lines (cells, captions) repeat by chance. */
enum { LIST = 3, SHORTEST = 6 };

/* Lines made to collide must not make it slow: after so many others one is not looked up. */
enum { PROBES = 64 };

static bool is_item(const bl_line *line)
{
    return (line->kind == BL_KIND_SHORT || line->kind == BL_KIND_DATED) && line->length >= SHORTEST;
}

static uint32_t hash_of(const bl_lines *lines, size_t i)
{
    const char *s = bl_line_text(lines, i);
    uint32_t h = 2166136261u;
    for (size_t k = 0; k < lines->items[i].size; k++)
        h = (h ^ (unsigned char)s[k]) * 16777619u;
    return h ^ h >> 15;
}

static bool same_line(const bl_lines *lines, size_t a, size_t b)
{
    const bl_line *x = &lines->items[a], *y = &lines->items[b];
    return x->size == y->size && memcmp(lines->text + x->at, lines->text + y->at, x->size) == 0;
}

/* Flag line i and the earlier one with the same letters, if there is one. */
static void note(bl_lines *lines, uint32_t *slots, size_t mask, size_t i)
{
    size_t slot = hash_of(lines, i) & mask;
    size_t probes = 0;
    while (slots[slot] != 0 && !same_line(lines, slots[slot] - 1, i)) {
        if (++probes == PROBES)
            return;
        slot = (slot + 1) & mask;
    }
    if (slots[slot] == 0) {
        slots[slot] = (uint32_t)i + 1;
        return;
    }
    lines->items[slots[slot] - 1].flags |= BL_LINE_REPEATED;
    lines->items[i].flags |= BL_LINE_REPEATED;
}

/* A title or a caption printed twice is no list: only runs keep their flag. */
static void keep_runs(bl_lines *lines)
{
    for (size_t i = 0; i < lines->count;) {
        size_t end = i;
        while (end < lines->count && (lines->items[end].flags & BL_LINE_REPEATED))
            end++;
        for (size_t k = i; end - i < LIST && k < end; k++)
            lines->items[k].flags &= (uint16_t)~BL_LINE_REPEATED;
        i = end > i ? end : i + 1;
    }
}

void bl_repeat_find(bl_error *e, bl_lines *lines)
{
    size_t items = 0, size = 16;
    for (size_t i = 0; i < lines->count; i++)
        items += is_item(&lines->items[i]);
    if (bl_failed(e) || items < 2 * LIST)
        return;
    while (size < 2 * items)
        size *= 2;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (!slots) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 0; i < lines->count; i++)
        if (is_item(&lines->items[i]))
            note(lines, slots, size - 1, i);
    keep_runs(lines);
    free(slots);
}
