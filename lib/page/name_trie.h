/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_NAME_TRIE_H
#define BL_NAME_TRIE_H

#include "base/trie.h"

/* A name that goes into the trie. */
typedef struct bl_trie_name {
    size_t line, at; /* of the table; of its codes */
    uint32_t count;  /* of codes */
    uint32_t start;  /* a hash of the first two */
    int32_t name;
    int32_t same; /* the first name of the same letters, -1 = none */
} bl_trie_name;

typedef void (*bl_trie_name_same)(void *context, const bl_trie_name *name);

/* Names of a table on their way into a trie, thousands at a time. Set the trie and what is to be told of
 * names that are there already, in the order of the table. */
typedef struct bl_name_trie {
    bl_trie *trie;
    bl_trie_name_same same;
    void *context;
    bl_trie_name *list;
    size_t count, capacity;
    uint32_t *codes;
    size_t code_count, code_capacity;
} bl_name_trie;

/* Before so many names are added. */
void bl_name_trie_expect(bl_error *e, bl_name_trie *t, size_t names);
/* Add a name of two codes or more. */
void bl_name_trie_add(bl_error *e, bl_name_trie *t, const uint32_t *codes, size_t count, int32_t name,
                      size_t line);
/* All names are in the trie. */
void bl_name_trie_finish(bl_error *e, bl_name_trie *t);
void bl_name_trie_free(bl_name_trie *t);

#endif
