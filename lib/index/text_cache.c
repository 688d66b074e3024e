/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hashes of stored texts to the texts in units, kept while they are compared. */
#include "text_cache.h"

#include <stdlib.h>
#include <string.h>

#include "copy.h"
#include "statement.h"

/* Kept at one time: of mixed news some five thousand texts. */
enum { MOST_BYTES = 8 << 20 };

typedef struct cached_text {
    int64_t text;
    bl_text_unit *units;
    size_t count, size;         /* size: of its tokens */
    bool again;                 /* it was asked for once more since the cache was full */
    bl_fingerprint fingerprint; /* text 0 = not made yet */
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

/* The body of a document in units; new. */
static bl_text_unit *read_units(bl_error *e, bl_database *db, int64_t doc, size_t *count, size_t *size)
{
    bl_prepared text = { 0 };
    *count = 0;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_TEXT);
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s)) {
        prepare_body(e, db, (const char *)sqlite3_column_text(s, 1), &text);
        sqlite3_reset(s);
    }
    bl_text_unit *units = text.bytes ? bl_text_units(e, &text, count) : NULL;
    *size = text.token_size;
    free(text.bytes);
    return units;
}

/* ---- the cache ---- */

/* The number of slots is fixed. */
enum { ROOM = 1 << 15 };

/* By hash, open addressing. A hash means the same text for ever, whatever comes and goes. */
typedef struct bl_text_cache {
    cached_text *slots[ROOM];
    size_t count, bytes;
} bl_text_cache;

static cached_text **slot(bl_text_cache *cache, int64_t text)
{
    size_t at = (size_t)((uint64_t)text * 0x9E3779B97F4A7C15u >> 20) & (ROOM - 1);
    while (cache->slots[at] && cache->slots[at]->text != text)
        at = (at + 1) & (ROOM - 1);
    return &cache->slots[at];
}

static void put_text(bl_text_cache *cache, cached_text *one)
{
    cache->count++;
    cache->bytes += sizeof *one + one->count * sizeof *one->units;
    *slot(cache, one->text) = one;
}

static void free_text(cached_text *one)
{
    if (one)
        free(one->units);
    free(one);
}

static void close_texts(bl_text_cache *cache)
{
    for (size_t i = 0; cache && i < ROOM; i++)
        free_text(cache->slots[i]);
    free(cache);
}

/* A cache with those that were asked for again since the last time; NULL on failure. */
static bl_text_cache *sweep(bl_text_cache *old)
{
    bl_text_cache *new = calloc(1, sizeof *new);
    for (size_t i = 0; new &&old &&i < ROOM; i++) {
        cached_text *one = old->slots[i];
        if (!one || !one->again || new->bytes > MOST_BYTES / 2)
            continue;
        one->again = false;
        put_text(new, one);
        old->slots[i] = NULL;
    }
    close_texts(old);
    return new;
}

/* The connection's, with room for two more; NULL on failure. */
static bl_text_cache *open_cache(bl_error *e, bl_database *db)
{
    const bl_text_cache *old = db->texts;
    if (!old || old->bytes > MOST_BYTES || old->count > ROOM / 2)
        db->texts = sweep(db->texts);
    db->close_texts = close_texts;
    if (!db->texts)
        bl_fail_nomem(e);
    return bl_failed(e) ? NULL : db->texts;
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

const bl_carrier *bl_carriers_find(const bl_carriers *all, int64_t text)
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

static void fill(bl_error *e, bl_database *db, const bl_carriers *at_hand, cached_text *one)
{
    const bl_carrier *carrier = bl_carriers_find(at_hand, one->text);
    if (carrier && carrier->body) {
        one->units = bl_text_units(e, carrier->body, &one->count);
        one->size = carrier->body->token_size;
        return;
    }
    int64_t doc = first_doc(e, db, one->text);
    if (doc)
        one->units = read_units(e, db, doc, &one->count, &one->size);
}

static cached_text *find(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text)
{
    cached_text *one = *slot(db->texts, text);
    if (one) {
        one->again = true;
        return one;
    }
    one = bl_failed(e) ? NULL : calloc(1, sizeof *one);
    if (!one) {
        bl_fail_nomem(e);
        return NULL;
    }
    one->text = text;
    fill(e, db, at_hand, one);
    if (one->units) {
        put_text(db->texts, one);
        return one;
    }
    free(one);
    return NULL;
}

const bl_fingerprint *bl_text_labels(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text)
{
    cached_text *one = open_cache(e, db) ? find(e, db, at_hand, text) : NULL;
    if (one && !one->fingerprint.text)
        bl_fingerprint_of(one->units, one->count, one->size, &one->fingerprint);
    return one ? &one->fingerprint : NULL;
}

static void read_sketch(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text,
                        bl_sketch *out)
{
    const bl_carrier *carrier = bl_carriers_find(at_hand, text);
    *out = carrier ? carrier->fingerprint.sketch : (bl_sketch){ 0 };
    if (carrier)
        return;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_SKETCH);
    bl_sql_int(e, s, 1, text);
    if (!bl_sql_row(e, s))
        return;
    const void *bytes = sqlite3_column_blob(s, 0);
    out->full = bytes && sqlite3_column_bytes(s, 0) == BL_SKETCH;
    if (out->full)
        memcpy(out->bytes, bytes, BL_SKETCH);
    sqlite3_reset(s);
}

static bool may_be_copy(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text, int64_t other)
{
    bl_sketch a, b;
    read_sketch(e, db, at_hand, text, &a);
    read_sketch(e, db, at_hand, other, &b);
    return bl_sketches_meet(&a, &b);
}

bool bl_text_is_copy(bl_error *e, bl_database *db, const bl_carriers *at_hand, int64_t text, int64_t other)
{
    if (!may_be_copy(e, db, at_hand, text, other) || !open_cache(e, db))
        return false;
    const cached_text *a = find(e, db, at_hand, text), *b = find(e, db, at_hand, other);
    return a && b && bl_are_copies(e, a->units, a->count, b->units, b->count);
}

double bl_text_similarity(bl_error *e, bl_database *db, int64_t doc, int64_t other)
{
    size_t a_count, b_count, size;
    bl_alignment alignment = { 0 };
    bl_text_unit *a = read_units(e, db, doc, &a_count, &size), *b = read_units(e, db, other, &b_count, &size);
    if (a && b)
        bl_align_texts(e, a, a_count, b, b_count, &alignment);
    free(a);
    free(b);
    return bl_similarity(&alignment);
}
