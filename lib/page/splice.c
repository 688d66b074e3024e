/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A title with advertising between its words to the title. */
#include "splice.h"

#include <stdint.h>

enum { MOST_WORDS = 60, ENOUGH_BESIDE = 3 };

typedef struct words {
    bl_piece item[MOST_WORDS];
    size_t count;
} words;

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || c == '\'' || c == '-';
}

static void cut_words(bl_piece p, words *out)
{
    out->count = 0;
    for (size_t at = 0; at < p.size && out->count < MOST_WORDS;) {
        size_t start = at;
        while (at < p.size && is_word_byte(p.text[at]))
            at++;
        if (at > start)
            out->item[out->count++] = (bl_piece){ p.text + start, at - start };
        else
            at++;
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_word(bl_piece a, bl_piece b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.text[i]) != lower(b.text[i]))
            return false;
    return true;
}

static bool occurs(const words *w, bl_piece word)
{
    for (size_t i = 0; i < w->count; i++)
        if (same_word(w->item[i], word))
            return true;
    return false;
}

/* Words [*from, *to) of the title stand between two that are neighbours in the original, and none of them
 * occurs there. */
static bool find_splice(const words *title, const words *original, size_t *from, size_t *to)
{
    for (size_t k = 0; k + 1 < original->count; k++)
        for (size_t i = ENOUGH_BESIDE - 1; i + 2 < title->count; i++) {
            size_t j = i + 1;
            if (!same_word(title->item[i], original->item[k]))
                continue;
            while (j < title->count && !occurs(original, title->item[j]))
                j++;
            if (j >= i + 3 && j < title->count && same_word(title->item[j], original->item[k + 1])) {
                *from = i + 1;
                *to = j;
                return true;
            }
        }
    return false;
}

bool bl_splice_remove(bl_piece title, bl_piece original, bl_buffer *out)
{
    words t, o;
    size_t from, to;
    cut_words(title, &t);
    cut_words(original, &o);
    if (!find_splice(&t, &o, &from, &to))
        return false;
    const char *head_end = t.item[from - 1].text + t.item[from - 1].size;
    bl_buffer_append(out, title.text, (size_t)(head_end - title.text));
    bl_buffer_putc(out, ' ');
    bl_buffer_append(out, t.item[to].text, (size_t)(title.text + title.size - t.item[to].text));
    return true;
}
