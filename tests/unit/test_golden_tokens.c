/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Reads a file of tests/golden/tokens/: prose (#), a text (>), its tokens one a line as kind, bytes of the
 * text, folded text. */
#include "text_case.h"

#include "base/buffer.h"
#include "bulletin.h"

static const char *path;

static void put_text(bl_buffer *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t start = at;
        uint32_t code = bl_utf8_next(text, size, &at);
        if (code == '\n')
            bl_buffer_puts(out, "\\n");
        else if (code == '\\')
            bl_buffer_puts(out, "\\\\");
        else
            bl_buffer_append(out, text + start, at - start);
    }
}

static void put_tokens(bl_buffer *out, const bl_tokens *tokens)
{
    static const char *const kinds[] = { "word", "cjk", "last", "symbol", "break", "stem", "joined" };
    for (size_t i = 0; i < tokens->count; i++) {
        const bl_token *token = &tokens->items[i];
        bool marked = token->kind == BULLETIN_TOKEN_STEM || token->kind == BULLETIN_TOKEN_JOINED;
        assert_int_equal(marked, token->colocated);
        bl_buffer_printf(out, "%s %u-%u ", kinds[token->kind], (unsigned)token->start, (unsigned)token->end);
        put_text(out, tokens->text + token->at + marked, token->size - marked);
        bl_buffer_putc(out, '\n');
    }
}

/* The tokens of the text of a line that begins with "> ". */
static char *tokens_of(bl_cutter *cutter, const char *line)
{
    char text[LINE];
    size_t size = unescape(line, text);
    bl_error e = BL_ERROR_INIT;
    bl_tokens tokens = { 0 };
    bl_buffer out = { 0 };
    bl_cut(&e, cutter, text, size, &tokens);
    no_error(&e);
    put_tokens(&out, &tokens);
    bl_tokens_free(&tokens);
    return bl_buffer_steal(&out);
}

/* The lines up to the next empty one. */
static char *read_wanted(FILE *file, int *number)
{
    char line[LINE];
    bl_buffer out = { 0 };
    while (fgets(line, sizeof line, file) && line[0] != '\n') {
        bl_buffer_puts(&out, line);
        (*number)++;
    }
    (*number)++;
    return bl_buffer_steal(&out);
}

static void tokens_are_as_written(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    bl_cutter *cutter = bl_cutter_open(&e);
    no_error(&e);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[LINE];
    int cases = 0, wrong = 0;
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        if (strncmp(line, "> ", 2) != 0)
            continue;
        int start = number;
        line[strcspn(line, "\n")] = '\0';
        char *wanted = read_wanted(file, &number), *have = tokens_of(cutter, line + 2);
        if (strcmp(wanted, have) != 0) {
            print_error("%s:%d: %s\nwanted:\n%shave:\n%s", path, start, line + 2, wanted, have);
            wrong++;
        }
        cases++;
        free(wanted);
        free(have);
    }
    fclose(file);
    bl_cutter_close(cutter);
    assert_true(cases > 0);
    assert_int_equal(wrong, 0);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: test_golden_tokens FILE\n");
        return 2;
    }
    path = argv[1];
    const struct CMUnitTest tests[] = { cmocka_unit_test(tokens_are_as_written) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
