/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LARGE_H
#define BL_LARGE_H

#include <stdbool.h>
#include <stddef.h>

/* As bl_grow(), for an array that is about to be filled: when it is new and of a megabyte or more it stands
 * in large pages where the system has them, which are there at once; pages of 4 KiB come one by one, each
 * with an interrupt that takes longer than filling it. bl_grow() and free() take it like any other. */
bool bl_grow_large(void *array, size_t *capacity, size_t count, size_t item);

/* Give memory that was freed back to the system, where its allocator would keep it: between two stages of
 * which each needs much. */
void bl_return_memory(void);

#endif
