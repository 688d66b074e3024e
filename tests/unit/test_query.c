/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What is typed, as it is understood: every string is a query. */
#include "support.h"

#include "search/query.h"

static char *parsed(const char *text, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_node *tree = bl_query_parse(&e, text, size);
    assert_false(bl_failed(&e));
    bl_buffer out = { 0 };
    bl_query_print(tree, &out);
    bl_query_free(tree);
    return bl_buffer_steal(&out);
}

static const struct {
    const char *typed, *understood;
} rows[] = {
    { "", "" },
    { "   \u3000 ", "" },
    { "产改", "产改" },
    { "产改 工会", "产改 工会" },
    { "产改\u3000工会", "产改 工会" },
    { "产改 OR 工会", "产改 OR 工会" },
    { "a b OR c d", "(a b) OR (c d)" },
    { "a AND b", "a b" },
    { "OR", "OR" },
    { "OR a", "OR a" },
    { "a OR", "a OR" },
    { "a OR OR b", "a OR (OR b)" },
    { "or and not", "or and not" },
    { "NOT", "NOT" },
    { "-a b", "NOT a b" },
    { "NOT a b", "NOT a b" },
    { "NOT NOT a", "a" },
    { "- a", "- a" },
    { "--a", "--a" },
    { "e-commerce", "e-commerce" },
    { "(a OR b) c", "(a OR b) c" },
    { "(a OR b", "a OR b" },
    { "a)", "a" },
    { "()", "" },
    { "工会(产改)", "工会 产改" },
    { "\"a b\"", "\"a b\"" },
    { "\"a b", "\"a b\"" },
    { "“产改”", "\"产改\"" },
    { "「産改」『工會』", "\"産改\" \"工會\"" },
    { "“say \"no\"”", "“say \"no\"”" },
    { "NOT (a OR b)", "NOT (a OR b)" },
    { "work*", "work*" },
    { "*", "*" },
    { "**", "**" },
    { "来源：工人日报", "来源：工人日报" },
    { "{a b}:", "{a b}:" },
};

static void queries_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *understood = parsed(rows[i].typed, strlen(rows[i].typed));
        if (strcmp(understood, rows[i].understood) != 0)
            fail_msg("'%s' is understood as '%s', not '%s'", rows[i].typed, understood, rows[i].understood);
        free(understood);
    }
}

static void printing_and_parsing_again_gives_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *once = parsed(rows[i].typed, strlen(rows[i].typed));
        char *twice = parsed(once, strlen(once));
        if (strcmp(once, twice) != 0)
            fail_msg("'%s' prints as '%s', which prints as '%s'", rows[i].typed, once, twice);
        free(once);
        free(twice);
    }
}

static void a_nul_is_white_space(void **state)
{
    (void)state;
    char *understood = parsed("a\0b", 3);
    assert_string_equal(understood, "a b");
    free(understood);
}

static void deep_brackets_end_as_text(void **state)
{
    (void)state;
    char query[2000];
    memset(query, '(', 1000);
    memset(query + 1000, 'a', 1000);
    free(parsed(query, sizeof query));
}

static void too_many_words_are_refused_with_a_message(void **state)
{
    (void)state;
    char query[8000];
    for (size_t i = 0; i < sizeof query; i++)
        query[i] = i % 2 ? ' ' : 'a';
    bl_error e = BL_ERROR_INIT;
    assert_null(bl_query_parse(&e, query, sizeof query));
    assert_int_equal(e.status, BULLETIN_BAD_QUERY);
    assert_non_null(strstr(e.message, "words"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_are_understood),
        cmocka_unit_test(printing_and_parsing_again_gives_the_same),
        cmocka_unit_test(a_nul_is_white_space),
        cmocka_unit_test(deep_brackets_end_as_text),
        cmocka_unit_test(too_many_words_are_refused_with_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
