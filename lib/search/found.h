/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FOUND_H
#define BL_FOUND_H

#include "index/posting.h"
#include "index/slot.h"
#include "search/match.h"
#include "search/positions.h"

/* A document in which a phrase stands, and how. */
typedef struct bl_finding {
    int64_t doc;
    bl_occurrence where;
} bl_finding;

/* All documents of a phrase, in order: what is read twice, or cannot be read document by document. */
typedef struct bl_found {
    char *tokens; /* of the phrase */
    bool prefix;
    uint32_t columns; /* in which it was looked for, a bit each */
    uint32_t wanted;  /* under which ranges of bl_reader_want(); 0 = all documents */
    bl_finding *list;
    size_t count, capacity;
    bl_positions positions; /* of each finding, where they were asked for */
} bl_found;

/* Title, body and furniture. */
enum { BL_ALL_COLUMNS = 7 };

/* Ranges of a date, what is to be walked of the one that is kept, the undated. */
enum { BL_WANTED_KEPT = 40, BL_WANTED = BL_WANTED_KEPT + 5 };

/* The index during one search, with what was found in it so far. */
typedef struct bl_reader {
    bl_index index;
    bl_slot_range wanted[BL_WANTED]; /* the documents that will be asked for, ascending */
    size_t wanted_count;             /* 0 = all, and the ranges are those before */
    size_t range_count;              /* of the ranges */
    uint32_t wanting;                /* how often they were changed */
    bl_found **found;
    size_t count, capacity;
    bool alone;                     /* on one thread: what another connection sees may be something else */
    const struct bl_reader *lender; /* on another thread, who finds nothing new meanwhile; NULL = none */
    bl_posting ends;                /* of columns; not open while it has no lists */
} bl_reader;

/* False when the index is of a format that is not known. Close in either case. */
bool bl_reader_open(bl_error *e, struct bl_database *db, bl_reader *out);
void bl_reader_close(bl_reader *reader);

/* Tokens of title and body of a document; quick for documents in ascending order. */
void bl_reader_lengths(bl_error *e, bl_reader *reader, int64_t doc, uint32_t out[2]);

/* Only documents of these ranges (at most BL_WANTED, ascending) are asked for until the next call; none = of
 * any. What was found under a range is known again under the same ones, unless others came between. */
void bl_reader_want(bl_reader *reader, const bl_slot_range *ranges, size_t count);

/* What was found of later documents is added to what was found of earlier ones: then it is of all that were
 * `wanted` (bl_found.wanted). */
void bl_found_join(bl_error *e, bl_found *found, const bl_found *later, uint32_t wanted);

/* These ranges, how many; one of all documents where any may be asked for. */
size_t bl_reader_ranges(const bl_reader *reader, const bl_slot_range **out);

/* What was found of a phrase before, the latest; NULL = nothing is known. */
const bl_found *bl_found_get(const bl_reader *reader, const bl_phrase *phrase, uint32_t columns);
/* Room for what will be found of it; belongs to the reader; NULL on failure. */
bl_found *bl_found_new(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns);
/* A new finding at the end; NULL on failure. */
bl_occurrence *bl_found_add(bl_error *e, bl_found *found, int64_t doc);
/* All words of a beginning at once: thousands may begin with one character. `placed` keeps their positions.
 * In beginning.c. */
bl_found *bl_found_beginning(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns,
                             bool placed);

static inline bool bl_found_counts(uint32_t columns, uint32_t column)
{
    return column < 32 && columns >> column & 1;
}

#endif
