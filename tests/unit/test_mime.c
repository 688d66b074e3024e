/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Pages saved as messages (MHTML) and mails: the page that a reader would see, and what the message says of
 * it. */
#include "support.h"

#include "files.h"
#include "index/mime.h"

static bl_mime read_mime(const char *text)
{
    bl_error e = BL_ERROR_INIT;
    bl_mime mime;
    assert_true(bl_mime_is(text, strlen(text)));
    bl_mime_read(&e, text, strlen(text), &mime);
    assert_false(bl_failed(&e));
    return mime;
}

static void assert_page(const char *text, const char *page)
{
    bl_mime mime = read_mime(text);
    assert_string_equal(mime.page.data ? mime.page.data : "", page);
    bl_mime_free(&mime);
}

static const char saved[] =
    "From: <Saved by Blink>\r\n"
    "Snapshot-Content-Location: https://news.example/2021/4/quay.html\r\n"
    "Subject: =?utf-8?Q?=E6=B5=B7=E6=B8=AF=E5=B7=A5=E4=BC=9A_?=\r\n"
    " =?utf-8?Q?=E5=BC=80=E4?=\r\n =?utf-8?Q?=BC=9A?=\r\n"
    "Date: Fri, 3 May 2024 10:20:30 +0800\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Part--x----\"\r\n"
    "\r\n\r\n"
    "------Part--x----\r\n"
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: "
    "https://news.example/1.png\r\n"
    "\r\niVBORw0KGgo=\r\n"
    "------Part--x----\r\n"
    "Content-Type: text/html\r\nContent-ID: <frame-0@mhtml.blink>\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: "
    "https://news.example/2021/4/quay.html\r\n"
    "\r\n"
    "<html><body><p class=3D\"a\">=E6=B5=B7=E6=B8=AF=\r\n=E5=B7=A5=E4=BC=9A a=b  =  "
    "\r\nc</p></body></html>\r\n"
    "------Part--x------\r\n";

static void the_page_is_unpacked_and_what_the_message_says_of_it_kept(void **state)
{
    (void)state;
    bl_mime mime = read_mime(saved);
    assert_string_equal(mime.page.data, "<html><body><p class=\"a\">海港工会 a=b  c</p></body></html>\r\n");
    assert_string_equal(mime.url, "https://news.example/2021/4/quay.html");
    assert_string_equal(mime.captured, "2024-05-03T10:20:30+08:00");
    assert_string_equal(mime.title, "海港工会 开会");
    assert_string_equal(mime.type, "text/html");
    bl_mime_free(&mime);
}

static void the_part_named_as_root_is_the_page(void **state)
{
    (void)state;
    assert_page("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start=\"<root>\"\n\n"
                "--b\nContent-Type: text/html\n\n<p>frame</p>\n"
                "--b\nContent-Type: text/html\nContent-ID: <root>\n\n<p>page</p>\n--b--\n",
                "<p>page</p>\n");
    assert_page("MIME-Version: 1.0\nSnapshot-Content-Location: http://a.example/p\n"
                "Content-Type: multipart/related; boundary=b\n\n"
                "--b\nContent-Type: text/html\nContent-Location: http://a.example/frame\n\n<p>frame</p>\n"
                "--b\nContent-Type: text/html\nContent-Location: http://a.example/p\n\n<p>page</p>\n--b--\n",
                "<p>page</p>\n");
}

static void parts_in_parts_are_searched_and_html_preferred(void **state)
{
    (void)state;
    assert_page(
        "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=outer\n\n"
        "preamble\n--outer\nContent-Type: multipart/alternative; boundary=\"in ner\"\n\n"
        "--in ner\nContent-Type: text/plain\n\nplain\n"
        "--in ner\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: BASE64\n\n"
        "PHA+d29y\nZHM8L3A+\n--in ner--\n"
        "--outer\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>file</p>\n"
        "--outer--\n",
        "<p>words</p>");
}

static void broken_boundaries_do_not_hide_the_page(void **state)
{
    (void)state;
    static const char page[] = "--b\nContent-Type: text/html\n\n<p>page</p>\n";
    char text[400];
    /* Not closed. */
    snprintf(text, sizeof text, "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n%s", page);
    assert_page(text, "<p>page</p>\n");
    /* Named otherwise, and not at all. */
    snprintf(text, sizeof text, "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=other\n\n%s",
             page);
    assert_page(text, "<p>page</p>\n");
    snprintf(text, sizeof text, "MIME-Version: 1.0\nContent-Type: multipart/related\n\n%s--b--\n", page);
    assert_page(text, "<p>page</p>\n");
    /* None there. */
    assert_page("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n<p>page</p>\n",
                "<p>page</p>\n");
}

static void a_message_without_a_page_is_an_error(void **state)
{
    (void)state;
    static const char text[] =
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n";
    bl_error e = BL_ERROR_INIT;
    bl_mime mime;
    bl_mime_read(&e, text, sizeof text - 1, &mime);
    assert_int_equal(e.status, BULLETIN_BAD_INPUT);
    assert_false(bl_mime_is("Title: a page\nDate: today\n\ntext", 32));
    assert_false(bl_mime_is("", 0));
}

static void subjects_are_decoded_from_any_charset(void **state)
{
    static const struct {
        const char *subject, *title;
    } cases[] = {
        { "=?gb2312?B?uaS74b+qu+E=?=", "工会开会" },
        { "plain =?iso-8859-1?Q?caf=E9_?= and =?bogus", "plain café  and =?bogus" },
        { "=?big5?B?pHW3fA==?= x", "工會 x" },
        { "工会 raw", "工会 raw" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        snprintf(text, sizeof text, "Subject: %s\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>x</p>",
                 cases[i].subject);
        bl_mime mime = read_mime(text);
        assert_string_equal(mime.title, cases[i].title);
        bl_mime_free(&mime);
    }
}

static void a_saved_page_is_read_with_its_address_and_without_its_markup(void **state)
{
    test_archive *t = *state;
    write_bytes(t, "page.mhtml", saved, sizeof saved - 1);
    reading r = extract(t, "page.mhtml");
    assert_int_equal(record_count(&r), 1);
    assert_string_equal(text_at(&r, 0, "url"), "https://news.example/2021/4/quay.html");
    assert_string_equal(text_at(&r, 0, "origin.captured"), "2024-05-03T10:20:30+08:00");
    assert_non_null(strstr(text_at(&r, 0, "key"), "/in/page.mhtml"));
    assert_null(strstr(text_at(&r, 0, "body"), "=E6"));
    reading_free(&r);
    /* The same under a name that says nothing, and packed. */
    bl_buffer packed = { 0 };
    put_gzip(&packed, saved, sizeof saved - 1);
    write_buffer(t, "noname", &packed);
    r = extract(t, "noname");
    assert_string_equal(text_at(&r, 0, "url"), "https://news.example/2021/4/quay.html");
    reading_free(&r);
}

static void the_charset_of_the_part_tells_how_to_read_it(void **state)
{
    test_archive *t = *state;
    static const char text[] = "MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1251\n"
                               "Content-Transfer-Encoding: quoted-printable\n\n"
                               "<html><body><p>=CF=F0=EE=F4=F1=EE=FE=E7</p></body></html>";
    write_bytes(t, "page.mht", text, sizeof text - 1);
    reading r = extract(t, "page.mht");
    assert_true(strstr(text_at(&r, 0, "body"), "Профсоюз") || strstr(text_at(&r, 0, "title"), "Профсоюз"));
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(the_page_is_unpacked_and_what_the_message_says_of_it_kept),
        TEST(the_part_named_as_root_is_the_page),
        TEST(parts_in_parts_are_searched_and_html_preferred),
        TEST(broken_boundaries_do_not_hide_the_page),
        TEST(a_message_without_a_page_is_an_error),
        TEST(subjects_are_decoded_from_any_charset),
        TEST(a_saved_page_is_read_with_its_address_and_without_its_markup),
        TEST(the_charset_of_the_part_tells_how_to_read_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
