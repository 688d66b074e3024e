/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef CHINESE_H
#define CHINESE_H

#include <stdbool.h>
#include <stddef.h>

/* The Chinese of a sentence or format of this program; NULL where there is none. Borrowed, for ever. */
const char *chinese_of(const char *english);
/* What the library says of a line of a table, in Chinese, with the name that stands in it; false where there
 * is none. */
bool chinese_reason(const char *english, char *out, size_t room);

#endif
