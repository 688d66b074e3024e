/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ENDING_H
#define BL_ENDING_H

#include "search/found.h"

/* All documents of a term's phrase whose last token may go on, behind others; kept for the search. NULL on
 * failure. */
bl_found *bl_found_ending(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns);
/* About how many bytes of lists are walked for it, before the words that its last token begins. */
int64_t bl_found_ending_cost(bl_error *e, bl_reader *reader, const bl_phrase *phrase, uint32_t columns);

#endif
