/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Documents to the years, sources, languages and organizations that they are counted by. */
#include "facet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/slot.h"
#include "index/sql.h"

size_t bl_doc_list_find(const bl_doc_list *docs, int64_t doc)
{
    size_t low = 0, high = docs->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (docs->list[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < docs->count && docs->list[low] == doc ? low : docs->count;
}

/* ---- names to keys ---- */

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static size_t hash(const char *text)
{
    uint64_t value = 0xcbf29ce484222325u;
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 0x100000001b3u;
    return (size_t)(value ^ value >> 32);
}

static uint32_t *slot(const bl_facet *f, const char *name)
{
    size_t at = hash(name) & (f->room - 1);
    while (f->slots[at] && strcmp(f->names[f->slots[at]], name) != 0)
        at = (at + 1) & (f->room - 1);
    return &f->slots[at];
}

static void enlarge(bl_error *e, bl_facet *f)
{
    size_t room = f->room ? f->room * 2 : 256;
    uint32_t *slots = calloc(room, sizeof *slots);
    if (!slots) {
        bl_fail_nomem(e);
        return;
    }
    free(f->slots);
    f->slots = slots;
    f->room = room;
    for (size_t i = 1; i < f->name_count; i++)
        *slot(f, f->names[i]) = (uint32_t)i;
}

static uint32_t add_name(bl_error *e, bl_facet *f, const char *name)
{
    if (!bl_grow(&f->names, &f->name_capacity, f->name_count + 1, sizeof *f->names)) {
        bl_fail_nomem(e);
        return 0;
    }
    char *copy = name ? strdup(name) : NULL;
    if (name && !copy)
        bl_fail_nomem(e);
    f->names[f->name_count] = copy;
    return bl_failed(e) ? 0 : (uint32_t)f->name_count++;
}

static uint32_t key_of(bl_error *e, bl_facet *f, const char *name)
{
    if (bl_failed(e) || !name || !*name)
        return 0;
    if (2 * (f->name_count + 1) > f->room)
        enlarge(e, f);
    if (bl_failed(e))
        return 0;
    uint32_t *at = slot(f, name);
    if (*at == 0)
        *at = add_name(e, f, name);
    return *at;
}

/* ---- dates ---- */

bl_day bl_facet_day(bl_error *e, bl_database *db, int64_t doc)
{
    bl_day day = { 0, 0, 0 };
    if (doc < BL_SLOT_UNDATED) {
        int64_t slot = doc >> BL_SLOT_BITS;
        day = (bl_day){ (int)(slot / 32 / 13), (int)(slot / 32 % 13), (int)(slot % 32) };
    } else if (doc >= BL_SLOT_SPILL) {
        sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT published FROM bulletin WHERE doc = ?1");
        bl_sql_int(e, s, 1, doc);
        if (bl_sql_row(e, s) && sqlite3_column_text(s, 0))
            bl_day_parse((const char *)sqlite3_column_text(s, 0), &day);
        sqlite3_finalize(s);
    }
    return day;
}

/* Neighbours mostly have one date. */
static void read_dates(bl_error *e, bl_database *db, bulletin_by by, const bl_doc_list *docs, bl_facet *out)
{
    int64_t before = -1;
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++) {
        char text[BL_DAY_TEXT] = "";
        out->first[i] = i;
        if (i > 0 && docs->list[i] < BL_SLOT_UNDATED && docs->list[i] >> BL_SLOT_BITS == before) {
            out->keys[i] = out->keys[i - 1];
            continue;
        }
        before = docs->list[i] >> BL_SLOT_BITS;
        bl_day day = bl_facet_day(e, db, docs->list[i]);
        if (by == BULLETIN_BY_YEAR)
            day.month = day.day = 0;
        if (by == BULLETIN_BY_MONTH)
            day.day = 0;
        if (day.year)
            bl_day_print(day, text);
        out->keys[i] = key_of(e, out, text);
    }
}

/* ---- columns ---- */

static void read_column(bl_error *e, bl_database *db, const char *query, const bl_doc_list *docs,
                        bl_facet *out)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, query);
    size_t at = 0;
    while (at < docs->count && bl_sql_row(e, s)) {
        int64_t doc = sqlite3_column_int64(s, 0);
        while (at < docs->count && docs->list[at] < doc)
            at++;
        if (at < docs->count && docs->list[at] == doc)
            out->keys[at] = key_of(e, out, (const char *)sqlite3_column_text(s, 1));
    }
    sqlite3_finalize(s);
    for (size_t i = 0; i < docs->count; i++)
        out->first[i] = i;
}

/* ---- organizations ---- */

typedef struct naming {
    size_t at;
    uint32_t key;
} naming;

/* The organizations in order of their numbers. */
typedef struct names {
    sqlite3_stmt *rows;
    int64_t id; /* of the one that was read last */
} names;

/* Go on to an organization; false where the table has none of this number. */
static bool go_to(bl_error *e, names *n, int64_t id)
{
    while (n->id < id && !bl_failed(e))
        n->id = bl_sql_row(e, n->rows) ? sqlite3_column_int64(n->rows, 0) : INT64_MAX;
    return n->id == id;
}

/* All that are named, organization by organization, each in order of document: two walks side by side, for a
 * look at each of many organizations takes longer. */
static naming *read_mentions(bl_error *e, bl_database *db, const bl_doc_list *docs, bl_facet *out,
                             size_t *count)
{
    naming *list = NULL;
    size_t capacity = 0;
    int64_t before = 0;
    uint32_t key = 0;
    *count = 0;
    names n = { bl_sql_prepare(e, db->sql, "SELECT id, name FROM organization ORDER BY id"), 0 };
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql, "SELECT organization, doc FROM mention ORDER BY organization, doc");
    while (bl_sql_row(e, s)) {
        int64_t id = sqlite3_column_int64(s, 0);
        size_t at = bl_doc_list_find(docs, sqlite3_column_int64(s, 1));
        if (at == docs->count || !go_to(e, &n, id))
            continue;
        if (id != before)
            key = add_name(e, out, (const char *)sqlite3_column_text(n.rows, 1));
        before = id;
        if (!bl_grow(&list, &capacity, *count + 1, sizeof *list))
            bl_fail_nomem(e);
        else
            list[(*count)++] = (naming){ at, key };
    }
    sqlite3_finalize(n.rows);
    sqlite3_finalize(s);
    return list;
}

/* By document: each has as many keys as organizations, or the key of none. */
static void read_organizations(bl_error *e, bl_database *db, const bl_doc_list *docs, bl_facet *out)
{
    size_t count, sum = 0;
    naming *list = read_mentions(e, db, docs, out, &count);
    size_t *next = calloc(docs->count + 1, sizeof *next);
    free(out->keys);
    out->keys = calloc(count + docs->count + 1, sizeof *out->keys);
    if (!next || !out->keys)
        bl_fail_nomem(e);
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        next[list[i].at]++;
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++) {
        out->first[i] = sum;
        sum += next[i] ? next[i] : 1;
        next[i] = out->first[i];
    }
    out->first[docs->count] = sum;
    for (size_t i = 0; i < count && !bl_failed(e); i++)
        out->keys[next[list[i].at]++] = list[i].key;
    free(list);
    free(next);
}

/* ---- the whole ---- */

void bl_facet_read(bl_error *e, bl_database *db, bulletin_by by, const bl_doc_list *docs, bl_facet *out)
{
    *out = (bl_facet){ .by_date = by <= BULLETIN_BY_DAY };
    out->first = calloc(docs->count + 1, sizeof *out->first);
    out->keys = calloc(docs->count + 1, sizeof *out->keys);
    if (!out->first || !out->keys)
        bl_fail_nomem(e);
    if (!bl_failed(e))
        add_name(e, out, NULL);
    if (bl_failed(e))
        return;
    out->first[docs->count] = docs->count;
    if (out->by_date)
        read_dates(e, db, by, docs, out);
    else if (by == BULLETIN_BY_SOURCE)
        read_column(e, db, "SELECT doc, source FROM bulletin INDEXED BY bulletin_head ORDER BY doc", docs,
                    out);
    else if (by == BULLETIN_BY_LANG)
        read_column(e, db, "SELECT doc, lang FROM bulletin INDEXED BY bulletin_head ORDER BY doc", docs, out);
    else
        read_organizations(e, db, docs, out);
}

void bl_facet_free(bl_facet *facet)
{
    for (size_t i = 0; i < facet->name_count; i++)
        free(facet->names[i]);
    free(facet->names);
    free(facet->slots);
    free(facet->first);
    free(facet->keys);
    *facet = (bl_facet){ 0 };
}
