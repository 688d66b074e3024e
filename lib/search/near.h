/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NEAR_H
#define BL_NEAR_H

#include "search/match.h"
#include "text/token.h"

struct bl_operator;
struct sqlite3_stmt;

/* Where a word stands, in words; a character counts as one. */
typedef struct bl_near_place {
    uint64_t start, end;
    uint32_t leaf; /* of the node, numbered */
    bool seen;
} bl_near_place;

/* Buckets of places that are told apart, 64 a number. */
enum { BL_NEAR_MARKS = 32 };

/* Words that must stand near each other. */
typedef struct bl_near {
    struct bl_database *db;
    const bl_plan *plan;
    const bl_node *node;
    uint32_t columns;             /* of the text, a bit each */
    struct bl_operator **phrases; /* of the words; each borrowed */
    size_t phrase_count;
    struct bl_near_source *sources; /* where they stand in the document */
    size_t source_count;
    struct sqlite3_stmt *row;
    bl_tokens tokens;
    bl_near_place *last; /* of each word: where it stood last */
    bool *open;          /* of each: the index does not tell all its places, or how far they reach */
    bool reaches;        /* one of them in the document may reach further than a word */
    size_t count;
    unsigned
        bucket_bits; /* a bucket has 1 << so many places, as far as words may be apart; 0 = not yet set */
    size_t glanced, passed;                             /* documents by these buckets */
    uint64_t own[BL_NEAR_MARKS], common[BL_NEAR_MARKS]; /* buckets of one word, and of all so far */
} bl_near;

/* Asks the texts, until it is told where to read; new; NULL on failure. */
bl_near *bl_near_open(bl_error *e, struct bl_database *db, const bl_plan *plan, const bl_node *node,
                      uint32_t columns);
/* The phrases of the words, which are kept where they are at the document that is asked about. */
void bl_near_read(bl_error *e, bl_near *near, struct bl_operator *const *phrases, size_t count);
/* Whether the words stand near each other: by the places of their phrases, or by the text where those do not
 * tell how far they reach. */
bool bl_near_stands(bl_error *e, bl_near *near, int64_t doc);
void bl_near_close(bl_near *near);

#endif
