/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Removing many, former texts, exports and backups, as a program calls them. */
#include "support.h"

#include <sys/stat.h>

#include "index/audit.h"
#include "index/sql.h"

static void fill(test_archive *t, int count)
{
    for (int i = 0; i < count; i++) {
        char json[200];
        snprintf(json, sizeof json,
                 "{\"key\":\"%d\",\"title\":\"岚溪 %d\",\"body\":\"岚溪糖厂第 %d 次检修。\"}", i, i, i);
        add(t, json);
    }
}

static char *read_fact(test_archive *t, bulletin_fact fact)
{
    char *text = NULL;
    assert_int_equal(bulletin_read_fact(t->archive, fact, &text), BULLETIN_OK);
    return text;
}

static void many_are_removed_whatever_ids_are_unknown_or_named_twice(void **state)
{
    test_archive *t = *state;
    fill(t, 600);
    int64_t ids[700];
    for (int i = 0; i < 700; i++)
        ids[i] = 700 - i; /* 601 to 700 nobody has */
    ids[0] = ids[699];
    size_t removed = 0;
    assert_int_equal(bulletin_remove_all(t->archive, ids, 700, &removed), BULLETIN_OK);
    assert_int_equal(removed, 600);
    char *left = read_fact(t, BULLETIN_FACT_BULLETINS);
    assert_string_equal(left, "0");
    bulletin_free(left);
    assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_OK);
}

static void removing_none_changes_nothing(void **state)
{
    test_archive *t = *state;
    fill(t, 3);
    char *before = read_fact(t, BULLETIN_FACT_REVISION);
    const int64_t unknown[] = { 99, -1, 0 };
    size_t removed = 9;
    assert_int_equal(bulletin_remove_all(t->archive, unknown, 3, &removed), BULLETIN_OK);
    assert_int_equal(removed, 0);
    assert_int_equal(bulletin_remove_all(t->archive, NULL, 0, NULL), BULLETIN_OK);
    assert_int_equal(bulletin_remove(t->archive, 99), BULLETIN_NOT_FOUND);
    assert_non_null(strstr(bulletin_message(t->archive), "99"));
    char *after = read_fact(t, BULLETIN_FACT_REVISION);
    assert_string_equal(before, after);
    bulletin_free(before);
    bulletin_free(after);
}

typedef struct listened {
    int calls, stop_at;
    char last[1000];
} listened;

static bool listen(void *context, const char *json, size_t size)
{
    listened *l = context;
    assert_int_equal(strlen(json), size);
    snprintf(l->last, sizeof l->last, "%s", json);
    return ++l->calls != l->stop_at;
}

static void a_callback_that_stops_interrupts_an_export(void **state)
{
    test_archive *t = *state;
    fill(t, 5);
    listened l = { 0, 2, "" };
    assert_int_equal(bulletin_export(t->archive, "", 0, NULL, listen, &l), BULLETIN_INTERRUPTED);
    assert_int_equal(l.calls, 2);
    l = (listened){ 0, 2, "" };
    assert_int_equal(bulletin_export(t->archive, "检修", strlen("检修"), NULL, listen, &l),
                     BULLETIN_INTERRUPTED);
    assert_int_equal(l.calls, 2);
    l = (listened){ 0 };
    assert_int_equal(bulletin_export(t->archive, "检修", strlen("检修"), NULL, listen, &l), BULLETIN_OK);
    assert_int_equal(l.calls, 5);
    assert_non_null(strstr(l.last, "\"id\":5"));
}

static void an_export_gives_all_whatever_limit_and_order_are_asked_for(void **state)
{
    test_archive *t = *state;
    fill(t, 30);
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.limit = 3;
    options.offset = 20;
    options.sort = BULLETIN_NEWEST;
    listened l = { 0 };
    assert_int_equal(bulletin_export(t->archive, "检修", strlen("检修"), &options, listen, &l), BULLETIN_OK);
    assert_int_equal(l.calls, 30);
}

static void former_texts_come_with_their_number(void **state)
{
    test_archive *t = *state;
    int64_t id = add(t, "{\"key\":\"a\",\"body\":\"岚溪糖厂今天检修锅炉。\"}");
    listened l = { 0 };
    assert_int_equal(bulletin_versions(t->archive, id, listen, &l), BULLETIN_OK);
    assert_int_equal(l.calls, 0);
    add(t, "{\"key\":\"a\",\"body\":\"岚溪糖厂今天检修锅炉三次。\"}");
    assert_int_equal(bulletin_versions(t->archive, id, listen, &l), BULLETIN_OK);
    assert_int_equal(l.calls, 1);
    assert_int_equal(strncmp(l.last, "{\"version\":1,\"replaced\":\"20", 27), 0);
    assert_null(strstr(l.last, "三次"));
    assert_int_equal(bulletin_versions(t->archive, id + 1, listen, &l), BULLETIN_NOT_FOUND);
}

static bool stop(void *context, const bulletin_progress *progress)
{
    assert_true(progress->bytes <= progress->bytes_total);
    return !*(bool *)context;
}

static void an_interrupted_backup_leaves_what_was_there(void **state)
{
    test_archive *t = *state;
    fill(t, 20);
    char path[200], command[500];
    snprintf(path, sizeof path, "%s/copy.db", t->folder);
    snprintf(command, sizeof command, "echo old > %s", path);
    assert_int_equal(system(command), 0);
    bool stops = true;
    assert_int_equal(bulletin_backup(t->archive, path, false, NULL, NULL), BULLETIN_IO);
    assert_int_equal(bulletin_backup(t->archive, path, true, stop, &stops), BULLETIN_INTERRUPTED);
    snprintf(command, sizeof command, "test $(cat %s) = old && test $(ls %s | grep -c copy) = 1", path,
             t->folder);
    assert_int_equal(system(command), 0);
    stops = false;
    assert_int_equal(bulletin_backup(t->archive, path, true, stop, &stops), BULLETIN_OK);
    bulletin *copy = NULL;
    assert_int_equal(bulletin_open(path, NULL, &copy), BULLETIN_OK);
    assert_int_equal(bulletin_check(copy, NULL, NULL), BULLETIN_OK);
    bulletin_close(copy);
    assert_int_equal(bulletin_backup(t->archive, t->path, true, NULL, NULL), BULLETIN_MISUSE);
}

static void nothing(void *context, const bulletin_finding *finding)
{
    int *kinds = context;
    assert_int_equal(finding->count, 0);
    assert_int_equal(strncmp(finding->query, "is:", 3), 0);
    assert_string_equal(finding->query + 3, finding->kind);
    (*kinds)++;
}

static void an_empty_archive_has_figures_and_no_findings(void **state)
{
    test_archive *t = *state;
    char *json = NULL;
    int kinds = 0;
    assert_int_equal(bulletin_stats(t->archive, &json), BULLETIN_OK);
    assert_non_null(strstr(json, "\"bulletins\":0"));
    bulletin_free(json);
    assert_int_equal(bulletin_audit(t->archive, nothing, &kinds), BULLETIN_OK);
    assert_int_equal(kinds, 8);
}

static void a_handle_without_an_archive_is_misuse(void **state)
{
    (void)state;
    bulletin *none = NULL;
    char *json = NULL;
    listened l = { 0 };
    int64_t id = 1;
    assert_int_equal(bulletin_open(NULL, NULL, &none), BULLETIN_OK);
    assert_int_equal(bulletin_remove_all(none, &id, 1, NULL), BULLETIN_MISUSE);
    assert_int_equal(bulletin_remove(none, 1), BULLETIN_MISUSE);
    assert_int_equal(bulletin_stats(none, &json), BULLETIN_MISUSE);
    assert_int_equal(bulletin_versions(none, 1, listen, &l), BULLETIN_MISUSE);
    assert_int_equal(bulletin_export(none, "", 0, NULL, listen, &l), BULLETIN_MISUSE);
    assert_int_equal(bulletin_backup(none, "x", false, NULL, NULL), BULLETIN_MISUSE);
    bulletin_close(none);
    assert_int_equal(bulletin_remove(NULL, 1), BULLETIN_MISUSE);
}

static bool reads_an_index(bl_database *db, const char *kind)
{
    bl_error e = BL_ERROR_INIT;
    char text[1000], index[40];
    snprintf(text, sizeof text, "EXPLAIN QUERY PLAN SELECT doc FROM bulletin WHERE %s ORDER BY doc",
             bl_audit_condition(kind));
    snprintf(index, sizeof index, "INDEX bulletin_%s", strcmp(kind, "empty") == 0 ? "short" : kind);
    sqlite3_stmt *s = bl_sql_prepare(&e, db->sql, text);
    const bool reads = bl_sql_row(&e, s) && strstr((const char *)sqlite3_column_text(s, 3), index);
    sqlite3_finalize(s);
    return reads;
}

static void assert_reads_an_index(void *context, const bulletin_finding *finding)
{
    assert_non_null(bl_audit_condition(finding->kind));
    if (reads_an_index(context, finding->kind) != bl_audit_is_indexed(finding->kind))
        fail_msg("%s: not as it says", finding->kind);
}

static void what_may_be_wrong_is_found_by_an_index(void **state)
{
    test_archive *t = *state;
    bl_error e = BL_ERROR_INIT;
    const bl_database_options options = { 0 };
    bl_database *db = bl_database_open(&e, t->path, &options);
    assert_int_equal(bulletin_audit(t->archive, assert_reads_an_index, db), BULLETIN_OK);
    assert_true(bl_audit_is_indexed("short"));
    bl_database_close(db);
}

static int64_t count_hits(test_archive *t, const char *query)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, query, strlen(query), &options, &hits), BULLETIN_OK);
    const int64_t count = bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS);
    bulletin_hits_close(hits);
    return count;
}

/* A text of so many characters, with blanks around. */
static void add_of_length(test_archive *t, size_t length)
{
    char record[400], *at = record;
    at += sprintf(at, "{\"key\":\"%zu\",\"body\":\" \\n　", length);
    for (size_t i = 0; i < length; i++)
        at += sprintf(at, "纺");
    sprintf(at, "\\n  \"}");
    add(t, record);
}

static void short_is_below_sixty_characters_without_blanks_around(void **state)
{
    test_archive *t = *state;
    add_of_length(t, 0);
    add_of_length(t, 1);
    add_of_length(t, 59);
    add_of_length(t, 60);
    assert_int_equal(count_hits(t, "is:short"), 2);
    assert_int_equal(count_hits(t, "is:empty"), 1);
    assert_int_equal(count_hits(t, "-is:short"), 2);
    assert_int_equal(count_hits(t, "is:short OR is:empty"), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(many_are_removed_whatever_ids_are_unknown_or_named_twice),
        TEST(removing_none_changes_nothing),
        TEST(a_callback_that_stops_interrupts_an_export),
        TEST(an_export_gives_all_whatever_limit_and_order_are_asked_for),
        TEST(former_texts_come_with_their_number),
        TEST(an_interrupted_backup_leaves_what_was_there),
        TEST(an_empty_archive_has_figures_and_no_findings),
        TEST(what_may_be_wrong_is_found_by_an_index),
        TEST(short_is_below_sixty_characters_without_blanks_around),
        TEST(a_handle_without_an_archive_is_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
