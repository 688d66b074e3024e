/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tokens that are looked for to whether one may begin in a text, told without cutting it. */
#include "openings.h"

#include "base/utf8.h"
#include "fold.h"
#include "fold_entry.h"
#include "spelling.h"
#include "token.h"

/* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4), to ten bits. */
static inline uint32_t hash_of(uint32_t code)
{
    return code * UINT32_C(0x9e3779b1) >> 22;
}

static inline void add(bl_code_set *set, uint32_t code)
{
    const uint32_t hash = hash_of(code);
    set->bits[hash / 32] |= UINT32_C(1) << hash % 32;
}

static inline bool has(const bl_code_set *set, uint32_t code)
{
    const uint32_t hash = hash_of(code);
    return set->bits[hash / 32] >> hash % 32 & 1;
}

static void add_single(bl_openings *openings, uint32_t code)
{
    add(&openings->first, code);
    add(&openings->single, code);
}

void bl_openings_add(bl_openings *openings, const char *token, size_t size)
{
    /* The stem of a word that is spelt in two ways may begin with another letter. */
    const uint32_t letters = *token == BL_MARK_STEM && size > 1 ? bl_spelling_openings(token[1]) : 0;
    for (uint32_t i = 0; letters >> i != 0; i++)
        if (letters >> i & 1)
            add_single(openings, 'a' + i);
    size_t at = *token == BL_MARK_STEM || *token == BL_MARK_JOINED;
    const uint32_t first = bl_utf8_next(token, size, &at);
    const uint32_t second = at < size ? bl_utf8_next(token, size, &at) : 0;
    if (bl_fold_class(first) != BL_CLASS_CJK || bl_fold_class(second) != BL_CLASS_CJK) {
        add_single(openings, first);
        return;
    }
    add(&openings->first, first);
    add(&openings->second, second);
}

static bool expands_to_one(uint32_t entry, const bl_openings *openings)
{
    const uint32_t *list = bl_fold_expansion + (entry & BL_ENTRY_VALUE);
    for (uint32_t i = 1; i <= list[0]; i++)
        if (has(&openings->first, list[i]))
            return true;
    return false;
}

bool bl_openings_may_stand(const char *text, size_t size, const bl_openings *openings)
{
    bool opened = false; /* by the first of a pair, just before */
    for (size_t at = 0; at < size;) {
        const uint32_t code = bl_utf8_step(text, size, &at), entry = bl_fold_entry_of(code);
        const uint32_t folded = code ^ (entry & BL_ENTRY_VALUE);
        const bool is_cjk = bl_fold_class_of(entry) == BL_CLASS_CJK;
        if (entry & (BL_ENTRY_EXPANDS | BL_ENTRY_CLINGS)) {
            /* What combines with the code before it may make another of it. */
            if (opened || entry & BL_ENTRY_CLINGS || expands_to_one(entry, openings))
                return true;
            continue;
        }
        /* Between others something may fall. */
        if (opened && (!is_cjk || has(&openings->second, folded)))
            return true;
        opened = has(&openings->first, folded);
        if (opened && has(&openings->single, folded))
            return true;
        opened = opened && is_cjk;
    }
    return opened;
}
