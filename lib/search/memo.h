/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MEMO_H
#define BL_MEMO_H

#include "base/buffer.h"
#include "index/database.h"

/* What earlier searches of a connection found out of documents, for as long as the archive stays the same:
 * whoever turns pages or adds a filter asks the same again. Bounded; what is asked seldom may be forgotten.
 */
typedef struct bl_memo bl_memo;

/* Of the archive at this revision, empty when it was another's; borrowed from the connection; NULL on
 * failure. */
bl_memo *bl_memo_get(bl_error *e, bl_database *db, int64_t revision);

/* The number by which a question that is asked of documents goes until the next search: what makes it another
 * one stands in `text`, which is emptied. 0 = nothing can be kept of it. */
uint32_t bl_memo_question(bl_memo *memo, bl_buffer *text);

/* The answer of a document, or of none in particular (0); false when it is not known. */
bool bl_memo_answer(const bl_memo *memo, uint32_t question, int64_t doc, uint64_t *answer);
void bl_memo_keep(bl_memo *memo, uint32_t question, int64_t doc, uint64_t answer);

#endif
