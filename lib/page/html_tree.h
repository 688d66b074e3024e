/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_TREE_H
#define BL_HTML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "html_meta.h"
#include "html_tag.h"

/* What became of an element, and of all below it. */
enum {
    BL_NODE_HIDDEN = 1 << 0, /* a reader does not see it */
    BL_NODE_OUT = 1 << 1,    /* no part of the article */
    BL_NODE_IN = 1 << 2,     /* the article, or a part of it */
    BL_NODE_LINKED = 1 << 3, /* inside a link */
    BL_NODE_TABLE = 1 << 4,  /* a table of data, not of looks */
    BL_NODE_UNLIKELY = 1 << 5
};

/* An element or a run of text. Nodes stand in the order of the page: those below node i are i + 1 … end - 1.
 */
typedef struct bl_node {
    uint32_t parent; /* of the root: itself */
    uint32_t end;
    uint32_t hints; /* bits of BL_HINT_… */
    uint32_t at; /* of a text: bytes [at, at + size) of the tree's text; of an element: a hash of its class */
    uint32_t size; /* of an element: its score in tenths, for bl_explain() */
    uint8_t tag;   /* bl_tag */
    uint8_t state;
} bl_node;

/* A page as a tree in one array. Start from {0}. */
typedef struct bl_tree {
    bl_node *nodes;
    size_t count;
    size_t capacity;
    bl_buffer text;
    bool unreadable; /* elements nest so deep, or are so many, that the rest of the page was not read */
} bl_tree;

/* Read markup of at most 4 GB, UTF-8 without NUL, through libxml2's HTML parser; what its head says goes to
 * `meta`. */
void bl_tree_read(bl_error *e, const char *markup, size_t size, bl_tree *out, bl_html_meta *meta);
void bl_tree_free(bl_tree *tree);

static inline bool bl_node_is(const bl_node *node, uint8_t nature)
{
    return (bl_tag_nature((bl_tag)node->tag) & nature) != 0;
}

#endif
