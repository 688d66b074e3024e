/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns a run of Thai, Lao, Khmer or Burmese into words, by ICU's dictionaries. */
#include <unicode/ubrk.h>
#include <unicode/utf16.h>

#include "cutter.h"

/* So many glyphs at a time keep the iterator's work linear; a word never is that long. */
#define WINDOW 1024

#define THAI_NIKHAHIT 0x0E4D
#define THAI_AA 0x0E32
#define THAI_AM 0x0E33
#define LAO_NIGGAHITA 0x0ECD
#define LAO_AA 0x0EB2
#define LAO_AM 0x0EB3

/* Part of a run as the dictionaries spell it. */
typedef struct window {
    UChar text[WINDOW * 2];
    int32_t size;
    size_t glyph[WINDOW * 2 + 1]; /* which glyph each unit came from; the last: the one behind */
} window;

/* NFKC takes AM apart, and the dictionaries only know it whole. */
static UChar32 whole_vowel(const bl_folded *f, size_t i, size_t end)
{
    UChar32 code = (UChar32)f->glyphs[i].code;
    UChar32 next = i + 1 < end ? (UChar32)f->glyphs[i + 1].code : 0;
    if (code == THAI_NIKHAHIT && next == THAI_AA)
        return THAI_AM;
    if (code == LAO_NIGGAHITA && next == LAO_AA)
        return LAO_AM;
    return code;
}

static void fill(window *w, const bl_folded *f, size_t first, size_t end)
{
    w->size = 0;
    for (size_t i = first; i < end; i++) {
        UChar32 code = whole_vowel(f, i, end);
        int32_t size = w->size;
        U16_APPEND_UNSAFE(w->text, w->size, code);
        for (; size < w->size; size++)
            w->glyph[size] = i;
        i += code != (UChar32)f->glyphs[i].code;
    }
    w->glyph[w->size] = end;
}

static UBreakIterator *iterator(bl_cut_state *s)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!s->cutter->words && !bl_failed(s->e))
        s->cutter->words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    if (status == U_MEMORY_ALLOCATION_ERROR)
        bl_fail_nomem(s->e);
    else if (U_FAILURE(status))
        bl_fail(s->e, BULLETIN_IO,
                "cannot open ICU's word boundaries: %s; check that ICU's data is installed",
                u_errorName(status));
    return s->cutter->words;
}

/* Put the words of the window; those after the last boundary wait for the next one unless the run ends here.
 * Returns the glyph to go on from. */
static size_t put_words(bl_cut_state *s, UBreakIterator *words, const window *w, size_t first, bool last)
{
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(words, w->text, w->size, &status);
    if (U_FAILURE(status)) {
        bl_fail_nomem(s->e);
        return w->glyph[w->size];
    }
    for (int32_t at = ubrk_next(words); at != UBRK_DONE; at = ubrk_next(words)) {
        size_t end = w->glyph[at];
        if (s->folded->glyphs[end < s->folded->count ? end : first].joined && at < w->size)
            continue;
        if (at == w->size && !last && first != w->glyph[0])
            break;
        bl_token_put(s, BULLETIN_TOKEN_WORD, first, end, NULL, 0);
        first = end;
    }
    return first;
}

/* As far as a window reaches, without cutting a cluster in two unless it fills the window. */
static size_t window_end(const bl_folded *f, size_t first, size_t end)
{
    if (end - first <= WINDOW)
        return end;
    size_t limit = first + WINDOW;
    while (limit > first + 1 && f->glyphs[limit].joined)
        limit--;
    return limit > first + 1 ? limit : bl_cluster_end(f, first);
}

void bl_cut_complex(bl_cut_state *s, size_t first, size_t end)
{
    UBreakIterator *words = iterator(s);
    window w;
    while (first < end && !bl_failed(s->e)) {
        size_t limit = window_end(s->folded, first, end);
        if (limit - first > WINDOW) {
            bl_token_put(s, BULLETIN_TOKEN_WORD, first, limit, NULL, 0);
            first = limit;
            continue;
        }
        fill(&w, s->folded, first, limit);
        first = put_words(s, words, &w, first, limit == end);
    }
}
