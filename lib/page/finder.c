/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text to the names in it: known ones and those that their structure tells, whichever reach further. */
#include "finder.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

void bl_finder_add(bl_error *e, bl_finder *f, bl_found found)
{
    if (!bl_failed(e) && !bl_grow(&f->list, &f->capacity, f->count + 1, sizeof *f->list))
        bl_fail_nomem(e);
    if (!bl_failed(e))
        f->list[f->count++] = found;
}

static bool is_word(const bl_glyph *g)
{
    return g->kind == BL_CLASS_LETTER || g->kind == BL_CLASS_DIGIT;
}

/* ---- known names ---- */

static bool holds_word(bl_error *e, bl_finder *f, const char *word, size_t size)
{
    bl_fold(e, word, size, &f->scratch);
    if (bl_failed(e) || f->scratch.size == 0)
        return false;
    bool holds = strstr(f->folded.text, f->scratch.text) != NULL;
    for (size_t i = 0; i < 3 && !holds; i++)
        holds = f->evidence[i] && strstr(f->evidence[i], f->scratch.text);
    return holds;
}

/* One of the alternatives must hold. */
static bool conditions_hold(bl_error *e, bl_finder *f, const char *when)
{
    bool any = *when == '\0';
    for (const char *s = when; *s && !any;) {
        size_t n = strcspn(s, "|");
        if (n > 5 && memcmp(s, "lang=", 5) == 0)
            any = f->lang && strncmp(f->lang, s + 5, n - 5) == 0;
        else if (n > 6 && memcmp(s, "place=", 6) == 0)
            any = holds_word(e, f, s + 6, n - 6);
        else
            any = (n == 5 && memcmp(s, "place", 5) == 0) || holds_word(e, f, s, n);
        s += n + (s[n] == '|');
    }
    return any;
}

/* A bulletin's answer, asked once; the whole of it is searched for the words. */
static bool name_holds(bl_error *e, bl_finder *f, int32_t index)
{
    const char *when = f->authority->names[index].when;
    if (*when == '\0')
        return true;
    if (!f->held) {
        f->held = calloc(f->authority->name_count, 1);
        f->held_count = f->held ? f->authority->name_count : 0;
    }
    if ((size_t)index >= f->held_count)
        return conditions_hold(e, f, when);
    if (f->held[index] == 0)
        f->held[index] = conditions_hold(e, f, when) ? 1 : -1;
    return f->held[index] > 0;
}

void bl_finder_forget(bl_finder *f)
{
    free(f->held);
    f->held = NULL;
    f->held_count = 0;
}

/* Whether a code is one of the characters, once those are folded. */
static bool is_one_of(bl_error *e, bl_finder *f, const char *characters, uint32_t code)
{
    if (*characters == '\0')
        return false;
    bl_fold(e, characters, strlen(characters), &f->scratch);
    for (size_t i = 0; !bl_failed(e) && i < f->scratch.count; i++)
        if (f->scratch.glyphs[i].code == code)
            return true;
    return false;
}

/* Acronyms are found in capitals only, other names of the alphabet with some capital in them. */
static bool capitals_fit(const bl_finder *f, const bl_name *name, size_t from, size_t to)
{
    if (!name->latin)
        return true;
    bool any = false;
    for (size_t i = f->folded.glyphs[from].start; i < f->folded.glyphs[to - 1].end; i++) {
        char c = f->text[i];
        if (c >= 'a' && c <= 'z' && name->upper)
            return false;
        any = any || (c >= 'A' && c <= 'Z');
    }
    return any;
}

static bool name_fits(bl_error *e, bl_finder *f, int32_t index, size_t from, size_t to)
{
    const bl_name *name = &f->authority->names[index];
    const bl_glyph *g = f->folded.glyphs;
    if (from > 0 && is_one_of(e, f, name->not_after, g[from - 1].code))
        return false;
    if (to < f->folded.count && is_one_of(e, f, name->not_before, g[to].code))
        return false;
    return capitals_fit(f, name, from, to) && name_holds(e, f, index);
}

/* Names of the alphabet are whole words. */
static bool edges_fit(const bl_finder *f, size_t from, size_t to)
{
    const bl_glyph *g = f->folded.glyphs;
    return !(from > 0 && is_word(&g[from]) && is_word(&g[from - 1])) &&
           !(to < f->folded.count && is_word(&g[to - 1]) && is_word(&g[to]));
}

static int32_t fitting_name(bl_error *e, bl_finder *f, int32_t index, size_t from, size_t to)
{
    while (index >= 0 && !name_fits(e, f, index, from, to))
        index = f->authority->names[index].next_same;
    return index;
}

enum { MOST_LENGTHS = 12 };

/* The longest name at a glyph whose conditions hold; false when there is none. */
static bool known_at(bl_error *e, bl_finder *f, size_t at, bl_found *out)
{
    const bl_trie *trie = &f->authority->trie;
    struct {
        size_t to;
        int32_t name;
    } ends[MOST_LENGTHS];
    size_t count = 0;
    uint32_t node = 0;
    for (size_t i = at; i < f->folded.count; i++) {
        node = bl_trie_step(trie, node, bl_authority_code(f->folded.glyphs[i].code));
        if (node == 0)
            break;
        if (bl_trie_value(trie, node) < 0 || !edges_fit(f, at, i + 1))
            continue;
        if (count == MOST_LENGTHS)
            memmove(ends, ends + 1, --count * sizeof *ends);
        ends[count].to = i + 1;
        ends[count++].name = bl_trie_value(trie, node);
    }
    while (count-- > 0) {
        int32_t name = fitting_name(e, f, ends[count].name, at, ends[count].to);
        if (name < 0)
            continue;
        *out = (bl_found){ (uint32_t)at, (uint32_t)ends[count].to,           name,
                           -1,           f->authority->names[name].relative, 0 };
        return true;
    }
    return false;
}

static void find_known(bl_error *e, bl_finder *f)
{
    const bl_glyph *g = f->folded.glyphs;
    const bl_trie *trie = &f->authority->trie;
    bl_found found;
    for (size_t i = 0; i + 1 < f->folded.count && !bl_failed(e);) {
        /* No name is shorter than two characters. Asked alone the question is answered alike nearly always.
         */
        bool may = bl_trie_starts_pair(trie, g[i].code, bl_authority_code(g[i + 1].code));
        bool word_start = i == 0 || !is_word(&g[i]) || !is_word(&g[i - 1]);
        if (may && word_start && known_at(e, f, i, &found)) {
            if (!found.relative || !bl_finder_many(f, i))
                bl_finder_add(e, f, found);
            i = found.to;
        } else {
            i++;
        }
    }
    f->known = f->count;
}

const bl_found *bl_finder_known_before(const bl_finder *f, size_t end)
{
    size_t low = 0, high = f->known;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->list[middle].to < end)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->known && f->list[low].to == end ? &f->list[low] : NULL;
}

/* ---- structure ---- */

static bool is_hangul(uint32_t code)
{
    return code >= 0xAC00 && code <= 0xD7A3;
}

static bool starts_with_capital(const bl_finder *f, size_t i)
{
    char c = f->text[f->folded.glyphs[i].start];
    return c >= 'A' && c <= 'Z';
}

static void find_structural(bl_error *e, bl_finder *f)
{
    const bl_glyph *g = f->folded.glyphs;
    const size_t count = f->folded.count;
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        if (g[i].kind == BL_CLASS_CJK) {
            if (is_hangul(g[i].code)) {
                size_t from = i;
                while (i < count && is_hangul(g[i].code))
                    i++;
                bl_finder_hangul(e, f, from, i);
                i--;
            } else if (bl_trie_starts(&f->authority->bounds.heads, g[i].code)) {
                bl_finder_cjk(e, f, i + 1);
            }
        } else if (g[i].kind == BL_CLASS_LETTER && (i == 0 || !is_word(&g[i - 1])) &&
                   starts_with_capital(f, i)) {
            i = bl_finder_latin(e, f, i) - 1;
        }
    }
}

/* ---- which of two that overlap ---- */

static int compare_found(const void *a, const void *b)
{
    const bl_found *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to > y->to ? -1 : 1;
    if ((x->name < 0) != (y->name < 0))
        return x->name < 0 ? 1 : -1;
    /* What the bulletin itself says goes before what the form of a name tells. */
    return (x->alias < 0) - (y->alias < 0);
}

/* A structural name that has only grown to the left of a known one, over no place and no body, has taken
 * words that do not belong. */
static bool outgrows(const bl_found *longer, const bl_found *known)
{
    return longer->name < 0 && known->name >= 0 && !known->relative && longer->to == known->to &&
           longer->parent == 0;
}

void bl_finder_keep_apart(bl_finder *f)
{
    if (f->count > 1)
        qsort(f->list, f->count, sizeof *f->list, compare_found);
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++) {
        bl_found *last = kept ? &f->list[kept - 1] : NULL;
        if (!last || f->list[i].from >= last->to)
            f->list[kept++] = f->list[i];
        else if (outgrows(last, &f->list[i]) || (f->list[i].to > last->to && last->name < 0) ||
                 (f->list[i].to > last->to && f->list[i].to - f->list[i].from > last->to - last->from))
            *last = f->list[i];
    }
    f->count = kept;
}

static bool follows(const bl_finder *f, const bl_found *found, const char *const *words)
{
    if (found->to >= f->folded.count)
        return false;
    const char *rest = f->folded.text + f->folded.glyphs[found->to].at;
    for (; *words; words++)
        if (strncmp(rest, *words, strlen(*words)) == 0)
            return true;
    return false;
}

static bool ends_with(const bl_finder *f, const bl_found *found, const char *end)
{
    size_t n = strlen(end),
           to = found->to < f->folded.count ? f->folded.glyphs[found->to].at : f->folded.size;
    return to - f->folded.glyphs[found->from].at >= n && memcmp(f->folded.text + to - n, end, n) == 0;
}

/* The source is no subject of what it tells. */
static bool is_source(const bl_finder *f, const bl_found *found)
{
    char name[128];
    size_t at = f->folded.glyphs[found->from].at;
    size_t to = found->to < f->folded.count ? f->folded.glyphs[found->to].at : f->folded.size;
    if (to - at >= sizeof name || !f->evidence[1])
        return false;
    memcpy(name, f->folded.text + at, to - at);
    name[to - at] = '\0';
    return strstr(f->evidence[1], name) != NULL;
}

/* "中共" before "临苇市委书记": part of a person's title. */
static bool leads_to_committee(const bl_finder *f, const bl_found *found)
{
    static const uint32_t levels[] = { 0x7701, 0x5E02, 0x53BF, 0x533A, 0x5DDE, 0x65D7, 0x9547, 0x4E61 };
    enum { FARTHEST = 12, COMMITTEE = 0x59D4 };
    const bl_glyph *g = f->folded.glyphs;
    for (size_t i = found->to; i + 1 < f->folded.count && i < found->to + FARTHEST; i++) {
        if (g[i].kind != BL_CLASS_CJK)
            return false;
        for (size_t k = 0; k < sizeof levels / sizeof *levels; k++)
            if (g[i].code == levels[k] && g[i + 1].code == COMMITTEE)
                return true;
    }
    return false;
}

/* A news agency or paper that only signs what it tells, or a government or congress that stands there as
 * part of a person's title. */
static bool only_signs(const bl_finder *f, const bl_found *found)
{
    static const char *const signing[] = { "记者",   "讯",        "报道",       "报导",   "消息",
                                           "客户端", "微信",      "电(",        "通讯员", "=",
                                           " =",     "网",        "/",          "・",     "—",
                                           "--",     " reporter", "' reporter", NULL };
    static const char *const titles[] = { "副",     "委员长", "主任", "秘书长", "省长", "市长",
                                          "县长",   "区长",   "镇长", "州长",   "常委", "党组",
                                          "巡视员", "参事",   "主席", NULL };
    const bl_authority *a = f->authority;
    const char *kind = found->name >= 0 ? a->bodies[a->names[found->name].body].kind : "";
    if (strcmp(kind, "party") == 0 && found->to - found->from == 2)
        return leads_to_committee(f, found);
    if (strcmp(kind, "media") == 0)
        return is_source(f, found) || follows(f, found, signing);
    bool rules = strcmp(kind, "legislature") == 0 || ends_with(f, found, "人民政府") ||
                 ends_with(f, found, "市政府") || ends_with(f, found, "省政府") ||
                 ends_with(f, found, "县政府") || ends_with(f, found, "区政府");
    return rules && follows(f, found, titles);
}

static void drop_signatures(bl_finder *f)
{
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++)
        if (!only_signs(f, &f->list[i]))
            f->list[kept++] = f->list[i];
    f->count = kept;
}

static void extend_right(bl_finder *f)
{
    for (size_t i = 0; i < f->count; i++) {
        bl_found *one = &f->list[i];
        size_t to = bl_finder_local(f, one->to);
        if (to > one->to)
            one->name = -1;
        else
            to = bl_finder_acronym(f, one->from, one->to);
        one->to = (uint32_t)to;
    }
}

void bl_finder_run(bl_error *e, bl_finder *f, const char *text, size_t size)
{
    f->text = text;
    f->count = f->known = 0;
    if (f->ready && text == f->ready_text) {
        bl_folded taken = *f->ready;
        *f->ready = f->folded;
        f->folded = taken;
        f->ready = NULL;
    } else {
        bl_fold(e, text, size, &f->folded);
    }
    if (bl_failed(e))
        return;
    find_known(e, f);
    find_structural(e, f);
    if (bl_failed(e))
        return;
    bl_finder_keep_apart(f);
    extend_right(f);
    bl_finder_aliases(e, f);
    bl_finder_keep_apart(f);
    drop_signatures(f);
}

void bl_finder_free(bl_finder *f)
{
    bl_finder_forget(f);
    bl_folded_free(&f->folded);
    bl_folded_free(&f->body);
    bl_folded_free(&f->scratch);
    free(f->list);
    *f = (bl_finder){ 0 };
}
