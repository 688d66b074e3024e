/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The terms that were read when the library was built. */
#include "search/thesaurus_table.h"

#include "thesaurus_data.h"

const bl_terms *bl_thesaurus_compiled(void)
{
    return &thesaurus_terms;
}
