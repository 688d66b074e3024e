/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Copies of one text are one story, whatever the order in which they came and went. */
#include "support.h"

#include <sqlite3.h>

#include "base/buffer.h"

/* What the stories of an archive are, by keys: "a b|c d", each story with its standing bulletin first. */
static char *stories(test_archive *t)
{
    sqlite3 *sql;
    sqlite3_stmt *s;
    bl_buffer out = { 0 };
    assert_int_equal(sqlite3_open_v2(t->path, &sql, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(
            sql,
            "SELECT (SELECT key FROM bulletin WHERE doc = story) AS first, key, story.doc = story"
            " FROM story JOIN bulletin USING(doc) ORDER BY first, story.doc <> story, key",
            -1, &s, NULL),
        SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW) {
        if (out.size > 0)
            bl_buffer_puts(&out, sqlite3_column_int(s, 2) ? "|" : " ");
        bl_buffer_puts(&out, (const char *)sqlite3_column_text(s, 1));
    }
    sqlite3_finalize(s);
    sqlite3_close(sql);
    bl_buffer_puts(&out, "");
    assert_false(out.failed);
    return bl_buffer_steal(&out);
}

static void assert_stories(test_archive *t, const char *expected)
{
    char *found = stories(t);
    if (strcmp(found, expected) != 0)
        fail_msg("stories are [%s], not [%s]", found, expected);
    free(found);
    assert_checks(t);
}

static const char report[] =
    "荻浦市第一印染厂的夜班工人昨天领到了新的工作服。厂工会说，布料是工人自己挑的，样子是车间里投票定的。"
    "老师傅翁知秋在这个厂做了二十六年，他说头一回有人问他衣服要几个口袋。";

static int64_t put(test_archive *t, const char *key, const char *published, const char *body)
{
    char json[4096];
    snprintf(json, sizeof json, "{\"key\":\"%s\",\"published\":%s%s%s,\"body\":\"%s\"}", key,
             published ? "\"" : "", published ? published : "null", published ? "\"" : "", body);
    return add(t, json);
}

static void copies_are_one_story(void **state)
{
    test_archive *t = *state;
    char noted[2048];
    snprintf(noted, sizeof noted, "青螺社荻浦3日电（记者 何岚）%s\\n（编者略有改动）", report);
    put(t, "later", "2024-05-03", report);
    put(t, "noted", "2024-05-02", noted);
    put(t, "other", "2024-05-02",
        "石鼓县的水渠修好了，三个村子的茶园都浇上了水，县总工会派人去看望修渠的工人们。");
    assert_stories(t, "noted later");
    put(t, "first", "2024-05-01", report);
    assert_stories(t, "first later noted");
}

static void replacement_and_removal_take_a_bulletin_out_of_its_story(void **state)
{
    test_archive *t = *state;
    int64_t first = put(t, "a", "2024-05-01", report);
    put(t, "b", "2024-05-02", report);
    put(t, "c", "2024-05-03", report);
    assert_stories(t, "a b c");
    assert_int_equal(bulletin_remove(t->archive, first), BULLETIN_OK);
    assert_stories(t, "b c");
    put(t, "b", "2024-05-02", "望海港的装卸工人今天不上工，他们在码头上开会，商量雨天的补贴该怎么算才公道。");
    assert_stories(t, "");
}

static void the_same_pattern_with_other_figures_is_another_story(void **state)
{
    test_archive *t = *state;
    put(t, "one", "2023-04-01",
        "白鹭县陶瓷行业工会2023年年会昨天召开，来自31家窑厂的120名代表听取了报告，选举产生了第三届委员会，"
        "会议决定今年再办4期夜校，帮助年轻工人学会看图和配釉，学费由工会和窑厂各出一半。");
    put(t, "two", "2024-04-02",
        "白鹭县陶瓷行业工会2024年年会昨天召开，来自33家窑厂的142名代表听取了报告，选举产生了第四届委员会，"
        "会议决定今年再办6期夜校，帮助年轻工人学会看图和配釉，学费由工会和窑厂各出一半。");
    assert_stories(t, "");
}

static void very_short_texts_are_nobodys_copies(void **state)
{
    test_archive *t = *state;
    put(t, "a", NULL, "图片新闻");
    put(t, "b", NULL, "图片新闻");
    assert_stories(t, "");
}

/* ---- in any order ---- */

enum { KEYS = 90, STEPS = 500, SENTENCES = 6 };

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7FFF;
}

/* Families of texts whose members share most of their sentences, so that many stand together; some are copies
 * of each other, some are not. */
static void make_body(unsigned number, char *out, size_t size)
{
    static const char *const subjects[] = { "印染厂", "纺纱厂", "造纸厂", "玻璃厂", "钟表厂", "铸造厂" };
    static const char *const doings[] = { "把车间的窗子全换成了双层的", "给每个班组添了一台量湿度的仪器",
                                          "请退休的师傅每个星期回来讲一课", "把食堂的晚饭改到了交班以后" };
    unsigned family = number % 3, member = number / 3 % 12;
    size_t used = 0;
    for (unsigned i = 0; i < SENTENCES; i++) {
        if (member > 0 && i == member % SENTENCES && member > SENTENCES)
            continue; /* a cut */
        used += (size_t)snprintf(out + used, size - used, "长亭%s%s，工会的干部%s说工人都赞成这样做。",
                                 subjects[(family + i) % 6], doings[(family * 2 + i) % 4],
                                 i % 2 ? "虞小满" : "季怀瑾");
    }
    if (member % 4 == 3)
        snprintf(out + used, size - used, "另有%u人在第%u车间报名，%u人已经上岗。", member + 11, member,
                 number);
}

static void write_one(test_archive *t, unsigned key, unsigned number)
{
    char name[16], day[16], body[2048];
    snprintf(name, sizeof name, "k%02u", key);
    snprintf(day, sizeof day, "2024-03-%02u", number % 28 + 1);
    make_body(number, body, sizeof body);
    put(t, name, number % 7 ? day : NULL, body);
}

static void remove_key(test_archive *t, unsigned key)
{
    char query[16];
    snprintf(query, sizeof query, "k%02u", key);
    sqlite3 *sql;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open_v2(t->path, &sql, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sql, "SELECT id FROM bulletin WHERE key = ?1", -1, &s, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(s, 1, query, -1, SQLITE_STATIC);
    int64_t id = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    sqlite3_close(sql);
    if (id)
        assert_int_equal(bulletin_remove(t->archive, id), BULLETIN_OK);
}

/* Changes in random order leave the stories that adding what remained leaves in an empty archive. */
static void any_order_leaves_the_stories_of_a_fresh_import(void **state)
{
    test_archive *t = *state;
    int numbers[KEYS];
    unsigned seed = 20240503;
    for (int i = 0; i < KEYS; i++)
        numbers[i] = -1;
    for (int step = 0; step < STEPS; step++) {
        unsigned key = next_random(&seed) % KEYS;
        if (next_random(&seed) % 4 == 0) {
            remove_key(t, key);
            numbers[key] = -1;
        } else {
            numbers[key] = (int)(next_random(&seed) % 200);
            write_one(t, key, (unsigned)numbers[key]);
        }
        if (step % 100 == 99)
            assert_checks(t);
    }
    void *fresh_state = NULL;
    assert_int_equal(set_up(&fresh_state), 0);
    for (unsigned i = KEYS; i-- > 0;)
        if (numbers[i] >= 0)
            write_one(fresh_state, i, (unsigned)numbers[i]);
    char *after = stories(t), *fresh = stories(fresh_state);
    assert_true(strlen(fresh) > 40); /* the families do make stories */
    assert_string_equal(after, fresh);
    free(after);
    free(fresh);
    assert_int_equal(tear_down(&fresh_state), 0);
}

enum { MANY = 600 };

/* Records of the keys from `first` on, each with a text that `shift` changes. */
static void import_many(test_archive *t, unsigned first, unsigned count, unsigned shift)
{
    char path[128], body[2048];
    bulletin_counts counts = { 0 };
    snprintf(path, sizeof path, "%s/many.jsonl", t->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (unsigned i = 0; i < count; i++) {
        make_body(i + shift, body, sizeof body);
        fprintf(file, "{\"key\":\"k%02u\",\"body\":\"%s\"}\n", first + i, body);
    }
    assert_int_equal(fclose(file), 0);
    const char *const paths[] = { path };
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, &counts), BULLETIN_OK);
    assert_int_equal(counts.added + counts.updated + counts.unchanged, count);
    assert_checks(t);
}

/* So many are compared on another thread; some texts are there already, some go and come back. */
static void many_at_once_make_the_stories_of_one_by_one(void **state)
{
    test_archive *t = *state;
    import_many(t, 0, MANY / 2, 0);
    import_many(t, MANY, MANY, 0);
    import_many(t, 0, MANY, 5);
    void *fresh_state = NULL;
    assert_int_equal(set_up(&fresh_state), 0);
    for (unsigned i = 2 * MANY; i-- > 0;) {
        char name[16], body[2048];
        snprintf(name, sizeof name, "k%02u", i);
        make_body(i < MANY ? i + 5 : i - MANY, body, sizeof body);
        put(fresh_state, name, NULL, body);
    }
    char *after = stories(t), *fresh = stories(fresh_state);
    assert_true(strlen(fresh) > MANY);
    assert_string_equal(after, fresh);
    free(after);
    free(fresh);
    assert_int_equal(tear_down(&fresh_state), 0);
}

static void check_finds_wrong_stories_and_repair_mends_them(void **state)
{
    static const char *const damages[] = { "DELETE FROM story", "DELETE FROM copy",
                                           "DELETE FROM label WHERE label > 0", "DELETE FROM fingerprint",
                                           "INSERT INTO story(doc, story) VALUES(12345, 12345)" };
    test_archive *t = *state;
    put(t, "a", "2024-05-01", report);
    put(t, "b", "2024-05-02", report);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        sqlite3 *sql;
        assert_int_equal(sqlite3_open(t->path, &sql), SQLITE_OK);
        assert_int_equal(sqlite3_exec(sql, damages[i], NULL, NULL, NULL), SQLITE_OK);
        int changes = sqlite3_changes(sql);
        sqlite3_close(sql);
        if (changes == 0)
            continue;
        assert_int_equal(bulletin_check(t->archive, NULL, NULL), BULLETIN_CORRUPT);
        assert_int_equal(bulletin_repair(t->archive, NULL, NULL), BULLETIN_OK);
        assert_stories(t, "a b");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copies_are_one_story, set_up, tear_down),
        cmocka_unit_test_setup_teardown(replacement_and_removal_take_a_bulletin_out_of_its_story, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_same_pattern_with_other_figures_is_another_story, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(very_short_texts_are_nobodys_copies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_order_leaves_the_stories_of_a_fresh_import, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_at_once_make_the_stories_of_one_by_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(check_finds_wrong_stories_and_repair_mends_them, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
