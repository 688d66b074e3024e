/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_QUERY_H
#define BL_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* What was typed, as a tree. Free of tokens and of any engine. */
typedef enum bl_node_kind {
    BL_NODE_AND,
    BL_NODE_OR,
    BL_NODE_NOT,
    BL_NODE_LEAF,
    BL_NODE_FIELD,
    BL_NODE_NEAR
} bl_node_kind;

/* What a bulletin is asked for beside its words. */
typedef enum bl_field {
    BL_FIELD_ORG,
    BL_FIELD_SOURCE,
    BL_FIELD_LANG,
    BL_FIELD_URL,
    BL_FIELD_ID,
    BL_FIELD_KEY,
    BL_FIELD_DATE,
    BL_FIELD_IS
} bl_field;

/* Columns of the index that a leaf may be bound to, a bit each. */
enum { BL_COLUMN_TITLE = 1, BL_COLUMN_BODY = 2 };

typedef struct bl_node {
    bl_node_kind kind;
    struct bl_node *child; /* first of a list linked by next; NOT has one */
    struct bl_node *next;
    bool filter; /* must match whatever the mode; a leaf neither ranks nor is highlighted */
    char *text;  /* LEAF: what is looked for; FIELD: what it must be */
    bool quoted; /*       as it stands */
    bool prefix; /*       also as the beginning of a longer word */
    size_t term; /*       its term, set by expand */
    bool has_term;
    unsigned columns; /* LEAF, NEAR: those that it must stand in; 0 = any */
    int distance;     /* NEAR: most words between the first and the last of its leaves */
    bl_field field;   /* FIELD; `term` is then the set of its documents, where `has_term` */
    bool choice; /* made by expansion: OR of a node and its other words, AND of words that are one term */
} bl_node;

/* What is beyond these is refused (BAD_QUERY) before it costs anything: brackets in each other (FTS5 has room
 * for 100 symbols), words, bytes. */
enum { BL_QUERY_DEPTH = 20, BL_QUERY_WORDS = 1024, BL_QUERY_BYTES = 1 << 16 };

/* Parse a query; every string is one. NULL for an empty one, and on failure. New. */
bl_node *bl_query_parse(bl_error *e, const char *text, size_t size);
/* The whole text as one quoted leaf. */
bl_node *bl_query_literal(bl_error *e, const char *text, size_t size);

bl_node *bl_query_leaf(bl_error *e, const char *text, size_t size, bool quoted);
/* Whether a query may ask for organizations or sources, in itself or in one that it names. */
bool bl_query_may_name(const char *text, size_t size);
/* Join two trees, either of which may be NULL; both belong to the result. */
bl_node *bl_query_join(bl_error *e, bl_node_kind kind, bl_node *left, bl_node *right);

/* Leave out of each list what stands in it already: to ask twice says nothing. */
void bl_query_distinct(bl_node *tree);

/* A field is text after all: source:x becomes a leaf of these characters. */
void bl_query_field_to_text(bl_error *e, bl_node *node);

/* Write the tree so that parsing gives the same tree again. */
void bl_query_print(const bl_node *tree, bl_buffer *out);
void bl_query_free(bl_node *tree);

#endif
