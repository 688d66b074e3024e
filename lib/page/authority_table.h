/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_AUTHORITY_TABLE_H
#define BL_AUTHORITY_TABLE_H

#include "page/authority.h"

/* corpus/organizations.tsv as it stands in the program: texts are offsets, so that the loader has nothing to
 * relocate; tries and bounds are what reading the table makes of it. */
typedef struct bl_body_entry {
    uint32_t id, name, kind, place, parent, successor;
    int32_t first_name, last_name;
    bool rule;
} bl_body_entry;

typedef struct bl_name_entry {
    uint32_t text, lang, form, when, not_after, not_before;
    int32_t body, next_of_body, next_same;
    bool relative, upper, latin;
} bl_name_entry;

typedef struct bl_authority_table {
    const bl_body_entry *bodies;
    size_t body_count;
    const bl_name_entry *names;
    size_t name_count;
    const char *texts;
    bl_trie trie, places; /* borrow their lists, as do those of bounds */
    bl_bounds bounds;
    bl_trie words; /* bounds.left without places */
    uint64_t identity;
} bl_authority_table;

#endif
