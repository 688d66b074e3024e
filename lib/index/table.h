/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TABLE_H
#define BL_TABLE_H

#include "index/reader.h"

/* Comma-separated values (RFC 4180), or separated by semicolons or tabs, in any encoding: the first row names
 * the columns, every other is handed on as a JSON object of the columns that name a field. `tabs`: the file
 * says that it is separated by tabs. */
void bl_table_read(bl_error *e, bl_reader *r, bool tabs);

#endif
