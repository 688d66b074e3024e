/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SQLITE_H
#define BL_SQLITE_H

/* SQLite as the library links it, or as the program that loads the extension hands it over. */
#ifdef BULLETIN_EXTENSION
#include <sqlite3ext.h>
extern const sqlite3_api_routines *sqlite3_api;
#else
#include <sqlite3.h>
#endif

#endif
