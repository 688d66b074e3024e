/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_WHOLE_H
#define BL_WHOLE_H

#include "index/database.h"
#include "search/expand.h"
#include "search/match.h"

/* Tells which documents hold the terms of a plan as words, where they may be pieces of others. */
typedef struct bl_whole bl_whole;

/* Whether a plan has any such term: words of letters are found whole anyway. */
bool bl_whole_applies(const bl_plan *plan);
/* New; db and plan borrowed. Furniture counts as far as the plan says. */
bl_whole *bl_whole_open(bl_error *e, bl_database *db, const bl_plan *plan);
void bl_whole_close(bl_whole *whole);

/* Whether a document that matches still does when a term of characters counts only where neither of its edges
 * stands inside a word. Reads the document's text; cuts it only where the index knows of more places than are
 * found as they are typed. `match` stands at the document, and knows how its terms stand there, or does not.
 */
bool bl_whole_holds(bl_error *e, bl_whole *whole, bl_match *match);

#endif
