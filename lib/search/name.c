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

static const char *surname_reading(uint32_t character)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        size_t at = 0;
        if (bl_utf8_next(readings[i].character, strlen(readings[i].character), &at) == character)
            return readings[i].read;
    }
    return bl_pinyin(character);
}

static bool is_surname(uint32_t character)
{
    for (size_t at = 0; at < sizeof singles - 1;)
        if (bl_utf8_next(singles, sizeof singles - 1, &at) == character)
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
static void offer(bl_error *e, bl_names *names, const char *text)
{
    const int64_t found = frequency(e, names, text);
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
    for (size_t i = 0; i < n->size; i++) {
        const char *read = i == 0 && n->surname == 1 ? surname_reading(n->code[0]) : bl_pinyin(n->code[i]);
        strcat(i < n->surname ? surname : given, read);
        if (i >= n->surname) {
            strcat(parted, " ");
            strcat(parted, read);
        }
    }
    snprintf(text, sizeof text, "%s %s", surname, given);
    offer(e, names, text);
    snprintf(text, sizeof text, "%s %s", given, surname);
    offer(e, names, text);
    snprintf(text, sizeof text, "%s%s", surname, parted);
    if (n->size - n->surname > 1)
        offer(e, names, text);
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

/* One syllable, or two one after another. */
static bool is_given(const char *text)
{
    const size_t size = strlen(text);
    bool syllables = bl_pinyin_spells(text, size);
    for (size_t i = 1; i < size && !syllables; i++)
        syllables = bl_pinyin_spells(text, i) && bl_pinyin_spells(text + i, size - i);
    return syllables;
}

/* Pairs of the index that begin with a character, and how the rest of `read` is written with them: by one
 * character more, or two. */
static void walk_pairs(bl_error *e, bl_names *names, name *n, const char *read)
{
    char first[4], text[4 * LONGEST + 1];
    bl_vocabulary pairs;
    bl_vocabulary_open(e, &names->db->reader->index, first, bl_utf8_put(first, n->code[n->size - 1]), &pairs);
    while (bl_vocabulary_next(e, &pairs)) {
        const bl_list *list = pairs.posting.lists[0];
        const char *pair = (const char *)list->term + 1; /* behind the index's mark */
        const size_t size = list->term_size - 1;
        size_t at = 0;
        bl_utf8_next(pair, size, &at);
        if (at >= size)
            continue;
        n->code[n->size] = bl_utf8_next(pair, size, &at);
        const char *syllable = bl_pinyin(n->code[n->size]);
        const size_t length = strlen(syllable);
        if (at != size || length == 0 || strncmp(read, syllable, length) != 0)
            continue;
        n->size++;
        if (read[length] == '\0' && (n->size > 2 || n->common)) { /* 位长 is seldom a name */
            encode(n->code, n->size, text);
            offer(e, names, text);
        } else if (n->size == 2 && bl_pinyin_spells(read + length, strlen(read + length))) {
            walk_pairs(e, names, n, read + length);
        }
        n->size--;
    }
    bl_vocabulary_close(&pairs);
}

static void find_characters(bl_error *e, bl_names *names, const char *surname, const char *given)
{
    if (!is_given(given))
        return;
    for (size_t at = 0; at < sizeof singles - 1 && !bl_failed(e);) {
        name n = { .size = 1, .surname = 1 };
        n.code[0] = bl_utf8_next(singles, sizeof singles - 1, &at);
        n.common = at <= HUNDRED * strlen("王");
        if (strcmp(surname_reading(n.code[0]), surname) == 0)
            walk_pairs(e, names, &n, given);
    }
}

/* Zhou Xiaolan for Zhou Xiao Lan. */
static void find_together(bl_error *e, bl_names *names, const char *surname, const char *given)
{
    char text[BL_NAME_BYTES];
    snprintf(text, sizeof text, "%s %s", surname, given);
    if (is_given(given) && bl_pinyin_spells(surname, strlen(surname)))
        offer(e, names, text);
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
