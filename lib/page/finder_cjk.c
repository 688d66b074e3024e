/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Chinese and Japanese names by their heads, Korean ones by their endings: from the head leftwards to what
 * cannot belong. */
#include <string.h>

#include "finder.h"

enum { LONGEST = 36, LONGEST_BRACKET = 8, LONGEST_JUNK = 5 };

/* A name being read from right to left. */
typedef struct walk {
    const bl_finder *f;
    size_t floor;
    size_t head; /* where the head starts */
    size_t at;
    bool placed, parent;
    size_t place; /* the leftmost place, BL_NONE when none */
} walk;

#define NONE ((size_t)-1)

static uint32_t code_at(const bl_finder *f, size_t i)
{
    return i < f->folded.count ? f->folded.glyphs[i].code : 0;
}

/* The level of a division: what ends a place's name. */
static bool is_level(uint32_t code)
{
    static const uint32_t levels[] = { 0x7701, 0x5E02, 0x53BF, 0x533A, 0x9547, 0x4E61, 0x5DDE,
                                       0x65D7, 0x76DF, 0x6751, 0x90E1, 0x9053, 0x5E9C, 0 };
    for (size_t i = 0; levels[i]; i++)
        if (levels[i] == code)
            return true;
    return false;
}

static bool is_hiragana(uint32_t code)
{
    return code >= 0x3041 && code <= 0x309F;
}

/* "(集团)" and "(福建)" inside a name. */
static bool step_bracket(walk *w)
{
    size_t open = w->at - 1;
    while (open > w->floor && w->at - open <= LONGEST_BRACKET && code_at(w->f, open) != '(')
        open--;
    if (code_at(w->f, open) != '(' || open <= w->floor || w->at - open < 4)
        return false;
    if (w->f->folded.glyphs[open - 1].kind != BL_CLASS_CJK)
        return false;
    for (size_t i = open + 1; i + 1 < w->at; i++)
        if (w->f->folded.glyphs[i].kind != BL_CLASS_CJK)
            return false;
    w->at = open;
    return true;
}

/* Letters of a company's name, and the number of a bureau. */
static bool step_letters(walk *w)
{
    const bl_glyph *g = w->f->folded.glyphs;
    size_t at = w->at;
    bool letters = false;
    while (at > w->floor && (g[at - 1].kind == BL_CLASS_LETTER || g[at - 1].kind == BL_CLASS_DIGIT)) {
        at--;
        letters = letters || g[at].kind == BL_CLASS_LETTER;
    }
    bool numbered =
        at > w->floor && (g[at - 1].code == 0x7B2C || g[at - 1].code == 0x94C1 || g[at - 1].code == 0x51B6);
    if (w->at - at > 12 || !(letters || numbered))
        return false;
    w->at = at;
    return true;
}

/* Over a body that is known; the name is then of a part of it, and starts there unless its place is missing.
 */
static bool step_known(walk *w)
{
    const bl_found *known = bl_finder_known_before(w->f, w->at);
    if (!known || known->from < w->floor || known->to - known->from < 2)
        return false;
    w->at = known->from;
    w->parent = true;
    return !known->relative;
}

/* Whether a word that stops is only the meeting of two others: 福建 and 立 in 福建立信. */
static bool is_crossed(const walk *w, size_t length)
{
    for (size_t k = 1; k < length; k++) {
        int32_t kind = -1;
        size_t other =
            bl_bounds_before(&w->f->authority->bounds.left, w->f->folded.glyphs, w->floor, w->at - k, &kind);
        if (other > length - k && (kind == BL_LEFT_PLACE || kind == BL_LEFT_SAFE))
            return true;
    }
    return false;
}

/* One word, or one character; false where the name starts. */
static bool step_cjk(walk *w)
{
    const bl_glyph *g = w->f->folded.glyphs;
    int32_t kind = -1;
    size_t length = bl_bounds_before(&w->f->authority->bounds.left, g, w->floor, w->at, &kind);
    bool stops = length > 0 && (kind == BL_LEFT_STOP || (kind == BL_LEFT_ROLE && w->at != w->head));
    if (stops && !is_crossed(w, length))
        return false;
    if (stops)
        length = 0;
    if (length == 0 && is_hiragana(g[w->at - 1].code))
        return false;
    if (length > 0 && kind == BL_LEFT_PLACE) {
        w->place = w->at - length;
        w->placed = true;
    } else if (is_level(g[w->at - 1].code)) {
        w->placed = true;
    }
    w->at -= length > 0 ? length : 1;
    return true;
}

static void go_left(walk *w)
{
    const bl_glyph *g = w->f->folded.glyphs;
    bool on = true;
    while (on && w->at > w->floor && w->head - w->at < LONGEST) {
        if (step_known(w))
            return;
        if (g[w->at - 1].kind == BL_CLASS_CJK)
            on = step_cjk(w);
        else if (g[w->at - 1].code == ')')
            on = step_bracket(w);
        else if (g[w->at - 1].kind == BL_CLASS_LETTER || g[w->at - 1].kind == BL_CLASS_DIGIT)
            on = step_letters(w);
        else if (g[w->at - 1].code == 0xB7 || g[w->at - 1].code == 0x30FB)
            w->at--;
        else
            on = false;
    }
}

/* Whether it begins as national bodies do. */
static bool is_national(const walk *w)
{
    static const char *const national[] = { "中共", "共青团", "国网", "国家", "中国", "中华", "全国",
                                            "中铁", "中建",   "中交", "华能", "大唐", "国电", "中石",
                                            "驻",   "农工党", "民建", "九三", "武警" };
    const char *start = w->f->folded.text + w->f->folded.glyphs[w->at].at;
    for (size_t i = 0; i < sizeof national / sizeof *national; i++)
        if (strncmp(start, national[i], strlen(national[i])) == 0)
            return true;
    return false;
}

/* Characters before a place that are neither of a higher place nor of a national body are words that the
 * lists of verbs and names of people do not hold. */
static void cut_at_place(walk *w)
{
    if (w->parent || w->place == NONE || w->place <= w->at || w->place - w->at > LONGEST_JUNK)
        return;
    if (!is_level(code_at(w->f, w->place - 1)) && code_at(w->f, w->place - 1) != '(' && !is_national(w))
        w->at = w->place;
}

/* "市", "县" and the like before more of a name, and not the beginning of "市场" or "区域". */
static bool starts_with_level(const walk *w)
{
    static const uint32_t common[] = { 0x7EA7, 0x57DF, 0x573A, 0x9547, 0x5E02, 0x53BF, 0x533A, 0x91CC, 0x5185,
                                       0x4E2D, 0x6C11, 0x4F01, 0x5916, 0x4E61, 0x6751, 0x9053, 0x5C5E, 0 };
    if (w->at >= w->head || !is_level(code_at(w->f, w->at)))
        return false;
    for (size_t i = 0; common[i] && w->at + 1 < w->head; i++)
        if (code_at(w->f, w->at + 1) == common[i])
            return false;
    return true;
}

/* Whether words that name a kind fill it from end to end; those of trades only where `trades` says so. */
static bool is_generic(const walk *w, bool trades)
{
    const bl_trie *trie = &w->f->authority->bounds.generic;
    bool reached[LONGEST + 64] = { false };
    size_t size = w->head - w->at;
    if (size > LONGEST + 32 || starts_with_level(w))
        return false;
    reached[size] = true;
    for (size_t end = size; end > 0; end--) {
        uint32_t node = 0;
        for (size_t i = end; reached[end] && i-- > 0;) {
            node = bl_trie_step(trie, node, code_at(w->f, w->at + i));
            if (node == 0)
                break;
            if (bl_trie_value(trie, node) == 0 || (trades && bl_trie_value(trie, node) == 1))
                reached[i] = true;
        }
    }
    return reached[0];
}

/* "市", "该市", "集团" and the like: a body that is known only where its place is. */
static bool is_relative(const walk *w)
{
    uint32_t first = code_at(w->f, w->at);
    if (w->parent || w->place != NONE)
        return false;
    return w->at == w->head || is_level(first);
}

static bool has_enough(const walk *w, const bl_head *head)
{
    size_t size = w->head - w->at;
    bool relative = starts_with_level(w);
    switch (head->kind) {
    case BL_HEAD_BARE:
        return true;
    case BL_HEAD_STRONG:
        return size >= 1 && (w->parent || !is_generic(w, false));
    case BL_HEAD_UNIT:
        return size >= 1 && (w->parent || !is_generic(w, true));
    case BL_HEAD_LISTED:
        return size >= 1 && (w->placed || w->parent || (size >= 2 && !is_generic(w, true)));
    case BL_HEAD_WEAK:
    case BL_HEAD_SCHOOL:
        return w->parent || relative || (size >= 2 && !is_generic(w, true));
    case BL_HEAD_COMPANY:
        return w->parent || (size >= 2 && !is_generic(w, true));
    case BL_HEAD_PLACED:
        return w->parent || (size >= 2 && (w->placed || is_national(w)) && !is_generic(w, true));
    case BL_HEAD_PART:
        return w->parent;
    default:
        return false;
    }
}

bool bl_finder_many(const bl_finder *f, size_t from)
{
    static const char *const many[] = { "各", "各级", "各地", "各省",   "各市",   "各县", "各区",
                                        "级", "所有", "两级", "各省区", "各市州", "多个", "各区县" };
    size_t at = f->folded.glyphs[from].at;
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        size_t n = strlen(many[i]);
        if (at >= n && memcmp(f->folded.text + at - n, many[i], n) == 0)
            return true;
    }
    return false;
}

static bool is_followed_badly(const walk *w, const bl_head *head, size_t end)
{
    uint32_t next = code_at(w->f, end);
    bool firm = (w->placed || w->parent) && head->kind != BL_HEAD_SCHOOL && head->kind != BL_HEAD_PLACED &&
                head->kind != BL_HEAD_PART && head->kind != BL_HEAD_WEAK;
    for (size_t i = 0; head->not_before[i] && !firm; i++)
        if (head->not_before[i] == next)
            return true;
    return false;
}

void bl_finder_cjk(bl_error *e, bl_finder *f, size_t end)
{
    const bl_bounds *l = &f->authority->bounds;
    int32_t index = -1;
    size_t length = bl_bounds_before(&l->heads, f->folded.glyphs, 0, end, &index);
    if (length == 0 || l->head[index].kind == BL_HEAD_BLOCK)
        return;
    const bl_head *head = &l->head[index];
    walk w = { .f = f, .head = end - length, .at = end - length, .place = NONE };
    w.floor = w.head > 2 * LONGEST ? w.head - 2 * LONGEST : 0;
    go_left(&w);
    cut_at_place(&w);
    if (w.at == w.head && head->kind != BL_HEAD_BARE)
        return;
    if (head->kind == BL_HEAD_BARE && w.at < w.head && is_generic(&w, true))
        return;
    if (is_followed_badly(&w, head, end) || !has_enough(&w, head) || bl_finder_many(f, w.at))
        return;
    bl_finder_add(e, f,
                  (bl_found){ (uint32_t)w.at, (uint32_t)end, -1, -1, is_relative(&w),
                              w.placed || w.parent ? (uint32_t)(w.head - w.at) : 0 });
}

/* ---- Korean ---- */

static size_t strip_particle(const bl_finder *f, size_t from, size_t to)
{
    static const char *const particles[] = { "에서는", "으로", "에서", "에게", "까지", "부터", "이",
                                             "가",     "은",   "는",   "을",   "를",   "의",   "과",
                                             "와",     "도",   "에",   "로",   "만" };
    const char *end = f->folded.text + f->folded.glyphs[to - 1].at;
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        size_t n = strlen(particles[i]), glyphs = n / 3;
        if (to - from > glyphs + 2 && memcmp(end + 3 - n, particles[i], n) == 0)
            return to - glyphs;
    }
    return to;
}

static bool ends_as_body(const bl_finder *f, size_t from, size_t to)
{
    static const char *const heads[] = { "노동조합", "노조",   "연맹",   "협회",   "위원회", "총연맹",
                                         "연합회",   "총연합", "노총",   "재단",   "공사",   "공단",
                                         "대학교",   "은행",   "협의회", "노동부", "그룹",   "주식회사" };
    const char *end = f->folded.text + f->folded.glyphs[to - 1].at;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        if (to - from >= n / 3 + 2 && memcmp(end + 3 - n, heads[i], n) == 0)
            return true;
    }
    return false;
}

void bl_finder_hangul(bl_error *e, bl_finder *f, size_t from, size_t to)
{
    size_t end = ends_as_body(f, from, to) ? to : strip_particle(f, from, to);
    if (ends_as_body(f, from, end))
        /* A word between blanks is whole: all of it is the name. */
        bl_finder_add(e, f,
                      (bl_found){ (uint32_t)from, (uint32_t)end, -1, -1, false, (uint32_t)(end - from) });
}
