/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text in every encoding comes back as it was. */
#include "page_case.h"

#include <iconv.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "page/decode.h"

static const char simplified[] =
    "渔网厂办起了结网比赛\n东礁渔网厂的四十名女工坐成四排比结网,看谁结得密、结得匀。"
    "厂工会请来三位老渔民当评委,第一名的网连小银鱼也漏不掉。\n";
static const char traditional[] =
    "製繩工人獲發保暖手套\n燈籠洲製繩廠的工人今日獲發保暖手套,由工會同廠方各付一半。"
    "冬天麻繩結霜,工人的手常常裂開。\n";
static const char japanese[] =
    "汐路製糸の労組が休憩室を改装\n汐路製糸労働組合は、工場の休憩室を組合員の手で改装した。\n";
static const char korean[] =
    "부두 노동자들, 새벽 식당을 되찾다\n가온 부두의 노동자들은 새벽 네 시에 여는 식당을 되찾았다고 밝혔다.\n";
static const char english[] =
    "Lamp makers agree on a shorter week.\nAfter nine meetings they agreed on thirty-six hours.\n";

typedef struct encoded {
    char bytes[8192];
    size_t size;
} encoded;

static encoded encode(const char *text, const char *charset, const char *mark, size_t mark_size)
{
    encoded out = { .size = mark_size };
    iconv_t converter = iconv_open(charset, "UTF-8");
    if (converter == (iconv_t)-1)
        fail_msg("iconv knows no %s", charset);
    if (mark_size > 0)
        memcpy(out.bytes, mark, mark_size);
    char copy[4096], *from = copy, *to = out.bytes + mark_size;
    size_t left = strlen(text), room = sizeof out.bytes - mark_size;
    memcpy(copy, text, left);
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
        fail_msg("%s cannot hold the text", charset);
    iconv(converter, NULL, NULL, &to, &room);
    iconv_close(converter);
    out.size = (size_t)(to - out.bytes);
    return out;
}

static size_t assert_decodes(const char *what, const char *bytes, size_t size, const char *expected)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer out = { 0 };
    size_t replaced = 0;
    bl_decode(&e, bytes, size, NULL, &out, &replaced);
    if (bl_failed(&e))
        fail_msg("%s: %s", what, e.message);
    if (expected)
        assert_text(what, out.data, expected);
    bl_buffer_free(&out);
    return replaced;
}

static void every_encoding_makes_the_round_trip(void **state)
{
    (void)state;
    static const struct {
        const char *text, *charset, *mark;
        size_t mark_size;
    } rows[] = {
        { simplified, "UTF-8", "", 0 },
        { simplified, "UTF-8", "\xEF\xBB\xBF", 3 },
        { simplified, "GB18030", "", 0 },
        { simplified, "GBK", "", 0 },
        { simplified, "UTF-16LE", "\xFF\xFE", 2 },
        { simplified, "UTF-16LE", "", 0 },
        { simplified, "UTF-16BE", "\xFE\xFF", 2 },
        { traditional, "UTF-16BE", "", 0 },
        { traditional, "UTF-32LE", "\xFF\xFE\0\0", 4 },
        { traditional, "UTF-32BE", "", 0 },
        { traditional, "BIG5", "", 0 },
        { traditional, "BIG5-HKSCS", "", 0 },
        { traditional, "GB18030", "", 0 },
        { japanese, "SHIFT_JIS", "", 0 },
        { japanese, "EUC-JP", "", 0 },
        { japanese, "ISO-2022-JP", "", 0 },
        { korean, "EUC-KR", "", 0 },
        { korean, "UTF-16LE", "", 0 },
        { english, "UTF-16BE", "", 0 },
        { english, "UTF-32LE", "", 0 },
        { english, "ASCII", "", 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        encoded e = encode(rows[i].text, rows[i].charset, rows[i].mark, rows[i].mark_size);
        assert_int_equal(assert_decodes(rows[i].charset, e.bytes, e.size, rows[i].text), 0);
    }
}

static void a_wrong_declaration_loses_to_the_content(void **state)
{
    (void)state;
    static const char *const declarations[] = { "<meta charset=\"utf-8\">\n", "<meta charset=\"big5\">\n",
                                                "<meta charset='shift_jis'>\n", "charset=iso-8859-1\n" };
    for (size_t i = 0; i < sizeof declarations / sizeof declarations[0]; i++) {
        char text[2048];
        snprintf(text, sizeof text, "%s%s", declarations[i], simplified);
        encoded e = encode(text, "GB18030", "", 0);
        assert_int_equal(assert_decodes(declarations[i], e.bytes, e.size, text), 0);
    }
}

static void broken_bytes_are_replaced_and_counted(void **state)
{
    (void)state;
    assert_int_equal(assert_decodes("a lone byte", "\xE5\xB7\xA5\xFF\xE4\xBC\x9A", 7, "工\xEF\xBF\xBD会"), 1);
    assert_int_equal(assert_decodes("a cut character", "\xE5\xB7\xA5\xE4\xBC\x9A\xE5\xB7\xA5\xE4\xBC", 11,
                                    "工会工\xEF\xBF\xBD"),
                     1);
    assert_int_equal(
        assert_decodes("a zero byte", "one\0two three four five six", 27, "one two three four five six"), 0);
}

static void pictures_and_archives_are_no_text(void **state)
{
    (void)state;
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", pdf[] = "%PDF-1.4\n1 0 obj",
                      noise[] = "\1\2\3\4\5\6\7\1\2\3\4\5\6\7\1\2\3";
    static const struct {
        const char *bytes;
        size_t size;
    } rows[] = { { png, sizeof png }, { pdf, sizeof pdf }, { noise, sizeof noise - 1 } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bl_error e = BL_ERROR_INIT;
        bl_article article;
        bl_page_read(&e, rows[i].bytes, rows[i].size, NULL, &article);
        assert_int_equal(e.status, BULLETIN_BAD_INPUT);
        assert_null(article.body);
    }
}

static void an_empty_file_is_an_empty_page(void **state)
{
    (void)state;
    bl_article a = read_page("", 0, NULL);
    assert_string_equal(a.body, "");
    assert_string_equal(a.furniture, "");
    assert_null(a.title);
    bl_article_free(&a);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding_makes_the_round_trip),
        cmocka_unit_test(a_wrong_declaration_loses_to_the_content),
        cmocka_unit_test(broken_bytes_are_replaced_and_counted),
        cmocka_unit_test(pictures_and_archives_are_no_text),
        cmocka_unit_test(an_empty_file_is_an_empty_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
