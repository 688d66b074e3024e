/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

/* Call first of all: SQLite need not count the bytes that it holds. */
void memory_prepare(void);

/* Call once before an index is built: the heap grows in large pages where the system has them. */
void memory_expect_index(void);

#endif
