/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A Chinese name to its Pinyin, and Pinyin to the characters that the index holds of such a name. */
#include "name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "expand.h"
#include "found.h"
#include "match.h"
#include "operator.h"
#include "pairs.h"
#include "text/pinyin.h"

/* Surnames borne by nearly all, most frequent first (the hundred of the Ministry of Public Security's counts
 * and those of the Hundred Family Surnames in use), then those of two characters. */
static const char singles[] = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭"
                              "吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
                              "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
                              "易常武乔贺赖龚文庞樊兰殷施陶洪"
                              "翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒"
                              "耿牟卜詹关苗凌费纪靳盛童欧甄项"
                              "曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶"
                              "刁瞿戚丘古米池滕晋苑邬臧畅宫来"
                              "苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇"
                              "艾蓝都巩井练仲乐虞卞封竺冼原官"
                              "楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习胥保和蔺闫肖缪朴区尉粟麦骆刀师";
static const char *const doubles[] = { "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
                                       "夏侯", "司徒", "令狐", "宇文", "长孙", "端木", "独孤", "南宫" };

/* Characters that are read otherwise where they are a surname. */
static const struct {
    const char *character, *read;
} readings[] = { { "曾", "zeng" }, { "单", "shan" }, { "仇", "qiu" },  { "解", "xie" },  { "查", "zha" },
                 { "区", "ou" },   { "翟", "zhai" }, { "朴", "piao" }, { "缪", "miao" }, { "尉", "yu" },
                 { "盖", "ge" },   { "谌", "chen" }, { "吕", "lyu" },  { "薄", "bo" } };

/* Characters of a name. */
enum { SHORTEST = 2, LONGEST = 4, HUNDRED = 100 };

typedef struct name {
    uint32_t code[LONGEST];
    size_t size;
    size_t surname; /* characters of it */
    bool common;    /* it is one of the hundred */
} name;

/* Of the character that begins the text, which has three bytes. */
static const char *surname_reading(const char *text)
{
    size_t at = 0;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        if (memcmp(readings[i].character, text, strlen("曾")) == 0)
            return readings[i].read;
    return bl_pinyin(bl_utf8_step(text, strlen("曾"), &at));
}

static bool is_rare_reading(const char *read)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        if (strcmp(readings[i].read, read) == 0)
            return true;
    return false;
}

static bool is_surname(uint32_t character)
{
    for (size_t at = 0; at < sizeof singles - 1;)
        if (bl_utf8_step(singles, sizeof singles - 1, &at) == character)
            return true;
    return false;
}

/* ---- characters to letters ---- */

/* The first character of each token, for each but the last is a pair. */
static bool read_run(const bl_tokens *tokens, size_t first, size_t end, name *out)
{
    *out = (name){ .size = 0 };
    for (size_t i = first; i < end; i++) {
        const bl_token *token = &tokens->items[i];
        size_t at = 0;
        if (token->colocated || out->size == LONGEST ||
            (token->kind != BULLETIN_TOKEN_CJK && token->kind != BULLETIN_TOKEN_LAST))
            return false;
        out->code[out->size] = bl_utf8_next(tokens->text + token->at, token->size, &at);
        if (!bl_pinyin_class(out->code[out->size++]))
            return false;
    }
    return out->size >= SHORTEST;
}

static size_t encode(const uint32_t *code, size_t count, char out[4 * LONGEST + 1])
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += bl_utf8_put(out + size, code[i]);
    out[size] = '\0';
    return size;
}

/* Whether it begins with a surname and goes on with one character or two. */
static bool split(name *n)
{
    char head[4 * LONGEST + 1];
    encode(n->code, 2, head);
    n->surname = is_surname(n->code[0]);
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (n->size > 2 && strcmp(doubles[i], head) == 0)
            n->surname = 2;
    return n->surname > 0 && n->size - n->surname <= 2;
}

/* A word of the dictionary is no name: 高温, 方向. */
static bool is_word(bl_error *e, const bl_names *names, const name *n)
{
    char text[4 * LONGEST + 1];
    bl_units units = { 0 };
    const size_t size = encode(n->code, n->size, text);
    bl_words_cut(e, names->words, text, size, NULL, &units);
    bool word = units.count == 1 && units.items[0].kind != BL_UNIT_SINGLES;
    bl_units_free(&units);
    return word;
}

/* How many bulletins hold a text as it stands. */
static int64_t frequency(bl_error *e, const bl_names *names, const char *text)
{
    const bl_expander expander = { .cutter = names->db->fts.cutter };
    bl_plan plan;
    bl_plan_make(e, &expander, bl_query_leaf(e, text, strlen(text), true), BL_PLAN_ALL, &plan);
    int64_t found = plan.tree && !bl_failed(e) ? bl_match_frequency(e, names->db, &plan, 0) : 0;
    bl_plan_free(&plan);
    return found;
}

/* Keep what the index holds, the most frequent first. */
static void offer(bl_names *names, const char *text, int64_t found)
{
    size_t at = names->count;
    if (found <= 0)
        return;
    while (at > 0 && names->bulletins[at - 1] < found)
        at--;
    if (at == BL_NAME_MOST)
        return;
    names->count += names->count < BL_NAME_MOST;
    for (size_t i = names->count - 1; i > at; i--) {
        names->bulletins[i] = names->bulletins[i - 1];
        memcpy(names->texts[i], names->texts[i - 1], BL_NAME_BYTES);
    }
    names->bulletins[at] = found;
    snprintf(names->texts[at], BL_NAME_BYTES, "%s", text);
}

/* Zhou Xiaolan, Xiaolan Zhou, Zhou Xiao Lan. */
static void find_letters(bl_error *e, bl_names *names, const name *n)
{
    char surname[20] = "", given[20] = "", parted[24] = "", text[BL_NAME_BYTES];
    encode(n->code, n->size, text);
    for (size_t i = 0; i < n->size; i++) {
        const char *read = i == 0 && n->surname == 1 ? surname_reading(text) : bl_pinyin(n->code[i]);
        strcat(i < n->surname ? surname : given, read);
        if (i >= n->surname) {
            strcat(parted, " ");
            strcat(parted, read);
        }
    }
    snprintf(text, sizeof text, "%s %s", surname, given);
    offer(names, text, frequency(e, names, text));
    snprintf(text, sizeof text, "%s %s", given, surname);
    offer(names, text, frequency(e, names, text));
    snprintf(text, sizeof text, "%s%s", surname, parted);
    if (n->size - n->surname > 1)
        offer(names, text, frequency(e, names, text));
}

/* ---- letters to characters ---- */

/* Two words of letters, or three of which the last two are one name; written together. */
typedef struct spelled {
    char word[3][16];
    size_t count;
} spelled;

static bool read_words(const bl_tokens *tokens, size_t first, size_t end, spelled *out)
{
    *out = (spelled){ .count = 0 };
    for (size_t i = first; i < end; i++) {
        const bl_token *token = &tokens->items[i];
        if (token->colocated)
            continue;
        if (token->kind != BULLETIN_TOKEN_WORD || out->count == 3 || token->size >= sizeof *out->word)
            return false;
        memcpy(out->word[out->count++], tokens->text + token->at, token->size);
    }
    return out->count >= 2;
}

/* Letters as one syllable, or as two. */
typedef struct syllables {
    unsigned first, second; /* 0 = there is none */
} syllables;
enum { MOST_READINGS = 8 };

static size_t read_given(const char *text, syllables out[MOST_READINGS])
{
    const size_t size = strlen(text);
    size_t count = 0;
    for (size_t i = size; i > 0 && count < MOST_READINGS; i--) {
        const syllables s = { bl_pinyin_syllable(text, i), bl_pinyin_syllable(text + i, size - i) };
        if (s.first && (s.second || i == size))
            out[count++] = s;
    }
    return count;
}

/* Looks into the index for the names that letters may stand for: in one query, by characters of the name, and
 * for one pair of words. They bound what a sentence in Pinyin takes; where lists are long, one counts for
 * several. */
static const size_t most_looks[] = { 18, 16 };
enum { LOOKS_AT_ONCE = 16, SHORT_AT_ONCE = 6, BYTES_OF_LOOK = 4096 };

/* A name that the pairs of the index allow. */
typedef struct candidate {
    uint32_t code[3];
    size_t size;
    uint32_t bytes; /* of the longer list of its pairs */
    double
        expected; /* the same of the name, if what follows a character did not depend on what is before it */
} candidate;

/* The likeliest of them. */
typedef struct candidates {
    bl_pairs *pairs;
    candidate list[LOOKS_AT_ONCE];
    size_t count;
} candidates;

/* Two common pairs (时一, 一直) make no name, and it takes long to see how seldom they meet. */
static bool is_plausible(const candidate *one)
{
    enum { LONG = 8192, RARE = 16 };
    return one->bytes < LONG || one->expected >= RARE;
}

static void put_candidate(candidates *c, candidate one)
{
    size_t at = c->count;
    while (at > 0 && c->list[at - 1].expected < one.expected)
        at--;
    if (at == LOOKS_AT_ONCE || !is_plausible(&one))
        return;
    c->count += c->count < LOOKS_AT_ONCE;
    memmove(&c->list[at + 1], &c->list[at], (c->count - at - 1) * sizeof one);
    c->list[at] = one;
}

static void try_three(bl_error *e, candidates *c, uint32_t surname, const bl_follower *second, unsigned last)
{
    size_t count;
    const bl_followers *behind = bl_pairs_of(e, c->pairs, second->character);
    const bl_follower *third = bl_followers_read(behind, last, &count);
    for (size_t i = 0; i < count; i++)
        put_candidate(
            c, (candidate){ .code = { surname, second->character, third[i].character },
                            .size = 3,
                            .bytes = third[i].bytes > second->bytes ? third[i].bytes : second->bytes,
                            .expected = (double)second->bytes * third[i].bytes / (double)behind->bytes });
}

/* A name of two characters needs a common surname: 位长 is seldom one. */
static void try_surname(bl_error *e, candidates *c, uint32_t surname, bool common, syllables given)
{
    size_t count;
    const bl_follower *second = bl_followers_read(bl_pairs_of(e, c->pairs, surname), given.first, &count);
    for (size_t i = 0; i < count; i++)
        if (given.second)
            try_three(e, c, surname, &second[i], given.second);
        else if (common)
            put_candidate(c, (candidate){ .code = { surname, second[i].character },
                                          .size = 2,
                                          .bytes = second[i].bytes,
                                          .expected = second[i].bytes });
}

/* The tokens of a name; how many. */
static size_t put_tokens(const candidate *one, char *out)
{
    size_t size = 0;
    for (size_t i = 0; i + 1 < one->size; i++) {
        size += encode(one->code + i, 2, out + size);
        out[size++] = BL_FTS_TOKEN_END;
    }
    out[size] = '\0';
    return one->size - 1;
}

/* How many bulletins hold a name, up to `enough`. */
static int64_t count_name(bl_error *e, const bl_names *names, const candidate *one, int64_t enough)
{
    char tokens[2 * (2 * 4 + 1) + 1];
    bl_phrase phrase = { .tokens = tokens, .count = put_tokens(one, tokens) };
    bl_term term = { .phrases = &phrase, .count = 1 };
    const bl_plan plan = { .terms = &term, .count = 1 };
    bl_operator *op = bl_operator_placed(e, names->db->reader, &plan, 0, 0, BL_ALL_COLUMNS);
    int64_t count = 0;
    for (; op && count < enough && !bl_failed(e); count++) {
        bl_operator_seek(e, op, op->doc + 1);
        if (op->doc == BL_LIST_END)
            break;
    }
    bl_operator_free(op);
    return count;
}

/* How often a name occurs: the list of a pair tells. */
static int64_t look(bl_error *e, const bl_names *names, const candidate *one)
{
    enum { ENOUGH = 20, BYTES_OF_BULLETIN = 4 };
    if (one->size > SHORTEST)
        return count_name(e, names, one, ENOUGH);
    return count_name(e, names, one, 1) * (1 + one->bytes / BYTES_OF_BULLETIN);
}

static void look_up(bl_error *e, bl_names *names, const candidates *c)
{
    char text[BL_NAME_BYTES];
    size_t pairs = 0;
    for (size_t i = 0; i < c->count && !bl_failed(e); i++) {
        const candidate *one = &c->list[i];
        const size_t kind = one->size - SHORTEST;
        if (names->looks[kind] >= most_looks[kind] || (kind == 0 && pairs++ >= SHORT_AT_ONCE))
            continue;
        const int64_t found = look(e, names, one);
        names->looks[kind] += kind == 0 ? 1 : 1 + one->bytes / BYTES_OF_LOOK;
        encode(one->code, one->size, text);
        offer(names, text, found);
    }
}

static void find_characters(bl_error *e, bl_names *names, const char *surname, const char *given)
{
    syllables spelled_as[MOST_READINGS];
    candidates c = { .count = 0 };
    const size_t count = read_given(given, spelled_as);
    const bool rare = is_rare_reading(surname);
    const unsigned class = bl_pinyin_syllable(surname, strlen(surname));
    if (count == 0 || (!class && !rare))
        return;
    for (size_t at = 0, next = 0; at < sizeof singles - 1 && !bl_failed(e); at = next) {
        const uint32_t code = bl_utf8_step(singles, sizeof singles - 1, &next);
        if ((!rare && bl_pinyin_class(code) != class) || strcmp(surname_reading(singles + at), surname) != 0)
            continue;
        if (!c.pairs && !(c.pairs = bl_pairs_get(e, names->db)))
            return;
        for (size_t i = 0; i < count; i++)
            if (names->looks[spelled_as[i].second > 0] < most_looks[spelled_as[i].second > 0])
                try_surname(e, &c, code, at < HUNDRED * strlen("王"), spelled_as[i]);
    }
    look_up(e, names, &c);
}

/* Zhou Xiaolan for Zhou Xiao Lan. */
static void find_together(bl_error *e, bl_names *names, const char *surname, const char *given)
{
    char text[BL_NAME_BYTES];
    syllables spelled_as[MOST_READINGS];
    snprintf(text, sizeof text, "%s %s", surname, given);
    if (bl_pinyin_syllable(surname, strlen(surname)) && read_given(given, spelled_as) > 0)
        offer(names, text, frequency(e, names, text));
}

/* ---- the whole ---- */

size_t bl_names_find(bl_error *e, void *context, const bl_tokens *tokens, size_t first, size_t end,
                     const bl_synonym **list)
{
    bl_names *names = context;
    name n;
    spelled s;
    names->count = 0;
    *list = names->list;
    if (bl_failed(e) || !names->db->reader)
        return 0;
    if (read_run(tokens, first, end, &n)) {
        if (split(&n) && !is_word(e, names, &n))
            find_letters(e, names, &n);
    } else if (read_words(tokens, first, end, &s)) {
        char given[32];
        snprintf(given, sizeof given, "%s%s", s.word[1], s.word[2]);
        find_characters(e, names, s.word[0], given);
        if (s.count == 2)
            find_characters(e, names, s.word[1], s.word[0]);
        else
            find_together(e, names, s.word[0], given);
    }
    for (size_t i = 0; i < names->count; i++)
        names->list[i] =
            (bl_synonym){ .text = names->texts[i], .context = "", .quality = BL_QUALITY_MACHINE };
    return bl_failed(e) ? 0 : names->count;
}
