/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The best documents to the fields and passages that are shown; each is read only when it is asked for. */
#include "hits.h"

#include <string.h>

#include "index/statement.h"
#include "match.h"
#include "skip.h"

enum { DEFAULT_COLUMNS = 160, MOST_COLUMNS = 1 << 20 };

/* Columns come in the order of the fields. */
enum { COLUMN_ID = 11 };
_Static_assert(BULLETIN_FURNITURE + 1 == COLUMN_ID, "columns follow the fields");

static void leave_row(bl_hits *h)
{
    if (h->row)
        sqlite3_reset(h->row);
    h->has_reposts = false;
    h->on_row = h->has_snippet = h->has_title_marks = h->has_body_marks = h->has_organizations = false;
}

bool bl_hits_next(bl_error *e, bl_hits *h)
{
    leave_row(h);
    if (!h->row)
        h->row = bl_statement_take(e, h->db, BL_SQL_HIT);
    /* A bulletin that was removed since the search is passed over. */
    while (!h->on_row && h->at < h->result.top.count && !bl_failed(e)) {
        bl_sql_int(e, h->row, 1, h->result.top.list[h->at++].doc);
        h->on_row = bl_sql_row(e, h->row);
    }
    return h->on_row;
}

const bl_hit *bl_hits_hit(const bl_hits *h)
{
    return h->on_row ? &h->result.top.list[h->at - 1] : NULL;
}

int64_t bl_hits_id(const bl_hits *h)
{
    return h->on_row ? sqlite3_column_int64(h->row, COLUMN_ID) : 0;
}

/* The index knows before where in a body nothing stands. */
static size_t start_of(const bl_hits *h, bulletin_field column, const char *text, size_t size)
{
    const uint32_t first = column == BULLETIN_BODY ? bl_hits_hit(h)->first : 0;
    return first == BL_OCCURRENCE_NOWHERE ? size : first > 0 ? bl_skip(text, size, first) : 0;
}

/* Find in a column what matched; its text, never NULL. */
static const char *mark(bl_error *e, bl_hits *h, bulletin_field column, bl_highlight_extent extent,
                        bl_highlights *marks)
{
    const char *text = (const char *)sqlite3_column_text(h->row, (int)column);
    bl_fts *fts = &h->db->fts;
    text = text ? text : "";
    const size_t size = strlen(text), from = start_of(h, column, text, size);
    bl_highlight(e, fts->cutter, &fts->tokens, &h->result.plan, text, size, from, extent, marks);
    return text;
}

/* All that matches in a field, found when it is first asked for. */
static const bl_highlights *whole_marks(bl_error *e, bl_hits *h, bulletin_field field, bool *done,
                                        bl_highlights *marks)
{
    if (!*done) {
        mark(e, h, field, BL_HIGHLIGHT_ALL, marks);
        bl_highlights_merge(marks);
        *done = !bl_failed(e);
    }
    return *done ? marks : NULL;
}

/* What stands around the article is shown where only that matches. */
static const char *mark_shown(bl_error *e, bl_hits *h)
{
    const char *text = mark(e, h, BULLETIN_BODY, BL_HIGHLIGHT_BEST, &h->snippet_marks);
    if (!h->all_text || h->snippet_marks.count > 0)
        return text;
    const bl_highlights *title = whole_marks(e, h, BULLETIN_TITLE, &h->has_title_marks, &h->title_marks);
    if (title && title->count > 0)
        return text;
    const char *around = mark(e, h, BULLETIN_FURNITURE, BL_HIGHLIGHT_BEST, &h->snippet_marks);
    return h->snippet_marks.count > 0 ? around : text;
}

static void make_snippet(bl_error *e, bl_hits *h)
{
    const char *text = mark_shown(e, h);
    unsigned asked = h->snippet_columns < MOST_COLUMNS ? h->snippet_columns : MOST_COLUMNS;
    unsigned columns = asked > 0 ? asked : DEFAULT_COLUMNS;
    if (!bl_failed(e))
        bl_snippet(e, h->db->fts.cutter, &h->layout, text, strlen(text), columns, &h->snippet_marks,
                   &h->snippet);
    h->has_snippet = !bl_failed(e);
}

const char *bl_hits_text(bl_error *e, bl_hits *h, bulletin_field field)
{
    if (!h->on_row)
        return NULL;
    if (field != BULLETIN_SNIPPET)
        return (const char *)sqlite3_column_text(h->row, (int)field);
    if (h->no_snippet)
        return NULL;
    if (!h->has_snippet)
        make_snippet(e, h);
    return h->has_snippet ? h->snippet.data : NULL;
}

const bl_highlights *bl_hits_highlights(bl_error *e, bl_hits *h, bulletin_field field)
{
    if (!h->on_row)
        return NULL;
    if (field == BULLETIN_SNIPPET)
        return bl_hits_text(e, h, field) ? &h->snippet_marks : NULL;
    if (field == BULLETIN_TITLE)
        return whole_marks(e, h, field, &h->has_title_marks, &h->title_marks);
    return field == BULLETIN_BODY ? whole_marks(e, h, field, &h->has_body_marks, &h->body_marks) : NULL;
}

static void read_organizations(bl_error *e, bl_hits *h)
{
    bl_buffer_cut(&h->organizations, 0);
    if (!h->names)
        h->names = bl_statement_take(e, h->db, BL_SQL_NAMES);
    bl_sql_int(e, h->names, 1, bl_hits_hit(h)->doc);
    while (bl_sql_row(e, h->names)) {
        const char *name = (const char *)sqlite3_column_text(h->names, 0);
        bl_buffer_append(&h->organizations, name ? name : "", name ? strlen(name) + 1 : 1);
    }
    if (h->organizations.failed)
        bl_fail_nomem(e);
    h->has_organizations = !bl_failed(e);
}

const char *bl_hits_organization(bl_error *e, bl_hits *h, size_t i)
{
    if (!h->on_row)
        return NULL;
    if (!h->has_organizations)
        read_organizations(e, h);
    size_t at = 0;
    for (; h->has_organizations && at < h->organizations.size; i--) {
        if (i == 0)
            return h->organizations.data + at;
        at += strlen(h->organizations.data + at) + 1;
    }
    return NULL;
}

const bulletin_repost *bl_hits_repost(bl_error *e, bl_hits *h, size_t i)
{
    if (!h->has_reposts)
        bl_reposts_read(e, h->db, bl_hits_hit(h)->doc, &h->reposts);
    h->has_reposts = !bl_failed(e);
    return h->has_reposts && i < h->reposts.count ? &h->reposts.list[i] : NULL;
}

void bl_hits_stop(bl_hits *h)
{
    h->on_row = false;
    h->at = h->result.top.count;
    bl_statement_give(h->db, BL_SQL_HIT, h->row);
    bl_statement_give(h->db, BL_SQL_NAMES, h->names);
    h->row = h->names = NULL;
}

void bl_hits_free(bl_hits *h)
{
    bl_hits_stop(h);
    bl_buffer_free(&h->organizations);
    bl_result_free(&h->result);
    bl_reposts_free(&h->reposts);
    bl_buffer_free(&h->snippet);
    bl_highlights_free(&h->snippet_marks);
    bl_highlights_free(&h->title_marks);
    bl_highlights_free(&h->body_marks);
    bl_layout_free(&h->layout);
}
