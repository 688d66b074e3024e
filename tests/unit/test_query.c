/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What is typed, as it is understood: every string is a query. */
#include "awkward.h"
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
    { "OR", "\"OR\"" },
    { "OR a", "\"OR\" a" },
    { "a OR", "a \"OR\"" },
    { "a OR OR b", "a OR (\"OR\" b)" },
    { "a AND AND b", "a \"AND\" b" },
    { "or and not", "or and not" },
    { "NOT", "\"NOT\"" },
    { "(a NOT) b", "a \"NOT\" b" },
    { "NOT (NOT a)", "a" },
    { "(a -)", "a -" },
    { "\"a b\"*", "\"a b\"*" },
    { "\"a b\"*c", "\"a b\" *c" },
    { "title:产改 body:\"a b\"* -title:x*", "title:产改 body:\"a b\"* NOT title:x*" },
    { "source:“工人日报” OR date:2024..", "source:\"工人日报\" OR date:2024.." },
    { "org:a lang:zh url:http://a.example/b id:7 key:k is:undated",
      "org:a lang:zh url:http://a.example/b id:7 key:k is:undated" },
    { "source: a", "source: a" },
    { "Source:a source：a http://a.example title:", "Source:a source：a http://a.example title:" },
    { "title:-a", "title:-a" },
    { "NEAR(a b)", "NEAR(a b, 10)" },
    { "NEAR(产改 “工会 办” c*，3", "NEAR(产改 \"工会 办\" c*, 3)" },
    { "NEAR(a \"b c\"*", "NEAR(a \"b c\"*, 10)" },
    { "NEAR(a, b 10)", "NEAR(a b 10, 10)" },
    { "NEAR(a, 5) NEAR()", "\"a\" \"NEAR\"" },
    { "NEAR (a b)", "NEAR (a b)" },
    { "-NEAR(a (b, 2) OR c", "NOT NEAR(a b, 2) OR c" },
    { "title:(a b)", "title:a title:b" },
    { "-title:(a OR b)", "NOT (title:a OR title:b)" },
    { "title:(a (b OR body:c) -\"d e\"*) f", "title:a (title:b OR body:c) NOT title:\"d e\"* f" },
    { "org:(甲 OR “乙 丙” OR NEAR) x", "(org:甲 OR org:\"乙 丙\" OR org:NEAR) x" },
    { "title:NEAR(a b, 3) body:(NEAR(c d) OR", "title:NEAR(a b, 3) (body:NEAR(c d, 10) body:\"OR\")" },
    { "date:(2023 OR 2024..) -lang:(en OR zh)", "(date:2023 OR date:2024..) NOT (lang:en OR lang:zh)" },
    { "title:\"a b\"* title:() title: (a b)", "title:\"a b\"* title: (a b)" },
    { "title:(a b", "title:a title:b" },
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

static void assert_prints_the_same(const char *typed)
{
    char *once = parsed(typed, strlen(typed));
    char *twice = parsed(once, strlen(once));
    if (strcmp(once, twice) != 0)
        fail_msg("'%s' prints as '%s', which prints as '%s'", typed, once, twice);
    free(once);
    free(twice);
}

static void printing_and_parsing_again_gives_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_prints_the_same(rows[i].typed);
    for (size_t i = 0; i < sizeof awkward / sizeof *awkward; i++)
        if (strspn(awkward[i], "(") <= BL_QUERY_DEPTH) /* refused otherwise */
            assert_prints_the_same(awkward[i]);
    char query[AWKWARD_SIZE];
    for (size_t i = 0; i < AWKWARD_MARKS * AWKWARD_FORMS; i++) {
        awkward_fill(query, awkward_forms[i % AWKWARD_FORMS], awkward_marks[i / AWKWARD_FORMS]);
        assert_prints_the_same(query);
    }
}

static void a_nul_is_white_space(void **state)
{
    (void)state;
    char *understood = parsed("a\0b", 3);
    assert_string_equal(understood, "a b");
    free(understood);
}

static void assert_refused(const char *query, size_t size, const char *word)
{
    bl_error e = BL_ERROR_INIT;
    assert_null(bl_query_parse(&e, query, size));
    assert_int_equal(e.status, BULLETIN_BAD_QUERY);
    assert_non_null(strstr(e.message, word));
}

static void deep_brackets_and_endless_text_are_refused_with_a_message(void **state)
{
    (void)state;
    static char query[BL_QUERY_BYTES + 1];
    memset(query, 'a', sizeof query);
    assert_refused(query, sizeof query, "bytes");
    memset(query, '(', 1000);
    assert_refused(query, 2000, "brackets");
    free(parsed(query, BL_QUERY_DEPTH));
}

/* ---- trees ---- */

static uint32_t seed = 1;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static void assert_same_tree(const char *query, const bl_node *a, const bl_node *b)
{
    for (; a && b; a = a->next, b = b->next) {
        if (a->kind != b->kind || strcmp(a->text ? a->text : "", b->text ? b->text : "") != 0 ||
            a->quoted != b->quoted || a->prefix != b->prefix || a->columns != b->columns ||
            a->field != b->field || a->distance != b->distance)
            fail_msg("'%s' is another tree when it is printed and parsed again", query);
        assert_same_tree(query, a->child, b->child);
    }
    if (a || b)
        fail_msg("'%s' has more or fewer words when it is printed and parsed again", query);
}

static void any_tree_printed_and_parsed_is_the_same_tree(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",    "产改",    " ",     " ",      " ",     "(",   ")",     "\"", "“",      "”",     "「",
        "」",   "-",       "NOT ",  "OR",     "OR",    "AND", " AND ", "*",  "title:", "NEAR(", ",",
        ", 5)", "10",      "date:", "is:",    "org:",  "\\",  "』",    "『", "--",     ":",     "+",
        "\xff", "source:", "\t",    "\u3000", " NOT ", "{",   "}",     "^",  "，",     "key:"
    };
    for (int round = 0; round < 20000; round++) {
        char query[400] = "";
        for (uint32_t i = random_below(16); i > 0; i--)
            strcat(query, pieces[random_below(sizeof pieces / sizeof *pieces)]);
        bl_error e = BL_ERROR_INIT;
        bl_node *once = bl_query_parse(&e, query, strlen(query));
        bl_buffer text = { 0 };
        bl_query_print(once, &text);
        bl_node *twice = bl_query_parse(&e, text.data ? text.data : "", text.size);
        assert_int_equal(e.status, BULLETIN_OK);
        assert_same_tree(query, once, twice);
        bl_query_free(once);
        bl_query_free(twice);
        bl_buffer_free(&text);
    }
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
        cmocka_unit_test(deep_brackets_and_endless_text_are_refused_with_a_message),
        cmocka_unit_test(any_tree_printed_and_parsed_is_the_same_tree),
        cmocka_unit_test(too_many_words_are_refused_with_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
