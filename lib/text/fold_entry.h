/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FOLD_ENTRY_H
#define BL_FOLD_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold.h"

/* The layout of a folding-table entry, between the generator and fold.c:
 *
 *   bits 0-20   the code point XOR what it folds to (0 for most, so that blocks are shared), or with
 *               BL_ENTRY_EXPANDS where in bl_fold_expansion[] a count and as many code points stand
 *   bits 21-23  bl_class of what it folds to
 *   bits 24-27  bl_cluster_class of the code point itself */
#define BL_ENTRY_VALUE 0x1FFFFFu
#define BL_ENTRY_CLASS 21
#define BL_ENTRY_CLUSTER 24
#define BL_ENTRY_EXPANDS (1u << 28)
#define BL_ENTRY_CLINGS (1u << 29) /* may combine with what stands before it */
#define BL_ENTRY_BLOCK 128

/* What UAX #29 calls Grapheme_Cluster_Break, and Extended_Pictographic. */
typedef enum bl_cluster_class {
    BL_CLUSTER_OTHER,
    BL_CLUSTER_CONTROL,
    BL_CLUSTER_EXTEND,
    BL_CLUSTER_ZWJ,
    BL_CLUSTER_REGIONAL,
    BL_CLUSTER_PREPEND,
    BL_CLUSTER_SPACING,
    BL_CLUSTER_L,
    BL_CLUSTER_V,
    BL_CLUSTER_T,
    BL_CLUSTER_LV,
    BL_CLUSTER_LVT,
    BL_CLUSTER_PICTOGRAPH
} bl_cluster_class;

/* The table: blocks of entries, for each block of code points the one that it has, and expansions. */
extern const uint32_t bl_fold_entry[];
extern const uint16_t bl_fold_index[];
extern const uint32_t bl_fold_expansion[];

static inline uint32_t bl_fold_entry_of(uint32_t code)
{
    return bl_fold_entry[(size_t)bl_fold_index[code / BL_ENTRY_BLOCK] * BL_ENTRY_BLOCK +
                         code % BL_ENTRY_BLOCK];
}

static inline bl_class bl_fold_class_of(uint32_t entry)
{
    return (bl_class)(entry >> BL_ENTRY_CLASS & 7);
}

/* Most code points that one folds to (U+FDFA gives 18). */
#define BL_FOLD_LONGEST 32

/* What a code point folds to by itself; returns how many code points, 0 when it falls. */
size_t bl_fold_code(uint32_t code, uint32_t out[BL_FOLD_LONGEST]);

/* The bl_cluster_class of a code point. */
unsigned bl_cluster_class_of(uint32_t code);

/* Whether no cluster ends between two neighbours, by those rules of UAX #29 (GB4 to GB9b) that look no
 * further. */
bool bl_cluster_neighbours_join(unsigned last, unsigned next);

#endif
