/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A table of terms to rows of the archive, and back. */
#include "concepts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sql.h"
#include "store.h"
#include "text/concept.h"

#define COLUMN_NAMES "concept, term, lang, relation, direction, quality, context, not_after, not_before, note"

int64_t bl_concepts_version(bl_error *e, bl_database *db)
{
    char *value = bl_database_meta(e, db, "thesaurus");
    int64_t version = value ? strtoll(value, NULL, 10) : 0;
    free(value);
    return version;
}

/* The end of a transaction that changed terms. */
static void raise(bl_error *e, bl_database *db)
{
    char version[24];
    bl_totals totals;
    snprintf(version, sizeof version, "%" PRId64, bl_concepts_version(e, db) + 1);
    bl_database_set_meta(e, db, "thesaurus", version);
    bl_database_totals(e, db, &totals);
    bl_store_raise_revision(e, db, &totals);
}

/* ---- adding ---- */

typedef struct adding {
    bl_database *db;
    sqlite3_stmt *insert;
    bulletin_line_callback problem;
    void *context;
    size_t number; /* of the line */
    size_t added;
    bool refused;
} adding;

static void put_row(bl_error *e, adding *a, char *const fields[BL_CONCEPT_COLUMNS], const bl_concept *read)
{
    const char *values[BL_CONCEPT_COLUMNS];
    for (int i = 0; i < BL_CONCEPT_COLUMNS; i++)
        values[i] = fields[i];
    values[BL_CONCEPT_RELATION] = bl_relation_name(read->relation);
    values[BL_CONCEPT_DIRECTION] = bl_direction_name(read->direction);
    values[BL_CONCEPT_QUALITY] = bl_quality_name(read->quality);
    for (int i = 0; i < BL_CONCEPT_COLUMNS; i++)
        bl_sql_text(e, a->insert, i + 1, values[i]);
    bl_sql_done(e, a->insert);
    a->added += !bl_failed(e);
}

static void read_line(bl_error *e, adding *a, char *line, size_t size)
{
    char *fields[BL_CONCEPT_COLUMNS];
    bl_concept read;
    a->number++;
    if (size > 0 && line[size - 1] == '\r')
        line[--size] = '\0';
    if (size == 0 || *line == '#')
        return;
    const char *reason = strlen(line) != size         ? "the line holds a NUL"
                         : !bl_utf8_valid(line, size) ? "the line is not UTF-8"
                                                      : NULL;
    size_t count = bl_concept_split(line, fields, BL_CONCEPT_COLUMNS);
    if (a->number == 1 && strcmp(fields[0], "concept") == 0 && strcmp(fields[1], "term") == 0)
        return;
    if (!reason)
        reason = count <= BL_CONCEPT_TERM ? "the line has too few columns"
                                          : bl_concept_read((const char *const *)fields, &read);
    if (!reason) {
        put_row(e, a, fields, &read);
        return;
    }
    a->refused = true;
    if (a->problem)
        a->problem(a->context, a->number, reason);
}

void bl_concepts_add(bl_error *e, bl_database *db, const char *table, size_t size,
                     bulletin_line_callback problem, void *context, size_t *added)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* of byte order, as spreadsheets write it */
    adding a = { .db = db, .problem = problem, .context = context };
    bl_buffer text = { 0 };
    size_t start = size >= 3 && memcmp(table, mark, 3) == 0 ? 3 : 0;
    bl_buffer_append(&text, table + start, size - start);
    if (text.failed)
        bl_fail_nomem(e);
    bl_database_begin(e, db);
    a.insert = bl_sql_prepare(e, db->sql,
                              "INSERT OR REPLACE INTO thesaurus(" COLUMN_NAMES
                              ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    for (size_t at = 0; at < text.size && !bl_failed(e);) {
        char *line = text.data + at, *end = memchr(line, '\n', text.size - at);
        size_t length = end ? (size_t)(end - line) : text.size - at;
        line[length] = '\0';
        read_line(e, &a, line, length);
        at += length + 1;
    }
    sqlite3_finalize(a.insert);
    if (a.added > 0)
        raise(e, db);
    bl_database_end(e, db);
    bl_buffer_free(&text);
    *added = bl_failed(e) ? 0 : a.added;
    if (a.refused && !bl_failed(e))
        e->status = BULLETIN_PARTIAL;
}

/* ---- removing, printing ---- */

void bl_concepts_remove(bl_error *e, bl_database *db, const char *concept, const char *term, size_t *removed)
{
    *removed = 0;
    bl_database_begin(e, db);
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql,
                                     "DELETE FROM thesaurus WHERE (?1 IS NULL OR concept = ?1)"
                                     " AND (?2 IS NULL OR term = ?2)");
    bl_sql_text(e, s, 1, concept);
    bl_sql_text(e, s, 2, term);
    bl_sql_done(e, s);
    sqlite3_finalize(s);
    int changed = bl_failed(e) ? 0 : sqlite3_changes(db->sql);
    if (changed > 0)
        raise(e, db);
    bl_database_end(e, db);
    if (!bl_failed(e))
        *removed = (size_t)changed;
}

void bl_concepts_print(bl_error *e, bl_database *db, bl_buffer *out)
{
    sqlite3_stmt *s =
        bl_sql_prepare(e, db->sql, "SELECT " COLUMN_NAMES " FROM thesaurus ORDER BY concept, term");
    for (int i = 0; s && i < BL_CONCEPT_COLUMNS; i++)
        bl_buffer_printf(out, "%s%s", i ? "\t" : "", sqlite3_column_name(s, i));
    bl_buffer_putc(out, '\n');
    while (bl_sql_row(e, s)) {
        for (int i = 0; i < BL_CONCEPT_COLUMNS; i++) {
            const char *text = (const char *)sqlite3_column_text(s, i);
            bl_buffer_printf(out, "%s%s", i ? "\t" : "", text ? text : "");
        }
        bl_buffer_putc(out, '\n');
    }
    sqlite3_finalize(s);
    if (out->failed)
        bl_fail_nomem(e);
}
