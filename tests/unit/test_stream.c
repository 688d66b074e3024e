/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Files to plain bytes: packed ones give what their plain form would, broken ones what was whole. */
#include "support.h"

#include "files.h"
#include "index/stream.h"

static const char text[] = "第一行\nline two\n第三行没有换行";

static bl_buffer read_all(bl_stream *s)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer out = { 0 };
    bl_stream_read(&e, s, UINT64_MAX, &out);
    assert_false(bl_failed(&e));
    return out;
}

/* What the stream gives, and the problem it names. */
static void assert_gives(const bl_buffer *file, const char *plain, size_t size, const char *problem)
{
    bl_error e = BL_ERROR_INIT;
    bl_stream *s = bl_stream_of(&e, file->data, file->size);
    assert_non_null(s);
    bl_buffer out = read_all(s);
    assert_int_equal(out.size, size);
    assert_memory_equal(out.data ? out.data : "", plain, size);
    if (problem)
        assert_string_equal(bl_stream_problem(s), problem);
    else
        assert_null(bl_stream_problem(s));
    bl_stream_close(s);
    bl_buffer_free(&out);
}

static void every_member_of_a_packed_file_is_read(void **state)
{
    bl_buffer gzip = { 0 }, zstd = { 0 };
    (void)state;
    put_gzip(&gzip, text, 5);
    put_gzip(&gzip, "", 0);
    put_gzip(&gzip, text + 5, sizeof text - 6);
    assert_gives(&gzip, text, sizeof text - 1, NULL);
    put_zstd(&zstd, text, 5);
    put_zstd(&zstd, "", 0);
    put_zstd(&zstd, text + 5, sizeof text - 6);
    assert_gives(&zstd, text, sizeof text - 1, NULL);
    bl_buffer_free(&gzip);
    bl_buffer_free(&zstd);
}

static bl_buffer long_text(size_t size)
{
    bl_buffer out = { 0 };
    for (unsigned i = 0; out.size < size; i++)
        bl_buffer_printf(&out, "%u 个工会 %x\n", i, i * 2654435761u);
    return out;
}

static void a_file_of_many_windows_is_read_whole(void **state)
{
    bl_buffer plain = long_text(1000000), gzip = { 0 }, zstd = { 0 };
    (void)state;
    assert_gives(&plain, plain.data, plain.size, NULL);
    put_gzip(&gzip, plain.data, plain.size);
    assert_gives(&gzip, plain.data, plain.size, NULL);
    put_zstd(&zstd, plain.data, plain.size);
    assert_gives(&zstd, plain.data, plain.size, NULL);
    bl_buffer_free(&plain);
    bl_buffer_free(&gzip);
    bl_buffer_free(&zstd);
}

static void a_cut_file_gives_what_came_before_and_says_so(void **state)
{
    bl_buffer plain = long_text(300000), packed = { 0 };
    (void)state;
    for (int zstd = 0; zstd < 2; zstd++) {
        bl_buffer_cut(&packed, 0);
        if (zstd)
            put_zstd(&packed, plain.data, plain.size);
        else
            put_gzip(&packed, plain.data, plain.size);
        bl_error e = BL_ERROR_INIT;
        bl_stream *s = bl_stream_of(&e, packed.data, packed.size / 2);
        bl_buffer out = read_all(s);
        assert_string_equal(bl_stream_problem(s), "the compressed data is cut off");
        assert_true(out.size < plain.size);
        assert_true(zstd || out.size > plain.size / 4);
        assert_memory_equal(out.data ? out.data : "", plain.data, out.size);
        bl_stream_close(s);
        bl_buffer_free(&out);
    }
    bl_buffer_free(&plain);
    bl_buffer_free(&packed);
}

static void damage_and_foreign_bytes_are_named_and_padding_is_not(void **state)
{
    bl_buffer packed = { 0 };
    (void)state;
    put_gzip(&packed, text, sizeof text - 1);
    size_t whole = packed.size;
    bl_buffer_append(&packed, "\0\0\0\0\0\0\0\0", 8);
    assert_gives(&packed, text, sizeof text - 1, NULL);
    bl_buffer_cut(&packed, whole);
    bl_buffer_puts(&packed, "not gzip");
    assert_gives(&packed, text, sizeof text - 1, "what follows the compressed data is something else");
    bl_buffer_cut(&packed, whole);
    packed.data[whole - 6] ^= 1; /* its checksum */
    assert_gives(&packed, text, sizeof text - 1, "the compressed data is damaged");
    bl_buffer_free(&packed);
}

static void the_place_of_a_member_is_its_offset_in_the_file(void **state)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer packed = { 0 };
    size_t size;
    (void)state;
    put_gzip(&packed, "erst", 4);
    size_t second = packed.size;
    put_gzip(&packed, "dann", 4);
    bl_stream *s = bl_stream_of(&e, packed.data, packed.size);
    bl_stream_window(&e, s, &size);
    assert_int_equal(bl_stream_place(s), 0);
    bl_stream_take(s, 4);
    bl_stream_window(&e, s, &size);
    assert_int_equal(size, 4);
    assert_int_equal(bl_stream_place(s), second);
    bl_stream_take(s, 1); /* inside a member only the unpacked offset tells */
    assert_int_equal(bl_stream_place(s), 5);
    bl_stream_close(s);
    bl_buffer_free(&packed);
}

static void a_file_in_another_encoding_becomes_utf_8(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *plain;
    } cases[] = {
        { "\xFF\xFE\x0D\x4E\x0A\0\x3D\xD8\x8A\xDC", 10, "不\n💊" }, /* 💊 is U+1F48A, two units */
        { "\xEF\xBB\xBF\xE4\xB8\x8D", 6, "不" },
        { "\xB1\xEA\xCC\xE2,\xD5\xFD\xCE\xC4\n\xB9\xA4\xBB\xE1\xBF\xAA\xBB\xE1,"
          "\xB4\xFA\xB1\xED\xC0\xB4\xC1\xCB\n",
          29, "标题,正文\n工会开会,代表来了\n" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bl_error e = BL_ERROR_INIT;
        bl_stream *s = bl_stream_of(&e, cases[i].bytes, cases[i].size);
        bl_stream_decode(&e, s);
        bl_buffer out = read_all(s);
        assert_string_equal(out.data, cases[i].plain);
        bl_stream_close(s);
        bl_buffer_free(&out);
    }
}

static void characters_on_the_edge_of_a_window_are_not_torn(void **state)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer utf16 = { 0 }, wanted = { 0 };
    (void)state;
    bl_buffer_append(&utf16, "\xFE\xFF", 2);
    for (int i = 0; i < 100000; i++) {
        bl_buffer_append(&utf16, i % 3 ? "\x5D\xE5" : "\xD8\x3D\xDC\x8A", i % 3 ? 2 : 4);
        bl_buffer_puts(&wanted, i % 3 ? "工" : "💊");
    }
    bl_stream *s = bl_stream_of(&e, utf16.data, utf16.size);
    bl_stream_decode(&e, s);
    bl_buffer out = read_all(s);
    assert_int_equal(out.size, wanted.size);
    assert_memory_equal(out.data, wanted.data, wanted.size);
    bl_stream_close(s);
    bl_buffer_free(&utf16);
    bl_buffer_free(&wanted);
    bl_buffer_free(&out);
}

static void lines_come_whole_and_endless_ones_shortened(void **state)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer plain = { 0 }, line = { 0 };
    (void)state;
    bl_buffer_puts(&plain, "eins\n\n");
    for (int i = 0; i < 200000; i++)
        bl_buffer_putc(&plain, 'x');
    bl_buffer_puts(&plain, "\nlast");
    bl_stream *s = bl_stream_of(&e, plain.data, plain.size);
    assert_true(bl_stream_line(&e, s, 1000, &line));
    assert_string_equal(line.data, "eins\n");
    assert_true(bl_stream_line(&e, s, 1000, &line));
    assert_string_equal(line.data, "\n");
    assert_true(bl_stream_line(&e, s, 1000, &line));
    assert_int_equal(line.size, 1001);
    assert_true(bl_stream_line(&e, s, 1000, &line));
    assert_string_equal(line.data, "last");
    assert_false(bl_stream_line(&e, s, 1000, &line));
    bl_stream_close(s);
    bl_buffer_free(&plain);
    bl_buffer_free(&line);
}

/* A dictionary in a first frame that other readers skip, as web archives in Zstandard have it. */
static void a_dictionary_at_the_beginning_serves_all_frames(void **state)
{
    bl_buffer dictionary = long_text(20000), file = { 0 };
    ZSTD_CCtx *context = ZSTD_createCCtx();
    (void)state;
    bl_buffer_append(&file, "\x5D\x2A\x4D\x18", 4);
    for (int i = 0; i < 4; i++)
        bl_buffer_putc(&file, (char)(dictionary.size >> 8 * i & 0xFF));
    bl_buffer_append(&file, dictionary.data, dictionary.size);
    for (int i = 0; i < 2; i++) {
        bl_buffer_reserve(&file, 8000);
        size_t made =
            ZSTD_compress_usingDict(context, file.data + file.size, 8000, dictionary.data + i * 5000, 5000,
                                    dictionary.data, dictionary.size, 3);
        assert_false(ZSTD_isError(made));
        file.size += made;
    }
    bl_buffer alone = { 0 };
    put_zstd(&alone, dictionary.data, 10000);
    assert_true(file.size - dictionary.size < alone.size);
    bl_buffer_free(&alone);
    assert_gives(&file, dictionary.data, 10000, NULL);
    ZSTD_freeCCtx(context);
    bl_buffer_free(&dictionary);
    bl_buffer_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_a_packed_file_is_read),
        cmocka_unit_test(a_file_of_many_windows_is_read_whole),
        cmocka_unit_test(a_cut_file_gives_what_came_before_and_says_so),
        cmocka_unit_test(damage_and_foreign_bytes_are_named_and_padding_is_not),
        cmocka_unit_test(the_place_of_a_member_is_its_offset_in_the_file),
        cmocka_unit_test(a_file_in_another_encoding_becomes_utf_8),
        cmocka_unit_test(characters_on_the_edge_of_a_window_are_not_torn),
        cmocka_unit_test(lines_come_whole_and_endless_ones_shortened),
        cmocka_unit_test(a_dictionary_at_the_beginning_serves_all_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
