/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words of unspaced text: units of a query, and whether hits stand on word boundaries. What ICU's dictionary
 * says is only asked of words that no release can lack. */
#include "text_case.h"

#include "text/words.h"

static bl_words *words;
static bl_units units;

static size_t longest_listed(void *context, const char *folded, size_t size)
{
    size_t best = 0;
    for (const char *const *word = context; *word; word++) {
        size_t length = strlen(*word);
        if (length <= size && length > best && memcmp(folded, *word, length) == 0)
            best = length;
    }
    return best;
}

/* The units of a text with a bar between. */
static const char *cut(const char *text, const char *const *list)
{
    static char line[LINE];
    bl_error e = BL_ERROR_INIT;
    bl_word_list words_of_list = { longest_listed, (void *)list };
    bl_words_cut(&e, words, text, strlen(text), list ? &words_of_list : NULL, &units);
    no_error(&e);
    size_t size = 0;
    for (size_t i = 0; i < units.count; i++)
        size +=
            (size_t)snprintf(line + size, sizeof line - size, "%s%.*s", i ? "|" : "",
                             (int)(units.items[i].end - units.items[i].start), text + units.items[i].start);
    line[size] = '\0';
    return line;
}

static unsigned edges(const char *text, const char *hit)
{
    bl_error e = BL_ERROR_INIT;
    const char *at = strstr(text, hit);
    assert_non_null(at);
    size_t start = (size_t)(at - text);
    unsigned found = bl_words_edges(&e, words, text, strlen(text), start, start + strlen(hit));
    no_error(&e);
    return found;
}

static void dictionary_words_are_units(void **state)
{
    (void)state;
    assert_string_equal(cut("工会组织职工培训", NULL), "工会|组织|职工|培训");
    assert_string_equal(cut("員工會議", NULL), "員工|會議");
}

static void the_longest_listed_word_wins(void **state)
{
    (void)state;
    const char *const list[] = { "产改", "产改办", "河口县总工会", NULL };
    assert_string_equal(cut("河口县总工会产改办主任", list), "河口县总工会|产改办|主任");
    assert_int_equal(units.items[0].kind, BL_UNIT_LISTED);
    assert_int_equal(units.items[2].kind, BL_UNIT_WORD);
}

static void a_listed_word_is_found_in_traditional_and_fullwidth_text(void **state)
{
    (void)state;
    const char *const list[] = { "产改", "abc工会", NULL };
    assert_string_equal(cut("產改會議", list), "產改|會議");
    assert_string_equal(cut("ＡＢＣ 工會", list), "ＡＢＣ 工會");
}

static void a_listed_pair_inside_two_other_words_is_left_alone(void **state)
{
    (void)state;
    const char *const list[] = { "产改", NULL };
    assert_string_equal(cut("生产改造", list), "生产|改造");
}

static void single_characters_side_by_side_are_one_unit(void **state)
{
    (void)state;
    cut("产改", NULL);
    assert_int_equal(units.count, 1);
    assert_int_equal(units.items[0].kind, BL_UNIT_SINGLES);
    assert_int_equal(units.items[0].end, 6);
}

static void words_of_letters_and_digits_stay_whole(void **state)
{
    (void)state;
    const char *const list[] = { "ion", "unio", NULL };
    assert_string_equal(cut("union工会2024", list), "union|工会|2024");
}

static void white_space_and_symbols_are_in_no_unit(void **state)
{
    (void)state;
    assert_string_equal(cut("工会，职工 ！\n", NULL), "工会|职工");
    assert_string_equal(cut("", NULL), "");
    assert_string_equal(cut("，", NULL), "");
}

static void a_hit_that_is_a_word_has_both_edges(void **state)
{
    (void)state;
    assert_int_equal(edges("市工会举行活动", "工会"), BL_EDGE_START | BL_EDGE_END);
    assert_int_equal(edges("工会", "工会"), BL_EDGE_START | BL_EDGE_END);
    assert_int_equal(edges("舉行市工會活動", "工會"), BL_EDGE_START | BL_EDGE_END);
}

static void a_hit_inside_other_words_has_no_edge(void **state)
{
    (void)state;
    assert_int_equal(edges("全体员工会议", "工会"), 0);
    assert_int_equal(edges("企业生产改造项目", "产改"), 0);
}

static void only_the_neighbourhood_of_a_hit_is_read(void **state)
{
    (void)state;
    char *text = malloc(3000000);
    assert_non_null(text);
    for (size_t i = 0; i + 3 <= 2999000; i += 3)
        memcpy(text + i, "的", 3);
    strcpy(text + 2998998, "，市工会");
    for (int i = 0; i < 2000; i++)
        assert_int_equal(edges(text + 2998000 - 1, "工会") & BL_EDGE_END, BL_EDGE_END);
    free(text);
}

static void a_range_outside_the_text_has_no_edge(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    assert_int_equal(bl_words_edges(&e, words, "工会", 6, 3, 9), 0);
    assert_int_equal(bl_words_edges(&e, words, "工会", 6, 6, 3), 0);
}

static int open_words(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    words = bl_words_open(&e);
    return words ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    bl_words_close(words);
    bl_units_free(&units);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dictionary_words_are_units),
        cmocka_unit_test(the_longest_listed_word_wins),
        cmocka_unit_test(a_listed_word_is_found_in_traditional_and_fullwidth_text),
        cmocka_unit_test(a_listed_pair_inside_two_other_words_is_left_alone),
        cmocka_unit_test(single_characters_side_by_side_are_one_unit),
        cmocka_unit_test(words_of_letters_and_digits_stay_whole),
        cmocka_unit_test(white_space_and_symbols_are_in_no_unit),
        cmocka_unit_test(a_hit_that_is_a_word_has_both_edges),
        cmocka_unit_test(a_hit_inside_other_words_has_no_edge),
        cmocka_unit_test(only_the_neighbourhood_of_a_hit_is_read),
        cmocka_unit_test(a_range_outside_the_text_has_no_edge),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
