/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PHRASE_H
#define BL_PHRASE_H

#include "base/buffer.h"
#include "search/expand.h"
#include "text/token.h"

/* Add to a term the phrase of the tokens [first, end), none of them colocated. */
void bl_phrase_add_run(bl_error *e, bl_term *term, const bl_tokens *tokens, size_t first, size_t end,
                       bool prefix, double weight);

/* The same for a word or for pieces joined by symbols, with what else finds it: inflections, joined forms. */
void bl_phrase_add_word(bl_error *e, bl_term *term, const bl_tokens *tokens, size_t first, size_t end,
                        bool prefix, double weight);

/* Words one after another, each in any inflection; `expansion` marks the phrases. */
void bl_phrase_add_words(bl_error *e, bl_term *term, const bl_tokens *tokens, double weight,
                         size_t expansion);

/* The first token of the next position. */
size_t bl_phrase_next(const bl_tokens *tokens, size_t i);

#endif
