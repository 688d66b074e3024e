/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_THESAURUS_TABLE_H
#define BL_THESAURUS_TABLE_H

#include "search/thesaurus.h"

/* A term as it stands in memory and in the program itself: texts are offsets, so that the loader has nothing
 * to relocate. Offset 0 is "". */
typedef struct bl_term {
    uint32_t concept, text, context, not_after, not_before;
    uint32_t key;         /* by which it is found; 0 = by none */
    uint32_t folded;      /* of terms in characters; else 0 */
    uint32_t other;       /* the next term of its concept; the last one's is the first */
    uint32_t next;        /* term with the same hash of its key, + 1; 0 = none */
    uint32_t next_folded; /* with the same hash of its characters */
    uint8_t relation, quality;
    bool typed; /* brings the others when typed */
    bool found; /* is brought by the others */
} bl_term;

/* What is looked up in. */
typedef struct bl_terms {
    const bl_term *list;
    size_t count;
    size_t names;                       /* the first that is a name of a body */
    const uint32_t *by_key, *by_folded; /* chains by hash, term + 1 */
    size_t slots;                       /* of each, a power of two */
    size_t longest;                     /* bytes of the longest run of characters */
    const char *texts;
    size_t size;
} bl_terms;

struct bl_thesaurus {
    bl_terms now; /* those of the program itself, or those that follow */
    bl_term *list;
    size_t count, capacity;
    size_t own;  /* the first term of the archive's own */
    bool joined; /* something joined the tables, so that terms of a concept may repeat */
    bl_buffer texts;
    uint32_t *by_key, *by_folded;
    bl_buffer key; /* of what is looked for */
    bl_synonym *synonyms;
    size_t synonym_capacity;
};

/* FNV-1a, 32 bits (Fowler, Noll, Vo), of what `value` is the hash of and a byte more. */
#define BL_TERM_HASH 2166136261u
static inline uint32_t bl_term_hash(uint32_t value, unsigned char byte)
{
    return (value ^ byte) * 16777619u;
}

uint32_t bl_term_slot(const bl_terms *terms, const char *text, size_t size);

/* The tokens [first, end) as terms are found by. */
void bl_term_key(const bl_tokens *tokens, size_t first, size_t end, bl_buffer *out);

/* Read the tables into the thesaurus and look up in them from now on. */
void bl_thesaurus_read(bl_error *e, bl_thesaurus *t, bl_cutter *cutter, const bl_thesaurus_tables *tables,
                       bl_thesaurus_problem problem, void *context);

#endif
