/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FIELDS_H
#define BL_FIELDS_H

#include <stddef.h>

/* Bytes that must be readable behind the NUL that ends a line. */
#define BL_FIELDS_SLACK 8

/* The fields of a line that tabs part, at most so many, each ended by a NUL that is written into the line; a
 * spreadsheet's quotes around a field go. How many they are. */
size_t bl_fields_split(char *line, char **fields, size_t most);

#endif
