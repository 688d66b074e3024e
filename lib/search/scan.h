/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SCAN_H
#define BL_SCAN_H

#include "search/best.h"
#include "search/collapse.h"
#include "search/filter.h"
#include "search/held.h"
#include "search/kept_range.h"
#include "search/kept_state.h"
#include "search/match.h"
#include "search/newest.h"
#include "search/score.h"
#include "search/search.h"
#include "search/whole.h"

/* A search once its query is understood. */
typedef struct bl_collector {
    bl_database *db;
    const bulletin_search_options *options;
    bl_result *out;
    bl_filter filter;
    bl_totals totals;
    bl_scorer scorer;
    bl_held held;
    size_t required; /* words, in a partial search */
    bl_collapse collapse;
    bl_slot_range ranges[4]; /* of the filter's those that hold documents, the dated and others */
    size_t range_count;
    int64_t undated;      /* how many match; -1 = they are to be walked */
    int64_t walked;       /* hits so far */
    bl_newest newest;     /* of a walk whose newest are wanted */
    bl_whole *whole;      /* NULL = words count wherever they stand */
    bl_best_maker *maker; /* what is to be kept of this one, found without what is kept; NULL = nothing */
    const bl_kept_state *lists;     /* what is kept of common terms; NULL = nothing is looked at */
    const bl_stories *kept_stories; /* as they know them */
    bl_kept_range kept;             /* what need not be walked of one of the ranges */
    bl_hit *listed;                 /* of what is kept: the newest, or the best that are in stories */
    size_t listed_count, listed_capacity;
    bl_hit *few; /* the first `few_most` hits, whether they are among the best or not */
    size_t few_count, few_capacity, few_most;
    bool spares; /* a few more than are wanted are looked at, not all */
    bool partly; /* hits behind this one were counted, and not all looked at */
    bl_hit known;
    bool walks;         /* all hits: that was not enough */
    bool alone;         /* on one thread */
    bool sifts;         /* word boundaries are looked at later */
    int64_t candidates; /* of which the hits are a choice: how many; -1 = of all that are found */
} bl_collector;

/* Word boundaries order the best hits. Few hits are all looked at, so that the number of those that stand
 * only inside other words is exact; of many, no query reads more texts than these. */
enum { BL_SCAN_COUNTED = 500, BL_SCAN_ALIGNED = 200 };

static inline bool bl_scan_ranks(const bl_collector *s)
{
    return s->options->sort == BULLETIN_RELEVANCE && s->out->plan.count > 0;
}

/* Whether word boundaries order the best. */
bool bl_scan_aligns(const bl_collector *collector);
/* How many hits are wanted; 0 = all. */
size_t bl_scan_wanted(const bulletin_search_options *options);
/* One of those that are looked at where there are no more than a few. */
void bl_scan_keep(bl_error *e, bl_collector *collector, const bl_hit *hit);
/* So many hits more are known. */
void bl_scan_note(bl_collector *collector, size_t count);
/* Walk what the plan and the filter leave of a range; how many there are. `keep`: the best are offered. */
int64_t bl_scan(bl_error *e, bl_collector *collector, bl_slot_range range, bool keep);

#endif
