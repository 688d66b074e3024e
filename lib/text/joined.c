/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns words with a hyphen, apostrophe, full stop or thousands separator between them into the one word that
 * readers also write: e-commerce ecommerce, don't dont, U.S. us, 3.5, 1,200 1200. */
#include <string.h>

#include "cutter.h"

/* Longer ones are no words but lists. */
#define LONGEST 64

typedef struct joined_form {
    char text[LONGEST];
    size_t size;
    size_t end; /* glyph behind it */
    int words;
    bool letters; /* some word has one */
} joined_form;

static bool wordlike(const bl_folded *f, size_t i)
{
    return i < f->count && (f->glyphs[i].kind == BL_CLASS_LETTER || f->glyphs[i].kind == BL_CLASS_DIGIT);
}

static size_t word_end(const bl_folded *f, size_t i)
{
    while (wordlike(f, i))
        i++;
    return i;
}

static bool add(joined_form *form, const bl_folded *f, size_t first, size_t end)
{
    size_t size = bl_glyph_limit(f, end) - f->glyphs[first].at;
    if (form->size + size > LONGEST)
        return false;
    memcpy(form->text + form->size, f->text + f->glyphs[first].at, size);
    form->size += size;
    form->end = end;
    form->words++;
    for (size_t i = first; i < end; i++)
        form->letters |= f->glyphs[i].kind == BL_CLASS_LETTER;
    return true;
}

/* The code of a connector that is one glyph and no part of a larger cluster, 0 for none. */
static uint32_t connector(const bl_folded *f, size_t i)
{
    return i + 1 < f->count && !f->glyphs[i + 1].joined ? f->glyphs[i].code : 0;
}

static bool hyphen(uint32_t code)
{
    return code == '-' || code == 0x2010;
}

static bool apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019;
}

/* ---------------------------------------------------------------------------------------------- numbers */

static bool digit(const bl_folded *f, size_t i)
{
    return i < f->count && f->glyphs[i].code >= '0' && f->glyphs[i].code <= '9';
}

static bool digits(const bl_folded *f, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (!digit(f, i))
            return false;
    return end > first;
}

/* A separator is as wide as the digits around it: the fullwidth comma of a Chinese list is none. */
static bool separates(const bl_folded *f, size_t i, uint32_t code)
{
    return connector(f, i) == code && digit(f, i + 1) &&
           f->glyphs[i].end - f->glyphs[i].start == f->glyphs[i - 1].end - f->glyphs[i - 1].start;
}

static void join_number(joined_form *form, const bl_folded *f)
{
    while (separates(f, form->end, ',')) {
        size_t end = word_end(f, form->end + 1);
        if (end - form->end != 4 || !digits(f, form->end + 1, end) || !add(form, f, form->end + 1, end))
            break;
    }
    if (!separates(f, form->end, '.'))
        return;
    size_t end = word_end(f, form->end + 1);
    bool more = separates(f, end, '.') || separates(f, end, ',');
    if (!more && digits(f, form->end + 1, end) && form->size + 1 < LONGEST) {
        form->text[form->size++] = '.';
        add(form, f, form->end + 1, end);
    }
}

/* ----------------------------------------------------------------------------------------------- words */

static bool single_letter(const bl_folded *f, size_t first, size_t end)
{
    return end - first == 1 && f->glyphs[first].kind == BL_CLASS_LETTER;
}

/* U.S., u.s.a: single letters with a full stop between; the last one may be missing. */
static void join_initials(joined_form *form, const bl_folded *f)
{
    while (connector(f, form->end) == '.' && wordlike(f, form->end + 1)) {
        size_t end = word_end(f, form->end + 1);
        if (!single_letter(f, form->end + 1, end) || !add(form, f, form->end + 1, end))
            return;
    }
    if (form->words > 1 && form->end < f->count && f->glyphs[form->end].code == '.')
        form->end = bl_cluster_end(f, form->end);
}

static void join_words(joined_form *form, const bl_folded *f)
{
    while (hyphen(connector(f, form->end)) || apostrophe(connector(f, form->end))) {
        size_t first = form->end + 1, end = word_end(f, first);
        if (end == first || !add(form, f, first, end))
            return;
    }
}

/* Whether the word at `first` goes on with a form that began before it. */
static bool continues(const bl_folded *f, size_t first)
{
    if (first < 2 || !wordlike(f, first - 2) || f->glyphs[first].joined)
        return false;
    uint32_t code = connector(f, first - 1);
    return hyphen(code) || apostrophe(code) || code == '.' ||
           (code == ',' && digit(f, first) && digit(f, first - 2));
}

void bl_cut_joined(bl_cut_state *s, size_t first, size_t end)
{
    const bl_folded *f = s->folded;
    joined_form form = { .size = 0 };
    if (end >= f->count || f->glyphs[end].kind != BL_CLASS_SYMBOL || continues(f, first) ||
        !add(&form, f, first, end))
        return;
    if (digits(f, first, end))
        join_number(&form, f);
    else if (single_letter(f, first, end))
        join_initials(&form, f);
    if (form.words == 1)
        join_words(&form, f);
    bool number = digits(f, first, end) && !form.letters;
    bool separated =
        number && form.words > 1 && !hyphen(f->glyphs[end].code) && !apostrophe(f->glyphs[end].code);
    if (form.words > 1 && (form.letters || separated))
        bl_token_put(s, BULLETIN_TOKEN_JOINED, first, form.end, form.text, form.size);
}
