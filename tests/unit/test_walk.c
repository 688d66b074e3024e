/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The lists of the index, read directly, say what FTS5 says of them. */
#include "support.h"

#include "index/sql.h"
#include "search/expand.h"
#include "search/found.h"
#include "search/match.h"
#include "search/near.h"
#include "search/query.h"
#include "text/words.h"

enum { DOCUMENTS = 400, QUERIES = 150, ROUNDS = 3 };

static const char *const characters[] = {
    "工", "会", "产", "改", "厂", "的", "纺", "织", "a", " loom ", "。"
};
enum { CHARACTERS = sizeof characters / sizeof *characters };

static uint32_t seed;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static void add_text(char *text, size_t size, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        /* The first characters are the commonest. */
        uint32_t which = random_below(CHARACTERS);
        which = random_below(which + 1);
        strncat(text, characters[which], size - strlen(text) - 1);
    }
}

static void add_document(test_archive *t, uint32_t number)
{
    static char title[200], body[40000], furniture[400], record[42000];
    *title = *body = *furniture = '\0';
    add_text(title, sizeof title, random_below(6));
    add_text(body, sizeof body, 1 + (random_below(10) ? random_below(40) : random_below(4000)));
    add_text(furniture, sizeof furniture, random_below(3) ? 0 : random_below(20));
    snprintf(record, sizeof record,
             "{\"key\":\"%u\",\"title\":\"%s\",\"body\":\"%s\",\"furniture\":\"%s\",\"published\":\"20%02u-%"
             "02u\"}",
             number, title, body, furniture, random_below(26), 1 + random_below(12));
    add(t, record);
}

/* A random query; with operators only sometimes. */
static void make_query(char *query, size_t size, bool *flat)
{
    *query = '\0';
    *flat = true;
    uint32_t words = 1 + random_below(3);
    for (uint32_t i = 0; i < words; i++) {
        uint32_t kind = random_below(12);
        const char *before = i == 0      ? ""
                             : kind == 0 ? " OR "
                             : kind == 1 ? " -"
                             : kind == 2 ? " OR -(工 OR "
                                         : " ";
        *flat = *flat && *before != ' ' ? *flat : *flat && strcmp(before, " ") == 0;
        strncat(query, before, size - strlen(query) - 1);
        bool quoted = random_below(4) == 0;
        if (quoted)
            strncat(query, "\"", size - strlen(query) - 1);
        add_text(query, size, 1 + random_below(random_below(3) ? 4 : 9));
        if (quoted)
            strncat(query, random_below(3) ? "\"" : "\"*", size - strlen(query) - 1);
        if (i > 0 && kind == 2)
            strncat(query, ")", size - strlen(query) - 1);
    }
}

static int compare_occurrences(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(bl_occurrence));
}

static void assert_same_occurrences(const char *query, const bl_match *a, const bl_match *b)
{
    bl_occurrence x[64], y[64];
    assert_int_equal(a->count, b->count);
    assert_true(a->count <= 64);
    memcpy(x, a->occurrences, a->count * sizeof *x);
    memcpy(y, b->occurrences, b->count * sizeof *y);
    qsort(x, a->count, sizeof *x, compare_occurrences);
    qsort(y, b->count, sizeof *y, compare_occurrences);
    if (memcmp(x, y, a->count * sizeof *x) != 0)
        fail_msg("%s: other places in document %lld", query, (long long)a->doc);
}

/* How often the lists answered, not FTS5 in their place, and how often they put a run off. */
static int answered, put_off;

/* What is looked for later stands no more often than was said, and no earlier. */
static void complete(bl_error *e, bl_match *lists)
{
    bl_occurrence most[64];
    const size_t count = lists->bounds, known = lists->count;
    if (count == 0)
        return;
    put_off++;
    assert_true(count <= 64);
    memcpy(most, lists->occurrences + known, count * sizeof *most);
    lists->complete(e, lists);
    assert_int_equal(lists->bounds, 0);
    for (size_t i = known; i < lists->count; i++) {
        const bl_occurrence *o = &lists->occurrences[i];
        size_t k = 0;
        while (k < count && most[k].term != o->term)
            k++;
        assert_true(k < count);
        assert_true(o->count[0] <= most[k].count[0] && o->count[1] <= most[k].count[1]);
        assert_true(o->count[1] == 0 || o->first >= most[k].first);
    }
}

static void compare(bl_database *db, bl_reader *reader, const bl_plan *plan, const char *query, bool flat)
{
    bl_error e = BL_ERROR_INIT;
    int64_t first = random_below(2) ? 0 : (int64_t)(2000 + random_below(26)) * 13 * 32 << 14;
    const bl_extent extent = { first, INT64_MAX - 1, NULL, true };
    db->reader = NULL;
    bl_match *fts = bl_match_open(&e, db, plan, extent);
    db->reader = reader;
    bl_match *lists = bl_match_open(&e, db, plan, extent);
    answered += lists->next != fts->next;
    while (fts->next(&e, fts)) {
        if (!lists->next(&e, lists) || lists->doc != fts->doc)
            fail_msg("%s: document %lld is missed, %lld instead", query, (long long)fts->doc,
                     (long long)lists->doc);
        complete(&e, lists);
        if (flat)
            assert_same_occurrences(query, fts, lists);
    }
    if (lists->next(&e, lists))
        fail_msg("%s: document %lld is too many", query, (long long)lists->doc);
    fts->close(fts);
    lists->close(lists);
    for (size_t i = 0; i < plan->count; i++) {
        db->reader = NULL;
        int64_t frequency = bl_match_frequency(&e, db, plan, i);
        db->reader = reader;
        assert_int_equal(bl_match_frequency(&e, db, plan, i), frequency);
    }
    db->reader = NULL;
    if (bl_failed(&e))
        fail_msg("%s: %s", query, e.message);
}

/* What the places say of nearness the texts say as well. */
static void ask_near(bl_database *db, bl_reader *reader)
{
    bl_error e = BL_ERROR_INIT;
    char words[200] = "", query[300];
    for (uint32_t i = 2 + random_below(2); i > 0; i--) {
        add_text(words, sizeof words, 1 + random_below(3));
        if (random_below(4) == 0)
            strcat(words, "*");
        strcat(words, i == 2 && random_below(2) ? " loom " : " ");
    }
    snprintf(query, sizeof query, "NEAR(%s, %u)", words, random_below(12));
    bl_plan plan = { 0 };
    const bl_expander expander = { .cutter = db->fts.cutter };
    bl_plan_make(&e, &expander, bl_query_parse(&e, query, strlen(query)), BL_PLAN_ALL, &plan);
    plan.articles_only = random_below(2);
    if (plan.tree && plan.tree->kind == BL_NODE_NEAR) {
        bl_near *texts = bl_near_open(&e, db, &plan, plan.tree, plan.articles_only ? 3 : 7);
        sqlite3_stmt *all = bl_sql_prepare(&e, db->sql, "SELECT doc FROM bulletin ORDER BY doc");
        db->reader = reader;
        bl_match *lists = bl_match_open(&e, db, &plan, (bl_extent){ .last = INT64_MAX - 1 });
        while (bl_sql_row(&e, all)) {
            int64_t doc = sqlite3_column_int64(all, 0);
            if (!bl_near_stands(&e, texts, doc))
                continue;
            if (!lists->next(&e, lists) || lists->doc != doc)
                fail_msg("%s: document %lld is missed", query, (long long)doc);
        }
        if (lists->next(&e, lists))
            fail_msg("%s: document %lld is too many", query, (long long)lists->doc);
        db->reader = NULL;
        lists->close(lists);
        sqlite3_finalize(all);
        bl_near_close(texts);
    }
    assert_int_equal(e.status, BULLETIN_OK);
    bl_plan_free(&plan);
}

static void ask(bl_database *db)
{
    bl_error e = BL_ERROR_INIT;
    bl_reader reader;
    char query[300];
    bool flat;
    bl_words *words = bl_words_open(&e);
    bl_sql_exec(&e, db->sql, "BEGIN");
    assert_true(bl_reader_open(&e, db, &reader));
    for (int i = 0; i < QUERIES; i++) {
        make_query(query, sizeof query, &flat);
        bl_plan plan = { 0 };
        const bl_expander expander = { .cutter = db->fts.cutter, .words = random_below(2) ? words : NULL };
        bl_plan_make(&e, &expander, bl_query_parse(&e, query, strlen(query)), BL_PLAN_ALL, &plan);
        plan.articles_only = random_below(2);
        assert_int_equal(e.status, BULLETIN_OK);
        if (plan.tree)
            compare(db, &reader, &plan, query, flat);
        bl_plan_free(&plan);
        if (i % 10 == 0)
            ask_near(db, &reader);
    }
    bl_words_close(words);
    bl_reader_close(&reader);
    bl_sql_exec(&e, db->sql, "COMMIT");
}

static void lists_say_what_fts5_says(void **state)
{
    test_archive *t = *state;
    bl_error e = BL_ERROR_INIT;
    const bl_database_options options = { 0 };
    bl_database *db = bl_database_open(&e, t->path, &options);
    assert_int_equal(e.status, BULLETIN_OK);
    /* Small pages, and segments that stay apart: lists go over many of both. */
    bl_sql_exec(&e, db->sql, "INSERT INTO bulletin_fts(bulletin_fts, rank) VALUES('pgsz', 64)");
    bl_sql_exec(&e, db->sql, "INSERT INTO bulletin_fts(bulletin_fts, rank) VALUES('automerge', 0)");
    reopen(t, NULL);
    seed = 7;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < DOCUMENTS; i++)
            if (round == 0 || random_below(12) == 0)
                add_document(t, i);
        for (uint32_t i = 0; i < 20; i++) {
            bulletin_status status = bulletin_remove(t->archive, 1 + random_below(DOCUMENTS));
            assert_true(status == BULLETIN_OK || status == BULLETIN_NOT_FOUND);
        }
        ask(db);
    }
    bl_sql_exec(&e, db->sql, "INSERT INTO bulletin_fts(bulletin_fts) VALUES('optimize')");
    ask(db);
    assert_true(answered > QUERIES * (ROUNDS + 1) / 2);
    assert_true(put_off > 100);
    assert_int_equal(e.status, BULLETIN_OK);
    bl_database_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_say_what_fts5_says, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
