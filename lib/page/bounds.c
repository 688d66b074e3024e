/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lists of words to tries that are read from right to left. */
#include "bounds.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

typedef struct head_list {
    bl_head_class kind;
    const char *not_before;
    const char *words; /* parted by blanks */
} head_list;

/* The lists: those of bl_left, and two more. */
enum {
    LEFT_STOP = BL_LEFT_STOP,
    LEFT_ROLE = BL_LEFT_ROLE,
    LEFT_SAFE = BL_LEFT_SAFE,
    LEFT_GENERIC,
    LEFT_TRADE,
    LEFT_BUSINESS
};

static const struct {
    int kind;
    const char *words;
} word_lists[] = {
#define WORDS(kind, words) { LEFT_##kind, words },
#define HEADS(kind, not_before, words)
#include "bounds.inc"
#undef WORDS
#undef HEADS
};

static const head_list head_lists[] = {
#define WORDS(kind, words)
#define HEADS(kind, not_before, words) { BL_HEAD_##kind, not_before, words },
#include "bounds.inc"
#undef WORDS
#undef HEADS
};

/* The longest word; a longer place bounds nothing. */
enum { LONGEST = 64 };

static uint32_t add_reversed(bl_error *e, bl_trie *trie, const bl_folded *f)
{
    uint32_t codes[LONGEST];
    if (f->count > LONGEST)
        return 0;
    for (size_t i = 0; i < f->count; i++)
        codes[i] = f->glyphs[f->count - 1 - i].code;
    return bl_trie_add(e, trie, codes, f->count);
}

static void add_word(bl_error *e, bl_trie *trie, const bl_folded *word, int32_t value)
{
    uint32_t node = add_reversed(e, trie, word);
    if (!bl_failed(e) && node != 0 && bl_trie_value(trie, node) < 0)
        bl_trie_set(e, trie, node, value);
}

void bl_bounds_add_place(bl_error *e, bl_bounds *l, const bl_folded *place)
{
    add_word(e, &l->left, place, BL_LEFT_PLACE);
}

static void add_words(bl_error *e, bl_bounds *l, int kind, const char *words, bl_folded *scratch)
{
    for (const char *s = words; *s && !bl_failed(e);) {
        size_t n = strcspn(s, " ");
        bl_fold(e, s, n, scratch);
        if (!bl_failed(e))
            add_word(e, kind >= LEFT_GENERIC ? &l->generic : &l->left, scratch,
                     kind >= LEFT_GENERIC ? kind - LEFT_GENERIC : kind);
        s += n + (s[n] == ' ');
    }
}

static int32_t add_head(bl_error *e, bl_bounds *l, const head_list *list, bl_folded *scratch)
{
    if (!bl_grow(&l->head, &l->head_capacity, l->head_count + 1, sizeof *l->head)) {
        bl_fail_nomem(e);
        return -1;
    }
    bl_head *h = &l->head[l->head_count];
    *h = (bl_head){ .kind = list->kind };
    bl_fold(e, list->not_before, strlen(list->not_before), scratch);
    for (size_t i = 0;
         !bl_failed(e) && i < scratch->count && i + 1 < sizeof h->not_before / sizeof *h->not_before; i++)
        h->not_before[i] = scratch->glyphs[i].code;
    return (int32_t)l->head_count++;
}

static void add_heads(bl_error *e, bl_bounds *l, const head_list *list, bl_folded *scratch)
{
    for (const char *s = list->words; *s && !bl_failed(e);) {
        size_t n = strcspn(s, " ");
        int32_t index = add_head(e, l, list, scratch);
        bl_fold(e, s, n, scratch);
        if (!bl_failed(e)) {
            l->head[index].length = scratch->count;
            add_word(e, &l->heads, scratch, index);
        }
        s += n + (s[n] == ' ');
    }
}

void bl_bounds_make(bl_error *e, bl_bounds *out)
{
    bl_folded scratch = { 0 };
    *out = (bl_bounds){ 0 };
    for (size_t i = 0; i < sizeof word_lists / sizeof *word_lists; i++)
        add_words(e, out, word_lists[i].kind, word_lists[i].words, &scratch);
    for (size_t i = 0; i < sizeof head_lists / sizeof *head_lists; i++)
        add_heads(e, out, &head_lists[i], &scratch);
    bl_folded_free(&scratch);
}

void bl_bounds_free(bl_bounds *l)
{
    bl_trie_free(&l->left);
    bl_trie_free(&l->generic);
    bl_trie_free(&l->heads);
    if (l->head_capacity > 0) /* else they are compiled in */
        free(l->head);
    *l = (bl_bounds){ 0 };
}

size_t bl_bounds_before(const bl_trie *trie, const bl_glyph *glyphs, size_t floor, size_t end, int32_t *value)
{
    size_t length = 0;
    uint32_t node = 0;
    for (size_t i = end; i-- > floor;) {
        node = bl_trie_step(trie, node, glyphs[i].code);
        if (node == 0)
            break;
        if (bl_trie_value(trie, node) >= 0) {
            *value = bl_trie_value(trie, node);
            length = end - i;
        }
    }
    return length;
}
