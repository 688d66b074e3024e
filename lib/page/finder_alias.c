/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A name followed by its short form in brackets to every place where the short form stands. */
#include <string.h>

#include "finder.h"

enum { MOST_ALIASES = 64, LONGEST_ALIAS = 24 };

typedef struct alias {
    uint32_t from, to; /* its glyphs where it was given */
    uint32_t owner;    /* where the name that it stands for starts */
} alias;

static uint32_t code_at(const bl_finder *f, size_t i)
{
    return i < f->folded.count ? f->folded.glyphs[i].code : 0;
}

static bool is_quote(uint32_t c)
{
    return c == '"' || c == 0x201C || c == 0x201D || c == 0x300C || c == 0x300D || c == 0x300E ||
           c == 0x300F || c == '\'' || c == 0x2018 || c == 0x2019 || c == ' ' || c == ':';
}

static size_t skip_quotes(const bl_finder *f, size_t at)
{
    while (is_quote(code_at(f, at)))
        at++;
    return at;
}

/* Behind "以下简称" and its kin; `at` when there is none. */
static size_t skip_label(const bl_finder *f, size_t at)
{
    static const char *const labels[] = { "以下统称",    "以下简称为", "以下简称",
                                          "以下称",      "下称",       "简称为",
                                          "简称",        "又称",       "hereinafter referred to as",
                                          "hereinafter", "以下" };
    if (at >= f->folded.count)
        return at;
    const char *text = f->folded.text + f->folded.glyphs[at].at;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t n = strlen(labels[i]);
        if (strncmp(text, labels[i], n) != 0)
            continue;
        const char *end = text + n;
        while (at < f->folded.count && f->folded.text + f->folded.glyphs[at].at < end)
            at++;
        return at;
    }
    return at;
}

/* Each character of the short form stands in the name, in this order. */
static bool is_subsequence(const bl_finder *f, alias a, size_t from, size_t to)
{
    for (size_t i = a.from; i < a.to; i++) {
        while (from < to && code_at(f, from) != code_at(f, i))
            from++;
        if (from++ >= to)
            return false;
    }
    return true;
}

static bool is_word(const bl_finder *f, size_t i)
{
    return i < f->folded.count && f->folded.glyphs[i].kind >= BL_CLASS_LETTER &&
           f->folded.glyphs[i].kind <= BL_CLASS_CJK;
}

/* "(ABC)" that was taken into the name as it is written. */
static bool read_own_acronym(const bl_finder *f, const bl_found *name, alias *out)
{
    if (code_at(f, name->to - 1) != ')')
        return false;
    uint32_t open = name->to - 1;
    while (open > name->from && code_at(f, open) != '(')
        open--;
    *out = (alias){ open + 1, name->to - 1, name->from };
    return f->folded.glyphs[open + 1].kind == BL_CLASS_LETTER;
}

static bool read_alias(const bl_finder *f, const bl_found *name, alias *out)
{
    if (read_own_acronym(f, name, out))
        return true;
    size_t at = name->to;
    bool bracket = code_at(f, at) == '(';
    if (!bracket && code_at(f, at) != ',')
        return false;
    size_t label = skip_label(f, ++at);
    bool labelled = label > at;
    at = skip_quotes(f, label);
    size_t end = at;
    while (is_word(f, end) && end - at <= LONGEST_ALIAS)
        end++;
    size_t close = skip_quotes(f, end);
    *out = (alias){ (uint32_t)at, (uint32_t)end, name->from };
    if (end - at < 2 || end - at > LONGEST_ALIAS || end - at >= name->to - name->from)
        return false;
    if (labelled)
        return !bracket || code_at(f, close) == ')' || code_at(f, close) == ',';
    return bracket && code_at(f, close) == ')' && f->folded.glyphs[at].kind == BL_CLASS_CJK &&
           is_subsequence(f, *out, name->from, name->to);
}

/* Where the words end behind which a company's name says only what law it is under. */
static size_t without_legal_form(const bl_finder *f, size_t from, size_t to)
{
    static const uint32_t forms[][3] = { { 0x516C, 0x53F8, 0 }, { 0x6709, 0x9650, 0 }, { 0x8D23, 0x4EFB, 0 },
                                         { 0x80A1, 0x4EFD, 0 }, { 0x96C6, 0x56E2, 0 }, { '(', ')', 0 } };
    for (size_t i = 0; i < sizeof forms / sizeof *forms;) {
        const bool ends =
            to >= from + 2 && code_at(f, to - 2) == forms[i][0] && code_at(f, to - 1) == forms[i][1];
        const bool bracketed = to >= from + 4 && code_at(f, to - 1) == ')' && code_at(f, to - 4) == '(' &&
                               code_at(f, to - 3) == forms[i][0] && code_at(f, to - 2) == forms[i][1];
        to -= ends ? 2 : bracketed ? 4 : 0;
        i = ends || bracketed ? 0 : i + 1;
    }
    return to;
}

/* Whether a division's name ends there: 省, 市, 县, 区, 镇. */
static bool is_level(uint32_t code)
{
    return code == 0x7701 || code == 0x5E02 || code == 0x53BF || code == 0x533A || code == 0x9547;
}

/* Behind the places that a name starts with, known ones and those of two to four characters and their level.
 */
static size_t behind_places(const bl_finder *f, size_t from, size_t to)
{
    enum { SHORTEST = 2, LONGEST = 4 };
    bl_place kind;
    for (size_t length = 1; length > 0 && from < to;) {
        length = bl_authority_place(f->authority, f->folded.glyphs, to, from, &kind);
        for (size_t i = SHORTEST; length == 0 && i <= LONGEST && from + i < to; i++)
            length = is_level(code_at(f, from + i)) ? i : 0;
        from += length;
        if (from < to && is_level(code_at(f, from)))
            from++;
    }
    return from;
}

/* "恒昌化纤" of "临苇市恒昌化纤有限公司": what others call a company, unless it begins with a word of kinds.
 */
static bool read_trade_name(const bl_finder *f, const bl_found *name, alias *out)
{
    enum { SHORTEST = 4, LONGEST_TRADE_NAME = 8, LEGAL_FORM = 4 };
    const size_t to = without_legal_form(f, name->from, name->to);
    if (name->name >= 0 || name->to - to < LEGAL_FORM)
        return false;
    const size_t from = behind_places(f, name->from, to);
    int32_t kind;
    if (to - from < SHORTEST || to - from > LONGEST_TRADE_NAME ||
        bl_bounds_before(&f->authority->bounds.generic, f->folded.glyphs, from, from + 2, &kind) > 0)
        return false;
    for (size_t i = from; i < to; i++)
        if (f->folded.glyphs[i].kind != BL_CLASS_CJK)
            return false;
    *out = (alias){ (uint32_t)from, (uint32_t)to, name->from };
    return true;
}

static bool stands_at(const bl_finder *f, alias a, size_t at)
{
    size_t size = a.to - a.from;
    if (at + size > f->folded.count)
        return false;
    for (size_t i = 0; i < size; i++)
        if (code_at(f, at + i) != code_at(f, a.from + i))
            return false;
    bool latin = f->folded.glyphs[a.from].kind != BL_CLASS_CJK;
    const bl_glyph *g = f->folded.glyphs;
    char first = f->text[g[at].start], given = f->text[g[a.from].start];
    if (latin && (first != given || (at > 0 && g[at - 1].kind == BL_CLASS_LETTER) ||
                  (at + size < f->folded.count && g[at + size].kind == BL_CLASS_LETTER)))
        return false;
    return true;
}

void bl_finder_aliases(bl_error *e, bl_finder *f)
{
    alias aliases[MOST_ALIASES];
    size_t count = 0;
    uint64_t starts[4] = { 0 }; /* a bit for the low byte of each first character */
    for (size_t i = 0; i < f->count && count < MOST_ALIASES; i++)
        if (read_alias(f, &f->list[i], &aliases[count]) || read_trade_name(f, &f->list[i], &aliases[count])) {
            unsigned low = code_at(f, aliases[count++].from) & 0xFF;
            starts[low / 64] |= (uint64_t)1 << (low % 64);
        }
    for (size_t at = 0; count > 0 && at < f->folded.count && !bl_failed(e); at++) {
        unsigned low = code_at(f, at) & 0xFF;
        for (size_t k = 0; k < count && (starts[low / 64] >> (low % 64) & 1); k++)
            if (stands_at(f, aliases[k], at)) {
                uint32_t to = (uint32_t)at + aliases[k].to - aliases[k].from;
                bl_finder_add(e, f, (bl_found){ (uint32_t)at, to, -1, (int32_t)aliases[k].owner, false, 0 });
                break;
            }
    }
}
