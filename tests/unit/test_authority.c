/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A table of organizations, whole and broken, to what is known and what is complained of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "page/authority.h"

typedef struct complaints {
    char text[1000];
} complaints;

static void note(void *context, size_t line, const char *reason)
{
    complaints *c = context;
    size_t n = strlen(c->text);
    snprintf(c->text + n, sizeof c->text - n, "%zu: %s\n", line, reason);
}

static const char *read_rows(bl_authority *a, const char *rows, complaints *said)
{
    bl_error e = BL_ERROR_INIT;
    *said = (complaints){ "" };
    bl_authority_read(&e, a, rows, strlen(rows), note, said);
    assert_int_equal(e.status, BULLETIN_OK);
    return said->text;
}

static bl_authority *fresh(void)
{
    bl_error e = BL_ERROR_INIT;
    bl_authority *a = bl_authority_open(&e, NULL, NULL, NULL);
    assert_non_null(a);
    return a;
}

static int32_t body_of(bl_authority *a, const char *name)
{
    bl_error e = BL_ERROR_INIT;
    int32_t found = bl_authority_find(&e, a, name, strlen(name));
    return found < 0 ? -1 : a->names[found].body;
}

#define HEADER "id\tname\tlang\tform\tkind\tparent\tplace\tsuccessor\twhen\tnot_after\tnot_before\tnote\n"

static void all_names_of_a_body_lead_to_it(void **state)
{
    (void)state;
    complaints said;
    bl_authority *a = fresh();
    assert_string_equal(read_rows(a,
                                  HEADER "test-weavers\t荊棠織工會\tzh-Hant\tfull\tunion\n"
                                         "test-weavers\tBauhinia Weavers\ten\tfull\n",
                                  &said),
                        "");
    assert_int_equal(body_of(a, "荆棠织工会"), body_of(a, "BAUHINIA weavers"));
    assert_string_equal(a->bodies[body_of(a, "荆棠织工会")].id, "test-weavers");
    bl_authority_close(a);
}

static void broken_rows_are_told_with_their_line_and_the_rest_is_used(void **state)
{
    (void)state;
    complaints said;
    bl_authority *a = fresh();
    read_rows(a, HEADER "\tno id\ten\tfull\ntest-a\tGood Weavers\ten\tfull\tunion\ntest-a\tBad\ten\todd\n",
              &said);
    assert_non_null(strstr(said.text, "2: a row needs an id and a name"));
    assert_non_null(strstr(said.text, "4: the form \"odd\""));
    assert_true(body_of(a, "good weavers") >= 0);
    bl_authority_close(a);
}

static void names_of_two_bodies_and_ids_that_lead_nowhere_are_told(void **state)
{
    (void)state;
    complaints said;
    bl_authority *a = fresh();
    read_rows(a,
              HEADER
              "test-a\tTwin Weavers\ten\tfull\tunion\ttest-nobody\ntest-b\tTwin Weavers\ten\tfull\tunion\n",
              &said);
    assert_non_null(strstr(said.text, "3: \"Twin Weavers\" names another entry too"));
    assert_non_null(strstr(said.text, "2: the parent \"test-nobody\" has no entry"));
    bl_authority_close(a);
}

static void columns_may_stand_in_another_order(void **state)
{
    (void)state;
    complaints said;
    bl_authority *a = fresh();
    assert_string_equal(read_rows(a, "name\tform\tid\nOrder Weavers\tfull\ttest-order\n", &said), "");
    assert_true(body_of(a, "order weavers") >= 0);
    bl_authority_close(a);
}

static void the_built_in_table_has_no_faults(void **state)
{
    (void)state;
    bl_authority *a = fresh();
    assert_true(a->body_count > 400);
    for (size_t i = 0; i < a->body_count; i++) {
        assert_true(!*a->bodies[i].parent || bl_authority_body(a, a->bodies[i].parent) >= 0);
        assert_true(!*a->bodies[i].successor || bl_authority_body(a, a->bodies[i].successor) >= 0);
    }
    bl_authority_close(a);
}

static bl_authority *read_corpus(void)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer path = { 0 }, text = { 0 };
    char part[4096];
    bl_buffer_printf(&path, "%s/organizations.tsv", getenv("CORPUS"));
    FILE *file = fopen(path.data, "rb");
    assert_non_null(file);
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(&text, part, n);
    fclose(file);
    bl_authority *a = bl_authority_new(&e);
    complaints said;
    read_rows(a, text.data, &said);
    assert_string_equal(said.text, "");
    bl_buffer_free(&path);
    bl_buffer_free(&text);
    return a;
}

static void the_compiled_table_is_what_the_file_says(void **state)
{
    (void)state;
    bl_authority *compiled = fresh(), *a = read_corpus();
    assert_int_equal(compiled->name_count, a->name_count);
    assert_int_equal(compiled->body_count, a->body_count);
    assert_true(compiled->identity == a->identity);
    for (size_t i = 0; i < a->name_count; i++) {
        const bl_name *one = &compiled->names[i], *other = &a->names[i];
        assert_string_equal(one->text, other->text);
        assert_string_equal(one->when, other->when);
        assert_string_equal(one->not_before, other->not_before);
        assert_string_equal(compiled->bodies[one->body].id, a->bodies[other->body].id);
        assert_int_equal(body_of(compiled, one->text), body_of(a, one->text));
    }
    bl_authority_close(a);
    bl_authority_close(compiled);
}

static void a_row_joins_a_body_of_the_compiled_table(void **state)
{
    (void)state;
    complaints said;
    bl_authority *a = fresh(), *other = fresh();
    assert_string_equal(read_rows(a, HEADER "acftu\tWorkers' Great Roof\ten\tvariant\n", &said), "");
    assert_string_equal(a->bodies[body_of(a, "workers’ great roof")].id, "acftu");
    assert_int_equal(body_of(other, "workers’ great roof"), -1);
    bl_authority_close(a);
    bl_authority_close(other);
}

/* The name with a number: letters, then Chinese digits, so that many share long beginnings and some are the
 * beginning of others. */
static void spell(char out[64], unsigned number)
{
    static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    snprintf(out, 64, "%s", number % 3 == 0 ? "Guild " : "会");
    for (; number > 0; number /= 10)
        snprintf(out + strlen(out), 64 - strlen(out), "%s", digits[number % 10]);
}

/* The table is longer than what goes into the trie at once, and its last row repeats its first. */
static void each_of_very_many_names_is_found_and_nothing_else(void **state)
{
    (void)state;
    enum { NAMES = 70000 };
    char name[64];
    bl_error e = BL_ERROR_INIT;
    bl_buffer rows = { 0 };
    complaints said;
    bl_buffer_puts(&rows, HEADER);
    for (unsigned i = 1; i <= NAMES; i++) {
        spell(name, i * 7);
        bl_buffer_printf(&rows, "b%u\t%s\tzh\tfull\n", i / 2, name);
    }
    spell(name, 7);
    bl_buffer_printf(&rows, "last\t%s\tzh\tfull\n", name);
    bl_authority *a = bl_authority_new(&e);
    assert_string_equal(read_rows(a, rows.data, &said),
                        "70002: \"会七\" names another entry too, and nothing tells which is meant\n");
    assert_int_equal(a->name_count, NAMES + 1);
    for (unsigned i = 1; i < 8 * NAMES; i++) {
        spell(name, i);
        const int32_t found = bl_authority_find(&e, a, name, strlen(name));
        assert_int_equal(found, i % 7 == 0 && i / 7 <= NAMES ? (int32_t)(i / 7 - 1) : -1);
        if (found >= 0)
            assert_int_equal(bl_authority_body(a, a->bodies[a->names[found].body].id), i / 7 / 2);
    }
    assert_int_equal(bl_authority_body(a, "b"), -1);
    bl_authority_close(a);
    bl_buffer_free(&rows);
}

static void an_id_that_was_merged_twice_leads_to_the_last(void **state)
{
    (void)state;
    complaints said;
    bl_authority *a = fresh();
    assert_string_equal(read_rows(a,
                                  HEADER "test-a\t荆棠织工会\tzh\tfull\ntest-b\t荆棠纺工会\tzh\tfull\n"
                                         "test-c\t荆棠染工会\tzh\tfull\n"
                                         "test-a\t荆棠织工会\tzh\tmerged\t\t\t\ttest-b\n"
                                         "test-b\t荆棠纺工会\tzh\tmerged\t\t\t\ttest-c\n",
                                  &said),
                        "");
    assert_int_equal(bl_authority_body(a, "test-a"), bl_authority_body(a, "test-c"));
    assert_string_equal(a->bodies[body_of(a, "荆棠织工会")].id, "test-c");
    bl_authority_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_names_of_a_body_lead_to_it),
        cmocka_unit_test(broken_rows_are_told_with_their_line_and_the_rest_is_used),
        cmocka_unit_test(names_of_two_bodies_and_ids_that_lead_nowhere_are_told),
        cmocka_unit_test(columns_may_stand_in_another_order),
        cmocka_unit_test(the_built_in_table_has_no_faults),
        cmocka_unit_test(the_compiled_table_is_what_the_file_says),
        cmocka_unit_test(a_row_joins_a_body_of_the_compiled_table),
        cmocka_unit_test(each_of_very_many_names_is_found_and_nothing_else),
        cmocka_unit_test(an_id_that_was_merged_twice_leads_to_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
