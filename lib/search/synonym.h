/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SYNONYM_H
#define BL_SYNONYM_H

#include "search/expand.h"

/* Add other words for the tokens [first, end) beside `node`, which becomes an OR of itself and of them.
 * `typed` is the text they stand for. Nothing when the thesaurus knows none. */
void bl_synonym_add(bl_error *e, const bl_expander *expander, bl_plan *plan, bl_node *node,
                    const bl_tokens *tokens, size_t first, size_t end, const char *typed, size_t typed_size);

/* Whether there are other words for all of these tokens together. */
bool bl_synonym_knows(bl_error *e, const bl_expander *expander, const bl_tokens *tokens);

/* Put the leaves that together are a term (industrial workforce reform) into a node of their own in the list,
 * beside their other words. */
void bl_synonym_group(bl_error *e, const bl_expander *expander, bl_plan *plan, bl_node *list);

/* Whether a planned leaf is an English word that only holds others together (of, how many). */
bool bl_synonym_is_particle(const bl_node *leaf);

/* English words that only hold a sentence together (of, how many) need not stand in a bulletin that has other
 * words for what they hold together: no page in another language has them. Of a list that is planned. */
void bl_synonym_loosen(bl_error *e, bl_plan *plan, bl_node *list);

#endif
