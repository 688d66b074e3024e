/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Which names of organizations are found in a text, where they begin and end, and which are of one body. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "page/organization.h"

static int set_up(void **state)
{
    bl_error e = BL_ERROR_INIT;
    *state = bl_authority_open(&e, NULL, NULL, NULL);
    return bl_failed(&e);
}

static int tear_down(void **state)
{
    bl_authority_close(*state);
    return 0;
}

/* All forms, organizations parted by "; " and forms of one by " = ", unresolved ones behind "?". */
static char *describe(const bl_organizations *found)
{
    bl_buffer out = { 0 };
    bl_buffer_puts(&out, "");
    for (size_t i = 0; i < found->count; i++) {
        const bl_organization *o = &found->list[i];
        bl_buffer_puts(&out, i ? "; " : "");
        bl_buffer_puts(&out, o->resolved ? "" : "?");
        for (size_t k = 0; k < o->form_count; k++) {
            bl_buffer_puts(&out, k ? " = " : "");
            bl_buffer_puts(&out, o->forms[k]);
        }
    }
    return bl_buffer_steal(&out);
}

static void assert_names(void **state, const char *title, const char *body, const char *expected)
{
    bl_error e = BL_ERROR_INIT;
    bl_finder finder = { .authority = *state };
    char own_title[256], own_body[2048];
    strcpy(own_title, title ? title : "");
    strcpy(own_body, body);
    const bl_article article = { .title = title ? own_title : NULL, .body = own_body };
    bl_organizations found;
    bl_organizations_find(&e, &finder, &article, &found);
    assert_int_equal(e.status, BULLETIN_OK);
    char *said = describe(&found);
    if (!said || strcmp(said, expected) != 0)
        fail_msg("in \"%s\":\nfound    [%s]\nexpected [%s]", body, said ? said : "", expected);
    free(said);
    bl_organizations_free(&found);
    bl_finder_free(&finder);
}

static void known_names_are_found_in_either_script_and_language(void **state)
{
    assert_names(state, NULL,
                 "中華全國總工會轉發通知。All-China Federation of Trade Unions（ACFTU）。ACFTU said。",
                 "中華全國總工會 = All-China Federation of Trade Unions（ACFTU） = ACFTU");
}

static void short_forms_inside_other_words_are_nothing(void **state)
{
    assert_names(state, NULL, "安全总监检查了福建会堂，健全总体方案。", "");
}

static void a_name_ends_to_the_left_at_verbs_titles_and_punctuation(void **state)
{
    assert_names(state, NULL, "近日，记者走访青岚县总工会。主席参加松砚区教育局会议，来自云栾纺织有限公司。",
                 "青岚县总工会; 松砚区教育局; 云栾纺织有限公司");
    assert_names(state, NULL, "沙渚县总工会、沙渚县妇联和沙渚县科学技术协会共同举办。",
                 "沙渚县总工会; 沙渚县妇联; 沙渚县科学技术协会");
}

static void conjunctions_that_belong_stay_in_the_name(void **state)
{
    assert_names(state, NULL, "由临苇县人力资源和社会保障局与临苇县住房和城乡建设局承办。",
                 "临苇县人力资源和社会保障局; 临苇县住房和城乡建设局");
}

static void a_part_goes_on_over_the_body_it_is_part_of(void **state)
{
    assert_names(state, NULL, "沙渚纺织（集团）有限公司工会委员会成立。",
                 "沙渚纺织（集团）有限公司工会委员会");
}

static void generic_mentions_are_no_names(void **state)
{
    assert_names(state, NULL,
                 "各级工会组织和基层工会要走进企业，上市公司、行业协会、该公司与干部一起，工会大有作为。",
                 "");
    assert_names(state, NULL, "The union and the Executive Committee met. Trade Unions are strong.", "");
}

static void a_name_without_place_takes_the_only_one_of_the_bulletin(void **state)
{
    assert_names(state, NULL, "青岚县总工会开会。县总工会要求落实。", "青岚县总工会 = 县总工会");
    assert_names(state, NULL, "市总工会开会，该市总要求落实。", "?市总工会 = 该市总");
}

static void short_forms_are_learned_from_the_text(void **state)
{
    assert_names(state, NULL, "沙渚棉纺行业协会（以下简称“沙棉协”）成立。沙棉协很忙。",
                 "沙渚棉纺行业协会 = 沙棉协");
    assert_names(state, NULL, "The Gullport Weavers Union (GWU) met. GWU spoke.",
                 "Gullport Weavers Union (GWU) = GWU");
}

static void english_names_are_words_in_capitals_around_a_head(void **state)
{
    assert_names(state, NULL,
                 "Ann Weaver, president of the Coral Coast Textile and Garment Association, met the "
                 "Ministry of Tides and Harbours.",
                 "Coral Coast Textile and Garment Association; Ministry of Tides and Harbours");
    assert_names(state, NULL, "Qinglan Education Bureau and Qinglan Weavers Council came.",
                 "Qinglan Education Bureau; Qinglan Weavers Council");
}

static void ranges_are_bytes_of_title_and_body(void **state)
{
    bl_error e = BL_ERROR_INIT;
    bl_finder finder = { .authority = *state };
    char title[] = "青岚县总工会开会", body[] = "近日，青岚县总工会开会。";
    const bl_article article = { .title = title, .body = body };
    bl_organizations found;
    bl_organizations_find(&e, &finder, &article, &found);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.list[0].title_mentions[0].start, 0);
    assert_int_equal(found.list[0].title_mentions[0].end, 18);
    assert_int_equal(found.list[0].mentions[0].start, 9);
    assert_int_equal(found.list[0].mentions[0].end, 27);
    bl_organizations_free(&found);
    bl_finder_free(&finder);
}

static void japanese_and_korean_heads_are_known(void **state)
{
    assert_names(state, NULL, "荊棠繊維労働組合は大会を開いた。", "荊棠繊維労働組合");
    assert_names(state, NULL, "산호섬유노동조합은 대회를 열었다.", "산호섬유노동조합");
}

/* tests/tables/organizations.tsv: a text, and what assert_names() says of it. */
static void sentences_of_all_kinds_name_what_a_reader_would_say(void **state)
{
    char path[512], line[4096];
    size_t rows = 0;
    snprintf(path, sizeof path, "%s/organizations.tsv", getenv("TABLES"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        assert_non_null(tab);
        *tab = '\0';
        if (rows++ > 0)
            assert_names(state, NULL, line, tab + 1);
    }
    fclose(file);
    assert_true(rows > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_names_are_found_in_either_script_and_language),
        cmocka_unit_test(short_forms_inside_other_words_are_nothing),
        cmocka_unit_test(a_name_ends_to_the_left_at_verbs_titles_and_punctuation),
        cmocka_unit_test(conjunctions_that_belong_stay_in_the_name),
        cmocka_unit_test(a_part_goes_on_over_the_body_it_is_part_of),
        cmocka_unit_test(generic_mentions_are_no_names),
        cmocka_unit_test(a_name_without_place_takes_the_only_one_of_the_bulletin),
        cmocka_unit_test(short_forms_are_learned_from_the_text),
        cmocka_unit_test(english_names_are_words_in_capitals_around_a_head),
        cmocka_unit_test(sentences_of_all_kinds_name_what_a_reader_would_say),
        cmocka_unit_test(ranges_are_bytes_of_title_and_body),
        cmocka_unit_test(japanese_and_korean_heads_are_known),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
