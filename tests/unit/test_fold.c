/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Folding: what must meet, what must stay apart, and where every folded character came from. */
#include "text/openings.h"
#include "text_case.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

static bl_folded left, right;

static void fold_into(bl_folded *out, const char *text, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_fold(&e, text, size, out);
    no_error(&e);
}

static bool folds_alike(const char *a, size_t a_size, const char *b, size_t b_size)
{
    fold_into(&left, a, a_size);
    fold_into(&right, b, b_size);
    return left.size == right.size && memcmp(left.text, right.text, left.size) == 0;
}

static void assert_folds_to(const char *text, const char *wanted)
{
    fold_into(&left, text, strlen(text));
    assert_string_equal(left.text, wanted);
}

/* --------------------------------------------------------------------------------------------- tables */

static int rows_that_meet(const char *name, bool should)
{
    FILE *file = open_data("TABLES", name);
    table_row row = { .line = 0 };
    int rows = 0, wrong = 0;
    for (; next_row(file, &row); rows++) {
        if (folds_alike(row.left, row.left_size, row.right, row.right_size) == should)
            continue;
        print_error("%s:%d: %s and %s %s\n", name, row.line, row.left, row.right,
                    should ? "differ" : "are the same");
        wrong++;
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    return rows;
}

static void traditional_and_simplified_terms_find_each_other(void **state)
{
    (void)state;
    assert_true(rows_that_meet("traditional.tsv", true) >= 300);
}

static void width_case_and_diacritics_do_not_matter(void **state)
{
    (void)state;
    assert_true(rows_that_meet("width.tsv", true) >= 200);
}

static void different_characters_stay_different(void **state)
{
    (void)state;
    assert_true(rows_that_meet("distinct.tsv", false) >= 30);
}

/* -------------------------------------------------------------------------------------------- Unicode */

/* The code points of a field such as "0044 0307" as UTF-8. */
static size_t read_codes(const char *field, char *out)
{
    size_t size = 0;
    char *end;
    for (const char *at = field; *at; at = end) {
        unsigned long code = strtoul(at, &end, 16);
        if (end == at)
            break;
        size += bl_utf8_put(out + size, (uint32_t)code);
    }
    return size;
}

static size_t casefolded(const char *text, size_t size, UChar *out, size_t most)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[LINE];
    int32_t count = 0;
    u_strFromUTF8(units, LINE, &count, text, (int32_t)size, &status);
    count =
        unorm2_normalize(unorm2_getNFKCCasefoldInstance(&status), units, count, out, (int32_t)most, &status);
    assert_true(U_SUCCESS(status));
    return (size_t)count;
}

/* What the other steps of folding leave alone: no letters of the three alphabets, Han or kana, no mark that
 * any script may carry, no white space. */
static bool only_normalized(const UChar *text, size_t size)
{
    UChar32 codes[LINE];
    int32_t count = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF32(codes, LINE, &count, text, (int32_t)size, &status);
    for (int32_t i = 0; i < count; i++) {
        UChar32 code = codes[i];
        UScriptCode script = uscript_getScript(code, &status);
        if (script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ||
            script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
            script == USCRIPT_INHERITED || u_isWhitespace(code) || u_charType(code) == U_CONTROL_CHAR)
            return false;
    }
    return size > 0;
}

static bool equals_normalized(const char *text, size_t size, bool *compared)
{
    UChar wanted[LINE], have[LINE];
    size_t count = casefolded(text, size, wanted, LINE);
    int32_t units = 0;
    UErrorCode status = U_ZERO_ERROR;
    *compared = only_normalized(wanted, count);
    fold_into(&left, text, size);
    u_strFromUTF8(have, LINE, &units, left.text, (int32_t)left.size, &status);
    return !*compared || ((size_t)units == count && memcmp(wanted, have, count * sizeof *have) == 0);
}

/* Unicode's NormalizationTest: all five forms of a line fold to the same, and where no other step of folding
 * applies, to NFKC_Casefold. */
static void compatible_forms_fold_alike(void **state)
{
    (void)state;
    FILE *file = open_data("NORMALIZATION_TEST", "");
    char line[LINE];
    int lines = 0, compared_lines = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || line[0] == '@')
            continue;
        char form[5][LINE];
        size_t size[5];
        char *field = line;
        for (int i = 0; i < 5; i++) {
            char *end = strchr(field, ';');
            *end = '\0';
            size[i] = read_codes(field, form[i]);
            field = end + 1;
        }
        for (int i = 1; i < 5; i++)
            if (!folds_alike(form[0], size[0], form[i], size[i]))
                fail_msg("line of %s: form %d folds differently", line, i + 1);
        bool compared;
        if (!equals_normalized(form[0], size[0], &compared))
            fail_msg("line of %s: not NFKC_Casefold", line);
        compared_lines += compared;
        lines++;
    }
    fclose(file);
    assert_true(lines > 18000);
    assert_true(compared_lines > 10000);
}

static void folding_what_is_folded_changes_nothing(void **state)
{
    (void)state;
    char text[24], again[512];
    for (uint32_t code = 1; code < 0x110000; code++) {
        if (code >= 0xD800 && code < 0xE000)
            continue;
        size_t size = 0;
        text[size++] = 'x';
        size += bl_utf8_put(text + size, code);
        size += bl_utf8_put(text + size, 0x5DE5);
        fold_into(&left, text, size);
        assert_true(left.size < sizeof again);
        memcpy(again, left.text, left.size);
        fold_into(&right, again, left.size);
        if (left.size != right.size || memcmp(left.text, right.text, left.size) != 0)
            fail_msg("U+%04X folds to %s, that to %s", (unsigned)code, left.text, right.text);
    }
}

/* ---------------------------------------------------------------------------------------------- ranges */

static void assert_range(const char *text, size_t glyph, const char *wanted)
{
    fold_into(&left, text, strlen(text));
    assert_true(glyph < left.count);
    const bl_glyph *g = &left.glyphs[glyph];
    assert_int_equal(g->end - g->start, strlen(wanted));
    assert_memory_equal(text + g->start, wanted, strlen(wanted));
}

static void every_character_of_an_expansion_covers_what_it_came_from(void **state)
{
    (void)state;
    assert_range("a㈱b", 1, "㈱");
    assert_range("a㈱b", 2, "㈱");
    assert_range("a㈱b", 3, "㈱");
    assert_range("a㈱b", 4, "b");
    assert_range("oﬁn", 2, "ﬁ");
}

static void a_composed_character_covers_its_marks(void **state)
{
    (void)state;
    assert_range("cafe\xCC\x81s", 3, "e\xCC\x81");
    assert_range("ｶﾞｽ", 0, "ｶﾞ");
    assert_range("ｶﾞｽ", 1, "ｽ");
}

static void an_invisible_character_belongs_to_the_one_before(void **state)
{
    (void)state;
    assert_range("工\xE2\x80\x8B会", 0, "工\xE2\x80\x8B");
    assert_range("❤\xEF\xB8\x8F!", 0, "❤\xEF\xB8\x8F");
    assert_folds_to("\xEF\xBB\xBF工会", "工会");
}

static void white_space_is_one_space_and_falls_beside_cjk(void **state)
{
    (void)state;
    assert_folds_to("a \t\xE3\x80\x80 b", "a b");
    assert_folds_to("2024 年 5 月", "2024年5月");
    assert_folds_to("工会 工会", "工会 工会");
    assert_folds_to("工会 ！", "工会 !");
}

static void line_breaks_with_space_between_are_one(void **state)
{
    (void)state;
    assert_folds_to("工会\r\n \r\n 改革", "工会\n改革");
    assert_folds_to("a\xE2\x80\xA8"
                    "b\xC2\x85"
                    "c\vd\fe",
                    "a\nb\nc\nd\ne");
}

static void control_characters_and_nul_are_white_space(void **state)
{
    (void)state;
    fold_into(&left,
              "a\0b\x1B"
              "c",
              5);
    assert_string_equal(left.text, "a b c");
    assert_int_equal(left.replaced, 0);
}

static void ill_formed_bytes_are_replaced_and_counted(void **state)
{
    (void)state;
    static const char text[] = "a\xE5\xB7"
                               "b\xFF\xEF\xBF\xBD"
                               "c";
    fold_into(&left, text, sizeof text - 1);
    assert_string_equal(left.text, "a\xEF\xBF\xBD"
                                   "b\xEF\xBF\xBD\xEF\xBF\xBD"
                                   "c");
    assert_int_equal(left.replaced, 3);
    assert_int_equal(left.glyphs[1].start, 1);
    assert_int_equal(left.glyphs[1].end, 3);
    assert_int_equal(left.glyphs[5].start, 8);
}

static void a_failure_already_recorded_leaves_nothing_to_do(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_fail(&e, BULLETIN_IO, "first");
    bl_fold(&e, "abc", 3, &left);
    assert_int_equal(left.count, 0);
    assert_string_equal(e.message, "first");
}

static void an_empty_text_folds_to_an_empty_string(void **state)
{
    (void)state;
    fold_into(&left, "", 0);
    assert_int_equal(left.count, 0);
    assert_string_equal(left.text, "");
}

/* Codes alone, where they are to be had, are those of the whole folding; whether they were. */
static bool folds_alike_both_ways(const char *text)
{
    bl_error e = BL_ERROR_INIT;
    uint32_t codes[32];
    const size_t size = strlen(text), count = bl_fold_plain(text, size, codes);
    assert_true(size <= sizeof codes / sizeof *codes);
    if (count == 0)
        return false;
    bl_fold(&e, text, size, &left);
    assert_int_equal(left.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(left.glyphs[i].code, codes[i]);
    assert_int_equal(bl_fold_class(codes[0]), left.glyphs[0].kind);
    return true;
}

/* Each character of the basic plane, beside others and beside blanks. */
static void plain_characters_fold_alike_both_ways(void **state)
{
    static const char *const before[] = { "", "工", "a", "", "a ", "", "工 ", "", "é" }, *const behind[] = {
        "工", "", "", "a", "", " a", "", " 工", " 1"
    };
    enum { FRAMES = sizeof before / sizeof *before };
    size_t plain[FRAMES] = { 0 };
    (void)state;
    for (uint32_t code = 0x20; code < 0xFFFF; code += code == 0xD7FF ? 0x801 : 1)
        for (size_t i = 0; i < FRAMES; i++) {
            char one[8] = "", text[32];
            bl_utf8_put(one, code);
            snprintf(text, sizeof text, "%s%s%s", before[i], one, behind[i]);
            plain[i] += folds_alike_both_ways(text);
        }
    assert_true(plain[0] > 20000 && plain[1] > 20000 && plain[2] > 20000 && plain[3] > 20000);
    assert_true(plain[4] > 500 && plain[4] < 20000); /* a blank falls beside Chinese */
}

static void names_of_two_scripts_are_plain_and_broken_ones_are_not(void **state)
{
    (void)state;
    assert_true(folds_alike_both_ways("工A会"));
    assert_true(folds_alike_both_ways("Bauhinia Weavers' Guild (No. 3)"));
    assert_true(folds_alike_both_ways("Société générale d’Épinal") == false); /* one sign of several kinds */
    assert_true(folds_alike_both_ways("Société générale"));
    assert_false(folds_alike_both_ways(" ab"));
    assert_false(folds_alike_both_ways("ab "));
    assert_false(folds_alike_both_ways("a  b"));
    assert_false(folds_alike_both_ways("a\tb"));
    assert_false(folds_alike_both_ways("e\xCC\x81"));
    assert_false(folds_alike_both_ways("工\xE4\xBC"));
    assert_false(folds_alike_both_ways("a \xC3"));
    assert_false(folds_alike_both_ways("\xC1\x81"));
    assert_false(folds_alike_both_ways(""));
}

static bool may_hold(const char *text, const char *token)
{
    bl_openings openings = { 0 };
    bl_openings_add(&openings, token, strlen(token));
    return bl_openings_may_stand(text, strlen(text), &openings);
}

static void what_a_text_holds_is_seen_before_it_is_folded(void **state)
{
    (void)state;
    static const char *const held[][2] = {
        { "当地的車間", "车间" },
        { "说：表示", "表示" },
        { "表表示", "表示" },
        { "表 示", "表示" }, /* whether a space falls is not looked into */
        { "表\xEF\xB8\x80示", "表示" },
        { "か\xE3\x82\x99く", "がく" },
        { "ｶﾞｸ", "か" },
        { "工会产改", "改" },
        { "Ｔｈｅ", "the" },
        { "É", "e" },
        { "㋀起", "月" },
        { "末尾是表", "表示" },
        { "表（示）", "表示" },
        { "dying", "die" },
        { "looms", "\x01loom" },
        { "kerb", "\x01"
                  "curb" },
        { "1,200 reels", "\x03"
                         "1200" },
    };
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (!may_hold(held[i][0], held[i][1]))
            fail_msg("%s is said not to be in %s", held[i][1], held[i][0]);
    assert_false(may_hold("表明态度，指示器", "表示"));
    assert_false(may_hold("示威", "表示"));
    assert_false(may_hold("工会与纺织", "改"));
    assert_false(may_hold("纺织2024 OK", "the"));
    assert_false(may_hold("", "the"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_characters_fold_alike_both_ways),
        cmocka_unit_test(names_of_two_scripts_are_plain_and_broken_ones_are_not),
        cmocka_unit_test(what_a_text_holds_is_seen_before_it_is_folded),
        cmocka_unit_test(traditional_and_simplified_terms_find_each_other),
        cmocka_unit_test(width_case_and_diacritics_do_not_matter),
        cmocka_unit_test(different_characters_stay_different),
        cmocka_unit_test(compatible_forms_fold_alike),
        cmocka_unit_test(folding_what_is_folded_changes_nothing),
        cmocka_unit_test(every_character_of_an_expansion_covers_what_it_came_from),
        cmocka_unit_test(a_composed_character_covers_its_marks),
        cmocka_unit_test(an_invisible_character_belongs_to_the_one_before),
        cmocka_unit_test(white_space_is_one_space_and_falls_beside_cjk),
        cmocka_unit_test(line_breaks_with_space_between_are_one),
        cmocka_unit_test(control_characters_and_nul_are_white_space),
        cmocka_unit_test(ill_formed_bytes_are_replaced_and_counted),
        cmocka_unit_test(a_failure_already_recorded_leaves_nothing_to_do),
        cmocka_unit_test(an_empty_text_folds_to_an_empty_string),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    bl_folded_free(&left);
    bl_folded_free(&right);
    return failed;
}
