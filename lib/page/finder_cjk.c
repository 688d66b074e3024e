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
    bl_head_class kind;
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

/* "浙江" before "中国轻纺城", "香港" before "特区政府". */
static bool follows_place(const walk *w)
{
    int32_t kind = -1;
    return bl_bounds_before(&w->f->authority->bounds.left, w->f->folded.glyphs, w->floor, w->at, &kind) > 0 &&
           kind == BL_LEFT_PLACE;
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
    return !known->relative && !follows_place(w);
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

/* The level of what a school has below it. */
static bool ends_unit(uint32_t code)
{
    static const uint32_t units[] = { 0x7CFB, 0x9662, 0x90E8, 0x6240, 0x4F1A, 0x5C40, 0x5904, 0x751F, 0 };
    for (size_t i = 0; units[i]; i++)
        if (units[i] == code)
            return true;
    return false;
}

/* "轻纺与食品" between "大学" and "学院": the conjunction at `at` joins what the school teaches. */
static bool joins_subjects(const walk *w, size_t at)
{
    enum { FARTHEST = 8 };
    if (w->kind != BL_HEAD_SCHOOL || at < w->floor + 4 || ends_unit(code_at(w->f, at - 1)) ||
        code_at(w->f, w->head) == 0x5927) /* 大学 */
        return false;
    for (size_t i = at - 2; i > w->floor + 2 && at - i <= FARTHEST; i--)
        if (code_at(w->f, i - 2) == 0x5927 && code_at(w->f, i - 1) == 0x5B66)
            return true;
    return false;
}

/* "饮食及酒店业": one trade of two, and nothing else stands before the conjunction at `at`. */
static bool joins_trades(const walk *w, size_t at)
{
    enum { TRADE = 0x4E1A, LONGEST_TRADE = 4 };
    const bl_bounds *l = &w->f->authority->bounds;
    const bl_glyph *g = w->f->folded.glyphs;
    int32_t kind = -1;
    size_t from = at;
    if (w->kind == BL_HEAD_SCHOOL || w->head <= at + 1 || w->head - at > LONGEST_TRADE + 2 ||
        code_at(w->f, w->head - 1) != TRADE || bl_bounds_before(&l->heads, g, 0, at, &kind) > 0 ||
        bl_bounds_before(&l->left, g, 0, at, &kind) > 0)
        return false;
    while (from > 0 && g[from - 1].kind == BL_CLASS_CJK && at - from <= LONGEST_TRADE)
        from--;
    return at - from >= 2 && at - from <= LONGEST_TRADE && code_at(w->f, from) != 0x4F01 &&
           code_at(w->f, from) != 0x884C; /* 企业, 行业 */
}

/* Whether a conjunction in front of the name belongs to it all the same. */
static bool is_joint(const walk *w, size_t length)
{
    static const uint32_t joints[] = { 0x4E0E, 0x548C, 0x53CA, 0x66A8, 0 };
    const size_t at = w->at - 1;
    bool any = false;
    for (size_t i = 0; joints[i]; i++)
        any = any || joints[i] == code_at(w->f, at);
    return any && length == 1 && w->at < w->head && (joins_subjects(w, at) || joins_trades(w, at));
}

/* "总工会驻区政务服务中心": behind a union, where it has sent people. */
static bool is_stationed(const walk *w)
{
    return code_at(w->f, w->at - 1) == 0x9A7B && w->at >= w->floor + 3 &&
           code_at(w->f, w->at - 3) == 0x5DE5 && code_at(w->f, w->at - 2) == 0x4F1A;
}

/* One word, or one character; false where the name starts. */
static bool step_cjk(walk *w)
{
    const bl_glyph *g = w->f->folded.glyphs;
    int32_t kind = -1;
    size_t length = bl_bounds_before(&w->f->authority->bounds.left, g, w->floor, w->at, &kind);
    bool stops = length > 0 && (kind == BL_LEFT_STOP || (kind == BL_LEFT_ROLE && w->at != w->head));
    if ((stops && !is_crossed(w, length) && !is_joint(w, length)) || is_stationed(w))
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
    static const uint32_t common[] = { 0x4EA7, 0x7EA7, 0x57DF, 0x573A, 0x9547, 0x5E02, 0x53BF,
                                       0x533A, 0x91CC, 0x5185, 0x4E2D, 0x6C11, 0x4F01, 0x5916,
                                       0x4E61, 0x6751, 0x9053, 0x5C5E, 0 };
    if (w->at >= w->head || !is_level(code_at(w->f, w->at)))
        return false;
    for (size_t i = 0; common[i] && w->at + 1 < w->head; i++)
        if (code_at(w->f, w->at + 1) == common[i])
            return false;
    return true;
}

/* Whether words that name a kind fill it from end to end; those of trades only where `trades` says so, those
 * of business only before a company, and not of a nation. */
static bool is_generic(const walk *w, bool trades)
{
    const int32_t most = !trades ? 0 : w->kind != BL_HEAD_COMPANY ? 1 : is_national(w) ? 0 : 2;
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
            if (bl_trie_value(trie, node) >= 0 && bl_trie_value(trie, node) <= most)
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

/* "社区", "中国区" and the like are no divisions. */
static bool is_area(uint32_t code)
{
    static const uint32_t areas[] = { 0x793E, 0x56FD, 0x5730, 0x6218, 0x7247, 0x5C0F, 0x8F96, 0x56ED, 0 };
    for (size_t i = 0; areas[i]; i++)
        if (areas[i] == code)
            return true;
    return false;
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
    case BL_HEAD_SHORT: {
        const bl_found *known = bl_finder_known_before(w->f, w->head + 2);
        return known && known->relative && known->from == w->head && size >= 2 && !w->parent &&
               !is_area(code_at(w->f, w->head - 1)) && !is_generic(w, true);
    }
    case BL_HEAD_PART:
        return w->parent;
    default:
        return false;
    }
}

bool bl_finder_many(const bl_finder *f, size_t from)
{
    static const char *const many[] = { "各",     "各级",   "各地",   "各省",   "各市", "各县",
                                        "各区",   "级",     "所有",   "两级",   "两地", "三地",
                                        "各县市", "各市县", "各省区", "各市州", "多个", "各区县" };
    size_t at = f->folded.glyphs[from].at;
    if (at > 0 && f->folded.text[at - 1] == ')') /* 各县(市、区) */
        for (size_t i = 1; i < 30 && i < at; i++)
            if (f->folded.text[at - 1 - i] == '(')
                at -= i + 1;
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
    const bool factory = end == w->head + 1 && code_at(w->f, w->head) == 0x5382; /* 厂房, 厂长 */
    bool firm = (w->placed || w->parent) && !factory && head->kind != BL_HEAD_SCHOOL &&
                head->kind != BL_HEAD_PLACED && head->kind != BL_HEAD_PART && head->kind != BL_HEAD_WEAK;
    if (head->kind == BL_HEAD_COMPANY && next == 0x5DE5 && code_at(w->f, end + 1) == 0x4F5C)
        return false; /* 工作, and not 工人 */
    if (next == 0x5408 && code_at(w->f, end - 1) == 0x8054)
        return true; /* 联合 */
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
    walk w = { .f = f, .head = end - length, .kind = head->kind, .at = end - length, .place = NONE };
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
        if (to - from >= glyphs + 2 && memcmp(end + 3 - n, particles[i], n) == 0)
            return to - glyphs;
    }
    return to;
}

/* Whether it ends as bodies do, and is more than that where `more` says so. */
static bool ends_as_body(const bl_finder *f, size_t from, size_t to, bool more)
{
    static const char *const heads[] = { "노동조합",   "노조",   "연맹",     "협회",   "위원회", "총연맹",
                                         "연합회",     "총연합", "노총",     "재단",   "공사",   "공단",
                                         "대학교",     "은행",   "협의회",   "노동부", "그룹",   "주식회사",
                                         "상공회의소", "중앙회", "협동조합", "연구원", "진흥원" };
    const char *end = f->folded.text + f->folded.glyphs[to - 1].at;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        if (to - from >= n / 3 + (more ? 2 : 0) && memcmp(end + 3 - n, heads[i], n) == 0)
            return true;
    }
    return false;
}

static bool starts_as_body(const bl_finder *f, size_t from)
{
    static const char *const starts[] = { "전국", "한국", "대한", "민주", "국제", "세계", "중앙", "아시아",
                                          "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종",
                                          "경기", "강원", "충북", "충남", "전북", "전남", "경북", "경남",
                                          "제주", "일본", "중국", "미국", "유럽" };
    const char *start = f->folded.text + f->folded.glyphs[from].at;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(start, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* "삼성전자" and "현대자동차": what companies are called by their trade. */
static bool ends_as_company(const bl_finder *f, size_t from, size_t to)
{
    static const char *const ends[] = {
        "전자", "자동차", "중공업", "제철", "철도", "항공", "조선", "화학", "병원", "타이어", "통신", "건설",
        "택배", "마트",   "교통",   "방송", "생명", "증권", "제지", "방직", "섬유", "모직",   "물산", "지하철"
    };
    const char *end = f->folded.text + f->folded.glyphs[to - 1].at + 3;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t n = strlen(ends[i]);
        if (to - from >= n / 3 + 2 && memcmp(end - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

/* "한국 경영자 총협회": the words before the last, as far back as one that names of bodies start with or a
 * company, none of them with a particle nor a body itself; where the name starts, `from` when it is no such
 * name. */
static size_t first_word(const bl_finder *f, size_t from)
{
    enum { MOST_WORDS = 3 };
    const bl_glyph *g = f->folded.glyphs;
    size_t start = from;
    for (size_t words = 0, at = from; words < MOST_WORDS && at > 1 && g[at - 1].code == ' '; words++) {
        const size_t to = at - 1;
        for (at = to; at > 0 && g[at - 1].code >= 0xAC00 && g[at - 1].code <= 0xD7A3;)
            at--;
        if (to - at < 2 || strip_particle(f, at, to) != to || ends_as_body(f, at, to, true))
            break;
        if (starts_as_body(f, at) || (words == 0 && ends_as_company(f, at, to)))
            start = at;
    }
    return start;
}

void bl_finder_hangul(bl_error *e, bl_finder *f, size_t from, size_t to)
{
    size_t end = ends_as_body(f, from, to, false) ? to : strip_particle(f, from, to);
    if (!ends_as_body(f, from, end, false))
        return;
    /* A word between blanks is whole: all of it is the name, or its last word. */
    const size_t start = first_word(f, from);
    if (start < from || ends_as_body(f, from, end, true))
        bl_finder_add(e, f,
                      (bl_found){ (uint32_t)start, (uint32_t)end, -1, -1, false, (uint32_t)(end - start) });
}
