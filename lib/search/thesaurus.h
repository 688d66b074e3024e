/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_THESAURUS_H
#define BL_THESAURUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/token.h"
#include "text/words.h"

/* One idea, many words. */
typedef struct bl_thesaurus bl_thesaurus;

typedef enum bl_quality { BL_QUALITY_EXACT, BL_QUALITY_MACHINE, BL_QUALITY_AMBIGUOUS } bl_quality;

/* A term of a concept; everything belongs to the thesaurus. */
typedef struct bl_synonym {
    const char *text;
    const char *context; /* words parted by |, one of which the bulletin must hold; "" = any bulletin */
    bl_quality quality;
    bool narrower; /* a kind of what was typed */
} bl_synonym;

/* Receives a line that cannot be used, 1-based, and why. */
typedef void (*bl_thesaurus_problem)(void *context, size_t line, const char *reason);

/* A tab-separated table, a header line first; borrowed for the call. */
typedef struct bl_table {
    const char *text;
    size_t size;
} bl_table;

/* Read concepts in the columns of corpus/thesaurus.tsv and the names of bodies in those of
 * corpus/organizations.tsv, for a body's names are words for one thing too. Lines that cannot be used are
 * reported and left out. New. */
bl_thesaurus *bl_thesaurus_open(bl_error *e, bl_cutter *cutter, bl_table concepts, bl_table names,
                                bl_thesaurus_problem problem, void *context);
void bl_thesaurus_close(bl_thesaurus *thesaurus);

/* Other terms for the tokens [first, end), the meaning of which is one concept's; returns how many, the list
 * is borrowed until the next call. Words match in any inflection. */
size_t bl_thesaurus_find(bl_error *e, bl_thesaurus *thesaurus, const bl_tokens *tokens, size_t first,
                         size_t end, const bl_synonym **list);

/* Characters beside which these tokens are part of another word (产改 in 停产改线); each "" when none are
 * known. Borrowed from the thesaurus. */
void bl_thesaurus_guard(bl_thesaurus *thesaurus, const bl_tokens *tokens, size_t first, size_t end,
                        const char **not_after, const char **not_before);

/* For cutting long runs: the terms of characters. */
bl_word_list bl_thesaurus_words(bl_thesaurus *thesaurus);

/* "exact", "machine" or "ambiguous". */
const char *bl_quality_name(bl_quality quality);

#endif
