/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bytes, and characters decoded from them for a trial, to what encoding they may be in. */
#include "charset.h"

#include <string.h>

#include "base/utf8.h"

const char *bl_charset_of_mark(const unsigned char *bytes, size_t size, size_t *mark)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *name;
    } marks[] = {
        { "\xEF\xBB\xBF", 3, "UTF-8" },    { "\xFF\xFE\0\0", 4, "UTF-32LE" },
        { "\0\0\xFE\xFF", 4, "UTF-32BE" }, { "\x84\x31\x95\x33", 4, "gb18030" },
        { "\xFF\xFE", 2, "UTF-16LE" },     { "\xFE\xFF", 2, "UTF-16BE" },
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (size >= marks[i].size && memcmp(bytes, marks[i].bytes, marks[i].size) == 0) {
            *mark = marks[i].size;
            return marks[i].name;
        }
    *mark = 0;
    return NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_name_byte(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Where `word` (lower case) ends in the bytes, ASCII case aside; 0 when it does not occur. */
static size_t behind_word(const char *bytes, size_t size, size_t from, const char *word)
{
    size_t n = strlen(word);
    for (size_t at = from; at + n <= size; at++) {
        size_t i = 0;
        while (i < n && lower(bytes[at + i]) == word[i])
            i++;
        if (i == n)
            return at + n;
    }
    return 0;
}

enum { DECLARED_WITHIN = 1024 };

bool bl_charset_declared(const char *bytes, size_t size, char *name, size_t room)
{
    static const char *const words[] = { "charset", "encoding" };
    if (size > DECLARED_WITHIN)
        size = DECLARED_WITHIN;
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        size_t at = behind_word(bytes, size, 0, words[w]), n = 0;
        while (at > 0 && at < size &&
               (bytes[at] == ' ' || bytes[at] == '=' || bytes[at] == '"' || bytes[at] == '\''))
            at++;
        while (at > 0 && at < size && n + 1 < room && is_name_byte(bytes[at]))
            name[n++] = lower(bytes[at++]);
        name[n] = '\0';
        if (n >= 3)
            return true;
    }
    return false;
}

static bool has_magic(const unsigned char *bytes, size_t size)
{
    static const char *const magics[] = { "%PDF-",
                                          "\x89PNG",
                                          "PK\x03\x04",
                                          "\xFF\xD8\xFF",
                                          "GIF8",
                                          "\xD0\xCF\x11\xE0",
                                          "\x1F\x8B",
                                          "Rar!",
                                          "\x7F"
                                          "ELF",
                                          "SQLite format",
                                          "RIFF",
                                          "7z\xBC\xAF",
                                          "\x28\xB5\x2F\xFD" };
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        size_t n = strlen(magics[i]);
        if (size >= n && memcmp(bytes, magics[i], n) == 0)
            return true;
    }
    return false;
}

enum { SAMPLE = 4096 };

bool bl_charset_is_binary(const unsigned char *bytes, size_t size)
{
    size_t sample = size < SAMPLE ? size : SAMPLE;
    unsigned controls = 0;
    if (has_magic(bytes, size))
        return true;
    for (size_t i = 0; i < sample; i++) /* without branches: many at once */
        controls += (unsigned)(bytes[i] < 0x20) & (unsigned)(bytes[i] != 0) & (unsigned)(bytes[i] != 0x1B) &
                    (unsigned)((unsigned char)(bytes[i] - 9) > 4);
    return controls * 20 > sample;
}

/* The commonest characters of news: every second character of a text is among them, but hardly one in
 * twenty when bytes are read in a wrong encoding. */
static const char *const commonest = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会"
                                     "可主发年动同工也能下过子说产种面而方后多定行"
                                     "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
                                     "制机当使点从业本去把性好应开它合还因由其些"
                                     "然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么"
                                     "利比或但质气第向道命此变条只没结解问意建月"
                                     "公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活"
                                     "设及管特件长求老头基资边流路级少图山统接知"
                                     "较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队"
                                     "南给色光门即保治北造百规热领七海口东导器压"
                                     "志世金增争济阶术极交受联什认六共权收证改清己美再采转更单风切打白教速花"
                                     "带安场身车例真务具万每目至达走积示议声报完"
                                     "类八离华名确才科张信马节话米整空元况今集传土许步群广石记需段研界林律越"
                                     "织装影持众书布复容际商验连断深难近千周委技"
                                     "备办青省列习响约支史感劳便团历市除消构府称准精号率维划选标写存快效院查"
                                     "江型按格育厂京识适属包调县局照参严协纺职"
                                     "這個為國時來們對會發動過說產種後學經進著電裡實現體機當從業應開還無樣與"
                                     "關線內數間點黨員總長資邊統組級圖處決給導"
                                     "論農運隊區場車華廣報證轉單聯認爭濟術極萬務標歷團勞協紡職織廠縣局歲臺灣"
                                     "이다는에의을를가한고하은로도지있서사대기자으인나리시어들그아해정일것과"
                                     "상전부수보적라주게만제원장동국민노조총공업합"
                                     "위회성경연및여까습니까했된며면등년월투쟁선중신안무유진당개의소구단";

static void set_common(bl_common *set, uint32_t c)
{
    if (c < 65536)
        set->bits[c / 64] |= (uint64_t)1 << c % 64;
}

void bl_common_make(bl_common *out)
{
    memset(out, 0, sizeof *out);
    size_t size = strlen(commonest);
    for (size_t at = 0; at < size;)
        set_common(out, bl_utf8_next(commonest, size, &at));
    for (uint32_t c = 0x3041; c <= 0x30FC; c++)
        set_common(out, c);
    for (uint32_t c = 0x3001; c <= 0x3011; c++)
        set_common(out, c);
    static const uint32_t marks[] = { 0xFF0C, 0xFF1A, 0xFF01, 0xFF1F, 0xFF08, 0xFF09, 0x201C, 0x201D, 0x2018,
                                      0x2019, 0x2014, 0x2022, 0x00B7, 0x2026, 0x300A, 0x300B, 0xFF1B };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        set_common(out, marks[i]);
}

void bl_look_at(const bl_common *common, uint32_t c, bl_look *look)
{
    if (c < 0x80) {
        bool plain = c == '\n' || c == '\r' || c == '\t' || c == ' ' ||
                     (lower((char)c) >= 'a' && lower((char)c) <= 'z') || (c >= '0' && c <= '9');
        look->plain += plain;
        look->broken += c < 0x20 && !plain;
        return;
    }
    look->wide++;
    if (c == BL_REPLACEMENT || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0x80 && c < 0xA0) ||
        (c >= 0xFF66 && c <= 0xFF9F))
        look->broken++;
    else if (c < 65536)
        look->common += (size_t)(common->bits[c / 64] >> c % 64 & 1);
}

int bl_look_score(const bl_look *look)
{
    if (look->wide == 0)
        return look->plain > 4 * look->broken ? 50 : 0;
    int score = (int)(look->common * 100 / look->wide);
    int broken = (int)(look->broken * 200 / look->wide);
    return score - broken;
}

int bl_look_score_wide(const bl_look *look)
{
    size_t all = look->wide + look->plain;
    if (look->wide * 4 > look->plain)
        return bl_look_score(look);
    return 50 - (int)(look->broken * 400 / (all + 1));
}
