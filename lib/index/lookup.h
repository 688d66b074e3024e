/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LOOKUP_H
#define BL_LOOKUP_H

#include "index/store.h"

/* A second connection that only looks whether a record is in the archive already, for one worker thread. */
typedef struct bl_lookup bl_lookup;

bl_lookup *bl_lookup_open(bl_error *e, bl_database *db); /* new */
/* A hint: the store decides, for a batch not yet committed is not seen here. */
bool bl_lookup_unchanged(bl_lookup *lookup, const bl_item *item);
void bl_lookup_close(bl_lookup *lookup);

#endif
