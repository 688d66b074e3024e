/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NAME_TRIE_H
#define BL_NAME_TRIE_H

#include "base/pool.h"
#include "base/trie.h"

/* A name that goes into the trie. */
typedef struct bl_trie_name {
    size_t line, at; /* of the table; of its codes */
    uint32_t count;  /* of codes */
    uint32_t start;  /* a hash of the first two */
    int32_t name;
    int32_t same; /* the first name of the same letters, -1 = none */
} bl_trie_name;

/* Names that go into the trie together. */
typedef struct bl_name_batch {
    bl_trie_name *list;
    size_t count, capacity;
    uint32_t *codes;
    size_t code_count, code_capacity;
} bl_name_batch;

typedef void (*bl_trie_name_same)(void *context, const bl_trie_name *name);

/* One batch is filled while two may wait for the thread. */
enum { BL_NAME_BATCHES = 3 };

/* Names of a table on their way into a trie, thousands at a time; those of a long table on a thread of its
 * own, which has the trie until all names are in it. Set the trie and what is to be told, at the end, of
 * names that are there already, in the order of the table. */
typedef struct bl_name_trie {
    bl_trie *trie;
    bl_trie_name_same same;
    void *context;
    bl_name_batch batches[BL_NAME_BATCHES];
    size_t filling;
    bl_trie_name *twins; /* that were there already */
    size_t twin_count, twin_capacity;
    bl_pool *pool; /* NULL until a batch is full */
    bool alone;    /* there is no thread to be had */
    bl_error own;  /* of the names that are put */
    void *states[1];
} bl_name_trie;

/* Before so many names are added. */
void bl_name_trie_expect(bl_error *e, bl_name_trie *t, size_t names);
/* Add a name of two codes or more. */
void bl_name_trie_add(bl_error *e, bl_name_trie *t, const uint32_t *codes, size_t count, int32_t name,
                      size_t line);
/* All names are in the trie. */
void bl_name_trie_finish(bl_error *e, bl_name_trie *t);
/* Needs names that are finished. */
void bl_name_trie_free(bl_name_trie *t);

#endif
