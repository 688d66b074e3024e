/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MONTH_H
#define BL_MONTH_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the word at s may be an English month or an address, by its first three letters: hardly any word of
 * a text is. */
bool bl_month_may_start(const char *s, size_t size);

/* The English month whose name or abbreviation s starts with, 1 to 12, and its bytes; 0 and 0 when there is
 * none. */
int bl_month_english(const char *s, size_t size, size_t *taken);

/* The month of a European language other than English that s starts with, 1 to 12, and the bytes of its name;
 * 0 and 0 when it starts with none. */
int bl_month_european(const char *s, size_t size, size_t *taken);

#endif
