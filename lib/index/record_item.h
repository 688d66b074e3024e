/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_RECORD_ITEM_H
#define BL_RECORD_ITEM_H

#include <cjson/cJSON.h>

#include "base/error.h"

/* Hand a new item over to an object, under a name that stays, or to an array; NULL for want of memory. */
void bl_record_add(bl_error *e, cJSON *to, const char *name, cJSON *item);

#endif
