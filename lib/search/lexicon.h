/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LEXICON_H
#define BL_LEXICON_H

#include "index/database.h"
#include "search/expand.h"

/* What understanding a query needs, opened with the connection's first search and closed with it. Without
 * `expanding` the thesaurus is left out. */
bl_expander bl_lexicon_get(bl_error *e, bl_database *db, bool expanding);

#endif
