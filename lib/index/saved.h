/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SAVED_H
#define BL_SAVED_H

#include "index/database.h"

/* What the functions of bulletin_query_… do: searches kept under names. */
void bl_saved_keep(bl_error *e, bl_database *db, const char *name, const char *query, size_t size);
void bl_saved_forget(bl_error *e, bl_database *db, const char *name);
void bl_saved_list(bl_error *e, bl_database *db, bulletin_saved_callback callback, void *context);

/* The query of that name, new; NULL when there is none. */
char *bl_saved_find(bl_error *e, bl_database *db, const char *name, size_t size);

#endif
