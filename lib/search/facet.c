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

/* ---- names and ids to keys ---- */

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash(const char *text)
{
    uint64_t value = 0xcbf29ce484222325u;
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 0x100000001b3u;
    return value;
}

/* Of an organization by its id, of all else by its name. */
static uint32_t *slot(const bl_facet *f, const char *name, int64_t id)
{
    uint64_t mixed = (f->ids ? (uint64_t)id : hash(name)) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(mixed >> 32) & (f->room - 1);
    while (f->slots[at] && (f->ids ? f->ids[f->slots[at]] != id : strcmp(f->names[f->slots[at]], name) != 0))
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
        *slot(f, f->names[i], f->ids ? f->ids[i] : 0) = (uint32_t)i;
}

static uint32_t add_key(bl_error *e, bl_facet *f, const char *name, int64_t id)
{
    char *copy = name ? strdup(name) : NULL;
    if ((name && !copy) || !bl_grow(&f->names, &f->name_capacity, f->name_count + 1, sizeof *f->names) ||
        (f->ids && !bl_grow(&f->ids, &f->id_capacity, f->name_count + 1, sizeof *f->ids))) {
        free(copy);
        bl_fail_nomem(e);
        return 0;
    }
    f->names[f->name_count] = copy;
    if (f->ids)
        f->ids[f->name_count] = id;
    return (uint32_t)f->name_count++;
}

static uint32_t key_of(bl_error *e, bl_facet *f, const char *name, int64_t id)
{
    if (bl_failed(e) || (!f->ids && (!name || !*name)))
        return 0;
    if (2 * (f->name_count + 1) > f->room)
        enlarge(e, f);
    if (bl_failed(e))
        return 0;
    uint32_t *at = slot(f, name, id);
    if (*at == 0)
        *at = add_key(e, f, name, id);
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
        out->keys[i] = key_of(e, out, text, 0);
    }
}

/* ---- columns ---- */

/* Rows of (doc, value) in order of doc, no more than the documents span. */
static sqlite3_stmt *open_rows(bl_error *e, bl_database *db, const char *query, const bl_doc_list *docs)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, query);
    bl_sql_int(e, s, 1, docs->count > 0 ? docs->list[0] : 0);
    bl_sql_int(e, s, 2, docs->count > 0 ? docs->list[docs->count - 1] : -1);
    return s;
}

static void read_column(bl_error *e, bl_database *db, const char *query, const bl_doc_list *docs,
                        bl_facet *out)
{
    sqlite3_stmt *s = open_rows(e, db, query, docs);
    size_t at = 0;
    while (at < docs->count && bl_sql_row(e, s)) {
        int64_t doc = sqlite3_column_int64(s, 0);
        while (at < docs->count && docs->list[at] < doc)
            at++;
        if (at < docs->count && docs->list[at] == doc)
            out->keys[at] = key_of(e, out, (const char *)sqlite3_column_text(s, 1), 0);
    }
    sqlite3_finalize(s);
    for (size_t i = 0; i < docs->count; i++)
        out->first[i] = i;
}

/* ---- organizations ---- */

static void put_key(bl_error *e, bl_facet *out, size_t *capacity, size_t *count, uint32_t key)
{
    if (!bl_grow(&out->keys, capacity, *count + 1, sizeof *out->keys))
        bl_fail_nomem(e);
    else
        out->keys[(*count)++] = key;
}

/* Each document has as many keys as organizations, or the key of none. */
static void read_organizations(bl_error *e, bl_database *db, const bl_doc_list *docs, bl_facet *out)
{
    size_t capacity = docs->count + 1, count = 0;
    sqlite3_stmt *s = open_rows(e, db,
                                "SELECT doc, organization FROM mention INDEXED BY mention_doc"
                                " WHERE doc BETWEEN ?1 AND ?2 ORDER BY doc, organization",
                                docs);
    bool more = bl_sql_row(e, s);
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++) {
        out->first[i] = count;
        while (more && sqlite3_column_int64(s, 0) < docs->list[i])
            more = bl_sql_row(e, s);
        for (; more && sqlite3_column_int64(s, 0) == docs->list[i]; more = bl_sql_row(e, s))
            put_key(e, out, &capacity, &count, key_of(e, out, NULL, sqlite3_column_int64(s, 1)));
        if (out->first[i] == count)
            put_key(e, out, &capacity, &count, 0);
    }
    out->first[docs->count] = count;
    sqlite3_finalize(s);
}

static void set_name(bl_error *e, bl_facet *f, uint32_t key, const char *name)
{
    if (!f->names[key] && name && !(f->names[key] = strdup(name)))
        bl_fail_nomem(e);
}

/* Many are passed by sooner than looked up. */
static void read_all_names(bl_error *e, bl_database *db, bl_facet *f, const bool *wanted)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT id, name FROM organization");
    while (bl_sql_row(e, s)) {
        uint32_t key = *slot(f, NULL, sqlite3_column_int64(s, 0));
        if (key && wanted[key])
            set_name(e, f, key, (const char *)sqlite3_column_text(s, 1));
    }
    sqlite3_finalize(s);
}

void bl_facet_name(bl_error *e, bl_database *db, bl_facet *f, const bool *wanted)
{
    enum { MOST_LOOKED_UP = 4096 };
    size_t count = 0;
    for (size_t i = 1; f->ids && i < f->name_count; i++)
        count += wanted[i];
    if (count > MOST_LOOKED_UP) {
        read_all_names(e, db, f, wanted);
        return;
    }
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT name FROM organization WHERE id = ?1");
    for (size_t i = 1; count > 0 && i < f->name_count && !bl_failed(e); i++) {
        if (!wanted[i])
            continue;
        bl_sql_int(e, s, 1, f->ids[i]);
        if (bl_sql_row(e, s))
            set_name(e, f, (uint32_t)i, (const char *)sqlite3_column_text(s, 0));
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
}

/* ---- the whole ---- */

#define HEAD(column)                                                                                         \
    "SELECT doc, " column " FROM bulletin INDEXED BY bulletin_head WHERE doc BETWEEN ?1 AND ?2 ORDER BY doc"

void bl_facet_read(bl_error *e, bl_database *db, bulletin_by by, const bl_doc_list *docs, bl_facet *out)
{
    *out = (bl_facet){ .by_date = by <= BULLETIN_BY_DAY };
    out->first = calloc(docs->count + 1, sizeof *out->first);
    out->keys = calloc(docs->count + 1, sizeof *out->keys);
    bool ids = by != BULLETIN_BY_ORGANIZATION || bl_grow(&out->ids, &out->id_capacity, 1, sizeof *out->ids);
    if (!out->first || !out->keys || !ids)
        bl_fail_nomem(e);
    if (!bl_failed(e))
        add_key(e, out, NULL, 0);
    if (bl_failed(e))
        return;
    out->first[docs->count] = docs->count;
    if (out->by_date)
        read_dates(e, db, by, docs, out);
    else if (by == BULLETIN_BY_SOURCE)
        read_column(e, db, HEAD("source"), docs, out);
    else if (by == BULLETIN_BY_LANG)
        read_column(e, db, HEAD("lang"), docs, out);
    else
        read_organizations(e, db, docs, out);
}

void bl_facet_free(bl_facet *facet)
{
    for (size_t i = 0; i < facet->name_count; i++)
        free(facet->names[i]);
    free(facet->names);
    free(facet->ids);
    free(facet->slots);
    free(facet->first);
    free(facet->keys);
    *facet = (bl_facet){ 0 };
}
