/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The size of a large array to memory for it. */
#define _DEFAULT_SOURCE /* for madvise() */
#include "large.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

#if defined __linux__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#include <sys/mman.h>

enum { LARGE_PAGE = 2 << 20, LARGE = 1 << 20 };

/* NULL when there is none. */
static void *new_pages(size_t *size)
{
    if (*size < LARGE || *size > SIZE_MAX - LARGE_PAGE)
        return NULL;
    *size = (*size + LARGE_PAGE - 1) & ~(size_t)(LARGE_PAGE - 1);
    void *pages = aligned_alloc(LARGE_PAGE, *size);
    if (pages)
        madvise(pages, *size, MADV_HUGEPAGE); /* a kernel without them goes on as it did */
    return pages;
}
#else
static void *new_pages(size_t *size)
{
    (void)size;
    return NULL;
}
#endif

#ifdef __GLIBC__
#include <malloc.h>

void bl_return_memory(void)
{
    malloc_trim(0);
}
#else
void bl_return_memory(void) {}
#endif

bool bl_grow_large(void *array, size_t *capacity, size_t count, size_t item)
{
    size_t size = count <= SIZE_MAX / item ? count * item : 0;
    void *pages = *capacity > 0 ? NULL : new_pages(&size);
    if (!pages)
        return bl_grow(array, capacity, count, item);
    memcpy(array, &pages, sizeof pages);
    *capacity = size / item;
    return true;
}
