/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_JUDGE_H
#define BL_JUDGE_H

#include "index/story.h"
#include "index/text_cache.h"

/* Two texts: those in the archive first, so that they are read in order, else the lesser first. */
typedef struct bl_pair {
    int64_t a, b;
} bl_pair;

/* What is to be compared: pairs in order, each once, and texts whose labels will be asked for if they have
 * copies. Borrowed. */
typedef struct bl_case {
    const bl_carriers *at_hand;
    const bl_pair *pairs;
    size_t count;
    const bl_texts *crowded;
} bl_case;

typedef struct bl_judge bl_judge;

/* Compare pairs on a thread of its own, while the caller writes other tables. It reads through a connection
 * of its own, which sees what was committed: texts that the transaction brought must be at hand. NULL where
 * that is not worth its while, or cannot be. New; must be finished. */
bl_judge *bl_judge_start(bl_error *e, bl_database *db, const bl_case *what);

/* Wait for it, no longer than needed where the caller has failed. For each pair whether they are copies, new,
 * release with free(), and the connection to ask for labels, borrowed; NULL when something hindered it, or it
 * never started: the caller compares them itself. */
bool *bl_judge_finish(const bl_error *e, bl_judge *judge, bl_database **reader);

#endif
