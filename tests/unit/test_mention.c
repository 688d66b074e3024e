/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Organizations that bulletins name: what is found by them, and that their rows stay what a fresh import
 * would make, whatever was added, replaced and removed. */
#include "support.h"

#include <sqlite3.h>

/* One text from a query on the file itself; new. */
static char *ask(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(s, 0);
    char *copy = strdup(text ? text : "");
    sqlite3_finalize(s);
    sqlite3_close(db);
    return copy;
}

static void run(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* Who names whom, whatever numbers they have. */
static char *mentions(const char *path)
{
    return ask(path, "SELECT group_concat(line, char(10)) FROM (SELECT b.key || ' ' || o.key || ' ' ||"
                     " coalesce((SELECT group_concat(form) FROM (SELECT form FROM short_form s WHERE"
                     " s.doc = m.doc AND s.organization = o.id ORDER BY form)), '') AS line FROM mention m"
                     " JOIN bulletin b ON b.doc = m.doc JOIN organization o ON o.id = m.organization"
                     " ORDER BY b.key, o.key)");
}

static const char *keys_of(test_archive *t, const char *name, bulletin_scope scope, char out[1000])
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.limit = 0;
    options.organizations = &name;
    options.organization_count = 1;
    options.scope = scope;
    return found(t, "", &options, out);
}

static void assert_named(test_archive *t, const char *name, const char *keys)
{
    char out[1000];
    if (strcmp(keys_of(t, name, BULLETIN_SCOPE_SELF, out), keys) != 0)
        fail_msg("%s is named in [%s], not [%s]", name, out, keys);
}

static void fill(test_archive *t)
{
    add(t, "{\"key\":\"a\",\"published\":\"2001-01-01\",\"body\":\"全总在临苇召开会议。\"}");
    add(t,
        "{\"key\":\"b\",\"published\":\"2001-01-02\",\"body\":\"中華全國總工會與青瀾省總工會發出通知。\"}");
    add(t, "{\"key\":\"c\",\"published\":\"2001-01-03\",\"body\":\"ACFTU held a meeting in Linwei.\"}");
    add(t, "{\"key\":\"d\",\"published\":\"2001-01-04\",\"body\":\"公司的安全总监说，全产总动员。\"}");
    add(t, "{\"key\":\"e\",\"published\":\"2001-01-05\",\"body\":\"临苇市总工会来人。\"}");
    add(t, "{\"key\":\"f\",\"published\":\"2001-01-06\",\"body\":\"市总工会来人。\"}");
}

static void a_body_is_found_under_all_its_names_and_not_inside_other_words(void **state)
{
    test_archive *t = *state;
    fill(t);
    const char *const names[] = { "全总", "ACFTU", "中华全国总工会", "全國總工會",
                                  "All-China Federation of Trade Unions" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_named(t, names[i], "a b c");
    assert_named(t, "青澜省总工会", "b");
}

static void who_names_a_body_is_asked_again_after_a_change(void **state)
{
    test_archive *t = *state;
    bulletin *other;
    const char again[] = "{\"key\":\"c\",\"published\":\"2001-01-03\",\"body\":\"Nobody met.\"}";
    fill(t);
    assert_named(t, "全总", "a b c");
    add(t, "{\"key\":\"g\",\"published\":\"2001-01-07\",\"body\":\"全总来人。\"}");
    assert_named(t, "全总", "a b c g");
    assert_named(t, "全总", "a b c g");
    assert_int_equal(bulletin_open(t->path, NULL, &other), BULLETIN_OK);
    assert_true(bulletin_add(other, again, strlen(again), NULL) >= 0);
    bulletin_close(other);
    assert_named(t, "全总", "a b g");
}

static void what_no_organization_is_called_takes_in_those_whose_names_hold_it(void **state)
{
    test_archive *t = *state;
    fill(t);
    assert_named(t, "省总工会", "b");
    assert_named(t, "市总工会", "e f");
    assert_named(t, "临苇市总", "e");
    assert_named(t, "安全总监", "d"); /* a phrase like any other */
    assert_named(t, "沙渚造船厂", "");
}

static void a_name_that_is_learned_later_is_asked_for_again(void **state)
{
    test_archive *t = *state;
    fill(t);
    assert_named(t, "苇河船坞会", "");
    add(t, "{\"key\":\"g\",\"published\":\"2001-01-07\",\"body\":\"苇河船坞会来人。\"}");
    assert_named(t, "苇河船坞会", "g");
    assert_int_equal(bulletin_organization_alias(t->archive, "临苇市总工会", "苇河船坞会"), BULLETIN_OK);
    assert_named(t, "苇河船坞会", "e g");
    assert_named(t, "临苇市总工会", "e g");
    assert_named(t, "n:", "");
    assert_named(t, ":", "");
}

static void all_of_several_organizations_must_be_named(void **state)
{
    test_archive *t = *state;
    const char *const names[] = { "ACFTU", "青澜省总工会", "发出通知" };
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    char out[1000];
    fill(t);
    options.organizations = names;
    options.organization_count = 3;
    assert_string_equal(found(t, "", &options, out), "b");
    assert_string_equal(found(t, "通知", &options, out), "b");
    assert_string_equal(found(t, "-通知", &options, out), "");
}

static void a_scope_takes_in_the_bodies_below(void **state)
{
    test_archive *t = *state;
    char out[1000];
    fill(t);
    add(t, "{\"key\":\"g\",\"published\":\"2001-02-01\",\"body\":\"江苏省总工会和南京市总工会来信。\"}");
    assert_string_equal(keys_of(t, "全总", BULLETIN_SCOPE_SELF, out), "a b c");
    assert_string_equal(keys_of(t, "全总", BULLETIN_SCOPE_UNDER, out), "a b c g");
}

static void what_a_record_states_is_trusted(void **state)
{
    test_archive *t = *state;
    add(t, "{\"key\":\"a\",\"body\":\"一篇短文。\",\"organizations\":[\"ACFTU\",\"沙渚船厂\"]}");
    assert_named(t, "全总", "a");
    assert_named(t, "沙渚船厂", "a");
    assert_checks(t);
}

static void a_source_goes_by_any_of_its_names(void **state)
{
    test_archive *t = *state;
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    char out[1000];
    add(t, "{\"key\":\"a\",\"body\":\"一篇。\",\"source\":\"工人日报\"}");
    add(t, "{\"key\":\"b\",\"body\":\"One.\",\"source\":\"Workers' Daily\"}");
    add(t, "{\"key\":\"c\",\"body\":\"另一篇。\",\"source\":\"临苇工人周报\"}");
    options.sort = BULLETIN_OLDEST;
    options.source = "工人日报";
    assert_string_equal(found(t, "", &options, out), "a b");
    options.source = "工人";
    assert_string_equal(found(t, "", &options, out), "a c");
}

/* ---- rows stay exact ---- */

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void make_record(unsigned number, unsigned text, char out[900])
{
    static const char *const bodies[] = { "中华全国总工会",
                                          "全总",
                                          "青澜省总工会",
                                          "临苇市总工会",
                                          "市总工会",
                                          "沙渚造船公司工会（以下简称沙船工会）",
                                          "沙船工会",
                                          "Qinglan Provincial Federation of Trade Unions",
                                          "ILO",
                                          "工人日报" };
    const char *const *b = bodies;
    snprintf(out, 900,
             "{\"key\":\"k%u\",\"origin\":{\"path\":\"p\"},\"title\":\"%s的消息\",\"published\":\"20%02u-"
             "01\",\"body\":\"昨日，"
             "%s与%s来人，%s说了话。这一天的风从海上来，码头上人来人往。\"}",
             number, b[text % 10], text % 7 + 10, b[text / 3 % 10], b[text / 7 % 10], b[text / 11 % 10]);
}

static void mentions_are_those_of_a_fresh_import_whatever_happened(void **state)
{
    test_archive *t = *state;
    enum { RECORDS = 40, STEPS = 400 };
    unsigned seed = 7, texts[RECORDS] = { 0 };
    int64_t ids[RECORDS] = { 0 };
    char json[900], other[128];
    for (int i = 0; i < STEPS; i++) {
        unsigned n = next_random(&seed) % RECORDS;
        if (ids[n] && next_random(&seed) % 4 == 0) {
            assert_int_equal(bulletin_remove(t->archive, ids[n]), BULLETIN_OK);
            ids[n] = 0;
            continue;
        }
        texts[n] = next_random(&seed) % 1000;
        make_record(n, texts[n], json);
        ids[n] = add(t, json);
    }
    assert_checks(t);
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_checks(t);
    snprintf(other, sizeof other, "%s/fresh.db", t->folder);
    bulletin *fresh;
    assert_int_equal(bulletin_open(other, NULL, &fresh), BULLETIN_OK);
    for (unsigned n = 0; n < RECORDS; n++)
        if (ids[n]) {
            make_record(n, texts[n], json);
            assert_int_equal(bulletin_add(fresh, json, strlen(json), NULL), BULLETIN_OK);
        }
    bulletin_close(fresh);
    char *is = mentions(t->path), *should = mentions(other);
    assert_string_equal(is, should);
    assert_true(strlen(is) > 1000);
    free(is);
    free(should);
}

static void check_finds_and_repair_mends_what_others_did_to_the_rows(void **state)
{
    static const char *const damage[] = {
        "DELETE FROM mention WHERE doc = (SELECT doc FROM bulletin WHERE key = 'b')",
        "INSERT INTO mention SELECT max(organization), (SELECT doc FROM bulletin WHERE key = 'd') FROM "
        "mention",
        "INSERT INTO mention VALUES(1, 987654321)",
        "INSERT INTO organization(key, name) VALUES('n:x', 'x')",
        "DELETE FROM organization WHERE id = 1",
    };
    test_archive *t = *state;
    fill(t);
    char *before = mentions(t->path);
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        run(t->path, damage[i]);
        assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
        assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
        assert_checks(t);
        char *after = mentions(t->path);
        assert_string_equal(before, after);
        free(after);
    }
    free(before);
}

static void other_names_are_taken_in_by_reindexing(void **state)
{
    test_archive *t = *state;
    char path[128];
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    add(t, "{\"key\":\"a\",\"body\":\"岚溪糖行今日开张。\"}");
    assert_named(t, "岚溪糖行商会", "");
    snprintf(path, sizeof path, "%s/organizations.tsv", t->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("id\tname\tlang\tform\nsugar\t岚溪糖行商会\tzh-Hans\tfull\nsugar\t岚溪糖行\tzh-Hans\tshort\n",
          file);
    fclose(file);
    options.data_folder = t->folder;
    reopen(t, &options);
    add(t, "{\"key\":\"b\",\"body\":\"岚溪糖行商会说话。\"}");
    assert_named(t, "岚溪糖行", "b");
    assert_checks(t); /* looked through by other names is no damage */
    assert_int_equal(bulletin_reindex(t->archive, NULL, NULL), BULLETIN_OK);
    assert_named(t, "岚溪糖行", "a b");
    assert_checks(t);
}

/* The other program: it adds a name once, when something of the import is in the archive. */
typedef struct other_program {
    const char *path;
    bool added;
} other_program;

static bool add_alias(void *context, const bulletin_progress *progress)
{
    other_program *other = context;
    bulletin *archive = NULL;
    char *stored = ask(other->path, "SELECT count(*) FROM bulletin");
    bool now = !other->added && strcmp(stored, "0") != 0;
    (void)progress;
    free(stored);
    if (!now)
        return true;
    assert_int_equal(bulletin_open(other->path, NULL, &archive), BULLETIN_OK);
    assert_int_equal(bulletin_organization_add(archive, "岚溪糖行商会", NULL, NULL), BULLETIN_OK);
    assert_int_equal(bulletin_organization_alias(archive, "岚溪糖行商会", "岚溪糖行"), BULLETIN_OK);
    bulletin_close(archive);
    other->added = true;
    return true;
}

static void a_name_added_during_an_import_holds_for_all_of_it(void **state)
{
    test_archive *t = *state;
    enum { RECORDS = 600 };
    char path[128];
    const char *paths[] = { path };
    other_program other = { t->path, false };
    bulletin_options small = BULLETIN_OPTIONS_INIT;
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    small.memory_bytes = 256 << 10; /* many batches */
    snprintf(path, sizeof path, "%s/records.jsonl", t->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < RECORDS; i++)
        fprintf(file, "{\"key\":\"k%d\",\"body\":\"岚溪糖行今日开张，这是第%d号。\"}\n", i, i);
    fclose(file);
    reopen(t, &small);
    options.jobs = 1;
    options.progress = add_alias;
    options.context = &other;
    assert_int_equal(bulletin_import(t->archive, paths, 1, &options, NULL), BULLETIN_OK);
    assert_true(other.added);
    char *named = ask(t->path, "SELECT count(*) FROM mention m JOIN organization o ON o.id = m.organization"
                               " WHERE o.name = '岚溪糖行商会'");
    assert_string_equal(named, "600");
    free(named);
    assert_checks(t);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_body_is_found_under_all_its_names_and_not_inside_other_words),
        TEST(who_names_a_body_is_asked_again_after_a_change),
        TEST(what_no_organization_is_called_takes_in_those_whose_names_hold_it),
        TEST(a_name_that_is_learned_later_is_asked_for_again),
        TEST(all_of_several_organizations_must_be_named),
        TEST(a_scope_takes_in_the_bodies_below),
        TEST(what_a_record_states_is_trusted),
        TEST(a_source_goes_by_any_of_its_names),
        TEST(mentions_are_those_of_a_fresh_import_whatever_happened),
        TEST(check_finds_and_repair_mends_what_others_did_to_the_rows),
        TEST(other_names_are_taken_in_by_reindexing),
        TEST(a_name_added_during_an_import_holds_for_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
