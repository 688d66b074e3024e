/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_COPY_H
#define BL_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/fingerprint.h"

/* How two texts lie upon each other; the same whichever comes first. */
typedef struct bl_alignment {
    size_t shorter, longer; /* units of each */
    size_t common;          /* in passages that both have in the same words */
    size_t changed;         /* between such passages, where each says something else */
    size_t figures;         /* places of those where both give a figure */
    size_t places;          /* where something else is said */
} bl_alignment;

/* Lay two lists of units (bl_text_units) upon each other. */
void bl_align_texts(bl_error *e, const bl_text_unit *a, size_t a_count, const bl_text_unit *b, size_t b_count,
                    bl_alignment *out);

/* Whether one is a copy of the other: cut, with added lines, lightly edited. */
bool bl_is_copy(const bl_alignment *alignment);

/* The same of two lists of units; most that are none are told before all of them is read. */
bool bl_are_copies(bl_error *e, const bl_text_unit *a, size_t a_count, const bl_text_unit *b, size_t b_count);

/* Share of both texts that is common, 0 to 1. */
double bl_similarity(const bl_alignment *alignment);

#endif
