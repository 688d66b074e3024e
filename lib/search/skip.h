/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SKIP_H
#define BL_SKIP_H

#include <stddef.h>
#include <stdint.h>

/* How many bytes of a text stand before its token at a position (counted from 0), as far as that can be told
 * without cutting it: never more. */
size_t bl_skip(const char *text, size_t size, uint32_t position);

#endif
