/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Other words for what was typed: which are looked for, which never, and what they weigh. */
#include "support.h"

#include "search/thesaurus.h"

static const char table[] =
    "concept\tterm\tlang\trelation\tdirection\tquality\tcontext\tnot_after\tnot_before\tnote\n"
    "loom\t织机\tzh-Hans\tsame\tboth\texact\t\t\t\t\n"
    "loom\tweaving machine\ten\tsame\tboth\texact\t\t\t\t\n"
    "loom\tfabric maker\ten\tsame\tto\tambiguous\tmill|工厂\t\t\t\n"
    "loom\t剑杆织机\tzh-Hans\tnarrower\tto\texact\t\t\t\t\n"
    "# a remark\n"
    "loom\tloom\n"
    "loom\tx\ten\tsame\tboth\tgood\t\t\t\t\n"
    "\n"
    "rail\t甲铁-乙铁\tzh-Hans\tsame\tboth\texact\t\t\t\t\n"
    "rail\tSunny Rail\ten\tsame\tboth\texact\t\t\t\t\n"
    "shift\t夜班\tzh-Hans\tsame\tboth\texact\t\t值\t车\t\r\n"
    "shift\tnight shift\ten\tsame\tboth\tmachine\t\t\t\t\n";

static const char names[] =
    "id\tname\tlang\tform\tkind\tparent\tplace\tsuccessor\twhen\tnot_after\tnot_before\tnote\n"
    "body\t缆都纺织联合会\tzh-Hans\tfull\tx\t\t\t\t\t\t\t\n"
    "body\t缆纺联\tzh-Hans\tshort\t\t\t\t\t\t\t\t\n"
    "body\t联合会\tzh-Hans\tshort\t\t\t\t\tplace\t\t\t\n"
    "body\t缆都老会\tzh-Hans\tformer\t\t\t\t\t\t\t\t\n";

/* The archive's own: a further term of the first concept, and a concept of its own. */
static const char own[] = "concept\tterm\n"
                          "loom\t梭机\tzh-Hans\tsame\tboth\texact\n"
                          "loom\tshuttler\ten\tsame\tboth\tmachine\n"
                          "夜班\t夜班\t\t\t\t\n"
                          "夜班\tgraveyard shift\t\t\t\t\n"
                          "夜班\tnight shift\t\t\t\t\n";

static const bl_thesaurus_tables tables = { .concepts = { table, sizeof table - 1 },
                                            .names = { names, sizeof names - 1 } };

typedef struct problems {
    char lines[100];
} problems;

static void note(void *context, size_t line, const char *reason)
{
    problems *p = context;
    assert_true(strlen(reason) > 10);
    snprintf(p->lines + strlen(p->lines), sizeof p->lines - strlen(p->lines), "%zu ", line);
}

static void assert_brings(bl_thesaurus *t, bl_cutter *cutter, const char *typed, const char *others)
{
    bl_error e = BL_ERROR_INIT;
    bl_tokens tokens = { 0 };
    const bl_synonym *list;
    char out[500] = "";
    bl_cut(&e, cutter, typed, strlen(typed), &tokens);
    size_t count = bl_thesaurus_find(&e, t, &tokens, 0, tokens.count, BL_QUALITY_AMBIGUOUS, &list);
    for (size_t i = 0; i < count; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "[%s]", list[i].text);
    if (strcmp(out, others) != 0)
        fail_msg("%s brings %s, not %s", typed, out, others);
    bl_tokens_free(&tokens);
}

static void terms_bring_the_others_of_their_concept(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    problems p = { "" };
    bl_cutter *cutter = bl_cutter_open(&e);
    bl_thesaurus *t = bl_thesaurus_open(&e, cutter, &tables, note, &p);
    assert_false(bl_failed(&e));
    assert_string_equal(p.lines, "7 8 ");
    static const struct {
        const char *typed, *others;
    } rows[] = {
        { "织机", "[weaving machine][fabric maker][剑杆织机]" },
        { "織機", "[weaving machine][fabric maker][剑杆织机]" },
        { "weaving machine", "[织机][fabric maker][剑杆织机]" },
        { "Weaving Machines", "[织机][fabric maker][剑杆织机]" },
        { "fabric maker", "" },
        { "剑杆织机", "" },
        { "weaving", "" },
        { "夜班", "[night shift]" },
        { "night-shifts", "[夜班]" },
        { "缆纺联", "[缆都纺织联合会]" },
        { "联合会", "" },
        { "缆都老会", "" },
        { "没有", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_brings(t, cutter, rows[i].typed, rows[i].others);
    bl_thesaurus_close(t);
    bl_cutter_close(cutter);
}

static void own_terms_join_the_concepts_that_are_built_in(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_cutter *cutter = bl_cutter_open(&e);
    bl_thesaurus_tables all = tables;
    all.own = (bl_table){ own, sizeof own - 1 };
    bl_thesaurus *t = bl_thesaurus_open(&e, cutter, &all, NULL, NULL);
    assert_false(bl_failed(&e));
    assert_brings(t, cutter, "weaving machine", "[织机][梭机][shuttler][fabric maker][剑杆织机]");
    assert_brings(t, cutter, "shuttlers", "[织机][梭机][weaving machine][fabric maker][剑杆织机]");
    assert_brings(t, cutter, "夜班", "[graveyard shift][night shift]");
    assert_brings(t, cutter, "graveyard shift", "[夜班][night shift]");
    bl_thesaurus_close(t);
    bl_cutter_close(cutter);
}

static void own_names_join_bodies_and_bodies_each_other(void **state)
{
    (void)state;
    static const char more[] = "id\tname\tlang\tform\tkind\tparent\tplace\tsuccessor\n"
                               "body\tCable Weavers\ten\tvariant\n"
                               "mill\t缆都毛纺厂工会\tzh-Hans\tfull\n"
                               "body\t缆纺老联\tzh-Hans\tshort\n"
                               "mill\t缆都毛纺厂工会\t\tmerged\t\t\t\tbody\n"
                               "mill\t毛纺工会\tzh-Hans\tshort\n";
    bl_error e = BL_ERROR_INIT;
    bl_cutter *cutter = bl_cutter_open(&e);
    bl_thesaurus_tables all = tables;
    all.own_names = (bl_table){ more, sizeof more - 1 };
    bl_thesaurus *t = bl_thesaurus_open(&e, cutter, &all, NULL, NULL);
    assert_false(bl_failed(&e));
    const char *const names_of_body[] = { "缆都纺织联合会", "缆纺联",         "Cable Weavers",
                                          "缆纺老联",       "缆都毛纺厂工会", "毛纺工会" };
    for (size_t i = 0; i < 6; i++) {
        bl_tokens tokens = { 0 };
        const bl_synonym *list;
        bl_cut(&e, cutter, names_of_body[i], strlen(names_of_body[i]), &tokens);
        assert_int_equal(bl_thesaurus_find(&e, t, &tokens, 0, tokens.count, BL_QUALITY_AMBIGUOUS, &list), 5);
        assert_false(list[0].own);
        bl_tokens_free(&tokens);
    }
    bl_thesaurus_close(t);
    bl_cutter_close(cutter);
}

static void a_table_stands_in_place_of_a_compiled_one(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_cutter *cutter = bl_cutter_open(&e);
    bl_thesaurus_tables all = { .compiled = bl_thesaurus_compiled() };
    bl_thesaurus *t = bl_thesaurus_open(&e, cutter, &all, NULL, NULL);
    assert_brings(t, cutter, "缆纺联", "");
    assert_brings(t, cutter, "值车工",
                  "[挡车工][织布挡车工][loom operator][machine tender][stop car worker][car stopper]");
    bl_thesaurus_close(t);
    all.names = tables.names;
    t = bl_thesaurus_open(&e, cutter, &all, NULL, NULL);
    assert_brings(t, cutter, "缆纺联", "[缆都纺织联合会]");
    assert_brings(t, cutter, "值车工",
                  "[挡车工][织布挡车工][loom operator][machine tender][stop car worker][car stopper]");
    assert_brings(t, cutter, "ACFTU", "");
    bl_thesaurus_close(t);
    all = (bl_thesaurus_tables){ .compiled = bl_thesaurus_compiled(), .concepts = tables.concepts };
    t = bl_thesaurus_open(&e, cutter, &all, NULL, NULL);
    assert_brings(t, cutter, "织机", "[weaving machine][fabric maker][剑杆织机]");
    const bl_synonym *list;
    bl_tokens tokens = { 0 };
    bl_cut(&e, cutter, "ACFTU", 5, &tokens);
    assert_true(bl_thesaurus_find(&e, t, &tokens, 0, tokens.count, BL_QUALITY_EXACT, &list) > 3);
    bl_tokens_free(&tokens);
    bl_thesaurus_close(t);
    bl_cutter_close(cutter);
}

static void the_longest_listed_word_is_found(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_cutter *cutter = bl_cutter_open(&e);
    bl_thesaurus *t = bl_thesaurus_open(&e, cutter, &tables, NULL, NULL);
    bl_word_list list = bl_thesaurus_words(t);
    assert_int_equal(list.longest(list.context, "剑杆织机厂", strlen("剑杆织机厂")), strlen("剑杆织机"));
    assert_int_equal(list.longest(list.context, "织机", strlen("织机")), strlen("织机"));
    assert_int_equal(list.longest(list.context, "织", strlen("织")), 0);
    assert_int_equal(list.longest(list.context, "", 0), 0);
    bl_thesaurus_close(t);
    bl_cutter_close(cutter);
}

/* ---- in a search ---- */

static int set_up_folder(void **state)
{
    int code = set_up(state);
    test_archive *t = *state;
    const char *const files[] = { "thesaurus.tsv", "organizations.tsv" }, *const texts[] = { table, names };
    for (size_t i = 0; i < 2; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", t->folder, files[i]);
        FILE *file = fopen(path, "w");
        fputs(texts[i], file);
        fclose(file);
    }
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.data_folder = t->folder;
    reopen(t, &options);
    add(t, "{\"key\":\"typed\",\"published\":\"2020\",\"body\":\"新织机到厂。\"}");
    add(t, "{\"key\":\"english\",\"published\":\"2021\",\"body\":\"Two weaving machines were bought for the "
           "night shifts.\"}");
    add(t, "{\"key\":\"mill\",\"published\":\"2022\",\"body\":\"The mill has a new fabric maker.\"}");
    add(t, "{\"key\":\"other\",\"published\":\"2023\",\"body\":\"She is a fabric maker at home.\"}");
    add(t, "{\"key\":\"body\",\"published\":\"2024\",\"body\":\"缆都纺织联合会开会。\"}");
    add(t, "{\"key\":\"rail\",\"published\":\"2025\",\"body\":\"Sunny Rail runs again.\"}");
    return code;
}

static const char *found_expanded(test_archive *t, const char *query, unsigned flags, char out[1000])
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.flags = flags;
    return found(t, query, &options, out);
}

static void other_words_are_found_where_the_typed_one_stands(void **state)
{
    test_archive *t = *state;
    static const struct {
        const char *query, *keys;
    } rows[] = {
        { "织机", "typed english mill" },
        { "織機 夜班", "english" },
        { "甲铁-乙铁", "rail" },
        { "sunny 甲铁—乙铁", "rail" },
        { "\"甲铁-乙铁\"", "" },
        { "weaving machine", "typed english mill" },
        { "weaving machine night", "english" },
        { "the weaving machine", "typed english mill" },
        { "where is a weaving machine", "typed mill" },
        { "\"the\" weaving machine", "english mill" },
        { "fabric maker", "mill other" },
        { "\"织机\"", "typed" },
        { "NOT 织机", "other body rail" },
        { "织机 -mill", "typed english" },
        { "缆纺联", "body" },
        { "买的织机上夜班吗", "" },
    };
    char out[1000];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(found_expanded(t, rows[i].query, BULLETIN_NO_PARTIAL, out), rows[i].keys) != 0)
            fail_msg("%s finds [%s], not [%s]", rows[i].query, out, rows[i].keys);
    assert_string_equal(found_expanded(t, "织机", BULLETIN_NO_EXPAND, out), "typed");
    assert_string_equal(found_expanded(t, "织机", BULLETIN_LITERAL, out), "typed");
    assert_string_equal(found_expanded(t, "the weaving machine", BULLETIN_NO_EXPAND, out), "english");
}

static void a_name_is_found_in_the_other_script(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"han\",\"published\":\"2015\",\"body\":\"厂长曾晓岚、电工钱禾讲话。\"}");
    add(t, "{\"key\":\"latin\",\"published\":\"2016\",\"body\":\"Zeng Xiaolan spoke, and He Qian.\"}");
    add(t, "{\"key\":\"western\",\"published\":\"2017\",\"body\":\"Xiaolan Zeng wrote; a dog ran.\"}");
    add(t, "{\"key\":\"word\",\"published\":\"2018\",\"body\":\"高温。Mr. Gao Wen was ill.\"}");
    static const struct {
        const char *query, *keys;
    } rows[] = {
        { "曾晓岚", "han latin western" },
        { "曾曉嵐", "han latin western" },
        { "Zeng Xiaolan", "han latin western" },
        { "xiaolan zeng spoke", "latin" },
        { "Zeng Xiao Lan", "han latin" },
        { "Qian He", "han latin" },
        { "\"Zeng Xiaolan\"", "latin" },
        { "“曾晓岚”", "han" },
        { "高温", "word" },
        { "曾晓", "han" },
    };
    char out[1000];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(found_expanded(t, rows[i].query, BULLETIN_NO_PARTIAL, out), rows[i].keys) != 0)
            fail_msg("%s finds [%s], not [%s]", rows[i].query, out, rows[i].keys);
    assert_string_equal(found_expanded(t, "曾晓岚", BULLETIN_NO_EXPAND, out), "han");
    assert_string_equal(found_expanded(t, "曾晓岚", BULLETIN_EXPAND_EXACT, out), "han");
    int64_t later = add(t, "{\"key\":\"later\",\"published\":\"2020\",\"body\":\"挡车工曾小兰到会。\"}");
    assert_string_equal(found_expanded(t, "Zeng Xiaolan", BULLETIN_NO_PARTIAL, out),
                        "han latin western later");
    assert_int_equal(bulletin_remove(t->archive, later), BULLETIN_OK);
    assert_string_equal(found_expanded(t, "Zeng Xiaolan", BULLETIN_NO_PARTIAL, out), "han latin western");
}

static void the_typed_word_ranks_first_and_the_answer_tells_what_was_added(void **state)
{
    test_archive *t = *state;
    bulletin_hits *hits;
    bulletin_expansion expansion;
    assert_int_equal(bulletin_search(t->archive, "织机", strlen("织机"), NULL, &hits), BULLETIN_OK);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS), 3);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_AS_TYPED), 1);
    assert_int_equal(bulletin_hits_next(hits), BULLETIN_OK);
    assert_string_equal(bulletin_hits_text(hits, BULLETIN_KEY), "typed");
    assert_int_equal(bulletin_hits_expansion(hits, 0, &expansion), BULLETIN_OK);
    assert_string_equal(expansion.typed, "织机");
    assert_string_equal(expansion.text, "weaving machine");
    assert_string_equal(expansion.quality, "exact");
    assert_int_equal(expansion.bulletins, 1);
    assert_int_equal(bulletin_hits_expansion(hits, 9, &expansion), BULLETIN_END);
    bulletin_hits_close(hits);
}

static void a_term_beside_guarding_characters_is_part_of_another_word(void **state)
{
    test_archive *t = *state;
    char out[1000];
    add(t, "{\"key\":\"car\",\"published\":\"2025-01-03\",\"title\":\"夜班车\",\"body\":\"坐 夜班 车。\"}");
    add(t,
        "{\"key\":\"late\",\"published\":\"2025-01-02\",\"title\":\"夜班车\",\"body\":\"值夜班，夜班车。\"}");
    add(t, "{\"key\":\"work\",\"published\":\"2025-01-01\",\"body\":\"厂里上夜班。\"}");
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_NO_EXPAND;
    found(t, "夜班", &options, out);
    assert_string_equal(out + strlen(out) - strlen("late"), "late");
}

static void most_of_the_words_are_shown_when_none_has_all(void **state)
{
    test_archive *t = *state;
    char out[1000];
    assert_string_equal(found_expanded(t, "fabric home 无此词甲", 0, out), "other");
    assert_string_equal(found_expanded(t, "fabric home 无此词甲", BULLETIN_NO_PARTIAL, out), "");
    assert_string_equal(found_expanded(t, "fabric 无此词甲 无此词乙", 0, out), "");
    assert_string_equal(found_expanded(t, "the 无此词甲", 0, out), "");
    /* Of a run too short for its words to count, a page that has them all is near enough to be shown. */
    assert_string_equal(found_expanded(t, "纺织开会", 0, out), "body");
    assert_string_equal(found_expanded(t, "纺织开会", BULLETIN_NO_PARTIAL, out), "");
    assert_string_equal(found_expanded(t, "纺织罢工", 0, out), "");
    /* Other words count as the word. */
    assert_string_equal(found_expanded(t, "织机 night 无此词甲", 0, out), "english");
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "new fabric xyzzy", strlen("new fabric xyzzy"), NULL, &hits),
                     BULLETIN_OK);
    assert_int_equal(bulletin_hits_total(hits, BULLETIN_TOTAL_PARTIAL), 1);
    bulletin_hits_close(hits);
    /* Other words have found what is shown, and nothing else that holds them: the mill has a fabric maker. */
    const char few[] = "织机 night 无此词甲";
    bulletin_expansion expansion;
    assert_int_equal(bulletin_search(t->archive, few, strlen(few), NULL, &hits), BULLETIN_OK);
    for (size_t i = 0; bulletin_hits_expansion(hits, i, &expansion) == BULLETIN_OK; i++)
        assert_int_equal(expansion.bulletins, strcmp(expansion.text, "weaving machine") == 0);
    bulletin_hits_close(hits);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_bring_the_others_of_their_concept),
        cmocka_unit_test(own_terms_join_the_concepts_that_are_built_in),
        cmocka_unit_test(own_names_join_bodies_and_bodies_each_other),
        cmocka_unit_test(a_table_stands_in_place_of_a_compiled_one),
        cmocka_unit_test(the_longest_listed_word_is_found),
        TEST(other_words_are_found_where_the_typed_one_stands),
        TEST(a_name_is_found_in_the_other_script),
        TEST(the_typed_word_ranks_first_and_the_answer_tells_what_was_added),
        TEST(a_term_beside_guarding_characters_is_part_of_another_word),
        TEST(most_of_the_words_are_shown_when_none_has_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
