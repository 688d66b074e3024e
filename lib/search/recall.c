/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of saved searches in a query tree to the trees they stand for. */
#include "recall.h"

#include <stdlib.h>
#include <string.h>

#include "index/saved.h"

/* Saved searches inside each other, and how many a query may hold with all that they hold. */
enum { MOST_DEEP = 16, MOST_RECALLED = 256 };

static const char field[] = "query:";

typedef struct recaller {
    bl_database *db;
    const char *open[MOST_DEEP]; /* names that are being put in place, the outermost first */
    size_t depth, count;
} recaller;

static void put_all(bl_error *e, recaller *r, bl_node **link, bool of_and);

static const char *name_of(const bl_node *leaf)
{
    bool field_first = leaf->kind == BL_NODE_LEAF && !leaf->quoted && !leaf->prefix &&
                       strncmp(leaf->text, field, strlen(field)) == 0;
    return field_first ? leaf->text + strlen(field) : NULL;
}

static void enter(bl_error *e, recaller *r, const char *name)
{
    for (size_t i = 0; i < r->depth; i++)
        if (strcmp(r->open[i], name) == 0)
            bl_fail(e, BULLETIN_BAD_QUERY, "the saved search %s holds itself, by way of %s", name,
                    r->open[r->depth - 1]);
    if (r->depth == MOST_DEEP || r->count == MOST_RECALLED)
        bl_fail(e, BULLETIN_BAD_QUERY, "saved searches hold too many others; at %s", name);
    if (bl_failed(e))
        return;
    r->open[r->depth++] = name;
    r->count++;
}

/* The tree that a name stands for; NULL when nothing is called so, or it is empty. */
static bl_node *tree_of(bl_error *e, recaller *r, const char *name, bool *known)
{
    char *query = bl_saved_find(e, r->db, name, strlen(name));
    *known = query != NULL;
    if (!query)
        return NULL;
    enter(e, r, name);
    bl_node *tree = bl_failed(e) ? NULL : bl_query_parse(e, query, strlen(query));
    free(query);
    if (bl_failed(e))
        return NULL;
    put_all(e, r, &tree, false);
    r->depth--;
    return tree;
}

/* In place of *link: the tree, or its words one by one where all of a list must hold anyway. */
static bl_node **replace(bl_node **link, bl_node *tree, bool of_and)
{
    bl_node *old = *link, *rest = old->next;
    old->next = NULL;
    bl_query_free(old);
    if (tree && of_and && tree->kind == BL_NODE_AND) {
        bl_node *words = tree->child;
        tree->child = NULL;
        bl_query_free(tree);
        tree = words;
    }
    for (*link = tree; *link;)
        link = &(*link)->next;
    *link = rest;
    return link;
}

static void put_all(bl_error *e, recaller *r, bl_node **link, bool of_and)
{
    while (*link && !bl_failed(e)) {
        bool known = false;
        const char *name = name_of(*link);
        bl_node *tree = name ? tree_of(e, r, name, &known) : NULL;
        if (bl_failed(e))
            bl_query_free(tree);
        else if (known)
            link = replace(link, tree, of_and);
        else {
            put_all(e, r, &(*link)->child, (*link)->kind == BL_NODE_AND);
            link = &(*link)->next;
        }
    }
}

/* A list whose saved searches are all empty says nothing. */
static void drop_empty(bl_node **link)
{
    while (*link) {
        bl_node *node = *link;
        drop_empty(&node->child);
        if (node->kind == BL_NODE_LEAF || node->kind == BL_NODE_FIELD || node->child) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        node->next = NULL;
        bl_query_free(node);
    }
}

void bl_recall(bl_error *e, bl_database *db, bl_node **tree)
{
    recaller r = { .db = db };
    put_all(e, &r, tree, false);
    if (r.count > 0)
        drop_empty(tree);
}
