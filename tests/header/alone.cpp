/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The header first and alone: it needs nothing before it. */
#include <bulletin.h>

static const bulletin_options options = BULLETIN_OPTIONS_INIT;
static const bulletin_import_options import_options = BULLETIN_IMPORT_INIT;
static const bulletin_search_options search = BULLETIN_SEARCH_INIT;

size_t sizes()
{
    return options.size + import_options.size + search.size;
}
