/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A table of organizations, whole and broken, to what is known and what is complained of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

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
    assert_non_null(strstr(said.text, "the parent \"test-nobody\" has no entry"));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_names_of_a_body_lead_to_it),
        cmocka_unit_test(broken_rows_are_told_with_their_line_and_the_rest_is_used),
        cmocka_unit_test(names_of_two_bodies_and_ids_that_lead_nowhere_are_told),
        cmocka_unit_test(columns_may_stand_in_another_order),
        cmocka_unit_test(the_built_in_table_has_no_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
