/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tables and records to bulletins, whatever their columns and fields are called and however they are encoded.
 */
#include "support.h"

#include "files.h"

static void write_text(const test_archive *t, const char *name, const char *text)
{
    write_bytes(t, name, text, strlen(text));
}

static reading extract_text(test_archive *t, const char *name, const char *text)
{
    write_text(t, name, text);
    return extract(t, name);
}

static void each_row_is_a_record_under_the_names_of_the_head(void **state)
{
    test_archive *t = *state;
    reading r = extract_text(
        t, "a.csv",
        "编号,标题,发布时间,来源,作者,网址,备注,正文\r\n"
        "7,海港开会,2024年5月6日,海港报,林某,http://a.example/7,x,\"第一段。\r\n第二段，\"\"很长\"\"。\"\r\n"
        "8,船厂开会,2024/5/7 12:30,,,,,代表们来了。\r\n");
    assert_string_equal(r.problems, "");
    assert_int_equal(record_count(&r), 2);
    assert_string_equal(text_at(&r, 0, "key"), "7");
    assert_string_equal(text_at(&r, 0, "title"), "海港开会");
    assert_string_equal(text_at(&r, 0, "published"), "2024-05-06");
    assert_string_equal(text_at(&r, 0, "published_from"), "field");
    assert_string_equal(text_at(&r, 0, "source"), "海港报");
    assert_string_equal(text_at(&r, 0, "author"), "林某");
    assert_string_equal(text_at(&r, 0, "url"), "http://a.example/7");
    assert_string_equal(text_at(&r, 0, "body"), "第一段。\n第二段，\"很长\"。");
    assert_string_equal(text_at(&r, 1, "published"), "2024-05-07");
    assert_string_equal(text_at(&r, 1, "body"), "代表们来了。");
    reading_free(&r);
}

static void separators_are_found_out(void **state)
{
    test_archive *t = *state;
    static const char *const texts[] = {
        "id;title;text\n1;\"a;b\";words, more, and more\n",
        "id\ttitle\ttext\n1\ta;b\twords, more, and more",
        "\xEF\xBB\xBFid,title,text\r1,a;b,\"words, more, and more\"\r",
        "sep=|\r\nid|title|text\r\n1|a;b|words, more, and more\r\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading r = extract_text(t, "a.csv", texts[i]);
        assert_string_equal(r.problems, "");
        assert_int_equal(record_count(&r), 1);
        assert_string_equal(text_at(&r, 0, "key"), "1");
        assert_string_equal(text_at(&r, 0, "title"), "a;b");
        assert_string_equal(text_at(&r, 0, "body"), "words, more, and more");
        reading_free(&r);
    }
}

static void one_column_is_a_table_too(void **state)
{
    test_archive *t = *state;
    reading r = extract_text(t, "a.tsv", "content\nfirst\n\n\nsecond\n");
    assert_int_equal(record_count(&r), 2);
    assert_string_equal(text_at(&r, 1, "body"), "second");
    reading_free(&r);
}

static void excel_s_encodings_are_recognized(void **state)
{
    test_archive *t = *state;
    /* 编号,标题,正文 / 1,工会开会,代表们今天来了。 in GBK */
    static const char gbk[] = "\xB1\xE0\xBA\xC5,\xB1\xEA\xCC\xE2,\xD5\xFD\xCE\xC4\r\n1,"
                              "\xB9\xA4\xBB\xE1\xBF\xAA\xBB\xE1,"
                              "\xB4\xFA\xB1\xED\xC3\xC7\xBD\xF1\xCC\xEC\xC0\xB4\xC1\xCB\xA1\xA3\r\n";
    reading r = extract_text(t, "a.csv", gbk);
    assert_string_equal(text_at(&r, 0, "title"), "工会开会");
    assert_string_equal(text_at(&r, 0, "body"), "代表们今天来了。");
    reading_free(&r);
    bl_buffer wide = { 0 };
    bl_buffer_append(&wide, "\xFF\xFE", 2);
    static const char ascii[] = "id\ttext\r\n1\t\"x\ty\"\r\n";
    for (size_t i = 0; i < sizeof ascii - 1; i++)
        bl_buffer_append(&wide, (char[]){ ascii[i], 0 }, 2);
    write_buffer(t, "b.csv", &wide);
    r = extract(t, "b.csv");
    assert_string_equal(text_at(&r, 0, "body"), "x\ty");
    reading_free(&r);
}

static void errors_name_their_line_and_cost_one_row(void **state)
{
    test_archive *t = *state;
    reading r = extract_text(t, "a.csv",
                             "id,date,text\n"
                             "1,2024-01-01,\"two\nlines\"\n"
                             "2,soon,words\n"
                             "3,2024-01-01,too,many\n"
                             "4,2024-01-01,words,,\n"
                             "5\n"
                             "6,,\"never ends\n");
    assert_int_equal(record_count(&r), 3);
    assert_string_equal(text_at(&r, 0, "body"), "two\nlines");
    assert_string_equal(text_at(&r, 1, "key"), "4");
    assert_string_equal(text_at(&r, 2, "key"), "5");
    assert_string_equal(text_at(&r, 2, "body"), "");
    assert_non_null(strstr(r.problems, "4: published \"soon\" is no date"));
    assert_non_null(strstr(r.problems, "5: the row has 4 cells under 3 headings\n"));
    assert_non_null(strstr(r.problems, "8: a quoted cell of the row that begins here does not end\n"));
    reading_free(&r);
}

static void a_table_without_a_text_is_reported_once(void **state)
{
    test_archive *t = *state;
    reading r = extract_text(t, "a.csv", "Name,Amount\nA,1\nB,2\n");
    assert_int_equal(record_count(&r), 0);
    assert_ptr_equal(strstr(r.problems, "1: no column is the text"), r.problems);
    assert_ptr_equal(strchr(r.problems, '\n'), r.problems + strlen(r.problems) - 1);
    reading_free(&r);
}

static void a_table_is_read_through_many_windows(void **state)
{
    test_archive *t = *state;
    bl_buffer csv = { 0 }, packed = { 0 };
    bl_buffer_puts(&csv, "id,text\n");
    for (int i = 0; i < 5000; i++)
        bl_buffer_printf(&csv, "%d,\"Zeile %d,\n\"\"zwei\"\"\"\n", i, i);
    put_gzip(&packed, csv.data, csv.size);
    write_buffer(t, "a.csv.gz", &packed);
    reading r = extract(t, "a.csv.gz");
    assert_string_equal(r.problems, "");
    assert_int_equal(record_count(&r), 5000);
    assert_string_equal(text_at(&r, 4999, "body"), "Zeile 4999,\n\"zwei\"");
    reading_free(&r);
    bl_buffer_free(&csv);
}

static void records_go_by_other_names_and_their_own_come_first(void **state)
{
    test_archive *t = *state;
    reading r = extract_text(
        t, "a.jsonl",
        "{\"Headline\":\"T\",\"content\":\"B\",\"pubDate\":\"Mon, 06 May 2024 23:10:00 GMT\","
        "\"媒体\":\"S\",\"记者\":\"A\",\"link\":\"http://a.example/1\",\"language\":\"en\"}\n"
        "{\"content\":\"not this\",\"text\":\"nor this\",\"body\":\"this\",\"publish_time\":1714950000,"
        "\"id\":\"2\",\"author\":\"A\",\"记者\":\"other\"}\n"
        "{\"body\":null,\"正文\":\"this\",\"_id\":{\"$oid\":1},\"authors\":[\"x\"],\"guid\":\"3\","
        "\"发布日期\":\"20240506\"}\n");
    assert_string_equal(r.problems, "");
    assert_int_equal(record_count(&r), 3);
    assert_string_equal(text_at(&r, 0, "title"), "T");
    assert_string_equal(text_at(&r, 0, "body"), "B");
    assert_string_equal(text_at(&r, 0, "published"), "2024-05-06");
    assert_string_equal(text_at(&r, 0, "source"), "S");
    assert_string_equal(text_at(&r, 0, "author"), "A");
    assert_string_equal(text_at(&r, 0, "key"), "http://a.example/1");
    assert_string_equal(text_at(&r, 0, "lang"), "en");
    assert_string_equal(text_at(&r, 1, "body"), "this");
    assert_string_equal(text_at(&r, 1, "published"), "2024-05-05");
    assert_string_equal(text_at(&r, 1, "author"), "A");
    assert_string_equal(text_at(&r, 2, "body"), "this");
    assert_string_equal(text_at(&r, 2, "key"), "3");
    assert_string_equal(text_at(&r, 2, "published"), "2024-05-06");
    reading_free(&r);
}

static void the_html_of_a_record_is_read_as_a_page(void **state)
{
    test_archive *t = *state;
    reading r = extract_text(
        t, "a.jsonl",
        "{\"id\":1,\"title\":\"T\",\"html\":\"<html><body><h1>Other</h1><p>The dockers &amp; the port "
        "agreed on longer breaks on Monday morning.</p></body></html>\"}\n");
    assert_string_equal(text_at(&r, 0, "title"), "T");
    assert_non_null(strstr(text_at(&r, 0, "body"), "longer breaks"));
    assert_null(strstr(text_at(&r, 0, "body"), "<p>"));
    reading_free(&r);
}

static void records_in_other_encodings_are_read(void **state)
{
    test_archive *t = *state;
    bl_buffer wide = { 0 };
    static const char ascii[] = "{\"id\":\"1\",\"body\":\"x\"}\r\n";
    bl_buffer_append(&wide, "\xFF\xFE", 2);
    for (size_t i = 0; i < sizeof ascii - 1; i++)
        bl_buffer_append(&wide, (char[]){ ascii[i], 0 }, 2);
    write_buffer(t, "a.jsonl", &wide);
    reading r = extract(t, "a.jsonl");
    assert_string_equal(r.problems, "");
    assert_string_equal(text_at(&r, 0, "body"), "x");
    reading_free(&r);
}

static void packed_records_and_pages_are_read_and_a_cut_one_keeps_its_whole_lines(void **state)
{
    test_archive *t = *state;
    bl_buffer lines = { 0 }, packed = { 0 }, page = { 0 };
    for (int i = 0; i < 3000; i++)
        bl_buffer_printf(&lines, "{\"id\":\"k%d\",\"body\":\"Satz %d %x\"}\n", i, i,
                         (unsigned)i * 2654435761u);
    put_gzip(&packed, lines.data, lines.size);
    write_bytes(t, "cut.jsonl.gz", packed.data, packed.size / 2);
    static const char words[] = "Ein Titel\n\nDer Text der Seite ist auch da.\n";
    put_zstd(&page, words, sizeof words - 1);
    write_buffer(t, "page.txt.zst", &page);
    reading r = import_folder(t);
    assert_string_equal(r.problems, "0: the compressed data is cut off\n");
    assert_int_equal(r.counts.failed, 1);
    assert_true(r.counts.added > 500 && r.counts.added < 3000);
    char keys[1000];
    assert_non_null(strstr(found(t, "\"Der Text der Seite\"", NULL, keys), "page.txt.zst"));
    reading_free(&r);
    /* What was reported of an unchanged file is not reported again; the whole file brings the rest. */
    r = import_folder(t);
    assert_string_equal(r.problems, "");
    reading_free(&r);
    write_buffer(t, "cut.jsonl.gz", &packed);
    r = import_folder(t);
    assert_string_equal(r.problems, "");
    assert_int_equal(r.counts.added + r.counts.unchanged, 3001);
    reading_free(&r);
    bl_buffer_free(&lines);
}

static void content_tells_where_the_name_does_not(void **state)
{
    test_archive *t = *state;
    write_text(t, "lines", "{\"id\":\"1\",\"body\":\"a\"}\n{\"id\":\"2\",\"body\":\"b\"}\n");
    write_text(t, "printed", "{\n  \"id\": \"3\",\n  \"body\": \"c\"\n}\n");
    write_text(t, "array", "\n [{\"id\":\"4\",\"body\":\"d\"}]");
    write_bytes(t, "picture", "\x89PNG\r\n\x1A\n", 8);
    write_bytes(t, "program",
                "\x7F"
                "ELF\1\1\1",
                7);
    write_text(t, "page", "<!doctype html><html><body><p>Words of a page.</p></body></html>");
    write_text(t, "page.html", "<!doctype html><html><body><p>Words of another.</p></body></html>");
    write_bytes(t, "empty", "", 0);
    reading r = import_folder(t);
    assert_string_equal(r.problems, "");
    assert_int_equal(r.counts.added, 6);
    assert_int_equal(r.counts.skipped, 3);
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(each_row_is_a_record_under_the_names_of_the_head),
        TEST(separators_are_found_out),
        TEST(one_column_is_a_table_too),
        TEST(excel_s_encodings_are_recognized),
        TEST(errors_name_their_line_and_cost_one_row),
        TEST(a_table_without_a_text_is_reported_once),
        TEST(a_table_is_read_through_many_windows),
        TEST(records_go_by_other_names_and_their_own_come_first),
        TEST(the_html_of_a_record_is_read_as_a_page),
        TEST(records_in_other_encodings_are_read),
        TEST(packed_records_and_pages_are_read_and_a_cut_one_keeps_its_whole_lines),
        TEST(content_tells_where_the_name_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
