/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_COLLECT_H
#define BL_COLLECT_H

#include "search/scan.h"

/* Walk what the plan and the filter leave; the best and the totals go to `out`. */
void bl_collect(bl_error *e, bl_collector *collector);

#endif
