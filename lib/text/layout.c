/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text into the clusters that are shown, with their columns and the places where it may be cut. */
#include "layout.h"

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "cutter.h"

/* A cluster that goes on for longer is no writing. */
enum { LONGEST_CLUSTER = 256 };

unsigned bl_columns(uint32_t code)
{
    if (code >= 0x1160 && code < 0x1200) /* vowels and finals of Hangul are drawn into the syllable */
        return 0;
    if (code < 0x300)
        return code != 0xAD && ((code >= 0x20 && code < 0x7F) || code >= 0xA0 || code == '\t' ||
                                code == '\n' || code == '\r');
    if ((code >= 0x4E00 && code < 0xA000) || (code >= 0xAC00 && code <= 0xD7A3)) /* nearly always */
        return 2;
    uint32_t kind = U_GET_GC_MASK((UChar32)code);
    if (kind & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK))
        return 0;
    int32_t width = u_getIntPropertyValue((UChar32)code, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/* Where a cluster surely begins: ASCII and Han never go on with one, but for a line feed after a return. */
static size_t safe_start(const char *text, size_t at)
{
    size_t limit = at > LONGEST_CLUSTER ? at - LONGEST_CLUSTER : 0;
    for (; at > limit; at = bl_utf8_before(text, at)) {
        unsigned char byte = (unsigned char)text[at];
        if ((byte < 0x80 && byte != '\n') || (byte >= 0xE4 && byte <= 0xE9))
            break;
    }
    return at;
}

/* ---- break iterators over part of a text ---- */

typedef struct breaks {
    UBreakIterator *iterator;
    size_t base; /* the part's first byte */
    size_t next; /* the next boundary, in bytes of the text */
} breaks;

static void fail(bl_error *e, UErrorCode status)
{
    if (status == U_MEMORY_ALLOCATION_ERROR)
        bl_fail_nomem(e);
    else if (U_FAILURE(status))
        bl_fail(e, BULLETIN_IO, "cannot find the edges of sentences: %s; check that ICU's data is installed",
                u_errorName(status));
}

static void advance(breaks *b)
{
    int32_t next = ubrk_next(b->iterator);
    b->next = next == UBRK_DONE ? SIZE_MAX : b->base + (size_t)next;
}

static breaks start(bl_error *e, UBreakIterator **iterator, UBreakIteratorType type, const char *text,
                    size_t from, size_t to)
{
    breaks b = { .base = from, .next = SIZE_MAX };
    UErrorCode status = U_ZERO_ERROR;
    UText part = UTEXT_INITIALIZER;
    if (bl_failed(e))
        return b;
    if (!*iterator)
        *iterator = ubrk_open(type, "", NULL, 0, &status);
    utext_openUTF8(&part, text + from, (int64_t)(to - from), &status);
    if (U_SUCCESS(status))                        /* else there may be no iterator */
        ubrk_setUText(*iterator, &part, &status); /* which clones the UText, not the text */
    utext_close(&part);
    fail(e, status);
    b.iterator = *iterator;
    if (!bl_failed(e))
        advance(&b);
    return b;
}

/* Whether a boundary lies at `at`; those before it are passed over. */
static bool reaches(breaks *b, size_t at)
{
    while (b->next < at)
        advance(b);
    return b->next == at;
}

/* ---- cells ---- */

/* What ends a sentence for whoever reads Chinese. UAX #29 has neither ； nor …, and takes a quotation mark
 * that opens behind 。 for one that closes. */
static bool ends_clause(uint32_t code)
{
    return code == 0x3002 || code == 0xFF61 || code == 0xFF01 || code == 0xFF1F || code == 0xFF1B ||
           code == 0x2026;
}

static bool opens(uint32_t code)
{
    return (U_GET_GC_MASK((UChar32)code) & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0;
}

static bool closes(uint32_t code)
{
    return (U_GET_GC_MASK((UChar32)code) & (U_GC_PE_MASK | U_GC_PF_MASK)) != 0 || code == '"';
}

/* Most of a text is Han or ASCII: these need no look into Unicode's tables. */
static bool is_han(uint32_t code)
{
    return code >= 0x4E00 && code < 0xA000;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
}

static bool in_word(uint32_t code)
{
    return is_letter(code) ||
           (!is_han(code) && (u_isalnum((UChar32)code) || code == '\'' || code == 0x2019) &&
            bl_columns(code) == 1);
}

static bool is_punctuation(uint32_t code)
{
    return !is_han(code) && !is_letter(code) && code != ' ' && u_ispunct((UChar32)code);
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || (!is_han(code) && !is_letter(code) && u_isUWhiteSpace((UChar32)code));
}

static bl_cell measure(const char *text, size_t start, size_t end)
{
    bl_cell cell = { .start = (uint32_t)start };
    unsigned columns = 0;
    for (size_t at = start; at < end;) {
        uint32_t code = bl_utf8_next(text, end, &at);
        columns += bl_columns(code);
        cell.blank = cell.blank || is_blank(code);
    }
    cell.columns = columns > UINT8_MAX ? UINT8_MAX : (uint8_t)columns;
    return cell;
}

static void put(bl_error *e, bl_layout *out, bl_cell cell)
{
    if (bl_grow(&out->cells, &out->capacity, out->count + 2, sizeof *out->cells))
        out->cells[out->count++] = cell;
    else
        bl_fail_nomem(e);
}

/* What stands before the part, to judge its first cell by. */
static uint32_t code_before(const char *text, size_t size, size_t at)
{
    if (at == 0)
        return '\n';
    size_t before = bl_utf8_before(text, at);
    return bl_utf8_next(text, size, &before);
}

/* Of these each is a cluster. */
static bool is_cluster(uint32_t code)
{
    return (code >= 0x4E00 && code < 0xA000) || (code >= 0x3001 && code <= 0x3029) ||
           (code >= 0xFF01 && code <= 0xFF5E && code != 0xFF0E) || (code >= 0x2010 && code <= 0x2023) ||
           code == 0x2026 || (code >= ' ' && code < 0x7F) || code == '\n';
}

/* And of these, no sentence ends but where ends_clause() and line feeds say so. A full stop before a digit
 * ends nothing. */
static bool is_plain(uint32_t code, char next)
{
    if (code == '.')
        return next >= '0' && next <= '9';
    return code != '!' && code != '?' && code != '\'';
}

/* A walk over the cells of a part. */
typedef struct walk {
    const char *text;
    size_t limit;
    bool by_code, plain; /* then clusters, and sentences, need no look into Unicode's tables */
    breaks clusters, sentences;
    uint32_t previous;
    bool ended; /* a clause did, and only what closes it or blanks came since */
} walk;

/* Look at a part, and at what follows it. */
static void glance(walk *w, size_t size, size_t from, size_t to)
{
    w->by_code = w->plain = true;
    for (size_t at = from; w->by_code && at < size && at <= to;) {
        uint32_t code = bl_utf8_step(w->text, size, &at);
        w->by_code = is_cluster(code);
        w->plain = w->plain && w->by_code && is_plain(code, at < size ? w->text[at] : '\0');
    }
}

/* What is before the cell at `at`, which begins with `code`. */
static bl_cut_place judge(walk *w, size_t at, uint32_t code, bool blank)
{
    bool stays = w->ended && (blank || closes(code) || ends_clause(code));
    bool edge = !w->plain && reaches(&w->sentences, at) && !stays && !opens(w->previous);
    bool sentence = edge || w->previous == '\n' || (w->ended && !stays);
    bool clause = !blank && is_punctuation(w->previous) && !is_punctuation(code);
    bool inside = in_word(code) && in_word(w->previous);
    w->ended = stays || ends_clause(code);
    w->previous = code;
    return sentence ? BL_CUT_SENTENCE : inside ? BL_CUT_INSIDE : clause ? BL_CUT_CLAUSE : BL_CUT_WORD;
}

/* The cell that begins at *at, which moves behind it. */
static bl_cell next_cell(walk *w, size_t *at)
{
    size_t start = *at, end = start;
    uint32_t code = bl_utf8_step(w->text, w->limit, &end);
    if (!w->by_code) {
        reaches(&w->clusters, start + 1);
        end = w->clusters.next < w->limit ? w->clusters.next : w->limit;
    }
    bl_cell cell = measure(w->text, start, end);
    cell.cut = (uint8_t)judge(w, start, code, cell.blank);
    *at = end;
    return cell;
}

void bl_layout_text(bl_error *e, bl_cutter *cutter, const char *text, size_t size, size_t from, size_t to,
                    bl_layout *out)
{
    size_t at = safe_start(text, from);
    size_t limit = size - to < LONGEST_CLUSTER ? size : to + LONGEST_CLUSTER;
    walk w = { .text = text, .limit = limit, .previous = code_before(text, size, at) };
    glance(&w, size, at, to);
    if (!w.by_code)
        w.clusters = start(e, &cutter->clusters, UBRK_CHARACTER, text, at, limit);
    if (!w.plain)
        w.sentences = start(e, &cutter->sentences, UBRK_SENTENCE, text, at, limit);
    out->count = 0;
    while (at < to && !bl_failed(e)) {
        bl_cell cell = next_cell(&w, &at);
        if (at > from)
            put(e, out, cell);
    }
    put(e, out, (bl_cell){ .start = (uint32_t)at, .cut = BL_CUT_SENTENCE });
    out->count -= !bl_failed(e);
}

void bl_layout_free(bl_layout *layout)
{
    free(layout->cells);
    *layout = (bl_layout){ 0 };
}
