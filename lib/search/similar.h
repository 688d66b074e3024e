/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SIMILAR_H
#define BL_SIMILAR_H

#include "index/database.h"

/* What bulletin_similar() does. */
void bl_similar_tell(bl_error *e, bl_database *db, int64_t id, size_t limit, bulletin_record_callback record,
                     void *context);

#endif
