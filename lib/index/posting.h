/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_POSTING_H
#define BL_POSTING_H

#include "index/list.h"

/* The documents of a term over all segments. */
typedef struct bl_posting {
    int64_t doc;      /* INT64_MIN before the first, BL_LIST_END after the last */
    int64_t bound;    /* the next document of another list than the current one, or one before it */
    bl_list *current; /* which has the places */
    bl_list **lists;  /* newest first */
    size_t count;
    bl_list *store; /* they are its own; NULL = a vocabulary's */
    size_t stored;
    int64_t bytes; /* about how long it is */
} bl_posting;

/* Before the first document of a term (its bytes, without FTS5's prefix). Close in any case. */
void bl_posting_open(bl_error *e, bl_index *index, const char *term, size_t size, bl_posting *out);
/* To the first document >= doc that is not behind already. */
void bl_posting_seek(bl_error *e, bl_posting *posting, int64_t doc);
/* To the next document. */
static inline void bl_posting_next(bl_error *e, bl_posting *p)
{
    if (p->current && bl_list_step(p->current) && p->current->doc < p->bound && p->current->size > 0)
        p->doc = p->current->doc;
    else
        bl_posting_seek(e, p, p->doc + 1);
}
/* As bl_posting_seek(): where lists are dense the document is mostly the next of the only one. */
static inline void bl_posting_reach(bl_error *e, bl_posting *p, int64_t doc)
{
    if (p->doc < doc && p->count == 1 && p->current && bl_list_step(p->current) && p->current->size > 0)
        p->doc = p->current->doc;
    if (p->doc < doc)
        bl_posting_seek(e, p, doc);
}
/* The document and those that follow, up to `last`, as long as nothing has to be read for them; the posting
 * is then at the last of them. Until the next step. */
size_t bl_posting_run(bl_error *e, bl_posting *posting, int64_t last, bl_sighting *out, size_t room);

/* Where the term stands in the document, as FTS5 writes it; until the next step. Empty on failure. */
const uint8_t *bl_posting_places(bl_error *e, bl_posting *posting, size_t *size);
void bl_posting_close(bl_posting *posting);

/* All terms that begin alike, one after another. */
typedef struct bl_vocabulary {
    bl_list *lists; /* one a segment, each at a term of its own */
    size_t count;
    uint8_t *prefix;
    size_t prefix_size;
    bl_posting posting; /* of the term */
} bl_vocabulary;

void bl_vocabulary_open(bl_error *e, bl_index *index, const char *prefix, size_t size, bl_vocabulary *out);
/* To the next term, before its first document; false after the last. */
bool bl_vocabulary_next(bl_error *e, bl_vocabulary *vocabulary);
void bl_vocabulary_close(bl_vocabulary *vocabulary);

/* What its first bytes say of a document that the term stands in. FTS5 writes what stands in the first column
 * before any mark of a column, and a byte or more for each place. */
typedef struct bl_glance {
    bool in_body;         /* and nowhere else before it; else nothing is known */
    uint32_t first, most; /* its first place there; there are no more than these */
} bl_glance;

static inline bl_glance bl_sighting_glance(const bl_sighting *s)
{
    enum { COLUMN_MARK = 1, BODY = 1, MARKED = 2 };
    uint64_t first = 0;
    if (s->size <= MARKED || s->places[0] != COLUMN_MARK || s->places[1] != BODY)
        return (bl_glance){ false, 0, 0 };
    bl_varint(s->places + MARKED, &first);
    return (bl_glance){ true, (uint32_t)first - 2, (uint32_t)(s->size - MARKED) };
}

/* Walk the places of a list. */
typedef struct bl_places {
    const uint8_t *at, *end;
    uint32_t column;
    uint32_t position;
} bl_places;

static inline bool bl_places_next(bl_places *p)
{
    uint64_t value;
    if (p->at >= p->end)
        return false;
    p->at += bl_varint(p->at, &value);
    if (value == 1) {
        p->at += bl_varint(p->at, &value);
        p->column = (uint32_t)value;
        p->position = 0;
        if (p->at >= p->end)
            return false;
        p->at += bl_varint(p->at, &value);
    }
    p->position += (uint32_t)value - 2;
    return true;
}

#endif
