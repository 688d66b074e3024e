/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BYTES_H
#define BL_BYTES_H

#include <stddef.h>

/* How many bytes before `to` are 0. */
size_t bl_bytes_zeros(const char *from, const char *to);

/* Where a part of `size` bytes, at least one, first stands whole before `end`; NULL = nowhere. */
const char *bl_bytes_find(const char *from, const char *end, const char *part, size_t size);

#endif
