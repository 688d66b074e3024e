/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Cutting: token edges, positions, marks, and time on hostile text. */
#include "text_case.h"

#include <time.h>

#include "bulletin.h"

static bl_cutter *cutter;
static bl_tokens tokens;

static void cut(const char *text, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_cut(&e, cutter, text, size, &tokens);
    no_error(&e);
}

static bool has_token(const char *text, size_t size)
{
    for (size_t i = 0; i < tokens.count; i++)
        if (tokens.items[i].size == size && memcmp(tokens.text + tokens.items[i].at, text, size) == 0)
            return true;
    return false;
}

static void assert_token(const char *text)
{
    if (!has_token(text, strlen(text)))
        fail_msg("no token %s", text);
}

static void assert_no_token(const char *text)
{
    if (has_token(text, strlen(text)))
        fail_msg("a token %s", text);
}

/* -------------------------------------------------------------------------------------------- clusters */

typedef struct cluster_line {
    char text[LINE];
    size_t size;
    bool edge[LINE];  /* a cluster begins or the text ends at this byte */
    bool space[LINE]; /* the cluster that holds this byte begins with white space */
} cluster_line;

static bool white(uint32_t code)
{
    return code <= 0x20 || code == 0x7F || code == 0x85 || code == 0xA0 || code == 0x3000;
}

/* "÷ 0020 × 0308 ÷": where a cluster may end, and where not. */
static void read_clusters(const char *line, cluster_line *out)
{
    *out = (cluster_line){ .size = 0 };
    bool space = false;
    for (const char *at = line; *at && *at != '#' && *at != '\n';) {
        if (strncmp(at, "÷", 2) == 0) {
            out->edge[out->size] = true;
            at += 2;
        } else if (*at == ' ' || *at == '\t' || strncmp(at, "×", 2) == 0) {
            at += *at == ' ' || *at == '\t' ? 1 : 2;
        } else {
            char *end;
            uint32_t code = (uint32_t)strtoul(at, &end, 16);
            space = out->edge[out->size] ? white(code) : space;
            out->space[out->size] = space;
            out->size += bl_utf8_put(out->text + out->size, code);
            at = end;
        }
    }
}

/* Unicode's GraphemeBreakTest. A token may begin behind the white space of a cluster, never end inside one.
 */
static void no_token_ends_inside_a_cluster(void **state)
{
    (void)state;
    FILE *file = open_data("GRAPHEME_TEST", "");
    static cluster_line clusters;
    char line[LINE];
    int lines = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        read_clusters(line, &clusters);
        cut(clusters.text, clusters.size);
        for (size_t i = 0; i < tokens.count; i++) {
            const bl_token *token = &tokens.items[i];
            if (!clusters.edge[token->end])
                fail_msg("a token ends at byte %u of %s", (unsigned)token->end, line);
            if (!clusters.edge[token->start] && !clusters.space[token->start])
                fail_msg("a token begins at byte %u of %s", (unsigned)token->start, line);
        }
        lines++;
    }
    fclose(file);
    assert_true(lines > 600);
}

static void an_emoji_sequence_a_flag_and_a_keycap_are_one_token_each(void **state)
{
    (void)state;
    cut("\U0001F469\u200D\U0001F680\U0001F1E8\U0001F1F31\uFE0F\u20E3",
        strlen("\U0001F469\u200D\U0001F680\U0001F1E8\U0001F1F31\uFE0F\u20E3"));
    assert_int_equal(tokens.count, 3);
    for (size_t i = 0; i < tokens.count; i++)
        assert_int_equal(tokens.items[i].kind, BULLETIN_TOKEN_SYMBOL);
}

/* ------------------------------------------------------------------------------------------- positions */

static void stems_and_joined_forms_take_no_position(void **state)
{
    (void)state;
    cut("Workers' e-commerce", 19);
    assert_int_equal(tokens.positions, 5); /* workers ' e - commerce */
    assert_int_equal(tokens.count, 8);
    assert_false(tokens.items[0].colocated);
    assert_true(tokens.items[1].colocated);
    assert_int_equal(tokens.text[tokens.items[1].at], BL_MARK_STEM);
}

static void a_run_of_n_characters_has_n_positions(void **state)
{
    (void)state;
    cut("产业工人", 12);
    assert_int_equal(tokens.positions, 4);
    assert_int_equal(tokens.items[3].kind, BULLETIN_TOKEN_LAST);
    cut("工", 3);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(tokens.items[0].kind, BULLETIN_TOKEN_LAST);
}

static void no_token_text_begins_with_a_mark_of_its_own(void **state)
{
    (void)state;
    cut("\x01worker \x03us", 11);
    assert_token("worker");
    assert_token("us");
    assert_int_equal(tokens.count, 2);
}

static void ill_formed_bytes_are_counted_and_stand_between_words(void **state)
{
    (void)state;
    cut("工\xFF会", 7);
    assert_int_equal(tokens.replaced, 1);
    assert_no_token("工会");
    cut("工会", 6);
    assert_int_equal(tokens.replaced, 0);
}

/* --------------------------------------------------------------------------------------------- English */

static void assert_one_stem(const char *a, const char *b)
{
    char key[2][128];
    const char *word[2] = { a, b };
    for (int i = 0; i < 2; i++) {
        cut(word[i], strlen(word[i]));
        const bl_token *token = &tokens.items[tokens.count - 1];
        bool marked = token->kind == BULLETIN_TOKEN_STEM;
        snprintf(key[i], sizeof key[i], "%.*s", (int)token->size - marked, tokens.text + token->at + marked);
    }
    if (strcmp(key[0], key[1]) != 0)
        fail_msg("%s has the stem %s, %s has %s", a, key[0], b, key[1]);
}

static void british_and_american_spelling_share_a_stem(void **state)
{
    (void)state;
    FILE *file = open_data("TABLES", "spelling.tsv");
    table_row row = { .line = 0 };
    int rows = 0;
    for (; next_row(file, &row); rows++)
        assert_one_stem(row.left, row.right);
    fclose(file);
    assert_true(rows >= 150);
}

static void inflections_share_a_stem(void **state)
{
    (void)state;
    assert_one_stem("worker", "workers");
    assert_one_stem("strike", "striking");
    assert_one_stem("promise", "promised");
    assert_one_stem("exercise", "exercising");
    assert_one_stem("organise", "organizations");
    assert_one_stem("labourers", "laborer");
    assert_one_stem("analyse", "analyzing");
}

static void a_stem_equal_to_its_word_is_no_token(void **state)
{
    (void)state;
    cut("union", 5);
    assert_int_equal(tokens.count, 1);
}

static void words_with_digits_or_other_letters_have_no_stem(void **state)
{
    (void)state;
    cut("h5n1s грузы", strlen("h5n1s грузы"));
    assert_int_equal(tokens.count, 2);
}

/* ---------------------------------------------------------------------------------------- hostile text */

static double seconds_to_cut(const char *piece, size_t repeats)
{
    size_t size = strlen(piece);
    char *text = malloc(size * repeats);
    assert_non_null(text);
    for (size_t i = 0; i < repeats; i++)
        memcpy(text + i * size, piece, size);
    clock_t before = clock();
    cut(text, size * repeats);
    free(text);
    return (double)(clock() - before) / CLOCKS_PER_SEC;
}

/* Ten times the text may take thirty times as long, as memory grows and clocks are coarse; a hundred times
 * means that time is quadratic. A machine that stood still is measured again. */
static void assert_linear(const char *piece)
{
    enum { TRIES = 3 };
    const size_t repeats = 1000000 / strlen(piece);
    double small = 0, large = 0;
    for (int i = 0; i < TRIES; i++) {
        small = seconds_to_cut(piece, repeats / 10);
        large = seconds_to_cut(piece, repeats);
        if (large <= 0.05 || large <= 30 * (small + 0.002))
            return;
    }
    fail_msg("%s: %.3f s, ten times as much %.3f s", piece, small, large);
}

static void time_is_linear_whatever_is_repeated(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",        "工",     "\u0301", "e\u0301\u0302",    "a工",    "\u1100",  "\u1161", "\u11A8",
        "か\u3099", "ไทย",    "\u0E01", "\U0001F469\u200D", "\u20E3", "1\u20E3", "-a",     "a.",
        "1,000,",   "1.",     "\u0600", "\u00AD",           "\u200B", "\n ",     "\xE5",   " ",
        "\u093C",   "\uFDFA", "\uFE0F", "\U0001F1E8",       "က",      "ក",       "ກ",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_linear(pieces[i]);
}

static void a_long_word_is_cut_into_pieces(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text);
    cut(text, sizeof text);
    assert_int_equal(tokens.count, 8);
    for (size_t i = 0; i < tokens.count; i++)
        assert_true(tokens.items[i].size <= 128);
    assert_int_equal(tokens.items[7].end, 1000);
}

static void a_reused_output_holds_only_the_last_text(void **state)
{
    (void)state;
    cut("a long text of several words", 28);
    cut("x", 1);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(tokens.positions, 1);
    cut("", 0);
    assert_int_equal(tokens.count, 0);
}

static void the_identity_names_scheme_and_tables(void **state)
{
    (void)state;
    assert_non_null(strstr(bl_token_identity(), " fold "));
    assert_string_equal(bl_token_identity(), bl_token_identity());
}

static int open_cutter(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    cutter = bl_cutter_open(&e);
    return cutter ? 0 : -1;
}

static int close_cutter(void **state)
{
    (void)state;
    bl_cutter_close(cutter);
    bl_tokens_free(&tokens);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_token_ends_inside_a_cluster),
        cmocka_unit_test(an_emoji_sequence_a_flag_and_a_keycap_are_one_token_each),
        cmocka_unit_test(stems_and_joined_forms_take_no_position),
        cmocka_unit_test(a_run_of_n_characters_has_n_positions),
        cmocka_unit_test(no_token_text_begins_with_a_mark_of_its_own),
        cmocka_unit_test(ill_formed_bytes_are_counted_and_stand_between_words),
        cmocka_unit_test(british_and_american_spelling_share_a_stem),
        cmocka_unit_test(inflections_share_a_stem),
        cmocka_unit_test(a_stem_equal_to_its_word_is_no_token),
        cmocka_unit_test(words_with_digits_or_other_letters_have_no_stem),
        cmocka_unit_test(time_is_linear_whatever_is_repeated),
        cmocka_unit_test(a_long_word_is_cut_into_pieces),
        cmocka_unit_test(a_reused_output_holds_only_the_last_text),
        cmocka_unit_test(the_identity_names_scheme_and_tables),
    };
    return cmocka_run_group_tests(tests, open_cutter, close_cutter);
}
