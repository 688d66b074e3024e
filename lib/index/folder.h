/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_FOLDER_H
#define BL_FOLDER_H

#include <stddef.h>

#include "base/error.h"
#include "page/shared.h"

/* What the pages of a folder have in common, for as long as any of them is being read; any thread may hold
 * it. */
typedef struct bl_folder bl_folder;

/* Read some of the pages with these names, which stay as they are, for the lists that they share. What cannot
 * be read says nothing. New, with one hold on it; NULL on failure. */
bl_folder *bl_folder_survey(bl_error *e, char *const *names, size_t count);

bl_folder *bl_folder_hold(bl_folder *folder);
void bl_folder_release(bl_folder *folder); /* NULL is fine */

/* Borrowed. */
const bl_shared *bl_folder_shared(const bl_folder *folder);

#endif
