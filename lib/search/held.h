/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HELD_H
#define BL_HELD_H

#include "search/match.h"

/* Which words of a plan a document holds. */
typedef struct bl_held {
    bl_plan *plan;
    bool *present;    /* terms that it holds as typed, and behind them those of other words */
    size_t required;  /* of them, in a partial search */
    int64_t doc;      /* that is looked at */
    bool other;       /* it has other words for what was typed */
    int64_t as_typed; /* documents that need no other words */
} bl_held;

/* plan borrowed. Close in any case. */
void bl_held_open(bl_error *e, bl_plan *plan, size_t required, bl_held *out);
/* Whether a document has words enough; counts nothing. */
bool bl_held_has_enough(bl_held *held, const bl_match *match);
/* The same; counts those that need no other words, and what each of those found.
 */
bool bl_held_suffices(bl_held *held, const bl_match *match);
void bl_held_close(bl_held *held);

#endif
