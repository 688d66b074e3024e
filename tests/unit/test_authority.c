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

/* Row `i` of a table in which names are repeated near and far, some by their own body, and some rows are
 * broken; one merges two bodies. */
static void put_row(bl_buffer *rows, unsigned i)
{
    char name[64];
    spell(name, i % 40 == 39 ? i - 39 : i % 5000 == 4998 ? i - 4001 : i);
    if (i % 1000 == 7)
        bl_buffer_printf(rows, "b%u\t%s\tzh\todd\n", i / 3, name);
    else if (i == 17000)
        bl_buffer_printf(rows, "b%u\t\xE4\xBC\x9A\tzh\tmerged\t\t\t\tb5\n", i / 3 - 100);
    else
        bl_buffer_printf(rows, "b%u\t%s\tzh\t%s\tunion\t\t荆棠省/%u市\n", i % 500 == 100 ? 0 : i / 3,
                         i % 700 == 50 ? "会" : name, i % 9 ? "full" : "former", i % 11);
}

typedef struct told {
    bl_buffer text;
    size_t added; /* to lines */
    size_t count;
} told;

static void tell(void *context, size_t line, const char *reason)
{
    told *t = context;
    bl_buffer_printf(&t->text, "%zu: %s\n", line + t->added, reason);
    t->count++;
}

/* Rows [from, to) behind a header. */
static void read_part(bl_authority *a, unsigned from, unsigned to, told *t)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer rows = { 0 };
    bl_buffer_puts(&rows, HEADER);
    for (unsigned i = from; i < to; i++)
        put_row(&rows, i);
    t->added = from - 1;
    bl_authority_read(&e, a, rows.data, rows.size, tell, t);
    assert_int_equal(e.status, BULLETIN_OK);
    bl_buffer_free(&rows);
}

static void assert_same_names(const bl_authority *a, const bl_authority *b)
{
    bl_error e = BL_ERROR_INIT;
    assert_int_equal(a->name_count, b->name_count);
    for (size_t i = 0; i < a->name_count; i++) {
        const bl_name *one = &a->names[i], *other = &b->names[i];
        assert_string_equal(one->text, other->text);
        assert_int_equal(one->body, other->body);
        assert_int_equal(one->next_of_body, other->next_of_body);
        assert_int_equal(one->next_same, other->next_same);
        assert_int_equal(one->latin, other->latin);
        assert_int_equal(bl_authority_find(&e, a, one->text, strlen(one->text)),
                         bl_authority_find(&e, b, one->text, strlen(one->text)));
    }
}

static int by_text(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* What was told, in the order of the alphabet; release with free(). */
static char **sorted(told *t)
{
    char **lines = calloc(t->count + 1, sizeof *lines);
    assert_non_null(lines);
    for (size_t i = 0; i < t->count; i++) {
        lines[i] = i == 0 ? t->text.data : lines[i - 1] + strlen(lines[i - 1]) + 1;
        *strchr(lines[i], '\n') = '\0';
    }
    qsort(lines, t->count, sizeof *lines, by_text);
    return lines;
}

/* A long table is put into the trie by a thread of its own, tables of some hundred rows are not. */
static void a_long_table_is_read_like_many_short_ones(void **state)
{
    (void)state;
    enum { ROWS = 33000, PART = 750 };
    bl_error e = BL_ERROR_INIT;
    bl_authority *whole = bl_authority_new(&e), *parts = bl_authority_new(&e);
    told of_whole = { { 0 }, 0, 0 }, of_parts = { { 0 }, 0, 0 };
    read_part(whole, 1, ROWS + 1, &of_whole);
    for (unsigned from = 1; from <= ROWS; from += PART)
        read_part(parts, from, from + PART, &of_parts);
    assert_same_names(whole, parts);
    assert_int_equal(whole->body_count, parts->body_count);
    assert_int_equal(bl_authority_body(whole, "b5566"), bl_authority_body(whole, "b5"));
    assert_int_equal(of_whole.count, of_parts.count);
    assert_true(of_whole.count > 500);
    char **one = sorted(&of_whole), **other = sorted(&of_parts);
    for (size_t i = 0; i < of_whole.count; i++)
        assert_string_equal(one[i], other[i]);
    free(one);
    free(other);
    bl_buffer_free(&of_whole.text);
    bl_buffer_free(&of_parts.text);
    bl_authority_close(whole);
    bl_authority_close(parts);
}

static void places_that_stand_in_many_rows_are_all_known(void **state)
{
    (void)state;
    enum { PLACES = 20000 };
    bl_error e = BL_ERROR_INIT;
    bl_buffer rows = { 0 };
    bl_folded f = { 0 };
    complaints said;
    char name[64];
    bl_buffer_puts(&rows, HEADER);
    for (unsigned i = 0; i < 2 * PLACES; i++) {
        spell(name, i % PLACES + 1);
        bl_buffer_printf(&rows, "b%u\tGuild %u\ten\tfull\tunion\t\t荆棠省/%s市\n", i, i, name);
    }
    bl_authority *a = bl_authority_new(&e);
    assert_string_equal(read_rows(a, rows.data, &said), "");
    for (unsigned i = 1; i <= PLACES; i++) {
        bl_place kind = BL_PLACE_COUNTRY;
        spell(name, i);
        bl_fold(&e, name, strlen(name), &f);
        assert_int_equal(bl_authority_place(a, f.glyphs, f.count, 0, &kind), f.count);
        assert_int_equal(kind, BL_PLACE_CITY);
    }
    bl_folded_free(&f);
    bl_authority_close(a);
    bl_buffer_free(&rows);
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
        cmocka_unit_test(a_long_table_is_read_like_many_short_ones),
        cmocka_unit_test(places_that_stand_in_many_rows_are_all_known),
        cmocka_unit_test(an_id_that_was_merged_twice_leads_to_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
