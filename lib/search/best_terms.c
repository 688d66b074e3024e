/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The index to its commonest terms. */
#include "best_terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "index/posting.h"
#include "index/sql.h"
#include "text/fold.h"

/* A term is common that stands in this share of the bulletins: then there are no more than a few thousand
 * such terms, however many bulletins there are. */
enum { SHARE = 32 };
/* So many bytes of lists for every bulletin make a character's walk longer than the start of a program: there
 * are some 200 such characters. */
enum { BEGINNING_BYTES = 3, PAGE_BYTES = 4050 };

static void add(bl_buffer *out, const char *term, size_t size)
{
    bl_buffer_append(out, term, size);
    bl_buffer_putc(out, '\0');
}

/* Whether a term is a character of a script that is cut by pairs. */
static bool is_beginning(bl_error *e, const char *term)
{
    bl_folded folded = { 0 };
    bl_fold(e, term, strlen(term), &folded);
    const bool is = !bl_failed(e) && folded.count == 1 && folded.glyphs[0].kind == BL_CLASS_CJK;
    bl_folded_free(&folded);
    return is;
}

/* The term that begins last on a page; its list goes on over the next ones. */
static void add_last_term(bl_error *e, bl_index *index, const bl_segment *segment, const void *term,
                          size_t size, bl_buffer *out)
{
    bl_list list = { .index = index, .segment = *segment };
    if (bl_list_find(e, &list, term, size)) {
        while (list.next_term && bl_list_next_term(e, &list)) {
        }
        add(out, (const char *)list.term + 1, list.term_size - 1); /* without FTS5's mark */
    }
    bl_list_free(&list);
}

/* The characters that begin terms, in how many pages. */
typedef struct beginning {
    char text[5];
    int64_t pages;
} beginning;

typedef struct beginnings {
    beginning *list;
    size_t count, capacity;
} beginnings;

static void add_pages(bl_error *e, beginnings *all, const char *term, size_t size, int64_t pages)
{
    beginning *last = all->count > 0 ? &all->list[all->count - 1] : NULL;
    size_t first = 0;
    if (size == 0)
        return;
    bl_utf8_step(term, size, &first);
    if (last && strlen(last->text) == first && memcmp(last->text, term, first) == 0) {
        last->pages += pages;
    } else if (bl_grow(&all->list, &all->capacity, all->count + 1, sizeof *last)) {
        last = &all->list[all->count++];
        *last = (beginning){ .pages = pages };
        memcpy(last->text, term, first);
    } else {
        bl_fail_nomem(e);
    }
}

/* Pages on which no term begins are not in FTS5's table of pages: where some are left out, the list of the
 * term before goes over them. A document takes three bytes of a list or more. */
static void read_pages(bl_error *e, bl_index *index, const bl_segment *segment, int64_t least, bl_buffer *out,
                       beginnings *all)
{
    enum { ENTRY_BYTES = 3 };
    const int64_t many = least * ENTRY_BYTES / (PAGE_BYTES * (int64_t)index->count);
    sqlite3_stmt *s = bl_sql_prepare(e, index->db->sql,
                                     "SELECT term, lead(pgno >> 1, 1, ?2) OVER (ORDER BY pgno) - (pgno >> 1)"
                                     " FROM bulletin_fts_idx WHERE segid = ?1 ORDER BY pgno");
    bl_sql_int(e, s, 1, segment->id);
    bl_sql_int(e, s, 2, segment->last + 1);
    while (bl_sql_row(e, s)) {
        const char *term = sqlite3_column_blob(s, 0); /* NULL for the empty one of a first page */
        const size_t size = (size_t)sqlite3_column_bytes(s, 0), before = out->size;
        const int64_t pages = sqlite3_column_int64(s, 1);
        if (term)
            add_pages(e, all, term + 1, size - 1, 1);
        if (pages > 1)
            add_last_term(e, index, segment, term ? term : "", size, out);
        if (out->size > before)
            add_pages(e, all, out->data + before, out->size - 1 - before, pages - 1);
        if (pages <= many)
            bl_buffer_cut(out, before);
    }
    sqlite3_finalize(s);
}

static int64_t count_documents(bl_error *e, bl_index *index, const char *term)
{
    enum { RUN = 128 };
    bl_sighting run[RUN];
    bl_posting p;
    int64_t count = 0;
    bl_posting_open(e, index, term, strlen(term), &p);
    for (bl_posting_seek(e, &p, 0); p.doc != BL_LIST_END && !bl_failed(e); bl_posting_seek(e, &p, p.doc + 1))
        count += (int64_t)bl_posting_run(e, &p, BL_LIST_END - 1, run, RUN);
    bl_posting_close(&p);
    return count;
}

static int compare_terms(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those of `terms`, each once, that stand in as many documents. */
static void choose(bl_error *e, bl_index *index, const bl_buffer *terms, int64_t least, bl_buffer *out)
{
    size_t all = 0;
    for (size_t at = 0; at < terms->size; at += strlen(terms->data + at) + 1)
        all++;
    const char **list = calloc(all + 1, sizeof *list);
    if (!list)
        bl_fail_nomem(e);
    all = 0;
    for (size_t at = 0; list && at < terms->size; at += strlen(terms->data + at) + 1)
        list[all++] = terms->data + at;
    if (all > 1)
        qsort(list, all, sizeof *list, compare_terms);
    for (size_t i = 0; i < all && !bl_failed(e); i++)
        if ((i == 0 || strcmp(list[i], list[i - 1]) != 0) && !is_beginning(e, list[i]) &&
            count_documents(e, index, list[i]) >= least)
            add(out, list[i], strlen(list[i]));
    free(list);
}

static int compare_beginnings(const void *a, const void *b)
{
    return strcmp(((const beginning *)a)->text, ((const beginning *)b)->text);
}

/* A character is looked for as the beginning of pairs: how long the lists of all of them are says how long
 * that takes. */
static void choose_beginnings(bl_error *e, const beginnings *all, int64_t least, bl_buffer *out)
{
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, compare_beginnings);
    for (size_t i = 0, next; i < all->count && !bl_failed(e); i = next) {
        int64_t pages = 0;
        for (next = i; next < all->count && strcmp(all->list[next].text, all->list[i].text) == 0; next++)
            pages += all->list[next].pages;
        if (pages >= least && is_beginning(e, all->list[i].text))
            add(out, all->list[i].text, strlen(all->list[i].text));
    }
}

void bl_best_terms(bl_error *e, bl_database *db, int64_t bulletins, bl_buffer *out)
{
    const int64_t share = bulletins / SHARE, least = share > BL_BEST_BULLETINS ? share : BL_BEST_BULLETINS;
    bl_buffer terms = { 0 };
    beginnings all = { 0 };
    bl_index index;
    const bool known = bl_index_open(e, db, &index);
    for (size_t i = 0; known && i < index.count && !bl_failed(e); i++)
        read_pages(e, &index, &index.segments[i], least, &terms, &all);
    if (!bl_failed(e))
        choose(e, &index, &terms, least, out);
    bl_index_close(&index);
    if (bulletins >= BL_BEST_BULLETINS)
        choose_beginnings(e, &all, bulletins * BEGINNING_BYTES / PAGE_BYTES, out);
    free(all.list);
    if (terms.failed || out->failed)
        bl_fail_nomem(e);
    bl_buffer_free(&terms);
}
