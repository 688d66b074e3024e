/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text to its language, by script, by the characters that differ, by the words that every text has. */
#include "lang.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Common characters that Simplified and Traditional write differently, in the same order. Left out are those
 * that the other side has as well (后, 里, 面, 只 …). */
static const char *const simplified =
    "们这个来时为国产业会议动员农书记开关发东车门问间见觉观现视规军轮转输边达过运还进远连迟选适该说话语请读课"
    "谁调谈谢"
    "识论设许证评词译试诗诚详误贝负财责败货质购贸费资赛赞钢钱铁银错长阳阴阵际陆险随难电风飞饭馆马验鱼鸟龙丽举"
    "义乐习乡"
    "买乱亚亲亿从仅价众优传伤伟体侨储儿兰兴养写冲决况净减几创则刚办务劳势区医华协单卖卫厂厅历压县参双变号叶吗"
    "听启员响"
    "园围图团场块坚坛处备复够头夺奖妇学宁宝实审宽宾对导层属岁岛师带帮广庆应库废强归当录总战执扩扫扬护报担择拥"
    "挥换据数"
    "断无旧术机权条极构标样树桥检楼欢毕气汇汉沟测济浅浓满灭灯灵热爱牵犹独献环琐疗盖盘监确礼种积称稳穷竞笔筑简"
    "类紧纠红"
    "级纪纳纸纺线练组细织终经结给统续维综绿编缘网罗职联聪胜脑节芦苏苹荐药虽补装计订认";
static const char *const traditional =
    "們這個來時為國產業會議動員農書記開關發東車門問間見覺觀現視規軍輪轉輸邊達過運還進遠連遲選適該說話語請讀課"
    "誰調談謝"
    "識論設許證評詞譯試詩誠詳誤貝負財責敗貨質購貿費資賽贊鋼錢鐵銀錯長陽陰陣際陸險隨難電風飛飯館馬驗魚鳥龍麗舉"
    "義樂習鄉"
    "買亂亞親億從僅價眾優傳傷偉體僑儲兒蘭興養寫沖決況淨減幾創則剛辦務勞勢區醫華協單賣衛廠廳歷壓縣參雙變號葉嗎"
    "聽啟員響"
    "園圍圖團場塊堅壇處備復夠頭奪獎婦學寧寶實審寬賓對導層屬歲島師帶幫廣慶應庫廢強歸當錄總戰執擴掃揚護報擔擇擁"
    "揮換據數"
    "斷無舊術機權條極構標樣樹橋檢樓歡畢氣匯漢溝測濟淺濃滿滅燈靈熱愛牽猶獨獻環瑣療蓋盤監確禮種積稱穩窮競筆築簡"
    "類緊糾紅"
    "級紀納紙紡線練組細織終經結給統續維綜綠編緣網羅職聯聰勝腦節蘆蘇蘋薦藥雖補裝計訂認";

enum { SAMPLE = 4096, SET_BITS = 1 << 15, FIRST = 0x4E00 };

/* Han of the basic block, a bit each. */
typedef struct han_set {
    uint64_t bits[SET_BITS / 64];
} han_set;

/* The next code point; Han, most of all, by the short way. */
static inline uint32_t next_of(const char *text, size_t size, size_t *at)
{
    unsigned char lead = (unsigned char)text[*at];
    if (lead < 0xE4 || lead > 0xE9 || size - *at < 3)
        return bl_utf8_next(text, size, at);
    uint32_t c = (lead & 0x0Fu) << 12 | ((unsigned char)text[*at + 1] & 0x3Fu) << 6 |
                 ((unsigned char)text[*at + 2] & 0x3Fu);
    *at += 3;
    return c;
}

static void fill(han_set *set, const char *characters)
{
    memset(set, 0, sizeof *set);
    size_t size = strlen(characters);
    for (size_t at = 0; at < size;) {
        uint32_t c = next_of(characters, size, &at) - FIRST;
        if (c < SET_BITS)
            set->bits[c / 64] |= (uint64_t)1 << c % 64;
    }
}

static bool has(const han_set *set, uint32_t c)
{
    c -= FIRST;
    return c < SET_BITS && (set->bits[c / 64] >> c % 64 & 1);
}

static const char *chinese(const char *text, size_t size)
{
    han_set hans, hant;
    size_t simple = 0, full = 0;
    fill(&hans, simplified);
    fill(&hant, traditional);
    for (size_t at = 0; at < size && at < SAMPLE;) {
        uint32_t c = next_of(text, size, &at);
        bool in_simple = has(&hans, c), in_full = has(&hant, c);
        simple += in_simple && !in_full;
        full += in_full && !in_simple;
    }
    if (simple == full)
        return "zh";
    return simple > full ? "zh-Hans" : "zh-Hant";
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_function_word(const char *word, size_t size)
{
    static const char words[][6] = { "the",  "of",   "and", "to",   "in",   "for",  "is",  "on",
                                     "that", "with", "by",  "at",   "from", "as",   "was", "are",
                                     "an",   "be",   "has", "have", "its",  "their" };
    for (size_t i = 0; size <= 5 && i < sizeof words / sizeof words[0]; i++)
        if (words[i][0] == word[0] && words[i][size] == '\0' && memcmp(word, words[i], size) == 0)
            return true;
    return false;
}

/* One word in eight of English is one of these; other languages share a few of them at most. */
static const char *alphabetic(const char *text, size_t size)
{
    char word[8];
    size_t words = 0, function = 0, n = 0;
    for (size_t at = 0; at <= size && at < SAMPLE; at++) {
        if (at < size && is_letter(text[at])) {
            if (n < sizeof word)
                word[n] = (char)(text[at] | 0x20);
            n++;
            continue;
        }
        words += n > 0;
        function += n > 0 && n < sizeof word && is_function_word(word, n);
        n = 0;
    }
    return words > 0 && function * 12 >= words ? "en" : NULL;
}

const char *bl_lang_of(const char *text, size_t size, const bl_shape *shape)
{
    bl_shape own;
    if (!shape) {
        bl_shape_of(text, size < SAMPLE ? size : SAMPLE, &own);
        shape = &own;
    }
    uint32_t cjk = bl_shape_cjk(shape);
    if (cjk <= shape->words)
        return alphabetic(text, size);
    if (shape->hangul * 2 > cjk)
        return "ko";
    if (shape->kana * 8 > cjk)
        return "ja";
    return chinese(text, size);
}
