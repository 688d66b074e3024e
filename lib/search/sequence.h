/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SEQUENCE_H
#define BL_SEQUENCE_H

#include "search/found.h"

/* All documents of a phrase of several tokens, none of which goes on, within what the reader wants; kept for
 * the search. NULL on failure. */
bl_found *bl_found_sequence(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns);
/* About how many bytes of lists are walked for it. */
int64_t bl_found_sequence_cost(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns);

#endif
