/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tokens packed for the index come out as they were cut. */
#include "text_case.h"

#include "index/fts.h"

static bl_cutter *cutter;
static bl_tokens cut_tokens, scratch;

static void assert_packs(const char *text)
{
    bl_error e = BL_ERROR_INIT;
    bl_prepared list;
    size_t count = 0, bytes = 0;
    bl_cut(&e, cutter, text, strlen(text), &cut_tokens);
    bl_prepare(&e, cutter, &scratch, text, &list);
    no_error(&e);
    for (bl_prepared_walk w = bl_prepared_begin(&list); bl_prepared_next(&w); count++) {
        const bl_token *token = &cut_tokens.items[count];
        assert_true(count < cut_tokens.count);
        if (w.size != token->size || memcmp(w.token, cut_tokens.text + token->at, w.size) != 0 ||
            w.colocated != token->colocated)
            fail_msg("token %zu of %.60s differs", count, text);
        bytes += 2 + w.size;
    }
    assert_int_equal(count, cut_tokens.count);
    assert_int_equal(bytes, list.token_size);
    free(list.bytes);
}

static void texts_of_every_kind_come_out_as_they_were_cut(void **state)
{
    static const char *const texts[] = { "",
                                         "澄",
                                         "澄江",
                                         "澄江纺织厂，夜班工人",
                                         "The mill's night-shift U.S. workers",
                                         "ガラス工場の夜勤 が が",
                                         "한국 노동자",
                                         "㍑と㍍、１２月",
                                         "𠀀𠀁厂𠀂",
                                         "工\xCC\x81人\xCC\x81会 工人\xCC\x81",
                                         "👩‍🏭工人👩‍🏭\n澄江" };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_packs(texts[i]);
}

/* A run says its size in two bytes. */
static void a_run_of_any_length_comes_out_as_it_was_cut(void **state)
{
    enum { MOST = 70000 };
    char *text = malloc((size_t)MOST * 4 + 1);
    assert_non_null(text);
    (void)state;
    for (size_t characters = 21830; characters <= MOST; characters += characters < 21860 ? 1 : 12035) {
        for (size_t i = 0; i < characters; i++)
            memcpy(text + 3 * i, i % 3 ? "江" : "澄", 3);
        text[3 * characters] = '\0';
        assert_packs(text);
    }
    for (size_t i = 0; i < MOST; i++)
        memcpy(text + 4 * i, "𠀁", 4);
    text[(size_t)MOST * 4] = '\0';
    assert_packs(text);
    free(text);
}

static void random_neighbours_come_out_as_they_were_cut(void **state)
{
    static const char *const pieces[] = { "澄",
                                          "江",
                                          "厂",
                                          "が",
                                          "か\xE3\x82\x99",
                                          "\xCC\x81",
                                          "𠀁",
                                          "ｶﾞ",
                                          "\xE2\x80\x8D",
                                          "\xEF\xB8\x8F",
                                          "\xF3\xA0\x84\x80",
                                          "한",
                                          "1",
                                          "mill",
                                          "，",
                                          "\n",
                                          " ",
                                          "㍑",
                                          "々",
                                          "\xFF" };
    char text[256];
    unsigned seed = 77;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        *text = '\0';
        for (unsigned i = 0; i < 1 + seed % 12; i++) {
            seed = seed * 1103515245u + 12345u;
            strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        assert_packs(text);
    }
}

static int open_cutter(void **state)
{
    bl_error e = BL_ERROR_INIT;
    (void)state;
    cutter = bl_cutter_open(&e);
    return bl_failed(&e);
}

static int close_cutter(void **state)
{
    (void)state;
    bl_tokens_free(&cut_tokens);
    bl_tokens_free(&scratch);
    bl_cutter_close(cutter);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_every_kind_come_out_as_they_were_cut),
        cmocka_unit_test(a_run_of_any_length_comes_out_as_it_was_cut),
        cmocka_unit_test(random_neighbours_come_out_as_they_were_cut),
    };
    return cmocka_run_group_tests(tests, open_cutter, close_cutter);
}
