/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Which passages of a text are shown, where they are cut and what is marked in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>

#include "base/utf8.h"
#include "search/phrase.h"
#include "search/query.h"
#include "search/skip.h"
#include "search/snippet.h"

typedef struct bench {
    bl_error e;
    bl_cutter *cutter;
    bl_tokens tokens;
    bl_layout layout;
    bl_plan plan;
    bl_highlights marks;
    bl_buffer snippet;
} bench;

static bench open_bench(const char *query)
{
    bench b = { .e = BL_ERROR_INIT };
    b.cutter = bl_cutter_open(&b.e);
    const bl_expander expander = { .cutter = b.cutter };
    bl_plan_make(&b.e, &expander, bl_query_parse(&b.e, query, strlen(query)), BL_PLAN_ALL, &b.plan);
    assert_false(bl_failed(&b.e));
    return b;
}

static void make(bench *b, const char *text, size_t size, unsigned columns)
{
    bl_highlight(&b->e, b->cutter, &b->tokens, &b->plan, text, size, 0, BL_HIGHLIGHT_BEST, &b->marks);
    bl_snippet(&b->e, b->cutter, &b->layout, text, size, columns, &b->marks, &b->snippet);
    assert_false(bl_failed(&b->e));
}

static void close_bench(bench *b)
{
    bl_plan_free(&b->plan);
    bl_tokens_free(&b->tokens);
    bl_layout_free(&b->layout);
    bl_highlights_free(&b->marks);
    bl_buffer_free(&b->snippet);
    bl_cutter_close(b->cutter);
}

/* The snippet with its matches in brackets; new. */
static char *marked(const bench *b)
{
    bl_buffer out = { 0 };
    size_t at = 0;
    for (size_t i = 0; i < b->marks.count; i++) {
        bl_buffer_append(&out, b->snippet.data + at, b->marks.list[i].start - at);
        bl_buffer_puts(&out, "[");
        at = b->marks.list[i].end;
        bl_buffer_append(&out, b->snippet.data + b->marks.list[i].start, at - b->marks.list[i].start);
        bl_buffer_puts(&out, "]");
    }
    bl_buffer_append(&out, b->snippet.data + at, b->snippet.size - at);
    return bl_buffer_steal(&out);
}

static unsigned columns_of(const char *text, size_t size)
{
    unsigned columns = 0;
    for (size_t at = 0; at < size;)
        columns += bl_columns(bl_utf8_next(text, size, &at));
    return columns;
}

#define FILL "这里写的是别的事情，与所问无关。"
#define FILL4 FILL FILL FILL FILL

static void passages_show_all_units_and_end_with_sentences(void **state)
{
    static const struct {
        const char *query, *text;
        unsigned columns;
        const char *snippet;
    } rows[] = {
        { "", "岚溪糖厂点火。老锅炉退役。", 160, "岚溪糖厂点火。老锅炉退役。" },
        { "", "岚溪糖厂点火。老锅炉退役。", 16, "岚溪糖厂点火。…" },
        { "", "岚溪糖厂点火了吗？老锅炉退役", 21, "岚溪糖厂点火了吗？…" },
        { "锅炉", "岚溪糖厂点火。老锅炉退役。", 160, "岚溪糖厂点火。老[锅炉]退役。" },
        { "锅炉", FILL4 "老锅炉退役；新锅炉点火。" FILL4, 28, "…老[锅炉]退役；新[锅炉]点火。…" },
        { "锅炉", FILL4 "老锅炉退役；新的尚未点火，正在等待。" FILL4, 16, "…老[锅炉]退役；…" },
        { "锅炉", FILL4 "老锅炉退役……新的尚未点火，正在等待。" FILL4, 20,
          "…老[锅炉]退役……"
          "…" },
        { "锅炉", FILL4 "“老锅炉退役；”新的尚未点火。" FILL4, 22, "…“老[锅炉]退役；”…" },
        { "boiler",
          "No news. Nothing at all to report from the mill of Lanxi today. The old boiler was retired by "
          "the mill. Nothing else.",
          44, "…The old [boiler] was retired by the mill.…" },
        { "boiler", "The electrification of the mill brought a boiler retirement programme", 32,
          "…brought a [boiler] retirement…" },
        { "糖厂 食堂", FILL4 "糖厂点火。" FILL4 FILL4 "食堂开张。" FILL4, 80,
          "…[糖厂]点火。这里写的是别的事情，…[食堂]开张。这里写的是别的事情，…" },
        { "糖厂 食堂", FILL4 "糖厂的食堂开张。" FILL4 "糖厂" FILL4, 40,
          "…[糖厂]的[食堂]开张。这里写的是别的事情，…" },
        { "纺织工业", "岚溪市紡織工業協會", 60, "岚溪市[紡織工業]協會" },
        { "产业 业工", "产业工人", 60, "[产业工]人" },
        { "looms", "one\nthe loom and looms\n\nend", 60, "one the [loom] and [looms]  end" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bench b = open_bench(rows[i].query);
        make(&b, rows[i].text, strlen(rows[i].text), rows[i].columns);
        char *shown = marked(&b);
        if (strcmp(shown, rows[i].snippet) != 0)
            fail_msg("%s in %u columns:\n   [%s]\nnot [%s]", rows[i].query, rows[i].columns, shown,
                     rows[i].snippet);
        free(shown);
        close_bench(&b);
    }
}

/* ---- what holds for every text ---- */

static uint32_t random_number(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Letters, words and signs that are easily cut in the wrong place. */
static const char *const pieces[] = {
    "产改",    "产",
    "改",      "工会",
    "產業",    "工人",
    "，",      "。",
    "；",      "……",
    "\n",      " ",
    "　",      "“",
    "”",       "worker",
    "Workers", "e\xCC\x81té",
    "union",   ". ",
    "? ",      "U.S.",
    "2024",    "年",
    "🇨🇳",      "👩‍🔧",
    "각",      "\xE1\x84\x80\xE1\x85\xA1",
    "が",      "か\xE3\x82\x99",
    "ไทย",     "नि",
    "\xFF",    "\xE4\xBA",
    "ﬁ",       "㍑",
    "\r\n",    "è\xCC\xA3",
    "＝",
};
enum { PIECES = sizeof pieces / sizeof *pieces };

static size_t random_text(uint32_t *state, char *text, size_t room)
{
    size_t size = 0;
    for (size_t n = random_number(state, 400); n > 0 && size + 16 < room; n--) {
        const char *piece = pieces[random_number(state, PIECES)];
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    text[size] = '\0';
    return size;
}

/* Every range, folded, is a form that the query asks for: the query finds it from its first byte to its last.
 */
static void assert_marks_match(bench *b)
{
    for (size_t i = 0; i < b->marks.count; i++) {
        bulletin_range range = b->marks.list[i];
        bl_highlights own = { 0 };
        assert_true(range.start < range.end && range.end <= b->snippet.size);
        assert_true(i == 0 || range.start > b->marks.list[i - 1].end);
        bl_highlight(&b->e, b->cutter, &b->tokens, &b->plan, b->snippet.data + range.start,
                     range.end - range.start, 0, BL_HIGHLIGHT_ALL, &own);
        bl_highlights_merge(&own);
        if (own.count != 1 || own.list[0].start != 0 || own.list[0].end != range.end - range.start)
            fail_msg("marked without a match: [%.*s]", (int)(range.end - range.start),
                     b->snippet.data + range.start);
        bl_highlights_free(&own);
    }
}

/* The cells of the whole text hold the edge of every cluster: a layout of any part must cut nowhere else. */
static void assert_cut_between_clusters(const char *text, size_t size, const bl_layout *part)
{
    UErrorCode status = U_ZERO_ERROR;
    UText whole = UTEXT_INITIALIZER;
    UBreakIterator *clusters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    utext_openUTF8(&whole, text, (int64_t)size, &status);
    ubrk_setUText(clusters, &whole, &status);
    assert_true(U_SUCCESS(status));
    for (size_t i = 0; i <= part->count; i++)
        if (!ubrk_isBoundary(clusters, (int32_t)part->cells[i].start))
            fail_msg("cut inside a character at %u", part->cells[i].start);
    ubrk_close(clusters);
    utext_close(&whole);
}

static void random_snippets_fit_and_mark_only_what_matches(void **state)
{
    static const char *const queries[] = { "产改",   "产",     "工会 工人",  "worker",    "été",
                                           "\"，\"", "“产改”", "产业 union", "U.S. 2024", "か" };
    char text[8192];
    uint32_t seed = 20240417;
    (void)state;
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        bench b = open_bench(queries[q]);
        for (int run = 0; run < 300; run++) {
            size_t size = random_text(&seed, text, sizeof text);
            unsigned columns = 20 + random_number(&seed, 180);
            make(&b, text, size, columns);
            assert_true(columns_of(b.snippet.data, b.snippet.size) <= columns);
            assert_marks_match(&b);
        }
        close_bench(&b);
    }
}

static void random_layouts_cut_between_characters(void **state)
{
    char text[8192];
    uint32_t seed = 77;
    bench b = open_bench("");
    (void)state;
    for (int run = 0; run < 2000; run++) {
        size_t size = random_text(&seed, text, sizeof text);
        size_t from = size > 0 ? random_number(&seed, (uint32_t)size) : 0;
        size_t to = from + random_number(&seed, (uint32_t)(size - from + 1));
        while (from > 0 && ((unsigned char)text[from] & 0xC0) == 0x80)
            from--;
        bl_layout_text(&b.e, b.cutter, text, size, from, to, &b.layout);
        assert_false(bl_failed(&b.e));
        assert_cut_between_clusters(text, size, &b.layout);
    }
    close_bench(&b);
}

/* What needs Unicode's tables may stand far behind: the same text before it is cut in the same places. */
static void plain_text_is_cut_as_unicode_says(void **state)
{
    static const char *const plain[] = {
        "产", "改。", "，", "！”", "“产", "3.5", "union", " ",  "\n", "（3",
        "》", "；",   "…",  "？",  "」",  "-",   "\"",    "％", "、", "a.5"
    };
    char text[4096];
    uint32_t seed = 9;
    bench b = open_bench("");
    bl_layout whole = { 0 };
    (void)state;
    for (int run = 0; run < 2000; run++) {
        size_t size = 0;
        for (uint32_t n = random_number(&seed, 60); n > 0; n--) {
            const char *piece = plain[random_number(&seed, sizeof plain / sizeof *plain)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        memcpy(text + size, "。\né.", sizeof "。\né.");
        bl_layout_text(&b.e, b.cutter, text, size + strlen(text + size), 0, size, &b.layout);
        bl_layout_text(&b.e, b.cutter, text, size + strlen(text + size), 0, size + strlen(text + size),
                       &whole);
        assert_false(bl_failed(&b.e));
        assert_true(whole.count > b.layout.count);
        for (size_t i = 0; i < b.layout.count; i++)
            if (whole.cells[i].start != b.layout.cells[i].start ||
                whole.cells[i].cut != b.layout.cells[i].cut)
                fail_msg("at %u of [%s]: %d, by Unicode %d", whole.cells[i].start, text,
                         b.layout.cells[i].cut, whole.cells[i].cut);
    }
    bl_layout_free(&whole);
    close_bench(&b);
}

/* Where the index says that a word is, it is behind what is skipped. */
static void nothing_that_is_looked_for_is_skipped(void **state)
{
    static char text[8000];
    uint32_t seed = 5;
    size_t skipped_bytes = 0;
    bench b = open_bench("x");
    (void)state;
    for (int round = 0; round < 300; round++) {
        const size_t size = random_text(&seed, text, sizeof text);
        bl_cut(&b.e, b.cutter, text, size, &b.tokens);
        uint32_t position = 0;
        for (size_t i = 0; i < b.tokens.count; i = bl_phrase_next(&b.tokens, i), position++) {
            const size_t skipped = bl_skip(text, size, position);
            const bl_token *token = &b.tokens.items[i];
            const bool blank =
                token->kind == BULLETIN_TOKEN_BREAK; /* a line break has the blanks before it */
            if (skipped > token->start && (!blank || skipped >= token->end))
                fail_msg("%zu bytes skipped before token %u at byte %u of [%s]", skipped, position,
                         b.tokens.items[i].start, text);
            skipped_bytes += skipped;
        }
    }
    assert_false(bl_failed(&b.e));
    assert_true(skipped_bytes > 0);
    close_bench(&b);
}

/* A text of megabytes whose first page matches is not read to its end. */
static void a_long_text_is_not_read_to_its_end(void **state)
{
    bl_buffer text = { 0 };
    (void)state;
    for (int i = 0; i < 100000; i++)
        bl_buffer_puts(&text, i == 5 ? "老锅炉退役。" : FILL);
    bench b = open_bench("锅炉");
    make(&b, text.data, text.size, 160);
    assert_int_equal(b.marks.count, 1);
    assert_true(b.tokens.count < 20000);
    close_bench(&b);
    b = open_bench("锅炉 OR 没有的词");
    make(&b, text.data, text.size, 160);
    assert_int_equal(b.marks.count, 1);
    close_bench(&b);
    bl_buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passages_show_all_units_and_end_with_sentences),
        cmocka_unit_test(random_snippets_fit_and_mark_only_what_matches),
        cmocka_unit_test(random_layouts_cut_between_characters),
        cmocka_unit_test(plain_text_is_cut_as_unicode_says),
        cmocka_unit_test(nothing_that_is_looked_for_is_skipped),
        cmocka_unit_test(a_long_text_is_not_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
