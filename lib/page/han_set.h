/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HAN_SET_H
#define BL_HAN_SET_H

/* Sets of Han of the basic block are a bit for each. */
enum { BL_HAN_FIRST = 0x4E00, BL_HAN_BITS = 1 << 15 };

#endif
