/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_IDENTIFY_H
#define BL_IDENTIFY_H

#include "index/store.h"

/* Find out which bulletin an item is: sets its outcome, and where it is there already its id and row. A text
 * that collides with another under its key is given a key of its own. */
void bl_identify(bl_error *e, bl_database *db, bl_item *item);

#endif
