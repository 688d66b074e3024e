/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LEAF_H
#define BL_LEAF_H

#include "index/database.h"

/* The segments of the FTS5 index, read where they stand. FTS5 answers a query row by row through SQL, at a
 * quarter of a microsecond a hit; the lists themselves are read ten times faster. Only the file format is
 * relied on (version 4, described at the head of SQLite's fts5_index.c): an index of any other is left to
 * FTS5, and so is all writing. Valid within one transaction. */
typedef struct bl_segment {
    int64_t id;
    int64_t first, last; /* leaf pages */
} bl_segment;

typedef struct bl_index {
    bl_database *db;
    bl_segment *segments;
    size_t count; /* newest first: of two lists that name a document the newer is right */
    sqlite3_blob *pages;
} bl_index;

/* False when the index is of a format that is not known. Close in either case. */
bool bl_index_open(bl_error *e, bl_database *db, bl_index *out);
void bl_index_close(bl_index *index);

/* One leaf page of a segment. */
typedef struct bl_leaf_page {
    uint8_t *bytes;
    size_t capacity, size;
    int64_t number;
    size_t first_row;  /* where the first document number starts; 0 = none does */
    size_t end;        /* of the content; a list of where terms start follows */
    size_t first_term; /* where the first term starts; 0 = none does */
} bl_leaf_page;

/* Bytes after a page that may be read, so that no number has to be checked byte by byte. */
enum { BL_LEAF_MARGIN = 16 };

bool bl_leaf_load(bl_error *e, bl_index *index, const bl_segment *segment, int64_t number,
                  bl_leaf_page *leaf);
/* The page of a segment in which a term (with FTS5's mark before it) would stand. */
int64_t bl_leaf_find(bl_error *e, bl_index *index, const bl_segment *segment, const uint8_t *term,
                     size_t size);
/* The page on which the first later term begins that does not stand on the same page. */
int64_t bl_leaf_limit(bl_error *e, bl_index *index, const bl_segment *segment, const uint8_t *term,
                      size_t size);

/* The index is not what FTS5 writes. */
void bl_leaf_fail(bl_error *e);

/* A number of more than one byte. */
size_t bl_varint_long(const uint8_t *bytes, uint64_t *out);

/* Read a number as SQLite writes it; how many bytes, at most 9. Nearly all are of three or fewer. */
static inline size_t bl_varint(const uint8_t *bytes, uint64_t *out)
{
    *out = bytes[0];
    if (bytes[0] < 0x80)
        return 1;
    *out = (uint64_t)(bytes[0] & 0x7f) << 7 | (bytes[1] & 0x7f);
    if (bytes[1] < 0x80)
        return 2;
    *out = *out << 7 | (bytes[2] & 0x7f);
    return bytes[2] < 0x80 ? 3 : bl_varint_long(bytes, out);
}

#endif
