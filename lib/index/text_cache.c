/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hashes of stored texts to the texts in units, kept while they are compared. */
#include "text_cache.h"

#include <stdlib.h>

#include "copy.h"
#include "statement.h"

/* Units kept at one time. */
enum { MOST_BYTES = 8 << 20 };

typedef struct cached_text {
    int64_t text;
    uint32_t *units;
    size_t count;
    bl_fingerprint fingerprint;
} cached_text;

static void prepare_body(bl_error *e, bl_database *db, const char *body, bl_prepared *out)
{
    bl_prepare(e, db->fts.cutter, &db->fts.tokens, body ? body : "", out);
}

void bl_text_fingerprint(bl_error *e, bl_database *db, const char *body, bl_fingerprint *out)
{
    bl_prepared text = { 0 };
    *out = (bl_fingerprint){ 0 };
    prepare_body(e, db, body, &text);
    if (!bl_failed(e))
        bl_fingerprint_make(e, &text, out);
    free(text.bytes);
}

/* The body of a document in units, and its fingerprint where one is wanted; new. */
static uint32_t *read_units(bl_error *e, bl_database *db, int64_t doc, size_t *count, bl_fingerprint *out)
{
    bl_prepared text = { 0 };
    *count = 0;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_TEXT);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        prepare_body(e, db, (const char *)sqlite3_column_text(s, 1), &text);
        sqlite3_reset(s);
    }
    if (out && !bl_failed(e))
        bl_fingerprint_make(e, &text, out);
    uint32_t *units = text.bytes ? bl_text_units(e, &text, count) : NULL;
    free(text.bytes);
    return units;
}

/* ---- the cache ---- */

static void forget(bl_text_cache *cache)
{
    for (size_t i = 0; i < cache->room; i++) {
        if (cache->slots[i])
            free(cache->slots[i]->units);
        free(cache->slots[i]);
        cache->slots[i] = NULL;
    }
    cache->count = cache->bytes = 0;
}

static cached_text **slot(const bl_text_cache *cache, int64_t text)
{
    size_t at = (size_t)((uint64_t)text * 0x9E3779B97F4A7C15u >> 20) & (cache->room - 1);
    while (cache->slots[at] && cache->slots[at]->text != text)
        at = (at + 1) & (cache->room - 1);
    return &cache->slots[at];
}

/* The number of slots is fixed: what is full is forgotten. */
enum { ROOM = 1 << 13 };

static void make_room(bl_error *e, bl_text_cache *cache)
{
    if (!cache->slots) {
        cache->slots = calloc(ROOM, sizeof(cached_text *));
        cache->room = cache->slots ? ROOM : 0;
    }
    if (!cache->slots)
        bl_fail_nomem(e);
    else if (cache->bytes > MOST_BYTES || cache->count > ROOM / 2)
        forget(cache);
}

static int64_t first_doc(bl_error *e, bl_database *db, int64_t text)
{
    int64_t doc = 0;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_COPY_DOCS);
    bl_sql_int(e, s, 1, text);
    if (bl_sql_row(e, s)) {
        doc = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    }
    return doc;
}

static const bl_carrier *find_carrier(const bl_carriers *all, int64_t text)
{
    size_t low = 0, high = all ? all->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->list[middle].fingerprint.text < text)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = all && low < all->count && all->list[low].fingerprint.text == text;
    return found ? &all->list[low] : NULL;
}

bool bl_carriers_hold(const bl_carriers *all, int64_t text)
{
    return find_carrier(all, text) != NULL;
}

static void fill(bl_error *e, bl_text_cache *cache, cached_text *one)
{
    const bl_carrier *carrier = find_carrier(cache->at_hand, one->text);
    bool at_hand = carrier && carrier->body;
    int64_t doc = at_hand ? 0 : first_doc(e, cache->db, one->text);
    if (at_hand) {
        one->units = bl_text_units(e, carrier->body, &one->count);
        one->fingerprint = carrier->fingerprint;
    } else if (doc) {
        one->units = read_units(e, cache->db, doc, &one->count, &one->fingerprint);
    }
}

static const cached_text *find(bl_error *e, bl_text_cache *cache, int64_t text)
{
    if (bl_failed(e))
        return NULL;
    cached_text **at = slot(cache, text);
    if (*at)
        return *at;
    cached_text *one = calloc(1, sizeof *one);
    if (!one) {
        bl_fail_nomem(e);
        return NULL;
    }
    one->text = text;
    fill(e, cache, one);
    if (!one->units) {
        free(one);
        return NULL;
    }
    cache->count++;
    cache->bytes += sizeof *one + one->count * sizeof *one->units;
    return *at = one;
}

const bl_fingerprint *bl_text_cache_fingerprint(bl_error *e, bl_text_cache *cache, int64_t text)
{
    make_room(e, cache);
    const cached_text *one = find(e, cache, text);
    return one ? &one->fingerprint : NULL;
}

bool bl_text_cache_copies(bl_error *e, bl_text_cache *cache, int64_t text, int64_t other)
{
    bl_alignment alignment;
    make_room(e, cache);
    const cached_text *a = find(e, cache, text), *b = find(e, cache, other);
    if (!a || !b)
        return false;
    bl_align_texts(e, a->units, a->count, b->units, b->count, &alignment);
    return !bl_failed(e) && bl_is_copy(&alignment);
}

void bl_text_cache_close(bl_text_cache *cache)
{
    forget(cache);
    free(cache->slots);
    cache->slots = NULL;
    cache->room = 0;
}

double bl_text_similarity(bl_error *e, bl_database *db, int64_t doc, int64_t other)
{
    size_t a_count, b_count;
    bl_alignment alignment = { 0 };
    uint32_t *a = read_units(e, db, doc, &a_count, NULL), *b = read_units(e, db, other, &b_count, NULL);
    if (a && b)
        bl_align_texts(e, a, a_count, b, b_count, &alignment);
    free(a);
    free(b);
    return bl_similarity(&alignment);
}
