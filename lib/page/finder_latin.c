/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names in the alphabet: words in capitals around a head, with of, for, and, the between them. */
#include <string.h>

#include "finder.h"
#include "finder_words.h"

enum { MOST_WORDS = 40 };

typedef enum part {
    PART_OTHER,
    PART_HEAD,
    PART_SOFT_HEAD,
    PART_OF,
    PART_AND,
    PART_THE,
    PART_COMMA,
    PART_LOWER
} part;

typedef struct word {
    uint32_t from, to; /* glyphs */
    part part;
} word;

typedef struct run {
    const bl_finder *f;
    word words[MOST_WORDS];
    size_t count;
    size_t end; /* glyph behind it */
} run;

static bool is_in(const bl_finder *f, size_t from, size_t to, const char *const *set)
{
    const bl_glyph *g = f->folded.glyphs;
    if (from >= to)
        return false;
    const char *text = f->folded.text + g[from].at;
    size_t size = (to < f->folded.count ? g[to].at : f->folded.size) - g[from].at;
    for (; *set; set++)
        if (**set == *text && strlen(*set) == size && memcmp(*set, text, size) == 0)
            return true;
    return false;
}

static bool is_letter(const bl_finder *f, size_t i)
{
    return i < f->folded.count &&
           (f->folded.glyphs[i].kind == BL_CLASS_LETTER || f->folded.glyphs[i].kind == BL_CLASS_DIGIT);
}

static uint32_t code_at(const bl_finder *f, size_t i)
{
    return i < f->folded.count ? f->folded.glyphs[i].code : 0;
}

/* Hyphens, ampersands, apostrophes and the full stops of U.S. stand inside words. */
static size_t word_end(const bl_finder *f, size_t at)
{
    size_t start = at;
    for (;;) {
        uint32_t c = bl_authority_code(code_at(f, at));
        if (is_letter(f, at))
            at++;
        else if ((c == '-' || c == '&' || c == '\'' || c == '/') && is_letter(f, at + 1) && at > start)
            at++;
        else if (c == '.' && at - start >= 1 && (is_letter(f, at + 1) || code_at(f, at - 2) == '.') &&
                 (at - start == 1 || code_at(f, at - 2) == '.'))
            at++;
        else if (c == '\'' && at > start && code_at(f, at - 1) == 's' && code_at(f, at + 1) == ' ')
            return at + 1; /* Workers' Union; behind a name it is dropped again */
        else
            return at;
    }
}

static bool is_capital(const bl_finder *f, size_t i)
{
    char c = i < f->folded.count ? f->text[f->folded.glyphs[i].start] : 'a';
    return c >= 'A' && c <= 'Z';
}

static part part_of(const bl_finder *f, size_t from, size_t to)
{
    if (is_in(f, from, to, of_words))
        return PART_OF;
    if (is_in(f, from, to, and_words))
        return PART_AND;
    if (is_in(f, from, to, the_words))
        return PART_THE;
    if (!is_capital(f, from))
        return is_in(f, from, to, trades) || is_in(f, from, to, heads) ? PART_LOWER : PART_OTHER;
    return is_in(f, from, to, heads)        ? PART_HEAD
           : is_in(f, from, to, soft_heads) ? PART_SOFT_HEAD
                                            : PART_OTHER;
}

static bool is_head(part p)
{
    return p == PART_HEAD || p == PART_SOFT_HEAD;
}

static bool add_word(run *r, size_t from, size_t to, part p)
{
    if (r->count == MOST_WORDS)
        return false;
    r->words[r->count++] = (word){ (uint32_t)from, (uint32_t)to, p };
    return true;
}

/* Whether the run has "<head> of" behind which words in small letters may go on: of what a company is nobody
 * says in its name. */
static bool is_open(const run *r)
{
    static const char *const closed[] = { "group",   "company", "bank",     "mill",     "mills",
                                          "factory", "motors",  "airlines", "holdings", "ltd",
                                          "inc",     "corp",    "co",       "plc",      "limited",
                                          "daily",   "times",   "llc",      NULL };
    for (size_t i = 1; i < r->count; i++)
        if (r->words[i].part == PART_OF && is_head(r->words[i - 1].part) &&
            !is_in(r->f, r->words[i - 1].from, r->words[i - 1].to, closed))
            return true;
    return false;
}

/* ", Law and Development": a list inside "Forum on Women, Law and Development". */
static bool lists_on(const bl_finder *f, size_t at)
{
    size_t end = word_end(f, at);
    if (!is_capital(f, at) || end == at || is_head(part_of(f, at, end)))
        return false;
    if (code_at(f, end) == ',')
        end++;
    if (code_at(f, end) != ' ')
        return false;
    size_t next = end + 1, next_end = word_end(f, next);
    if (next_end == next || !is_in(f, next, next_end, and_words) || code_at(f, next_end) != ' ')
        return false;
    size_t last = next_end + 1;
    return is_capital(f, last) && !is_head(part_of(f, last, word_end(f, last)));
}

/* The full stop of "No. 2" and "St. Mary's". */
static size_t skip_stop(const run *r, size_t at)
{
    static const char *const number[] = { "no", NULL }, *const saint[] = { "st", NULL };
    const word *last = &r->words[r->count - 1];
    if (code_at(r->f, at) != '.' || code_at(r->f, at + 1) != ' ' || !is_letter(r->f, at + 2))
        return at;
    const bool digit = r->f->folded.glyphs[at + 2].kind == BL_CLASS_DIGIT;
    if (digit ? is_in(r->f, last->from, last->to, number)
              : is_in(r->f, last->from, last->to, saint) && is_capital(r->f, at + 2))
        return at + 2;
    return at;
}

/* The full stop and comma of "Co., Ltd." */
static size_t skip_abbreviation(const run *r, size_t at)
{
    static const char *const co[] = { "co", NULL };
    const word *last = &r->words[r->count - 1];
    if (!is_in(r->f, last->from, last->to, co))
        return at;
    size_t i = at;
    while (code_at(r->f, i) == '.' || code_at(r->f, i) == ',')
        i++;
    while (code_at(r->f, i) == ' ')
        i++;
    static const char *const ltd[] = { "ltd", "limited", "inc", NULL };
    return i > at && is_in(r->f, i, word_end(r->f, i), ltd) ? i : at;
}

/* Where the next word of the run starts, 0 when it ends. */
static size_t next_word(run *r, size_t at)
{
    const bl_finder *f = r->f;
    size_t skipped = skip_abbreviation(r, at);
    if (skipped == at)
        skipped = skip_stop(r, at);
    if (skipped > at)
        return skipped;
    if (code_at(f, at) == ',' && code_at(f, at + 1) == ' ' && is_open(r) && lists_on(f, at + 2)) {
        add_word(r, at, at + 1, PART_COMMA);
        return at + 2;
    }
    return code_at(f, at) == ' ' && (is_letter(f, at + 1) || code_at(f, at + 1) == '&') ? at + 1 : 0;
}

/* Words that end a name behind certain others only: "Trades Union Congress", "Harbour Workers United". */
static bool is_bound_head(const run *r, size_t from, size_t to)
{
    static const char *const congress[] = { "congress", NULL }, *const united[] = { "united", NULL };
    static const char *const unions[] = { "union",  "unions", "workers",  "workers'",
                                          "labour", "labor",  "people's", NULL };
    static const char *const workers[] = { "workers", NULL };
    const word *last = r->count > 0 ? &r->words[r->count - 1] : NULL;
    return last && ((is_in(r->f, from, to, congress) && is_in(r->f, last->from, last->to, unions)) ||
                    (is_in(r->f, from, to, united) && is_in(r->f, last->from, last->to, workers)));
}

/* "2" and "12th". */
static bool is_number(const bl_finder *f, size_t from, size_t to)
{
    static const char *const ends[] = { "st", "nd", "rd", "th", NULL };
    size_t at = from;
    while (at < to && f->folded.glyphs[at].kind == BL_CLASS_DIGIT)
        at++;
    return at > from && (is_in(f, at, to, ends) || (at == to && from >= 2 && code_at(f, from - 2) == '.'));
}

static void read_run(run *r, size_t at)
{
    const bl_finder *f = r->f;
    for (size_t from = at; from != 0 || r->count == 0;) {
        size_t to = code_at(f, from) == '&' ? from + 1 : word_end(f, from);
        if (to == from)
            break;
        part p = part_of(f, from, to);
        if (p == PART_OTHER && is_capital(f, from) && is_bound_head(r, from, to))
            p = PART_HEAD;
        bool joins = p == PART_OF || p == PART_AND || p == PART_THE;
        if (!is_capital(f, from) && !joins && !(r->count > 0 && is_number(f, from, to)) &&
            !(p == PART_LOWER && (is_open(r) || part_of(f, from, to) == PART_LOWER)))
            break;
        if (p == PART_LOWER && !is_open(r))
            break;
        if (!add_word(r, from, to, p))
            break;
        r->end = to;
        from = next_word(r, to);
    }
}

/* ---- names in a run ---- */

static bool has_head(const run *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_head(r->words[i].part))
            return true;
    return false;
}

/* "Linwei City Federation of …": a name that starts behind `at`, whatever follows its "of". */
static bool starts_anew(const run *r, size_t at, size_t end)
{
    for (size_t i = at + 2; i + 1 < end; i++)
        if (r->words[i].part == PART_HEAD && r->words[i + 1].part == PART_OF)
            return true;
    return false;
}

/* Whether "and" at `at` stands between two names. */
static bool parts_names(const run *r, size_t from, size_t at)
{
    if (at + 1 >= r->count || r->words[at + 1].part == PART_THE)
        return true;
    const bl_found *known = at > from ? bl_finder_known_before(r->f, r->words[at - 1].to) : NULL;
    if (known && known->from >= r->words[from].from)
        return true;
    if (!has_head(r, from, at))
        return false;
    if (is_head(r->words[at - 1].part) && !(at >= 2 && r->words[at - 2].part == PART_OF))
        return true;
    size_t end = at + 1;
    while (end < r->count && r->words[end].part != PART_AND)
        end++;
    if (is_head(r->words[at + 1].part) && at + 2 < r->count && r->words[at + 2].part == PART_OF)
        return true;
    return (end - at > 2 && is_head(r->words[end - 1].part)) || starts_anew(r, at, end);
}

/* "New York", and not "new"; "All India", and not "all". */
static bool is_new_place(const run *r, size_t i)
{
    static const char *const all[] = { "all", NULL };
    static const char *const nations[] = { "india",  "pakistan", "ceylon", "indonesian", "indonesia", "nepal",
                                           "bengal", "burma",    "poland", "african",    NULL };
    if (i + 1 < r->count && is_in(r->f, r->words[i].from, r->words[i].to, all) &&
        is_in(r->f, r->words[i + 1].from, r->words[i + 1].to, nations))
        return true;
    static const char *const new[] = { "new", NULL };
    static const char *const places[] = { "york",      "zealand",     "jersey", "delhi",  "england",
                                          "orleans",   "hampshire",   "haven",  "mexico", "south",
                                          "brunswick", "territories", NULL };
    return i + 1 < r->count && is_in(r->f, r->words[i].from, r->words[i].to, new) &&
           is_in(r->f, r->words[i + 1].from, r->words[i + 1].to, places);
}

/* "General Office", and not "general secretary". */
static bool is_general_office(const run *r, size_t i)
{
    static const char *const general[] = { "general", NULL };
    return i + 2 < r->count && is_head(r->words[i + 1].part) && r->words[i + 2].part == PART_OF &&
           is_in(r->f, r->words[i].from, r->words[i].to, general);
}

static bool is_outside(const run *r, size_t i)
{
    return is_in(r->f, r->words[i].from, r->words[i].to, outside) || r->words[i].part >= PART_OF;
}

/* Words up to an "of" that follows no head belong to a person's title. */
static size_t skip_titles(const run *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (r->words[i].part == PART_OF && !has_head(r, from, i))
            from = i + 1;
    while (from < to && ((is_outside(r, from) && !is_new_place(r, from) && !is_general_office(r, from)) ||
                         is_number(r->f, r->words[from].from, r->words[from].to)))
        from++;
    return from;
}

/* Behind the last head and what its "of" brings. */
static size_t name_end(const run *r, size_t from, size_t to)
{
    size_t end = from;
    bool open = false;
    for (size_t i = from; i < to; i++) {
        if (is_head(r->words[i].part)) {
            end = i + 1;
            open = false;
        } else if (r->words[i].part == PART_OF && end == i && i + 1 < to &&
                   (r->words[i + 1].part >= PART_OF || !is_outside(r, i + 1))) {
            open = true;
        } else if (open && r->words[i].part != PART_OF && r->words[i].part != PART_AND &&
                   r->words[i].part != PART_THE && r->words[i].part != PART_COMMA) {
            end = i + 1;
        }
    }
    static const char *const limited[] = { "limited", NULL };
    if (end > from && end < to && is_in(r->f, r->words[end].from, r->words[end].to, limited))
        end++;
    return end;
}

static bool all_generic(const run *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const word *w = &r->words[i];
        if (w->part == PART_OTHER && !is_in(r->f, w->from, w->to, generic))
            return false;
    }
    return true;
}

/* "Harbour Group": of two words only a company's name is one, and no kind of people or goods. */
static bool is_company_group(const run *r, size_t from, size_t to)
{
    static const char *const group[] = {
        "group", "company", "mills", "motors", "airlines", "holdings", NULL
    };
    static const char *const kinds[] = {
        "women",    "women's",  "youth",    "focus",   "study",        "task",      "peer",     "age",
        "ethnic",   "expert",   "interest", "support", "reading",      "control",   "pressure", "lobby",
        "user",     "research", "minority", "rights",  "advocacy",     "drafting",  "liaison",  "trade",
        "consumer", "project",  "parent",   "core",    "contact",      "insurance", "textile",  "trading",
        "garment",  "cotton",   "listed",   "foreign", "chinese",      "american",  "british",  "japanese",
        "korean",   "security", "mining",   "tech",    "construction", "steel",     "paper",    "flour",
        "weaving",  "spinning", "electric", "parent",  "holding",      "shipping",  NULL
    };
    const word *first = &r->words[from], *last = &r->words[to - 1];
    return to - from == 2 && is_in(r->f, last->from, last->to, group) &&
           !is_in(r->f, first->from, first->to, kinds);
}

/* "Ministry of Labour": what an office of a state is for names it, be it a word of kinds as well. */
static bool is_office(const run *r, size_t from, size_t to)
{
    static const char *const offices[] = { "ministry", "department", NULL };
    const word *words = &r->words[from];
    return to - from == 3 && words[1].part == PART_OF && is_in(r->f, words->from, words->to, offices) &&
           is_capital(r->f, words[2].from);
}

static bool is_name(const run *r, size_t from, size_t to)
{
    bool hard = false, of = false;
    for (size_t i = from; i < to; i++) {
        hard = hard || r->words[i].part == PART_HEAD;
        of = of || r->words[i].part == PART_OF;
    }
    if (to - from < 2 || (all_generic(r, from, to) && !is_office(r, from, to)))
        return false;
    return hard || of || to - from >= 3 || is_company_group(r, from, to);
}

/* Before a number they name a part of a union. */
static const char *const locals[] = { "local", "lodge", NULL };

/* "the Rail, Tram and Bus Union": what of a list stands before its last comma; where the name starts. */
static size_t list_start(const run *r, size_t from, size_t to)
{
    static const char *const the[] = { "the", NULL };
    const bl_finder *f = r->f;
    size_t start = r->words[from].from, joint = from + 1;
    while (joint < from + 3 && joint < to && r->words[joint].part == PART_OTHER)
        joint++;
    if (to - from < 4 || joint == to || r->words[joint].part != PART_AND)
        return start;
    for (size_t at = start; at > 3 && code_at(f, at - 1) == ' ' && code_at(f, at - 2) == ',';) {
        size_t first = at - 2;
        while (first > 0 && is_letter(f, first - 1))
            first--;
        if (first == at - 2 || !is_capital(f, first))
            break;
        at = first;
        if (at > 3 && code_at(f, at - 1) == ' ' && !is_letter(f, at - 5) && is_in(f, at - 4, at - 1, the))
            return at;
    }
    return start;
}

/* A headline in capitals tells nothing of where names begin and end. */
static bool is_headline(const run *r, size_t from, size_t to)
{
    enum { LONG = 4 };
    size_t words = 0;
    for (size_t i = from; i < to; i++) {
        const word *w = &r->words[i];
        for (size_t k = w->from; k < w->to; k++)
            if (r->f->folded.glyphs[k].kind == BL_CLASS_LETTER && !is_capital(r->f, k))
                return false;
        words += w->to - w->from >= LONG;
    }
    return words >= 2;
}

static void take_name(bl_error *e, bl_finder *f, const run *r, size_t from, size_t to)
{
    from = skip_titles(r, from, to);
    to = name_end(r, from, to);
    if (from < to && is_in(f, r->words[to - 1].from, r->words[to - 1].to, locals))
        to--;
    if (from >= to || !is_name(r, from, to) || is_headline(r, from, to))
        return;
    uint32_t end = r->words[to - 1].to;
    if (bl_authority_code(code_at(f, end - 1)) == '\'')
        end--;
    bl_finder_add(e, f, (bl_found){ (uint32_t)list_start(r, from, to), end, -1, -1, false, 1 });
}

/* ---- acronyms ---- */

static uint32_t lower(char c)
{
    return (uint32_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Whether the letters stand in the name in this order, the first at the start of a word. */
static bool abbreviates(const bl_finder *f, size_t from, size_t to, size_t open, size_t close)
{
    size_t at = from;
    for (size_t i = open; i < close; i++) {
        uint32_t wanted = code_at(f, i);
        while (at < to && !(code_at(f, at) == wanted && (i > open || at == from || !is_letter(f, at - 1))))
            at++;
        if (at++ >= to)
            return false;
    }
    return true;
}

static bool has_cjk_name(const bl_finder *f, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint32_t code = code_at(f, i);
        if (f->folded.glyphs[i].kind == BL_CLASS_CJK && !(code >= 0xAC00 && code <= 0xD7A3))
            return true;
    }
    return false;
}

size_t bl_finder_acronym(const bl_finder *f, size_t from, size_t to)
{
    size_t open = to + (code_at(f, to) == ' ');
    if (code_at(f, open) != '(' || has_cjk_name(f, from, to))
        return to;
    size_t close = open + 1;
    while (is_letter(f, close) || code_at(f, close) == '-')
        close++;
    if (code_at(f, close) != ')' || close - open < 3 || close - open > 12 || !is_capital(f, open + 1))
        return to;
    size_t capitals = 0;
    for (size_t i = open + 1; i < close; i++)
        capitals += is_capital(f, i);
    bool hangul = f->folded.glyphs[from].kind == BL_CLASS_CJK;
    bool fits = capitals * 2 >= close - open - 1 && (hangul || abbreviates(f, from, to, open + 1, close));
    return fits ? close + 1 : to;
}

size_t bl_finder_local(const bl_finder *f, size_t to)
{
    size_t at = to + 1, end = word_end(f, at), number = end + 1;
    if (code_at(f, to) != ' ' || !is_letter(f, to - 1) || !is_capital(f, at) || !is_in(f, at, end, locals) ||
        code_at(f, end) != ' ')
        return to;
    size_t last = word_end(f, number);
    for (size_t i = number; i < last; i++)
        if (f->folded.glyphs[i].kind != BL_CLASS_DIGIT)
            return to;
    return last > number ? last : to;
}

/* Without a head, "(ABC)" of the very initials makes a name. */
static void take_initials(bl_error *e, bl_finder *f, const run *r)
{
    size_t open = r->end + 1, initials = 0, matched = 0;
    if (code_at(f, r->end) != ' ' || code_at(f, open) != '(')
        return;
    size_t first = 0;
    while (first < r->count && is_outside(r, first))
        first++;
    for (size_t i = first; i < r->count; i++) {
        if (r->words[i].part >= PART_OF)
            continue;
        initials++;
        uint32_t c = code_at(f, open + initials);
        matched +=
            c == lower(f->text[f->folded.glyphs[r->words[i].from].start]) && is_capital(f, open + initials);
    }
    if (initials >= 3 && matched == initials && code_at(f, open + 1 + initials) == ')')
        bl_finder_add(e, f, (bl_found){ r->words[first].from, (uint32_t)r->end, -1, -1, false, 1 });
}

size_t bl_finder_latin(bl_error *e, bl_finder *f, size_t at)
{
    run r = { .f = f };
    read_run(&r, at);
    if (r.count == 0)
        return at + 1;
    if (has_head(&r, 0, r.count)) {
        size_t from = 0;
        for (size_t i = 0; i <= r.count; i++) {
            if (i < r.count && !(r.words[i].part == PART_AND && parts_names(&r, from, i)))
                continue;
            take_name(e, f, &r, from, i);
            from = i + 1;
        }
    } else {
        take_initials(e, f, &r);
    }
    return r.end > at ? r.end : at + 1;
}
