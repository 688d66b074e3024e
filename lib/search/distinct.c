/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A query tree to the same tree whose lists say nothing twice. */
#include <string.h>

#include "query.h"

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same(const bl_node *a, const bl_node *b);

static bool same_lists(const bl_node *a, const bl_node *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (!same(a, b))
            return false;
    return !a && !b;
}

static bool same(const bl_node *a, const bl_node *b)
{
    return a->kind == b->kind && a->quoted == b->quoted && a->prefix == b->prefix &&
           a->columns == b->columns && a->field == b->field && a->distance == b->distance &&
           same_text(a->text, b->text) && same_lists(a->child, b->child);
}

static bool stands_before(const bl_node *list, const bl_node *node)
{
    while (list != node && !same(list, node))
        list = list->next;
    return list != node;
}

void bl_query_distinct(bl_node *tree)
{
    if (!tree || tree->kind == BL_NODE_NEAR) /* a word near itself stands there twice */
        return;
    for (bl_node **link = &tree->child; *link;) {
        bl_node *node = *link;
        bl_query_distinct(node);
        if (!stands_before(tree->child, node)) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        node->next = NULL;
        bl_query_free(node);
    }
}
