/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text and its matches to the passages worth reading. */
#include "snippet.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { MOST_PASSAGES = 3, NARROWEST = 36, MOST_MARKS = 4096 };

static const char ellipsis[] = "…";

/* Highlights [first, last] that a passage is made for; the last is the one that brings its last new unit. */
typedef struct window {
    size_t first, last;
} window;

typedef struct unit_set {
    uint64_t bits[BL_PLAN_TERMS / 64];
} unit_set;

/* Passages that were chosen, by what they show. */
typedef struct choice {
    window windows[MOST_PASSAGES];
    size_t count;
    size_t covered; /* distinct units */
} choice;

static bool has(const unit_set *set, uint32_t unit)
{
    return set->bits[unit / 64 % (BL_PLAN_TERMS / 64)] >> (unit % 64) & 1;
}

static void include(unit_set *set, uint32_t unit)
{
    set->bits[unit / 64 % (BL_PLAN_TERMS / 64)] |= (uint64_t)1 << (unit % 64);
}

/* ---- which matches ---- */

static size_t count_units(const bl_highlights *marks)
{
    unit_set seen = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < marks->count; i++) {
        count += !has(&seen, marks->units[i]);
        include(&seen, marks->units[i]);
    }
    return count;
}

/* Columns of [start, end), but no more than `most` + 2 are counted. */
static unsigned width(const char *text, size_t start, size_t end, unsigned most)
{
    unsigned columns = 0;
    while (start < end && columns <= most)
        columns += bl_columns(bl_utf8_next(text, end, &start));
    return columns;
}

/* Matches with their columns, counted from the first one's start. */
typedef struct ruler {
    const bl_highlights *marks;
    unsigned *start, *end;
    size_t count; /* of the marks, the first so many */
} ruler;

static ruler measure(bl_error *e, const char *text, const bl_highlights *marks)
{
    ruler r = { .marks = marks, .count = marks->count < MOST_MARKS ? marks->count : MOST_MARKS };
    unsigned columns = 0;
    size_t at = r.count > 0 ? marks->list[0].start : 0;
    r.start = malloc(2 * (r.count + 1) * sizeof *r.start);
    if (!r.start) {
        bl_fail_nomem(e);
        r.count = 0;
        return r;
    }
    r.end = r.start + r.count;
    for (size_t i = 0; i < r.count; i++) {
        columns += width(text, at, marks->list[i].start, UINT_MAX - 2);
        at = marks->list[i].start;
        r.start[i] = columns;
        r.end[i] = columns + width(text, at, marks->list[i].end, UINT_MAX - 2);
    }
    return r;
}

/* What a passage of so many columns from match `first` on shows: new units count most, then matches. Fills
 * in the last match that brings a new unit. */
static size_t worth(const ruler *r, unsigned columns, const unit_set *covered, size_t first, size_t *last)
{
    unit_set seen = *covered;
    size_t value = 0;
    *last = first;
    for (size_t i = first; i < r->count && (i == first || r->start[i] - r->start[first] < columns); i++) {
        if (i > first && r->end[i] - r->start[first] > columns)
            continue;
        bool is_new = !has(&seen, r->marks->units[i]);
        value += is_new ? 1000 : 1;
        if (is_new)
            *last = i;
        include(&seen, r->marks->units[i]);
    }
    return value;
}

/* The first of the best passages; false when none shows a new unit. */
static bool find_window(const ruler *r, unsigned columns, const unit_set *covered, window *best)
{
    size_t best_value = 999, last;
    bool found = false;
    for (size_t i = 0; i < r->count; i++) {
        if (has(covered, r->marks->units[i]))
            continue;
        size_t value = worth(r, columns, covered, i, &last);
        if (value > best_value) {
            best_value = value;
            *best = (window){ i, last };
            found = true;
        }
    }
    return found;
}

static choice choose(const ruler *r, unsigned columns, size_t passages)
{
    choice c = { 0 };
    unit_set covered = { 0 };
    while (c.count < passages && find_window(r, columns, &covered, &c.windows[c.count])) {
        window w = c.windows[c.count++];
        for (size_t i = w.first; i <= w.last; i++) {
            c.covered += !has(&covered, r->marks->units[i]);
            include(&covered, r->marks->units[i]);
        }
    }
    return c;
}

static int ascending(const void *a, const void *b)
{
    size_t x = ((const window *)a)->first, y = ((const window *)b)->first;
    return (x > y) - (x < y);
}

/* Columns left for text beside the signs around and between passages. */
static unsigned share(unsigned columns, size_t passages)
{
    unsigned signs = (unsigned)passages + 1;
    return columns > signs ? (columns - signs) / (unsigned)passages : 1;
}

/* As few passages as show most units; in order of the text. */
static choice choose_best(bl_error *e, const char *text, unsigned columns, const bl_highlights *marks)
{
    choice best = { 0 };
    ruler r = measure(e, text, marks);
    size_t units = count_units(marks);
    for (size_t n = 1; n <= MOST_PASSAGES && (n == 1 || share(columns, n) >= NARROWEST); n++) {
        choice c = best.covered < units ? choose(&r, share(columns, n), n) : best;
        if (c.covered > best.covered)
            best = c;
    }
    free(r.start);
    qsort(best.windows, best.count, sizeof *best.windows, ascending);
    return best;
}

/* ---- where a passage begins and ends ---- */

/* More bytes are never laid out, however many marks and invisible signs pile up. */
static size_t bytes_for(unsigned columns)
{
    return (size_t)columns * 16 + 256;
}

/* The place so many columns and a bit more after `at`. */
static size_t forward(const char *text, size_t size, size_t at, unsigned columns)
{
    unsigned used = 0;
    size_t limit = size - at > bytes_for(columns) ? at + bytes_for(columns) : size;
    while (at < limit && used <= columns + 2)
        used += bl_columns(bl_utf8_next(text, size, &at));
    return at;
}

/* The same before it, but not before `floor`. */
static size_t backward(const char *text, size_t size, size_t floor, size_t at, unsigned columns)
{
    unsigned used = 0;
    size_t limit = at - floor > bytes_for(columns) ? at - bytes_for(columns) : floor;
    while (at > limit && used <= columns + 2) {
        size_t next = at = bl_utf8_before(text, at);
        used += bl_columns(bl_utf8_next(text, size, &next));
    }
    return at;
}

/* The first cell shown: of a sentence, if one begins in reach before the match, else behind punctuation, else
 * of a word. */
static size_t begin_cell(const bl_layout *l, size_t match, unsigned reach)
{
    size_t at = match, clause = match;
    unsigned used = 0;
    while (at > 0 && l->cells[at].cut != BL_CUT_SENTENCE && used + l->cells[at - 1].columns <= reach) {
        used += l->cells[--at].columns;
        if (l->cells[at].cut == BL_CUT_CLAUSE)
            clause = at;
    }
    if (l->cells[at].cut != BL_CUT_SENTENCE && clause < match)
        at = clause;
    while (at < match && (l->cells[at].cut == BL_CUT_INSIDE || l->cells[at].blank))
        at++;
    return at;
}

/* The cell behind the last one shown: behind a sentence that ends in the last third, else behind punctuation
 * there, else behind a word, but never before `least`. */
static size_t end_cell(const bl_layout *l, size_t begin, size_t least, unsigned columns)
{
    unsigned used = 0;
    size_t at = begin, best = 0;
    bl_cut_place place = BL_CUT_INSIDE;
    while (at < l->count && used + l->cells[at].columns <= columns) {
        used += l->cells[at++].columns;
        bl_cut_place here = (bl_cut_place)l->cells[at].cut;
        if (here >= BL_CUT_CLAUSE && used * 3 < columns * 2)
            here = BL_CUT_WORD;
        if (at >= least && here >= place && here > BL_CUT_INSIDE) {
            place = here;
            best = at;
        }
    }
    if (at < l->count && best > 0)
        at = best;
    while (at > begin && at > least && l->cells[at - 1].blank)
        at--;
    return at;
}

/* The cell that holds byte `at`, or the one behind the last. */
static size_t cell_of(const bl_layout *l, size_t at)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (l->cells[middle].start <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* The passage around what is needed, not before `floor`. What stands near the beginning of the text is shown
 * from there. */
static bulletin_range passage(bl_error *e, bl_cutter *cutter, bl_layout *l, const char *text, size_t size,
                              bulletin_range needed, size_t floor, unsigned columns)
{
    unsigned own = width(text, needed.start, needed.end, columns);
    bool opens = floor == 0 && width(text, 0, needed.end, columns) * 2 <= columns;
    unsigned reach = own >= columns ? 0 : columns - own < columns / 3 ? columns - own : columns / 3;
    size_t from = opens ? 0 : backward(text, size, floor, needed.start, reach);
    size_t to = forward(text, size, needed.start, columns);
    bl_layout_text(e, cutter, text, size, from, to, l);
    if (bl_failed(e))
        return (bulletin_range){ floor, floor };
    size_t begin = opens ? 0 : begin_cell(l, cell_of(l, needed.start), reach);
    size_t last = needed.end > needed.start ? cell_of(l, needed.end - 1) + 1 : begin;
    size_t end = end_cell(l, begin, last, columns);
    return (bulletin_range){ l->cells[begin].start, l->cells[end].start };
}

/* ---- the snippet ---- */

typedef struct writing {
    const char *text;
    size_t size;
    bl_highlights *marks;
    size_t read, kept; /* marks looked at, and those that are in the snippet */
    size_t shown;      /* where the last passage ended */
    bl_buffer *out;
} writing;

/* Keep the marks that stand whole in the passage, counted from the snippet's beginning. */
static void keep_marks(writing *w, bulletin_range passage, size_t before)
{
    bl_highlights *marks = w->marks;
    for (; w->read < marks->count && marks->list[w->read].start < passage.end; w->read++) {
        bulletin_range mark = marks->list[w->read];
        if (mark.start < passage.start || mark.end > passage.end)
            continue;
        marks->list[w->kept] =
            (bulletin_range){ mark.start - passage.start + before, mark.end - passage.start + before };
        marks->units[w->kept++] = marks->units[w->read];
    }
}

static void put_passage(writing *w, bulletin_range passage)
{
    bool first = w->out->size == 0;
    bool opens_line = passage.start == 0 || w->text[passage.start - 1] == '\n';
    if (first ? !opens_line : passage.start > w->shown)
        bl_buffer_puts(w->out, ellipsis);
    size_t before = w->out->size;
    bl_buffer_append(w->out, w->text + passage.start, passage.end - passage.start);
    for (size_t i = before; i < w->out->size && !w->out->failed; i++)
        if (w->out->data[i] == '\n' || w->out->data[i] == '\r')
            w->out->data[i] = ' ';
    keep_marks(w, passage, before);
    w->shown = passage.end;
}

static bool is_blank(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
        at++;
    return at == size;
}

/* The passage for a window, unless those before it show all that it is for. */
static void put_window(bl_error *e, bl_cutter *cutter, bl_layout *scratch, writing *w, window chosen,
                       unsigned columns)
{
    if (chosen.last < w->read)
        return;
    size_t first = chosen.first < w->read ? w->read : chosen.first;
    bulletin_range needed = { w->marks->list[first].start, w->marks->list[chosen.last].end };
    if (needed.start < w->shown)
        return;
    bulletin_range found = passage(e, cutter, scratch, w->text, w->size, needed, w->shown, columns);
    if (!bl_failed(e))
        put_passage(w, found);
}

void bl_snippet(bl_error *e, bl_cutter *cutter, bl_layout *scratch, const char *text, size_t size,
                unsigned columns, bl_highlights *marks, bl_buffer *out)
{
    writing w = { .text = text, .size = size, .marks = marks, .out = out };
    const bool fits = size <= bytes_for(columns) && width(text, 0, size, columns) <= columns;
    const choice c = fits ? (choice){ 0 } : choose_best(e, text, columns, marks);
    const unsigned own = fits ? columns : share(columns, c.count > 0 ? c.count : 1);
    bl_buffer_cut(out, 0);
    if (c.count == 0)
        put_passage(&w, passage(e, cutter, scratch, text, size, (bulletin_range){ 0, 0 }, 0, own));
    for (size_t i = 0; i < c.count && !bl_failed(e); i++)
        put_window(e, cutter, scratch, &w, c.windows[i], own);
    if (!is_blank(text + w.shown, size - w.shown))
        bl_buffer_puts(out, ellipsis);
    if (out->failed)
        bl_fail_nomem(e);
    marks->count = w.kept;
    bl_highlights_merge(marks);
}
