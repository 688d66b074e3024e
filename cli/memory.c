/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The heap of a process, and of one that is about to build an index. */
#define _DEFAULT_SOURCE /* for sbrk() and madvise() */
#include "memory.h"

#include <sqlite3.h>
#include <stdlib.h>

/* Under one lock for all threads: a twelfth of an import's time, for figures that nobody asks for. */
void memory_prepare(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#if defined __GLIBC__ && defined __linux__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define HUGE_PAGES 1
#endif

#ifdef HUGE_PAGES
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Room for what FTS5 keeps between two writes of a segment; what is never touched takes no memory. */
enum { HEAP = 224 << 20, HUGE_PAGE = 2 << 20, LARGE_BLOCK = 8 << 20 };

/* FTS5 walks a hash table of tens of megabytes at random: with pages of 4 KiB most steps miss the TLB as well
 * as the cache, and large pages spare a seventh of an import's time. glibc has a tunable for that, but only
 * from the environment at the start of a process. */
void memory_expect_index(void)
{
    uintptr_t start = ((uintptr_t)sbrk(0) + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    mallopt(M_TOP_PAD, HEAP);
    mallopt(M_TRIM_THRESHOLD, HEAP);
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    void *volatile grown = malloc(1 << 20); /* volatile: the pair must not be left out */
    free(grown);
    uintptr_t end = (uintptr_t)sbrk(0);
    if (end > start)
        madvise((void *)start, end - start, MADV_HUGEPAGE); /* a kernel without them goes on as it did */
    mallopt(M_TOP_PAD, 1 << 20);
}
#else
void memory_expect_index(void) {}
#endif
