/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_THESAURUS_H
#define BL_THESAURUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "text/concept.h"
#include "text/token.h"
#include "text/words.h"

/* One idea, many words. */
typedef struct bl_thesaurus bl_thesaurus;

/* A term of a concept; everything belongs to the thesaurus. */
typedef struct bl_synonym {
    const char *text;
    const char *context; /* words parted by |, one of which the bulletin must hold; "" = any bulletin */
    bl_quality quality;
    bool narrower; /* a kind of what was typed */
    bool own;      /* of the archive's own table */
} bl_synonym;

/* Receives a line that cannot be used, 1-based, and why. */
typedef void (*bl_thesaurus_problem)(void *context, size_t line, const char *reason);

/* A tab-separated table, a header line first; borrowed for the call. Its text is NULL when there is none. */
typedef struct bl_table {
    const char *text;
    size_t size;
} bl_table;

/* What a thesaurus is read from. */
typedef struct bl_thesaurus_tables {
    const struct bl_terms
        *compiled;     /* what stands for the first two where they are missing; NULL = nothing */
    bl_table concepts; /* in the columns of corpus/thesaurus.tsv */
    bl_table names;    /* of bodies, in those of corpus/organizations.tsv: they are words for one thing too */
    bl_table own_names; /* further names, or further bodies, in the same columns */
    bl_table own;       /* further concepts, or further terms of those, in the columns of the first */
} bl_thesaurus_tables;

/* The terms of corpus/, read when the library was built. */
const struct bl_terms *bl_thesaurus_compiled(void);

/* Lines of the concepts that cannot be used are reported and left out. New; `compiled` stays borrowed. */
bl_thesaurus *bl_thesaurus_open(bl_error *e, bl_cutter *cutter, const bl_thesaurus_tables *tables,
                                bl_thesaurus_problem problem, void *context);
void bl_thesaurus_close(bl_thesaurus *thesaurus);

/* Other terms for the tokens [first, end), the meaning of which is one concept's; returns how many, the list
 * is borrowed until the next call. Words match in any inflection. Nothing of worse quality than `worst`. */
size_t bl_thesaurus_find(bl_error *e, bl_thesaurus *thesaurus, const bl_tokens *tokens, size_t first,
                         size_t end, bl_quality worst, const bl_synonym **list);

/* Characters beside which these tokens are part of another word (产改 in 停产改线); each "" when none are
 * known. Borrowed from the thesaurus. */
void bl_thesaurus_guard(bl_thesaurus *thesaurus, const bl_tokens *tokens, size_t first, size_t end,
                        const char **not_after, const char **not_before);

/* The next term of characters from number *i on, folded; NULL after the last. */
const char *bl_thesaurus_run(const bl_thesaurus *thesaurus, size_t *i);

/* For cutting long runs: the terms of characters. */
bl_word_list bl_thesaurus_words(bl_thesaurus *thesaurus);

#endif
