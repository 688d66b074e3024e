/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LIST_H
#define BL_LIST_H

#include "index/leaf.h"

/* After the last document. */
#define BL_LIST_END INT64_MAX

/* The documents of a term in one segment. */
typedef struct bl_list {
    bl_index *index;
    bl_segment segment;
    bl_leaf_page page, ahead;
    uint8_t *term; /* with FTS5's mark before it */
    size_t term_size, term_capacity;
    size_t starts, next_term; /* into the page's list of terms; where the next one starts, 0 = none here */
    size_t at, left;          /* next byte; of the places, how many are not read */
    bool fresh;               /* the next number is the first of the list */
    int64_t limit;            /* the list goes no further than this page; 0 = not looked up */
    int64_t doc;              /* INT64_MIN before the first */
    size_t size;              /* of its places; 0 = the document was taken out */
    uint8_t *joined;
    size_t joined_capacity;
    bool is_joined; /* the places are in `joined` */
} bl_list;

/* To the first term >= the given one, before its first document; false when the segment has none. */
bool bl_list_find(bl_error *e, bl_list *list, const uint8_t *term, size_t size);
/* After the last document of a term, to the next one; false after the last. */
bool bl_list_next_term(bl_error *e, bl_list *list);
int bl_list_compare(const bl_list *list, const uint8_t *term, size_t size);
/* About how long a list is, before its first document. */
int64_t bl_list_bytes(bl_error *e, bl_list *list);

/* To the first document >= doc that is not behind already. */
void bl_list_seek(bl_error *e, bl_list *list, int64_t doc);
/* To the next document, where that is told on the same page as the last; else false, and nothing is done.
 * Most steps are such. */
static inline bool bl_list_step(bl_list *list)
{
    const bl_leaf_page *page = &list->page;
    size_t at = list->at + list->left, end = list->next_term ? list->next_term : page->end;
    uint64_t number, size;
    if (list->fresh || list->doc == BL_LIST_END || at >= end || at <= page->first_row)
        return false;
    at += bl_varint(page->bytes + at, &number);
    at += bl_varint(page->bytes + at, &size);
    if (at > end || number == 0)
        return false;
    list->doc += (int64_t)number;
    list->at = at;
    list->size = list->left = (size_t)(size >> 1);
    list->is_joined = false;
    return true;
}

/* A document of a list and its places, not yet read. */
typedef struct bl_sighting {
    int64_t doc;
    const uint8_t *places;
    size_t size;
} bl_sighting;

/* The documents that follow on the same page with all their places, up to `before`, which was not taken out;
 * the list is then at the last of them. Their places stay until the list leaves the page. */
size_t bl_list_run(bl_list *list, int64_t before, bl_sighting *out, size_t room);

/* Where the term stands in the document, `size` bytes; until the next step. NULL on failure. */
const uint8_t *bl_list_places(bl_error *e, bl_list *list);
void bl_list_free(bl_list *list);

#endif
