/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Web archives to bulletins: pages come in under their address, everything else is counted, and a file that
 * is still being written loses nothing. */
#include "support.h"

#include "files.h"

static const char harbour[] =
    "<html><head><title>Harbour talks</title></head><body><h1>Harbour talks</h1>"
    "<p>Dockers of Ostrava Quay met the port on Monday and agreed on longer breaks.</p>"
    "</body></html>";

/* One record; `size` is that of the block. */
static void put_record(bl_buffer *out, const char *head, const char *block, size_t size)
{
    bl_buffer_printf(out, "WARC/1.0\r\n%sContent-Length: %zu\r\n\r\n", head, size);
    bl_buffer_append(out, block, size);
    bl_buffer_puts(out, "\r\n\r\n");
}

static void put_answer(bl_buffer *out, const char *url, const char *http, const char *body, size_t size)
{
    bl_buffer head = { 0 }, block = { 0 };
    bl_buffer_printf(&head,
                     "WARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
                     "Content-Type: application/http; msgtype=response\r\n",
                     url);
    bl_buffer_printf(&block, "%s\r\n\r\n", http);
    bl_buffer_append(&block, body, size);
    put_record(out, head.data, block.data, block.size);
    bl_buffer_free(&head);
    bl_buffer_free(&block);
}

static void put_page(bl_buffer *out, const char *url, const char *text)
{
    bl_buffer page = { 0 };
    bl_buffer_printf(&page, "<html><body><h1>%s</h1><p>%s</p></body></html>", url, text);
    put_answer(out, url, "HTTP/1.1 200 OK\r\nContent-Type: text/html", page.data, page.size);
    bl_buffer_free(&page);
}

static const char info[] = "software: none\r\n";

static void put_info(bl_buffer *out)
{
    put_record(out, "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n", info,
               sizeof info - 1);
}

static bool has_text(const reading *r, int i, const char *text)
{
    return strstr(text_at(r, i, "body"), text) || strstr(text_at(r, i, "title"), text);
}

static void a_page_comes_in_under_its_address_with_the_day_of_its_capture(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_info(&warc);
    size_t place = warc.size;
    put_answer(&warc, "http://news.example/2021/03/04/harbour.html",
               "HTTP/1.1 200 OK\r\nContent-Type: text/html", harbour, sizeof harbour - 1);
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_string_equal(r.problems, "");
    assert_int_equal(record_count(&r), 1);
    assert_string_equal(text_at(&r, 0, "key"), "http://news.example/2021/03/04/harbour.html");
    assert_string_equal(text_at(&r, 0, "url"), "http://news.example/2021/03/04/harbour.html");
    assert_string_equal(text_at(&r, 0, "origin.captured"), "2024-05-06T07:08:09Z");
    assert_string_not_equal(text_at(&r, 0, "published"), "2024-05-06");
    assert_true(has_text(&r, 0, "longer breaks"));
    char ending[64];
    snprintf(ending, sizeof ending, "/in/a.warc#%zu", place);
    assert_non_null(strstr(text_at(&r, 0, "origin.path"), ending));
    reading_free(&r);
}

static void a_date_of_capture_is_no_date_of_publication(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_page(&warc, "http://a.example/x", "Ein Text ohne jedes Datum, aber mit genug Worten darin.");
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_string_equal(text_at(&r, 0, "published"), "");
    reading_free(&r);
}

static void packed_records_are_found_at_the_place_of_their_member(void **state)
{
    test_archive *t = *state;
    for (int zstd = 0; zstd < 2; zstd++) {
        bl_buffer first = { 0 }, second = { 0 }, file = { 0 };
        const char *name = zstd ? "a.warc.zst" : "a.warc.gz";
        put_page(&first, "http://a.example/1", "Der erste Text steht hier.");
        put_page(&second, "http://a.example/2", "Der zweite Text steht hier.");
        (zstd ? put_zstd : put_gzip)(&file, first.data, first.size);
        size_t place = file.size;
        (zstd ? put_zstd : put_gzip)(&file, second.data, second.size);
        write_buffer(t, name, &file);
        reading r = extract(t, name);
        assert_int_equal(record_count(&r), 2);
        assert_true(has_text(&r, 1, "zweite"));
        char ending[64];
        snprintf(ending, sizeof ending, "%s#%zu", name, place);
        assert_non_null(strstr(text_at(&r, 1, "origin.path"), ending));
        reading_free(&r);
        bl_buffer_free(&first);
        bl_buffer_free(&second);
    }
}

static void put_chunk(bl_buffer *out, const char *bytes, size_t size)
{
    bl_buffer_printf(out, "%zx;note\r\n", size);
    bl_buffer_append(out, bytes, size);
    bl_buffer_puts(out, "\r\n");
}

static void chunks_and_content_codings_are_undone(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 }, chunks = { 0 }, gzip = { 0 }, zstd = { 0 };
    put_gzip(&gzip, harbour, sizeof harbour - 1);
    put_chunk(&chunks, gzip.data, 10);
    put_chunk(&chunks, gzip.data + 10, gzip.size - 10);
    bl_buffer_puts(&chunks, "0\r\n\r\n");
    put_zstd(&zstd, harbour, sizeof harbour - 1);
    put_answer(
        &warc, "http://a.example/1",
        "HTTP/1.1 200 OK\r\ncontent-type:text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
        chunks.data, chunks.size);
    put_answer(&warc, "http://a.example/2", "HTTP/2 200\r\nContent-Type: text/html\r\nContent-Encoding: zstd",
               zstd.data, zstd.size);
    /* Stored unpacked beside the head of the packed one. */
    put_answer(
        &warc, "http://a.example/3",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
        harbour, sizeof harbour - 1);
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_string_equal(r.problems, "");
    assert_int_equal(record_count(&r), 3);
    for (int i = 0; i < 3; i++)
        assert_true(has_text(&r, i, "longer breaks"));
    reading_free(&r);
    bl_buffer_free(&chunks);
    bl_buffer_free(&gzip);
    bl_buffer_free(&zstd);
}

static void deflate_is_read_with_and_without_its_head(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    for (int raw = 0; raw < 2; raw++) {
        char packed[1000], url[] = "http://a.example/0";
        z_stream z = { 0 };
        deflateInit2(&z, 6, Z_DEFLATED, raw ? -MAX_WBITS : MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
        z.next_in = (Bytef *)(uintptr_t)harbour;
        z.avail_in = sizeof harbour - 1;
        z.next_out = (Bytef *)packed;
        z.avail_out = sizeof packed;
        assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
        url[sizeof url - 2] = (char)('0' + raw);
        put_answer(&warc, url, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate",
                   packed, z.total_out);
        deflateEnd(&z);
    }
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_int_equal(record_count(&r), 2);
    assert_true(has_text(&r, 0, "longer breaks"));
    assert_true(has_text(&r, 1, "longer breaks"));
    reading_free(&r);
}

static void what_is_no_page_is_skipped_and_counted(void **state)
{
    test_archive *t = *state;
    static const char *const heads[] = {
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html",
        "HTTP/1.1 301 Moved\r\nContent-Type: text/html",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br",
    };
    bl_buffer warc = { 0 };
    put_info(&warc);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put_answer(&warc, "http://a.example/x", heads[i], harbour, sizeof harbour - 1);
    put_answer(&warc, "http://a.example/robots.txt", "HTTP/1.1 200 OK\r\nContent-Type: text/plain",
               "User-agent: *", 13);
    put_answer(&warc, "http://a.example/empty", "HTTP/1.1 200 OK\r\nContent-Type: text/html", "", 0);
    put_record(&warc,
               "WARC-Type: revisit\r\nWARC-Target-URI: http://a.example/old\r\n"
               "Content-Type: application/http; msgtype=response\r\n",
               "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 44);
    put_record(&warc, "WARC-Type: request\r\nWARC-Target-URI: http://a.example/\r\n",
               "GET / HTTP/1.1\r\n\r\n", 18);
    put_record(&warc, "WARC-Type: response\r\nWARC-Target-URI: dns:a.example\r\nContent-Type: text/dns\r\n",
               "x", 1);
    put_page(&warc, "http://a.example/good", "Nur diese Seite ist eine.");
    write_buffer(t, "a.warc", &warc);
    reading r = import_folder(t);
    assert_string_equal(r.problems, "");
    assert_int_equal(r.counts.added, 1);
    assert_int_equal(r.counts.skipped, 9);
    assert_int_equal(r.counts.skipped_by[BULLETIN_SKIPPED_STATUS], 2);
    assert_int_equal(r.counts.skipped_by[BULLETIN_SKIPPED_TYPE], 4);
    assert_int_equal(r.counts.skipped_by[BULLETIN_SKIPPED_CODING], 1);
    assert_int_equal(r.counts.skipped_by[BULLETIN_SKIPPED_EMPTY], 2);
    assert_finds(t, "", "http://a.example/good");
    reading_free(&r);
}

static void files_and_texts_are_read_without_an_answer_around_them(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_record(
        &warc,
        "WARC-Type: resource\r\nWARC-Target-URI: <http://a.example/file>\r\nContent-Type: text/html\r\n",
        harbour, sizeof harbour - 1);
    put_record(
        &warc,
        "WARC-Type: conversion\r\nWARC-Target-URI: http://a.example/text\r\nContent-Type: text/plain\r\n",
        "Plain words of a page.", 22);
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_int_equal(record_count(&r), 2);
    assert_string_equal(text_at(&r, 0, "key"), "http://a.example/file");
    assert_true(has_text(&r, 0, "longer breaks"));
    assert_true(has_text(&r, 1, "Plain words"));
    reading_free(&r);
}

static void the_charset_of_the_answer_is_believed_where_the_bytes_allow_it(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    static const char russian[] = "<html><body><p>\xCF\xF0\xEE\xF4\xF1\xEE\xFE\xE7</p></body></html>";
    put_answer(&warc, "http://a.example/1",
               "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"Windows-1251\"", russian,
               sizeof russian - 1);
    put_answer(&warc, "http://a.example/2", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1",
               "<html><body><p>工会代表大会今天召开。</p></body></html>", 59);
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_true(has_text(&r, 0, "Профсоюз"));
    assert_true(has_text(&r, 1, "工会代表大会"));
    reading_free(&r);
}

static void a_record_that_is_cut_off_is_reported_and_read_when_the_file_has_grown(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_page(&warc, "http://a.example/1", "Der erste Text steht hier.");
    size_t second = warc.size;
    put_page(&warc, "http://a.example/2", "Der zweite Text steht hier.");
    write_bytes(t, "a.warc", warc.data, warc.size - 30);
    reading r = import_folder(t);
    char wanted[64];
    snprintf(wanted, sizeof wanted, "0: at byte %zu: the record is cut off\n", second);
    assert_string_equal(r.problems, wanted);
    assert_int_equal(r.counts.added, 1);
    assert_int_equal(r.counts.failed, 1);
    reading_free(&r);
    write_bytes(t, "a.warc", warc.data, warc.size);
    r = import_folder(t);
    assert_string_equal(r.problems, "");
    assert_int_equal(r.counts.added, 1);
    assert_int_equal(r.counts.unchanged, 1);
    assert_finds(t, "", "http://a.example/1 http://a.example/2");
    assert_checks(t);
    reading_free(&r);
    bl_buffer_free(&warc);
}

static void a_packed_record_that_is_cut_off_is_reported_once(void **state)
{
    test_archive *t = *state;
    bl_buffer first = { 0 }, second = { 0 }, file = { 0 };
    put_page(&first, "http://a.example/1", "Der erste Text steht hier.");
    put_page(&second, "http://a.example/2", "Der zweite Text steht hier.");
    put_gzip(&file, first.data, first.size);
    size_t place = file.size;
    put_gzip(&file, second.data, second.size);
    write_bytes(t, "a.warc.gz", file.data, file.size - 20);
    reading r = extract(t, "a.warc.gz");
    char wanted[128];
    snprintf(wanted, sizeof wanted, "0: at byte %zu: the record is cut off: the compressed data is cut off\n",
             place);
    assert_string_equal(r.problems, wanted);
    assert_int_equal(record_count(&r), 1);
    reading_free(&r);
    bl_buffer_free(&first);
    bl_buffer_free(&second);
    bl_buffer_free(&file);
}

static void importing_again_does_nothing_and_a_later_capture_of_the_same_nothing_either(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_page(&warc, "http://a.example/1", "Der erste Text steht hier.");
    write_bytes(t, "a.warc", warc.data, warc.size);
    reading r = import_folder(t);
    assert_int_equal(r.counts.added, 1);
    reading_free(&r);
    r = import_folder(t);
    assert_int_equal(r.counts.unchanged, 1);
    reading_free(&r);
    char *date = strstr(warc.data, "2024-05-06");
    memcpy(date, "2025", 4);
    write_bytes(t, "b.warc", warc.data, warc.size);
    r = import_folder(t);
    assert_int_equal(r.counts.added + r.counts.updated + r.counts.collisions, 0);
    assert_int_equal(r.counts.unchanged, 2);
    reading_free(&r);
    bl_buffer_free(&warc);
}

static void what_was_removed_comes_back_with_its_archive(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_page(&warc, "http://a.example/1", "Der erste Text steht hier.");
    write_buffer(t, "a.warc", &warc);
    reading r = import_folder(t);
    reading_free(&r);
    assert_int_equal(bulletin_remove(t->archive, 1), BULLETIN_OK);
    r = import_folder(t);
    assert_int_equal(r.counts.added, 1);
    reading_free(&r);
}

static void a_page_has_vanished_with_its_archive_only(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    char path[128];
    put_page(&warc, "http://a.example/1", "Der erste Text steht hier.");
    write_buffer(t, "a.warc", &warc);
    reading r = import_folder(t);
    assert_finds(t, "is:vanished", "");
    snprintf(path, sizeof path, "%s/in/a.warc", t->folder);
    remove(path);
    assert_finds(t, "is:vanished", "http://a.example/1");
    reading_free(&r);
}

static void damage_between_records_costs_only_what_is_damaged(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 };
    put_page(&warc, "http://a.example/1", "Der erste Text steht hier.");
    bl_buffer_puts(&warc, "junk\nmore junk\n\n");
    bl_buffer_puts(&warc, "WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n");
    put_page(&warc, "http://a.example/2", "Der zweite Text steht hier.");
    write_buffer(t, "a.warc", &warc);
    reading r = extract(t, "a.warc");
    assert_int_equal(record_count(&r), 2);
    assert_non_null(strstr(r.problems, "no record begins here\n"));
    assert_non_null(strstr(r.problems, "the record has no Content-Length\n"));
    reading_free(&r);
}

static void an_archive_is_known_by_its_content(void **state)
{
    test_archive *t = *state;
    bl_buffer warc = { 0 }, packed = { 0 };
    put_info(&warc);
    put_page(&warc, "http://a.example/1", "Der erste Text steht hier.");
    put_gzip(&packed, warc.data, warc.size);
    write_buffer(t, "crawl-0001", &packed);
    reading r = import_folder(t);
    assert_int_equal(r.counts.added, 1);
    assert_finds(t, "", "http://a.example/1");
    reading_free(&r);
    bl_buffer_free(&warc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(a_page_comes_in_under_its_address_with_the_day_of_its_capture),
        TEST(a_date_of_capture_is_no_date_of_publication),
        TEST(packed_records_are_found_at_the_place_of_their_member),
        TEST(chunks_and_content_codings_are_undone),
        TEST(deflate_is_read_with_and_without_its_head),
        TEST(what_is_no_page_is_skipped_and_counted),
        TEST(files_and_texts_are_read_without_an_answer_around_them),
        TEST(the_charset_of_the_answer_is_believed_where_the_bytes_allow_it),
        TEST(a_record_that_is_cut_off_is_reported_and_read_when_the_file_has_grown),
        TEST(a_packed_record_that_is_cut_off_is_reported_once),
        TEST(importing_again_does_nothing_and_a_later_capture_of_the_same_nothing_either),
        TEST(what_was_removed_comes_back_with_its_archive),
        TEST(a_page_has_vanished_with_its_archive_only),
        TEST(damage_between_records_costs_only_what_is_damaged),
        TEST(an_archive_is_known_by_its_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
