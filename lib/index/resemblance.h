/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_RESEMBLANCE_H
#define BL_RESEMBLANCE_H

#include "index/fts.h"

/* Share of the distinct tokens of two texts that both hold: 1 for the same, 0 for nothing in common
 * (Jaccard's coefficient; Broder, On the resemblance and containment of documents, 1997). */
double bl_resemblance(bl_error *e, const bl_prepared *a, const bl_prepared *b);

#endif
