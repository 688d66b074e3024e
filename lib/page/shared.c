/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bodies of a site's pages to the lists that several of them print, and a body to what is left without them.
 */
#include "shared.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "shape.h"

/* So many lines of a list on so many pages: a heading, a label or a table's head may recur, and is no list.
 */
enum { WINDOW = 4, PAGES = 3, SHORTEST = 4, LONGEST = 80 };

typedef struct line {
    size_t start, end;
    uint64_t hash; /* 0 = no item of a list */
    bool shared;
} line;

typedef struct lines {
    line *items;
    size_t count, capacity;
} lines;

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *s = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ s[i]) * 0x100000001b3u;
    return hash;
}

static const uint64_t basis = 0xcbf29ce484222325u;

/* A short line that is no sentence. */
static bool is_item(const char *s, size_t size)
{
    bl_shape shape;
    if (size > 4 * LONGEST)
        return false;
    bl_shape_of(s, size, &shape);
    uint32_t length = bl_shape_length(&shape);
    return length >= SHORTEST && length <= LONGEST && !shape.closed && !bl_shape_is_prose(&shape);
}

static void split(bl_error *e, const char *body, lines *out)
{
    for (size_t at = 0; body[at] && !bl_failed(e);) {
        size_t end = at + strcspn(body + at, "\n");
        if (!bl_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) {
            bl_fail_nomem(e);
            return;
        }
        bool item = is_item(body + at, end - at);
        out->items[out->count++] =
            (line){ at, end, item ? hash_bytes(basis, body + at, end - at) | 1 : 0, false };
        at = end + (body[end] == '\n');
    }
}

/* The lines from i on as one number; 0 when they are no list. */
static uint64_t window_at(const lines *all, size_t i)
{
    uint64_t hash = basis;
    if (i + WINDOW > all->count)
        return 0;
    for (size_t k = i; k < i + WINDOW; k++) {
        if (all->items[k].hash == 0)
            return 0;
        hash = hash_bytes(hash, &all->items[k].hash, sizeof hash);
    }
    return hash;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static size_t sort_once(uint64_t *list, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(list, count, sizeof *list, compare);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

static bool is_new(bl_error *e, bl_shared *s, const char *body)
{
    uint64_t hash = hash_bytes(basis, body, strlen(body));
    for (size_t i = 0; i < s->body_count; i++)
        if (s->bodies[i] == hash)
            return false;
    if (!bl_grow(&s->bodies, &s->body_capacity, s->body_count + 1, sizeof *s->bodies)) {
        bl_fail_nomem(e);
        return false;
    }
    s->bodies[s->body_count++] = hash;
    return true;
}

void bl_shared_add(bl_error *e, bl_shared *s, const char *body)
{
    lines all = { 0 };
    if (bl_failed(e) || !is_new(e, s, body))
        return;
    split(e, body, &all);
    if (!bl_failed(e) && !bl_grow(&s->items, &s->capacity, s->count + all.count, sizeof *s->items))
        bl_fail_nomem(e);
    size_t before = s->count;
    for (size_t i = 0; i < all.count && !bl_failed(e); i++)
        if (window_at(&all, i))
            s->items[s->count++] = window_at(&all, i);
    if (s->count > before)
        s->count = before + sort_once(s->items + before, s->count - before);
    free(all.items);
}

void bl_shared_settle(bl_shared *s)
{
    size_t kept = 0;
    if (s->count > 1)
        qsort(s->items, s->count, sizeof *s->items, compare);
    for (size_t i = 0, end; i < s->count; i = end) {
        for (end = i + 1; end < s->count && s->items[end] == s->items[i];)
            end++;
        if (end - i >= PAGES)
            s->items[kept++] = s->items[i];
    }
    s->count = kept;
}

void bl_shared_free(bl_shared *s)
{
    free(s->items);
    free(s->bodies);
    *s = (bl_shared){ 0 };
}

/* Bytes of the body that stand in shared lists. */
static size_t mark(const bl_shared *s, lines *all)
{
    size_t size = 0;
    for (size_t i = 0; i + WINDOW <= all->count; i++) {
        uint64_t hash = window_at(all, i);
        if (hash && bsearch(&hash, s->items, s->count, sizeof *s->items, compare))
            for (size_t k = i; k < i + WINDOW; k++)
                all->items[k].shared = true;
    }
    for (size_t i = 0; i < all->count; i++)
        size += all->items[i].shared ? all->items[i].end - all->items[i].start : 0;
    return size;
}

static void add_line(bl_buffer *to, const char *text, const line *one)
{
    if (to->size > 0)
        bl_buffer_putc(to, '\n');
    bl_buffer_append(to, text + one->start, one->end - one->start);
}

static void part(bl_error *e, const lines *all, bl_article *article)
{
    bl_buffer body = { 0 }, furniture = { 0 };
    bl_buffer_puts(&furniture, article->furniture ? article->furniture : "");
    for (size_t i = 0; i < all->count; i++)
        add_line(all->items[i].shared ? &furniture : &body, article->body, &all->items[i]);
    char *kept = bl_buffer_steal(&body), *around = bl_buffer_steal(&furniture);
    if (!kept || !around) {
        bl_fail_nomem(e);
        free(kept);
        free(around);
        return;
    }
    free(article->body);
    free(article->furniture);
    article->body = kept;
    article->furniture = around;
}

bool bl_shared_remove(bl_error *e, const bl_shared *s, bl_article *article)
{
    lines all = { 0 };
    if (bl_failed(e) || s->count == 0 || !article->body)
        return false;
    split(e, article->body, &all);
    size_t size = bl_failed(e) ? 0 : mark(s, &all);
    bool changes = size > 0 && size <= strlen(article->body) / 2;
    if (changes)
        part(e, &all, article);
    free(all.items);
    return changes;
}
