/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lists of a term in each segment to its documents, and terms that begin alike one after another. */
#include "posting.h"

#include <stdlib.h>
#include <string.h>

/* FTS5 puts this before the terms of its main index. */
enum { MAIN_INDEX = '0' };

static void free_lists(bl_list *lists, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bl_list_free(&lists[i]);
    free(lists);
}

/* A list a segment; new. */
static bl_list *make_lists(bl_error *e, bl_index *index)
{
    bl_list *lists = bl_failed(e) ? NULL : calloc(index->count + 1, sizeof *lists);
    if (!lists)
        bl_fail_nomem(e);
    for (size_t i = 0; lists && i < index->count; i++)
        lists[i] = (bl_list){ .index = index, .segment = index->segments[i], .doc = BL_LIST_END };
    return lists;
}

/* A term as FTS5 writes it; new. */
static uint8_t *mark_term(bl_error *e, const char *term, size_t size)
{
    uint8_t *marked = bl_failed(e) ? NULL : malloc(size + 1);
    if (!marked) {
        bl_fail_nomem(e);
        return NULL;
    }
    marked[0] = MAIN_INDEX;
    memcpy(marked + 1, term, size);
    return marked;
}

/* ---- a posting ---- */

/* To the lowest document of the lists; the newest of those that have it is right. False when that one says
 * that it was taken out. */
static bool settle(bl_posting *p)
{
    p->doc = p->bound = BL_LIST_END;
    p->current = NULL;
    for (size_t i = 0; i < p->count; i++) {
        bl_list *list = p->lists[i];
        if (list->doc < p->doc) {
            p->bound = p->doc;
            p->current = list;
            p->doc = list->doc;
        } else if (list->doc < p->bound) {
            p->bound = list->doc;
        }
    }
    return !p->current || p->current->size > 0;
}

/* Most terms stand in one segment, where nothing has to be compared. */
static void seek_one(bl_error *e, bl_posting *p, int64_t doc)
{
    bl_list *list = p->lists[0];
    bl_list_seek(e, list, doc);
    while (list->doc != BL_LIST_END && list->size == 0 && !bl_failed(e))
        bl_list_seek(e, list, list->doc + 1);
    p->doc = list->doc;
    p->bound = BL_LIST_END;
    p->current = list->doc == BL_LIST_END ? NULL : list;
}

void bl_posting_seek(bl_error *e, bl_posting *p, int64_t doc)
{
    if (p->count == 1 && p->doc < doc)
        seek_one(e, p, doc);
    for (; p->doc < doc && !bl_failed(e); doc = p->doc + 1) {
        for (size_t i = 0; i < p->count; i++)
            bl_list_seek(e, p->lists[i], doc);
        if (settle(p))
            break;
    }
    if (bl_failed(e))
        p->doc = BL_LIST_END;
}

const uint8_t *bl_posting_places(bl_error *e, bl_posting *p, size_t *size)
{
    const uint8_t *places = p->current ? bl_list_places(e, p->current) : NULL;
    *size = places ? p->current->size : 0;
    return places;
}

size_t bl_posting_run(bl_error *e, bl_posting *p, int64_t last, bl_sighting *out, size_t room)
{
    if (p->doc > last || p->doc == BL_LIST_END || room == 0)
        return 0;
    out[0].doc = p->doc;
    out[0].places = bl_posting_places(e, p, &out[0].size);
    if (bl_failed(e) || p->current->is_joined)
        return !bl_failed(e);
    size_t count = 1 + bl_list_run(p->current, last < p->bound ? last + 1 : p->bound, out + 1, room - 1);
    p->doc = p->current->doc;
    return count;
}

void bl_posting_open(bl_error *e, bl_index *index, const char *term, size_t size, bl_posting *out)
{
    *out = (bl_posting){ .doc = BL_LIST_END, .store = make_lists(e, index), .stored = index->count };
    uint8_t *wanted = mark_term(e, term, size);
    out->lists = bl_failed(e) ? NULL : calloc(index->count + 1, sizeof(bl_list *));
    if (!out->lists)
        bl_fail_nomem(e);
    for (size_t i = 0; i < index->count && !bl_failed(e); i++) {
        bl_list *list = &out->store[i];
        if (!bl_list_find(e, list, wanted, size + 1) || bl_list_compare(list, wanted, size + 1) != 0)
            continue;
        out->bytes += bl_list_bytes(e, list);
        out->lists[out->count++] = list;
        out->doc = INT64_MIN;
    }
    free(wanted);
}

void bl_posting_close(bl_posting *posting)
{
    if (posting->store)
        free_lists(posting->store, posting->stored);
    free(posting->lists);
    *posting = (bl_posting){ .doc = BL_LIST_END };
}

/* ---- a vocabulary ---- */

/* The segment has no more such terms. */
static void leave_out(bl_list *list)
{
    list->term_size = 0;
}

static bool is_in(const bl_vocabulary *v, const bl_list *list)
{
    return list->term_size >= v->prefix_size && memcmp(list->term, v->prefix, v->prefix_size) == 0;
}

void bl_vocabulary_open(bl_error *e, bl_index *index, const char *prefix, size_t size, bl_vocabulary *out)
{
    *out = (bl_vocabulary){ .lists = make_lists(e, index),
                            .count = index->count,
                            .prefix = mark_term(e, prefix, size),
                            .prefix_size = size + 1 };
    out->posting.lists = bl_failed(e) ? NULL : calloc(index->count + 1, sizeof(bl_list *));
    if (!out->posting.lists)
        bl_fail_nomem(e);
    for (size_t i = 0; i < index->count && !bl_failed(e); i++)
        if (!bl_list_find(e, &out->lists[i], out->prefix, out->prefix_size))
            leave_out(&out->lists[i]);
}

bool bl_vocabulary_next(bl_error *e, bl_vocabulary *v)
{
    bl_posting *p = &v->posting;
    for (size_t i = 0; i < p->count && !bl_failed(e); i++)
        if (!bl_list_next_term(e, p->lists[i]))
            leave_out(p->lists[i]);
    p->count = 0;
    for (size_t i = 0; i < v->count && !bl_failed(e); i++) {
        bl_list *list = &v->lists[i];
        int order = !is_in(v, list) ? 1
                    : p->count == 0 ? -1
                                    : bl_list_compare(list, p->lists[0]->term, p->lists[0]->term_size);
        if (order < 0)
            p->count = 0;
        if (order <= 0)
            p->lists[p->count++] = list;
    }
    p->doc = INT64_MIN;
    return p->count > 0 && !bl_failed(e);
}

void bl_vocabulary_close(bl_vocabulary *v)
{
    if (v->lists)
        free_lists(v->lists, v->count);
    free(v->prefix);
    free(v->posting.lists);
    *v = (bl_vocabulary){ 0 };
}
