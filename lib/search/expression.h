/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_EXPRESSION_H
#define BL_EXPRESSION_H

#include "base/buffer.h"
#include "search/expand.h"

/* A phrase of the expression, in the order in which FTS5 numbers them. */
typedef struct bl_leaf {
    uint32_t term, phrase;
} bl_leaf;

/* A plan as FTS5 wants it. FTS5 has no complement: what only excludes is written as what it excludes, and
 * `negative` says so. */
typedef struct bl_expression {
    char *text; /* new */
    bool negative;
    bl_leaf *leaves;
    size_t count, capacity;
} bl_expression;

void bl_expression_make(bl_error *e, const bl_plan *plan, bl_expression *out);
/* One term alone. */
void bl_expression_term(bl_error *e, const bl_plan *plan, size_t term, bl_expression *out);
/* Whether a subtree only excludes: its expression is then what it excludes. */
bool bl_expression_excludes(const bl_node *node);
void bl_expression_free(bl_expression *expression);

#endif
