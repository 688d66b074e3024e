/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A character to the characters that stand behind it somewhere in the index. */
#include "pairs.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "found.h"
#include "index/database.h"
#include "text/pinyin.h"

enum { FIRST = 0x4E00, LAST = 0x9FFF }; /* of the characters that have a reading */

struct bl_pairs {
    bl_database *db;
    int64_t revision;
    bl_followers of[LAST - FIRST + 1];
    bool known[LAST - FIRST + 1];
};

static void close_pairs(bl_pairs *pairs)
{
    if (!pairs)
        return;
    for (size_t i = 0; i < sizeof pairs->of / sizeof *pairs->of; i++)
        free(pairs->of[i].list);
    free(pairs);
}

bl_pairs *bl_pairs_get(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    if (bl_failed(e))
        return NULL;
    if (db->pairs && db->pairs->revision != totals.revision) {
        close_pairs(db->pairs);
        db->pairs = NULL;
    }
    if (!db->pairs) {
        db->close_pairs = close_pairs;
        db->pairs = calloc(1, sizeof *db->pairs); /* most of it is never touched */
        if (!db->pairs) {
            bl_fail_nomem(e);
            return NULL;
        }
        db->pairs->db = db;
        db->pairs->revision = totals.revision;
    }
    return db->pairs;
}

/* The second of the two characters that a term is; 0 when it is none that has a reading. */
static uint32_t second(const bl_list *list)
{
    const char *pair = (const char *)list->term + 1; /* behind the index's mark */
    const size_t size = list->term_size - 1;
    size_t at = 0;
    bl_utf8_next(pair, size, &at);
    const uint32_t character = at < size ? bl_utf8_next(pair, size, &at) : 0;
    return at == size && bl_pinyin_class(character) ? character : 0;
}

static void add(bl_error *e, bl_followers *to, size_t *capacity, uint32_t character,
                const bl_posting *posting)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < posting->count; i++)
        bytes += bl_list_bytes(e, posting->lists[i]);
    if (!bl_grow(&to->list, capacity, to->count + 1, sizeof *to->list)) {
        bl_fail_nomem(e);
        return;
    }
    to->list[to->count++] = (bl_follower){ (uint16_t)bl_pinyin_class(character), (uint16_t)character,
                                           bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX };
    to->bytes += (uint64_t)bytes;
}

static int by_reading(const void *a, const void *b)
{
    const bl_follower *x = a, *y = b;
    return x->reading != y->reading ? x->reading - y->reading : x->character - y->character;
}

static void read_followers(bl_error *e, bl_database *db, uint32_t character, bl_followers *out)
{
    char first[4];
    size_t capacity = 0;
    bl_vocabulary terms;
    bl_vocabulary_open(e, &db->reader->index, first, bl_utf8_put(first, character), &terms);
    while (bl_vocabulary_next(e, &terms)) {
        const uint32_t other = second(terms.posting.lists[0]);
        if (other)
            add(e, out, &capacity, other, &terms.posting);
    }
    bl_vocabulary_close(&terms);
    if (out->count > 1)
        qsort(out->list, out->count, sizeof *out->list, by_reading);
}

const bl_followers *bl_pairs_of(bl_error *e, bl_pairs *pairs, uint32_t character)
{
    static const bl_followers none = { 0 };
    if (bl_failed(e) || character < FIRST || character > LAST)
        return &none;
    bl_followers *of = &pairs->of[character - FIRST];
    if (pairs->known[character - FIRST])
        return of;
    read_followers(e, pairs->db, character, of);
    if (bl_failed(e)) {
        free(of->list);
        *of = none;
    }
    pairs->known[character - FIRST] = !bl_failed(e);
    return of;
}

/* The first of a reading, or of a later one. */
static size_t find(const bl_followers *f, unsigned reading)
{
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->list[middle].reading < reading)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const bl_follower *bl_followers_read(const bl_followers *followers, unsigned reading, size_t *count)
{
    const size_t first = find(followers, reading);
    *count = find(followers, reading + 1) - first;
    return *count > 0 ? followers->list + first : NULL;
}
