/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HEADLINE_H
#define BL_HEADLINE_H

#include "piece.h"

/* What a line says that could be taken for a headline; all look at nothing but the line. */

/* The first words of news, or of an article that goes on from another page. */
bool bl_headline_opens_news(bl_piece p);
/* The same, or of a section, a speech, a question. */
bool bl_headline_opens_text(bl_piece p);
/* A row of a paper's list of what its pages hold. */
bool bl_headline_is_of_page(bl_piece p);
/* A site speaking of itself. */
bool bl_headline_is_greeting(bl_piece p);
/* A journal and its issue. */
bool bl_headline_is_issue(bl_piece p);
/* The number of a document or of an issue. */
bool bl_headline_is_number(bl_piece p);
/* Who wrote or took the pictures. */
bool bl_headline_is_byline(bl_piece p);
/* Documents are called so: "…的通知". */
bool bl_headline_is_document(bl_piece p);
/* A body and the kind of its letter. */
bool bl_headline_is_letterhead(bl_piece p);

#endif
