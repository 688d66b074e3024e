/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Leaf pages to the documents of a term in one segment and its places in them. */
#include "list.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* ---- documents ---- */

static void end_list(bl_list *list)
{
    list->doc = BL_LIST_END;
    list->left = 0;
}

/* Where the list's part of the page ends: at the next term, if one starts there. */
static size_t part_end(const bl_list *list)
{
    return list->next_term ? list->next_term : list->page.end;
}

static void enter_page(bl_list *list)
{
    uint64_t ignored;
    list->next_term = list->page.first_term;
    list->starts = list->page.end;
    if (list->next_term)
        list->starts += bl_varint(list->page.bytes + list->starts, &ignored);
    list->at = 4;
}

/* To the next page of the segment; false when the list ends before. */
static bool turn_page(bl_error *e, bl_list *list)
{
    if (list->next_term || list->page.number >= list->segment.last ||
        !bl_leaf_load(e, list->index, &list->segment, list->page.number + 1, &list->page)) {
        end_list(list);
        return false;
    }
    enter_page(list);
    return true;
}

/* The first number on a page, if it is the list's own. */
static int64_t first_on(const bl_leaf_page *page)
{
    uint64_t doc;
    if (page->first_row == 0 || (page->first_term && page->first_row >= page->first_term))
        return BL_LIST_END;
    bl_varint(page->bytes + page->first_row, &doc);
    return (int64_t)doc;
}

static bool starts_before(bl_error *e, bl_list *list, int64_t number, int64_t doc)
{
    return bl_leaf_load(e, list->index, &list->segment, number, &list->ahead) &&
           first_on(&list->ahead) <= doc;
}

/* Skip the pages whose documents are all before the one that is looked for: by steps that double, then by
 * halves. */
static void skip_pages(bl_error *e, bl_list *list, int64_t doc)
{
    if (list->next_term)
        return;
    if (list->limit == 0)
        list->limit = bl_leaf_limit(e, list->index, &list->segment, list->term, list->term_size);
    int64_t low = list->page.number, high = list->limit, step = 1;
    while (low + step <= high && starts_before(e, list, low + step, doc)) {
        low += step;
        step *= 2;
    }
    if (low + step <= high)
        high = low + step - 1;
    while (low < high && !bl_failed(e)) {
        int64_t middle = low + (high - low + 1) / 2;
        if (starts_before(e, list, middle, doc))
            low = middle;
        else
            high = middle - 1;
    }
    if (low > list->page.number && bl_leaf_load(e, list->index, &list->segment, low, &list->page)) {
        enter_page(list);
        list->at = list->page.first_row;
        list->left = 0;
    }
}

/* Over the places that were not read. */
static bool pass_places(bl_error *e, bl_list *list)
{
    while (list->left > part_end(list) - list->at) {
        list->left -= part_end(list) - list->at;
        if (!turn_page(e, list))
            return false;
    }
    list->at += list->left;
    list->left = 0;
    while (list->at >= part_end(list))
        if (!turn_page(e, list))
            return false;
    return true;
}

static void read_entry(bl_error *e, bl_list *list)
{
    uint64_t number, size;
    bool whole = list->fresh || list->at == list->page.first_row;
    const uint8_t *bytes = list->page.bytes;
    list->at += bl_varint(bytes + list->at, &number);
    list->at += bl_varint(bytes + list->at, &size);
    if (list->at > part_end(list) || (!whole && number == 0)) {
        bl_leaf_fail(e);
        end_list(list);
        return;
    }
    list->doc = whole ? (int64_t)number : list->doc + (int64_t)number;
    list->size = list->left = (size_t)(size >> 1);
    list->fresh = list->is_joined = false;
}

static void next_entry(bl_error *e, bl_list *list)
{
    if (list->doc != BL_LIST_END && pass_places(e, list))
        read_entry(e, list);
}

/* As many steps on the page as are told there, in variables of their own: most of a search is spent here. */
static void step_on(bl_list *list, int64_t doc)
{
    const uint8_t *bytes = list->page.bytes;
    const size_t end = part_end(list), first_row = list->page.first_row;
    size_t at = list->at + list->left, start = list->at, size = list->size;
    int64_t here = list->doc;
    uint64_t number, places;
    while (here < doc && at < end && at > first_row) {
        size_t next = at + bl_varint(bytes + at, &number);
        next += bl_varint(bytes + next, &places);
        if (next > end || number == 0)
            break;
        here += (int64_t)number;
        start = next;
        size = (size_t)(places >> 1);
        at = start + size;
    }
    if (here == list->doc)
        return;
    list->doc = here;
    list->at = start;
    list->size = list->left = size;
    list->is_joined = false;
}

/* In variables of its own, as above. */
size_t bl_list_run(bl_list *list, int64_t before, bl_sighting *out, size_t room)
{
    const uint8_t *bytes = list->page.bytes;
    const size_t end = part_end(list), first_row = list->page.first_row;
    size_t at = list->at + list->left, count = 0;
    int64_t doc = list->doc;
    uint64_t number, size;
    while (!list->fresh && count < room && at < end && at > first_row) {
        size_t next = at + bl_varint(bytes + at, &number);
        next += bl_varint(bytes + next, &size);
        size_t places = (size_t)(size >> 1);
        if (next > end || number == 0 || places == 0 || places > end - next ||
            doc + (int64_t)number >= before)
            break;
        doc += (int64_t)number;
        out[count++] = (bl_sighting){ doc, bytes + next, places };
        at = next + places;
    }
    if (count > 0) {
        list->doc = doc;
        list->size = list->left = out[count - 1].size;
        list->at = at - list->left;
        list->is_joined = false;
    }
    return count;
}

void bl_list_seek(bl_error *e, bl_list *list, int64_t doc)
{
    int64_t page = list->page.number;
    while (list->doc < doc && !bl_failed(e)) {
        if (!list->fresh)
            step_on(list, doc);
        if (list->doc >= doc)
            return;
        next_entry(e, list);
        if (list->page.number != page && list->doc < doc) {
            skip_pages(e, list, doc);
            page = list->page.number;
        }
    }
}

/* Places that go on over pages are put together. */
static bool join_places(bl_error *e, bl_list *list)
{
    size_t done = 0;
    if (!bl_grow(&list->joined, &list->joined_capacity, list->size + BL_LEAF_MARGIN, 1)) {
        bl_fail_nomem(e);
        return false;
    }
    while (done < list->size) {
        size_t here = part_end(list) - list->at;
        if (here > list->size - done)
            here = list->size - done;
        memcpy(list->joined + done, list->page.bytes + list->at, here);
        done += here;
        list->at += here;
        list->left -= here;
        int64_t doc = list->doc;
        if (done < list->size && !turn_page(e, list)) {
            bl_leaf_fail(e);
            return false;
        }
        list->doc = doc;
    }
    memset(list->joined + done, 0, BL_LEAF_MARGIN);
    return true;
}

const uint8_t *bl_list_places(bl_error *e, bl_list *list)
{
    if (!list->is_joined && list->left <= part_end(list) - list->at)
        return list->page.bytes + list->at;
    if (!list->is_joined)
        list->is_joined = join_places(e, list);
    return list->is_joined ? list->joined : NULL;
}

/* ---- terms ---- */

static bool set_term(bl_error *e, bl_list *list, size_t keep, const uint8_t *bytes, size_t size)
{
    if (!bl_grow(&list->term, &list->term_capacity, keep + size + 1, 1)) {
        bl_fail_nomem(e);
        return false;
    }
    memcpy(list->term + keep, bytes, size);
    list->term_size = keep + size;
    return true;
}

/* The next term of the page; only its end is written when it begins like the one before. */
static bool take_term(bl_error *e, bl_list *list)
{
    const uint8_t *bytes = list->page.bytes;
    uint64_t keep = 0, more, step;
    bool first = list->next_term == list->page.first_term;
    list->at = list->next_term;
    if (!first)
        list->at += bl_varint(bytes + list->at, &keep);
    list->at += bl_varint(bytes + list->at, &more);
    if (keep > list->term_size || more > list->page.end - list->at) {
        bl_leaf_fail(e);
        return false;
    }
    if (!set_term(e, list, (size_t)keep, bytes + list->at, (size_t)more))
        return false;
    list->at += (size_t)more;
    if (list->starts < list->page.size) {
        list->starts += bl_varint(bytes + list->starts, &step);
        list->next_term += (size_t)step;
        if (list->next_term > list->page.end) {
            bl_leaf_fail(e);
            return false;
        }
    } else {
        list->next_term = 0;
    }
    list->doc = INT64_MIN;
    list->left = 0;
    list->limit = 0;
    list->fresh = true;
    return true;
}

int bl_list_compare(const bl_list *list, const uint8_t *term, size_t size)
{
    int order = memcmp(list->term, term, list->term_size < size ? list->term_size : size);
    return order ? order : (list->term_size > size) - (list->term_size < size);
}

/* To the first term >= the given one; false when the segment has none. */
bool bl_list_find(bl_error *e, bl_list *list, const uint8_t *term, size_t size)
{
    int64_t page = bl_leaf_find(e, list->index, &list->segment, term, size);
    if (!bl_leaf_load(e, list->index, &list->segment, page, &list->page))
        return false;
    enter_page(list);
    list->term_size = 0;
    for (;;) {
        while (list->next_term)
            if (!take_term(e, list) || bl_list_compare(list, term, size) >= 0)
                return !bl_failed(e);
        if (!turn_page(e, list))
            return false;
    }
}

/* After the last document of a term, to the next term of the segment. */
bool bl_list_next_term(bl_error *e, bl_list *list)
{
    while (!list->next_term)
        if (!turn_page(e, list))
            return false;
    return take_term(e, list);
}

int64_t bl_list_bytes(bl_error *e, bl_list *list)
{
    int64_t here = (int64_t)(part_end(list) - list->at);
    if (list->next_term)
        return here;
    list->limit = bl_leaf_limit(e, list->index, &list->segment, list->term, list->term_size);
    return here + (list->limit - list->page.number) * (int64_t)list->page.size;
}

void bl_list_free(bl_list *list)
{
    free(list->page.bytes);
    free(list->ahead.bytes);
    free(list->joined);
    free(list->term);
}
